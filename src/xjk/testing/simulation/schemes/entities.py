"""Planted schemes through other bodies: staff companies (F5), union and canteen (F8), accounts (F9)."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import (
    buy,
    invoice,
    outside,
    receive,
    spend,
    transfer_out,
    use_invoice,
)
from xjk.testing.simulation.base.workdays import after, in_month
from xjk.testing.simulation.base.world import Party, Row, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes import Evidence, payment_of, record
from xjk.testing.simulation.units import open_bank


def staff_company(world: World) -> None:
    """F5-1: a member of staff runs a company at the office's address and invoices the office."""
    unit = world.unit("204001")
    owner = unit.staff[6]
    firm = add_company(
        world,
        "staff firm",
        "澜川汀韵文化策划有限公司",
        "文化活动策划",
        insured=0,
        capital=50,
        founded=date(2023, 10, 18),
        address=str(unit.row["address"]),
        legal=owner.name,
        legal_id=str(owner.row["id_no"]),
        phone=owner.row["phone"],
    )
    person = next(
        r for r in world.tables["enterprise_person"] if r["uscc"] == firm.uscc and r["post"] == "legal_rep"
    )
    evidence: Evidence = [("enterprise", firm.row), ("enterprise_person", person), ("person", owner.row)]
    total = 0
    for day, fen in (
        (date(2024, 4, 25), 3_860_000),
        (date(2024, 9, 26), 4_920_000),
        (date(2025, 4, 24), 4_380_000),
        (date(2025, 10, 23), 4_760_000),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            firm,
            "付文旅活动策划服务费",
            "30227",
            "*现代服务*活动策划费",
            issued=day - timedelta(days=4),
        )
        evidence += [("payment", payment_of(voucher)), ("invoice", bill)]
        total += fen
    record(
        world,
        "F5-1",
        "F5",
        unit,
        total,
        (
            "职工在单位地址开办公司承接本单位业务",
            "A company of staff at the office's address invoices the office",
        ),
        evidence,
    )


def union_round_trip(world: World) -> None:
    """F8-1: money goes to the union as a grant, comes back into 2307 and leaves to staff."""
    bureau, union = world.unit("203001"), world.unit("203101")
    gone = spend(world, bureau, date(2025, 6, 17), 18_000_000, union.party, "补助工会职工之家建设", "30299")
    receive(world, union, date(2025, 6, 17), 18_000_000, bureau.party, "收职工之家建设补助", "404")
    back = transfer_out(world, union, date(2025, 7, 10), 16_300_000, bureau.party, "付联办活动经费", "503")
    leaf, number = world.bank_leaf(bureau, "basic")
    taken = world.voucher(bureau, date(2025, 7, 10), "收工会往来款", attachments=1)
    taken.debit(leaf, 16_300_000, union.party, bank=number, settlement="transfer").credit(
        "2307", 16_300_000, union.party
    )
    evidence: Evidence = [("payment", payment_of(gone)), ("voucher_line", back), ("voucher_line", taken)]
    for position, person in enumerate(bureau.staff[:8]):
        fen = 2_037_500
        paid = world.voucher(bureau, after(date(2025, 9, 22), position % 2), "付往来款", attachments=1)
        paid.debit("2307", fen, union.party).credit(
            leaf, fen, person.party, bank=number, settlement="transfer"
        )
        evidence.append(("voucher_line", paid))
    record(
        world,
        "F8-1",
        "F8",
        bureau,
        16_300_000,
        (
            "向工会拨补助后转回挂往来,再付个人",
            "A grant to the union returns through payables and goes to staff",
        ),
        evidence,
    )


