"""Run the mutants of a rule against its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xjk.errors import InternalError, XjkError
from xjk.models.finding import Hit
from xjk.models.rule import Rule
from xjk.rules.faults import fault
from xjk.rules.sql_text import read_sql
from xjk.runner.cases import OpenCase
from xjk.testing.mutation.mutant import Mutant
from xjk.testing.mutation.mutants import mutants, rewritten


@dataclass(frozen=True, slots=True)
class MutantResult:
    """Say what became of one mutant.

    Attributes:
        mutant: The mutant.
        killed_by: Name of the first case that notices it; empty when none does.
    """

    mutant: Mutant
    killed_by: str = ""

    @property
    def survived(self) -> bool:
        """Tell whether no case noticed the change."""
        return not self.killed_by


def run_mutants(rule: Rule, cases: Sequence[OpenCase]) -> tuple[MutantResult, ...]:
    """Try every mutant of a rule's query on its cases, in the order of the text; none for a rule in Python.

    A case notices a mutant when its hits differ in anything a reader sees, facts and days included, or when the
    mutant fails or runs out of time. Cases that expect a skip take no part.

    Raises:
        RuleFolderError: when rule.sql is not valid, or a case does not hold to begin with.
        ExtraMissingError: when the extra ``testing`` is not installed.
    """
    if rule.kind != "sql":
        return ()
    sql = read_sql(rule)
    told = [(case, _told(rule, case, sql)) for case in cases if case.case.expect != "skipped"]
    return tuple(MutantResult(mutant, _killer(mutant, told)) for mutant in mutants(sql))


def _told(rule: Rule, case: OpenCase, sql: str) -> tuple[Hit, ...]:
    """Return what the rule says of a case that holds, in its own text and as the mutants are written."""
    differences = case.differences()
    if differences:
        raise fault(
            f"{rule.folder}/cases.yaml",
            f"案例 {case.case.name} 不成立：{differences[0]}。",
            f"The case {case.case.name} does not hold: {differences[0]}.",
            f"先运行 xjk rules test {rule.code} 并改正。",
            f"Run xjk rules test {rule.code} and correct it first.",
        )
    hits = case.hits()
    if case.hits(sql=rewritten(sql)) != hits:
        raise InternalError(
            zh="重写后的查询给出不同的疑点。",
            en="The query says something else when it is written anew.",
            where=f"{rule.folder}/rule.sql",
            hint_zh="请把该规则一并报告。",
            hint_en="Please report it with the rule.",
        )
    return hits


def _killer(mutant: Mutant, told: Sequence[tuple[OpenCase, tuple[Hit, ...]]]) -> str:
    for case, hits in told:
        try:
            if case.hits(sql=mutant.sql) != hits:
                return case.case.name
        except XjkError:
            return case.case.name
    return ""
