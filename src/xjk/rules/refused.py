"""Say why a rule that a user names was not loaded: its folder is there, and has a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xjk.errors import UnknownRuleError
from xjk.models.pack import PackProblem


def refused_rule(reference: str, problems: Iterable[PackProblem]) -> UnknownRuleError | None:
    """Return the first fault of the folder of a rule, or None when no pack refused a rule of that code."""
    folder = re.compile(rf"[/\\]{re.escape(reference.lower())}_[^/\\]*([/\\:]|$)")
    for problem in problems:
        if folder.search(problem.where):
            return UnknownRuleError(
                zh=f"规则“{reference}”有错误，没有装入：{problem.where}：{problem.error.zh}",
                en=f'The rule "{reference}" has a fault and was not loaded: {problem.where}: {problem.error.en}',
                hint_zh=problem.hint.zh,
                hint_en=problem.hint.en,
            )
    return None
