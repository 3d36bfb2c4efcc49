"""The page of the command line, in both languages."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from xjk.schema.reference.markdown import anchor, cell, code, page, table

_HOME = "xjk.cli.parser"
"""Module that builds the parser. The command line stands above this package and is only looked at, by name."""

Pair = tuple[argparse.ArgumentParser, argparse.ArgumentParser]
"""One parser in Chinese and in English."""


def command_line_page() -> str:
    """Return the page of every verb with its arguments."""
    root = parsers()
    common = {option for action in _actions(root[0]) for option in action.option_strings}
    return page(
        "命令行 Command line",
        _described(root, frozenset()),
        *(
            "\n\n".join(
                [f"{anchor(_path(verb[0]))}\n\n## {verb[0].prog}", _described(verb, frozenset(common))]
            )
            for verb in verbs(root)
        ),
    )


def parsers() -> Pair:
    """Return the parser of the whole command line."""
    build = import_module(_HOME).build_parser
    return build("zh"), build("en")


def verbs(pair: Pair) -> Iterator[Pair]:
    """Yield the parsers of all verbs, those below verbs included, in the order of the help text."""
    for zh, en in zip(*map(_actions, pair), strict=True):
        if isinstance(zh, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no other way to ask
            for name in zh.choices:
                verb = zh.choices[name], en.choices[name]
                yield verb
                yield from verbs(verb)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001


def _described(pair: Pair, common: frozenset[str]) -> str:
    zh, en = pair
    epilogs = (zh.epilog or "", en.epilog or "") if not common else ("", "")
    parts = [
        _lines(zh.description or "", en.description or ""),
        _operands(pair),
        _options(pair, common),
        _lines(*epilogs),
    ]
    return "\n\n".join(part for part in parts if part)


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _operands(pair: Pair) -> str:
    rows: list[tuple[str, str]] = []
    for zh, en in zip(*map(_actions, pair), strict=True):
        if isinstance(zh, argparse._SubParsersAction):  # noqa: SLF001
            rows += [
                (
                    f"[{code(name)}](#{_path(verb)})",
                    _lines(verb.description or "", en.choices[name].description or ""),
                )
                for name, verb in zh.choices.items()
            ]
        elif not zh.option_strings:
            rows.append((code(_value(zh) + _repeat(zh)), _help(zh, en)))
    return table(("参数 Argument", "含义 Meaning"), rows)


def _path(parser: argparse.ArgumentParser) -> str:
    return "-".join(parser.prog.split()[1:])


def _options(pair: Pair, common: frozenset[str]) -> str:
    rows = []
    for zh, en in zip(*map(_actions, pair), strict=True):
        if not zh.option_strings or common & set(zh.option_strings):
            continue
        value = "" if zh.nargs == 0 else _value(zh)
        names = ", ".join(code(f"{option} {value}".strip()) for option in zh.option_strings)
        need = "必填 required" if zh.required else _default(zh)
        rows.append((names, need, _help(zh, en)))
    return table(("选项 Option", "缺省 Default", "含义 Meaning"), rows)


def _default(action: argparse.Action) -> str:
    default = action.default
    return (
        code(default)
        if isinstance(default, int | str) and default not in ("", False, argparse.SUPPRESS)
        else ""
    )


def _value(action: argparse.Action) -> str:
    if action.metavar is None and action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    name = action.metavar or action.dest.upper()
    return " ".join(name) if isinstance(name, tuple) else name


def _repeat(action: argparse.Action) -> str:
    return {"+": " …", "*": " … ", "?": "?"}.get(str(action.nargs), "").rstrip()


def _help(zh: argparse.Action, en: argparse.Action) -> str:
    """Return both help texts with their placeholders filled, as argparse shows them."""
    filled = (
        each.help % {**vars(each), "prog": "xjk"}
        for each in (zh, en)
        if each.help and each.help != argparse.SUPPRESS
    )
    return cell(_lines(*filled))
