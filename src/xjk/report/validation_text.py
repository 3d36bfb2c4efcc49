"""A validation as text for people: what became of the rows of each file, and what is wrong with the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xjk.errors import Lang
from xjk.models.problem import Problem
from xjk.models.run import Validation
from xjk.report.labels import PROBLEM
from xjk.report.speech import Say, speaker
from xjk.report.width import table, wrap

SHOWN = 5
"""Problems of one code that are listed; all are counted."""


def write_text(validation: Validation, lang: Lang) -> Iterator[str]:
    """Yield the report line by line."""
    for line in _lines(validation, speaker(lang)):
        yield line + "\n"


def _lines(validation: Validation, say: Say) -> Iterator[str]:
    yield say("数据", "Data")
    yield from file_lines(validation, say)
    yield ""
    yield from problem_lines(validation, say)


def file_lines(validation: Validation, say: Say) -> Iterator[str]:
    """Yield the counts by file and table, and their sum; rows are accepted and quarantined ones."""
    header = (
        say("行数", "rows"),
        say("采纳", "accepted"),
        say("隔离", "quarantined"),
        say("忽略", "ignored"),
        say("表", "table"),
        say("文件", "file"),
    )
    files = validation.files
    rows = [
        (file.rows, file.accepted, file.quarantined, file.ignored, file.table, file.file) for file in files
    ]
    ignored = sum(file.ignored for file in files)
    total = (validation.rows, validation.accepted, validation.quarantined, ignored, say("合计", "total"), "")
    yield from table(map(_figures, [*rows, total]), header=header, right=range(4))


def _figures(cells: Iterable[str | int]) -> list[str]:
    return [f"{cell:,}" if isinstance(cell, int) else cell for cell in cells]


def problem_lines(validation: Validation, say: Say) -> Iterator[str]:
    """Yield what is wrong with the data, problems of one code together."""
    if not validation.counts:
        yield say("没有发现数据问题。", "Nothing is wrong with the data.")
        return
    yield say(
        f"问题：错误 {validation.errors:,}，警告 {validation.warnings:,}",
        f"Problems: errors {validation.errors:,}, warnings {validation.warnings:,}",
    )
    listed: dict[str, list[Problem]] = {}
    for problem in validation.problems:
        listed.setdefault(problem.code, []).append(problem)
    for code, count in sorted(validation.counts.items()):
        yield from _group(code, count, listed.get(code, []), say)


def _group(code: str, count: int, problems: Sequence[Problem], say: Say) -> Iterator[str]:
    shown = problems[:SHOWN]
    if not shown:
        yield from wrap(say(f"{code} {count:,} 处", f"{code} × {count:,}"), indent="  ")
    else:
        yield from _group_head(code, count, shown, say)
    reasons, hints = {problem.reason for problem in shown}, {problem.hint for problem in shown}
    for problem in shown:
        yield from wrap(_place(problem, say, with_reason=len(reasons) > 1), indent="    - ")
        if len(hints) > 1:
            yield from wrap(say(problem.hint.zh, problem.hint.en), indent="      ")
    if count > len(shown):
        more = count - len(shown)
        yield from wrap(
            say(f"另有 {more:,} 处，见 --format jsonl", f"and {more:,} more, see --format jsonl"),
            indent="    ",
        )


def _group_head(code: str, count: int, shown: Sequence[Problem], say: Say) -> Iterator[str]:
    """Yield code, severity and count, with the reason and the hint where all problems share them."""
    first = shown[0]
    severity = PROBLEM[first.severity]
    head = say(f"{code} {severity.zh} {count:,} 处", f"{code} {severity.en} × {count:,}")
    if len({problem.reason for problem in shown}) == 1:
        head += say(f"：{first.reason.zh}", f": {first.reason.en}")
    yield from wrap(head, indent="  ")
    if len({problem.hint for problem in shown}) == 1:
        yield from wrap(say(first.hint.zh, first.hint.en), indent="    ")


def _place(problem: Problem, say: Say, *, with_reason: bool) -> str:
    """Return where a problem is: file and row, table and column, the value as written."""
    row = f":{problem.row}" if problem.row else ""
    column = f"{problem.table or ''}.{problem.column}" if problem.column else problem.table or ""
    value = "" if problem.value is None else say(f"“{problem.value}”", f'"{problem.value}"')
    reason = say(problem.reason.zh, problem.reason.en) if with_reason else ""
    return "  ".join(filter(None, (f"{problem.file or ''}{row}", column, value, reason)))
