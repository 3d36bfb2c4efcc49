"""How long a command of the library takes before it does anything, beyond Python's own start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

RUNS = 7

_XJK = str(Path(sys.executable).with_name("xjk"))
COMMANDS: Mapping[str, Sequence[str]] = {
    "import xjk": (sys.executable, "-c", "import xjk"),
    "xjk --help": (_XJK, "--help"),
    "xjk rules list": (_XJK, "rules", "list"),
}


def startup() -> dict[str, float]:
    """Return the processor time of each command beyond that of a bare Python, in seconds."""
    bare = _seconds((sys.executable, "-c", "pass"))
    return {what: _seconds(command) - bare for what, command in COMMANDS.items()}


def _seconds(command: Sequence[str]) -> float:
    """Return the median processor time of a command."""
    times = []
    for _ in range(RUNS):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        times.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return statistics.median(times)
