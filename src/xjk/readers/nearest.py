"""Suggest what somebody meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_TRIED = 80
"""Longest name compared, in characters; comparing is quadratic and names come from hostile files."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None when nothing is close."""
    spelled = {word.lower(): word for word in known}
    found = get_close_matches(name[:_TRIED].lower(), spelled, n=1, cutoff=0.6)
    return spelled[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the question as ends of a sentence, in Chinese and English; empty when nothing is close."""
    guess = nearest(name, known)
    return (f"，是否想写“{guess}”？", f'; did you mean "{guess}"?') if guess else ("。", ".")
