"""Mark with TODO what an author has to write anew in a copied rule; the text of the example stays as a sample."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

MARK = "TODO"
"""Word that marks what is still to be written; the rule contract reports every line that holds it."""

_DECISIONS = ("form", "nature", "severity", "basis")
_PROSE = ("title", "message", "verify", "doc", "why")


def mark_page(text: str, decided: tuple[str, ...] = ()) -> str:
    """Return a rule.md with every text marked, and every decision but those already taken."""
    _, front, page = text.split("---\n", 2)
    front = _mark_prose(front)
    for key in _DECISIONS:
        if key not in decided:
            front = re.sub(rf"^{key}:.*$", rf"\g<0>  # {MARK}", front, flags=re.MULTILINE)
    front = re.sub(r"^authors:.*$", f"authors: [{MARK}]", front, flags=re.MULTILINE)
    page = re.sub(r"^(##[^\n]*\n\s*(?:- )?)", rf"\g<1>{MARK} ", page, flags=re.MULTILINE)
    return f"---\n{front}---\n{page}"


def mark_cases(text: str) -> str:
    """Return a cases.yaml with every innocent explanation marked."""
    return _mark_prose(text)


def mark_query(text: str) -> str:
    """Return a rule.sql whose first line says that it is the example's."""
    return f"-- {MARK} Put the query of this rule here; this is the one of the example.\n{text}"


def mark_module(text: str) -> str:
    """Return a rule.py whose docstring says that it is the example's."""
    return text.replace('"""', f'"""{MARK} ', 1)


def _mark_prose(text: str) -> str:
    """Put the mark before every scalar below a key of prose, inside its quotes if it has some."""
    lines = text.split("\n")
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    for start in sorted(_prose(node, marked=False), key=lambda mark: (mark.line, mark.column), reverse=True):
        line = lines[start.line]
        place = start.column + (line[start.column] in "\"'")
        lines[start.line] = f"{line[:place]}{MARK} {line[place:]}"
    return "\n".join(lines)


def _prose(node: Any, *, marked: bool) -> Iterator[Any]:
    """Yield where the scalars begin that stand below a key of prose."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _prose(value, marked=marked or key.value in _PROSE)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _prose(value, marked=marked)
    elif marked:
        yield node.start_mark
