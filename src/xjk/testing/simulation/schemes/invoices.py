"""Planted schemes with false invoices (F7)."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import buy, invoice, spend, use_invoice
from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.schemes import Evidence, record, use_of


def claimed_twice(world: World) -> None:
    """F7-1: a bureau and its centre claim the same invoice in full."""
    bureau, centre, seller = world.unit("202001"), world.unit("202002"), world.companies["print1"]
    first, bill = buy(
        world,
        bureau,
        date(2024, 10, 24),
        1_864_300,
        seller,
        "付施工安全宣传品印制费",
        "30202",
        "*印刷品*宣传品",
        issued=date(2024, 10, 16),
        rate=9,
    )
    second = spend(
        world, centre, date(2024, 12, 12), 1_864_300, seller.party, "付养护作业手册印制费", "30202"
    )
    again = use_invoice(world, second, bill, 1_864_300, seller.name)
    record(
        world,
        "F7-1",
        "F7",
        centre,
        1_864_300,
        ("同一发票在两个单位报销", "One invoice claimed by two units"),
        [("invoice", bill), ("invoice_use", use_of(first)), ("invoice_use", again)],
    )


def dead_seller(world: World) -> None:
    """F7-2: the seller was cancelled half a year before its invoice."""
    unit = world.unit("206001")
    seller = add_company(
        world,
        "dead",
        "澜川垦岳农资有限公司",
        "农资销售",
        insured=0,
        capital=50,
        founded=date(2017, 2, 14),
        status="cancelled",
        cancelled_on=date(2024, 3, 15),
    )
    voucher, bill = buy(
        world,
        unit,
        date(2024, 9, 26),
        2_475_000,
        seller,
        "付试验田肥料款",
        "30218",
        "*肥料*复合肥",
        issued=date(2024, 9, 18),
        rate=9,
    )
    record(
        world,
        "F7-2",
        "F7",
        unit,
        2_475_000,
        ("销方注销后开出的发票", "Invoice issued after the seller was cancelled"),
        [("invoice", bill), ("invoice_use", use_of(voucher)), ("enterprise", seller.row)],
    )


def numbers_in_a_row(world: World) -> None:
    """F7-3: five invoices of one seller run in number, months apart in date."""
    unit = world.unit("203001")
    seller = add_company(
        world,
        "row",
        "云汀区宏盛广告制作部",
        "广告制作",
        invoicing="e_ordinary",
        insured=1,
        capital=10,
        founded=date(2020, 12, 9),
    )
    evidence: Evidence = []
    total = 0
    for position, (day, fen) in enumerate(
        (
            (date(2024, 2, 27), 986_000),
            (date(2024, 5, 23), 972_500),
            (date(2024, 7, 25), 989_300),
            (date(2024, 10, 24), 964_800),
            (date(2024, 11, 21), 991_200),
        )
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付市容宣传栏制作费",
            "30202",
            "*广告服务*宣传栏制作",
            rate=3,
            issued=day - timedelta(days=5),
            bill_cells={"_gap": 1} if position else {},
        )
        evidence += [("invoice", bill), ("invoice_use", use_of(voucher))]
        total += fen
    record(
        world,
        "F7-3",
        "F7",
        unit,
        total,
        ("同一销方发票连号而日期相隔数月", "Consecutive numbers of one seller, months apart"),
        evidence,
    )


def void_invoice(world: World) -> None:
    """F7-4: an invoice its seller voided is reimbursed."""
    unit, seller = world.unit("302001"), world.companies["print2"]
    voucher, bill = buy(
        world,
        unit,
        date(2024, 8, 22),
        1_568_000,
        seller,
        "付社区创建资料印制费",
        "30202",
        "*印刷品*资料印制",
        issued=date(2024, 8, 14),
        rate=1,
        bill_cells={"verified_status": "void", "verified_on": date(2025, 9, 3)},
    )
    record(
        world,
        "F7-4",
        "F7",
        unit,
        1_568_000,
        ("作废发票报销", "A void invoice reimbursed"),
        [("invoice", bill), ("invoice_use", use_of(voucher))],
    )


def drawn_by_staff(world: World) -> None:
    """F7-5: the seller's invoices are drawn by the unit's own accountant."""
    unit = world.unit("201003")
    seller = add_company(
        world,
        "drawn",
        "澜川砚池教育咨询有限公司",
        "教育咨询",
        insured=1,
        capital=30,
        founded=date(2021, 4, 27),
    )
    evidence: Evidence = [("person", unit.staff[3].row)]
    total = 0
    for day, fen in (
        (date(2024, 5, 16), 1_680_000),
        (date(2024, 10, 17), 1_945_000),
        (date(2025, 5, 22), 1_820_000),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            seller,
            "付课程资源咨询费",
            "30203",
            "*现代服务*咨询费",
            issued=day - timedelta(days=7),
            bill_cells={"drawer": unit.staff[3].name},
        )
        evidence += [("invoice", bill), ("invoice_use", use_of(voucher))]
        total += fen
    record(
        world,
        "F7-5",
        "F7",
        unit,
        total,
        ("发票开票人系本单位会计", "Invoices drawn by the unit's own accountant"),
        evidence,
    )


def more_than_the_face(world: World) -> None:
    """F7-6: 1860 yuan on the invoice, 18600 claimed."""
    unit, seller = world.unit("204002"), world.companies["stage"]
    bill = invoice(world, seller, unit, date(2025, 6, 9), 186_000, "*租赁服务*舞台灯具租赁")
    voucher = spend(
        world, unit, date(2025, 6, 17), 1_860_000, seller.party, "付群众演出舞台灯具租赁费", "30214"
    )
    claim = use_invoice(world, voucher, bill, 1_860_000, seller.name)
    record(
        world,
        "F7-6",
        "F7",
        unit,
        1_674_000,
        ("报销金额大于票面金额", "Claimed above the face of the invoice"),
        [("invoice", bill), ("invoice_use", claim)],
    )


SCHEMES = (claimed_twice, dead_seller, numbers_in_a_row, void_invoice, drawn_by_staff, more_than_the_face)
