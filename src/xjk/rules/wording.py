"""How rules may speak: they report clues, so titles and messages state facts and pass no verdict."""

from __future__ import annotations

import re
from string import Formatter

VERDICTS_ZH = ("违法", "贪污", "犯罪", "舞弊", "是小金库", "受贿", "行贿", "侵占", "诈骗", "盗窃")
"""Words that only a court or a discipline body may use of somebody."""

_VERDICTS_EN = re.compile(
    r"\b(?:guilty|fraud\w*|stole\w*|steal\w*|theft|embezzl\w*|crimes?|criminal\w*|corrupt\w*|brib\w*|illegal\w*"
    r"|is a slush fund)\b",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"[a-z_][a-z0-9_]*")


def verdicts(text: str) -> tuple[str, ...]:
    """Return the words of a text that pass a verdict."""
    return (*(word for word in VERDICTS_ZH if word in text), *_VERDICTS_EN.findall(text))


def bad_slots(template: str) -> tuple[str, ...]:
    """Return the slots of a message template that are more than a simple name in braces.

    Attribute access, indexes, conversions and formats are refused: facts arrive as finished text. A brace
    without its partner is returned as the whole template.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return (template,)
    return tuple(
        "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"
        for _, name, form, conversion in parts
        if name is not None and (conversion or form or not _SIMPLE.fullmatch(name))
    )
