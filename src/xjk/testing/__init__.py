"""The kit for testing rules and packs (extra ``xjk[testing]``).

The names below are public from the first release; each is imported when it is first used, so that simulating a
district does not ask for pytest, and running the contract does not ask for pyarrow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from xjk.errors import ExtraMissingError

if TYPE_CHECKING:
    from xjk.testing import strategies as strategies
    from xjk.testing.contract.pack import contract_checks as contract_checks
    from xjk.testing.contract.pack import pack_contract as pack_contract
    from xjk.testing.engines.check import EngineCheck as EngineCheck
    from xjk.testing.engines.check import Gap as Gap
    from xjk.testing.engines.suite import engine_checks as engine_checks
    from xjk.testing.findings_diff import assert_findings as assert_findings
    from xjk.testing.mutation import mutants as mutants
    from xjk.testing.scoring import read_truth as read_truth
    from xjk.testing.scoring import score as score
    from xjk.testing.simulation.simulate import simulate as simulate

_HOMES = {
    "EngineCheck": "xjk.testing.engines.check",
    "Gap": "xjk.testing.engines.check",
    "assert_findings": "xjk.testing.findings_diff",
    "contract_checks": "xjk.testing.contract.pack",
    "engine_checks": "xjk.testing.engines.suite",
    "mutants": "xjk.testing.mutation",
    "pack_contract": "xjk.testing.contract.pack",
    "read_truth": "xjk.testing.scoring",
    "score": "xjk.testing.scoring",
    "simulate": "xjk.testing.simulation.simulate",
    "strategies": "xjk.testing.strategies",
}
_OF_THE_EXTRA = ("hypothesis", "pytest", "sqlglot")

__all__ = [  # noqa: PLE0604 - generated from the table above, which a test compares with the imports
    *_HOMES
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(home)
    except ModuleNotFoundError as error:
        if error.name in _OF_THE_EXTRA:
            raise ExtraMissingError.of("testing", f"xjk.testing.{name} ", f"xjk.testing.{name}") from error
        raise
    value = module if home.endswith(f".{name}") and name == "strategies" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(_HOMES)
