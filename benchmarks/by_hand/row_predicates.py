"""The rules that judge one row at a time, as predicates of the library rule-engine.

A predicate says which rows are meant; joining and adding up is Python, as it would be for a user of that library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import rule_engine
from by_hand.csv_rows import names, rows
from by_hand.parameters import ROW_RULES, Hit, Parameters
from by_hand.standards import MEETING_DAY_FEN

Row = dict[str, Any]
Values = Mapping[str, int]
Matches = Callable[[Row], bool]

PREDICATES: Mapping[str, str] = {
    "EXA101": """
        amount_fen >= {min_amount_fen} and amount_fen % {round_to_fen} == 0
        and (on_roll or (payee_name =~~ "^[\u4e00-\u9fff]{{2,3}}$" and payee_name !~~ "[店铺行轩阁坊部馆厅社站场]$"))
    """,
    "XJK301": """
        kind == "meeting" and attendees != null and attendees > 0 and days > 0
        and cost_fen - people * days * day_fen >= {min_excess_fen}
    """,
    "XJK706": """
        total_fen > 0 and issued_on >= "2000-01-01" and kind not in ["fiscal", "other"]
        and (invoice_code == null
             ? (invoice_number.length == 20 and invoice_number[0:2] != issued_on[2:4])
             : (invoice_code.length == 10
                ? invoice_code[4:6] > issued_on[2:4]
                : (invoice_code.length == 12 and invoice_code[0] == "0" and invoice_code[5:7] > issued_on[2:4])))
    """,
    "XJK712": """
        total_fen >= {min_amount_fen} and kind not in ["fiscal", "toll", "other"]
        and ((rate_micro != null and rate_micro < 1000000 and rate_micro not in
              [0, 5000, 10000, 15000, 20000, 30000, 50000, 60000, 90000, 130000])
             or (net_fen != null and tax_fen != null
                 and (net_fen + tax_fen - total_fen >= {min_difference_fen}
                      or total_fen - net_fen - tax_fen >= {min_difference_fen}
                      or tax_fen * 1000000 - net_fen * 130000 >= {min_difference_fen} * 1000000)))
    """,
}
"""What makes a row a hit; parameters stand in braces."""


def find(folder: Path, rules: Parameters) -> list[Hit]:
    """Return what the row rules among `rules` find in the CSV files of a folder."""
    chosen = {code: values for code, values in rules.items() if code in ROW_RULES}
    match = {code: _matches(code, values) for code, values in chosen.items()}
    hits: list[Hit] = []
    if "EXA101" in chosen:
        hits += _payments(folder, match["EXA101"])
    if "XJK301" in chosen:
        hits += _meetings(folder, match["XJK301"], chosen["XJK301"])
    of_invoices = {code: match[code] for code in chosen if code in _LEAST_CLAIM}
    return hits + list(_invoices(folder, of_invoices, chosen))


def _matches(code: str, values: Values) -> Matches:
    matches: Matches = rule_engine.Rule(PREDICATES[code].format_map(values)).matches
    return matches


def _payments(folder: Path, matches: Matches) -> Iterator[Hit]:
    roll = {row["name"] for row in _rows(folder, "person")}
    for row in _rows(folder, "payment"):
        row["on_roll"] = row["payee_name"] in roll
        if matches(row):
            yield "EXA101", row["unit_code"], row["payment_id"], row["amount_fen"]


def _meetings(folder: Path, matches: Matches, values: Values) -> Iterator[Hit]:
    for row in _rows(folder, "event"):
        length = date.fromisoformat(row["ends_on"]) - date.fromisoformat(row["starts_on"])
        row["days"] = length.days + 1 + values["travel_days"]
        row["people"] = (row["attendees"] or 0) + values["staff_besides"] * (row["staff_members"] or 0)
        row["day_fen"] = MEETING_DAY_FEN[row["grade"] or 1]
        if matches(row):
            excess = row["cost_fen"] - row["people"] * row["days"] * row["day_fen"]
            yield "XJK301", row["unit_code"], row["event_id"], excess


def _invoices(folder: Path, match: Mapping[str, Matches], rules: Parameters) -> Iterator[Hit]:
    """Yield the claims on the invoices that match, added up by rule, unit and invoice."""
    if not match:
        return
    meant: dict[str, list[str]] = {}
    for row in _rows(folder, "invoice"):
        row["kind"] = row["kind"] or "digital"
        for code, matches in match.items():
            if matches(row):
                meant.setdefault(row["invoice_id"], []).append(code)
    claimed: Counter[tuple[str, str, str]] = Counter()
    for row in _rows(folder, "invoice_use"):
        for code in meant.get(row["invoice_id"], ()):
            if code == "XJK706" or row["claimed_fen"] > 0:
                claimed[code, row["unit_code"], row["invoice_id"]] += row["claimed_fen"]
    for (code, unit, invoice), amount in claimed.items():
        if amount >= rules[code].get(_LEAST_CLAIM[code], 1):
            yield code, unit, invoice, amount


_LEAST_CLAIM = {"XJK706": "min_amount_fen", "XJK712": ""}
"""Rules about invoices, and the parameter that bounds what is claimed; any claim counts when there is none."""


def _rows(folder: Path, table: str) -> Iterator[Row]:
    columns = names(table)
    for row in rows(folder, table):
        yield dict(zip(columns, row, strict=True))
