"""What the text of a run tells."""

from __future__ import annotations

from typing import Any

from tests.unit.report.samples import finding, pack_problem, result, rule_run

from xjk.errors import Lang
from xjk.models.finding import Evidence, SourceRef
from xjk.models.problem import Problem
from xjk.models.run import Coverage, RunResult
from xjk.models.words import Words
from xjk.report.run_text import write_text
from xjk.report.width import columns


def text(run: RunResult, lang: Lang = "zh") -> str:
    return "".join(write_text(run, lang))


def rows(count: int) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(table="payment", key=f"p{row}", source=SourceRef(file="payment.csv", row=row))
        for row in range(2, 2 + count)
    )


def test_a_lead_tells_score_unit_amount_message_evidence_and_next_steps() -> None:
    told = text(result(finding()))
    for part in (
        "  1  30 分 警示  甲局（U1）  32,400.00 元  L0123456789",
        "得分：最高程度：警示 20 + 金额 10",
        "XJK301 会议费超综合定额  fp1:",
        "会议列支98400.00元，请核实。",
        "- event.csv:2  event M1",
        "1. 签到表",
        "2. 结算单",
    ):
        assert part in told


def test_units_stand_in_a_table() -> None:
    assert "     1    30     1     1   32,400.00  U1 甲局" in text(result(finding()))


def test_a_row_of_evidence_tells_day_amount_party_and_account() -> None:
    row = rows(1)[0].model_copy(
        update={"day": "2024-03-05", "amount": "36500.00", "party": "某某商贸有限公司", "account": "62**23"}
    )
    told = text(result(finding(evidence=(row,))))
    assert "payment p2  2024-03-05  36,500.00 元  某某商贸有限公司  账号 62**23" in told


def test_a_lead_of_several_findings_tells_its_story_and_a_lead_of_one_does_not() -> None:
    story = tuple(
        row.model_copy(update={"day": f"2024-03-0{place}", "amount": "10.00"})
        for place, row in enumerate(rows(2), start=1)
    )
    one, other = finding(subject="M1"), finding(subject="M2")
    several = result(one, other)
    told = text(several.model_copy(update={"leads": (several.leads[0].model_copy(update={"story": story}),)}))
    assert (
        "     经过：\n       2024-03-01  国库集中支付 p2  10.00 元\n       2024-03-02  国库集中支付 p3"
        in told
    )
    single = result(one)
    told = text(single.model_copy(update={"leads": (single.leads[0].model_copy(update={"story": story}),)}))
    assert "经过" not in told


def test_evidence_beyond_six_rows_is_counted() -> None:
    told = text(result(finding(evidence=rows(9))))
    assert "payment.csv:7  payment p7" in told
    assert "p8" not in told
    assert "另有 3 行证据，见 --format jsonl" in told


def test_a_request_that_several_findings_make_is_told_once() -> None:
    assert text(result(finding(subject="M1"), finding(subject="M2"))).count("签到表") == 1


def test_what_lets_most_rules_run_is_told_first_and_each_rule_once() -> None:
    lacking = {
        "XJK414": ("lease", "voucher_line"),
        "XJK701": ("invoice", "payment.payee_name"),
        "XJK702": ("invoice", "payment.payee_name"),
        "XJK703": ("invoice", "payment.payee_name", "enterprise"),
        "XJK801": ("voucher_line",),
    }
    skipped = tuple(rule_run(code, status="skipped", missing=missing) for code, missing in lacking.items())
    told = text(result(rules=skipped))
    lines = [line.strip() for line in told.splitlines() if "可运行" in line]
    assert lines == [
        "补充 voucher_line（记账凭证分录），可运行 1 条：XJK801",
        "补充 lease（出租合同），可运行 1 条：XJK414",
        "补充 invoice（发票）, payment.payee_name（国库集中支付），可运行 2 条：XJK701 XJK702",
        "补充 enterprise（市场主体登记），可运行 1 条：XJK703",
    ]


def test_a_failed_rule_tells_why() -> None:
    failed = rule_run("XJK703", status="failed", error=Words(zh="SQL 出错。", en="The SQL failed."))
    told = text(result(rules=(failed,)))
    assert "失败  XJK703 标题" in told
    assert "SQL 出错。" in told
    assert "本次检查不完整" in told


def test_problems_of_packs_tell_step_error_and_hint() -> None:
    told = text(result(coverage=Coverage(rules=(), packs=(pack_problem(),))))
    assert "acme 1.0 [import]" in told
    assert "导入时出错。" in told
    assert "重新安装。" in told


def test_an_unreadable_table_tells_why() -> None:
    problem = Problem.of(
        "table_unreadable",
        table="event",
        file="event.csv",
        what="缺少主键列。",
        what_en="No key.",
        fix="请补上。",
        fix_en="Add it.",
    )
    validation = result().validation.model_copy(update={"problems": (problem,)})
    told = text(result(coverage=Coverage(rules=(), tables=("event",)), validation=validation))
    assert "event.csv: 该表未能读取：缺少主键列。请补上。" in told


def test_accepted_and_excluded_findings_are_counted_apart() -> None:
    settled = [finding(subject="M2", state="accepted"), finding(subject="M3", state="excluded")]
    told = text(result(finding(), *settled))
    assert "1 个（严重 0，警示 1，提示 0）；另有已接受 1，已排除 1" in told


def test_a_reopened_finding_says_so() -> None:
    assert "（重新打开）" in text(result(finding(state="reopened")))


def test_stale_entries_are_named() -> None:
    assert "baseline fp1:00" in text(result(stale=("baseline fp1:00",)))


def test_a_clean_run_has_only_a_summary() -> None:
    assert "线索\n" not in text(result())
    assert "不完整" not in text(result())


def test_english_text_has_no_chinese_of_its_own() -> None:
    plain: dict[str, Any] = {"title": "T", "message": "m", "unit_name": "Unit", "verify": ("ask",)}
    run = result(finding(**plain))
    parts = tuple(part.model_copy(update={"what": "w"}) for part in run.leads[0].parts)
    english = run.model_copy(
        update={
            "leads": (run.leads[0].model_copy(update={"unit_name": "Unit", "parts": parts}),),
            "units": (run.units[0].model_copy(update={"unit_name": "Unit"}),),
        }
    )
    told = text(english, "en")
    assert "30 points, warning  Unit (U1)  32,400.00 yuan" in told
    assert not [char for char in told.replace("小金库", "") if "一" <= char <= "鿿"]


def test_lines_keep_within_a_hundred_columns() -> None:
    told = text(result(finding(message="金额" * 200, evidence=rows(3))))
    assert max(map(columns, told.splitlines())) <= 100


def test_data_cannot_command_the_terminal() -> None:
    told = text(result(finding(message="甲\x1b]0;x\x07\x9b2J\u202e乙", unit_name="\x1b[31m", subject="M1")))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
