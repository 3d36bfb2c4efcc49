"""The pages of exceptions and of problems with data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk.errors import error_classes
from xjk.models.problem_kinds import PROBLEM_KINDS, ProblemKind
from xjk.schema.reference.docstrings import docstring
from xjk.schema.reference.markdown import anchor, code, page, table

SEVERITIES: Mapping[str, str] = {
    "error": "错误 error：该行不进账套，列入隔离区 the row is quarantined",
    "warning": "警示 warning：该行照常使用 the row is used",
    "notice": "提示 notice：没有丢失任何内容 nothing is lost",
}


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
                    f"{each.meaning} {docstring(each).split(chr(10), 1)[0]}",
                )
                for each in sorted(error_classes(), key=lambda each: each.code)
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
