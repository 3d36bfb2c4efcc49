"""Bad input and faults on every engine that reads files: the run says what did not run, and the exit code says so too."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xjk.cli.main import main

ENGINES = ("sqlite", "duckdb")
HEADER = "payment_id,unit_code,paid_on,amount,payee_name\n"


def run(data: Path, engine: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["check", str(data), "--engine", engine, "--lang", "en", "--quiet"])
    return code, " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_missing_in_one_of_many_files_is_told_and_makes_the_run_incomplete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    folder = tmp_path / "payment"
    folder.mkdir()
    (folder / "2024-01.csv").write_text(f"{HEADER}p1,U1,2024-01-02,1.00,甲\n", encoding="utf-8")
    (folder / "2024-02.csv").write_text(
        "payment_id,unit_code,paid_on,payee_name\np2,U1,2024-02-02,甲\n", encoding="utf-8"
    )
    code, told = run(tmp_path, engine, capsys)
    assert code == 3
    assert (
        "payment/2024-02.csv: The table could not be read: Table payment lacks required columns: amount."
        in told
    )
    assert "1 accepted" in told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_parquet_file_with_wrong_types_is_told_and_makes_the_run_incomplete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    columns = {
        "payment_id": [1, 2],
        "unit_code": ["U1", "U1"],
        "paid_on": [True, False],
        "amount": ["x", "1.00"],
        "payee_name": ["甲", "乙"],
    }
    pq.write_table(pa.table(columns), tmp_path / "payment.parquet")
    code, told = run(tmp_path, engine, capsys)
    assert code == 3
    assert "payment.parquet: All of its 2 rows were refused; xjk validate says why." in told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_nested_parquet_column_stops_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    pq.write_table(pa.table({"payment_id": ["p1"], "amount": [[1, 2]]}), tmp_path / "payment.parquet")
    (tmp_path / "unit.csv").write_text("unit_code,name,kind\nU1,甲局,administrative\n", encoding="utf-8")
    code, told = run(tmp_path, engine, capsys)
    assert code == 3
    assert "the column amount is nested" in told


@pytest.mark.parametrize(
    ("engine", "option"), [("duckdb", "speed=9"), ("sqlite", "memory_limit=1GB"), ("duckdb", "speed")]
)
def test_options_an_engine_does_not_have_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str, option: str
) -> None:
    (tmp_path / "payment.csv").write_text(HEADER, encoding="utf-8")
    assert main(["check", str(tmp_path), "--engine", engine, "--engine-option", option, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "has no option" in told.err or "is not NAME=VALUE" in told.err
