"""RC12: parameters do something, stay in their bounds, and tighten the way they say."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from xjk.errors import XjkError
from xjk.models.rule import PARAM_COLUMNS, Param, Rule
from xjk.models.words import Words
from xjk.rules.frontmatter import read_text
from xjk.runner.cases import OpenCase
from xjk.testing.contract.books import RowName, evidence_rows, row_names
from xjk.testing.contract.subject import Breach, Subject


def has_params(rule: Rule) -> bool:
    """Tell whether a rule has parameters."""
    return bool(rule.meta.params)


def parameters_tighten(subject: Subject) -> Iterator[Breach]:
    """RC12: each parameter is used, its value in force is within bounds, and tightening it flags no further row."""
    declared = subject.rule.meta.params
    with subject.open_cases() as opened:
        yield from _unused(subject.rule)
        for name, param in declared.items():
            yield from _out_of_bounds(name, param, opened)
            if param.tightens != "none":
                yield from _not_monotone(name, param, opened)


def ladder(param: Param, current: str) -> tuple[str, ...]:
    """Return values of a parameter to compare: its bounds, the current value and its neighbours, in rising order."""
    if param.type in ("text", "bool") or not current:
        return ()
    render = PARAM_COLUMNS[param.type][0].render
    value = int(param.read(current, bounded=False))
    low, high = (
        None if text is None else int(param.read(text, bounded=False)) for text in (param.min, param.max)
    )
    wanted = {value // 2, value - 1, value, value + 1, value * 2}
    wanted |= {bound for bound in (low, high) if bound is not None}
    return tuple(
        render(number)
        for number in sorted(wanted)
        if (low is None or number >= low) and (high is None or number <= high)
    )


def _not_monotone(name: str, param: Param, opened: tuple[OpenCase, ...]) -> Iterator[Breach]:
    for case in opened:
        values = ladder(param, case.params().shown[name])
        if param.tightens == "down":
            values = values[::-1]
        names = row_names(case.ledger, case.case.tables)
        flagged: list[tuple[str, frozenset[tuple[str, RowName]]]] = []
        for text in values:
            try:
                flagged.append((text, _flagged(case, {name: text}, names)))
            except XjkError as error:
                yield Breach(
                    Words(
                        zh=f"{name}={text} 时规则出错：{error.zh}",
                        en=f"It failed with {name}={text}: {error.en}",
                    ),
                    case.case.name,
                    about=name,
                )
                return
        for (looser, before), (tighter, after) in pairwise(flagged):
            if not after <= before:
                yield Breach(
                    Words(
                        zh=f"{name} 由 {looser} 收紧到 {tighter}，反而多标出行；检查 tightens: {param.tightens}。",
                        en=f"Tightening {name} from {looser} to {tighter} flags further rows; look at tightens: {param.tightens}.",
                    ),
                    case.case.name,
                    about=name,
                )
                return


def _flagged(
    case: OpenCase, settings: Mapping[str, object], names: Mapping[tuple[str, str], RowName]
) -> frozenset[tuple[str, RowName]]:
    """Return the rows that stand as evidence of some hit, each with the unit of the hit."""
    return frozenset(
        (hit.unit_code, row) for hit in case.hits(settings=settings) for row in evidence_rows(hit, names)
    )


def _out_of_bounds(name: str, param: Param, opened: tuple[OpenCase, ...]) -> Iterator[Breach]:
    for case in opened:
        text = case.params().shown[name]
        try:
            param.read(text)
        except ValueError:
            yield Breach(
                Words(
                    zh=f"{name} 的值 {text}（取自标准 {param.standard}）超出 {param.min} 至 {param.max}。",
                    en=f"The value {text} of {name}, from the standard {param.standard}, is outside {param.min} to {param.max}.",
                ),
                case.case.name,
                about=name,
            )
            return


def _unused(rule: Rule) -> Iterator[Breach]:
    """Report parameters that a rule.py never reads; rule.sql is checked for that when it is read."""
    if rule.kind == "sql":
        return
    file = Path(rule.folder) / "rule.py"
    read = {node.attr for node in ast.walk(ast.parse(read_text(file))) if isinstance(node, ast.Attribute)}
    if "binds" in read:
        return
    for name in sorted(rule.meta.params.keys() - read):
        yield Breach(
            Words(zh=f"参数 {name} 没有用到。", en=f"The parameter {name} is never read."), str(file)
        )
