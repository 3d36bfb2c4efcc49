"""Entry point of the command ``xjk``: parse, hand over to the verb, turn every end into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from xjk.cli.console import Console, discard_output
from xjk.cli.parser import build_parser
from xjk.errors import InternalError, Lang, UserError, XjkError
from xjk.report.safe import one_line

USAGE_OR_DATA_ERROR = 2
INTERRUPTED = 130


def run() -> NoReturn:
    """Run the command line of this process and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = main(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the work is done; let the process end with its own code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
    sys.exit(code)


def main(argv: Sequence[str]) -> int:
    """Carry out one command line and return its exit code; results go to standard output, talk to standard error."""
    lang = language(argv, os.environ)
    console = Console(lang, quiet="--quiet" in argv)
    try:
        args = build_parser(lang).parse_args(argv)
        code: int = import_module(f"xjk.cli.{args.module}").run(args, console)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE_OR_DATA_ERROR
    except KeyboardInterrupt:
        _tell(console.say("已中断；没有留下写了一半的文件。", "Interrupted; nothing is left half-written."))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort of a program that people run
        _tell(_told(error, console, debug="--debug" in argv))
        return USAGE_OR_DATA_ERROR
    return code


def language(argv: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language the user asked for, before anything is parsed: help and usage errors need it too."""
    words = [*argv[: argv.index("--")]] if "--" in argv else [*argv]
    asked = environment.get("XJK_LANG", "")
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


def _tell(text: str) -> None:
    """Say what went wrong, line by line and harmless for a terminal, if anybody still listens."""
    with suppress(BrokenPipeError):
        for line in text.splitlines():
            body = line.lstrip(" ")
            print(" " * (len(line) - len(body)) + one_line(body), file=sys.stderr)


def _told(error: Exception, console: Console, *, debug: bool) -> str:
    if isinstance(error, XjkError):
        return error.text(console.lang)
    if isinstance(error, OSError):
        return _os_error(error, console)
    return _unexpected(error, console, debug=debug)


def _os_error(error: OSError, console: Console) -> str:
    """Say which file the system refused, and why."""
    why = error.strerror or type(error).__name__
    name = error.filename if isinstance(error.filename, str) else ""
    return UserError(zh=f"文件操作失败：{why}。", en=f"The system refused: {why}.", where=name).text(
        console.lang
    )


def _unexpected(error: Exception, console: Console, *, debug: bool) -> str:
    """Say that this is our fault; the message may hold data, so only kind and place are told unless asked for."""
    if debug:
        return "".join(traceback.format_exception(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
    return InternalError(
        zh=f"意外错误（{where}）。",
        en=f"Something unexpected happened ({where}).",
        hint_zh="请报告此问题；加 --debug 可看详情。",
        hint_en="Please report it; --debug shows the details.",
    ).text(console.lang)
