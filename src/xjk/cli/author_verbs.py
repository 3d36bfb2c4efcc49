"""Verbs for people who write rules: mutate, new, simulate, bench."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from xjk.cli.help_text import Parser
from xjk.cli.options import Verb, data, engine_name, format_name, output, selection


def _mutate(parser: Parser) -> None:
    parser.operand(
        "codes",
        zh="规则编码或前缀，默认全部",
        en="codes or prefixes; all rules by default",
        nargs="*",
        metavar="CODE",
    )
    engine_name(parser)


def _new_pack(parser: Parser) -> None:
    parser.operand("name", zh="规则包名称，如 acme", en="name of the pack, such as acme", metavar="NAME")
    parser.option(
        "--folder", zh="建在哪个目录下，默认当前目录", en="folder to make it in; here by default", default=".", metavar="FOLDER"
    )  # fmt: skip
    parser.option(
        "--prefix",
        zh="规则编码的前缀，默认取自名称",
        en="prefix of its rule codes; made from the name by default",
        metavar="PREFIX",
    )


def _new_rule(parser: Parser) -> None:
    parser.operand("code", zh="规则编码，如 ACME101", en="code of the rule, such as ACME101", metavar="CODE")
    parser.operand(
        "name", zh="规则名称，小写英文加下划线", en="name of the rule in snake case", metavar="NAME"
    )
    parser.option(
        "--pack", zh="规则包的目录，默认当前目录", en="folder of the pack; here by default", default=".", metavar="FOLDER"
    )  # fmt: skip
    parser.option(
        "--kind",
        zh="用 SQL 还是 Python 写，默认 sql",
        en="written in SQL or Python; sql by default",
        choices=("sql", "python"),
        default="sql",
    )
    parser.option("--form", zh="表现形式，如 F6", en="form it looks for, such as F6", metavar="FORM")


def simulate_options(parser: Parser) -> None:
    """Add what ``xjk simulate`` takes."""
    parser.operand("folder", zh="写到哪个新目录", en="new folder to write to", metavar="FOLDER")
    for name, zh, en, value in (
        ("--units", "单位数，默认 18", "number of units; 18 by default", 18),
        ("--years", "年数，默认 2", "number of years; 2 by default", 2),
        (
            "--seed",
            "种子，默认 2024；同一种子得到相同的账",
            "seed; 2024 by default; one seed, one district",
            2024,
        ),
        ("--first-year", "第一年，默认 2024", "first year; 2024 by default", 2024),
    ):
        parser.option(name, zh=zh, en=en, type=int, default=value, metavar="N")
    parser.option(
        "--lines",
        zh="凭证分录大约多少条，默认不加密",
        en="about how many voucher lines; the natural number by default",
        type=int,
        metavar="N",
    )
    parser.option(
        "--schemes",
        zh="埋入的手法：all、none，或编号和形式（F3,F7-1），默认 all",
        en="schemes to plant: all, none, or identifiers and forms (F3,F7-1); all by default",
        default="all",
        metavar="X",
    )
    parser.option(
        "--format",
        zh="文件格式，默认 csv",
        en="format of the files; csv by default",
        choices=("csv", "parquet"),
        default="csv",
    )


def _detect(parser: Parser) -> None:
    data(parser)
    parser.option(
        "--truth",
        zh="答案文件，默认取数据目录内、旁边或上一级的 truth.yaml",
        en="ground truth; by default truth.yaml in, beside or above the data",
        metavar="FILE",
    )
    engine_name(parser)
    selection(parser)
    parser.option(
        "--preview",
        zh="也运行试行规则",
        en="run rules in preview too",
        action=argparse.BooleanOptionalAction,
    )
    format_name(parser, "text json")
    output(parser)


RULES: Mapping[str, Verb] = {
    "mutate": Verb(
        "逐处改动查询，看案例能否发现。",
        "Change queries one thing at a time, and see whether a case notices.",
        _mutate,
        "rules_mutate",
    ),
}
NEW: Mapping[str, Verb] = {
    "pack": Verb("新建规则包。", "Create a pack.", _new_pack, "new_pack"),
    "rule": Verb("在规则包中新建规则。", "Create a rule in a pack.", _new_rule, "new_rule"),
}
BENCH: Mapping[str, Verb] = {
    "detect": Verb(
        "运行规则并对照已知答案评分。", "Run rules and score what they find.", _detect, "bench_detect"
    ),
}
