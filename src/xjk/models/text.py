"""Characters as they arrive in exports, brought to one form."""

from __future__ import annotations

import hashlib
import re

from xjk.models.problem import BadValue

_WIDE_OR_INVISIBLE = re.compile("[\uff01-\uff5e\u3000\ufeff\u200b\u200c\u200d\u2060]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

MAX_TEXT = 4000
"""Longest free text accepted, in characters."""

MAX_CODE = 200
"""Longest identifier accepted, in characters."""


def is_blank(text: str) -> bool:
    """Tell whether nothing is left of a text once tidied."""
    return not text or (not "!" <= text[0] <= "~" and not tidy(text))


def has_wide_or_invisible(text: str) -> bool:
    """Tell whether a text holds a full-width or invisible character that reading would change."""
    return not text.isascii() and _WIDE_OR_INVISIBLE.search(text) is not None


def half_width(text: str) -> str:
    """Turn full-width letters, digits, punctuation and spaces into their half-width twins."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def tidy(text: str) -> str:
    """Strip surrounding space and drop invisible characters (byte-order mark, zero-width joiners)."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return text.strip()


def read_text(text: str) -> str:
    """Read free text: tidied, otherwise as written.

    Raises:
        BadValue: ``control_character`` for NUL and other control characters or lone surrogates, ``too_long``.
    """
    text = tidy(text)
    if not text.isprintable() and _CONTROL.search(text):
        raise BadValue("control_character")
    if len(text) > MAX_TEXT:
        raise BadValue("too_long", limit=MAX_TEXT)
    return text


def fitted_code(code: str) -> str:
    """Keep an identifier made from several within the limit: a long one ends in a digest of the whole."""
    if len(code) <= MAX_CODE:
        return code
    return f"{code[: MAX_CODE - 33]}#{hashlib.sha256(code.encode()).hexdigest()[:32]}"


def fitting_code(sql: str) -> str:
    """Return SQL for an identifier made by an expression: NULL where it is too long to stand as it is."""
    return f"case when length({sql}) <= {MAX_CODE} then {sql} end"


def read_code(text: str) -> str:
    """Read an identifier: tidied, half-width, one line.

    Raises:
        BadValue: ``control_character`` (line breaks and tabs included) or ``too_long``.
    """
    if has_wide_or_invisible(text):
        text = tidy(half_width(text))
    text = text.strip()
    if not text.isprintable() and any(_CONTROL.match(char) or char in "\t\n\r" for char in text):
        raise BadValue("control_character")
    if len(text) > MAX_CODE:
        raise BadValue("too_long", limit=MAX_CODE)
    return text
