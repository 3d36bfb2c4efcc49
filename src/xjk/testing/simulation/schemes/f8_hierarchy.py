"""F8: transfers between superior and subordinate units, and the bodies around them."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.posting import buy, invoice, receive, spend, transfer_out, use_invoice
from xjk.testing.simulation.base.workdays import after, on_or_before
from xjk.testing.simulation.base.world import Party, Unit, Voucher, World
from xjk.testing.simulation.schemes.hosts import (
    CANTEEN_KEEPER,
    PARENT_COMPANY,
    SUBORDINATE,
    SUPERIOR,
    UNION_KEEPER,
    children,
    institutions,
    superior,
)
from xjk.testing.simulation.schemes.scheme import Evidence, Planted, on, payment_of, scheme


def _park(world: World, unit: Unit, voucher: Voucher, fen: int, payer: Party) -> Voucher:
    """Book money taken in as owed to its payer, though it will never go back."""
    leaf, number = world.bank_leaf(unit, "basic")
    voucher.debit(leaf, fen, payer, bank=number, settlement="transfer")
    return voucher.credit("2307", fen, payer)


@scheme(
    "F8",
    1,
    zh="向工会拨补助后转回挂往来，再付个人",
    en="A grant to the union returns through payables and goes to staff",
    default="203001",
    host=UNION_KEEPER,
)
def union_round_trip(world: World, unit: Unit) -> Planted:
    """Grant money to the union; it comes back into 2307 and leaves to staff."""
    union = children(world, unit, "union")[0]
    sent, returned = on(world, 2025, 6, 17), on(world, 2025, 7, 10)
    gone = spend(world, unit, sent, 18_000_000, union.party, "补助工会职工之家建设", "30299")
    receive(world, union, sent, 18_000_000, unit.party, "收职工之家建设补助", "404")
    back = transfer_out(world, union, returned, 16_300_000, unit.party, "付联办活动经费", "503")
    taken = _park(
        world,
        unit,
        world.voucher(unit, returned, "收工会往来款", attachments=1),
        16_300_000,
        union.party,
    )
    evidence: Evidence = [("payment", payment_of(gone)), ("voucher_line", back), ("voucher_line", taken)]
    leaf, number = world.bank_leaf(unit, "basic")
    for position, person in enumerate(unit.staff[:8]):
        fen = 2_037_500
        day = after(on(world, 2025, 9, 22), position % 2)
        paid = world.voucher(unit, day, "付往来款", attachments=1)
        paid.debit("2307", fen, union.party)
        paid.credit(leaf, fen, person.party, bank=number, settlement="transfer")
        evidence.append(("voucher_line", paid))
    return Planted(16_300_000, evidence)


@scheme(
    "F8",
    2,
    zh="年末向食堂转入补助，由食堂列支主管局餐费",
    en="A subsidy parked at the canteen pays the bureau's dinners",
    default="201002",
    host=CANTEEN_KEEPER,
)
def canteen_purse(world: World, unit: Unit) -> Planted:
    """Park a subsidy at the canteen at year end; the canteen then pays the bureau's dinners."""
    canteen, bureau = children(world, unit, "canteen")[0], superior(world, unit)
    parked = world.day(2024, 12, 25)
    gone = spend(world, unit, parked, 12_000_000, canteen.party, "食堂运转补助", "30299")
    receive(world, canteen, parked, 12_000_000, unit.party, "收学校运转补助", "4901")
    seller = world.companies["restaurant"]
    evidence: Evidence = [("payment", payment_of(gone))]
    for day, fen in (
        (world.day(2025, 1, 14), 1_286_000),
        (world.day(2025, 4, 17), 1_543_500),
        (world.day(2025, 9, 9), 1_872_000),
    ):
        issued = on_or_before(day - timedelta(days=1))
        bill = invoice(world, seller, bureau, issued, fen, "*餐饮服务*餐费", rate=1)
        voucher = spend(world, canteen, day, fen, seller.party, "付公务用餐费", "", account="5101")
        use_invoice(world, voucher, bill, fen, seller.name)
        evidence += [("invoice", bill), ("voucher_line", voucher)]
    return Planted(12_000_000, evidence)


