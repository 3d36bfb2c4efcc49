"""``xjk new pack``: create a pack from the example."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from xjk.cli.console import Console
from xjk.report.width import wrap
from xjk.scaffold.pack import new_pack


def run(args: Namespace, console: Console) -> int:
    """Create a pack, list its files and say what to do next."""
    made = new_pack(args.name, args.folder, prefix=args.prefix)
    console.deliver_lines([*created_lines(made, console), *_next_lines(made, console)])
    return 0


def created_lines(folder: Path, console: Console) -> Iterator[str]:
    """Yield the files of a folder that was just made."""
    yield from wrap(console.say(f"已建立 {folder}", f"Created {folder}"))
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from wrap(str(path), indent="  ")


def _next_lines(folder: Path, console: Console) -> Iterator[str]:
    where = shlex.quote(str(folder))
    steps = (
        console.say(
            f'安装它和测试工具：pip install -e {where} "xjk[testing]"',
            f'Install it and the testing kit: pip install -e {where} "xjk[testing]"',
        ),
        console.say(f"运行测试：pytest {where}", f"Run its tests: pytest {where}"),
        console.say(
            "逐一处理 TODO；测试会列出规则中剩下的每一处",
            "Work off every TODO; the tests list those left in the rules",
        ),
        console.say(
            f"新建规则：xjk new rule CODE NAME --pack {where}；两条示例规则不用时整个文件夹删去",
            f"Add rules: xjk new rule CODE NAME --pack {where}; delete the folders of the two samples when done",
        ),
    )
    yield from ("", console.say("接下来", "Next"))
    for number, step in enumerate(steps, start=1):
        yield from wrap(step, indent=f"  {number}. ")
