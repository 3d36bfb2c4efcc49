"""``xjk packs``: the installed packs and what is wrong with them."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.cli.formats import choose
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.report.run_text import pack_problem_lines
from xjk.report.safe import escape_json
from xjk.report.width import table


def run(args: Namespace, console: Console) -> int:
    """List the packs."""
    write = choose(args.format, {"text": pack_lines, "json": _json})
    console.deliver_lines(write(catalogue(), console), args.output)
    return 0


def pack_lines(packs: Catalogue, console: Console) -> Iterator[str]:
    """Yield one line for each pack, then why packs or parts of them could not be used."""
    rules = Counter(rule.pack for rule in packs.rules)
    header = (
        console.say("规则包", "pack"),
        console.say("版本", "version"),
        console.say("规则", "rules"),
        console.say("编码", "codes"),
        console.say("标题", "title"),
    )
    rows = (
        (
            pack.name,
            pack.version,
            str(rules[pack.name]),
            " ".join(pack.code_prefixes),
            pack.title.text(console.lang),
        )
        for pack in packs.packs
    )
    yield from table(rows, header=header, right=(2,))
    if packs.problems:
        yield from ("", console.say("规则包的问题", "Problems of packs"))
        yield from pack_problem_lines(packs.problems, console.say)


def _json(packs: Catalogue, _: Console) -> Iterator[str]:
    document = {
        "packs": [pack.model_dump(mode="json") for pack in packs.packs],
        "problems": [problem.model_dump(mode="json") for problem in packs.problems],
    }
    yield escape_json(json.dumps(document, ensure_ascii=False, indent=2))
