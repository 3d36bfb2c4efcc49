"""Checks that need more than one row: keys, references, balances, gaps.

Each is one query of the loaded relations. A repeated key quarantines the later row; everything else is a warning,
because books that contradict themselves are what an auditor looks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from xjk.errors import EngineError
from xjk.ledger.intake import Intake, Refusal
from xjk.ledger.references import Reference, references
from xjk.ledger.relations import SUFFIXES, RelationColumn, table_relation
from xjk.ledger.store import Store, Value
from xjk.models.columns import ColumnType
from xjk.models.masking import mask
from xjk.models.money import money_text
from xjk.models.problem import Problem
from xjk.models.tables import TABLES

_SPANS = (("starts_on", "ends_on"), ("eligible_from", "eligible_to"), ("valid_from", "valid_to"))
_SOURCE = "JOIN source s ON s.source_id = t.source_id"


def check_keys(intake: Intake) -> None:
    """Build the indexes of every table; where a key is used twice, quarantine all rows but the first."""
    for table in TABLES:
        relation = table_relation(table)
        if not intake.store.index(relation):
            _quarantine_duplicates(intake, table)
            intake.store.index(relation)


def check_rows(intake: Intake, supplied: Collection[str]) -> None:
    """Run the checks across rows over the tables that were supplied; one that fails is told and costs only itself."""
    for table, problems in _checks(intake.store, supplied):
        try:
            intake.tell(problems)
        except EngineError as error:
            intake.tell((Problem.of("check_failed", table=table, what=error.zh, what_en=error.en),))


def _checks(store: Store, supplied: Collection[str]) -> Iterator[tuple[str, Iterator[Problem]]]:
    """Yield each check that the supplied tables allow, with the table it is about."""
    for reference in references():
        if reference.table in supplied and reference.target in supplied:
            yield reference.table, _dangling(store, reference)
    if "voucher_line" in supplied:
        yield "voucher_line", _unbalanced_vouchers(store)
        yield "voucher_line", _period_gaps(store)
    if "bank_transaction" in supplied:
        yield "bank_transaction", _running_balances(store)
    for table in supplied:
        for first, last in _SPANS:
            if {first, last} <= set(TABLES[table].model_fields):
                yield table, _reversed_dates(store, table, first, last)


def _quarantine_duplicates(intake: Intake, table: str) -> None:
    """Move every row whose key an earlier row has used into quarantine."""
    relation, types = table_relation(table), TABLES[table].columns()
    key = ", ".join(relation.key)
    columns = ", ".join(f"d.{column.name}" for column in relation.columns)
    numbered = f"""
        WITH numbered AS (
          SELECT t.*, row_number() OVER (PARTITION BY {key} ORDER BY source_id, source_row) AS place,
            first_value(source_id) OVER (PARTITION BY {key} ORDER BY source_id, source_row) AS first_source,
            first_value(source_row) OVER (PARTITION BY {key} ORDER BY source_id, source_row) AS first_row
          FROM {table} t)"""  # noqa: S608 - names of the contract
    sql = f"""{numbered}
        SELECT s.file, f.file AS first_file, d.first_row, {columns}
        FROM numbered d JOIN source s ON s.source_id = d.source_id JOIN source f ON f.source_id = d.first_source
        WHERE d.place > 1 ORDER BY d.source_id, d.source_row"""  # noqa: S608 - names of the contract
    refused: list[Refusal] = []
    for row in intake.store.query(sql).dicts():
        file, number = str(row["file"]), int(row["source_row"] or 0)
        cells = _canonical_cells(row, relation.columns, types)
        problem = Problem.of(
            "duplicate_key",
            table=table,
            file=file,
            row=number,
            column=",".join(relation.key),
            value=_shown(types, cells, relation.key),
            first_file=row["first_file"],
            first_row=row["first_row"],
        )
        refused.append(Refusal(int(row["source_id"] or 0), table, file, number, cells, (problem,)))
    intake.quarantine_stored(refused)
    neighbours = f"""{numbered}
        SELECT {columns} FROM numbered d WHERE d.place = 1
        AND (d.source_id, d.source_row) IN (SELECT source_id, source_row FROM numbered WHERE place > 1)"""  # noqa: S608
    kept = list(intake.store.query(neighbours))  # repaired rows may give the same origin
    intake.store.delete(relation, [(refusal.source_id, refusal.row) for refusal in refused])
    intake.store.append(relation, kept)


def _canonical_cells(
    row: Mapping[str, Value], columns: Iterable[RelationColumn], types: Mapping[str, ColumnType]
) -> dict[str, str]:
    """Return a stored row as canonical text by canonical column."""
    cells: dict[str, str] = {}
    present = {column.name for column in columns}
    for name, kind in types.items():
        physical = name + SUFFIXES.get(kind.name, "")
        value = row[physical] if physical in present else None
        cells[name] = "" if value is None else str(value) if kind.name == "date" else kind.render(value)
    return cells


def _shown(types: Mapping[str, ColumnType], cells: Mapping[str, str], columns: Iterable[str]) -> str:
    """Join cells for a message, personal ones masked."""
    return "|".join(mask(cells[name]) if types[name].personal else cells[name] for name in columns)


def _dangling(store: Store, reference: Reference) -> Iterator[Problem]:
    """Tell each value that names no row of the target, at the first row that uses it."""
    types = TABLES[reference.table].columns()
    columns = ", ".join(f"t.{name}" for name in reference.columns)
    given = " AND ".join(f"t.{name} IS NOT NULL" for name in reference.columns)
    same = " AND ".join(
        f"x.{there} = t.{here}"
        for here, there in zip(reference.columns, reference.target_columns, strict=True)
    )
    sql = f"""
        SELECT {columns}, count(*) AS rows_found, min(s.source_id) AS source_id, min(t.source_row) AS first_row, s.file
        FROM {reference.table} t {_SOURCE}
        WHERE {given} AND NOT EXISTS (SELECT 1 FROM {reference.target} x WHERE {same})
        GROUP BY {columns}, s.file ORDER BY source_id, first_row"""  # noqa: S608
    for row in store.query(sql).dicts():
        cells = {name: str(row[name]) for name in reference.columns}
        yield Problem.of(
            "dangling",
            table=reference.table,
            file=str(row["file"]),
            row=_row_number(row["first_row"]),
            column=",".join(reference.columns),
            value=_shown(types, cells, reference.columns),
            target=reference.target,
            rows=row["rows_found"],
        )


def _unbalanced_vouchers(store: Store) -> Iterator[Problem]:
    """Tell every voucher whose debits and credits differ within one book; voided lines do not count."""
    sql = """
        SELECT t.unit_code, t.voucher_no, t.voucher_date, coalesce(t.book, 'financial') AS book,
          sum(coalesce(t.debit_fen, 0)) AS debit, sum(coalesce(t.credit_fen, 0)) AS credit,
          min(t.source_id) AS source_id, min(t.source_row) AS first_row
        FROM voucher_line t WHERE coalesce(t.voided, 0) = 0
        GROUP BY t.unit_code, t.voucher_no, t.voucher_date_day, t.voucher_date, coalesce(t.book, 'financial')
        HAVING sum(coalesce(t.debit_fen, 0)) <> sum(coalesce(t.credit_fen, 0))
        ORDER BY source_id, first_row"""
    files = _files(store)
    for row in store.query(sql).dicts():
        yield Problem.of(
            "unbalanced",
            table="voucher_line",
            file=files[row["source_id"]],
            row=_row_number(row["first_row"]),
            column="debit,credit",
            value=f"{row['unit_code']} {row['voucher_date']} {row['voucher_no']}",
            book="财务会计 financial" if row["book"] == "financial" else "预算会计 budget",
            debit=_yuan(row["debit"]),
            credit=_yuan(row["credit"]),
        )


def _period_gaps(store: Store) -> Iterator[Problem]:
    """Tell every month without a voucher between the first and the last month of a unit's year."""
    sql = """
        SELECT unit_code, substr(voucher_date, 1, 7) AS month, min(source_id) AS source_id, min(source_row) AS first_row
        FROM voucher_line GROUP BY unit_code, substr(voucher_date, 1, 7) ORDER BY unit_code, month"""
    files = _files(store)
    before: tuple[str, int] | None = None
    for row in store.query(sql).dicts():
        unit, month = str(row["unit_code"]), str(row["month"])
        number = int(month[:4]) * 12 + int(month[5:]) - 1
        for gap in range(before[1] + 1, number) if before and before[0] == unit else ():
            yield Problem.of(
                "period_gap",
                table="voucher_line",
                file=files[row["source_id"]],
                row=_row_number(row["first_row"]),
                column="voucher_date",
                value=f"{unit} {gap // 12}-{gap % 12 + 1:02d}",
                unit=unit,
                year=gap // 12,
                period=gap % 12 + 1,
            )
        before = unit, number


