"""Who can carry a scheme: what it asks of a unit, as a test and in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from xjk.models.words import Words
from xjk.testing.simulation.base.world import Person, Row, Unit, World

TOWNS = ("township", "subdistrict")
OFFICES = ("administrative", *TOWNS)


class Host(NamedTuple):
    """What a scheme asks of the unit that carries it: in words, and as a test."""

    needs: Words
    fits: Callable[[World, Unit], bool]


def children(world: World, unit: Unit, kind: str) -> list[Unit]:
    """List the units of one kind under a unit."""
    return [
        child
        for child in world.units.values()
        if child.row["parent_code"] == unit.code and child.kind == kind
    ]


def institutions(world: World, unit: Unit) -> list[Unit]:
    """List the public institutions under a unit."""
    return children(world, unit, "public_institution")


def superior(world: World, unit: Unit) -> Unit:
    """Give the office above a unit; KeyError when there is none in the block."""
    return world.units[str(unit.row["parent_code"])]


def _is_subordinate(world: World, unit: Unit) -> bool:
    return unit.row["parent_code"] in world.units


def stays(person: Person) -> bool:
    """Tell whether a person is on the register throughout."""
    return person.until is None


def idle_buildings(world: World, unit: Unit) -> list[Row]:
    """List the houses of the unit that its register calls idle."""
    return [asset for asset in _buildings(world, unit) if asset["status"] == "idle"]


def spare_shops(world: World, unit: Unit) -> list[Row]:
    """List the houses of the unit that are neither its office, nor idle, nor let under a contract."""
    let = {lease["asset_id"] for lease in world.tables["lease"]}
    return [
        asset
        for asset in _buildings(world, unit)
        if asset["status"] != "idle" and asset["asset_id"] not in let
    ]


def machines(world: World, unit: Unit) -> list[Row]:
    """List the old machinery of the unit that is still in use."""
    return [
        asset
        for asset in world.tables["asset"]
        if asset["unit_code"] == unit.code
        and asset["kind"] == "equipment"
        and asset["status"] == "in_use"
        and asset["acquired_on"] < world.first_day
        and asset["name"] != "办公设备一批"
    ]


def own_fees(world: World, unit: Unit) -> list[Row]:
    """List the fees of the catalogue that only this unit may charge."""
    return [fee for fee in world.tables["fee_item"] if fee.get("unit_code") == unit.code]


def dead(world: World, unit: Unit) -> list[tuple[Person, date]]:
    """List the people of the unit who died before the last month of the books, with the day."""
    return [
        (person, person.until)
        for person in unit.staff
        if person.row["status"] == "deceased"
        and person.until is not None
        and person.until < world.last_day.replace(day=1)
    ]


def _buildings(world: World, unit: Unit) -> list[Row]:
    return [
        asset
        for asset in world.tables["asset"]
        if asset["unit_code"] == unit.code and asset["kind"] == "building" and asset["name"] != "办公楼"
    ]


def _government(unit: Unit, people: int) -> bool:
    """Tell whether a unit keeps parallel books and has so many people on the register throughout."""
    return unit.system == "government" and len(unit.staff) >= people and all(map(stays, unit.staff[:people]))


def _has(table: str, world: World, unit: Unit) -> bool:
    return any(row["unit_code"] == unit.code for row in world.tables[table])


def body(people: int) -> Host:
    """Ask for any public body with so many people who stay."""
    return Host(
        Words(zh=f"至少 {people} 名在职人员的行政事业单位", en=f"a public body with at least {people} staff"),
        lambda _, unit: _government(unit, people),
    )


OFFICE = Host(
    Words(zh="机关（行政单位、乡镇、街道）", en="an office: a bureau, township or subdistrict"),
    lambda _, unit: unit.kind in OFFICES and _government(unit, 6),
)
BUREAU = Host(
    Words(zh="行政主管局", en="a bureau"),
    lambda _, unit: unit.kind == "administrative" and _government(unit, 6),
)
INSTITUTION = Host(
    Words(zh="事业单位", en="a public institution"),
    lambda _, unit: unit.kind == "public_institution" and _government(unit, 6),
)
TOWN = Host(
    Words(zh="乡镇或街道", en="a township or subdistrict"),
    lambda _, unit: unit.kind in TOWNS and _government(unit, 9),
)
BUILDER = Host(
    Words(zh="有工程项目的单位", en="a unit with works of its own"),
    lambda world, unit: (
        _government(unit, 6)
        and any(
            p["unit_code"] == unit.code and p["kind"] in ("works", "repair") for p in world.tables["project"]
        )
    ),
)
COLLECTOR = Host(
    Words(zh="有非税汇缴户的机关", en="an office with an account for fees"),
    lambda _, unit: unit.kind in OFFICES and "fees" in unit.banks and _government(unit, 6),
)
CHARGER = Host(
    Words(zh="有专属收费项目和非税汇缴户的单位", en="a unit with a fee and a fee account of its own"),
    lambda world, unit: "fees" in unit.banks and bool(own_fees(world, unit)),
)
ASSOCIATION = Host(
    Words(zh="主管局在区内的协会", en="an association under a bureau"),
    lambda world, unit: unit.kind == "association" and _is_subordinate(world, unit),
)
PATRON = Host(
    Words(zh="下设协会的主管局", en="a bureau with an association under it"),
    lambda world, unit: _government(unit, 8) and bool(children(world, unit, "association")),
)
FINING = Host(
    Words(zh="有罚没决定的单位", en="a unit that imposes fines"),
    lambda world, unit: _has("penalty", world, unit),
)
WITHOUT_GIFTS = Host(
    Words(zh="没有捐赠协议的机关", en="an office without agreements on donations"),
    lambda world, unit: unit.kind in OFFICES and not _has("donation", world, unit),
)
SHOPKEEPER = Host(
    Words(zh="有未签租约的门面房、仓库的单位", en="a unit with a shop or store that is not let yet"),
    lambda world, unit: bool(spare_shops(world, unit)),
)
IDLE_OWNER = Host(
    Words(zh="有闲置房屋的单位", en="a unit with an idle house"),
    lambda world, unit: bool(idle_buildings(world, unit)),
)
MACHINE_OWNER = Host(
    Words(zh="有在用旧机械的单位", en="a unit with old machinery in use"),
    lambda world, unit: bool(machines(world, unit)),
)
SUPERIOR = Host(
    Words(zh="下有事业单位的主管局", en="a bureau with a public institution under it"),
    lambda world, unit: _government(unit, 6) and bool(institutions(world, unit)),
)
SUBORDINATE = Host(
    Words(zh="有主管局的事业单位", en="a public institution under a bureau"),
    lambda world, unit: (
        unit.kind == "public_institution" and _government(unit, 6) and _is_subordinate(world, unit)
    ),
)
UNION_KEEPER = Host(
    Words(zh="有工会账套的单位", en="a unit whose trade union keeps books"),
    lambda world, unit: _government(unit, 8) and bool(children(world, unit, "union")),
)
CANTEEN_KEEPER = Host(
    Words(
        zh="有食堂账套和主管局的单位，账套至少两年",
        en="a unit under a bureau whose canteen keeps books, and books of two years",
    ),
    lambda world, unit: (
        len(world.years) > 1 and bool(children(world, unit, "canteen")) and _is_subordinate(world, unit)
    ),
)
PARENT_COMPANY = Host(
    Words(zh="有主管局和下属企业的单位", en="a unit under a bureau with a company under it"),
    lambda world, unit: (
        _government(unit, 8) and _is_subordinate(world, unit) and bool(children(world, unit, "enterprise"))
    ),
)
CARLESS = Host(
    Words(zh="没有车辆的单位", en="a unit without vehicles"),
    lambda world, unit: (
        _government(unit, 6)
        and not any(a["unit_code"] == unit.code and a["kind"] == "vehicle" for a in world.tables["asset"])
    ),
)
BEREAVED = Host(
    Words(zh="期间有人员去世的单位", en="a unit one of whose staff died"),
    lambda world, unit: bool(dead(world, unit)),
)
