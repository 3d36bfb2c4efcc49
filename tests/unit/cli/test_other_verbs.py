"""The verbs beside check and validate."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run, install_pack
from tests.unit.rules.samples import CASES, write_rule

from xjk.errors import error_classes
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.run import RunResult
from xjk.runner.baseline import read_baseline

MAPPING = """\
sources:
  - file: "*.csv"
    tables:
      - table: payment
        columns: {payment_id: No, unit_code: Unit, paid_on: Day, amount: Sum, payee_name: To}
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return a folder with payments under other names."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    (folder / "export.csv").write_text("No,Unit,Day,Sum,To\n1,U1,2024-01-01,5.00,甲公司\n", "utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, "utf-8")
    return folder


@pytest.fixture
def run_file(xjk: Run, data: Path, tmp_path: Path) -> Path:
    """Return the result of a check as a file."""
    xjk("check", data, "--select", "XJK301", "--format", "json", "--output", "run.json")
    return tmp_path / "run.json"


# map


def test_a_drafted_mapping_can_be_checked(xjk: Run, data: Path) -> None:
    assert xjk("map", "--suggest", data / "event.csv", "--output", "draft.yaml").code == 0
    ended = xjk("map", "--check", "draft.yaml", data)
    assert ended.code == 0
    assert "  1     1     0     0  event  event.csv" in ended.out


def test_checking_a_mapping_tells_rows_columns_and_rules(xjk: Run, foreign: Path) -> None:
    ended = xjk("map", "--check", "mapping.yaml", foreign)
    assert ended.code == 0
    assert "payment: payment_id unit_code paid_on amount payee_name" in ended.out
    assert "EXA101" in ended.out


def test_a_mapping_that_leaves_rows_refused_makes_the_exit_code_2(xjk: Run, foreign: Path) -> None:
    (foreign / "export.csv").write_text("No,Unit,Day,Sum,To\n1,U1,2024-01-01,much,甲公司\n", "utf-8")
    assert xjk("map", "--check", "mapping.yaml", foreign).code == 2


@pytest.mark.parametrize(
    "argv", [(), ("--suggest", "a.csv", "--check", "b", "c"), ("--suggest", "nowhere.csv")]
)
def test_map_needs_one_task_and_a_file(xjk: Run, argv: tuple[str, ...]) -> None:
    assert xjk("map", *argv).code == 2


# rules


def test_rules_are_listed_as_text_and_json(xjk: Run) -> None:
    assert "XJK301" in xjk("rules", "list").out
    listed = json.loads(xjk("rules", "list", "--select", "XJK301,xjk302", "--format", "json").out)
    assert [rule["meta"]["code"] for rule in listed] == ["XJK301", "XJK302"]
    assert xjk("rules", "list", "--select", "nothing_like_it").code == 2
    assert xjk("rules", "list", "--format", "xml").code == 2


def test_rules_in_preview_are_listed_with_their_status(xjk: Run) -> None:
    assert "试行" in xjk("rules", "list", "--select", "EXA").out


@pytest.mark.parametrize("name", ["XJK301", "xjk301", "meeting_above_standard"])
def test_a_rule_shows_page_parameters_and_example(xjk: Run, name: str) -> None:
    ended = xjk("rules", "show", name)
    assert ended.code == 0
    for part in ("## 清白的解释 Innocent explanations", "min_excess", "正式", "event:", "疑点：U1，M1"):
        assert part in ended.out
    assert ended.out == xjk("explain", name).out


def test_an_unknown_rule_is_refused_with_a_guess(xjk: Run) -> None:
    ended = xjk("rules", "show", "XJJ101")
    assert ended.code == 2
    assert "XJK101" in ended.err


def test_cases_of_a_rule_run(xjk: Run) -> None:
    ended = xjk("rules", "test", "XJK301")
    assert ended.code == 0
    assert "个案例成立" in ended.out


def test_a_case_that_does_not_hold_makes_the_exit_code_1(process: Run, tmp_path: Path) -> None:
    install_rules(tmp_path)
    write_rule(tmp_path / "site" / "acme_rules_folder", cases=CASES.replace("p1,1000.00", "p1,1000.01", 1))
    ended = process("rules", "test", "ACM101", "--lang", "en")
    assert ended.code == 1
    assert "2 of 3 cases hold" in ended.out
    assert "missing: U1 | p1 | 1000.00" in ended.out


def test_cases_that_cannot_be_read_make_it_1_too(process: Run, tmp_path: Path) -> None:
    install_rules(tmp_path)
    write_rule(tmp_path / "site" / "acme_rules_folder", cases="must_flag: {}\n")
    ended = process("rules", "test", "ACM101")
    assert ended.code == 1
    assert "XJK-E303" in ended.out


