"""``xjk check``: exit codes, formats, masking, configuration."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run, install_pack, meeting

from xjk.models.finding import Finding
from xjk.models.run import RunResult

EXAMPLES = Path(__file__).parents[3] / "examples"
ONE = ("--select", "XJK301")


def test_findings_make_the_exit_code_1_and_the_report_tells_them(xjk: Run, data: Path) -> None:
    ended = xjk("check", data, *ONE)
    assert (ended.code, ended.err) == (1, "")
    assert "XJK301 会议费超综合定额" in ended.out
    assert "event.csv:2  event M1" in ended.out


def test_findings_below_the_fail_level_make_it_0(xjk: Run, data: Path) -> None:
    assert xjk("check", data, *ONE, "--fail-level", "serious").code == 0
    assert xjk("check", data, *ONE, "--fail-level", "warning").code == 1


def test_clean_books_make_it_0(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "100.00")
    assert xjk("check", data, *ONE).code == 0


def test_rules_without_data_are_named_and_make_it_3_only_when_strict(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "100.00")
    ended = xjk("check", data)
    assert ended.code == 0
    assert "service_fee（劳务、专家、讲课、评审费发放）" in ended.out
    assert xjk("check", data, "--strict").code == 3


def test_a_broken_pack_makes_it_3(process: Run, data: Path, tmp_path: Path) -> None:
    install_pack(tmp_path, "acme_broken", "raise RuntimeError('no')\n")
    ended = process("check", data, *ONE)
    assert ended.code == 3
    assert "acme_broken 1.0 [import]" in ended.out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("check", "nowhere"), "XJK-E201"),
        (("check",), "DATA"),
        (("check", "data", "--engine", "duckdbb"), "XJK-E401"),
        (("check", "data", "--select", "XJK999"), "XJK-E102"),
        (("check", "data", "--format", "jsn"), "XJK-E100"),
        (("check", "data", "--fail-level", "high"), "high"),
        (("check", "data", "--config", "nowhere.yaml"), "nowhere.yaml"),
        (("check", "data", "--baseline", "nowhere.json"), "XJK-E103"),
        (("check", "data", "--exclusions", "nowhere.yaml"), "XJK-E103"),
        (("check", "data", "--mapping", "nowhere.yaml"), "nowhere.yaml"),
        (("check", "data", "--output", "data"), "data"),
        (("chek", "data"), "chek"),
    ],
)
def test_usage_and_data_errors_make_it_2_and_say_so_on_standard_error(
    xjk: Run, data: Path, argv: tuple[str, ...], told: str
) -> None:
    ended = xjk(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_json_is_the_result_and_json_lines_are_its_findings(xjk: Run, data: Path) -> None:
    result = RunResult.model_validate_json(xjk("check", data, *ONE, "--format", "json").out)
    lines = xjk("check", data, *ONE, "--format", "jsonl").out.splitlines()
    assert tuple(map(Finding.model_validate_json, lines)) == result.findings
    assert [finding.amount for finding in result.findings] == ["32400.00"]


def test_csv_disarms_what_a_spreadsheet_would_run(xjk: Run, data: Path) -> None:
    meeting(data, "=1+2", "推进会", "98400.00")
    text = xjk("check", data, *ONE, "--format", "csv").out.removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["subject"] == "'=1+2"


def test_output_goes_into_the_file_and_a_note_says_so(xjk: Run, data: Path, tmp_path: Path) -> None:
    ended = xjk("check", data, *ONE, "--format", "json", "--output", "deep/run.json")
    assert (ended.code, ended.out) == (1, "")
    assert "run.json" in ended.err
    assert RunResult.model_validate_json((tmp_path / "deep" / "run.json").read_bytes()).findings
    assert xjk("check", data, *ONE, "--output", "run.txt", "--quiet").err == ""


def test_a_pack_can_write_the_report(process: Run, data: Path, tmp_path: Path) -> None:
    install_pack(
        tmp_path,
        "acme_report",
        "from xjk import PackInfo, ReporterInfo, Words, hookimpl\n"
        "@hookimpl\n"
        "def xjk_pack():\n"
        "    return PackInfo(name='acme_report', version='1.0', title=Words(zh='报告', en='Report'))\n"
        "@hookimpl\n"
        "def xjk_reporters():\n"
        "    return ReporterInfo(name='tally', media_type='text/plain', target='acme_report:write')\n"
        "def write(result, lang):\n"
        "    return f'{lang} {len(result.findings)}\\n'\n",
    )
    ended = process("check", data, *ONE, "--format", "tally", "--lang", "en")
    assert (ended.code, ended.out) == (1, "en 1\n")


def test_lang_decides_the_language_of_findings_and_report(xjk: Run, data: Path) -> None:
    ended = xjk("check", data, *ONE, "--lang", "en")
    assert "Meeting cost above the dated standard" in ended.out
    assert "A finding is a clue, not a verdict" in ended.out


def test_the_variable_decides_where_no_option_does(
    xjk: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XJK_LANG", "en")
    assert "Leads" in xjk("check", data, *ONE).out
    assert "线索" in xjk("check", data, *ONE, "--lang", "zh").out
    monkeypatch.setenv("XJK_LANG", "fr")
    assert xjk("check", data, *ONE).code == 2


def test_the_nearest_configuration_counts_and_options_override_it(
    xjk: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xjk.yaml").write_text("select: [XJK301]\nfail_level: serious\nlang: en\n", "utf-8")
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    ended = xjk("check", data)
    assert ended.code == 0
    assert "1 selected" in ended.out
    assert xjk("check", data, "--fail-level", "notice").code == 1
    assert xjk("check", data, "--ignore", "F3", "--lang", "zh").out.count("选中 0") == 1


def test_files_named_in_the_configuration_are_beside_it_those_of_options_are_here(
    xjk: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, here = tmp_path / "settings", tmp_path / "here"
    settings.mkdir()
    here.mkdir()
    (settings / "xjk.yaml").write_text("select: [XJK301]\nexclusions: known.yaml\n", "utf-8")
    known = "exclusions:\n  - {id: agreed, reason: 已批准, rules: [XJK301]}\n"
    (settings / "known.yaml").write_text(known, "utf-8")
    (here / "none.yaml").write_text("exclusions: []\n", "utf-8")
    monkeypatch.chdir(here)
    assert xjk("check", data, "--config", settings / "xjk.yaml").code == 0
    assert xjk("check", data, "--config", settings / "xjk.yaml", "--exclusions", "none.yaml").code == 1


def test_a_baseline_silences_what_it_accepts(xjk: Run, data: Path) -> None:
    xjk("check", data, *ONE, "--format", "json", "--output", "run.json")
    assert xjk("baseline", "write", "run.json", "--reason", "已核实").code == 0
    ended = xjk("check", data, *ONE, "--baseline", "baseline.json")
    assert ended.code == 0
    assert "已接受 1" in ended.out


def test_unmasked_output_comes_with_a_warning(xjk: Run, data: Path) -> None:
    assert "个人信息" in xjk("check", data, *ONE, "--unmask").err


def test_quarantined_rows_are_counted_in_the_summary(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "lots")
    assert "采纳 1，隔离 1；错误 1" in xjk("check", data, *ONE).out


def test_the_same_books_give_the_same_bytes(process: Run, data: Path) -> None:
    told = {process("check", data, "--format", "json", PYTHONHASHSEED=seed).out for seed in ("1", "2")}
    assert len(told) == 1


@pytest.mark.skipif(not (EXAMPLES / "district" / "data").is_dir(), reason="the example is not there")
def test_the_district_is_checked_end_to_end(xjk: Run) -> None:
    ended = xjk("check", EXAMPLES / "district" / "data", "--format", "json")
    result = RunResult.model_validate_json(ended.out)
    assert ended.code == 1
    assert result.leads
    assert result.validation.rows == result.validation.accepted


@pytest.mark.skipif(not (EXAMPLES / "oxford").is_dir(), reason="the example is not there")
def test_oxford_is_read_with_its_mapping(xjk: Run) -> None:
    ended = xjk("check", EXAMPLES / "oxford", "--mapping", EXAMPLES / "oxford" / "mapping.yaml")
    assert ended.code == 0
    assert "隔离 9；错误 9" in ended.out
