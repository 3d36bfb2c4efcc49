"""Memory does not grow with the file."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import resource, sys
from tests.unit.ledger.books import PAYMENT, new_intake
from xjk.ledger.crosscheck import check_keys
from xjk.ledger.raw import Batch, RawTable

def batches():
    for first in range(2, {rows} + 2, 5000):
        numbers = range(first, first + 5000)
        rows = [[f"p{{n}}", f"U{{n % 50}}", f"2024-0{{n % 9 + 1}}-11", f"{{n}}.25", f"第{{n}}公司"] for n in numbers]
        yield Batch(rows, numbers)

intake = new_intake()
intake.take(RawTable("payment", "p.csv", PAYMENT, batches))
check_keys(intake)
print(intake.counts[0].accepted, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
intake.store.close()
"""


def peak(rows: int) -> int:
    """Return the peak resident memory, in kilobytes, of taking so many rows in."""
    found = subprocess.run([sys.executable, "-c", PROGRAM.format(rows=rows)], capture_output=True, text=True, check=True)
    accepted, kilobytes = map(int, found.stdout.split())
    assert rows == accepted
    return kilobytes


def test_three_hundred_thousand_rows_need_little_more_memory_than_a_hundred_thousand() -> None:
    assert peak(300_000) < peak(100_000) + 48 * 1024
