"""RC11: the same books give the same findings, whatever the process, the clock and the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from xjk.errors import RuleError
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
    first, second = _in_two_processes(task)
    for case in cases:
        one, other = first[case.name], second[case.name]
        told = next((answer for answer in (one, other) if isinstance(answer, dict)), None)
        if told is not None:
            yield Breach(
                Words(
                    zh=f"在隔离的进程中出错：{told['zh']}。",
                    en=f"It fails in a process of its own: {told['en']}.",
                ),
                case.name,
            )
        elif one != other:
            yield Breach(
                Words(
                    zh="两个进程中的结果不同；不要依赖集合的次序、散列值或随机数。",
                    en="Two processes find different things; do not depend on the order of sets, on hashes or on chance.",
                ),
                case.name,
            )


Answers = Mapping[str, Any]
"""What each case gives: its hits as a list, or what went wrong as a mapping from language to text."""


def _in_two_processes(task: object) -> tuple[Answers, Answers]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = pool.map(partial(_in_another_process, task), ((1, "UTC"), (2, "Asia/Shanghai")))
    return first, second


def _in_another_process(task: object, machine: tuple[int, str]) -> Answers:
    """Return what each case gives in a process with another hash seed and time zone.

    Raises:
        RuleError: when the process ends before it has answered.
    """
    seed, zone = machine
    done = subprocess.run(
        [sys.executable, "-m", "xjk.testing.contract.isolated"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env=os.environ
        | {
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONUTF8": "1",
            "TZ": zone,
        },
        check=False,
    )
    try:
        answers: Answers = json.loads(done.stdout)
    except ValueError:
        told = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        raise RuleError(
            zh=f"检查规则的进程提前结束：{told}。",
            en=f"The process that checks the rule ended early: {told}.",
            hint_zh="规则不得结束进程，也不得向标准输出写字。",
            hint_en="A rule neither ends the process nor writes to standard output.",
        ) from None
    return answers
