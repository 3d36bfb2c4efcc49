"""Memory does not grow with the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = """
import resource
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
    program = [sys.executable, "-c", PROGRAM.format(rows=rows)]
    found = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT)
    accepted, kilobytes = map(int, found.stdout.split())
    assert rows == accepted
    return kilobytes


def test_three_hundred_thousand_rows_need_little_more_memory_than_a_hundred_thousand() -> None:
    assert peak(300_000) < peak(100_000) + 48 * 1024
