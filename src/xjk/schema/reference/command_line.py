"""The page of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from xjk.schema.reference.markdown import anchor, code, page, table

_HOME = "xjk.cli.parser"
"""Module that builds the parser. The command line stands above this package and is only looked at, by name."""


def command_line_page() -> str:
    """Return the page of every verb with its arguments."""
    root = parser()
    common = frozenset(option for action in _actions(root) for option in action.option_strings)
    return page(
        "命令行 Command line",
        _described(root, frozenset()),
        root.epilog or "",
        *(f"{anchor(_path(verb))}\n\n## {verb.prog}\n\n{_described(verb, common)}" for verb in verbs(root)),
    )


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; its Chinese help has the English beside it."""
    built: argparse.ArgumentParser = import_module(_HOME).build_parser("zh")
    return built


def verbs(above: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parsers of all verbs, those below verbs included, in the order of the help text."""
    for action in _actions(above):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no other way to ask
            for verb in action.choices.values():
                yield verb
                yield from verbs(verb)


def _actions(of: argparse.ArgumentParser) -> list[argparse.Action]:
    return of._actions  # noqa: SLF001


def _described(verb: argparse.ArgumentParser, common: frozenset[str]) -> str:
    parts = [verb.description or "", _operands(verb), _options(verb, common)]
    return "\n\n".join(part.strip() for part in parts if part)


def _operands(verb: argparse.ArgumentParser) -> str:
    rows: list[tuple[str, str]] = []
    for action in _actions(verb):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            rows += [
                (f"[{code(name)}](#{_path(below)})", below.description or "")
                for name, below in action.choices.items()
            ]
        elif not action.option_strings:
            rows.append((code(_value(action) + _repeat(action)), _help(action)))
    return table(("参数 Argument", "含义 Meaning"), rows)


def _path(verb: argparse.ArgumentParser) -> str:
    return "-".join(verb.prog.split()[1:])


def _options(verb: argparse.ArgumentParser, common: frozenset[str]) -> str:
    rows = []
    for action in _actions(verb):
        if not action.option_strings or common & set(action.option_strings):
            continue
        value = "" if action.nargs == 0 else _value(action)
        names = ", ".join(code(f"{option} {value}".strip()) for option in action.option_strings)
        rows.append((names, "必填 required" if action.required else _default(action), _help(action)))
    return table(("选项 Option", "缺省 Default", "含义 Meaning"), rows)


def _default(action: argparse.Action) -> str:
    default = action.default
    told = isinstance(default, int | str) and default not in ("", False, argparse.SUPPRESS)
    return code(default) if told else ""


def _value(action: argparse.Action) -> str:
    if action.metavar is None and action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    name = action.metavar or action.dest.upper()
    return " ".join(name) if isinstance(name, tuple) else name


def _repeat(action: argparse.Action) -> str:
    return {"+": " …", "*": " …", "?": " ?"}.get(str(action.nargs), "")


def _help(action: argparse.Action) -> str:
    """Return a help text with its placeholders filled, as argparse shows it."""
    text = action.help or ""
    return "" if text == argparse.SUPPRESS else text % {**vars(action), "prog": "xjk"}
