"""Market entities as registered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import (
    BankAcct,
    Code,
    Day,
    IdNo,
    Int,
    Money,
    Number,
    Phone,
    Text,
    Uscc,
    choice,
)
from xjk.models.record import Record

EnterpriseKind = Annotated[
    Literal["company", "sole_trader", "cooperative", "association", "foundation", "union", "other"],
    choice(
        company="公司",
        sole_trader="个体工商户",
        cooperative="合作社",
        association="社会团体",
        foundation="基金会",
        union="工会",
        other="其他",
    ),
]
EnterpriseStatus = Annotated[
    Literal["active", "revoked", "cancelled", "abnormal"],
    choice(active="存续", revoked="吊销", cancelled="注销", abnormal="经营异常"),
]
EnterprisePersonPost = Annotated[
    Literal["legal_rep", "shareholder", "director", "supervisor", "manager", "finance", "operator"],
    choice(
        legal_rep="法定代表人",
        shareholder="股东",
        director="董事",
        supervisor="监事",
        manager="经理",
        finance="财务负责人",
        operator="经营者",
    ),
]


class Enterprise(
    Record,
    table="enterprise",
    zh="市场主体登记",
    key=("uscc",),
):
    """Describe one market entity or registered body."""

    uscc: Uscc = Field(title="统一社会信用代码")
    """Unified social credit code (GB 32100-2015)."""
    name: Text = Field(title="名称")
    """Registered name."""
    kind: EnterpriseKind | None = Field(default=None, title="类型")
    """Kind of entity."""
    legal_rep: Text | None = Field(default=None, title="法定代表人")
    """Legal representative."""
    registered_capital: Money | None = Field(default=None, title="注册资本")
    """Registered capital in yuan."""
    founded_on: Day | None = Field(default=None, title="成立日期")
    """Date of registration."""
    cancelled_on: Day | None = Field(default=None, title="注销日期")
    """Date of deregistration."""
    status: EnterpriseStatus | None = Field(default=None, title="登记状态")
    """Standing in the registry."""
    address: Text | None = Field(default=None, title="住所")
    """Registered domicile."""
    phone: Phone | None = Field(default=None, title="电话")
    """Telephone number; personal data."""
    scope: Text | None = Field(default=None, title="经营范围")
    """Registered scope of business."""
    insured_staff: Int | None = Field(default=None, title="参保人数")
    """Number of staff with social insurance."""
    declared_by: Code | None = Field(default=None, title="已申报的主管单位编码")
    """Unit that declared it as its subsidiary."""
    account_no: BankAcct | None = Field(default=None, title="对公账号")
    """Corporate bank account."""


class EnterprisePerson(
    Record,
    table="enterprise_person",
    zh="市场主体人员",
    key=(
        "uscc",
        "name",
        "post",
    ),
):
    """Say what post or share a person holds in a market entity."""

    uscc: Uscc = Field(title="统一社会信用代码")
    """Unified social credit code (GB 32100-2015)."""
    name: Text = Field(title="姓名")
    """Name of the person."""
    post: EnterprisePersonPost = Field(title="任职")
    """Post or share the person holds."""
    id_no: IdNo | None = Field(default=None, title="身份证号")
    """Citizen identity number (GB 11643); personal data."""
    share_pct: Number | None = Field(default=None, title="持股比例")
    """Share held, in per cent."""