@scheme(
    "F8",
    3,
    zh="主管局费用在下属单位列支",
    en="The superior's costs are paid by a subordinate",
    default="201003",
    host=SUBORDINATE,
)
def superiors_costs(world: World, unit: Unit) -> Planted:
    """Let an institution pay dinners, lodging and printing that were invoiced to its bureau."""
    bureau = superior(world, unit)
    buyer = {"buyer_name": bureau.name, "buyer_tax_id": bureau.row["uscc"]}
    evidence: Evidence = []
    total = 0
    for day, fen, key, words, econ, item in (
        (world.day(2024, 4, 11), 1_268_000, "restaurant", "付工作餐费", "30217", "*餐饮服务*餐费"),
        (world.day(2024, 7, 18), 2_146_000, "hotel1", "付住宿费", "30211", "*住宿服务*住宿费"),
        (world.day(2024, 10, 15), 1_873_600, "print1", "付汇编印制费", "30202", "*印刷品*汇编印制"),
        (on(world, 2025, 5, 13), 1_652_400, "restaurant", "付工作餐费", "30217", "*餐饮服务*餐费"),
    ):
        voucher, bill = buy(
            world,
            unit,
            day,
            fen,
            world.companies[key],
            words,
            econ,
            item,
            issued=day - timedelta(days=5),
            rate=1 if key == "restaurant" else 6,
            bill_cells=buyer,
        )
        evidence += [("payment", payment_of(voucher)), ("invoice", bill)]
        total += fen
    return Planted(total, evidence)


@scheme(
    "F8",
    4,
    zh="专项资金以拨代支，在下属单位提现使用",
    en="Special funds passed down as spent and drawn in cash below",
    default="202001",
    host=SUPERIOR,
)
def drawn_below(world: World, unit: Unit) -> Planted:
    """Pass special funds to an institution, which draws them in cash within the month and pays round sums."""
    below = institutions(world, unit)[0]
    day, fen = world.day(2024, 6, 5), 26_000_000
    gone = spend(world, unit, day, fen, below.party, "拨付防汛应急专项经费", "30299")
    taken = receive(world, below, after(day, 1), fen, unit.party, "收防汛应急专项经费", "4609")
    evidence: Evidence = [("payment", payment_of(gone)), ("voucher_line", taken)]
    leaf, number = world.bank_leaf(below, "basic")
    drawn = 0
    for position, sum_fen in enumerate((5_000_000, 8_000_000, 5_000_000, 6_000_000)):
        on_day = after(day, 4 + position * 4)
        cash = world.voucher(below, on_day, "提取现金", attachments=1)
        cash.debit("1001", sum_fen, settlement="cash")
        cash.credit(leaf, sum_fen, Party(below.name), bank=number, channel="cash", settlement="cheque")
        paid = world.voucher(below, after(on_day, 1), "付防汛零星用工及物资款", attachments=1)
        paid.debit(below.expense, sum_fen, econ_class="30226").credit("1001", sum_fen, settlement="cash")
        paid.debit(below.budget_expense + "03", sum_fen, econ_class="30226").credit("8001", sum_fen)
        evidence += [("voucher_line", cash), ("voucher_line", paid)]
        drawn += sum_fen
    return Planted(drawn, evidence)


@scheme(
    "F8",
    5,
    zh="资金经下属公司、主管局循环一圈后挂往来",
    en="Money goes round through a subsidiary and the superior and ends in payables",
    default="202002",
    host=PARENT_COMPANY,
)
def money_in_a_circle(world: World, unit: Unit) -> Planted:
    """Send money from an institution to its company, on to the bureau and back, a little less at each step."""
    firm, bureau = children(world, unit, "enterprise")[0], superior(world, unit)
    first = on(world, 2025, 5, 20)
    second, third = after(first, 7), after(first, 15)
    sums = (19_800_000, 18_600_000, 17_500_000)
    gone, _ = buy(
        world,
        unit,
        first,
        sums[0],
        world.companies[firm.code],
        "付设施普查服务费",
        "30227",
        "*现代服务*普查服务费",
        issued=first - timedelta(days=1),
    )
    receive(world, firm, first, sums[0], unit.party, "收设施普查服务费", "6001")
    upward = transfer_out(world, firm, second, sums[1], bureau.party, "付联合工作经费", "6602")
    taken = _park(
        world, bureau, world.voucher(bureau, second, "收往来款", attachments=1), sums[1], firm.party
    )
    downward = transfer_out(world, bureau, third, sums[2], unit.party, "付往来款", "2307")
    ended = _park(world, unit, world.voucher(unit, third, "收往来款", attachments=1), sums[2], bureau.party)
    vouchers = (upward, taken, downward, ended)
    return Planted(
        sums[2], [("payment", payment_of(gone)), *(("voucher_line", voucher) for voucher in vouchers)]
    )


SCHEMES = (union_round_trip, canteen_purse, superiors_costs, drawn_below, money_in_a_circle)
