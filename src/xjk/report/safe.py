"""Text from data, made harmless before it reaches a terminal.

Control characters can move the cursor, retitle a window or hide what follows; marks of direction can turn a line
around. Neither has a meaning in the books.
"""

from __future__ import annotations

import re

_CONTROL = "\x00-\x1f\x7f-\x9f"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACE = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_HARMFUL = re.compile(f"[{_CONTROL}{_DIRECTION}\ud800-\udfff]")
_HARMFUL_IN_JSON = re.compile(f"[\x7f-\x9f{_DIRECTION}\u2028\u2029]")


def one_line(text: str) -> str:
    """Return a text on one line, without characters that a terminal would obey."""
    return text if text.isprintable() else _HARMFUL.sub("", _SPACE.sub(" ", text))


def escape_json(document: str) -> str:
    """Escape such characters in a JSON document, where they can only stand inside strings; nothing is lost."""
    return _HARMFUL_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", document)
