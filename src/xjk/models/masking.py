"""Personal data, made unreadable by default."""

from __future__ import annotations

import re
from collections.abc import Collection

from xjk.models.identifiers import is_bank_card, is_citizen_number, looks_like_bank_card

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{11,19}[0-9Xx]?(?![0-9A-Za-z])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def mask(value: str) -> str:
    """Hide all but the first two and last two characters; all of a short value."""
    if len(value) < 8:
        return "*" * len(value)
    return value[:2] + "*" * (len(value) - 4) + value[-2:]


def mask_personal(text: str, known: Collection[str] = ()) -> str:
    """Hide every value known to be personal, and every number that is an identity, card or mobile number."""
    for value in sorted(known, key=len, reverse=True):
        text = text.replace(value, mask(value))
    return _NUMBER.sub(lambda match: mask(match[0]) if _is_personal(match[0]) else match[0], text)


def _is_personal(number: str) -> bool:
    if is_citizen_number(number.upper()) or _MOBILE.fullmatch(number):
        return True
    return looks_like_bank_card(number) and is_bank_card(number)
