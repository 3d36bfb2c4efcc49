"""RC05: every part of a query is there for a reason, and a case shows the reason."""

from __future__ import annotations

from collections.abc import Iterator

from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.rules.sql_text import read_sql
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.mutation import KINDS, run_mutants


def is_sql(rule: Rule) -> bool:
    """Tell whether a rule is a query."""
    return rule.kind == "sql"


def mutants_killed(subject: Subject) -> Iterator[Breach]:
    """RC05: change the query one thing at a time; some case must notice. Cases that do not hold take no part."""
    read_sql(subject.rule)
    with subject.open_cases() as opened:
        holding = [case for case in opened if not case.differences()]
        for result in run_mutants(subject.rule, holding):
            if result.survived:
                mutant, needed = result.mutant, KINDS[result.mutant.kind].noticed_by
                yield Breach(
                    Words(
                        zh=f"没有案例发现：{mutant.what.zh}。补{needed.zh}，或写明豁免的理由。",
                        en=f"No case notices: {mutant.what.en}. Add {needed.en}, or a waiver with the reason.",
                    ),
                    f"{subject.rule.folder}/rule.sql:{mutant.line}",
                    about=mutant.id,
                )
