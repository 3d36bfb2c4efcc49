"""The campaign's own records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import Code, Day, Flag, Int, Money, Text, choice
from xjk.models.record import Record

TipVerified = Annotated[
    Literal["pending", "founded", "unfounded"],
    choice(pending="待核实", founded="属实", unfounded="不属实"),
]


class PastProblem(
    Record,
    table="past_problem",
    zh="历年检查发现问题",
    key=("problem_id",),
):
    """Record one problem an earlier inspection found, and how far it was put right."""

    problem_id: Code = Field(title="问题编号")
    """Identifier of the problem."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    found_on: Day = Field(title="发现日期")
    """Date it was found."""
    found_by: Text | None = Field(default=None, title="检查机关")
    """Body that found it."""
    form: Text | None = Field(default=None, title="表现形式")
    """Form of the fund, F1 to F9."""
    description: Text = Field(title="问题描述")
    """What was found."""
    amount: Money = Field(title="涉及金额")
    """Amount involved in yuan."""
    measures_done: Flag | None = Field(default=None, title="整改措施是否到位")
    """Whether corrective measures are in place."""
    personnel_done: Flag | None = Field(default=None, title="人员处理问责是否到位")
    """Whether persons were dealt with and held to account."""
    remitted_amount: Money | None = Field(default=None, title="已上缴国库金额")
    """Amount in yuan paid into the treasury since."""
    booked_amount: Money | None = Field(default=None, title="已转入规定账簿金额")
    """Amount in yuan carried into the prescribed books since."""
    tax_done: Flag | None = Field(default=None, title="财务税务处理是否到位")
    """Whether finance and tax handling was done."""
    system_done: Flag | None = Field(default=None, title="制度完善是否到位")
    """Whether rules and systems were improved."""


class Tip(
    Record,
    table="tip",
    zh="群众举报",
    key=("tip_id",),
):
    """Record one report from the public."""

    tip_id: Code = Field(title="举报编号")
    """Identifier of the report."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    received_on: Day = Field(title="收到日期")
    """Date it was received."""
    form: Text | None = Field(default=None, title="表现形式")
    """Form of the fund, F1 to F9."""
    summary: Text | None = Field(default=None, title="举报内容")
    """What was reported."""
    verified: TipVerified | None = Field(default=None, title="核实情况")
    """What the check of the report found."""


class SelfReport(
    Record,
    table="self_report",
    zh="自查自纠情况报告",
    key=("report_id",),
):
    """Record one unit's self-inspection report."""

    report_id: Code = Field(title="报告编号")
    """Identifier of the report."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    submitted_on: Day | None = Field(default=None, title="报送日期")
    """Date it was filed."""
    head_signed: Flag | None = Field(default=None, title="负责人签字")
    """Whether the head of the unit signed."""
    zero_report: Flag = Field(title="零报告")
    """Whether the unit reports that it found nothing."""
    funds_found: Int | None = Field(default=None, title="发现小金库个数")
    """Number of funds found."""
    amount_found: Money | None = Field(default=None, title="发现金额")
    """Amount found in yuan."""
    amount_corrected: Money | None = Field(default=None, title="已纠正金额")
    """Amount corrected in yuan."""
    meetings_held: Int | None = Field(default=None, title="动员部署次数")
    """Number of meetings held to start the work."""
    accounts_checked: Int | None = Field(default=None, title="自查账户数")
    """Number of bank accounts checked."""
    vouchers_checked: Int | None = Field(default=None, title="抽查凭证数")
    """Number of vouchers checked."""
    period_from: Day | None = Field(default=None, title="自查起始日期")
    """First day the self-inspection covers."""
    narrative: Text | None = Field(default=None, title="自查情况说明")
    """What the unit writes about it."""
