"""Load one voucher file in this process and print the figures as JSON.

Times are processor time of this process, so that a busy machine does not count; ``wall_per_cpu`` says how much
longer the clock ran.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from pathlib import Path

from xjk.engines.sqlite import SqliteStore
from xjk.ledger.intake import Intake
from xjk.ledger.relations import relations
from xjk.readers import open_source
from xjk.runner.load import load


def main(path: str) -> None:
    """Time the bare csv reader, then intake alone, then a whole load."""
    started, clock = time.process_time(), time.perf_counter()
    with Path(path).open(encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.reader(file)) - 1
    read = time.process_time()
    store = SqliteStore()
    for relation in relations():
        store.create(relation)
    intake = Intake(store)
    began = time.process_time()
    for raw in open_source(path):
        intake.take(raw)
    taken = time.process_time()
    store.close()
    with load(path) as ledger:
        loaded = time.process_time()
        accepted = ledger.validation(0).accepted
    if accepted != lines:
        raise SystemExit(f"{accepted} of {lines} lines were accepted")
    figures = {
        "csv_seconds": read - started,
        "intake_seconds": taken - began,
        "lines_per_second": lines / (taken - began),
        "load_seconds": loaded - taken,
        "wall_per_cpu": (time.perf_counter() - clock) / (time.process_time() - started),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1])
