"""Planted schemes with meetings, labour and lecture fees (F3)."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.fresh import new_card, new_citizen, new_name, new_phone
from xjk.testing.simulation.base.posting import spend
from xjk.testing.simulation.base.workdays import in_month
from xjk.testing.simulation.base.world import Party, Row, World
from xjk.testing.simulation.events import Expert, add_event, gather, new_expert, pay_people, pay_venue
from xjk.testing.simulation.people import span
from xjk.testing.simulation.schemes import Evidence, payment_of, record, use_of


def thin_meeting(world: World) -> None:
    """F3-1: 120 claimed, 46 signed, 820 yuan a head and day."""
    unit, hotel, start = world.unit("201001"), world.companies["hotel2"], date(2024, 11, 14)
    people = gather(world, start, 1, 46, "thin meeting")
    event = add_event(
        world, unit, "meeting", "全区教育质量提升推进会", hotel.name, start, 1, 120, 9_840_000, signed=people
    )
    voucher = pay_venue(world, unit, event, hotel, 9_840_000, "付全区教育质量提升推进会会议费")
    record(
        world,
        "F3-1",
        "F3",
        unit,
        9_840_000,
        (
            "会议费超综合定额,实到人数远少于报销人数",
            "Meeting above the standard, far fewer present than claimed",
        ),
        [("event", event), ("payment", payment_of(voucher)), ("invoice_use", use_of(voucher))],
    )


def one_card_labour(world: World) -> None:
    """F3-2: labour fees to twelve names, one card, one telephone."""
    unit = world.unit("206001")
    card, phone = new_card(world), new_phone(world)
    hands = [Expert(new_name(world), new_citizen(world), card, phone, "other") for _ in range(12)]
    rows = pay_people(
        world,
        unit,
        date(2024, 5, 23),
        "labour",
        [(hand, 10, 236_000) for hand in hands],
        "发放春季动物防疫辅助劳务费",
    )
    voucher = next(v for v in world.vouchers if rows[0] in v.ties)
    evidence: Evidence = [("service_fee", row) for row in rows]
    record(
        world,
        "F3-2",
        "F3",
        unit,
        12 * 236_000,
        (
            "十二人劳务费进入同一张卡、留同一电话",
            "Labour fees of twelve names go to one card and one telephone",
        ),
        [*evidence, ("payment", payment_of(voucher))],
    )


def dear_lectures(world: World) -> None:
    """F3-3: 2000 yuan an hour for a senior lecturer, 1200 for an associate."""
    unit, day = world.unit("201003"), date(2025, 7, 16)
    people = gather(world, day, 1, 32, "dear lectures")
    event = add_event(
        world,
        unit,
        "training",
        "暑期班主任能力提升班",
        "云汀区教师进修学校",
        day,
        1,
        len(people),
        608_000,
        signed=people,
    )
    rows = pay_people(
        world,
        unit,
        date(2025, 7, 23),
        "lecture",
        [
            (new_expert(world, "senior"), 4, 800_000),
            (new_expert(world, "associate"), 3, 360_000),
        ],
        "付暑期班主任班讲课费",
        event,
    )
    event["cost"] = 1_160_000
    voucher = next(v for v in world.vouchers if rows[0] in v.ties)
    voucher.tie(event)
    record(
        world,
        "F3-3",
        "F3",
        unit,
        1_160_000,
        ("讲课费超税后标准", "Lecture fees above the after-tax cap"),
        [("service_fee", row) for row in rows],
    )


def in_two_places(world: World) -> None:
    """F3-4: one person signs at two events on a day he is travelling."""
    unit, other = world.unit("204001"), world.unit("204002")
    hotel, day = world.companies["hotel1"], date(2025, 4, 22)
    person = next(p for p in unit.staff[5:] if world.free(p.name, span(date(2025, 4, 21), 4)))
    world.occupy(person.name, span(date(2025, 4, 21), 4))
    voucher = spend(
        world, unit, date(2025, 4, 30), 168_400, person.party, f"报销{person.name}赴远陵市差旅费", "30211"
    )
    trip = world.add(
        "travel",
        travel_id=world.next_id("CC", 5),
        unit_code=unit.code,
        kind="trip",
        person_name=person.name,
        id_no=person.row["id_no"],
        starts_on=date(2025, 4, 21),
        ends_on=date(2025, 4, 24),
        destination="远陵市",
        amount=168_400,
    )
    voucher.tie(trip)
    evidence: Evidence = [("travel", trip)]
    total = 0
    for holder, name in ((unit, "文明旅游推进会"), (other, "乡镇文化站站长座谈会")):
        people = [*gather(world, day, 1, 21, name), Party(person.name, str(person.row["id_no"]))]
        cost = 16_800 * len(people)
        event = add_event(
            world, holder, "meeting", name, hotel.name, day, 1, len(people), cost, signed=people
        )
        pay_venue(world, holder, event, hotel, cost, f"付{name}会议费")
        signed = next(
            r
            for r in world.tables["attendance"]
            if r["event_id"] == event["event_id"] and r["person_name"] == person.name
        )
        evidence += [("event", event), ("attendance", signed)]
        total += cost
    record(
        world,
        "F3-4",
        "F3",
        unit,
        total,
        ("出差期间同日在两个会议签到", "One person signs at two meetings on a day of travel"),
        evidence,
    )


def just_under(world: World) -> None:
    """F3-5: expert fees just under 800 yuan to the office's own staff, month after month."""
    unit = world.unit("302001")
    staff = list(unit.staff[6:9])
    rows: list[Row] = []
    for month in range(2, 10):
        for position, person in enumerate(staff):
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
                in_month(2025, month, 16 + position),
                "expert",
                [(expert, 1, fen)],
                "付社区项目专家咨询费",
            )
    record(
        world,
        "F3-5",
        "F3",
        unit,
        sum(row["amount"] for row in rows),
        (
            "向本单位职工按月发放略低于800元的专家费",
            "Expert fees just under 800 yuan to own staff every month",
        ),
        [("service_fee", row) for row in rows],
    )


SCHEMES = (
    thin_meeting,
    one_card_labour,
    dear_lectures,
    in_two_places,
    just_under,
)