def test_a_rule_that_cannot_be_read_makes_it_3(process: Run, tmp_path: Path) -> None:
    install_rules(tmp_path)
    write_rule(tmp_path / "site" / "acme_rules_folder", sql=None)
    ended = process("rules", "test", "XJK301")
    assert ended.code == 3
    assert "rule.sql" in ended.out


def install_rules(tmp_path: Path) -> None:
    """Install a pack whose rules lie in ``site/acme_rules_folder``."""
    (tmp_path / "site" / "acme_rules_folder").mkdir(parents=True)
    install_pack(
        tmp_path,
        "acme_rules",
        "from pathlib import Path\n"
        "from xjk import PackInfo, Words, hookimpl\n"
        "@hookimpl\n"
        "def xjk_pack():\n"
        "    title = Words(zh='规则', en='Rules')\n"
        "    return PackInfo(name='acme_rules', version='1.0', title=title, code_prefixes=('ACM',))\n"
        "@hookimpl\n"
        "def xjk_rules():\n"
        "    return Path(__file__).parent / 'acme_rules_folder'\n",
    )


# explain


def test_a_finding_is_explained_by_the_beginning_of_its_identifier(xjk: Run, run_file: Path) -> None:
    (finding,) = RunResult.model_validate_json(run_file.read_bytes()).findings
    ended = xjk("explain", finding.finding_id[:12], "--from", run_file)
    assert ended.code == 0
    for part in (finding.finding_id, "people = 120", "min_excess", "event.csv:2", "第 15 条", "清白的解释"):
        assert part in ended.out


def test_a_lead_is_explained_from_the_whole_result(xjk: Run, run_file: Path) -> None:
    (lead,) = RunResult.model_validate_json(run_file.read_bytes()).leads
    assert "得分：" in xjk("explain", lead.lead_id, "--from", run_file).out


def test_findings_are_read_from_json_lines_too(xjk: Run, run_file: Path) -> None:
    result = RunResult.model_validate_json(run_file.read_bytes())
    lines = Path("findings.jsonl")
    lines.write_text("".join(f.model_dump_json() + "\n" for f in result.findings), "utf-8")
    identity = result.findings[0].finding_id
    told = xjk("explain", identity, "--from", lines)
    assert told == xjk("explain", identity, "--from", run_file)
    assert xjk("explain", result.leads[0].lead_id, "--from", lines).code == 2


def test_a_finding_needs_a_result_that_holds_it(xjk: Run, run_file: Path) -> None:
    assert "--from" in xjk("explain", "fp1:0000").err
    assert xjk("explain", "fp1:ffffffffffff", "--from", run_file).code == 2
    assert xjk("explain", "fp1:ffffffffffff", "--from", "nowhere.json").code == 2


def test_a_file_that_is_no_result_is_refused_without_repeating_it(xjk: Run) -> None:
    for text in (
        '{"coverage": "110101199003077758"}',
        '{"rule_id": "110101199003077758"}',
        "110101199003077758",
    ):
        Path("other.json").write_text(text, "utf-8")
        ended = xjk("explain", "fp1:0000", "--from", "other.json")
        assert ended.code == 2
        assert "XJK-E203" in ended.err
        assert "110101199003077758" not in ended.err


def test_escapes_in_a_result_cannot_command_the_terminal(xjk: Run, run_file: Path) -> None:
    (finding,) = RunResult.model_validate_json(run_file.read_bytes()).findings
    hostile = finding.model_copy(update={"message": "甲\x1b[2J", "facts": {"a\x9b": "\x07"}})
    Path("hostile.jsonl").write_text(hostile.model_dump_json(), "utf-8")
    told = xjk("explain", finding.finding_id, "--from", "hostile.jsonl").out
    assert "甲[2J" in told
    assert not {"\x1b", "\x9b", "\x07"} & set(told)


@pytest.mark.parametrize("code", sorted({kind.code for kind in PROBLEM_KINDS.values()}))
def test_every_problem_code_is_explained(xjk: Run, code: str) -> None:
    ended = xjk("explain", code)
    assert ended.code == 0
    assert code in ended.out
    assert "{" not in ended.out


def test_every_error_has_a_meaning_in_both_languages(xjk: Run) -> None:
    for kind in error_classes():
        assert kind.meaning in xjk("explain", kind.code).out
        assert xjk("explain", kind.code.removeprefix("XJK-").lower(), "--lang", "en").code == 0


