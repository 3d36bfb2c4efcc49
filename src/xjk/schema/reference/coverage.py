"""The page that says of each detection idea which rules carry it out, or what is done by hand instead."""

from __future__ import annotations

from collections.abc import Mapping

from xjk.hooks.catalogue import Catalogue
from xjk.reference.ideas import AREAS, Idea, ideas, onsite_steps
from xjk.schema.reference.markdown import anchor, code, page, table


def coverage_page(packs: Catalogue) -> str:
    """Return the page of every idea."""
    known = ideas(packs.data_folders)
    rules = {idea.number: _rules(idea, packs) for idea in known}
    shown = {idea.number: rules[idea.number] or _by_hand(idea, packs) for idea in known}
    carried_out = sum(map(bool, rules.values()))
    by_hand = sum(idea.no_table is not None for idea in known)
    return page(
        "检查思路与规则 Detection ideas and rules",
        f"共 {len(known)} 条检查思路：{carried_out} 条有规则，{by_hand} 条数据看不出、靠现场步骤。\n"
        f"{len(known)} ideas: {carried_out} carried out by rules, {by_hand} that no table shows and that are done on site.",
        "现场步骤由 `xjk checklist` 按表现形式和单位性质列出。\n"
        "Steps on site are printed by `xjk checklist`, by form and kind of unit.",
        *(
            f"## {words.zh} {words.en}\n\n" + _table([idea for idea in known if idea.area == area], shown)
            for area, words in AREAS.items()
        ),
    )


def _table(found: list[Idea], shown: Mapping[str, str]) -> str:
    return table(
        ("编号 No.", "思路", "Idea", "形式 Forms", "规则或步骤 Rules or step"),
        (
            (
                f"{anchor(idea.number)}{idea.number}",
                idea.title.zh,
                idea.title.en,
                " ".join(idea.forms),
                shown[idea.number],
            )
            for idea in found
        ),
    )


def _rules(idea: Idea, packs: Catalogue) -> str:
    return ", ".join(
        f"[{rule.code}](rules/{rule.code}.md)" for rule in packs.rules if idea.number in rule.meta.ideas
    )


def _by_hand(idea: Idea, packs: Catalogue) -> str:
    if idea.no_table is None:
        return "尚无规则 no rule yet"
    steps = [step for step in onsite_steps(packs.data_folders) if idea.number in step.ideas]
    told = " ".join(f"{step.title.zh} {step.title.en} ({code(step.id)})." for step in steps)
    return f"{idea.no_table.zh} {idea.no_table.en} {told}"
