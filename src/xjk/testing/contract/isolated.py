"""Run the cases of one rule in a process without clock, files and network; the program behind RC11.

Reads a task from standard input and writes what each case gives to standard output, as JSON. Everything the library
needs is loaded before the doors are shut: an audit hook cannot be taken off again, which is why this is a process.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from xjk.errors import XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.models.finding import Hit
from xjk.models.pack import EngineInfo
from xjk.models.rule import Rule
from xjk.rules.case_tables import CaseTable
from xjk.rules.folder import read_rule
from xjk.testing.contract.subject import Subject

_BLOCKED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename",
    "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "os.putenv", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.",
    "smtplib.", "sqlite3.connect", "webbrowser.",
)  # fmt: skip


def main() -> None:
    """Carry out the task on standard input."""
    task = json.load(sys.stdin)
    subject = Subject(
        read_rule(Path(task["folder"]), task["pack"]),
        Catalogue(
            data_folders=tuple(Path(folder) for folder in task["data_folders"]),
            engines=tuple(EngineInfo(**engine) for engine in task["engines"]),
        ),
        task["engine"],
    )
    found: dict[str, object] = {}
    with ExitStack() as stack:
        asks = {
            case["name"]: stack.enter_context(subject.asked(_books(case["books"]), case["settings"]))
            for case in task["cases"]
        }
        doors = _Doors(subject.rule)
        sys.addaudithook(doors.look)
        _stop_clocks()
        with doors:
            for name, ask in asks.items():
                found[name] = _answer(ask)
    json.dump(found, sys.stdout, ensure_ascii=False)


def _books(given: dict[str, Any]) -> dict[str, CaseTable]:
    return {table: CaseTable.model_validate(rows) for table, rows in given.items()}


def _answer(ask: Callable[[], Sequence[Hit]]) -> object:
    try:
        return [asdict(hit) for hit in ask()]
    except XjkError as error:
        return f"{error.where} {error.en}"


class _Doors:
    """Refuses files, processes and network while a rule runs; the rule's own files and Python's may be read."""

    def __init__(self, rule: Rule) -> None:
        self._is_shut = False
        self._open_to = tuple(
            str(Path(folder).resolve())
            for folder in (rule.folder, sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))
        )

    def __enter__(self) -> None:
        self._is_shut = True

    def __exit__(self, *_: object) -> None:
        self._is_shut = False

    def look(self, event: str, arguments: tuple[object, ...]) -> None:
        """Be the audit hook of this process."""
        if not self._is_shut:
            return
        if event == "open":
            path, mode = arguments[0], arguments[1]
            is_reading = mode is None or not set(str(mode)) & set("wax+")
            is_own = isinstance(path, str) and str(Path(path).absolute()).startswith(self._open_to)
            if not (is_reading and is_own):
                raise PermissionError(f"a rule may not open files: {path}")
        elif event.startswith(_BLOCKED):
            raise PermissionError(f"a rule may not reach outside the ledger: {event}")


def _stop_clocks() -> None:
    """Make reading the clock an error; measuring how long something takes still works."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError("a rule may not read the clock; take today from ledger.as_of")

    for name in ("time", "time_ns", "localtime", "gmtime", "ctime"):
        setattr(time, name, refuse)

    class Kind(type):
        def __instancecheck__(cls, thing: object) -> bool:
            return isinstance(thing, cls.__mro__[1])

    class Date(dt.date, metaclass=Kind):
        pass

    class DateTime(dt.datetime, metaclass=Kind):
        pass

    for kind, name in ((Date, "today"), (DateTime, "today"), (DateTime, "now"), (DateTime, "utcnow")):
        setattr(kind, name, refuse)
    setattr(dt, "date", Date)  # noqa: B010 - a rule imports these names from the module
    setattr(dt, "datetime", DateTime)  # noqa: B010


if __name__ == "__main__":
    main()
