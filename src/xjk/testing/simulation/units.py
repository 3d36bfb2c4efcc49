"""The units of the district, their staff, bank accounts, assets and opening balances."""

from __future__ import annotations

from xjk.testing.simulation.base.charts import EQUITY
from xjk.testing.simulation.base.fresh import (
    new_account,
    new_card,
    new_citizen,
    new_credit_code,
    new_name,
    new_phone,
)
from xjk.testing.simulation.base.world import Person, Row, Unit, World

# code, name, kind, parent, books, credit-code category, staff, collects fees, address
_UNITS = (
    ("201001", "云汀区教育体育局", "administrative", "", "government", "11", 11, False, "云汀区学府路18号"),
    (
        "201002",
        "云汀区实验小学",
        "public_institution",
        "201001",
        "government",
        "12",
        14,
        True,
        "云汀区学府路66号",
    ),
    ("201102", "云汀区实验小学食堂", "canteen", "201002", "nonprofit", "", 4, False, "云汀区学府路66号"),
    (
        "201003",
        "云汀区教师进修学校",
        "public_institution",
        "201001",
        "government",
        "12",
        8,
        False,
        "云汀区书院街9号",
    ),
    (
        "202001",
        "云汀区住房和城乡建设局",
        "administrative",
        "",
        "government",
        "11",
        10,
        False,
        "云汀区筑城路2号",
    ),
    (
        "202002",
        "云汀区市政工程养护中心",
        "public_institution",
        "202001",
        "government",
        "12",
        11,
        False,
        "云汀区筑城路36号",
    ),
    (
        "202102",
        "云汀区路达市政服务有限公司",
        "enterprise",
        "202002",
        "enterprise",
        "91",
        5,
        False,
        "云汀区筑城路38号",
    ),
    ("203001", "云汀区城市管理局", "administrative", "", "government", "11", 12, True, "云汀区清源路5号"),
    ("203101", "云汀区城市管理局工会委员会", "union", "203001", "union", "81", 0, False, "云汀区清源路5号"),
    (
        "204001",
        "云汀区文化和旅游局",
        "administrative",
        "",
        "government",
        "11",
        9,
        False,
        "云汀区汀州大道120号",
    ),
    (
        "204002",
        "云汀区文化馆",
        "public_institution",
        "204001",
        "government",
        "12",
        8,
        False,
        "云汀区汀州大道126号",
    ),
    ("205001", "云汀区民政局", "administrative", "", "government", "11", 8, True, "云汀区安康路7号"),
    ("206001", "云汀区农业农村局", "administrative", "", "government", "11", 10, False, "云汀区丰泽路11号"),
    ("207001", "云汀区市场监督管理局", "administrative", "", "government", "11", 12, True, "云汀区诚信路3号"),
    (
        "207101",
        "云汀区个体私营经济协会",
        "association",
        "207001",
        "nonprofit",
        "51",
        3,
        False,
        "云汀区诚信路3号",
    ),
    ("209001", "云汀区档案馆", "public_institution", "", "government", "12", 6, False, "云汀区汀州大道1号"),
    ("301001", "柳溪镇人民政府", "township", "", "government", "11", 12, True, "柳溪镇镇前街1号"),
    ("302001", "南桥街道办事处", "subdistrict", "", "government", "11", 11, False, "云汀区南桥路88号"),
)
_DUTIES = ("主要负责人", "分管负责人", "财务负责人", "会计", "出纳", "办公室主任")
IDLE_HOUSE = "原农机站办公用房"
_OWN_HOUSES = ("办公楼", "沿街门面房3间")
# asset kind, name, area, cost in yuan, kept by these units
_ASSETS = (
    ("building", "办公楼", 2600, 6_840_000, None),
    ("equipment", "办公设备一批", 0, 386_500, None),
    (
        "vehicle",
        "公务用车(轿车)",
        0,
        158_900,
        ("203001", "207001", "301001", "302001", "206001", "202002", "202001"),
    ),
    ("building", "沿街门面房3间", 168, 912_000, ("302001",)),
    ("building", "临街商铺2间", 126, 735_000, ("204002",)),
    ("building", "体育馆附属商铺", 90, 460_000, ("201001",)),
    ("building", "旧粮站仓库", 540, 318_000, ("301001",)),
    ("building", "材料仓库", 420, 276_000, ("202002",)),
    ("building", IDLE_HOUSE, 310, 204_000, ("206001",)),
    ("equipment", "大型拖拉机2台", 0, 264_000, ("206001",)),
    ("equipment", "旧扫路机1台", 0, 198_000, ("203001",)),
)


def open_bank(world: World, unit: Unit, use: str, **cells: object) -> Row:
    """Open one bank account of a unit."""
    row: Row = {
        "account_no": new_account(world),
        "unit_code": unit.code,
        "bank_name": "澜川农村商业银行云汀支行",
        "holder_name": unit.name,
        "holder_kind": "unit",
        "kind": "basic",
        "registered": True,
        "in_books": True,
        "opened_on": world.day(2016, 3, 18),
        "account_code": "102" if unit.system == "union" else "1002",
        "opening_balance": 0,
    }
    row.update(cells)
    world.add("bank_account", **row)
    unit.banks[use] = world.tables["bank_account"][-1]
    return unit.banks[use]


