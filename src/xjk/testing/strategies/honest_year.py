"""A year of one honest unit: what happens, and how it is written in books, statements and registers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from xjk.reference.calendar import calendar_days
from xjk.testing.strategies.books import Tables
from xjk.testing.strategies.honest_books import BANK, Line, Party, UnitBooks, yuan
from xjk.testing.strategies.honest_registers import (
    ADVANCE,
    OPERATIONS_ITEM,
    Receipt,
    keep_registers,
    operations,
)
from xjk.testing.strategies.identifiers import credit_code
from xjk.testing.strategies.names import PERSON_NAMES, Firm, firm, somebody
from xjk.testing.strategies.rows import Row

_FINANCE_BUREAU = Party("云汀区财政局国库支付中心", "819900000000990001")
_TREASURY = Party("云汀区国库", "819900000000990002")
_BANK = Party("澜川农村商业银行", "819900000000990003")
FEE = 50_00
"""The rate of the only fee, in fen per head."""
EXAM_FEE = "103042701"
"""Item code of that fee."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Be what one company sells."""

    firm: Firm
    scope: str
    item: str
    purpose: str
    econ_class: str


def _trade(number: int, name: str, scope: str, item: str, purpose: str, econ_class: str) -> Trade:
    return Trade(firm(number, name, base=900), scope, item, purpose, econ_class)


