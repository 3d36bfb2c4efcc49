"""``xjk check postgresql://…``: a finance system's database on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.engines.finance_system import build, database
from tests.unit.engines.postgres_server import Server

from xjk.cli.main import main

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"


@pytest.fixture(scope="module")
def system(pgserver: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Make a database of the example district; yield its address and the mapping file."""
    with database(pgserver.url, "district") as url:
        mapping = tmp_path_factory.mktemp("mapping") / "mapping.yaml"
        mapping.write_text(json.dumps(build(url, DISTRICT), ensure_ascii=False), encoding="utf-8")
        yield url, mapping


def test_a_database_gives_the_findings_of_its_files(
    system: tuple[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, mapping = system
    found = []
    for data in ([url, "--mapping", str(mapping)], [str(DISTRICT)]):
        assert main(["check", *data, "--format", "json", "--quiet"]) == 1
        result = json.loads(capsys.readouterr().out)
        found.append(sorted(finding["finding_id"] for finding in result["findings"]))
    assert found[0] == found[1] != []


@pytest.mark.parametrize(
    "more", [[], ["data", "--mapping", "m.yaml"], ["--mapping", "m.yaml", "--engine", "sqlite"]]
)
def test_a_database_wants_a_mapping_and_nothing_beside_it(
    capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main(["check", "postgresql://nowhere/books", *more, "--lang", "en"]) == 2
    assert "A database is checked alone, with a mapping file" in capsys.readouterr().err
