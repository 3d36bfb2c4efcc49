"""The pages of exceptions and of problems with data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk import errors
from xjk.errors import XjkError
from xjk.models.problem_kinds import PROBLEM_KINDS, ProblemKind
from xjk.schema.reference.docstrings import docstring
from xjk.schema.reference.markdown import anchor, code, page, table

SEVERITIES: Mapping[str, str] = {
    "error": "错误 error：该行不进账套，列入隔离区 the row is quarantined",
    "warning": "警示 warning：该行照常使用 the row is used",
    "notice": "提示 notice：没有丢失任何内容 nothing is lost",
}


CLASSES: Mapping[str, str] = {
    "XjkError": "本库有意抛出的全部异常之根",
    "UserError": "调用方式有误",
    "ConfigError": "配置文件有不认识的键、规则或值",
    "UnknownRuleError": "没有任何已安装的规则包提供该规则、规则包、表现形式或标签",
    "BaselineError": "基线文件或排除文件无法使用",
    "DataError": "数据完全无法读取；个别坏行是“数据问题”，不是异常",
    "SourceError": "路径不存在、没有任何表，或格式不认识",
    "EncodingError": "文字编码不支持，或中途改变",
    "FormatError": "文件不符合自身格式，或声称的大小离谱",
    "MappingError": "映射文件提到不存在的表、列或表头",
    "TableError": "表缺少主键列或必填列",
    "YamlError": "YAML 有误、过大，或键重复",
    "PackError": "规则包有问题；只影响该包",
    "PackLoadError": "规则包无法导入，或没有说明自己",
    "HookError": "钩子写错、参数不对，或接口版本不支持",
    "RuleFolderError": "规则文件夹中的 rule.md、rule.sql、rule.py 或 cases.yaml 有误",
    "RuleError": "规则运行时出错；其他规则照常运行",
    "RuleTimeoutError": "规则超过时限，已停止",
    "RuleForbiddenError": "规则试图写入、附加数据库或触及账套之外",
    "EngineError": "数据库引擎无法工作",
    "EngineMissingError": "引擎没有安装，或不认识",
    "ExtraMissingError": "没有安装可选依赖",
    "InternalError": "本库内部出错，请反馈",
}
"""Meaning of each exception in Chinese; the English stands with the class."""


def error_classes() -> list[type[XjkError]]:
    """Return every exception of the library, by code."""
    found = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, XjkError)
    ]
    return sorted(found, key=lambda each: each.code)


def errors_page() -> str:
    """Return the page of every exception."""
    return page(
        "错误 Errors",
        "每个异常都有固定编码，消息按“出了什么事、在哪里、怎么办”的顺序写，有中文和英文。`errors` 列出一次收集到的各项。\n"
        "Every exception has a stable code. Its message says what happened, where, and what to do, in both languages;\n"
        "`errors` holds the single errors when several were collected.",
        table(
            ("编码 Code", "类 Class", "上级 Parent", "含义 Meaning"),
            (
                (
                    anchor(each.code) + code(each.code),
                    code(each.__name__),
                    code(each.__mro__[1].__name__),
                    f"{CLASSES.get(each.__name__, '')} {docstring(each).split(chr(10), 1)[0]}",
                )
                for each in error_classes()
            ),
        ),
        "退出码 Exit codes: `0` 无疑点 clean · `1` 有达到 fail_level 的疑点 findings at or above the fail level · "
        "`2` 用法或数据错误 usage or data error · `3` 有规则、规则包或表未能运行 incomplete run",
    )


def problem_kinds() -> Iterator[tuple[str, ProblemKind]]:
    """Yield every kind of problem with its name, by code."""
    yield from sorted(PROBLEM_KINDS.items(), key=lambda item: item[1].code)


def problems_page() -> str:
    """Return the page of everything that can be wrong with data."""
    return page(
        "数据问题 Problems",
        "校验逐行进行，每一行要么进账套，要么连同原因进隔离区，不会不声不响地丢掉。花括号处填入具体值。\n"
        "Every row is either accepted or quarantined with the reason; none is lost. Braces are filled with values.",
        "\n".join(f"- {text}" for text in SEVERITIES.values()),
        *(
            "\n\n".join(
                [
                    f"{anchor(kind.code)}\n\n## {kind.code} {name}",
                    f"程度 Severity: {code(kind.severity)}",
                    table(
                        ("", "原因 Reason", "怎么办 What to do"),
                        (("zh", kind.reason.zh, kind.hint.zh), ("en", kind.reason.en, kind.hint.en)),
                    ),
                ]
            )
            for name, kind in problem_kinds()
        ),
    )
