"""Docstrings and signatures as Markdown."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

from xjk.schema.reference.markdown import code, fenced

_SECTION = re.compile(
    r"^(Args|Attributes|Called when|Errors|Example|Parameters|Raises|Returns|Since|Yields):(?: (.*))?$"
)
_CODE = re.compile(r"(?<!`)``(?!`)")
_ITEM = re.compile(r"^(\w+): (.*)$")


def docstring(described: object) -> str:
    """Return the docstring of something as Markdown: sections in bold, arguments as a list, examples fenced."""
    return markdown(inspect.cleandoc(getattr(described, "__doc__", None) or ""))


def markdown(text: str) -> str:
    """Turn the text of a docstring into Markdown."""
    return prose("\n\n".join(_blocks(text.split("\n"))))


def prose(text: str) -> str:
    """Return text of a docstring with its code marked as Markdown does."""
    return _CODE.sub("`", text)


def _blocks(lines: list[str]) -> Iterator[str]:
    place = 0
    while place < len(lines):
        section = _SECTION.match(lines[place])
        end = place + 1
        if section:
            while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" ")):
                end += 1
            body = textwrap.dedent("\n".join(lines[place + 1 : end])).strip("\n")
            yield from _section(section[1], section[2] or "", body)
        elif lines[place].startswith("- "):
            while end < len(lines) and lines[end].startswith(("- ", "  ")):
                end += 1
            yield re.sub(r"\n  +", " ", "\n".join(lines[place:end]))
        elif lines[place].strip():
            while end < len(lines) and lines[end].strip() and not _SECTION.match(lines[end]):
                end += 1
            yield " ".join(line.strip() for line in lines[place:end])
        place = end


def _section(title: str, first: str, body: str) -> Iterator[str]:
    if title == "Example":
        yield f"**{title}**"
        yield fenced(body, "python")
        return
    items = _items(body)
    if items is None or first:
        yield f"**{title}**: " + " ".join([first, *body.split()]).strip()
        return
    yield f"**{title}**"
    yield "\n".join(f"- {code(name)}: {text}" for name, text in items)


def _items(body: str) -> list[tuple[str, str]] | None:
    """Return the ``name: text`` items of a section, or None when it is prose."""
    found: list[tuple[str, str]] = []
    for line in body.split("\n"):
        item = _ITEM.match(line)
        if item:
            found.append((item[1], item[2]))
        elif found and line.startswith(" "):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif line.strip():
            return None
    return found or None


def signature(function: Callable[..., Any], *, name: str = "", bound: bool = False) -> str:
    """Return the declaration of a function as it is written; with `bound`, without its first parameter."""
    declared = inspect.signature(function)
    parameters = list(declared.parameters.values())[1 if bound else 0 :]
    shown = str(declared.replace(parameters=[_plain(parameter) for parameter in parameters]))
    head, _, result = shown.rpartition(" -> ")
    text = f"{head} -> {result.strip(chr(39))}" if head else shown
    declaration = f"def {name or function.__name__}{text}"
    return declaration if len(declaration) <= 100 else _broken(declaration)


class _Written(str):
    """Be a text that is its own representation: annotations are shown as they are written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _plain(parameter: inspect.Parameter) -> inspect.Parameter:
    annotation = parameter.annotation
    return parameter.replace(annotation=_Written(annotation) if isinstance(annotation, str) else annotation)


def _broken(declaration: str) -> str:
    """Break a long declaration after each parameter."""
    head, _, rest = declaration.partition("(")
    parts: list[str] = []
    depth, start, tail = 0, 0, ""
    for place, char in enumerate(rest):
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            parts.append(rest[start:place])
            tail = rest[place + 1 :]
            break
        if char == "," and depth == 0:
            parts.append(rest[start:place])
            start = place + 1
    return head + "(\n" + "".join(f"    {part.strip()},\n" for part in parts if part.strip()) + ")" + tail


def constant_doc(module: ModuleType, name: str) -> str:
    """Return the text that stands below the assignment of a constant; empty when there is none."""
    body = ast.parse(inspect.getsource(module)).body
    for statement, after in pairwise(body):
        targets = statement.targets if isinstance(statement, ast.Assign) else ()
        named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if named and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            return inspect.cleandoc(str(after.value.value))
    return ""