PAPER = _trade(1, "云汀区甲禾纸业有限公司", "纸张销售", "*纸制品*复印纸", "购复印纸", "30201")
SYSTEMS = _trade(
    2,
    "云汀区丙禾信息技术有限公司",
    "信息系统运行维护服务",
    "*信息技术服务*系统维护费",
    "付系统维护费",
    "30213",
)
_MEETINGS = _trade(
    3, "云汀区乙禾会务服务有限公司", "会议及展览服务", "*会展服务*会议服务费", "付会议费", "30215"
)
TRADES = (PAPER, SYSTEMS, _MEETINGS)


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Be what happens in one month, amounts in fen.

    Attributes:
        shift: Working days by which everything is later.
        spare: What the appropriation exceeds the wages by.
        purchases: Who sells and for how much, tax included.
        heads_charged: For how many people each receipt was issued.
        cost_per_head: Cost of the monthly meeting for each attendee; 0 when there is none.
        expert_fee: Fee of the expert at that meeting.
        interest: Interest credited.
    """

    shift: int
    spare: int
    purchases: tuple[tuple[Trade, int], ...]
    heads_charged: tuple[int, ...]
    cost_per_head: int
    expert_fee: int
    interest: int


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """Be one unit: what it had, what it pays each of its staff, and its months."""

    opening: int
    wages: tuple[int, ...]
    months: tuple[MonthPlan, ...]


class UnitYear:
    """Writes what happens in one unit, day by day."""

    def __init__(self, tables: Tables, number: int, unit: UnitPlan, year: int) -> None:
        self._number, self._unit, self._year = number, unit, year
        self._staff = [
            somebody(place, PERSON_NAMES[(number + place) % len(PERSON_NAMES)], base=100 * (number + 1))
            for place in range(len(unit.wages))
        ]
        self._expert = somebody(50, f"专家{number + 1}", base=100 * (number + 1))
        code = f"{101 + number}"
        row = {
            "unit_code": code,
            "name": f"云汀区第{number + 1}事务中心",
            "uscc": credit_code(70_000_000 + number, "12"),
            "kind": "public_institution",
            "head_name": self._staff[0].name,
            "address": f"云汀区政务路{number + 1}号",
            "staff_quota": str(len(unit.wages)),
            "collects_fees": "1",
            **({"parent_code": "101"} if number else {}),
        }
        tables.setdefault("unit", []).append(row)
        self._books = UnitBooks(row, f"8199{60_000_000 + number:014d}", tables, self._staff[1].name)
        self._receipts = 0

    def write(self) -> None:
        """Write the staff, the opening and every month."""
        for place, someone in enumerate(self._staff):
            self._books.add(
                "person",
                person_id=self._person_id(place),
                name=someone.name,
                id_no=someone.id_no,
                account_no=someone.account_no,
                phone=someone.phone,
                status="active",
                status_on="2015-07-01",
                duty="主任" if place == 0 else "科员",
                finance_staff="1" if place == 1 else "0",
            )
        self._books.open(self._year, self._unit.opening, ADVANCE)
        self._books.add(
            "receipt_book",
            book_id=f"B{self._books.code}",
            kind="非税收入票据",
            prefix=f"{self._books.code}24",
            first_no="1",
            last_no="200",
            taken_on=f"{self._year}-01-01",
        )
        for number, month in enumerate(self._unit.months, start=1):
            workdays = _workdays(self._year, number)
            self._write_month(number, month, workdays[month.shift :])
            self._books.close(self._year, number)

    def _write_month(self, number: int, month: MonthPlan, workdays: Sequence[date]) -> None:
        """Write one month in the order of its days, as a bank does."""
        happenings: list[tuple[date, Callable[[date], object]]] = [
            (workdays[0], partial(self._appropriate, fen=sum(self._unit.wages) + month.spare)),
            (workdays[8], self._pay_wages),
            (workdays[12], partial(self._receive_interest, fen=month.interest)),
        ]
        for place, (trade, fen) in enumerate(month.purchases):
            happenings.append(
                (workdays[3 + place], partial(self._buy, trade=trade, fen=fen, agreed_on=workdays[0]))
            )
        for place, heads in enumerate(month.heads_charged):
            happenings.append((workdays[2 + place], partial(self._charge, heads=heads)))
        if month.heads_charged:
            fees = sum(month.heads_charged) * FEE
            happenings.append((workdays[9], partial(self._remit, fen=fees)))
        if number == 1:
            for receipt in keep_registers(self._books, self._year, workdays):
                happenings.append((receipt.day, partial(self._take, receipt=receipt)))
                if receipt.item_code:
                    handed = partial(self._remit, fen=receipt.fen, item_code=receipt.item_code)
                    happenings.append((workdays[6], handed))
        if month.cost_per_head:
            happenings.append((workdays[7], partial(self._meet, held_on=workdays[5], month=month)))
        for day, happen in sorted(happenings, key=lambda each: each[0]):
            happen(day)
        traveller = self._staff[2]
        self._books.add(
            "travel",
            travel_id=f"{self._books.code}-{number:02d}",
            kind="trip",
            person_name=traveller.name,
            id_no=traveller.id_no,
            starts_on=workdays[10].isoformat(),
            ends_on=workdays[11].isoformat(),
            destination="省城",
        )

    def _appropriate(self, day: date, fen: int) -> None:
        self._books.post(
            day,
            "收到财政拨款",
            Line(BANK, fen, _FINANCE_BUREAU),
            Line("4001", -fen, _FINANCE_BUREAU),
            Line("8001", fen),
            Line("6001", -fen),
        )

    def _receive_interest(self, day: date, fen: int) -> None:
        self._books.post(
            day,
            "利息",
            Line(BANK, fen, _BANK),
            Line("4604", -fen, _BANK),
            Line("8001", fen),
            Line("6609", -fen),
        )

    def _pay_wages(self, day: date) -> None:
        """Accrue the wages and pay each to the person's own account."""
        total = sum(self._unit.wages)
        self._books.post(day, "计提工资", Line("5001", total), Line("2201", -total), econ_class="30101")
        paid = [
            Line(BANK, -fen, Party(someone.name, someone.account_no))
            for someone, fen in zip(self._staff, self._unit.wages, strict=True)
        ]
        self._books.post(
            day,
            "发放工资",
            Line("2201", total),
            *paid,
            Line("720101", total),
            Line("8001", -total),
            econ_class="30101",
        )
        for place, (someone, fen) in enumerate(zip(self._staff, self._unit.wages, strict=True)):
            self._books.add(
                "payroll",
                month=f"{day:%Y%m}",
                person_id=self._person_id(place),
                person_name=someone.name,
                account_no=someone.account_no,
                amount=yuan(fen),
                social_insured="1",
            )

    def _spend(self, day: date, purpose: str, fen: int, payee: Party, econ_class: str) -> Row:
        return self._books.post(
            day,
            purpose,
            Line("5001", fen, payee),
            Line(BANK, -fen, payee),
            Line("720101", fen, payee),
            Line("8001", -fen),
            econ_class=econ_class,
        )

    def _buy(self, day: date, trade: Trade, fen: int, agreed_on: date) -> Row:
        """Buy under a contract against one invoice, paid to the seller's account."""
        payee = Party(trade.firm.name, trade.firm.account_no)
        voucher = self._spend(day, trade.purpose, fen, payee, trade.econ_class)
        serial = len(self._books.tables.get("invoice", ()))
        number = f"{day:%y}112{(day - date(2019, 1, 1)).days:06d}{serial * 7 + 13:09d}"
        net = (fen * 100 + 53) // 106
        self._books.add(
            "contract",
            contract_id=f"HT{number[-15:]}",
            kind="goods" if trade is PAPER else "service",
            party_name=payee.name,
            amount=yuan(fen),
            signed_on=agreed_on.isoformat(),
            starts_on=agreed_on.isoformat(),
            ends_on=f"{day.year}-12-31",
            side="expense",
            party_uscc=trade.firm.uscc,
            party_account=payee.account_no,
        )
        self._books.tables.setdefault("invoice", []).append(
            {
                "invoice_id": number,
                "invoice_number": number,
                "kind": "digital",
                "issued_on": day.isoformat(),
                "seller_name": payee.name,
                "seller_tax_id": trade.firm.uscc,
                "buyer_name": self._books.unit["name"],
                "buyer_tax_id": self._books.unit["uscc"],
                "item": trade.item,
                "tax_rate": "0.06",
                "net_amount": yuan(net),
                "tax_amount": yuan(fen - net),
                "total_amount": yuan(fen),
                "drawer": f"{payee.name[3]}开票",
                "verified_status": "valid",
                "verified_on": day.isoformat(),
            }
        )
        self._books.add(
            "invoice_use",
            invoice_id=number,
            claimed_amount=yuan(fen),
            claimant=self._staff[2].name,
            payee_name=payee.name,
            **voucher,
        )
        self._books.add(
            "payment",
            payment_id=f"ZF{number[-15:]}",
            paid_on=day.isoformat(),
            amount=yuan(fen),
            payee_name=payee.name,
            payee_account=payee.account_no,
            econ_class=trade.econ_class,
            purpose=trade.purpose,
            contract_id=f"HT{number[-15:]}",
            payer_account=self._books.account_no,
            project_code=operations(self._books.code),
            item_code=OPERATIONS_ITEM,
            mode="own_funds",
            **voucher,
        )
        return voucher

    def _meet(self, day: date, held_on: date, month: MonthPlan) -> None:
        """Hold a meeting of the whole staff with one expert; pay the venue and the expert."""
        event_id, held = f"HY{self._books.code}{held_on:%m}", held_on.isoformat()
        cost = month.cost_per_head * (len(self._staff) + 1)
        voucher = self._buy(day, _MEETINGS, cost, held_on)
        self._books.add(
            "event",
            event_id=event_id,
            kind="meeting",
            grade="4",
            name=f"{held_on.month}月业务会",
            venue="区政务会议中心",
            designated_venue="1",
            starts_on=held,
            ends_on=held,
            planned="1",
            approved_on=f"{held_on.year}-01-01",
            attendees=str(len(self._staff) + 1),
            staff_members="0",
            cost=yuan(cost),
            **voucher,
        )
        for someone in (*self._staff, self._expert):
            self._books.tables.setdefault("attendance", []).append(
                {"event_id": event_id, "day": held, "person_name": someone.name, "id_no": someone.id_no}
            )
        fee = month.expert_fee
        payee = Party(self._expert.name, self._expert.account_no)
        self._books.add(
            "service_fee",
            fee_id=f"ZJ{self._books.code}{held_on:%m}",
            paid_on=day.isoformat(),
            kind="expert",
            payee_name=payee.name,
            id_no=self._expert.id_no,
            account_no=payee.account_no,
            phone=self._expert.phone,
            title="senior",
            quantity="1",
            amount=yuan(fee),
            tax_withheld="0.00",
            event_id=event_id,
            **self._spend(day, "付专家咨询费", fee, payee, "30226"),
        )

    def _charge(self, day: date, heads: int) -> None:
        """Charge the fee at its lawful rate and issue the next receipt of the batch."""
        self._receipts += 1
        payer = Party(f"云汀区第{self._receipts}报名点", f"8199{80_000_000 + self._receipts:014d}")
        fen = heads * FEE
        voucher = self._books.post(day, "收考试费", Line(BANK, fen, payer), Line("2103", -fen, payer))
        self._books.add(
            "receipt",
            receipt_id=f"{self._books.code}24-{self._receipts}",
            kind="非税收入票据",
            prefix=f"{self._books.code}24",
            number=str(self._receipts),
            issued_on=day.isoformat(),
            payer_name=payer.name,
            item_code=EXAM_FEE,
            item_name="专业技术人员考试费",
            quantity=str(heads),
            amount=yuan(fen),
            status="issued",
            fiscal="1",
            collecting_account=self._books.account_no,
            voucher_no=voucher["voucher_no"],
        )

    def _take(self, day: date, receipt: Receipt) -> None:
        """Book money that comes in once a year: owed to the treasury, or a gift."""
        if receipt.item_code:
            taken = [Line("2103", -receipt.fen, receipt.payer)]
        else:
            taken = [
                Line("4603", -receipt.fen, receipt.payer),
                Line("8001", receipt.fen),
                Line("6609", -receipt.fen),
            ]
        self._books.post(day, receipt.summary, Line(BANK, receipt.fen, receipt.payer), *taken)

    def _remit(self, day: date, fen: int, item_code: str = EXAM_FEE) -> None:
        """Hand what was taken over to the treasury."""
        self._books.post(day, "上缴财政款", Line("2103", fen, _TREASURY), Line(BANK, -fen, _TREASURY))
        self._books.add(
            "remittance",
            remittance_id=f"JK{self._books.code}{day:%m}{item_code}",
            remitted_on=day.isoformat(),
            item_code=item_code,
            amount=yuan(fen),
        )

    def _person_id(self, place: int) -> str:
        return f"{self._books.code}-{place + 1:03d}"


def _workdays(year: int, month: int) -> list[date]:
    """Return the ordinary working days of a month, at least fourteen since 2019; days worked in exchange do not count."""
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return [each.day for each in calendar_days(date(year, month, 1), last) if each.kind == "workday"]
