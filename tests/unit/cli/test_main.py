"""The command as a whole: help, languages, imports, interruptions, closed pipes, surprises."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.unit.cli.conftest import XJK, Run

from xjk.cli import doctor
from xjk.cli.console import Console
from xjk.cli.main import language
from xjk.cli.parser import RULES_VERBS, VERBS
from xjk.cli.progress import Progress

COMMANDS = [(), *((verb,) for verb in VERBS), *(("rules", verb) for verb in RULES_VERBS)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_verb_has_help_in_both_languages(xjk: Run, command: tuple[str, ...]) -> None:
    chinese, english = xjk(*command, "--help"), xjk(*command, "--help", "--lang", "en")
    assert (chinese.code, chinese.err, english.code) == (0, "", 0)
    assert "通用选项 common options" in chinese.out
    assert not [char for char in english.out.replace("小金库", "") if "一" <= char <= "鿿"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from xjk.cli.main import main\n"
        f"for command in {COMMANDS!r}:\n"
        "    assert main([*command, '--help']) == 0\n"
        "heavy = {'pydantic', 'pydantic_core', 'yaml', 'pluggy', 'sqlite3', 'importlib.metadata', 'asyncio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "[]\n")


def test_the_version_is_told(xjk: Run) -> None:
    ended = xjk("--version")
    assert ended.code == 0
    assert ended.out.startswith("xjk 0.")


def test_no_verb_is_a_usage_error(xjk: Run) -> None:
    assert xjk().code == 2
    assert xjk("rules").code == 2


@pytest.mark.parametrize(
    ("argv", "variable", "expected"),
    [
        ([], "", "zh"),
        ([], "en", "en"),
        (["--lang", "zh"], "en", "zh"),
        (["check", "x", "--lang=en"], "", "en"),
        (["check", "--", "--lang", "en"], "", "zh"),
        (["--lang"], "", "zh"),
    ],
)
def test_the_option_decides_the_language_before_the_variable(
    argv: list[str], variable: str, expected: str
) -> None:
    assert language(argv, {"XJK_LANG": variable}) == expected


def test_an_interrupted_check_ends_with_130_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with (data / "payment.csv").open("w", encoding="utf-8") as file:
        file.write("payment_id,unit_code,paid_on,amount,payee_name\n")
        file.writelines(f"p{row},U1,2024-01-01,{row}.00,公司{row}\n" for row in range(300_000))
    before = set(tmp_path.iterdir())
    with subprocess.Popen(
        [XJK, "check", str(data), "--output", str(tmp_path / "report.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(scratch), "PYTHONIOENCODING": "utf-8"},
    ) as process:
        deadline = time.monotonic() + 30
        while not any(scratch.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines() == ["已中断；没有留下写了一半的文件。"]
    assert set(tmp_path.iterdir()) == before
    assert list(scratch.iterdir()) == []


def test_a_reader_that_goes_away_is_no_error(data: Path) -> None:
    with subprocess.Popen(
        [XJK, "check", str(data), "--select", "XJK301"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        assert (process.wait(timeout=60), err) == (1, b"")


def test_a_terminal_of_another_encoding_is_no_error(process: Run, data: Path) -> None:
    ended = process("check", data, "--select", "XJK301", PYTHONIOENCODING="ascii")
    assert ended.code == 1
    assert "XJK301" in ended.out


def test_a_surprise_is_one_line_without_data_unless_debugged(
    xjk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprise(*_: object) -> int:
        raise ZeroDivisionError("110101199003077758\x1b[2J")

    monkeypatch.setattr(doctor, "run", surprise)
    ended = xjk("doctor")
    assert ended.code == 2
    assert ended.err.startswith("XJK-E900")
    assert "ZeroDivisionError, test_main.py:" in ended.err
    assert len(ended.err.splitlines()) == 1
    assert "110101199003077758" not in ended.err
    debugged = xjk("doctor", "--debug")
    assert "Traceback" in debugged.err
    assert "\x1b" not in debugged.err


class Terminal(io.StringIO):
    """Be a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_wiped() -> None:
    screen = Terminal()
    with Progress(Console("en"), screen) as progress:
        progress.rows("a\x1b.csv", 1200)
        progress.rule("XJK301", 1, 30)
    assert screen.getvalue().startswith("\r\x1b[Kreading a.csv: 1,200 rows")
    assert screen.getvalue().endswith("\r\x1b[K")
    assert "XJK301" not in screen.getvalue(), "the second came too soon after the first"


@pytest.mark.parametrize(
    ("screen", "quiet"), [(io.StringIO(), False), (Terminal(), True)], ids=["no terminal", "quiet"]
)
def test_progress_is_silent_elsewhere(screen: io.StringIO, quiet: bool) -> None:
    with Progress(Console("zh", quiet=quiet), screen) as progress:
        progress.rows("a.csv", 1)
        progress.rule("XJK301", 1, 1)
    assert screen.getvalue() == ""
