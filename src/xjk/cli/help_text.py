"""Help in two languages: argparse, taught that Chinese characters are two columns wide."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from xjk.errors import Lang
from xjk.report.safe import one_line
from xjk.report.width import wrap


class Formatter(argparse.HelpFormatter):
    """Lay out help by terminal columns, and keep the line breaks of descriptions."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [line for part in text.split("\n") for line in wrap(part, width=width)]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class ChineseFormatter(Formatter):
    """Call the usage line by its Chinese name too."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage line."""
        super().add_usage(usage, actions, groups, "用法 usage: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Be an argument parser that writes help in one language or both.

    Chinese help has the English below it: names of options and verbs are English anyway.
    """

    def __init__(self, *, prog: str, lang: Lang, zh: str, en: str) -> None:
        super().__init__(
            prog=prog,
            description=both(lang, zh, en),
            formatter_class=Formatter if lang == "en" else ChineseFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self._operands = self.add_argument_group(self._title("参数", "arguments"))
        self._options = self.add_argument_group(self._title("选项", "options"))
        self._common = self.add_argument_group(self._title("通用选项", "common options"))

    def operand(self, name: str, *, zh: str, en: str, **options: Any) -> None:
        """Add a positional argument."""
        self._operands.add_argument(name, help=both(self.lang, zh, en), **options)

    def option(self, *names: str, zh: str, en: str, **options: Any) -> None:
        """Add an option of this verb."""
        self._options.add_argument(*names, help=both(self.lang, zh, en), **options)

    def common(self, *names: str, zh: str, en: str, **options: Any) -> None:
        """Add an option that every verb has."""
        self._common.add_argument(*names, help=both(self.lang, zh, en), **options)

    def verbs(self) -> argparse._SubParsersAction[Parser]:
        """Begin the list of verbs, one of which has to be given."""
        return self.add_subparsers(title=self._title("命令", "verbs"), metavar="VERB", required=True)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line on standard error and exit with 2."""
        head = "命令行有误" if self.lang == "zh" else "usage error"
        hint = f"见 {self.prog} --help" if self.lang == "zh" else f"see {self.prog} --help"
        self.exit(2, f"{self.format_usage()}{self.prog}: {head}: {one_line(message)} ({hint})\n")

    def _title(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else f"{zh} {en}"


class ShowVersion(argparse.Action):
    """Print the version and exit; it is looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print the version."""
        from importlib.metadata import version

        print(f"{parser.prog} {version('xjk')}")
        parser.exit()


def both(lang: Lang, zh: str, en: str) -> str:
    """Return help in one language: English alone, or Chinese with English below it; % means itself."""
    text = en if lang == "en" else f"{zh}\n{en}"
    return text.replace("%", "%%")
