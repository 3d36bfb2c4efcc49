"""Meetings, trainings, their sign-in sheets, and fees for lecturers and experts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xjk.testing.simulation.base.fresh import new_card, new_citizen, new_name, new_phone
from xjk.testing.simulation.base.posting import LIST_AGENT, TAX_OFFICE, buy, spend
from xjk.testing.simulation.base.workdays import in_month, on_or_after, on_or_before
from xjk.testing.simulation.base.world import Company, Party, Row, Unit, Voucher, World
from xjk.testing.simulation.people import span
from xjk.testing.simulation.routine import government

_TOPICS = {
    "201001": ("全区中小学校长工作会", "教育统计业务培训"),
    "201003": ("新教师岗前培训", "骨干教师研修"),
    "201002": ("校本教研交流会",),
    "202001": ("建筑工地安全生产会", "物业监管业务培训"),
    "202002": ("市政养护技术培训",),
    "203001": ("城市管理年度工作会", "行政执法业务培训"),
    "204001": ("旅游市场工作会",),
    "204002": ("基层文化辅导员培训",),
    "205001": ("社会救助经办培训", "民政工作会"),
    "206001": ("春耕生产部署会", "农产品质量安全培训"),
    "207001": ("食品安全监管工作会", "标准化业务培训"),
    "209001": ("档案业务培训",),
    "301001": ("镇村干部工作会",),
    "302001": ("社区工作者培训",),
}


@dataclass(slots=True)
class Expert:
    """A lecturer or expert from outside the district."""

    name: str
    citizen: str
    card: str
    phone: str
    title: str


def new_expert(world: World, title: str) -> Expert:
    """Make an outside expert."""
    return Expert(new_name(world), new_citizen(world), new_card(world), new_phone(world), title)


def gross_of(net: int) -> int:
    """Give the pay before tax for a net labour fee, in fen (annual law, withholding table of 2018)."""
    if net <= 80_000:
        return net
    if net <= 336_000:
        return ((net - 16_000) * 5 + 2) // 4
    if net <= 2_100_000:
        return (net * 100 + 42) // 84
    raise ValueError(f"net fee {net} is above the first bracket")


def add_event(
    world: World,
    unit: Unit,
    kind: str,
    name: str,
    venue: str,
    start: date,
    days: int,
    claimed: int,
    cost: int,
    *,
    signed: list[Party] | None = None,
    grade: int = 3,
    **cells: object,
) -> Row:
    """Register an event and its sign-in sheet; ``signed`` are those who truly came (name, citizen number)."""
    last = start + timedelta(days=days - 1)
    event = world.add(
        "event",
        **{
            "event_id": world.next_id("HY" if kind == "meeting" else "PX", 4),
            "unit_code": unit.code,
            "kind": kind,
            "grade": grade,
            "name": name,
            "venue": venue,
            "designated_venue": True,
            "starts_on": start,
            "ends_on": last,
            "planned": True,
            "approved_on": on_or_before(start - timedelta(days=14)),
            "attendees": claimed,
            "staff_members": 0,
            "cost": cost,
            **cells,
        },
    )
    for day in span(start, days):
        for person in signed or ():
            world.add(
                "attendance",
                event_id=event["event_id"],
                day=day,
                person_name=person[0],
                id_no=person[1],
                phone=world.phones.setdefault(person[0], new_phone(world)),
            )
    return event


def gather(world: World, start: date, days: int, count: int, seed: str) -> list[Party]:
    """Find people of the district who have nothing else on those days."""
    rng = world.stream(f"gather {seed}")
    wanted = span(start, days)
    people = [
        p
        for unit in world.units.values()
        if unit.kind != "union"
        for p in unit.staff
        if p.until is None and world.free(p.name, wanted)
    ]
    chosen = rng.sample(people, min(count, len(people)))
    for person in chosen:
        world.occupy(person.name, wanted)
    return [Party(p.name, str(p.row["id_no"])) for p in chosen]


def pay_venue(world: World, unit: Unit, event: Row, hotel: Company, fen: int, words: str) -> Voucher:
    """Pay the hotel against one invoice issued when the event ended."""
    issued = on_or_after(event["ends_on"])
    day = on_or_after(issued + timedelta(days=9))
    voucher, _ = buy(
        world,
        unit,
        day,
        fen,
        hotel,
        words,
        "30215" if event["kind"] == "meeting" else "30216",
        "*会展服务*会议费" if event["kind"] == "meeting" else "*生活服务*培训费",
        issued=issued,
    )
    return voucher.tie(event)


def build_events(world: World) -> None:
    """Hold each year's planned meetings and trainings within the standard (550 yuan a head and day)."""
    for unit in government(world):
        rng = world.stream(f"events {unit.code}")
        for year in world.years:
            for topic in _TOPICS[unit.script]:
                meeting = topic.endswith("会")
                days = 1 if meeting or rng.random() < 0.4 else 2
                start = in_month(year, rng.randrange(2, 12), rng.randrange(6, 24))
                people = gather(world, start, days, rng.randrange(16, 34), f"{unit.code} {year} {topic}")
                if not people:
                    continue
                hotel = world.companies[rng.choice(("hotel1", "hotel2"))]
                daily = (
                    rng.randrange(12_000, 19_000, 100) if days == 1 else rng.randrange(36_000, 52_000, 100)
                )
                cost = daily * days * len(people)
                event = add_event(
                    world,
                    unit,
                    "meeting" if meeting else "training",
                    f"{year}年{topic}",
                    hotel.name,
                    start,
                    days,
                    len(people),
                    cost,
                    signed=people,
                )
                pay_venue(world, unit, event, hotel, cost, f"付{topic}{'会议费' if meeting else '培训费'}")
                if not meeting:
                    expert = new_expert(world, rng.choice(("senior", "associate")))
                    hours = rng.choice((3, 4))
                    rate = 80_000 if expert.title == "senior" else 45_000
                    pay_people(
                        world,
                        unit,
                        on_or_after(event["ends_on"] + timedelta(days=5)),
                        "lecture",
                        [(expert, hours, rate * hours)],
                        f"付{topic}讲课费",
                        event,
                    )
    _exact_cases(world)
    _reviews(world)
    _homonyms(world)


