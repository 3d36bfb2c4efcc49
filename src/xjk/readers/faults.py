"""What readers report about files and records before any value is looked at."""

from __future__ import annotations

from xjk.models.problem import Problem, ProblemKind, ProblemSeverity
from xjk.models.words import Words

FAULTS: dict[str, ProblemKind] = {
    "duplicate_column": ProblemKind(
        "P305",
        "warning",
        Words(
            zh="列“{header}”与“{other}”都对应 {meaning}，只用了“{other}”。",
            en='The columns "{header}" and "{other}" both mean {meaning}; only "{other}" is used.',
        ),
        Words(
            zh="请改名或删除其中一列，或在映射文件中指明用哪一列。",
            en="Rename or remove one of them, or say in a mapping file which one to use.",
        ),
    ),
    "sign_as_direction": ProblemKind(
        "P306",
        "notice",
        Words(
            zh="没有收付方向列：列“{header}”的正数作为收入，负数作为支出。",
            en='There is no direction column: positive values of "{header}" are money in, negative ones money out.',
        ),
        Words(
            zh="如与银行的约定不同，请使用映射文件。",
            en="Use a mapping file if the bank means it differently.",
        ),
    ),
    "error_cells": ProblemKind(
        "P307",
        "warning",
        Words(
            zh="工作簿中有 {count} 个错误值单元格（如 #REF!）。",
            en="The workbook has {count} cells that hold an error (such as #REF!).",
        ),
        Words(
            zh="在金额、日期等列中的将被隔离，在文字列中的按原样保留；请修正公式后重新导入。",
            en="In amounts and dates they are quarantined, in text they stand as they are; correct the formulas.",
        ),
    ),
    "unsound_name": ProblemKind(
        "P308",
        "notice",
        Words(zh="“{name}”不是数据文件，未读取。", en='"{name}" is no data file and was not read.'),
        Words(
            zh="支持 CSV、TSV、TXT、JSON、JSONL、XLSX、Parquet。",
            en="CSV, TSV, TXT, JSON, JSONL, XLSX and Parquet are read.",
        ),
    ),
}
"""Kinds of problems of files and records; values have theirs in ``xjk.models.problem``."""


def fault(
    kind: str,
    *,
    file: str,
    table: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    severity: ProblemSeverity | None = None,
    **slots: object,
) -> Problem:
    """Make a problem of one of the kinds above; ``slots`` fill its texts."""
    known = FAULTS[kind]
    return Problem(
        code=known.code,
        severity=severity or known.severity,
        reason=known.reason.format(**slots),
        hint=known.hint.format(**slots),
        table=table,
        file=file,
        row=row,
        column=column,
        value=value,
    )
