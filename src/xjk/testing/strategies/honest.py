"""Honest ledgers: small units that are paid, pay wages, buy, meet, charge fees and hand them over, all of it on the books."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from xjk.reference.calendar import holiday_years
from xjk.testing.strategies.arguments import check_whole
from xjk.testing.strategies.books import Tables
from xjk.testing.strategies.honest_books import yuan
from xjk.testing.strategies.honest_registers import REGISTERED
from xjk.testing.strategies.honest_year import (
    EXAM_FEE,
    FEE,
    PAPER,
    SYSTEMS,
    TRADES,
    MonthPlan,
    UnitPlan,
    UnitYear,
)
from xjk.testing.strategies.names import Firm, somebody


def honest_ledgers(*, units: int = 2, months: int = 2, year: int = 2024) -> SearchStrategy[Tables]:
    """Return small honest ledgers that begin in January.

    Every voucher balances in the financial and the budget book; the bank statement of a unit reconciles with its
    account 1002 line by line, and account_balance with the vouchers. Appropriations, wages, purchases under
    contract with right invoices, meetings with attendance, fees, fines, rent and disposals handed to the treasury, a
    gift: installed rules have nothing to say about them. People of different units share names.

    Args:
        units: How many units there are, 1 to 20.
        months: How many months the books cover, 1 to 11; the year is not closed.
        year: The year, 2019 to the last year whose working days are known.

    Raises:
        UserError: at once, for a number out of range.
    """
    many = check_whole("honest_ledgers", "units", units, 1, 20)
    covered = check_whole("honest_ledgers", "months", months, 1, 11)
    known = check_whole("honest_ledgers", "year", year, 2019, max(each.year for each in holiday_years()))
    first = _months(busy=True)
    others = st.lists(_months(busy=False), min_size=covered - 1, max_size=covered - 1)
    unit = st.builds(
        UnitPlan,
        opening=st.integers(100_000_01, 500_000_00),
        wages=st.lists(st.integers(4_000_01, 8_999_99), min_size=3, max_size=5).map(tuple),
        months=st.builds(lambda one, more: (one, *more), first, others),
    )
    return st.lists(unit, min_size=many, max_size=many).map(lambda drawn: _written(drawn, known))


def _months(*, busy: bool) -> SearchStrategy[MonthPlan]:
    """Return plans of a month; a busy one has something of everything, so that no table is missing."""
    least = 1 if busy else 0
    purchase = st.tuples(st.sampled_from((PAPER, SYSTEMS)), st.integers(200_01, 2_999_99))
    cost_per_head = st.integers(50_01, 119_99)
    return st.builds(
        MonthPlan,
        shift=st.integers(0, 1),
        spare=st.integers(20_000_00, 30_000_00),
        purchases=st.lists(purchase, min_size=least, max_size=2).map(tuple),
        heads_charged=st.lists(st.integers(1, 40), min_size=least, max_size=3).map(tuple),
        cost_per_head=cost_per_head if busy else st.just(0) | cost_per_head,
        expert_fee=st.integers(301_01, 598_99),
        interest=st.integers(1, 99_99),
    )


def _written(units: Sequence[UnitPlan], year: int) -> Tables:
    """Return the tables of some units."""
    tables: Tables = {}
    sellers = [(trade.firm, trade.scope) for trade in TRADES]
    for number, (company, scope) in enumerate((*sellers, *REGISTERED), start=1):
        _register(tables, company, scope, f"澜川市兴业路{number}号")
    tables["enterprise"][-1]["declared_by"] = "101"
    tables["fee_item"] = [
        {
            "item_code": EXAM_FEE,
            "item_name": "专业技术人员考试费",
            "rate_max": yuan(FEE),
            "charge_unit": "人",
            "valid_from": "2018-01-01",
        }
    ]
    for number, unit in enumerate(units):
        UnitYear(tables, number, unit, year).write()
    return tables


def _register(tables: Tables, company: Firm, scope: str, address: str) -> None:
    """Register a company and its legal representative."""
    owner = somebody(int(company.phone[-4:]), f"商{company.name[3]}", base=700_000)
    tables.setdefault("enterprise", []).append(
        {
            "uscc": company.uscc,
            "name": company.name,
            "kind": "company",
            "legal_rep": owner.name,
            "registered_capital": "2000000.00",
            "founded_on": "2011-06-20",
            "status": "active",
            "address": address,
            "phone": company.phone,
            "scope": scope,
            "insured_staff": "12",
            "account_no": company.account_no,
        }
    )
    tables.setdefault("enterprise_person", []).append(
        {"uscc": company.uscc, "name": owner.name, "post": "legal_rep", "id_no": owner.id_no}
    )
