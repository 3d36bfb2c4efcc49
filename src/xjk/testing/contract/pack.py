"""The contract as tests: one line per pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from xjk.errors import EngineMissingError, RuleFolderError, UnknownRuleError, XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.models.nearest import suggestion
from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.runner.load import ENGINE_EXTRAS, engine_names
from xjk.testing.contract.checks import CHECKS, PACK_CHECKS
from xjk.testing.contract.subject import EXAMPLES, Breach, Check, Subject
from xjk.testing.contract.waivers import FILE, read_waivers

_TITLES = {check.id: check.title for check in CHECKS}


@dataclass(frozen=True)
class ContractCheck:
    """Be one check of one rule on one engine, or of a pack as a whole.

    Attributes:
        pack: Name of the pack.
        check: Identifier of the check, such as RC07.
        rule: Code of the rule; empty when the check is about the pack.
        engine: Name of the engine; empty when the check looks at files only.
    """

    pack: str
    check: str
    rule: str
    engine: str
    breaches: Callable[[int], tuple[Breach, ...]] = field(repr=False, compare=False)

    def __str__(self) -> str:
        return "-".join(part for part in (self.rule or self.pack, self.check, self.engine) if part)

    def verify(self, examples: int = EXAMPLES) -> None:
        """Run the check.

        Raises:
            AssertionError: with every breach, in English and Chinese.
        """
        __tracebackhide__ = True
        found = self.breaches(examples)
        if found:
            title = _TITLES[self.check]
            head = f"{self}: {title.en} {title.zh}"
            raise AssertionError("\n".join([head, *(f"- {breach.text()}" for breach in found)]))


def pack_contract(
    pack: str, *, engines: Sequence[str] | None = None, packs: Catalogue | None = None
) -> Callable[..., None]:
    """Return a test of a pack, parametrised over rule, check and engine.

    Write ``test_pack = pack_contract("xjk_invoices")`` in a test module of the pack; ``-k XJK701`` or ``-k RC05``
    chooses among the tests it makes.

    Args:
        pack: Name of the installed pack.
        engines: Engines to run on; SQLite and those of installed packs when None.
        packs: The pack as a catalogue, when it is not installed.

    Raises:
        UnknownRuleError: when no such pack is installed.
        EngineMissingError: when an engine is not installed.
    """
    checks = contract_checks(pack, engines=engines, packs=packs)

    @pytest.mark.parametrize("xjk_check", checks, ids=str)
    def test_contract(xjk_check: ContractCheck, xjk_examples: int | None) -> None:
        __tracebackhide__ = True
        xjk_check.verify(EXAMPLES if xjk_examples is None else xjk_examples)

    return test_contract


def contract_checks(
    pack: str, *, engines: Sequence[str] | None = None, packs: Catalogue | None = None
) -> tuple[ContractCheck, ...]:
    """Return every check of a pack; arguments and errors are those of ``pack_contract``."""
    packs = packs or catalogue([pack])
    _check_known(pack, packs)
    chosen = _engines(engines, packs)
    return (
        *_of_pack(pack, packs),
        *(check for rule in packs.rules if rule.pack == pack for check in _of_rule(rule, packs, chosen)),
    )


def _check_known(pack: str, packs: Catalogue) -> None:
    """Refuse a pack that the catalogue neither holds nor turned away."""
    known = sorted({info.name for info in packs.packs} | {problem.pack for problem in packs.problems})
    if pack not in known:
        hint_zh, hint_en = suggestion(pack, known)
        raise UnknownRuleError(
            zh=f"没有名为“{pack}”的规则包。",
            en=f'There is no pack named "{pack}".',
            where="pack_contract(…)",
            hint_zh=hint_zh,
            hint_en=hint_en,
        )


def _of_pack(pack: str, packs: Catalogue) -> Iterator[ContractCheck]:
    for name, run in PACK_CHECKS.items():
        yield ContractCheck(pack, name, "", "", lambda _, run=run: tuple(run(packs)))  # type: ignore[misc]


def _of_rule(rule: Rule, packs: Catalogue, engines: Sequence[str]) -> Iterator[ContractCheck]:
    for check in CHECKS:
        if check.applies(rule):
            for engine in engines if check.engines else ("",):
                yield ContractCheck(
                    rule.pack,
                    check.id,
                    rule.code,
                    engine,
                    lambda examples, check=check, engine=engine: breaches(  # type: ignore[misc]
                        check, Subject(rule, packs, engine or engines[0], examples)
                    ),
                )


def breaches(check: Check, subject: Subject) -> tuple[Breach, ...]:
    """Run one check; what a waiver excuses is left out, and a waiver that nothing needs is itself a breach."""
    try:
        found = list(check.run(subject))
        waived = {waiver.about for waiver in read_waivers(subject.rule).of(check.id)}
    except RuleFolderError as error:
        return tuple(Breach(Words(zh=one.text("zh"), en=one.text("en"))) for one in error.errors or (error,))
    except XjkError as error:
        return (Breach(Words(zh=error.text("zh"), en=error.text("en"))),)
    stale = sorted(waived - {breach.about for breach in found})
    return (
        *(breach for breach in found if not breach.about or breach.about not in waived),
        *(
            Breach(
                Words(
                    zh=f"豁免“{about}”已不再需要，请删去。",
                    en=f'Nothing needs the waiver "{about}" any more; take it out.',
                ),
                f"{subject.rule.folder}/{FILE}",
            )
            for about in stale
        ),
    )


def _engines(wanted: Sequence[str] | None, packs: Catalogue) -> Sequence[str]:
    known = engine_names(packs)
    if wanted is None:
        return tuple(name for name in known if name not in ENGINE_EXTRAS)
    for name in wanted:
        if name not in known:
            hint_zh, hint_en = suggestion(name, known)
            raise EngineMissingError(
                zh=f"没有名为“{name}”的引擎。",
                en=f'There is no engine named "{name}".',
                where="pack_contract(engines=…)",
                hint_zh=hint_zh,
                hint_en=hint_en,
            )
    return tuple(wanted)
