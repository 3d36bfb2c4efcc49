"""``xjk new pack``: create a pack from the example."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from xjk.cli.console import Console
from xjk.report.safe import one_line
from xjk.report.width import wrap
from xjk.scaffold.pack import new_pack


def run(args: Namespace, console: Console) -> int:
    """Create a pack, list its files and say what to do next."""
    made = new_pack(args.name, args.folder, prefix=args.prefix)
    console.deliver_lines([*created_lines(made, console), *next_lines(_steps(made, console), console)])
    return 0


def created_lines(folder: Path, console: Console) -> Iterator[str]:
    """Yield a folder that was just made and its files, each whole on one line."""
    yield one_line(console.say(f"已建立 {folder}", f"Created {folder}"))
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"  {one_line(str(path.relative_to(folder)))}"


def next_lines(steps: Iterable[tuple[str, str]], console: Console) -> Iterator[str]:
    """Yield numbered steps, each with the command that does it on a line of its own."""
    yield from ("", console.say("接下来", "Next"))
    for number, (step, command) in enumerate(steps, start=1):
        yield from wrap(step, indent=f"  {number}. ")
        if command:
            yield f"     {one_line(command)}"


def _steps(folder: Path, console: Console) -> Iterator[tuple[str, str]]:
    where = shlex.quote(str(folder))
    yield (
        console.say("安装它和测试工具", "Install it and the testing kit"),
        f'pip install -e {where} "xjk[testing]"',
    )
    yield (
        console.say(
            "运行测试；须由作者写的地方标有 TODO，测试会列出规则中剩下的每一处",
            "Run its tests; what you have to write is marked TODO, and the tests list what is left in the rules",
        ),
        f"pytest {where}",
    )
    yield (
        console.say(
            "新建自己的规则，然后删去两条示例规则的文件夹",
            "Add rules of your own, then delete the folders of the two samples",
        ),
        f"xjk new rule CODE NAME --pack {where}",
    )