def pay_people(
    world: World,
    unit: Unit,
    day: date,
    kind: str,
    payees: list[tuple[Expert, int, int]],
    summary: str,
    event: Row | None = None,
) -> list[Row]:
    """Pay net fees by list, withhold the tax, and hand it over in the following month."""
    net = sum(fen for *_, fen in payees)
    gross = sum(gross_of(fen) for *_, fen in payees)
    party = Party(payees[0][0].name, payees[0][0].card) if len(payees) == 1 else LIST_AGENT
    voucher = spend(
        world, unit, day, net, party, summary, "30226" if kind != "lecture" else "30216", gross=gross
    )
    rows = []
    for expert, quantity, fen in payees:
        rows.append(
            world.add(
                "service_fee",
                fee_id=world.next_id("LW", 5),
                unit_code=unit.code,
                paid_on=day,
                kind=kind,
                payee_name=expert.name,
                id_no=expert.citizen,
                account_no=expert.card,
                phone=expert.phone,
                title=expert.title,
                quantity=quantity,
                amount=fen,
                tax_withheld=gross_of(fen) - fen,
                event_id=event["event_id"] if event else "",
            )
        )
        voucher.tie(rows[-1])
    if gross > net:
        month = day.month % 12 + 1
        year = day.year + day.month // 12
        # The tax of the last December is handed over before the books are closed.
        due = in_month(year, month, 12)
        due = due if world.covers(due) else on_or_before(world.last_day - timedelta(days=1))
        handed = world.voucher(unit, due, "缴纳代扣个人所得税", attachments=1)
        handed.debit("2102", gross - net, TAX_OFFICE).credit(
            "4001", gross - net, TAX_OFFICE, settlement="treasury"
        )
        handed.debit(unit.budget_expense + "01", gross - net, econ_class="30226").credit("6001", gross - net)
        handed.tie(
            world.add(
                "payment",
                unit_code=unit.code,
                paid_on=due,
                amount=gross - net,
                payee_name=TAX_OFFICE.name,
                payee_account=TAX_OFFICE.account,
                econ_class="30226",
                purpose="缴纳代扣个人所得税",
                item_code="1102",
                mode="authorized",
                payer_account=unit.banks["zero"]["account_no"],
            )
        )
    return rows


