"""The page of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from xjk.schema.reference.markdown import anchor, code, page, table

_HOME = "xjk.cli.main"
"""Module that builds the parser. The command line stands above this package and is only looked at here, by name."""

_HELP = {"-h", "--help"}


def command_line_page() -> str:
    """Return the page of every verb with its arguments."""
    parser: argparse.ArgumentParser = import_module(_HOME).build_parser()
    return page("命令行 Command line", *_sections(parser))


def verbs(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parsers of all verbs, those below verbs included, in the order of the help text."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for verb in dict.fromkeys(action.choices.values()):
                yield verb
                yield from verbs(verb)


def _sections(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield _described(parser)
    for verb in verbs(parser):
        name = verb.prog.removeprefix(f"{parser.prog} ")
        yield f"{anchor(name.replace(' ', '-'))}\n\n## {verb.prog}"
        yield _described(verb)
    if parser.epilog:
        yield parser.epilog


def _described(parser: argparse.ArgumentParser) -> str:
    parts = [parser.description or "", _positionals(parser), _options(parser)]
    return "\n\n".join(part.strip() for part in parts if part)


def _positionals(parser: argparse.ArgumentParser) -> str:
    rows = []
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            rows += [
                (f"[{code(name)}](#{_path(parser, name)})", _plain(told.get(name, ""), action))
                for name in action.choices
            ]
        elif not action.option_strings:
            rows.append((code(_metavar(action)), _plain(action.help or "", action)))
    return table(("参数 Argument", "含义 Meaning"), rows)


def _path(parser: argparse.ArgumentParser, name: str) -> str:
    return "-".join([*parser.prog.split()[1:], name])


def _options(parser: argparse.ArgumentParser) -> str:
    rows = []
    for action in parser._actions:  # noqa: SLF001
        if action.option_strings and not _HELP & set(action.option_strings):
            value = _metavar(action) if action.nargs != 0 else ""
            names = ", ".join(code(f"{option} {value}".strip()) for option in action.option_strings)
            default = action.default
            shown = "" if default in (None, False, argparse.SUPPRESS, [], ()) else code(default)
            rows.append((names, shown, _plain(action.help or "", action)))
    return table(("选项 Option", "缺省 Default", "含义 Meaning"), rows)


def _metavar(action: argparse.Action) -> str:
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    name = action.metavar or action.dest.upper()
    return " ".join(name) if isinstance(name, tuple) else name


def _plain(text: str, action: argparse.Action) -> str:
    """Return a help text with its placeholders filled, as argparse would show it."""
    return "" if text == argparse.SUPPRESS else text % {**vars(action), "prog": "xjk"}
