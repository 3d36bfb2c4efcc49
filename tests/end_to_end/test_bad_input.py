"""Hostile and broken input through the installed command: a clear message, the right exit code, nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from tests.unit.rules.samples import CASES, FRONT, write_rule

ROOT = Path(__file__).parents[2]
XJK = Path(sys.executable).with_name("xjk")
DISTRICT = ROOT / "examples" / "district" / "data"
UNIT = "unit_code,name,kind\n"
PAYMENT = "payment_id,unit_code,paid_on,amount,payee_name\n"
PACK = """
from pathlib import Path
from xjk import PackInfo, Words, hookimpl

@hookimpl
def xjk_pack():
    return PackInfo(name="acme", version="1.0", title=Words(zh="包", en="Pack"), code_prefixes=("ACM",))

@hookimpl
def {hook}():
    return Path(__file__).parent / "rules"
"""


def xjk(*arguments: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [str(XJK), *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **env},
        cwd="/",
        timeout=120,
    )


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write one file and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def pack(folder: Path, hook: str = "xjk_rules") -> Path:
    """Install a pack named acme into a folder for PYTHONPATH."""
    (folder / "acme").mkdir(parents=True)
    (folder / "acme" / "__init__.py").write_text(PACK.format(hook=hook), encoding="utf-8")
    (folder / "acme" / "rules").mkdir()
    info = folder / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[xjk]\nacme = acme\n")
    return folder


@pytest.mark.parametrize("verb", ["check", "validate"])
def test_an_empty_folder_is_named_with_what_to_do(tmp_path: Path, verb: str) -> None:
    told = xjk(verb, put(tmp_path / "empty", "README.md", ""), "--lang", "en")
    assert told.returncode == 2
    assert "empty" in told.stderr
    assert "xjk map --suggest" in told.stderr


def test_a_missing_key_column_is_named_in_both_languages(tmp_path: Path) -> None:
    folder = put(tmp_path / "d", "unit.csv", "name,kind\n甲局,other\n")
    for lang, word in (("zh", "单位编码"), ("en", "unit_code")):
        told = xjk("check", folder, "--lang", lang)
        assert told.returncode == 2
        assert "unit.csv" in told.stderr
        assert word in told.stderr


def test_a_wrong_encoding_is_told_with_line_and_byte(tmp_path: Path) -> None:
    folder = put(tmp_path / "d", "unit.csv", UNIT.encode() + b"U1,\x81\xff\xfe,other\n")
    told = xjk("validate", folder, "--lang", "en")
    assert told.returncode == 2
    assert "unit.csv:2" in told.stderr
    assert "0x81" in told.stderr


def test_a_workbook_that_claims_a_gigabyte_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "unit.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(bytes(1 << 20))
    began = time.monotonic()
    told = xjk("check", path, "--lang", "en")
    assert told.returncode == 2
    assert "1024 MB" in told.stderr
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("table", "text", "column", "code"),
    [
        ("unit", UNIT + "U1,a\x00b,other\nU2,b,other\n", "name", "P102"),
        ("unit", UNIT + "U1,a,other,more\nU2,b,other\n", None, "P201"),
        ("payment", PAYMENT + "p1,U1,2024-01-01,1e400,丙\np2,U1,2024-01-01,1,丙\n", "amount", "P111"),
        ("payment", PAYMENT + "p1,U1,2024-01-01,NaN,丙\np2,U1,2024-01-01,1,丙\n", "amount", "P110"),
        ("payment", PAYMENT + "p1,U1,2024-02-30,1,丙\np2,U1,2024-01-01,1,丙\n", "paid_on", "P121"),
    ],
)  # fmt: skip
def test_a_bad_row_is_quarantined_with_its_place_and_the_next_is_taken(
    tmp_path: Path, table: str, text: str, column: str | None, code: str
) -> None:
    told = xjk("validate", put(tmp_path / "d", f"{table}.csv", text), "--format", "json")
    assert told.returncode == 2
    found = json.loads(told.stdout)
    (problem,) = found["problems"]
    assert (problem["file"], problem["row"], problem.get("column"), problem["code"]) == (
        f"{table}.csv",
        2,
        column,
        code,
    )
    assert problem["hint"]["zh"]
    assert found["files"][0]["accepted"] == 1


def test_full_width_and_bracketed_amounts_are_read(tmp_path: Path) -> None:
    text = PAYMENT + 'p1,U1,2024-01-01,"１，２３４．５６",丙\np2,U1,2024-01-01,"(1,234.50)",丙\n'
    told = xjk("validate", put(tmp_path / "d", "payment.csv", text))
    assert told.returncode == 0


def test_a_mapping_with_unknown_columns_suggests_the_right_ones(tmp_path: Path) -> None:
    folder = put(tmp_path / "d", "payment.csv", PAYMENT + "p1,U1,2024-01-01,1,丙\n")
    text = "sources:\n  - file: payment.csv\n    tables:\n      - table: payment\n        columns: {payee: payee_name}\n"
    told = xjk("check", folder, "--mapping", put(tmp_path, "map.yaml", text) / "map.yaml", "--lang", "en")
    assert told.returncode == 2
    assert 'did you mean "payee_name"' in told.stderr


def test_bad_rules_fail_alone_whatever_they_try(tmp_path: Path) -> None:
    rules = pack(tmp_path / "site") / "acme" / "rules"
    endless = """with a as (select l.line_id from voucher_line l)
    select 'U' as unit_code, 's' as subject, count(*) as amount_fen, max(x.line_id) as voucher_line_key
    from a x, a y, a z where :min_amount_fen > 0"""
    bad: dict[str, dict[str, str | None]] = {
        "ACM101": {"sql": "select from where :min_amount_fen"},
        "ACM102": {"sql": None, "python": "def detect(ledger, params):\n    ledger.query('drop table payment')\n    yield\n"},
        "ACM103": {"sql": endless.replace("voucher_line l", "payment l").replace("line_id", "payment_id").replace("voucher_line_key", "payment_key")},
        "ACM104": {"sql": None, "python": "def detect(ledger, params):\n    raise RuntimeError('on purpose')\n    yield\n"},
    }  # fmt: skip
    for code, text in bad.items():
        write_rule(
            rules, front=FRONT.replace("ACM101", code), cases=CASES, name=f"{code.lower()}_round_payment",
            sql=text["sql"], python=text.get("python"),
        )  # fmt: skip
    config = put(tmp_path, "xjk.yaml", "limits: {seconds: 0.5}\n") / "xjk.yaml"
    told = xjk("check", DISTRICT, "--config", config, "--format", "json", PYTHONPATH=str(tmp_path / "site"))
    alone = xjk("check", DISTRICT, "--format", "json")
    assert told.returncode == 3
    result = json.loads(told.stdout)
    failed = {
        rule["rule_id"]: rule["error"]["en"]
        for rule in result["coverage"]["rules"]
        if rule["status"] == "failed"
    }
    assert set(failed) == set(bad)
    assert "rule.sql" in failed["ACM101"]
    assert "not allowed" in failed["ACM102"]
    assert "0.5 seconds" in failed["ACM103"]
    assert "rule.py:2" in failed["ACM104"]
    assert result["findings"] == json.loads(alone.stdout)["findings"]


def test_a_pack_with_a_misspelt_hook_is_reported_and_costs_only_itself(tmp_path: Path) -> None:
    site = pack(tmp_path / "site", hook="xjk_ruls")
    told = xjk("check", DISTRICT, "--lang", "en", PYTHONPATH=str(site))
    assert told.returncode == 3
    assert "xjk_ruls" in told.stdout + told.stderr
    assert "xjk_rules" in told.stdout + told.stderr
    assert "XJK701" in told.stdout


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    big = tmp_path / "payment.csv"
    with big.open("w", encoding="utf-8") as file:
        file.write(PAYMENT)
        file.writelines(f"p{number},U1,2024-01-01,{number}.00,丙\n" for number in range(600_000))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    output = tmp_path / "out.json"
    command = [str(XJK), "check", str(big), "--format", "json", "--output", str(output)]
    process = subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(temporary)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not any(temporary.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    assert not output.exists()
    assert list(temporary.iterdir()) == []
