"""The example pack that new packs and rules are copied from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xjk.errors import UserError

Kind = Literal["sql", "python"]

NAME = "example"
"""What the example puts where other packs have their own name: ``xjk-example``, ``xjk_example``."""

PREFIX = "EXA"
"""Code prefix of the example."""

_KEPT = ("pyproject.toml", "README.md", "src", "tests")
_TEMPLATE_ONLY = re.compile(
    r"^[^\n]*>>> template only[^\n]*\n.*?^[^\n]*<<< template only[^\n]*\n", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Be one rule of the example.

    Attributes:
        number: What follows the prefix in its code.
        name: Its name.
    """

    number: str
    name: str

    @property
    def folder(self) -> str:
        """Return the name of its folder."""
        return f"{PREFIX.lower()}{self.number}_{self.name}"


SAMPLES: Mapping[Kind, Sample] = {
    "sql": Sample("101", "round_payment_to_person"),
    "python": Sample("102", "payments_in_a_circle"),
}
"""The rule of the example that is written in each way."""


def example_folder(library: Path | None = None) -> Path:
    """Return the folder of the example: packed beside this module, or among the plugins of a checkout.

    `library` is the folder of this module; another is given by tests.

    Raises:
        UserError: when it is in neither place.
    """
    library = Path(__file__).parent if library is None else library
    places = [
        library / "example",
        *(parent / "plugins" / "xjk-example" for parent in library.parents[2:3]),
    ]
    for place in places:
        if (place / "pyproject.toml").is_file():
            return place
    raise UserError(
        zh="安装的 xjk 中缺少示例规则包。",
        en="The example pack is missing from this installation of xjk.",
        where=str(library),
        hint_zh="请以解压方式重新安装 xjk。",
        hint_en="Install xjk again, unpacked.",
    )


def example_files(folder: Path) -> dict[str, str]:
    """Return the texts of the example by path, without what only the template needs and what tools left there.

    Lines from one that says ``>>> template only`` to one that says ``<<< template only`` are left out.
    """
    found = (path for name in _KEPT for path in _files(folder / name))
    return {
        path.relative_to(folder).as_posix(): _TEMPLATE_ONLY.sub("", path.read_text("utf-8")) for path in found
    }


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for entry in sorted(path.iterdir()):
            if not entry.name.startswith((".", "__pycache__")) and entry.suffix not in (".egg-info", ".pyc"):
                yield from _files(entry)
