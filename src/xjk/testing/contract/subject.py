"""What a check looks at, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

from xjk.hooks.catalogue import Catalogue
from xjk.ledger.ledger import Ledger
from xjk.models.finding import Hit
from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.rules.cases import Case, read_cases
from xjk.rules.params import resolve
from xjk.runner.cases import OpenCase, open_case, raw_table
from xjk.runner.config import Limits
from xjk.runner.hits import find_hits
from xjk.runner.load import load
from xjk.testing.contract.books import Books
from xjk.testing.contract.waivers import WAIVABLE

EXAMPLES = 12
"""Ledgers that a property check tries when nobody says otherwise."""

_LIMITS = Limits(seconds=30, findings=1_000)


@dataclass(frozen=True, slots=True)
class Breach:
    """Say where a rule does not keep the contract.

    Attributes:
        what: What was seen and what to do.
        where: File and line, case or ledger it was seen in; empty when it is about the rule as a whole.
        about: Name under which a waiver can excuse it; empty when it cannot be waived.
    """

    what: Words
    where: str = ""
    about: str = ""

    def text(self) -> str:
        """Return the breach in English and Chinese."""
        named = f' "{self.about}"' if self.about else ""
        head = f"{self.where}{named}: " if self.where or named else ""
        return f"{head}{self.what.en} {self.what.zh}"


@dataclass(frozen=True)
class Subject:
    """Be one rule on one engine, as the checks see it.

    Attributes:
        rule: The rule.
        packs: The pack it belongs to, as a catalogue; its data folders count.
        engine: Engine to run on.
        examples: Ledgers that a property check tries.
    """

    rule: Rule
    packs: Catalogue
    engine: str = "sqlite"
    examples: int = EXAMPLES

    def cases(self) -> tuple[Case, ...]:
        """Return the cases of the rule.

        Raises:
            RuleFolderError: when cases.yaml is not valid.
        """
        return read_cases(self.rule).cases

    @contextmanager
    def open_cases(self) -> Iterator[tuple[OpenCase, ...]]:
        """Load the books of every case that expects the rule to run, and close them afterwards."""
        with ExitStack() as stack:
            yield tuple(
                stack.enter_context(open_case(self.rule, case, self.packs, self.engine))
                for case in self.cases()
                if case.expect != "skipped"
            )

    def load(self, books: Books) -> Ledger:
        """Load small books into the engine."""
        return load(
            [raw_table(table, rows) for table, rows in books.items()], engine=self.engine, packs=self.packs
        )

    def hits(self, books: Books, settings: Mapping[str, object] = MappingProxyType({})) -> tuple[Hit, ...]:
        """Return what the rule finds in small books.

        Raises:
            XjkError: when the books cannot be loaded or the rule fails.
        """
        with self.load(books) as ledger:
            return self.hits_in(ledger, settings)

    def hits_in(
        self, ledger: Ledger, settings: Mapping[str, object] = MappingProxyType({})
    ) -> tuple[Hit, ...]:
        """Return what the rule finds in a loaded ledger."""
        with self._asked_in(ledger, settings) as ask:
            return ask()

    @contextmanager
    def asked(
        self, books: Books, settings: Mapping[str, object] = MappingProxyType({})
    ) -> Iterator[Callable[[], tuple[Hit, ...]]]:
        """Make everything ready to run the rule on small books, and give the call that runs it."""
        with self.load(books) as ledger, self._asked_in(ledger, settings) as ask:
            yield ask

    @contextmanager
    def _asked_in(
        self, ledger: Ledger, settings: Mapping[str, object]
    ) -> Iterator[Callable[[], tuple[Hit, ...]]]:
        params = resolve(
            self.rule, as_of=ledger.as_of, settings=settings, standards=ledger.standards_in_force
        )
        session = ledger.session(seconds=_LIMITS.seconds)
        try:
            yield lambda: find_hits(self.rule, session, params, ledger.as_of, _LIMITS)
        finally:
            session.close()


Run = Callable[[Subject], Iterator[Breach]]
"""The function of a check: yields what a rule does not keep."""


def _every(_: Rule) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Check:
    """Be one check of the contract.

    Attributes:
        id: Name that tests, waivers and pages use: RC01 to RC18.
        title: What a rule that passes is.
        why: What goes wrong in an audit when it is not.
        run: The check.
        engines: Whether it is run on every engine; the others look at files only.
        applies: Tells the rules it is about.
    """

    id: str
    title: Words
    why: Words
    run: Run = field(repr=False)
    engines: bool = False
    applies: Callable[[Rule], bool] = field(default=_every, repr=False)

    @property
    def is_waivable(self) -> bool:
        """Tell whether a rule may explain in writing why it does not pass."""
        return self.id in WAIVABLE
