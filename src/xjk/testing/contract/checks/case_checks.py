"""RC03, RC04: the cases of a rule stand on both sides of every threshold, and hold on every engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xjk.errors import XjkError
from xjk.models.finding import Hit
from xjk.models.rule import PARAM_COLUMNS, Param
from xjk.models.words import Words
from xjk.runner.cases import OpenCase, run_cases
from xjk.testing.contract.subject import Breach, Subject

_STEPS: Mapping[str, tuple[int, ...]] = {
    "int": (1,),
    "date": (1,),
    "money": (1, 10, 100),
    "number": (1, 100, 1_000, 10_000),
}
"""How far a threshold is moved, in stored units (fen, days, millionths), the smallest step first."""


def both_sides_of_thresholds(subject: Subject) -> Iterator[Breach]:
    """RC03: for each numeric parameter a case stands exactly at the threshold and one just past it.

    Nothing is read into the numbers of a case. A case stands at a threshold when the least change of the
    parameter changes what the rule finds there: upwards for the one, downwards for the other. A side on which
    the bounds of the parameter leave no room is not asked for.
    """
    numeric = {name: param for name, param in subject.rule.meta.params.items() if param.type in _STEPS}
    subject.cases()
    if not numeric:
        return
    with subject.open_cases() as opened:
        found = [(case, _hits(case, {})) for case in opened]
        for name, param in numeric.items():
            for sign, side in ((1, Words(zh="上", en="up")), (-1, Words(zh="下", en="down"))):
                if not _some_case_changes(found, name, param, sign):
                    yield Breach(
                        Words(
                            zh=f"参数 {name} 向{side.zh}移动最小一步，没有一个案例的结果改变；补一个恰在阈值、一个刚过阈值的案例。",
                            en=f"Moving the parameter {name} {side.en} by the least step changes no case; add one case at the threshold and one just past it.",
                        ),
                        f"{subject.rule.folder}/cases.yaml",
                        about=f"{name} {side.en}",
                    )


def _some_case_changes(found: Sequence[tuple[OpenCase, object]], name: str, param: Param, sign: int) -> bool:
    is_possible = False
    for case, before in found:
        value = int(getattr(case.params(), name))
        for step in _STEPS[param.type]:
            text = _moved(param, value, sign * step)
            if text is None:
                continue
            is_possible = True
            if _hits(case, {name: text}) != before:
                return True
    return not is_possible


def _moved(param: Param, value: int, step: int) -> str | None:
    """Return the text of a value moved by a step; None when it would leave the bounds or is more than a hundredth."""
    if param.type == "number" and abs(step) * 100 > abs(value):
        return None
    text = PARAM_COLUMNS[param.type][0].render(value + step)
    try:
        param.read(text)
    except ValueError:
        return None
    return text


def _hits(case: OpenCase, settings: Mapping[str, object]) -> tuple[Hit, ...] | str:
    """Return what a case finds; a failure is a result too, and different from every other."""
    try:
        return case.hits(settings=settings)
    except XjkError as error:
        return error.text("en")


def cases_hold(subject: Subject) -> Iterator[Breach]:
    """RC04: the rule says of each case exactly what the case expects."""
    for result in run_cases(subject.rule, subject.packs, subject.engine):
        for difference in result.differences:
            yield Breach(
                Words(zh=f"与案例不符：{difference}", en=difference),
                f"{subject.rule.folder}/cases.yaml: {result.case.kind}.{result.case.name}",
            )