def _exact_cases(world: World) -> None:
    """A meeting exactly at 550 yuan a head and day, and a lecture exactly at 1000 yuan an hour."""
    for unit in world.cast("209001"):
        _exact_meeting(world, unit)
        if len(world.years) > 1:
            _exact_lecture(world, unit)


def _exact_meeting(world: World, unit: Unit) -> None:
    hotel, start = world.companies["hotel1"], world.day(2024, 10, 22)
    people = gather(world, start, 2, 30, "exact meeting")
    cost = 55_000 * 2 * len(people)
    event = add_event(
        world,
        unit,
        "meeting",
        "全区档案数字化推进会",
        hotel.name,
        start,
        2,
        len(people),
        cost,
        signed=people,
    )
    pay_venue(world, unit, event, hotel, cost, "付全区档案数字化推进会会议费")


def _exact_lecture(world: World, unit: Unit) -> None:
    start = world.day(2025, 6, 18)
    people = gather(world, start, 1, 24, "exact lecture")
    event = add_event(
        world,
        unit,
        "training",
        "档案法专题培训",
        "云汀区档案馆报告厅",
        start,
        1,
        len(people),
        0,
        signed=people,
    )
    lecturer = new_expert(world, "senior")
    rows = pay_people(
        world,
        unit,
        world.day(2025, 6, 25),
        "lecture",
        [(lecturer, 4, 400_000)],
        "付档案法专题培训讲课费",
        event,
    )
    event.update(voucher_no="", cost=rows[0]["amount"])
    voucher = next(v for v in world.vouchers if rows[0] in v.ties)
    voucher.tie(event)


def _reviews(world: World) -> None:
    """Pay several experts the same fee for one review, as the rules ask."""
    for code, day, heads, title in (
        ("202001", world.day(2024, 5, 9), 5, "senior"),
        ("206001", world.day(2024, 9, 10), 3, "senior"),
        ("204001", world.day(2025, 4, 16), 5, "associate"),
        ("205001", world.day(2025, 9, 11), 3, "associate"),
    ):
        if not (world.covers(day) and world.cast(code)):
            continue
        experts = [new_expert(world, title) for _ in range(heads)]
        fen = 150_000 if title == "senior" else 100_000
        pay_people(world, world.unit(code), day, "review", [(e, 1, fen) for e in experts], "付项目评审专家费")


def _homonyms(world: World) -> None:
    """Two people of one name sign two sheets on one day: the citizen numbers differ."""
    events = world.tables["event"]
    pair = next(
        (
            (a, b)
            for a in events
            for b in events
            if a["unit_code"] < b["unit_code"]
            and a["starts_on"] <= b["starts_on"] <= a["ends_on"]
            and a["attendees"] > 20
        ),
        (),
    )
    name = new_name(world)
    for event in pair:
        citizen, phone = new_citizen(world), new_phone(world)
        for day in span(event["starts_on"], (event["ends_on"] - event["starts_on"]).days + 1):
            world.add(
                "attendance",
                event_id=event["event_id"],
                day=day,
                person_name=name,
                id_no=citizen,
                phone=phone,
            )
        event["attendees"] += 1
