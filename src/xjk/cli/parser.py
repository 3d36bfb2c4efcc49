"""The command line: every verb, operand and option. Nothing heavy is imported, so help is there at once."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from xjk.cli.author_verbs import BENCH, NEW, RULES, simulate_options
from xjk.cli.help_text import Parser, ShowVersion, both
from xjk.cli.options import (
    Verb,
    config_file,
    count,
    data,
    day,
    engine_name,
    format_name,
    output,
    references,
    selection,
)
from xjk.errors import Lang

_EXIT_ZH = "退出码：0 无疑点；1 有达到 --fail-level 的疑点；2 用法或数据错误；3 检查不完整；130 被中断。"
_EXIT_EN = (
    "Exit codes: 0 clean; 1 findings at or above --fail-level; 2 usage or data error; 3 incomplete run; "
    "130 interrupted."
)


def build_parser(lang: Lang) -> Parser:
    """Return the parser of the whole command line, with help in one language."""
    parser = Parser(
        prog="xjk",
        lang=lang,
        zh="从单位账套中查找“小金库”疑点。",
        en="Find clues to off-book funds (小金库) in the books of public bodies.",
    )
    parser.epilog = both(lang, _EXIT_ZH, _EXIT_EN)
    _common(parser)
    parser.common("--version", zh="显示版本", en="show the version", action=ShowVersion, nargs=0)
    _add_verbs(parser, VERBS)
    return parser


def _add_verbs(parser: Parser, verbs: Mapping[str, Verb]) -> None:
    actions = parser.verbs()
    for name, verb in verbs.items():
        child = actions.add_parser(
            name, help=both(parser.lang, verb.zh, verb.en), lang=parser.lang, zh=verb.zh, en=verb.en
        )
        verb.add(child)
        _common(child)
        child.set_defaults(module=verb.module)


def _common(parser: Parser) -> None:
    """Add what every verb takes; a value given before the verb stands unless it is given again."""
    parser.common("-h", "--help", zh="显示帮助", en="show this help", action="help")
    parser.common(
        "--lang",
        zh="语言，默认取环境变量 XJK_LANG，再取 zh",
        en="language; by default XJK_LANG, then zh",
        choices=("zh", "en"),
        default=argparse.SUPPRESS,
    )
    parser.common(
        "--quiet",
        zh="不显示进度和提示",
        en="no progress, no notes",
        action="store_true",
        default=argparse.SUPPRESS,
    )
    parser.common(
        "--debug",
        zh="意外出错时显示详情（可能含数据）",
        en="show a traceback when something unexpected happens (may hold data)",
        action="store_true",
        default=argparse.SUPPRESS,
    )


def _check(parser: Parser) -> None:
    data(parser)
    engine_name(parser)
    parser.option(
        "--engine-option",
        zh="引擎选项，可多次给出，如 memory_limit=2GB",
        en="a setting of the engine, such as memory_limit=2GB; may be given several times",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="engine_options",
    )
    parser.option(
        "--workers",
        zh="SQLite 引擎可同时使用的进程数，默认 1",
        en="processes that may work at a time with SQLite; 1 by default",
        type=int,
        default=1,
        metavar="N",
    )
    selection(parser)
    parser.option(
        "--preview",
        zh="也运行试行规则",
        en="run rules in preview too",
        action=argparse.BooleanOptionalAction,
    )
    parser.option("--baseline", zh="基线：已接受的疑点", en="baseline of accepted findings", metavar="FILE")
    parser.option("--exclusions", zh="排除文件", en="exclusions", metavar="FILE")
    parser.option(
        "--fail-level",
        zh="达到此程度的疑点使退出码为 1，默认 notice",
        en="lowest severity that makes the exit code 1; notice by default",
        choices=("serious", "warning", "notice"),
    )
    parser.option(
        "--strict",
        zh="缺数据的规则和不再起作用的基线条目也算检查不完整",
        en="rules without data and stale baseline entries make the run incomplete",
        action="store_true",
    )
    parser.option("--unmask", zh="显示个人信息原文", en="show personal data", action="store_true")
    format_name(parser, "text json jsonl csv", packs=True)
    output(parser)
    parser.epilog = both(parser.lang, _EXIT_ZH, _EXIT_EN)


def _validate(parser: Parser) -> None:
    data(parser)
    format_name(parser, "text json jsonl csv")
    output(parser)
    parser.option(
        "--quarantine",
        zh="把被隔离的行写入新目录，改正后可再导入",
        en="write refused rows into a new folder, to be repaired and loaded again",
        metavar="FOLDER",
    )
    parser.option(
        "--limit",
        zh="最多列出多少个问题（全部计数）",
        en="most problems to list; all are counted",
        type=count,
        metavar="N",
    )


def _map(parser: Parser) -> None:
    parser.option("--suggest", zh="为文件起草映射", en="draft a mapping for a file", metavar="FILE")
    parser.option(
        "--check",
        zh="报告映射读出了什么",
        en="report what a mapping yields",
        nargs=2,
        metavar=("MAPPING", "DATA"),
    )
    output(parser)


def _rules(parser: Parser) -> None:
    _add_verbs(parser, RULES_VERBS)


def _new(parser: Parser) -> None:
    _add_verbs(parser, NEW)


def _bench(parser: Parser) -> None:
    _add_verbs(parser, BENCH)


def _rules_list(parser: Parser) -> None:
    selection(parser)
    format_name(parser, "text json")
    output(parser)


def _rules_show(parser: Parser) -> None:
    parser.operand("code", zh="规则编码，如 XJK301", en="code of the rule, such as XJK301", metavar="CODE")


def _rules_test(parser: Parser) -> None:
    parser.operand(
        "codes",
        zh="规则编码或前缀，默认全部",
        en="codes or prefixes; all rules by default",
        nargs="*",
        metavar="CODE",
    )
    engine_name(parser)


def _explain(parser: Parser) -> None:
    parser.operand(
        "what",
        zh="规则编码、疑点或线索编号、问题代码（P101）或错误代码（XJK-E204）",
        en="code of a rule, identifier of a finding or lead, code of a problem (P101) or an error (XJK-E204)",
        metavar="WHAT",
    )
    parser.option(
        "--from",
        zh="检查结果：--format json 或 jsonl 写出的文件",
        en="a result written with --format json or jsonl",
        dest="source",
        metavar="FILE",
    )


def _packs(parser: Parser) -> None:
    format_name(parser, "text json")
    output(parser)


def _checklist(parser: Parser) -> None:
    parser.option(
        "--form",
        zh="表现形式，如 F4；可多个，用逗号分开",
        en="a form such as F4; several are separated by commas",
        action="extend",
        type=references,
        metavar="F",
        default=[],
    )
    parser.option("--kind", zh="单位性质，如 canteen", en="kind of unit, such as canteen", metavar="KIND")
    format_name(parser, "text json")
    output(parser)


def _nothing(_: Parser) -> None:
    """Add nothing: the verb takes only what every verb takes."""


def _schema(parser: Parser) -> None:
    parser.operand(
        "action",
        zh="write 写出，check 核对",
        en="write them, or check that they are up to date",
        choices=("write", "check"),
    )
    parser.operand(
        "folder", zh="目录，默认 schemas", en="folder; schemas by default", nargs="?", default="schemas", metavar="FOLDER"
    )  # fmt: skip


def _config(parser: Parser) -> None:
    parser.operand(
        "action",
        zh="显示（默认）",
        en="show the settings (default)",
        nargs="?",
        choices=("show",),
        default="show",
    )
    parser.option("--origin", zh="显示每项的来源", en="say where each comes from", action="store_true")
    config_file(parser)


def _baseline(parser: Parser) -> None:
    parser.operand("action", zh="写出", en="write a baseline", choices=("write",))
    parser.operand(
        "result", zh="检查结果（JSON 或 JSON 行）", en="result as JSON or JSON lines", metavar="RUN"
    )
    parser.option("--reason", zh="为什么接受", en="why the findings are accepted", required=True)
    parser.option("--by", zh="谁接受", en="who accepts them", default="")
    parser.option("--until", zh="有效至（YYYY-MM-DD）", en="last day (YYYY-MM-DD)", type=day, metavar="DAY")
    parser.option(
        "--output", zh="基线文件，默认 baseline.json", en="baseline; baseline.json by default", default="baseline.json", metavar="FILE"
    )  # fmt: skip


VERBS: Mapping[str, Verb] = {
    "check": Verb("读取数据，运行规则，报告疑点。", "Read data, run rules, report findings.", _check, "check"),
    "validate": Verb("核对数据：每一行的去向和问题。", "Say what became of every row, and why.", _validate, "validate"),
    "map": Verb("起草或核对映射文件。", "Draft or check a mapping file.", _map, "map"),
    "rules": Verb("列出、查看、测试规则。", "List, show or test rules.", _rules, ""),
    "new": Verb("新建规则包或规则。", "Create a pack or a rule.", _new, ""),
    "simulate": Verb("生成虚构的区的账，含已知答案。", "Write the books of a fictional district, with the answers.", simulate_options, "simulate"),
    "bench": Verb("对照答案评分。", "Score findings against ground truth.", _bench, ""),
    "explain": Verb("解释规则、疑点、问题或错误。", "Explain a rule, finding, problem or error.", _explain, "explain"),
    "checklist": Verb("列出现场核查步骤。", "List the steps of an inspection on site.", _checklist, "checklist"),
    "packs": Verb("列出已安装的规则包。", "List the installed packs.", _packs, "packs"),
    "doctor": Verb("检查安装是否完好。", "Check the installation.", _nothing, "doctor"),
    "schema": Verb("写出或核对 JSON Schema 和数据字典。", "Write or check the JSON Schemas and the data dictionary.", _schema, "schema"),
    "config": Verb("显示生效的设置。", "Show the settings in effect.", _config, "config"),
    "baseline": Verb("把一次检查的疑点记为已接受。", "Accept the findings of a run.", _baseline, "baseline"),
}  # fmt: skip

RULES_VERBS: Mapping[str, Verb] = {
    "list": Verb("列出规则。", "List rules.", _rules_list, "rules_list"),
    "show": Verb("查看一条规则。", "Show one rule.", _rules_show, "rules_show"),
    "test": Verb("运行规则自带的案例。", "Run the cases that come with rules.", _rules_test, "rules_test"),
    **RULES,
}
