"""Run the cases of rules in a process without clock, files and network; the program behind RC11.

Reads tasks from standard input, one rule a line, and writes to standard output what each case gives, a line of JSON
for each task. Everything the library needs is loaded before the doors are shut: an audit hook cannot be taken off
again, which is why this is a process.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from xjk.errors import XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.models.finding import Hit
from xjk.models.pack import EngineInfo
from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.rules.folder import read_rule
from xjk.testing.contract.subject import Subject

_BLOCKED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename",
    "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "os.putenv", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.",
    "smtplib.", "sqlite3.connect", "webbrowser.",
)  # fmt: skip
_LISTINGS = ("os.listdir", "os.scandir")

_CLOCK = Words(
    zh="规则不得读时钟；“今天”取 ledger.as_of",
    en="a rule may not read the clock; take today from ledger.as_of",
)
_TELLS_NOW: Mapping[str, int] = {
    **dict.fromkeys(("time", "time_ns", "clock_gettime", "clock_gettime_ns"), 9),
    **dict.fromkeys(("localtime", "gmtime", "ctime", "asctime"), 0),
    "strftime": 1,
}
"""Functions of ``time`` and with how many arguments at most they tell what time it is; given more, they convert."""


def main() -> None:
    """Carry out the tasks on standard input until it ends."""
    doors = _Doors()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answers(json.loads(line), doors), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _answers(task: Mapping[str, Any], doors: _Doors) -> Mapping[str, object]:
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
        doors.watch(subject.rule)
        for name, ask in asks.items():
            with doors:
                answer = _answer(ask)
            found[name] = doors.refused or answer
    return found


def _books(given: dict[str, Any]) -> dict[str, CaseTable]:
    return {table: CaseTable.model_validate(rows) for table, rows in given.items()}


def _answer(ask: Callable[[], Sequence[Hit]]) -> object:
    """Return hits as a list, and what went wrong as a mapping from language to text."""
    try:
        return [asdict(hit) for hit in ask()]
    except XjkError as error:
        return {"zh": f"{error.where} {error.zh}", "en": f"{error.where} {error.en}"}


class _Doors:
    """Refuses files, processes, network and clock while a rule runs; the rule's own files and Python's may be read.

    What was refused first is kept, since a rule may catch the error: the answer it gives then is no answer. What
    Python does to import a module of its own is let pass.
    """

    def __init__(self) -> None:
        self.refused: dict[str, str] | None = None
        self._is_shut = False
        self._folder: Path | None = None
        self._libraries = tuple(
            Path(sysconfig.get_path(name)).resolve()
            for name in ("stdlib", "platstdlib", "purelib", "platlib")
        )

    def watch(self, rule: Rule) -> None:
        """Watch over a rule from now on, and over this process when it is the first."""
        is_first = self._folder is None
        self._folder = Path(rule.folder).resolve()
        if is_first:
            sys.dont_write_bytecode = True
            sys.addaudithook(self.look)
            _watch_clocks(self)

    def __enter__(self) -> None:
        self.refused = None
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
            if not (is_reading and self._is_own(path)):
                self.refuse(Words(zh=f"规则不得打开文件：{path}", en=f"a rule may not open files: {path}"))
        elif event.startswith(_BLOCKED) and not (event in _LISTINGS and self._is_own(arguments[0])):
            self.refuse(
                Words(
                    zh=f"规则不得触及账套之外：{event}",
                    en=f"a rule may not reach outside the ledger: {event}",
                )
            )

    def refuse(self, told: Words) -> None:
        """Raise an error where the doors are shut, and keep what it says.

        Raises:
            PermissionError: unless Python is importing a module.
        """
        if not self._is_shut or self._is_importing():
            return
        if self.refused is None:
            where = next((_place(frame) for frame in _callers() if self._is_of_rule(frame)), "")
            self.refused = {"zh": f"{where} {told.zh}", "en": f"{where} {told.en}"}
        raise PermissionError(told.en)

    def _is_own(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        whole = Path(path).resolve()
        return any(whole.is_relative_to(folder) for folder in (self._folder, *self._libraries) if folder)

    def _is_importing(self) -> bool:
        """Tell whether what is done now is done to import a module of Python or of a library, not by the rule."""
        for frame in _callers():
            file = frame.f_code.co_filename
            if file.startswith("<frozen importlib"):
                return True
            if self._is_of_rule(frame):
                return False
        return False

    def _is_of_rule(self, frame: FrameType) -> bool:
        return self._folder is not None and Path(frame.f_code.co_filename).is_relative_to(self._folder)


def _callers() -> Iterator[FrameType]:
    """Yield the frames that led here, the innermost first."""
    frame = inspect.currentframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


def _place(frame: FrameType) -> str:
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _watch_clocks(doors: _Doors) -> None:
    """Let the doors refuse what tells the time of day; measuring how long something takes still works."""

    def watched(real: Callable[..., Any], most: int = 9) -> Callable[..., Any]:
        def ask(*arguments: Any, **named: Any) -> Any:
            if len(arguments) <= most:
                doors.refuse(_CLOCK)
            return real(*arguments, **named)

        return ask

    for name, most in _TELLS_NOW.items():
        if hasattr(time, name):
            setattr(time, name, watched(getattr(time, name), most))

    class Kind(type):
        def __instancecheck__(cls, thing: object) -> bool:
            return isinstance(thing, cls.__mro__[1])

    class Date(dt.date, metaclass=Kind):
        pass

    class DateTime(dt.datetime, metaclass=Kind):
        pass

    for kind, name in ((Date, "today"), (DateTime, "today"), (DateTime, "now"), (DateTime, "utcnow")):
        setattr(kind, name, staticmethod(watched(getattr(kind.__mro__[1], name))))
    setattr(dt, "date", Date)  # noqa: B010 - a rule imports these names from the module
    setattr(dt, "datetime", DateTime)  # noqa: B010


if __name__ == "__main__":
    main()