@pytest.mark.parametrize("what", ["P999", "XJK-E999", "no_such_rule"])
def test_what_is_not_known_is_refused(xjk: Run, what: str) -> None:
    assert xjk("explain", what).code == 2


# packs, doctor


def test_packs_are_listed(xjk: Run) -> None:
    assert "xjk_services" in xjk("packs").out
    listed = json.loads(xjk("packs", "--format", "json").out)
    assert "xjk_services" in [pack["name"] for pack in listed["packs"]]
    assert listed["problems"] == []


def test_doctor_finds_everything_in_order(xjk: Run) -> None:
    ended = xjk("doctor")
    assert ended.code == 0
    for part in ("python", "pydantic", "pluggy", "PyYAML", "sqlite", "excel", "xjk_services", "一切正常"):
        assert part in ended.out


def test_doctor_names_a_broken_pack_with_step_error_and_hint(process: Run, tmp_path: Path) -> None:
    install_pack(tmp_path, "acme_broken", "raise RuntimeError('no')\n")
    ended = process("doctor")
    assert ended.code == 3
    assert "acme_broken 1.0 [import]" in ended.out
    assert "一切正常" not in ended.out
    assert "xjk doctor" in process("rules", "list").err


# schema


def test_written_schemas_are_up_to_date_until_one_changes(xjk: Run, tmp_path: Path) -> None:
    assert xjk("schema", "write", "out").code == 0
    assert xjk("schema", "check", "out") == (0, "", "")
    next((tmp_path / "out").rglob("finding.schema.json")).write_text("{}", "utf-8")
    ended = xjk("schema", "check", "out")
    assert ended.code == 1
    assert "finding.schema.json" in ended.out


# config


def test_config_tells_where_each_setting_comes_from(
    xjk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xjk.yaml").write_text(
        "fail_level: serious\nlimits: {seconds: 5}\nrules: {XJK301: {min_excess: '1000.00'}}\n", "utf-8"
    )
    monkeypatch.setenv("XJK_LANG", "en")
    rows = {line.split()[0]: line.split()[1:] for line in xjk("config", "show", "--origin").out.splitlines()}
    file = str(tmp_path / "xjk.yaml")
    assert rows["fail_level"] == ["serious", file]
    assert rows["limits.seconds"] == ["5.0", file]
    assert rows["limits.findings"] == ["10000", "default"]
    assert rows["rules.XJK301.min_excess"] == ["1000.00", file]
    assert rows["lang"] == ["en", "XJK_LANG"]
    assert rows["region"] == ["CN", "default"]
    assert xjk("config") == xjk("config", "show")


def test_a_faulty_configuration_is_refused_with_every_fault(xjk: Run, tmp_path: Path) -> None:
    (tmp_path / "xjk.yaml").write_text("fail_levle: serious\nlang: fr\n", "utf-8")
    ended = xjk("config")
    assert ended.code == 2
    assert "fail_levle" in ended.err
    assert "lang" in ended.err


# baseline


def test_a_baseline_names_who_why_and_until_when(xjk: Run, run_file: Path, tmp_path: Path) -> None:
    words = ("--reason", "已核实", "--by", "王", "--until", "2025-12-31", "--output", "known.json")
    assert xjk("baseline", "write", run_file, *words).code == 0
    (entry,) = read_baseline(tmp_path / "known.json").accepted
    assert (entry.reason, entry.by, entry.until) == ("已核实", "王", "2025-12-31")


def test_a_baseline_is_added_to_and_keeps_earlier_reasons(xjk: Run, run_file: Path) -> None:
    words = ("baseline", "write", run_file, "--reason")
    assert [xjk(*words, "一").code, xjk(*words, "二").code] == [0, 0]
    assert len(read_baseline(Path("baseline.json")).accepted) == 1


@pytest.mark.parametrize("words", [(), ("--reason", " "), ("--reason", "x", "--until", "2025-13-01")])
def test_a_baseline_needs_a_reason_and_a_real_day(xjk: Run, run_file: Path, words: tuple[str, ...]) -> None:
    assert xjk("baseline", "write", run_file, *words).code == 2
    assert not Path("baseline.json").exists()


def test_doctor_names_every_engine_with_the_version_of_its_library(xjk: Run) -> None:
    lines = [line.split() for line in xjk("doctor", "--lang", "en").out.splitlines()]
    engines = lines[lines.index(["Engines"]) + 1 : lines.index(["Packs"]) - 1]
    assert [engine for engine, _ in engines] == ["sqlite", "duckdb", "postgres", "spark"]
    assert engines[1][1] == version("duckdb")
