"""Text on its way to and from a spreadsheet, which takes some cells for formulas."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^[-+]?[0-9][0-9.,]*-?\Z")
_ARMOURED = re.compile(r"^'+[=+\-@\t\r]")


def disarm(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula; plain numbers stay as they are.

    Text that looks disarmed already gets one more, so that ``rearm`` always gives back what was written.
    """
    formula = _FORMULA.match(text) and not _NUMBER.match(text)
    return "'" + text if formula or _ARMOURED.match(text) else text


def rearm(text: str) -> str:
    """Take off the apostrophe that ``disarm`` put on."""
    return text[1:] if _ARMOURED.match(text) else text
