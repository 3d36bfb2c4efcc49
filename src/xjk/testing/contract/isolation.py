"""RC11: the same books give the same findings, whatever the process, the clock and the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from xjk.models.words import Words
from xjk.testing.contract.books import of_case
from xjk.testing.contract.subject import Breach, Subject

_SECONDS = 120


def deterministic(subject: Subject) -> Iterator[Breach]:
    """RC11: run the must_flag cases in two processes with other hash seeds, without clock, files and network."""
    cases = [case for case in subject.cases() if case.findings]
    task = {
        "folder": subject.rule.folder,
        "pack": subject.rule.pack,
        "engine": subject.engine,
        "engines": [engine.model_dump() for engine in subject.packs.engines],
        "data_folders": [str(folder) for folder in subject.packs.data_folders],
        "cases": [
            {
                "name": case.name,
                "settings": dict(case.params),
                "books": {table: rows.model_dump() for table, rows in of_case(case).items()},
            }
            for case in cases
        ],
    }
    first, second = (_in_another_process(task, seed) for seed in (1, 2))
    for case in cases:
        one, other = first[case.name], second[case.name]
        for told in dict.fromkeys(answer for answer in (one, other) if isinstance(answer, str)):
            yield Breach(
                Words(zh=f"在隔离的进程中出错：{told}", en=f"It fails in a process of its own: {told}"),
                case.name,
            )
        if not isinstance(one, str) and not isinstance(other, str) and one != other:
            yield Breach(
                Words(
                    zh="两个进程中的结果不同；不要依赖集合的次序、散列值或随机数。",
                    en="Two processes find different things; do not depend on the order of sets, on hashes or on chance.",
                ),
                case.name,
            )


def _in_another_process(task: object, seed: int) -> dict[str, object]:
    """Return what each case gives there: its hits, or what went wrong as text."""
    done = subprocess.run(
        [sys.executable, "-m", "xjk.testing.contract.isolated"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env=os.environ
        | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode != 0:
        told = done.stderr.strip().splitlines()[-1:] or [f"exit {done.returncode}"]
        raise RuntimeError(f"the process that checks a rule ended early: {told[0]}")
    found: dict[str, object] = json.loads(done.stdout)
    return found
