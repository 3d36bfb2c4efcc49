"""``xjk new rule``: create a rule in a pack from the example."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.cli.new_pack import created_lines, next_lines
from xjk.scaffold.rule import new_rule


def run(args: Namespace, console: Console) -> int:
    """Create a rule, list its files and say what to do next."""
    made = new_rule(args.code, args.name, args.pack, kind=args.kind, form=args.form)
    console.deliver_lines([*created_lines(made, console), *next_lines(_steps(args.code, console), console)])
    return 0


def _steps(code: str, console: Console) -> Iterator[tuple[str, str]]:
    yield (
        console.say(
            "先写 cases.yaml：应当发现什么，什么情形清白",
            "Begin with cases.yaml: what is to be found, and which innocent practices look alike",
        ),
        "",
    )
    yield (
        console.say("再写查询，直到案例成立", "Then write the query, until the cases hold"),
        f"xjk rules test {code}",
    )
    yield (
        console.say(
            "逐一处理 TODO；pytest 会列出剩下的每一处",
            "Work off every TODO; pytest lists those that are left",
        ),
        f"pytest --xjk-rule {code}",
    )
