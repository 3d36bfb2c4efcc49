"""What an honest unit keeps on registers beside its books: assets, lease, sales, gift, fine, permit, works, budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xjk.testing.strategies.honest_books import Party, UnitBooks, yuan
from xjk.testing.strategies.names import Firm, firm

_BUILDER = firm(11, "云汀区丁禾建筑工程有限公司", base=900)
_TENANT = firm(12, "云汀区戊禾便利店有限公司", base=900)
_RECYCLER = firm(13, "云汀区己禾再生资源有限公司", base=900)
_DONOR = firm(14, "云汀区庚禾食品有限公司", base=900)
_SUBSIDIARY = firm(15, "云汀区辛禾后勤服务有限公司", base=900)
REGISTERED = (
    (_BUILDER, "房屋建筑工程施工"),
    (_TENANT, "日用百货零售"),
    (_RECYCLER, "再生资源回收"),
    (_DONOR, "食品销售"),
    (_SUBSIDIARY, "后勤管理服务"),
)
"""Companies beside those that units buy from, with what they do; the last is a subsidiary that the first unit declared."""

OPERATIONS_ITEM = "2010102"
"""Budget item of what a unit buys for its operations."""

_RENT, _SCRAP, _GIFT, _FINE, _LAND = 12_000_00, 860_00, 3_000_00, 2_000_00, 45_000_00
ADVANCE = 5_000_00
"""Deposit with the power company, a receivable since years."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Be money that comes in once a year: into the treasury's account when it has an item code, else into income."""

    day: date
    summary: str
    payer: Party
    fen: int
    item_code: str


def keep_registers(books: UnitBooks, year: int, workdays: Sequence[date]) -> Iterator[Receipt]:
    """Write the registers of a unit, and yield the receipts of January that belong to them."""
    code, first = books.code, workdays[1].isoformat()
    for number, (kind, name, status) in enumerate(
        (
            ("building", "办公楼", "in_use"),
            ("building", "门面房", "leased"),
            ("vehicle", "公务用车", "in_use"),
        ),
        start=1,
    ):
        books.add(
            "asset",
            asset_id=f"ZC{code}{number}",
            kind=kind,
            name=name,
            address=f"{books.unit['address']}{number}幢",
            cost=yuan(number * 100_000_00),
            acquired_on="2014-05-20",
            status=status,
            booked="1",
        )
    books.add(
        "lease",
        lease_id=f"ZL{code}",
        asset_id=f"ZC{code}2",
        tenant_name=_TENANT.name,
        starts_on=first,
        ends_on=f"{year + 2}-12-31",
        rent_per_period=yuan(_RENT),
        period_months="12",
        approved="1",
    )
    yield Receipt(workdays[1], "收门面房租金", _party(_TENANT), _RENT, "103070601")
    books.add(
        "asset_disposal",
        disposal_id=f"CZ{code}",
        asset_id=f"ZC{code}3",
        method="sale",
        disposed_on=first,
        proceeds=yuan(_SCRAP),
        buyer_name=_RECYCLER.name,
    )
    yield Receipt(workdays[2], "收旧设备变卖款", _party(_RECYCLER), _SCRAP, "103070602")
    books.add(
        "donation",
        donation_id=f"JZ{code}",
        donor_name=_DONOR.name,
        agreed_on=first,
        amount=yuan(_GIFT),
        purpose="图书角捐赠",
    )
    yield Receipt(workdays[3], "收捐赠款", _party(_DONOR), _GIFT, "")
    books.add(
        "penalty",
        decision_no=f"CF{code}",
        party_name=_BUILDER.name,
        decided_on=first,
        amount=yuan(_FINE),
        collected_on=workdays[4].isoformat(),
        collected_on_spot="0",
        remitted_on=workdays[6].isoformat(),
    )
    yield Receipt(workdays[4], "收罚款", _party(_BUILDER), _FINE, "103050199")
    books.add(
        "land_transfer",
        transfer_id=f"CR{code}",
        parcel=f"{books.unit['name']}北侧边角地",
        buyer_name=_BUILDER.name,
        signed_on=first,
        price=yuan(_LAND),
        due_on=workdays[8].isoformat(),
    )
    yield Receipt(workdays[5], "收土地出让价款", _party(_BUILDER), _LAND, "103014801")
    books.add("permit", permit_id=f"XK{code}", party_name=_TENANT.name, kind="食品经营许可", issued_on=first)
    for side, item, name in (("income", "103050199", "罚没收入"), ("expense", OPERATIONS_ITEM, "日常运转")):
        books.add(
            "budget",
            fiscal_year=str(year - 1),
            item_code=item,
            item_name=name,
            side=side,
            amount="60000.00",
            executed="59000.00",
        )
    books.add(
        "project",
        project_code=f"XM{code}",
        name=f"{books.unit['name']}外墙修缮",
        kind="repair",
        site=books.unit["address"],
        contract_amount="80000.00",
        settled_amount="79000.00",
        contractor=_BUILDER.name,
        awarded_on=f"{year - 1}-03-04",
        started_on=f"{year - 1}-04-01",
        accepted_on=f"{year - 1}-06-20",
        progress_pct="100",
        tender_method="negotiated",
        claimed_quantity="300",
        measured_quantity="300",
        quantity_unit="平方米",
    )
    books.add(
        "project",
        project_code=operations(code),
        name=f"{books.unit['name']}日常运转",
        kind="service",
        site=books.unit["address"],
        tender_method="negotiated",
    )
    books.add(
        "party_balance",
        fiscal_year=str(year),
        period="0",
        account_code="1218",
        party_name="云汀区供电公司",
        opening=yuan(ADVANCE),
        debit="0.00",
        credit="0.00",
        closing=yuan(ADVANCE),
    )


def operations(code: str) -> str:
    """Return the code of the project under which a unit pays for what it buys."""
    return f"YW{code}"


def _party(company: Firm) -> Party:
    return Party(company.name, company.account_no)
