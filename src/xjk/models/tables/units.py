"""Units: who is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import Code, Flag, Int, Phone, Text, Uscc, choice
from xjk.models.record import Record

UnitKind = Annotated[
    Literal[
        "administrative",
        "public_institution",
        "township",
        "subdistrict",
        "association",
        "union",
        "canteen",
        "enterprise",
        "other",
    ],
    choice(
        administrative="行政单位",
        public_institution="事业单位",
        township="乡镇",
        subdistrict="街道",
        association="社会团体",
        union="工会",
        canteen="食堂",
        enterprise="企业",
        other="其他",
    ),
]


class Unit(
    Record,
    table="unit",
    zh="单位",
    key=("unit_code",),
):
    """Describe one unit of the public sector, or a body attached to one."""

    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    name: Text = Field(title="单位名称")
    """Full name of the unit."""
    uscc: Uscc | None = Field(default=None, title="统一社会信用代码")
    """Unified social credit code (GB 32100-2015)."""
    kind: UnitKind = Field(title="单位性质")
    """What kind of body the unit is."""
    parent_code: Code | None = Field(default=None, title="主管单位编码")
    """Code of the unit it answers to."""
    budget_level: Int | None = Field(default=None, title="预算级次")
    """Level in the budget hierarchy; 1 reports to the finance bureau directly."""
    head_name: Text | None = Field(default=None, title="单位负责人")
    """Person who heads the unit and answers for its books."""
    address: Text | None = Field(default=None, title="地址")
    """Postal address."""
    phone: Phone | None = Field(default=None, title="电话")
    """Telephone number; personal data."""
    staff_quota: Int | None = Field(default=None, title="编制数")
    """Number of established posts."""
    collects_fees: Flag | None = Field(default=None, title="执收执罚单位")
    """Whether the unit collects fees or fines."""
