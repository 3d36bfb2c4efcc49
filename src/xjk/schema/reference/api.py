"""The page of the public names."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from pydantic import BaseModel

import xjk
import xjk.testing
from xjk.schema.reference.docstrings import constant_doc, docstring, markdown, signature
from xjk.schema.reference.fields import fields_table
from xjk.schema.reference.markdown import anchor, code, fenced, page


def api_page() -> str:
    """Return the page of every public name."""
    names, kit = (sorted(module.__all__, key=str.lower) for module in (xjk, xjk.testing))
    return page(
        "公开接口 Public names",
        docstring(xjk),
        ", ".join(f"[{code(name)}](#{name})" for name in names),
        *("\n\n".join([f"{anchor(name)}\n\n## {name}", *_described(xjk, name)]) for name in names),
        f"{anchor('xjk-testing')}\n\n# xjk.testing",
        docstring(xjk.testing),
        ", ".join(f"[{code(name)}](#testing-{name})" for name in kit),
        *(
            "\n\n".join(
                [f"{anchor(f'testing-{name}')}\n\n## xjk.testing.{name}", *_described(xjk.testing, name)]
            )
            for name in kit
        ),
    )


def _described(package: ModuleType, name: str) -> Iterator[str]:
    value = getattr(package, name)
    home = import_module(package._HOMES[name])  # noqa: SLF001 - the table of these packages
    if inspect.isclass(value):
        yield from _class(value)
    elif inspect.isfunction(value):
        yield fenced(signature(value), "python")
        yield docstring(value)
    elif inspect.ismodule(value):
        yield from _module(value)
    else:
        yield from _constant(home, name, value)


def _module(module: ModuleType) -> Iterator[str]:
    """Yield what a module says of itself, and each of its public functions."""
    yield docstring(module)
    for name in sorted(module.__all__, key=str.lower):
        value = getattr(module, name)
        if inspect.isfunction(value):
            yield f"{fenced(signature(value), 'python')}\n\n{docstring(value)}"


def _constant(home: ModuleType, name: str, value: object) -> Iterator[str]:
    if isinstance(value, int | str):
        yield fenced(f"{name} = {value!r}", "python")
    yield markdown(constant_doc(home, name))


def _class(kind: type[Any]) -> Iterator[str]:
    yield f"*class* {code(f'{kind.__module__}.{kind.__name__}')}"
    yield docstring(kind)
    if issubclass(kind, BaseModel):
        yield fields_table(kind)
    elif dataclasses.is_dataclass(kind):
        shown = (_field(each) for each in dataclasses.fields(kind) if not each.name.startswith("_"))
        yield fenced(f"class {kind.__name__}:\n    " + "\n    ".join(shown), "python")
    for name, member in vars(kind).items():
        if not name.startswith(("_", "model_")) and (text := _member(name, member)):
            yield text


def _field(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"{field.name}: {field.type} = {field.default!r}"
    made = f" = {field.default_factory()!r}" if callable(field.default_factory) else ""
    return f"{field.name}: {field.type}{made}"


def _member(name: str, member: object) -> str:
    """Return the text of a method or property; empty for anything else."""
    function = (
        getattr(member, "__func__", None) or getattr(member, "fget", None) or getattr(member, "func", None)
    )
    if function is not None and not isinstance(member, classmethod | staticmethod):
        result = str(function.__annotations__.get("return", "")).strip("'")
        return f"**{code(f'{name}: {result}')}**\n\n{docstring(function)}"
    function = function or member
    if not inspect.isfunction(function):
        return ""
    declared = signature(function, name=name, bound=not isinstance(member, staticmethod))
    mark = "@classmethod\n" if isinstance(member, classmethod) else ""
    return f"{fenced(mark + declared, 'python')}\n\n{docstring(function)}"
