"""Suggest what somebody meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_COMPARED = 80
"""Longest name compared, in characters; comparing is quadratic and names come from hostile files."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None when nothing is close."""
    spelled = {word.lower(): word for word in sorted(known)}
    found = get_close_matches(name[:_COMPARED].lower(), spelled, n=1, cutoff=0.6)
    return spelled[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the question as ends of a sentence, in Chinese and English; full stops when nothing is close."""
    guess = nearest(name, known)
    return (f"，是否想写“{guess}”？", f'; did you mean "{guess}"?') if guess else ("。", ".")


def suggestion(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return a hint in Chinese and English: the closest known name, or the list of them."""
    names = sorted(known)
    guess = nearest(name, names)
    if guess is not None:
        return f"是否想写“{guess}”？", f'Did you mean "{guess}"?'
    if not names:
        return "删去它。", "Remove it."
    shown, more = names[:12], len(names) - 12
    zh, en = "、".join(shown), ", ".join(shown)
    if more > 0:
        zh, en = f"{zh} 等 {len(names)} 个", f"{en} and {more} more"
    return f"可用的有：{zh}。", f"Known: {en}."
