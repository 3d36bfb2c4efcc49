"""People: who leaves the register, who travels, who is on leave."""

from __future__ import annotations

from datetime import date, timedelta

from xjk.testing.simulation.base.posting import spend
from xjk.testing.simulation.base.workdays import in_month, is_workday, on_or_after
from xjk.testing.simulation.base.world import Person, Unit, World
from xjk.testing.simulation.routine import government

_PLACES = (("省城", 3), ("澜川市", 1), ("临汀市", 2), ("远陵市", 3), ("部委培训基地", 4))


def span(start: date, days: int) -> list[date]:
    """List consecutive days."""
    return [start + timedelta(days=i) for i in range(days)]


def build_departures(world: World) -> None:
    """Retire, transfer and bury a few people; their wages end with the month."""
    changes = (
        ("203001", 11, "retired", world.day(2024, 6, 28)),
        ("206001", 9, "retired", world.day(2025, 3, 31)),
        ("201002", 13, "retired", world.day(2024, 8, 30)),
        ("202001", 9, "left", world.day(2024, 10, 31)),
        ("302001", 10, "left", world.day(2025, 5, 30)),
        ("301001", 11, "deceased", world.day(2024, 11, 19)),
        ("202002", 10, "retired", world.day(2024, 12, 31)),
    )
    for code, position, status, day in changes:
        for unit in world.cast(code) if world.covers(day) else ():
            person = unit.staff[position]
            person.row["status"], person.row["status_on"], person.until = status, day, day


def build_travel(world: World) -> None:
    """Send staff on trips, reimbursed to their own cards, and let them go on leave."""
    for unit in government(world):
        rng = world.stream(f"travel {unit.code}")
        for year, month in world.months:
            if rng.random() < 0.4:
                staff = [p for p in unit.staff if p.until is None]
                place, days = rng.choice(_PLACES)
                start = on_or_after(in_month(year, month, rng.randrange(4, 20)))
                _trip(world, unit, rng.choice(staff), place, start, days, rng.randrange(12_000, 48_000))
        for person in unit.staff[2:]:
            year, month = rng.choice(world.months)
            start = in_month(year, month, rng.randrange(5, 20))
            away = span(start, 5)
            if person.until is None and world.free(person.name, away):
                world.occupy(person.name, away)
                world.add(
                    "travel",
                    travel_id=world.next_id("QJ", 5),
                    unit_code=unit.code,
                    kind="leave",
                    person_name=person.name,
                    id_no=person.row["id_no"],
                    starts_on=start,
                    ends_on=away[-1],
                )


def _trip(world: World, unit: Unit, person: Person, place: str, start: date, length: int, daily: int) -> None:
    days = span(start, length)
    if not world.free(person.name, days) or not any(is_workday(day) for day in days):
        return
    world.occupy(person.name, days)
    fen = daily * length + length * 18_000
    paid = on_or_after(days[-1] + timedelta(days=6))
    if not world.covers(paid):
        return
    voucher = spend(world, unit, paid, fen, person.party, f"报销{person.name}赴{place}差旅费", "30211")
    voucher.tie(
        world.add(
            "travel",
            travel_id=world.next_id("CC", 5),
            unit_code=unit.code,
            kind="trip",
            person_name=person.name,
            id_no=person.row["id_no"],
            starts_on=start,
            ends_on=days[-1],
            destination=place,
            amount=fen,
        )
    )
