"""``xjk rules test``: run the cases that come with rules."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.errors import RuleFolderError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.report.run_text import pack_problem_lines
from xjk.report.width import wrap
from xjk.rules.select import select
from xjk.runner.cases import CaseResult, run_cases


def run(args: Namespace, console: Console) -> int:
    """Run cases; return 1 when one does not hold, 3 when a pack could not be tested for being broken."""
    packs = catalogue()
    holds = True
    for rule in select(packs.rules, args.codes, preview=True, refused=packs.problems):
        results, faults = _results(rule, packs, args.engine, console)
        console.deliver_lines([*_rule_lines(rule, results, console), *faults])
        holds = holds and not faults and all(result.holds for result in results)
    if packs.problems:
        console.deliver_lines(pack_problem_lines(packs.problems, console.say))
    return 1 if not holds else 3 if packs.problems else 0


def _results(
    rule: Rule, packs: Catalogue, engine: str, console: Console
) -> tuple[tuple[CaseResult, ...], list[str]]:
    """Run the cases of a rule; a cases.yaml that is not valid is told and costs only this rule."""
    try:
        return run_cases(rule, packs, engine), []
    except RuleFolderError as error:
        return (), [
            line for text in error.text(console.lang).splitlines() for line in wrap(text, indent="  ")
        ]


def _rule_lines(rule: Rule, results: tuple[CaseResult, ...], console: Console) -> Iterator[str]:
    held = sum(result.holds for result in results)
    told = console.say(f"{held}/{len(results)} 个案例成立", f"{held} of {len(results)} cases hold")
    yield from wrap(f"{rule.code} {rule.meta.title.text(console.lang)}  {told}")
    for result in results:
        if not result.holds:
            yield from wrap(f"{result.case.kind}.{result.case.name}", indent="  ")
        for difference in result.differences:
            yield from wrap(difference, indent="    ")
