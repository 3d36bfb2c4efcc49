"""``xjk rules mutate``: change the query of a rule one thing at a time, and list what no case notices."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from xjk.cli.console import Console
from xjk.errors import XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.report.run_text import pack_problem_lines
from xjk.report.width import wrap
from xjk.rules.cases import read_cases
from xjk.rules.select import select
from xjk.runner.cases import open_case
from xjk.testing.contract.waivers import FILE, read_waivers
from xjk.testing.mutation import KINDS, MutantResult, run_mutants

_CHECK = "RC05"


def run(args: Namespace, console: Console) -> int:
    """Mutate rules; return 1 when a change goes unnoticed, 3 when a pack could not be tested for being broken."""
    packs = catalogue()
    noticed = True
    for rule in select(packs.rules, args.codes, preview=True, refused=packs.problems):
        lines, done = _mutated(rule, packs, args.engine, console)
        console.deliver_lines(lines)
        noticed = noticed and done
    if packs.problems:
        console.deliver_lines(pack_problem_lines(packs.problems, console.say))
    return 1 if not noticed else 3 if packs.problems else 0


def _mutated(rule: Rule, packs: Catalogue, engine: str, console: Console) -> tuple[list[str], bool]:
    """Return what is told of a rule and whether nothing went unnoticed; faults of its files cost only this rule."""
    title = f"{rule.code} {rule.meta.title.text(console.lang)}"
    if rule.kind != "sql":
        told = console.say("规则用 Python 写成，没有可变异的 SQL", "written in Python: no SQL to mutate")
        return wrap(f"{title}  {told}"), True
    try:
        waived = {waiver.about for waiver in read_waivers(rule).of(_CHECK)}
        with ExitStack() as stack:
            cases = [
                stack.enter_context(open_case(rule, case, packs, engine))
                for case in read_cases(rule).cases
                if case.expect != "skipped"
            ]
            results = run_mutants(rule, cases)
    except XjkError as error:
        lines = [line for text in error.text(console.lang).splitlines() for line in wrap(text, indent="  ")]
        return [*wrap(title), *lines], False
    survivors = [result for result in results if result.survived]
    open_ = [result for result in survivors if result.mutant.id not in waived]
    stale = sorted(waived - {result.mutant.id for result in survivors})
    told = _summary(results, len(survivors) - len(open_), len(open_), console)
    lines = [*wrap(f"{title}  {told}"), *_survivor_lines(open_, console), *_stale_lines(stale, console)]
    return lines, not open_ and not stale


def _summary(results: Sequence[MutantResult], waived: int, left: int, console: Console) -> str:
    killed = len(results) - waived - left
    return console.say(
        f"{len(results)} 处改动，案例发现 {killed} 处，豁免 {waived} 处，未发现 {left} 处",
        f"{len(results)} changes: {killed} noticed by a case, {waived} waived, {left} unnoticed",
    )


def _survivor_lines(survivors: Sequence[MutantResult], console: Console) -> Iterator[str]:
    for result in survivors:
        mutant = result.mutant
        yield from wrap(f"rule.sql:{mutant.line}  {mutant.what.text(console.lang)}", indent="  ")
        noticed_by = KINDS[mutant.kind].noticed_by.text(console.lang)
        yield from wrap(console.say(f"需要：{noticed_by}", f"needs {noticed_by}"), indent="    ")
        yield f'    about: "{mutant.id}"'
    if survivors:
        yield from wrap(
            console.say(
                f"为每一处补一个案例；确属等价的，删去多余的条件，或在规则文件夹的 {FILE} 中写明："
                f"check: {_CHECK}、about 与 why（zh、en）。",
                f"Add a case for each. Where nothing could tell the difference, simplify the query, or say why in "
                f"{FILE} of the rule folder: check: {_CHECK}, about, and why (zh, en).",
            ),
            indent="  ",
        )


def _stale_lines(stale: Sequence[str], console: Console) -> Iterator[str]:
    for name in stale:
        yield from wrap(
            console.say(
                f"{FILE} 中的豁免已无必要，请删去：{name}",
                f"A waiver in {FILE} is not needed any more; take it out: {name}",
            ),
            indent="  ",
        )