def build_units(world: World) -> None:
    """Create every unit with its people, accounts, assets and opening balances."""
    rng = world.stream("units")
    for script, name, kind, parent, system, category, staff, fees, address in _UNITS:
        if not world.has_role(script):
            continue
        code = world.code(script)
        row = world.add(
            "unit",
            unit_code=code,
            name=name,
            uscc=new_credit_code(world, category, rng) if category else "",
            kind=kind,
            parent_code=world.code(parent) if parent else "",
            budget_level=2 if parent else 1,
            address=address,
            phone=f"0000-66{rng.randrange(10000, 99999)}",
            staff_quota=staff + 2 if staff else "",
            collects_fees=fees,
        )
        unit = Unit(code, name, kind, system, row)
        world.units[code] = unit
        _hire(world, unit, staff)
        _open_accounts(world, unit, fees, rng.randrange(38_000_000, 96_000_000))
    for union in world.cast("203101"):
        union.staff = world.unit("203001").staff[-4:-1]
    for unit in world.units.values():
        people = unit.staff
        unit.row["head_name"] = people[0].name
        unit.finance_head = people[2].name if len(people) > 4 else people[0].name
        unit.accountant = people[3].name if len(people) > 3 else people[-1].name
        _own_assets(world, unit)
        _open_books(unit)


def _hire(world: World, unit: Unit, count: int) -> None:
    rng = world.stream(f"staff {unit.code}")
    for position in range(count):
        temporary = unit.kind == "canteen"
        duty = _DUTIES[position] if position < len(_DUTIES) else "工作人员"
        row = world.add(
            "person",
            person_id=world.next_id(f"{unit.code}P", 3),
            unit_code=unit.code,
            name=new_name(world),
            id_no=new_citizen(world),
            account_no=new_card(world),
            phone=new_phone(world),
            status="temporary" if temporary else "active",
            status_on=world.day(2012 + rng.randrange(11), 7, 1),
            duty="炊事员" if temporary and position else duty,
            finance_staff=2 <= position <= 4 and not temporary,
        )
        base = 450_000 if unit.system != "government" else 780_000 if position < 2 else 610_000
        salary = 340_000 if temporary else base + rng.randrange(0, 90_000, 10)
        world.phones[str(row["name"])] = str(row["phone"])
        unit.staff.append(Person(row, salary))


def _open_accounts(world: World, unit: Unit, fees: bool, balance: int) -> None:
    kind = {"union": "union", "canteen": "canteen"}.get(unit.kind, "basic")
    holder = {
        "enterprise": "enterprise",
        "association": "association",
        "union": "union",
        "canteen": "canteen",
    }.get(unit.kind, "unit")
    leaf = "100201" if fees else "102" if unit.system == "union" else "1002"
    open_bank(world, unit, "basic", kind=kind, holder_kind=holder, account_code=leaf, opening_balance=balance)
    if unit.system == "government":
        open_bank(world, unit, "zero", kind="zero_balance", account_code="1011")
    if fees:
        open_bank(world, unit, "fees", kind="non_tax", account_code="100202")


def _own_assets(world: World, unit: Unit) -> None:
    if unit.system not in ("government", "enterprise"):
        return
    for kind, name, area, cost, owners in _ASSETS:
        if owners is not None and unit.script not in owners:
            continue
        if unit.system == "enterprise" and kind == "building":
            continue
        leased = kind == "building" and name not in _OWN_HOUSES
        world.add(
            "asset",
            asset_id=world.next_id("ZC", 5),
            unit_code=unit.code,
            kind=kind,
            name=name,
            address=unit.row["address"] if name == "办公楼" else f"{unit.row['address']}附属",
            area=area or "",
            cost=cost * 100,
            acquired_on=world.day(2014, 6, 30),
            status="idle" if name == IDLE_HOUSE else "leased" if leased else "in_use",
            booked=True,
        )


def asset_of(world: World, unit: Unit, name: str) -> Row:
    """Find one asset of a unit by name."""
    return next(a for a in world.tables["asset"] if a["unit_code"] == unit.code and a["name"] == name)


def _open_books(unit: Unit) -> None:
    """Set openings so that both books balance; equity takes the difference."""
    basic = unit.banks["basic"]
    opening = {str(basic["account_code"]): int(basic["opening_balance"])}
    if unit.system == "government":
        opening["8001"] = int(basic["opening_balance"])
        opening["8202"] = -opening["8001"]
    unit.opening = opening


def settle_openings(world: World) -> None:
    """Bring the assets bought before the first year into the opening balances; equity takes the difference."""
    for unit in world.units.values():
        cost = sum(
            a["cost"]
            for a in world.tables["asset"]
            if a["unit_code"] == unit.code and a["booked"] and a["acquired_on"] < world.first_day
        )
        if cost:
            unit.opening["1601"] = cost
            if unit.system == "government":
                unit.opening["1602"] = -(cost * 4 // 10)
        money = sum(fen for code, fen in unit.opening.items() if code[0] != "8")
        equity = EQUITY[unit.system]
        unit.opening[equity] = unit.opening.get(equity, 0) - money
