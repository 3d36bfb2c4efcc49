"""The campaign's own records: earlier problems, tips, self-inspection reports; and the budget."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.sums import Sums
from xjk.testing.simulation.base.world import World

# unit, found on, form, description, yuan, measures, persons, remitted, booked, tax, rules
_PAST = (
    ("203001", "2022-09-14", "F2", "临时摊位管理费23600元未缴库", 23_600, True, True, 23_600, 0, True, True),
    (
        "202002",
        "2022-10-20",
        "F1",
        "道路养护多计工程量,多付46800元",
        46_800,
        True,
        False,
        46_800,
        0,
        True,
        False,
    ),
    (
        "302001",
        "2023-05-18",
        "F4",
        "沿街门面房租金38000元存放账外",
        38_000,
        False,
        False,
        20_000,
        0,
        False,
        False,
    ),
    ("302001", "2022-06-09", "F3", "向在编人员发放评审费15600元", 15_600, True, True, 15_600, 0, True, True),
    ("204002", "2023-08-22", "F9", "场地费12400元存入个人银行卡", 12_400, True, True, 0, 12_400, True, False),
    ("206001", "2023-11-07", "F7", "以作废发票报销9800元", 9_800, True, True, 9_800, 0, True, True),
)
_TIPS = (
    ("301001", "2024-07-02", "F6", "反映镇政府以办公用品名义向一家商行多次付整数款", "pending"),
    ("204001", "2024-07-11", "F5", "反映文旅局工作人员亲自开公司承接本单位业务", "pending"),
    ("203001", "2024-08-05", "F2", "反映摊位费收据不是财政票据", "founded"),
    ("202001", "2025-04-16", "F9", "反映建筑企业保证金存入局里未备案的账户", "pending"),
    ("209001", "2025-05-08", "F3", "反映档案馆会议费超标准", "unfounded"),
    ("201001", "2025-06-20", "F3", "反映教体局会议实到人数远少于报销人数", "pending"),
)
# units that found something themselves: found, yuan, corrected in yuan
_FOUND = {"203001": (1, 12_300, 12_300), "201002": (1, 2_150, 2_150), "205001": (1, 960, 960)}
_HASTY = ("204001", "206001", "302001")


def build_campaign(world: World) -> None:
    """Write earlier problems, tips and one self-inspection report per unit."""
    for position, row in enumerate(_PAST, 1):
        code, found, form, words, yuan, measures, persons, remitted, booked, tax, rules = row
        if not world.cast(code):
            continue
        world.add(
            "past_problem",
            problem_id=world.tagged(f"WT{position:03d}"),
            unit_code=world.code(code),
            found_on=_day(world, found),
            found_by="云汀区审计局" if position % 2 else "云汀区财政局",
            form=form,
            description=words,
            amount=yuan * 100,
            measures_done=measures,
            personnel_done=persons,
            remitted_amount=remitted * 100,
            booked_amount=booked * 100,
            tax_done=tax,
            system_done=rules,
        )
    for position, (code, received, form, words, state) in enumerate(_TIPS, 1):
        day = _day(world, received)
        if not (world.covers(day) and world.cast(code)):
            continue
        world.add(
            "tip",
            tip_id=world.tagged(f"JB{position:03d}"),
            unit_code=world.code(code),
            received_on=day,
            form=form,
            summary=words,
            verified=state,
        )
    rng, first = world.stream("self reports"), world.years[0]
    for code, unit in world.units.items():
        count, yuan, corrected = _FOUND.get(unit.script, (0, 0, 0))
        hasty = unit.script in _HASTY
        zero = count == 0
        words = (
            "未发现问题。"
            if hasty
            else (
                "本单位召开动员会并成立专班,逐户核对银行账户,抽查凭证、票据与合同,"
                + (
                    "未发现账外资金。"
                    if zero
                    else f"发现收入缴库不及时等问题{count}项,涉及{yuan}元,已全部缴库并调账。"
                )
            )
        )
        world.add(
            "self_report",
            report_id=f"ZC{code}",
            unit_code=code,
            submitted_on=date(first, 7, 26)
            if unit.script == "206001"
            else date(first, 7, rng.randrange(8, 23)),
            head_signed=unit.script != "204001",
            zero_report=zero,
            funds_found=count,
            amount_found=yuan * 100,
            amount_corrected=corrected * 100,
            meetings_held=0 if hasty else rng.randrange(1, 4),
            accounts_checked=0 if hasty else len(unit.banks),
            vouchers_checked=0 if hasty else rng.randrange(60, 240),
            period_from=world.first_day,
            narrative=words,
        )


def _day(world: World, written: str) -> date:
    """Give the day of this district for a day of the script."""
    day = date.fromisoformat(written)
    return world.day(day.year, day.month, day.day)


def build_budget(world: World, sums: Sums) -> None:
    """Set each budget a little above what was carried out, by unit, year and item."""
    names = {
        "1101": "人员经费",
        "1102": "公用经费",
        "1103": "其他资金支出",
        "2101": "设备购置",
        "2102": "维护专项",
    }
    names.update({p["project_code"]: p["name"] for p in world.tables["project"]})
    spent = dict(sums.payments)
    for row in world.tables["payment"]:
        key = (row["unit_code"], row["paid_on"].year, row["item_code"])
        spent[key] = spent.get(key, 0) + row["amount"]
    for (code, year, item), fen in sorted(spent.items()):
        world.add(
            "budget",
            unit_code=code,
            fiscal_year=year,
            item_code=item,
            item_name=names[item],
            side="expense",
            amount=(fen * 104 // 100 // 100_000 + 1) * 100_000,
            executed=fen,
            account_code=world.units[code].budget_expense + ("03" if item == "1103" else "01"),
        )
    taken = dict(sums.remitted)
    for row in world.tables["remittance"]:
        key = (row["unit_code"], row["remitted_on"].year, row["item_code"])
        taken[key] = taken.get(key, 0) + row["amount"]
    items = {row["item_code"]: row["item_name"] for row in world.tables["fee_item"]}
    for (code, year, item), fen in sorted(taken.items()):
        world.add(
            "budget",
            unit_code=code,
            fiscal_year=year,
            item_code=item,
            item_name=items.get(item, "资产处置收入"),
            side="income",
            amount=fen // 100_000 * 100_000,
            executed=fen,
            account_code="2103",
        )
