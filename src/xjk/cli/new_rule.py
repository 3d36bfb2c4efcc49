"""``xjk new rule``: create a rule in a pack from the example."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.cli.new_pack import created_lines
from xjk.report.width import wrap
from xjk.scaffold.rule import new_rule


def run(args: Namespace, console: Console) -> int:
    """Create a rule, list its files and say what to do next."""
    made = new_rule(args.code, args.name, args.pack, kind=args.kind, form=args.form)
    console.deliver_lines([*created_lines(made, console), *_next_lines(args.code, console)])
    return 0


def _next_lines(code: str, console: Console) -> Iterator[str]:
    steps = (
        console.say(
            "先写 cases.yaml：应当发现什么，什么情形清白",
            "Begin with cases.yaml: what is to be found, and which innocent practices look alike",
        ),
        console.say(
            f"再写查询，直到案例成立：xjk rules test {code}",
            f"Then write the query until the cases hold: xjk rules test {code}",
        ),
        console.say(
            "在 rule.md 中逐一处理 TODO；pytest 会列出剩下的每一处",
            "Work off every TODO in rule.md; pytest lists those left",
        ),
    )
    yield from ("", console.say("接下来", "Next"))
    for number, step in enumerate(steps, start=1):
        yield from wrap(step, indent=f"  {number}. ")
