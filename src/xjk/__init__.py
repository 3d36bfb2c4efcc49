"""Find off-book slush funds (小金库) in public-sector books.

The names below are the public interface; each is imported when it is first used, so ``import xjk`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xjk.hooks.manager import catalogue as catalogue
    from xjk.hooks.manager import catalogue_of as catalogue_of
    from xjk.hooks.specs import HOOK_API as HOOK_API
    from xjk.hooks.specs import hookimpl as hookimpl
    from xjk.ledger.ledger import Ledger as Ledger
    from xjk.models.finding import EvidenceKey as EvidenceKey
    from xjk.models.finding import Finding as Finding
    from xjk.models.finding import Hit as Hit
    from xjk.models.identifiers import is_bank_card as is_bank_card
    from xjk.models.identifiers import is_citizen_number as is_citizen_number
    from xjk.models.identifiers import is_uscc as is_uscc
    from xjk.models.lead import Lead as Lead
    from xjk.models.lead import UnitRank as UnitRank
    from xjk.models.pack import EngineInfo as EngineInfo
    from xjk.models.pack import PackInfo as PackInfo
    from xjk.models.pack import ReaderInfo as ReaderInfo
    from xjk.models.pack import ReporterInfo as ReporterInfo
    from xjk.models.problem import Problem as Problem
    from xjk.models.rule import Rule as Rule
    from xjk.models.rule import RuleMeta as RuleMeta
    from xjk.models.run import RunResult as RunResult
    from xjk.models.run import Validation as Validation
    from xjk.models.words import Words as Words
    from xjk.rules.detect import LedgerView as LedgerView
    from xjk.rules.params import Params as Params
    from xjk.runner.baseline import write_baseline as write_baseline
    from xjk.runner.cases import run_cases as run_cases
    from xjk.runner.check import check as check
    from xjk.runner.in_place import in_place as in_place
    from xjk.runner.load import load as load
    from xjk.runner.load import validate as validate
    from xjk.runner.on_spark import on_spark as on_spark

_HOMES = {
    "EngineInfo": "xjk.models.pack",
    "EvidenceKey": "xjk.models.finding",
    "Finding": "xjk.models.finding",
    "HOOK_API": "xjk.hooks.specs",
    "Hit": "xjk.models.finding",
    "Lead": "xjk.models.lead",
    "Ledger": "xjk.ledger.ledger",
    "LedgerView": "xjk.rules.detect",
    "PackInfo": "xjk.models.pack",
    "Params": "xjk.rules.params",
    "Problem": "xjk.models.problem",
    "ReaderInfo": "xjk.models.pack",
    "ReporterInfo": "xjk.models.pack",
    "Rule": "xjk.models.rule",
    "RuleMeta": "xjk.models.rule",
    "RunResult": "xjk.models.run",
    "UnitRank": "xjk.models.lead",
    "Validation": "xjk.models.run",
    "Words": "xjk.models.words",
    "catalogue": "xjk.hooks.manager",
    "catalogue_of": "xjk.hooks.manager",
    "check": "xjk.runner.check",
    "hookimpl": "xjk.hooks.specs",
    "in_place": "xjk.runner.in_place",
    "is_bank_card": "xjk.models.identifiers",
    "is_citizen_number": "xjk.models.identifiers",
    "is_uscc": "xjk.models.identifiers",
    "load": "xjk.runner.load",
    "on_spark": "xjk.runner.on_spark",
    "run_cases": "xjk.runner.cases",
    "validate": "xjk.runner.load",
    "write_baseline": "xjk.runner.baseline",
}

__all__ = [  # noqa: PLE0604 - generated from the table above, which a test compares with the imports
    *_HOMES
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(_HOMES)
