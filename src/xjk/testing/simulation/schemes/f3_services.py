"""F3: meeting, labour, training and consulting fees."""

from __future__ import annotations

from datetime import timedelta

from xjk.testing.simulation.base.fresh import new_card, new_citizen, new_name, new_phone
from xjk.testing.simulation.base.posting import spend
from xjk.testing.simulation.base.workdays import after, in_month, on_or_after
from xjk.testing.simulation.base.world import Party, Row, Unit, World
from xjk.testing.simulation.events import Expert, add_event, gather, new_expert, pay_people, pay_venue
from xjk.testing.simulation.people import span
from xjk.testing.simulation.schemes.hosts import BUREAU, SUPERIOR, body, institutions
from xjk.testing.simulation.schemes.scheme import (
    Evidence,
    Planted,
    on,
    payment_of,
    scheme,
    use_of,
    voucher_of,
)

_FIELDS = ("教育", "住房", "城市", "文化", "民政", "农业", "市场", "档案")


def field_of(unit: Unit) -> str:
    """Give the field a unit works in, for the names of its meetings."""
    return next((word for word in _FIELDS if word in unit.name), "基层")


@scheme(
    "F3",
    1,
    zh="会议费超综合定额，实到人数远少于报销人数",
    en="Meeting above the standard, far fewer present than claimed",
    default="201001",
    host=BUREAU,
)
def thin_meeting(world: World, unit: Unit) -> Planted:
    """Claim a meeting of 120 people at 820 yuan a head and day where 46 signed."""
    hotel, start = world.companies["hotel2"], world.day(2024, 11, 14)
    people = gather(world, start, 1, 46, "thin meeting")
    name = f"全区{field_of(unit)}质量提升推进会"
    event = add_event(world, unit, "meeting", name, hotel.name, start, 1, 120, 9_840_000, signed=people)
    voucher = pay_venue(world, unit, event, hotel, 9_840_000, f"付{name}会议费")
    return Planted(
        9_840_000,
        [("event", event), ("payment", payment_of(voucher)), ("invoice_use", use_of(voucher))],
    )


@scheme(
    "F3",
    2,
    zh="十二人劳务费进入同一张卡、留同一电话",
    en="Labour fees of twelve names go to one card and one telephone",
    default="206001",
    host=body(4),
)
def one_card_labour(world: World, unit: Unit) -> Planted:
    """Pay labour fees to twelve names, all to one card, with one telephone."""
    card, phone = new_card(world), new_phone(world)
    hands = [Expert(new_name(world), new_citizen(world), card, phone, "other") for _ in range(12)]
    rows = pay_people(
        world,
        unit,
        world.day(2024, 5, 23),
        "labour",
        [(hand, 10, 236_000) for hand in hands],
        f"发放春季{field_of(unit)}辅助劳务费",
    )
    paid = payment_of(voucher_of(world, rows[0]))
    return Planted(12 * 236_000, [*(("service_fee", row) for row in rows), ("payment", paid)])


@scheme(
    "F3",
    3,
    zh="讲课费超税后标准",
    en="Lecture fees above the after-tax cap",
    default="201003",
    host=body(4),
)
def dear_lectures(world: World, unit: Unit) -> Planted:
    """Pay a senior lecturer 2000 yuan an hour and an associate 1200."""
    day = on(world, 2025, 7, 16)
    people = gather(world, day, 1, 32, "dear lectures")
    event = add_event(
        world, unit, "training", "暑期骨干能力提升班", unit.name, day, 1, len(people), 0, signed=people
    )
    rows = pay_people(
        world,
        unit,
        on(world, 2025, 7, 23),
        "lecture",
        [(new_expert(world, "senior"), 4, 800_000), (new_expert(world, "associate"), 3, 360_000)],
        "付暑期骨干班讲课费",
        event,
    )
    event["cost"] = 1_160_000
    voucher_of(world, rows[0]).tie(event)
    return Planted(1_160_000, [("service_fee", row) for row in rows])


@scheme(
    "F3",
    4,
    zh="出差期间同日在两个会议签到",
    en="One person signs at two meetings on a day of travel",
    default="204001",
    host=SUPERIOR,
)
def in_two_places(world: World, unit: Unit) -> Planted:
    """Let one person sign at meetings of the bureau and of its institution on a day of travel."""
    other = institutions(world, unit)[0]
    hotel, left = world.companies["hotel1"], on(world, 2025, 4, 21)
    day, back = after(left, 1), after(left, 3)
    away = span(left, (back - left).days + 1)
    rested = (p for p in unit.staff[5:] if p.until is None and world.free(p.name, away))
    person = next(rested, unit.staff[5])
    world.occupy(person.name, away)
    paid = on_or_after(back + timedelta(days=6))
    voucher = spend(world, unit, paid, 168_400, person.party, f"报销{person.name}赴远陵市差旅费", "30211")
    trip = world.add(
        "travel",
        travel_id=world.next_id("CC", 5),
        unit_code=unit.code,
        kind="trip",
        person_name=person.name,
        id_no=person.row["id_no"],
        starts_on=left,
        ends_on=back,
        destination="远陵市",
        amount=168_400,
    )
    voucher.tie(trip)
    evidence: Evidence = [("travel", trip)]
    total = 0
    for holder, name in ((unit, f"{field_of(unit)}工作推进会"), (other, "基层站所负责人座谈会")):
        people = [*gather(world, day, 1, 21, name), Party(person.name, str(person.row["id_no"]))]
        cost = 16_800 * len(people)
        event = add_event(
            world, holder, "meeting", name, hotel.name, day, 1, len(people), cost, signed=people
        )
        pay_venue(world, holder, event, hotel, cost, f"付{name}会议费")
        signed = next(
            row
            for row in world.tables["attendance"]
            if row["event_id"] == event["event_id"] and row["person_name"] == person.name
        )
        evidence += [("event", event), ("attendance", signed)]
        total += cost
    return Planted(total, evidence)


@scheme(
    "F3",
    5,
    zh="向本单位职工按月发放略低于800元的专家费",
    en="Expert fees just under 800 yuan to own staff every month",
    default="302001",
    host=body(9),
)
def just_under(world: World, unit: Unit) -> Planted:
    """Pay three of the own staff an expert fee just under 800 yuan, month after month."""
    rows: list[Row] = []
    year = world.years[-1] if len(world.years) == 1 else world.years[1]
    for month in range(2, 10):
        for position, person in enumerate(unit.staff[6:9]):
            expert = Expert(
                person.name,
                str(person.row["id_no"]),
                str(person.row["account_no"]),
                str(person.row["phone"]),
                "other",
            )
            fen = 79_000 + (position * 300 + month * 40) % 1000
            rows += pay_people(
                world,
                unit,
                in_month(year, month, 16 + position),
                "expert",
                [(expert, 1, fen)],
                "付项目专家咨询费",
            )
    return Planted(sum(row["amount"] for row in rows), [("service_fee", row) for row in rows])


SCHEMES = (thin_meeting, one_card_labour, dear_lectures, in_two_places, just_under)
