"""Mutation of rule.sql: change one thing at a time, and see whether a case of the rule notices."""

from __future__ import annotations

from xjk.testing.mutation.mutant import KINDS, Kind, Mutant
from xjk.testing.mutation.mutants import mutants
from xjk.testing.mutation.run import MutantResult, run_mutants

__all__ = ["KINDS", "Kind", "Mutant", "MutantResult", "mutants", "run_mutants"]
