"""Whole ledgers: a few rows of the tables asked for, which refer to one another and contradict nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from itertools import product
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xjk.ledger.references import Reference, references
from xjk.models.columns import MONEY
from xjk.models.tables import TABLES
from xjk.models.tables.ledgers import book_of_account
from xjk.testing.strategies.arguments import check_tables, check_whole
from xjk.testing.strategies.names import Firm, Somebody
from xjk.testing.strategies.pools import ACCOUNT_CODES, Pools, plain_pools
from xjk.testing.strategies.rows import Row, put_in_order

Tables = dict[str, list[Row]]
"""Rows by table, as ``xjk.load`` takes them."""

_VOUCHER = ("unit_code", "voucher_no", "voucher_date")
_BALANCED = ("debit", "credit", "voided")
_MOST_KEYS = 2_000

T = TypeVar("T")


def ledgers(
    tables: Sequence[str] = ("voucher_line",), *, units: int = 2, max_rows: int = 8
) -> SearchStrategy[Tables]:
    """Return small ledgers, one to `max_rows` rows of each table, with few distinct values so that joins hit.

    ``xjk.load`` accepts every row and has nothing to say about any: references between the tables drawn are kept,
    vouchers balance, running balances follow and spans are in order. Single amounts, days and texts mean nothing.

    Args:
        tables: Names of the tables.
        units: How many units there are at most, 1 to 100.
        max_rows: Most rows of a table, 1 to 1000.

    Raises:
        UserError: at once, for an unknown table or a number out of range.
    """
    named = check_tables("ledgers", tables)
    many = check_whole("ledgers", "units", units, 1, 100)
    most = check_whole("ledgers", "max_rows", max_rows, 1, 1000)
    amounts = st.lists(st.integers(-100_000, 5_000_000).map(MONEY.render), min_size=2, max_size=4)
    first_days = st.sampled_from((date(2023, 12, 15), date(2024, 2, 29), date(2025, 1, 1)))
    pools = st.builds(
        lambda some, first: plain_pools(units=many, size=most, first_day=first, amounts=tuple(some)),
        amounts,
        first_days,
    )
    return pools.flatmap(lambda drawn: filled(named, drawn, most))


@st.composite
def filled(draw: DrawFn, tables: Sequence[str], pools: Pools, max_rows: int) -> Tables:
    """Return rows of tables from pools, one to `max_rows` of each."""
    drawing = _Drawing(draw, pools, max_rows)
    for table in _TARGETS_FIRST:
        if table in tables:
            drawing.add(table)
    return {table: drawing.made[table] for table in tables}


_REFERENCES: Mapping[str, tuple[Reference, ...]] = {
    table: tuple(found for found in references() if found.table == table) for table in TABLES
}
_TARGETS_FIRST = tuple(
    TopologicalSorter(
        {table: [found.target for found in _REFERENCES[table] if found.target != table] for table in TABLES}
    ).static_order()
)
"""Tables in an order in which every one stands behind those it refers to."""


class _Drawing:
    """Draws the tables of one ledger, one after the other."""

    def __init__(self, draw: DrawFn, pools: Pools, max_rows: int) -> None:
        self._draw = draw
        self._pools = pools
        self._max_rows = max_rows
        self.made: Tables = {}

    def add(self, table: str) -> None:
        """Draw the rows of one table."""
        if table == "voucher_line":
            self.made[table] = self._voucher_lines()
        else:
            keys = self._distinct(self._possible_keys(table))
            self.made[table] = [self._row(table, key) for key in keys]
        if table == "bank_transaction":
            self._carry_balances()

    def _pick(self, choices: Sequence[T]) -> T:
        return self._draw(st.sampled_from(choices))

    def _perhaps(self) -> bool:
        return self._draw(st.booleans())

    def _distinct(self, choices: Sequence[T], most: int | None = None) -> list[T]:
        """Return one or more of the choices, each once and no more than rows are wanted."""
        places = range(min(len(choices), _MOST_KEYS))
        most = min(self._max_rows if most is None else most, len(places))
        chosen = st.lists(st.sampled_from(places), unique=True, min_size=1, max_size=most)
        return [choices[place] for place in self._draw(chosen)]

    # keys

    def _possible_keys(self, table: str) -> Sequence[Row]:
        """Return the keys a row may have, as the columns that make them."""
        pools, key = self._pools, TABLES[table].key
        if table == "invoice":
            return [dict(number) for number in pools.invoices]
        if table == "invoice_use":
            return [
                voucher | {"invoice_id": number}
                for voucher, number in product(self._vouchers(), self._candidates(table, "invoice_id"))
            ]
        if table == "unit":
            return [{"unit_code": code} for code in pools.units]
        if table == "bank_account":
            owners: tuple[Firm | Somebody, ...] = (*pools.firms, *pools.people)
            return [{"account_no": owner.account_no} for owner in owners]
        if len(key) == 1 and TABLES[table].columns()[key[0]].name == "code":
            return [{key[0]: identifier} for identifier in pools.identifiers]
        columns = [self._candidates(table, column) for column in key]
        return [dict(zip(key, cells, strict=True)) for cells in product(*columns)]

    def _candidates(self, table: str, column: str) -> Sequence[str]:
        """Return what one column of a key may hold."""
        pools = self._pools
        for reference in _REFERENCES[table]:
            if reference.columns == (column,) and reference.target in self.made:
                return _keys(self.made[reference.target], reference.target_columns[0])
        if column == "unit_code":
            return pools.units
        kind = TABLES[table].columns()[column]
        found = [
            text
            for someone, some_firm in product(pools.people, pools.firms)
            for text in pools.texts_of(table, column, kind, someone, some_firm)
        ]
        return tuple(dict.fromkeys(found))

    def _vouchers(self) -> list[Row]:
        """Return the vouchers that rows of other tables may name."""
        if "voucher_line" in self.made:
            found = [{column: line[column] for column in _VOUCHER} for line in self.made["voucher_line"]]
            return list({tuple(voucher.values()): voucher for voucher in found}.values())
        units = _keys(self.made["unit"], "unit_code") if "unit" in self.made else self._pools.units
        days = self._pools.days_of("invoice_use", "voucher_date")
        cells = product(units, self._pools.identifiers[:3], days)
        return [dict(zip(_VOUCHER, voucher, strict=True)) for voucher in cells]

    # rows

    def _row(self, table: str, fixed: Row) -> Row:
        """Return one row; `fixed` are the columns that are decided."""
        model, fixed = TABLES[table], self._referring(table, fixed)
        someone, some_firm = self._somebody(fixed), self._firm(fixed)
        fixed |= self._unit_of(table, fixed)
        drawn: dict[str, SearchStrategy[str]] = {}
        for column, kind in model.columns().items():
            if column in fixed:
                drawn[column] = st.just(fixed[column])
            elif not self._is_decided(table, column):
                choices = self._pools.texts_of(table, column, kind, someone, some_firm)
                if choices:
                    drawn[column] = st.sampled_from(choices)
        needed = model.required() | fixed.keys()
        row = self._draw(
            st.fixed_dictionaries(
                {column: value for column, value in drawn.items() if column in needed},
                optional={column: value for column, value in drawn.items() if column not in needed},
            )
        )
        row = put_in_order(row, model.columns(), frozenset(fixed))
        return {column: row[column] for column in model.model_fields if column in row}

    def _is_decided(self, table: str, column: str) -> bool:
        """Tell whether a column that is not fixed has to stay empty: it follows from others, or would dangle."""
        refers = {
            name
            for reference in _REFERENCES[table]
            if reference.target in self.made or reference.target == table
            for name in reference.columns
        }
        follows = {derived.column for derived in TABLES[table].derived}
        return column in refers | follows or (table == "voucher_line" and column in _BALANCED)

    def _referring(self, table: str, fixed: Row) -> Row:
        """Return the fixed columns with those that name rows of other tables; some stay empty."""
        model, fixed = TABLES[table], dict(fixed)
        for reference in _REFERENCES[table]:
            column = reference.columns[-1]
            rows = self.made.get(reference.target, [])
            if reference.columns == _VOUCHER:
                if rows and column not in fixed and self._perhaps():
                    fixed |= self._pick(self._vouchers())
            elif (
                rows
                and column not in (*fixed, "unit_code")
                and (column in model.required() or self._perhaps())
            ):
                target = self._pick(rows)
                fixed[column] = target[reference.target_columns[0]]
                if "unit_code" in target and "unit_code" in model.model_fields:
                    fixed.setdefault("unit_code", target["unit_code"])
        return fixed

    def _unit_of(self, table: str, fixed: Row) -> Row:
        """Return the unit of a row that has none yet."""
        if "unit_code" in fixed or "unit_code" not in TABLES[table].required():
            return {}
        units = _keys(self.made["unit"], "unit_code") if "unit" in self.made else self._pools.units
        return {"unit_code": self._pick(units)}

    def _somebody(self, fixed: Row) -> Somebody:
        """Return the person a row is about: the one it names, or any."""
        people = self._pools.people
        if fixed.get("person_id") in self._pools.identifiers:
            return people[self._pools.identifiers.index(fixed["person_id"]) % len(people)]
        names = {fixed.get(column) for column in ("name", "person_name")}
        return self._pick([someone for someone in people if someone.name in names] or people)

    def _firm(self, fixed: Row) -> Firm:
        """Return the company a row is about: the one it names, or any."""
        firms = self._pools.firms
        return self._pick([firm for firm in firms if firm.uscc == fixed.get("uscc")] or firms)

    # what must add up

    def _voucher_lines(self) -> list[Row]:
        """Return the lines of vouchers that balance, each in one book."""
        units = _keys(self.made["unit"], "unit_code") if "unit" in self.made else self._pools.units
        days = self._pools.days_of("voucher_line", "voucher_date")
        months = tuple(dict.fromkeys(day[:7] for day in days))
        keys = list(product(units, months, self._pools.identifiers[: max(3, self._max_rows // 4)]))
        chosen = self._distinct(keys, max(1, self._max_rows // 2))
        lines: list[Row] = []
        for left, (unit, month, number) in zip(range(len(chosen) - 1, -1, -1), chosen, strict=True):
            voucher = {
                "unit_code": unit,
                "voucher_no": number,
                "voucher_date": self._pick([day for day in days if day.startswith(month)]),
            }
            room = self._max_rows - len(lines) - 2 * left
            for line in self._balanced(voucher, min(room, 4)):
                named = {"line_id": self._pools.identifiers[len(lines)]} if self._perhaps() else {}
                lines.append(self._row("voucher_line", line | named))
        return lines

    def _balanced(self, voucher: Row, most: int) -> list[Row]:
        """Return the lines of one voucher, as far as they are decided."""
        book = self._pick(("financial", "budget"))
        codes = [code for code in ACCOUNT_CODES if book_of_account(code) == book]
        also = {"book": book, "fiscal_year": voucher["voucher_date"][:4], "voided": self._pick(("0", "1"))}
        shared = voucher | {column: text for column, text in also.items() if self._perhaps()}
        sides = self._sides(most)
        return [
            shared | {"line_no": str(number), "account_code": self._pick(codes)} | side
            for number, side in enumerate(sides, start=1)
        ]

    def _sides(self, most: int) -> list[Row]:
        """Return debits and the credit that balances them; a single line carries both or neither."""
        if most < 2:
            amount = self._pick(self._pools.amounts)
            return [self._pick(({"debit": amount, "credit": amount}, {}))]
        debits = self._draw(st.lists(st.sampled_from(self._pools.amounts), min_size=1, max_size=most - 1))
        total = MONEY.render(sum(int(MONEY.read(amount)) for amount in debits))
        return [*({"debit": amount} for amount in debits), {"credit": total}]

    def _carry_balances(self) -> None:
        """Make the balances that were drawn follow from the movements before them."""
        accounts = {row["account_no"]: row for row in self.made.get("bank_account", [])}
        carried: dict[str, int] = {}
        for row in self.made["bank_transaction"]:
            number = row["account_no"]
            opening = accounts.get(number, {}).get("opening_balance", "0.00")
            moved = int(MONEY.read(row["amount"])) * (1 if row["direction"] == "in" else -1)
            carried[number] = carried.get(number, int(MONEY.read(opening))) + moved
            if "balance" in row:
                row["balance"] = MONEY.render(carried[number])


def _keys(rows: Sequence[Row], column: str) -> tuple[str, ...]:
    """Return the values of a key column that is not left out."""
    return tuple(row[column] for row in rows)
