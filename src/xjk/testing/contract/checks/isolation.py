"""RC11: the same books give the same findings, whatever the process, the clock and the machine."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from threading import Timer
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
    line = json.dumps(task)
    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = pool.map(lambda machine: _process(*machine).answer(line), _MACHINES)
    return first, second


_MACHINES = ((1, "UTC"), (2, "Asia/Shanghai"))
"""Hash seed and time zone of either process."""


class _Process:
    """Be a process with a hash seed and time zone of its own that answers one task after the other."""

    def __init__(self, seed: int, zone: str) -> None:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        self._running = subprocess.Popen(
            [sys.executable, "-m", "xjk.testing.contract.isolated"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            env=os.environ
            | {
                "PYTHONHASHSEED": str(seed),
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONUTF8": "1",
                "TZ": zone,
            },
        )
        atexit.register(self._running.kill)

    def answer(self, task: str) -> Answers:
        """Return what each case of a task gives.

        Raises:
            RuleError: when the process ends, takes too long or says something else.
        """
        running = self._running
        out_of_time = Timer(_SECONDS, running.kill)
        out_of_time.start()
        try:
            print(task, file=running.stdin, flush=True)
            answers: Answers = json.loads(running.stdout.readline() if running.stdout else "")
        except (ValueError, OSError):
            _process.cache_clear()
            raise self._ended_early() from None
        finally:
            out_of_time.cancel()
        return answers

    def _ended_early(self) -> RuleError:
        """Put the process away, and return what it said last."""
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            with suppress(OSError):  # what it was told last may still wait to be written
                if pipe is not None:
                    pipe.close()
        with self._errors as errors:
            errors.seek(0)
            told = (errors.read().strip().splitlines() or [f"exit {self._running.returncode}"])[-1]
        return RuleError(
            zh=f"检查规则的进程提前结束：{told}。",
            en=f"The process that checks the rule ended early: {told}.",
            hint_zh="规则不得结束进程，也不得向标准输出写字。",
            hint_en="A rule neither ends the process nor writes to standard output.",
        )


@cache
def _process(seed: int, zone: str) -> _Process:
    """Start a process once: what it loads is the same for every rule."""
    return _Process(seed, zone)
