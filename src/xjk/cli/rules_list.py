"""``xjk rules list``: the catalogue of rules."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence

from xjk.cli.console import Console
from xjk.cli.formats import choose
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.report.labels import SEVERITY, STATUS
from xjk.report.safe import escape_json
from xjk.report.width import table
from xjk.rules.select import select


def run(args: Namespace, console: Console) -> int:
    """List rules, those in preview too."""
    write = choose(args.format, {"text": _text, "json": _json})
    packs = catalogue()
    rules = select(packs.rules, args.select, args.ignore, preview=True, refused=packs.problems)
    console.deliver_lines(write(rules, console), args.output)
    if packs.problems:
        console.note(
            f"规则包有 {len(packs.problems)} 个问题，列表可能不全，见 xjk doctor。",
            f"Packs have {len(packs.problems)} problems, rules may be missing; see xjk doctor.",
        )
    return 0


def _text(rules: Sequence[Rule], console: Console) -> Iterator[str]:
    header = (
        console.say("编码", "code"),
        console.say("形式", "form"),
        console.say("程度", "severity"),
        console.say("状态", "status"),
        console.say("规则包", "pack"),
        console.say("标题", "title"),
    )
    yield from table((_row(rule, console) for rule in rules), header=header, indent="")


def _row(rule: Rule, console: Console) -> tuple[str, ...]:
    meta, lang = rule.meta, console.lang
    severity, status = SEVERITY[meta.severity].text(lang), STATUS[meta.status].text(lang)
    return rule.code, meta.form, severity, status, rule.pack, meta.title.text(lang)


def _json(rules: Sequence[Rule], _: Console) -> Iterator[str]:
    documents = [rule.model_dump(mode="json", exclude={"page", "folder"}) for rule in rules]
    yield escape_json(json.dumps(documents, ensure_ascii=False, indent=2))
