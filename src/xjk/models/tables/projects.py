"""Works, special projects and contracts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import BankAcct, Code, Day, Money, Number, Side, Text, Uscc, choice
from xjk.models.record import Record

ProjectKind = Annotated[
    Literal["works", "repair", "goods", "service", "subsidy", "other"],
    choice(works="工程", repair="修缮", goods="货物", service="服务", subsidy="补助", other="其他"),
]
ProjectTenderMethod = Annotated[
    Literal["open", "invited", "negotiated", "direct", "none"],
    choice(open="公开招标", invited="邀请招标", negotiated="竞争性谈判", direct="直接委托", none="未采购"),
]
ContractKind = Annotated[
    Literal["works", "goods", "service", "other"],
    choice(works="工程", goods="货物", service="服务", other="其他"),
]


class Project(
    Record,
    table="project",
    zh="工程及专项项目",
    key=("project_code",),
):
    """Describe one works or special project."""

    project_code: Code = Field(title="项目编码")
    """Code of the project the money belongs to."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    name: Text = Field(title="项目名称")
    """Name of the project."""
    kind: ProjectKind | None = Field(default=None, title="项目类别")
    """What kind of project it is."""
    site: Text | None = Field(default=None, title="地点")
    """Where the works are."""
    budget: Money | None = Field(default=None, title="概算金额")
    """Approved estimate in yuan."""
    contract_amount: Money | None = Field(default=None, title="合同金额")
    """Contract price in yuan."""
    settled_amount: Money | None = Field(default=None, title="结算审定金额")
    """Price in yuan that the final settlement confirmed."""
    contractor: Text | None = Field(default=None, title="承包单位")
    """Firm that carries it out."""
    awarded_on: Day | None = Field(default=None, title="中标日期")
    """Date the contract was awarded."""
    started_on: Day | None = Field(default=None, title="开工日期")
    """Date works began."""
    accepted_on: Day | None = Field(default=None, title="竣工验收日期")
    """Date of acceptance."""
    settled_on: Day | None = Field(default=None, title="决算日期")
    """Date of the final settlement."""
    progress_pct: Number | None = Field(default=None, title="形象进度")
    """Progress claimed, in per cent."""
    tender_method: ProjectTenderMethod | None = Field(default=None, title="采购方式")
    """How the contractor was chosen."""
    claimed_quantity: Number | None = Field(default=None, title="申报工程量")
    """Quantity the contractor claimed."""
    measured_quantity: Number | None = Field(default=None, title="核定工程量")
    """Quantity that was measured."""
    quantity_unit: Text | None = Field(default=None, title="计量单位")
    """Unit of both quantities."""


class Contract(
    Record,
    table="contract",
    zh="合同",
    key=("contract_id",),
):
    """Describe one contract of a unit."""

    contract_id: Code = Field(title="合同编号")
    """Identifier of the contract."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: ContractKind | None = Field(default=None, title="合同类别")
    """What is bought or sold."""
    party_name: Text = Field(title="对方单位")
    """Other party as written."""
    project_code: Code | None = Field(default=None, title="项目编码")
    """Code of the project the money belongs to."""
    amount: Money = Field(title="合同金额")
    """Contract price in yuan."""
    signed_on: Day | None = Field(default=None, title="签订日期")
    """Date of signature."""
    starts_on: Day | None = Field(default=None, title="开始日期")
    """First day."""
    ends_on: Day | None = Field(default=None, title="结束日期")
    """Last day."""
    side: Side | None = Field(default=None, title="收支方向")
    """Whether the unit earns or spends; expense unless said."""
    party_uscc: Uscc | None = Field(default=None, title="对方统一社会信用代码")
    """Unified social credit code of the other party."""
    party_account: BankAcct | None = Field(default=None, title="对方约定账号")
    """Account agreed in the contract."""
    terminated_on: Day | None = Field(default=None, title="终止日期")
    """Date it ended early."""