def canteen_purse(world: World) -> None:
    """F8-2: a year-end subsidy is parked at the canteen, which then pays the bureau's dinners."""
    school, canteen, bureau = world.unit("201002"), world.unit("201102"), world.unit("201001")
    gone = spend(world, school, date(2024, 12, 25), 12_000_000, canteen.party, "食堂运转补助", "30299")
    receive(world, canteen, date(2024, 12, 25), 12_000_000, school.party, "收学校运转补助", "4901")
    seller = world.companies["restaurant"]
    evidence: Evidence = [("payment", payment_of(gone))]
    total = 0
    for day, fen in (
        (date(2025, 1, 14), 1_286_000),
        (date(2025, 4, 17), 1_543_500),
        (date(2025, 9, 9), 1_872_000),
    ):
        bill = invoice(world, seller, bureau, day - timedelta(days=1), fen, "*餐饮服务*餐费", rate=1)
        voucher = spend(world, canteen, day, fen, seller.party, "付公务用餐费", "", account="5101")
        use_invoice(world, voucher, bill, fen, seller.name)
        evidence += [("invoice", bill), ("voucher_line", voucher)]
        total += fen
    record(
        world,
        "F8-2",
        "F8",
        school,
        12_000_000,
        (
            "年末向食堂转入补助,由食堂列支主管局餐费",
            "A subsidy parked at the canteen pays the bureau's dinners",
        ),
        evidence,
    )


def hall_money(world: World) -> None:
    """F9-1: hire of the hall is paid to a personal account of a member of staff."""
    unit = world.unit("204002")
    holder = unit.staff[5]
    account = open_bank(
        world,
        unit,
        "hall",
        account_no=holder.row["account_no"],
        holder_name=holder.name,
        holder_kind="person",
        kind="other",
        registered=False,
        in_books=False,
        account_code="",
        opened_on=date(2020, 9, 1),
        opening_balance=318_600,
    )
    evidence: Evidence = [("bank_account", account)]
    total = 0
    for position, month in enumerate((3, 5, 6, 9, 11, 12)):
        key = ("stage", "tenant3", "donor")[position % 3]
        fen = 280_000 + position * 35_000
        came = outside(
            world, account, in_month(2024, month, 13), "in", fen, world.companies[key].party, "剧场场地费"
        )
        evidence.append(("bank_transaction", came))
        total += fen
    record(
        world,
        "F9-1",
        "F9",
        unit,
        total,
        ("场地费存入职工个人账户", "Hall hire paid into a staff member's own account"),
        evidence,
    )


def bonded_account(world: World) -> None:
    """F9-2: contractors' wage bonds lie on an account the finance bureau never approved."""
    unit = world.unit("202001")
    account = open_bank(
        world,
        unit,
        "bonds",
        holder_name="云汀区住房和城乡建设局",
        kind="special",
        registered=False,
        in_books=False,
        account_code="",
        opened_on=date(2023, 12, 4),
        opening_balance=0,
        bank_name="澜川村镇银行筑城支行",
    )
    rows: list[Row] = []
    total = 0
    for key, fen, day in (
        ("build1", 26_000_000, date(2024, 3, 6)),
        ("build2", 12_000_000, date(2024, 5, 14)),
        ("build3", 9_500_000, date(2025, 3, 12)),
    ):
        rows.append(outside(world, account, day, "in", fen, world.companies[key].party, "农民工工资保证金"))
        total += fen
    for day, fen in ((date(2024, 6, 21), 28_500), (date(2024, 12, 21), 66_400), (date(2025, 6, 21), 81_200)):
        rows.append(
            outside(world, account, day, "in", fen, Party("澜川村镇银行筑城支行"), "存款利息", "interest")
        )
        total += fen
    evidence: Evidence = [("bank_transaction", row) for row in rows]
    record(
        world,
        "F9-2",
        "F9",
        unit,
        total,
        (
            "未备案账户存放保证金,本息未入账",
            "Bonds on an unapproved account, neither sum nor interest booked",
        ),
        [("bank_account", account), *evidence],
    )


SCHEMES = (
    staff_company,
    union_round_trip,
    canteen_purse,
    hall_money,
    bonded_account,
)
