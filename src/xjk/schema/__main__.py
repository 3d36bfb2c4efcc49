"""Write or check every generated file: ``python -m xjk.schema write|check [ROOT]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from xjk.schema import check, check_reference, write, write_reference
from xjk.schema.schemas import other_pydantic


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or name those that are stale and return 1."""
    parser = argparse.ArgumentParser(prog="python -m xjk.schema", description=__doc__)
    parser.add_argument(
        "mode", choices=("write", "check"), help="Write the files, or name those that are stale."
    )
    parser.add_argument(
        "root", nargs="?", default=".", type=Path, help="Folder that holds schemas/ and docs/reference/."
    )
    given = parser.parse_args(arguments)
    schemas, reference = given.root / "schemas", given.root / "docs" / "reference"
    if given.mode == "write":
        print(f"{len(write(schemas))} files in {schemas}")  # noqa: T201
        print(f"{len(write_reference(reference))} files in {reference}")  # noqa: T201
        return 0
    if note := other_pydantic(schemas):
        print(note, file=sys.stderr)  # noqa: T201
    stale = [*check(schemas), *check_reference(reference)]
    print("\n".join(stale) if stale else "Every generated file is as it should be.")  # noqa: T201
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
