"""What readers report about files and records before any value is looked at."""

from __future__ import annotations

from xjk.models.problem import Problem, ProblemKind
from xjk.models.words import Words

FAULTS: dict[str, ProblemKind] = {
    "duplicate_column": ProblemKind(
        "P305",
        "warning",
        Words(
            zh="列“{header}”与“{other}”都对应 {column}，只用了“{other}”。",
            en='The columns "{header}" and "{other}" both mean {column}; only "{other}" is used.',
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
            zh="如与银行的约定不同，请使用映射文件。", en="Use a mapping file if the bank means it differently."
        ),
    ),
    "broken_record": ProblemKind(
        "P320",
        "error",
        Words(zh="该记录无法解析：{what}。", en="The record cannot be parsed: {what}."),
        Words(
            zh="请检查该行的引号；字段内的引号应写成两个。",
            en="Check the quotes of the row; a quote inside a cell is written twice.",
        ),
    ),
    "cell_error": ProblemKind(
        "P321",
        "error",
        Words(
            zh="单元格 {cell} 是错误值 {error}。", en="The cell {cell} holds the error {error}."
        ),
        Words(zh="请在表格中修正公式后保存。", en="Correct the formula in the workbook and save it."),
    ),
    "digits_lost": ProblemKind(
        "P322",
        "error",
        Words(
            zh="单元格 {cell} 以数字保存，超过 15 位，末尾数字已丢失。",
            en="The cell {cell} is kept as a number of more than 15 digits; the last ones are lost.",
        ),
        Words(
            zh="请将该列（账号、号码）设为文本格式后重新导出。",
            en="Format the column (account, number) as text and export it again.",
        ),
    ),
    "not_flat": ProblemKind(
        "P323",
        "error",
        Words(
            zh="字段“{header}”不是单个值，而是{kind}。",
            en='The field "{header}" is not a single value but {kind}.',
        ),
        Words(zh="请展开为单独的列。", en="Flatten it into columns of its own."),
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
    **slots: object,
) -> Problem:
    """Make a problem of one of the kinds above; ``slots`` fill its texts."""
    known = FAULTS[kind]
    return Problem(
        code=known.code,
        severity=known.severity,
        reason=known.reason.format(**slots),
        hint=known.hint.format(**slots),
        table=table,
        file=file,
        row=row,
        column=column,
        value=value,
    )
