"""F7: false invoices and other bills."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.posting import buy, invoice, spend, use_invoice
from xjk.testing.simulation.base.world import Unit, World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes.hosts import SUBORDINATE, body, superior
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, scheme, use_of


@scheme(
    "F7",
    1,
    zh="同一发票在两个单位报销",
    en="One invoice claimed by two units",
    default="202002",
    host=SUBORDINATE,
)
def claimed_twice(world: World, unit: Unit) -> Planted:
    """Claim one invoice in full at a bureau and at its institution."""
    bureau, seller = superior(world, unit), world.companies["print1"]
    first, bill = buy(
        world,
        bureau,
        world.day(2024, 10, 24),
        1_864_300,
        seller,
        "付业务宣传品印制费",
        "30202",
        "*印刷品*宣传品",
        issued=world.day(2024, 10, 16),
        rate=9,
    )
    second = spend(world, unit, world.day(2024, 12, 12), 1_864_300, seller.party, "付作业手册印制费", "30202")
    again = use_invoice(world, second, bill, 1_864_300, seller.name)
    return Planted(1_864_300, [("invoice", bill), ("invoice_use", use_of(first)), ("invoice_use", again)])


@scheme(
    "F7",
    2,
    zh="销方注销后开出的发票",
    en="Invoice issued after the seller was cancelled",
    default="206001",
    host=body(4),
)
def dead_seller(world: World, unit: Unit) -> Planted:
    """Claim an invoice whose seller was cancelled half a year before."""
    seller = add_company(
        world,
        "dead",
        "澜川垦岳农资有限公司",
        "农资销售",
        insured=0,
        capital=50,
        founded=world.day(2017, 2, 14),
        status="cancelled",
        cancelled_on=world.day(2024, 3, 15),
    )
    voucher, bill = buy(
        world,
        unit,
        world.day(2024, 9, 26),
        2_475_000,
        seller,
        "付绿化用肥料款",
        "30218",
        "*肥料*复合肥",
        issued=world.day(2024, 9, 18),
        rate=9,
    )
    return Planted(
        2_475_000, [("invoice", bill), ("invoice_use", use_of(voucher)), ("enterprise", seller.row)]
    )


@scheme(
    "F7",
    3,
    zh="同一销方发票连号而日期相隔数月",
    en="Consecutive numbers of one seller, months apart",
    default="203001",
    host=body(4),
)
def numbers_in_a_row(world: World, unit: Unit) -> Planted:
    """Claim five invoices of one seller whose numbers run on while their dates lie months apart."""
    seller = add_company(
        world,
        "row",
        "云汀区宏盛广告制作部",
        "广告制作",
        invoicing="e_ordinary",
        insured=1,
        capital=10,
        founded=world.day(2020, 12, 9),
    )
    evidence: Evidence = []
    total = 0
    for position, (day, fen) in enumerate(
        (
            (world.day(2024, 2, 27), 986_000),
            (world.day(2024, 5, 23), 972_500),
            (world.day(2024, 7, 25), 989_300),
            (world.day(2024, 10, 24), 964_800),
            (world.day(2024, 11, 21), 991_200),
        )
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付宣传栏制作费",
            "30202",
            "*广告服务*宣传栏制作",
            rate=3,
            issued=day - timedelta(days=5),
            bill_cells={"_gap": 1} if position else {},
        )
        evidence += [("invoice", bill), ("invoice_use", use_of(voucher))]
        total += fen
    return Planted(total, evidence)


@scheme("F7", 4, zh="作废发票报销", en="A void invoice reimbursed", default="302001", host=body(4))
def void_invoice(world: World, unit: Unit) -> Planted:
    """Claim an invoice that its seller voided."""
    voucher, bill = buy(
        world,
        unit,
        world.day(2024, 8, 22),
        1_568_000,
        world.companies["print2"],
        "付创建资料印制费",
        "30202",
        "*印刷品*资料印制",
        issued=world.day(2024, 8, 14),
        rate=1,
        bill_cells={"verified_status": "void", "verified_on": on(world, 2025, 9, 3)},
    )
    return Planted(1_568_000, [("invoice", bill), ("invoice_use", use_of(voucher))])


@scheme(
    "F7",
    5,
    zh="发票开票人系本单位会计",
    en="Invoices drawn by the unit's own accountant",
    default="201003",
    host=body(4),
)
def drawn_by_staff(world: World, unit: Unit) -> Planted:
    """Claim invoices of a seller for which the unit's own accountant draws them."""
    seller = add_company(
        world,
        "drawn",
        "澜川砚池教育咨询有限公司",
        "教育咨询",
        insured=1,
        capital=30,
        founded=world.day(2021, 4, 27),
    )
    drawer = unit.staff[3]
    evidence: Evidence = [("person", drawer.row)]
    total = 0
    for day, fen in (
        (world.day(2024, 5, 16), 1_680_000),
        (world.day(2024, 10, 17), 1_945_000),
        (on(world, 2025, 5, 22), 1_820_000),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付培训资源咨询费",
            "30203",
            "*现代服务*咨询费",
            issued=day - timedelta(days=7),
            bill_cells={"drawer": drawer.name},
        )
        evidence += [("invoice", bill), ("invoice_use", use_of(voucher))]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F7",
    6,
    zh="报销金额大于票面金额",
    en="Claimed above the face of the invoice",
    default="204002",
    host=body(4),
)
def more_than_the_face(world: World, unit: Unit) -> Planted:
    """Claim 18600 yuan on an invoice of 1860."""
    seller = world.companies["stage"]
    bill = invoice(world, seller, unit, on(world, 2025, 6, 9), 186_000, "*租赁服务*舞台灯具租赁")
    voucher = spend(
        world, unit, on(world, 2025, 6, 17), 1_860_000, seller.party, "付活动舞台灯具租赁费", "30214"
    )
    claim = use_invoice(world, voucher, bill, 1_860_000, seller.name)
    return Planted(1_674_000, [("invoice", bill), ("invoice_use", claim)])


SCHEMES = (
    claimed_twice,
    dead_seller,
    numbers_in_a_row,
    void_invoice,
    drawn_by_staff,
    more_than_the_face,
)
