"""Choose between the two languages."""

from __future__ import annotations

from collections.abc import Callable

from xjk.errors import Lang

Say = Callable[[str, str], str]
"""Given a text in Chinese and in English, return the one that is wanted."""


def speaker(lang: Lang) -> Say:
    """Return the function that chooses texts of one language."""
    return _chinese if lang == "zh" else _english


def _chinese(zh: str, _: str) -> str:
    return zh


def _english(_: str, en: str) -> str:
    return en
