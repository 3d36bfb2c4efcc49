"""The schemes that can be planted: real ways of keeping a slush fund, at least four for each form."""

from __future__ import annotations

from xjk.testing.simulation.schemes import (
    f1_works,
    f2_charges,
    f3_services,
    f4_revenue,
    f5_entities,
    f6_expenses,
    f7_invoices,
    f8_hierarchy,
    f9_other,
)
from xjk.testing.simulation.schemes.scheme import Scheme

SCHEMES: tuple[Scheme, ...] = (
    *f1_works.SCHEMES,
    *f2_charges.SCHEMES,
    *f3_services.SCHEMES,
    *f4_revenue.SCHEMES,
    *f5_entities.SCHEMES,
    *f6_expenses.SCHEMES,
    *f7_invoices.SCHEMES,
    *f8_hierarchy.SCHEMES,
    *f9_other.SCHEMES,
)
"""All schemes, in order of form and number."""
