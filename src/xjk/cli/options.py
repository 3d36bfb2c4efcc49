"""Options that several verbs of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from xjk.cli.help_text import Parser


class Verb(NamedTuple):
    """One verb: what it does, how its arguments are added, and the module that carries it out."""

    zh: str
    en: str
    add: Callable[[Parser], None]
    module: str


def references(text: str) -> list[str]:
    """Split ``XJK3,XJK701`` into references."""
    return [part for piece in text.split(",") if (part := piece.strip())]


def day(text: str) -> str:
    """Read a day as YYYY-MM-DD."""
    return date.fromisoformat(text).isoformat()


def count(text: str) -> int:
    """Read a whole number that is not negative."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def data(parser: Parser) -> None:
    """Add what is read: files, mapping, configuration."""
    parser.operand(
        "data",
        zh="数据目录或文件（CSV、XLSX、JSON、Parquet、SQLite），check 也接受数据库地址 postgresql://…",
        en="dataset folders or files (CSV, XLSX, JSON, Parquet, SQLite); check also takes a database, postgresql://…",
        nargs="+",
        metavar="DATA",
    )
    parser.option("--mapping", zh="映射文件", en="mapping file for foreign layouts", metavar="FILE")
    config_file(parser)


def config_file(parser: Parser) -> None:
    """Add the configuration file."""
    parser.option(
        "--config",
        zh="配置文件，默认为当前目录或上级目录中最近的 xjk.yaml",
        en="configuration; by default the nearest xjk.yaml here or above",
        metavar="FILE",
    )


def engine_name(parser: Parser) -> None:
    """Add the engine that holds the ledger."""
    parser.option(
        "--engine",
        zh="引擎 sqlite、duckdb、postgres、spark；默认 auto，装有 DuckDB 时用 DuckDB",
        en="sqlite, duckdb, postgres or spark; by default auto: duckdb where it is installed",
        default="auto",
        metavar="NAME",
    )


def output(parser: Parser) -> None:
    """Add the file that is written."""
    parser.option(
        "--output",
        zh="写入文件（完整写入，否则不写），默认写到标准输出",
        en="write to a file, whole or not at all; by default to standard output",
        metavar="FILE",
    )


def format_name(parser: Parser, names: str, *, packs: bool = False) -> None:
    """Add the format of what is written."""
    more_zh, more_en = ("，或规则包提供的格式", ", or a format of a pack") if packs else ("", "")
    parser.option(
        "--format",
        zh=f"输出格式：{names}{more_zh}；默认 text",
        en=f"format: {names}{more_en}; text by default",
        default="text",
        metavar="NAME",
    )


def selection(parser: Parser) -> None:
    """Add the rules to run and to leave out."""
    for name, zh, en in (
        ("--select", "要运行的规则：编码、前缀、规则包、形式、标签或名称，可用逗号分隔", "rules: codes, prefixes, packs, forms, tags or names"),
        ("--ignore", "不运行的规则，写法相同", "rules to leave out, written alike"),
    ):  # fmt: skip
        parser.option(name, zh=zh, en=en, action="extend", type=references, metavar="X", default=[])
