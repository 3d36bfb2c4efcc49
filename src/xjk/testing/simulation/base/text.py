"""How single values are written into CSV."""

from __future__ import annotations

from datetime import date
from typing import Any


def yuan(fen: int) -> str:
    """Write fen as yuan with two places."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def cell(text: str) -> str:
    """Quote a text where CSV needs it."""
    if "," in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def value_text(value: Any, money: bool) -> str:
    """Write one value: dates in ISO form, amounts in yuan, nothing as nothing."""
    if value is None or value == "":
        return ""
    if money:
        return yuan(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
