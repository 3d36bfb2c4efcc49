"""Recognise canonical tables by the names of files, sheets and database tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from xjk.models.nearest import nearest
from xjk.models.tables import TABLES
from xjk.readers.shaping.headers import normalise

_PART = re.compile(r"[-.(（~#][^-.(（~#]*$|[_ ][^_ A-Za-z][^_ ]*$|(?<=[\u4e00-\u9fff])[0-9]+年?$")


@cache
def table_names() -> Mapping[str, str]:
    """Return canonical tables by every name they may go by, normalised."""
    return {normalise(table): table for table in TABLES} | {
        normalise(model.zh): table for table, model in TABLES.items()
    }


def table_named(name: str) -> str | None:
    """Return the canonical table a name stands for: its English name or Chinese title.

    What follows a separator may tell parts apart: ``voucher_line-2024-01``, ``银行流水（工行）``, ``payment_2``; letters
    behind an underscore may not, because ``payment_terms`` is something else.
    """
    rest = name.strip()
    while rest:
        table = table_names().get(normalise(rest))
        if table is not None:
            return table
        shorter = _PART.sub("", rest)
        if shorter == rest:
            return None
        rest = shorter
    return None


def closest_table(name: str) -> str:
    """Return the table a name comes close to, as the end of a sentence in either language; empty if none does."""
    spelled = {table: table for table in TABLES} | {model.zh: table for table, model in TABLES.items()}
    close = nearest(name, spelled)
    return f" ({TABLES[spelled[close]].zh} {spelled[close]}?)" if close else ""
