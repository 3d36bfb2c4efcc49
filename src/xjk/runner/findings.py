"""From Hit to Finding: what a rule may not say for itself is added here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from xjk.errors import Lang, RuleError
from xjk.models.dates import day_text
from xjk.models.finding import BasisText, Evidence, Fact, Finding, Hit, fingerprint
from xjk.models.masking import mask, mask_personal
from xjk.models.money import money_text, number_text
from xjk.models.rule import Rule
from xjk.reference.basis import Instrument
from xjk.runner.evidence import EvidenceRow, evidence_hash, is_personal_key

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Wording:
    """Say how findings are worded: language, masking, names of units and titles of instruments."""

    lang: Lang
    unmask: bool
    unit_names: Mapping[str, str]
    instruments: Mapping[str, Instrument]


def make_finding(
    rule: Rule,
    hit: Hit,
    shown_params: Mapping[str, str],
    rows: Mapping[tuple[str, str], EvidenceRow],
    wording: Wording,
) -> Finding:
    """Turn a hit into the finding users read.

    Raises:
        RuleError: when the message names a fact that the rule did not return.
    """
    meta, lang = rule.meta, wording.lang
    personal = frozenset[str]().union(
        *(row.personal for key in hit.evidence if (row := rows.get((key.table, key.key))))
    )

    def shown(text: str) -> str:
        return text if wording.unmask else mask_personal(text, personal)

    facts = {
        name: shown(value) if isinstance(value, str) else value for name, value in _facts(hit.facts).items()
    }
    unit_name = wording.unit_names.get(hit.unit_code, hit.unit_code)
    amount = money_text(hit.amount_fen)
    date_from, date_to = (None if day is None else day_text(day) for day in (hit.from_day, hit.to_day))
    slots = {"amount": amount, "unit_name": unit_name, "date_from": date_from, "date_to": date_to, **facts}
    return Finding(
        finding_id=fingerprint(rule.code, hit.unit_code, hit.subject),
        rule_id=rule.code,
        rule_revision=meta.revision,
        form=meta.form,
        nature=meta.nature,
        severity=meta.severity,
        unit_code=hit.unit_code,
        unit_name=unit_name,
        subject=shown(hit.subject),
        title=meta.title.text(lang),
        message=_filled(meta.message.text(lang), slots, rule),
        amount=amount,
        date_from=date_from,
        date_to=date_to,
        facts=facts,
        evidence=_evidence(hit, rows, wording, personal),
        evidence_hash=evidence_hash(hit.evidence, rows),
        basis=_basis(rule, wording),
        verify=meta.verify.zh if lang == "zh" else meta.verify.en,
        params=shown_params,
    )


def _facts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Write stored values as users read them; the suffix goes with the unit."""
    shown: dict[str, Fact] = {}
    for name, value in facts.items():
        for suffix, write in (("_fen", money_text), ("_day", day_text), ("_micro", number_text)):
            if name.endswith(suffix):
                shown[name.removesuffix(suffix)] = write(value) if isinstance(value, int) else None
                break
        else:
            shown[name] = value
    return shown


def _filled(template: str, slots: Mapping[str, Fact], rule: Rule) -> str:
    """Fill the message; values are put in as they are and never read as templates."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in slots:
            raise RuleError(
                zh=f"提示语用到的事实“{match[1]}”未由规则返回。",
                en=f'The message names the fact "{match[1]}", which the rule did not return.',
                where=f"{rule.folder}/rule.md",
                hint_zh="请在查询中返回该列，或修改 message。",
                hint_en="Return the column in the query, or change the message.",
            )
        found = slots[match[1]]
        return _UNKNOWN if found is None else str(found)

    return _SLOT.sub(value, template)


def _evidence(
    hit: Hit, rows: Mapping[tuple[str, str], EvidenceRow], wording: Wording, personal: Collection[str]
) -> tuple[Evidence, ...]:
    shown: list[Evidence] = []
    for item in hit.evidence:
        row = rows.get((item.table, item.key))
        key, told = item.key, row.told if row else {}
        if not wording.unmask:
            key = mask(key) if is_personal_key(item.table) else mask_personal(key, personal)
            told = _masked(told, personal)
        source = row.source if row else None
        shown.append(Evidence(table=item.table, key=key, role=item.role, source=source, **told))
    return tuple(shown)


def _masked(told: Mapping[str, str], personal: Collection[str]) -> dict[str, str]:
    """Return what a row tells with its account masked, and its party where it is a person."""
    hide: dict[str, Callable[[str], str]] = {
        "account": mask,
        "party": lambda name: mask_personal(name, personal),
    }
    return {part: hide.get(part, str)(value) for part, value in told.items()}


def _basis(rule: Rule, wording: Wording) -> tuple[BasisText, ...]:
    """Give each basis the title of its instrument; one that no table of instruments knows keeps its identifier."""
    named: list[BasisText] = []
    for basis in rule.meta.basis:
        instrument = wording.instruments.get(basis.instrument)
        title = instrument.title.text(wording.lang) if instrument else basis.instrument
        named.append(BasisText(**basis.model_dump(), title=title))
    return tuple(named)


def by_unit_rule_subject(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order every run gives them."""
    return tuple(sorted(findings, key=lambda f: (f.unit_code, f.rule_id, f.subject, f.finding_id)))
