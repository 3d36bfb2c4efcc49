"""Hypothesis strategies for every model and for whole ledgers, built from the models' constraints.

Values and rows are canonical text, as ``xjk.load`` takes them; ``models`` draws instances. Arguments are checked when
a strategy is made. Nothing is filtered: what is drawn is valid by construction.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xjk.testing.strategies.books import ledgers as ledgers
    from xjk.testing.strategies.columns import codes as codes
    from xjk.testing.strategies.columns import days as days
    from xjk.testing.strategies.columns import flags as flags
    from xjk.testing.strategies.columns import integers as integers
    from xjk.testing.strategies.columns import money as money
    from xjk.testing.strategies.columns import numbers as numbers
    from xjk.testing.strategies.columns import texts as texts
    from xjk.testing.strategies.columns import values as values
    from xjk.testing.strategies.honest import honest_ledgers as honest_ledgers
    from xjk.testing.strategies.identifiers import accounts as accounts
    from xjk.testing.strategies.identifiers import bank_cards as bank_cards
    from xjk.testing.strategies.identifiers import citizen_numbers as citizen_numbers
    from xjk.testing.strategies.identifiers import credit_codes as credit_codes
    from xjk.testing.strategies.identifiers import phones as phones
    from xjk.testing.strategies.instances import models as models
    from xjk.testing.strategies.names import companies as companies
    from xjk.testing.strategies.names import company_names as company_names
    from xjk.testing.strategies.names import people as people
    from xjk.testing.strategies.names import person_names as person_names
    from xjk.testing.strategies.names import unit_codes as unit_codes
    from xjk.testing.strategies.planting import Planted as Planted
    from xjk.testing.strategies.planting import planted as planted
    from xjk.testing.strategies.rows import records as records

_PACKAGE = "xjk.testing.strategies"
_HOMES = {
    "Planted": "planting",
    "accounts": "identifiers",
    "bank_cards": "identifiers",
    "citizen_numbers": "identifiers",
    "codes": "columns",
    "companies": "names",
    "company_names": "names",
    "credit_codes": "identifiers",
    "days": "columns",
    "flags": "columns",
    "honest_ledgers": "honest",
    "integers": "columns",
    "ledgers": "books",
    "models": "instances",
    "money": "columns",
    "numbers": "columns",
    "people": "names",
    "person_names": "names",
    "phones": "identifiers",
    "planted": "planting",
    "records": "rows",
    "texts": "columns",
    "unit_codes": "names",
    "values": "columns",
}

__all__ = [  # noqa: PLE0604 - the table above, which a test compares with the imports
    *_HOMES
]


def __getattr__(name: str) -> Any:
    """Import a strategy on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{_PACKAGE}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(_HOMES)
