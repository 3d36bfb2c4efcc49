"""Find one rule by what a user calls it."""

from __future__ import annotations

from xjk.errors import UnknownRuleError
from xjk.hooks.catalogue import Catalogue
from xjk.models.nearest import suggestion
from xjk.models.rule import Rule
from xjk.rules.refused import refused_rule


def rule_named(name: str, packs: Catalogue) -> Rule:
    """Return the rule with a code or name; removed rules too, their page says what replaces them.

    Raises:
        UnknownRuleError: when no installed pack has it, or its folder has a fault.
    """
    for rule in packs.rules:
        if name.upper() == rule.code or name.lower() == rule.meta.name:
            return rule
    if (fault := refused_rule(name, packs.problems)) is not None:
        raise fault
    hint_zh, hint_en = suggestion(name, (rule.code for rule in packs.rules))
    raise UnknownRuleError(
        zh=f"没有规则“{name}”。", en=f'There is no rule "{name}".', hint_zh=hint_zh, hint_en=hint_en
    )
