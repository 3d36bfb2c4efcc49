"""Choose rules by code, code prefix, pack, form, tag or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xjk.errors import UnknownRuleError
from xjk.models.nearest import suggestion
from xjk.models.pack import PackProblem
from xjk.models.rule import Rule
from xjk.rules.refused import refused_rule

_PREFIX = re.compile(r"[A-Z]{2,8}[0-9]{0,4}")


def select(
    rules: Sequence[Rule],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    preview: bool = False,
    refused: Sequence[PackProblem] = (),
) -> tuple[Rule, ...]:
    """Return the rules to run, by code.

    A reference is a code (``XJK301``), the beginning of codes (``XJK3``), a pack (``xjk_services``), a form
    (``F3``), a tag or the name of a rule; letter case does not matter. Without `select` every rule is chosen;
    `ignore` is taken away afterwards. Removed rules never run, deprecated ones do; a preview rule runs when
    `preview` is set or `select` gives its full code. `refused` are the faults of packs: a rule that was not
    loaded for one of them is told with it.

    Raises:
        UnknownRuleError: for references that fit no rule, or only removed ones; all of them in ``errors``.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    errors = [
        error for reference in wanted if (error := _select_fault(reference, rules, refused)) is not None
    ]
    errors += [
        _unknown(reference, rules, refused) for reference in unwanted if not _matching(reference, rules)
    ]
    if errors:
        raise errors[0] if len(errors) == 1 else _all_of(errors)
    codes = {reference.upper() for reference in wanted}
    chosen = {
        rule.code: rule
        for rule in rules
        if rule.meta.status != "removed"
        and (not wanted or any(matches(rule, reference) for reference in wanted))
        and not any(matches(rule, reference) for reference in unwanted)
        and (rule.meta.status != "preview" or preview or rule.code in codes)
    }
    return tuple(chosen[code] for code in sorted(chosen))


def matches(rule: Rule, reference: str) -> bool:
    """Say whether a reference speaks of a rule."""
    upper, lower = reference.upper(), reference.lower()
    return (
        (_PREFIX.fullmatch(upper) is not None and rule.code.startswith(upper))
        or rule.meta.form == upper
        or rule.pack == lower.replace("-", "_")
        or rule.meta.name == lower
        or lower in (tag.lower() for tag in rule.meta.tags)
    )


def _matching(reference: str, rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if matches(rule, reference)]


def _select_fault(
    reference: str, rules: Sequence[Rule], refused: Sequence[PackProblem]
) -> UnknownRuleError | None:
    found = _matching(reference, rules)
    if not found:
        return _unknown(reference, rules, refused)
    if all(rule.meta.status == "removed" for rule in found):
        return UnknownRuleError(
            zh=f"“{reference}”已移除。",
            en=f'"{reference}" has been removed.',
            hint_zh="从选择中删去；规则页说明由什么代替。",
            hint_en="Take it out of the selection; the page of the rule says what replaces it.",
        )
    return None


def _unknown(reference: str, rules: Sequence[Rule], refused: Sequence[PackProblem]) -> UnknownRuleError:
    if (fault := refused_rule(reference, refused)) is not None:
        return fault
    known: set[str] = set()
    for rule in rules:
        known |= {rule.code, rule.pack, rule.meta.form, rule.meta.name, *rule.meta.tags}
    hint_zh, hint_en = suggestion(reference, known)
    if not rules:
        hint_zh, hint_en = "没有安装任何规则包。", "No rule pack is installed."
    return UnknownRuleError(
        zh=f"没有与“{reference}”相符的规则。",
        en=f'No rule fits "{reference}".',
        hint_zh=hint_zh,
        hint_en=hint_en,
    )


def _all_of(errors: Sequence[UnknownRuleError]) -> UnknownRuleError:
    return UnknownRuleError(
        zh=f"有 {len(errors)} 处选择无法识别。",
        en=f"{len(errors)} references cannot be used.",
        hint_zh="用 xjk rules list 查看已安装的规则。",
        hint_en="List the installed rules with xjk rules list.",
        errors=errors,
    )
