"""XJK903: voucher numbers that are missing between numbers that are there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from xjk import EvidenceKey, Hit, LedgerView, Params

# Void vouchers keep their number. Numbers may begin again every month.
VOUCHERS = """
select v.unit_code, substr(v.voucher_date, 1, 4) as year, substr(v.voucher_date, 6, 2) as month, v.voucher_no,
  min(v.voucher_date_day) as day, min(v.voucher_line_key) as line_key
from voucher_line v
group by v.unit_code, substr(v.voucher_date, 1, 4), substr(v.voucher_date, 6, 2), v.voucher_no
order by v.unit_code, year, month, v.voucher_no
"""

NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


class Voucher(NamedTuple):
    """Be one voucher of a series: its number, as an integer and as written, and a line of it."""

    number: int
    written: str
    month: str
    day: int
    line_key: str


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per series of numbers: a year's, or a month's where numbers begin again every month."""
    for (unit, year), group in groupby(
        ledger.query(VOUCHERS), lambda row: (str(row["unit_code"]), str(row["year"]))
    ):
        series: dict[str, list[Voucher]] = defaultdict(list)
        for row in group:
            found = NUMBERED.fullmatch(str(row["voucher_no"]))
            if found:
                series[found[1]].append(
                    Voucher(
                        int(found[2]),
                        str(row["voucher_no"]),
                        str(row["month"]),
                        int(row["day"] or 0),
                        str(row["line_key"]),
                    )
                )
        for prefix, vouchers in sorted(series.items()):
            for period, part in _periods(vouchers).items():
                hit = _missing(unit, f"{prefix}|{year}{period}", sorted(part), params)
                if hit is not None:
                    yield hit


def _periods(vouchers: Sequence[Voucher]) -> Mapping[str, list[Voucher]]:
    """Return the vouchers of a year in one series, or by month when most months begin with the lowest number."""
    months: dict[str, list[Voucher]] = defaultdict(list)
    for voucher in vouchers:
        months[f"-{voucher.month}"].append(voucher)
    lowest = min(voucher.number for voucher in vouchers)
    again = sum(min(part).number == lowest for part in months.values())
    return months if again > 1 else {"": list(vouchers)}


def _missing(unit: str, series: str, vouchers: Sequence[Voucher], params: Params) -> Hit | None:
    gaps = [(one, next_) for one, next_ in pairwise(vouchers) if next_.number > one.number + 1]
    missing = sum(next_.number - one.number - 1 for one, next_ in gaps)
    # Where much is missing the export is a part of the books, or the numbers are no running ones.
    if missing < params.min_missing or missing * 100 > len(vouchers) * params.max_share_pct:
        return None
    beside = {voucher.line_key: voucher for gap in gaps for voucher in gap}
    days = [voucher.day for voucher in beside.values()]
    return Hit(
        unit_code=unit,
        subject=series,
        amount_fen=0,
        from_day=min(days),
        to_day=max(days),
        evidence=tuple(EvidenceKey("voucher_line", key, "beside the gap") for key in beside),
        facts={
            "missing": missing,
            "vouchers": len(vouchers),
            "gaps": len(gaps),
            "first_beside": f"{gaps[0][0].written} → {gaps[0][1].written}",
        },
    )
