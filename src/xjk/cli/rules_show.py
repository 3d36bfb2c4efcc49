"""``xjk rules show``: one rule with its page, parameters and an example."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.cli.rule_lookup import rule_named
from xjk.hooks.manager import catalogue
from xjk.models.money import money_text
from xjk.models.rule import NATURES, Rule
from xjk.report.labels import SEVERITY, STATUS
from xjk.report.width import table, wrap
from xjk.rules.cases import Case, read_cases


def run(args: Namespace, console: Console) -> int:
    """Show one rule."""
    console.deliver_lines(rule_lines(rule_named(args.code, catalogue()), console))
    return 0


def rule_lines(rule: Rule, console: Console) -> Iterator[str]:
    """Yield everything about a rule: what it is, its page, its parameters, and the first case it must flag."""
    yield from wrap(f"{rule.code} {rule.meta.title.text(console.lang)}")
    yield from table(_head(rule, console))
    yield ""
    for line in rule.page.splitlines():
        yield from wrap(line)
    if rule.meta.params:
        yield from ("", f"## {console.say('参数', 'Parameters')}", "")
        yield from _params(rule, console)
    yield from ("", f"## {console.say('示例', 'Example')}", "")
    yield from _example(read_cases(rule).of("must_flag")[0], console)


def _head(rule: Rule, console: Console) -> Iterator[tuple[str, str]]:
    meta, lang = rule.meta, console.lang
    yield console.say("名称", "name"), meta.name
    yield console.say("规则包", "pack"), rule.pack
    yield console.say("形式", "form"), meta.form
    yield console.say("性质", "nature"), NATURES[meta.nature].text(lang)
    yield console.say("程度", "severity"), SEVERITY[meta.severity].text(lang)
    status = STATUS[meta.status].text(lang)
    yield (
        console.say("状态", "status"),
        console.say(
            f"{status}，自 {meta.since}，修订 {meta.revision}",
            f"{status}, since {meta.since}, revision {meta.revision}",
        ),
    )
    for name, tables in (
        (console.say("需要", "requires"), meta.requires),
        (console.say("可选", "optional"), meta.optional),
    ):
        for place, (table_name, columns) in enumerate(tables.items()):
            yield ("" if place else name), f"{table_name}: {' '.join(columns)}"


def _params(rule: Rule, console: Console) -> Iterator[str]:
    header = (
        console.say("参数", "parameter"),
        console.say("类型", "type"),
        console.say("默认", "default"),
        console.say("最小", "least"),
        console.say("最大", "most"),
        console.say("含义", "meaning"),
    )
    rows = (
        (
            name,
            param.type,
            param.default or param.standard or "",
            param.min or "",
            param.max or "",
            param.doc.text(console.lang),
        )
        for name, param in rule.meta.params.items()
    )
    yield from table(rows, header=header)


def _example(case: Case, console: Console) -> Iterator[str]:
    """Yield the rows of a case and the findings they give."""
    yield from wrap(case.name.replace("_", " "))
    for table_name, rows in case.tables.items():
        yield from ("", f"{table_name}:")
        yield from table(rows.rows, header=rows.columns)
    for name, value in case.params.items():
        yield from wrap(f"{name} = {value}")
    yield ""
    for finding in case.findings:
        evidence = ", ".join(f"{row.table}:{row.key}" for row in finding.evidence)
        amount = money_text(finding.amount_fen)
        yield from wrap(
            console.say(
                f"疑点：{finding.unit_code}，{finding.subject}，{amount} 元；证据 {evidence}",
                f"Finding: {finding.unit_code}, {finding.subject}, {amount} yuan; evidence {evidence}",
            )
        )
