"""State assets and the income they bring."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xjk.models.columns import Code, Day, Flag, Int, Money, Number, Text, choice
from xjk.models.record import Record

AssetKind = Annotated[
    Literal["building", "land", "vehicle", "equipment", "resource", "securities", "intangible", "other"],
    choice(
        building="房屋",
        land="土地",
        vehicle="车辆",
        equipment="设备",
        resource="资源",
        securities="有价证券",
        intangible="无形资产",
        other="其他",
    ),
]
AssetStatus = Annotated[
    Literal["in_use", "idle", "leased", "lent", "disposed", "demolished"],
    choice(in_use="在用", idle="闲置", leased="出租", lent="出借", disposed="已处置", demolished="已拆除"),
]
AssetDisposalMethod = Annotated[
    Literal["sale", "scrap", "demolition", "transfer", "donation", "other"],
    choice(sale="出售", scrap="报废", demolition="拆除", transfer="划转", donation="捐赠", other="其他"),
]


class Asset(
    Record,
    table="asset",
    zh="国有资产",
    key=("asset_id",),
):
    """Describe one state-owned asset."""

    asset_id: Code = Field(title="资产编号")
    """Identifier of the asset."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    kind: AssetKind = Field(title="资产类别")
    """What kind of asset it is."""
    name: Text = Field(title="资产名称")
    """Name of the asset."""
    address: Text | None = Field(default=None, title="坐落")
    """Where it stands."""
    area: Number | None = Field(default=None, title="面积")
    """Area in square metres."""
    cost: Money | None = Field(default=None, title="原值")
    """Original cost in yuan."""
    acquired_on: Day | None = Field(default=None, title="取得日期")
    """Date of acquisition."""
    status: AssetStatus | None = Field(default=None, title="使用状况")
    """How it is used."""
    booked: Flag | None = Field(default=None, title="是否入账")
    """Whether the books carry it."""


class Lease(
    Record,
    table="lease",
    zh="出租合同",
    key=("lease_id",),
):
    """Describe one contract that lets an asset out."""

    lease_id: Code = Field(title="租赁合同号")
    """Number of the lease."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    asset_id: Code | None = Field(default=None, title="资产编号")
    """Identifier of the asset."""
    tenant_name: Text = Field(title="承租人")
    """Tenant as written."""
    starts_on: Day = Field(title="起租日期")
    """First day."""
    ends_on: Day = Field(title="止租日期")
    """Last day."""
    rent_per_period: Money = Field(title="每期租金")
    """Rent in yuan per period."""
    period_months: Int = Field(title="每期月数")
    """Length of a period in months."""
    approved: Flag | None = Field(default=None, title="是否报批")
    """Whether the letting was approved."""
    deposit: Money | None = Field(default=None, title="押金")
    """Deposit in yuan."""
    terminated_on: Day | None = Field(default=None, title="终止日期")
    """Date it ended early."""


class LandTransfer(
    Record,
    table="land_transfer",
    zh="土地及资源出让合同",
    key=("transfer_id",),
):
    """Describe one contract that transfers land or another resource."""

    transfer_id: Code = Field(title="出让合同号")
    """Number of the transfer contract."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    parcel: Text = Field(title="宗地或资源")
    """Parcel or resource."""
    buyer_name: Text = Field(title="受让人")
    """Buyer as written."""
    signed_on: Day = Field(title="签订日期")
    """Date of signature."""
    price: Money = Field(title="出让价款")
    """Price in yuan."""
    due_on: Day | None = Field(default=None, title="缴款期限")
    """Date the price is due."""


class AssetDisposal(
    Record,
    table="asset_disposal",
    zh="资产处置",
    key=("disposal_id",),
):
    """Record one disposal of an asset."""

    disposal_id: Code = Field(title="处置单号")
    """Number of the disposal."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    asset_id: Code | None = Field(default=None, title="资产编号")
    """Identifier of the asset."""
    method: AssetDisposalMethod | None = Field(default=None, title="处置方式")
    """How it was disposed of."""
    disposed_on: Day = Field(title="处置日期")
    """Date of disposal."""
    proceeds: Money = Field(title="处置收入")
    """Proceeds in yuan."""
    buyer_name: Text | None = Field(default=None, title="受让方")
    """Buyer as written."""


class Donation(
    Record,
    table="donation",
    zh="捐赠、赞助协议",
    key=("donation_id",),
):
    """Describe one agreement to donate or sponsor."""

    donation_id: Code = Field(title="协议号")
    """Number of the agreement."""
    unit_code: Code = Field(title="单位编码")
    """Code of the unit in the budget system."""
    donor_name: Text = Field(title="捐赠人")
    """Donor as written."""
    agreed_on: Day = Field(title="协议日期")
    """Date of the agreement."""
    amount: Money = Field(title="金额")
    """Amount in yuan."""
    in_kind: Flag | None = Field(default=None, title="实物")
    """Whether goods were given instead of money."""
    purpose: Text | None = Field(default=None, title="用途")
    """What the money is for, as written."""