def _running_balances(store: Store) -> Iterator[Problem]:
    """Tell where a statement's balance does not follow from the line before.

    Banks print statements in either order, so each account is read in the direction that breaks less often. Lines
    without a balance are bridged by what they moved.
    """
    sql = """
        WITH lines AS (
          SELECT account_no, balance_fen, source_id, source_row,
            CASE direction WHEN 'in' THEN amount_fen ELSE -amount_fen END AS moved
          FROM bank_transaction),
        sums AS (
          SELECT lines.*, sum(moved) OVER (
            PARTITION BY account_no ORDER BY source_id, source_row ROWS UNBOUNDED PRECEDING) AS moved_so_far
          FROM lines),
        steps AS (
          SELECT account_no, source_id, source_row, balance_fen,
            lag(balance_fen - moved_so_far) OVER way + moved_so_far AS downwards,
            lag(balance_fen + moved_so_far - moved) OVER way - moved_so_far + moved AS upwards
          FROM sums WHERE balance_fen IS NOT NULL
          WINDOW way AS (PARTITION BY account_no ORDER BY source_id, source_row))
        SELECT account_no, source_id, source_row, balance_fen, downwards, upwards
        FROM steps WHERE downwards <> balance_fen OR upwards <> balance_fen
        ORDER BY account_no, source_id, source_row"""
    files = _files(store)
    for _, rows in groupby(store.query(sql).dicts(), key=itemgetter("account_no")):
        steps = list(rows)
        broken = {
            way: [step for step in steps if step[way] != step["balance_fen"]]
            for way in ("downwards", "upwards")
        }
        way = min(broken, key=lambda way: len(broken[way]))
        for step in broken[way]:
            yield Problem.of(
                "running_balance",
                table="bank_transaction",
                file=files[step["source_id"]],
                row=_row_number(step["source_row"]),
                column="balance",
                value=_yuan(step["balance_fen"]),
                expected=_yuan(step[way]),
                found=_yuan(step["balance_fen"]),
            )


def _reversed_dates(store: Store, table: str, first: str, last: str) -> Iterator[Problem]:
    """Tell every row that ends before it starts."""
    sql = f"""
        SELECT s.file, t.source_row, t.{first} AS first, t.{last} AS last
        FROM {table} t {_SOURCE} WHERE t.{last}_day < t.{first}_day ORDER BY t.source_id, t.source_row"""  # noqa: S608
    for row in store.query(sql).dicts():
        yield Problem.of(
            "reversed_dates",
            table=table,
            file=str(row["file"]),
            row=_row_number(row["source_row"]),
            column=last,
            value=str(row["last"]),
            start=row["first"],
        )


def _files(store: Store) -> dict[Value, str]:
    return {row[0]: str(row[1]) for row in store.query("SELECT source_id, file FROM source")}


def _row_number(value: Value) -> int:
    return max(int(value or 1), 1)


def _yuan(value: Value) -> str:
    return money_text(int(value or 0))
