"""Everything that can be wrong with data: code, how bad it is, why, and what to do."""

from __future__ import annotations

from typing import Literal, NamedTuple

from xjk.models.words import Words

ProblemSeverity = Literal["error", "warning", "notice"]


class ProblemKind(NamedTuple):
    """One thing that can be wrong: its stable code, how bad it is, the reason and what to do."""

    code: str
    severity: ProblemSeverity
    reason: Words
    hint: Words


def _kind(code: str, severity: ProblemSeverity, zh: str, en: str, hint_zh: str, hint_en: str) -> ProblemKind:
    return ProblemKind(code, severity, Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en))


PROBLEM_KINDS: dict[str, ProblemKind] = {
    # values
    "missing": _kind(
        "P101", "error", "必填项为空。", "A required value is empty.", "请补填该列。", "Fill in the column."
    ),
    "control_character": _kind(
        "P102",
        "error",
        "含有控制字符（如 NUL）。",
        "It contains a control character (such as NUL).",
        "请重新导出，或删除该字符。",
        "Export again, or delete the character.",
    ),
    "too_long": _kind(
        "P103",
        "error",
        "超过 {limit} 个字符。",
        "It is longer than {limit} characters.",
        "请检查列是否错位。",
        "Check whether the columns have shifted.",
    ),
    "not_money": _kind(
        "P110",
        "error",
        "不是金额。",
        "It is not an amount.",
        "金额应如 1234.50、1,234.50、(1,234.50) 或 1,234.50-。",
        "Write amounts as 1234.50, 1,234.50, (1,234.50) or 1,234.50-.",
    ),
    "money_exponent": _kind(
        "P111",
        "error",
        "金额为科学计数法，位数可能已丢失。",
        "The amount is in exponent notation; digits may be lost.",
        "请在原系统中以普通数字格式重新导出。",
        "Export it again as plain digits.",
    ),
    "money_precision": _kind(
        "P112",
        "error",
        "金额精确到了分以下。",
        "The amount has fractions of a fen.",
        "金额最多两位小数；如单位为万元，请在表头或映射文件中注明。",
        "Give at most two decimals; if it is in 万元, say so in the header or the mapping.",
    ),
    "money_range": _kind(
        "P113",
        "error",
        "金额超出范围（整数部分最多 13 位）。",
        "The amount is out of range (at most 13 integer digits).",
        "请检查列是否错位，或单位是否有误。",
        "Check for shifted columns or a wrong unit.",
    ),
    "money_type": _kind(
        "P114",
        "error",
        "金额以 {type} 类型给出，不能保证精确。",
        "The amount is given as {type}, which is not exact.",
        "请用 Decimal 或字符串（元）。",
        "Give a Decimal or a string, in yuan.",
    ),
    "not_date": _kind(
        "P120",
        "error",
        "不是日期。",
        "It is not a date.",
        "日期应如 2024-03-05、2024/3/5、20240305、2024年3月5日；其他写法请在映射文件中给出 format。",
        "Write dates as 2024-03-05, 2024/3/5, 20240305 or 2024年3月5日; give other forms as format in a mapping file.",
    ),
    "no_such_day": _kind(
        "P121",
        "error",
        "日历上没有这一天。",
        "There is no such day in the calendar.",
        "请核对原始凭证后更正。",
        "Correct it from the original document.",
    ),
    "date_range": _kind(
        "P122",
        "error",
        "年份不在 1900 至 2099 之间。",
        "The year is outside 1900 to 2099.",
        "请核对原始凭证后更正。",
        "Correct it from the original document.",
    ),
    "not_number": _kind(
        "P130",
        "error",
        "不是数字。",
        "It is not a number.",
        "请填写普通数字，如 12.5。",
        "Write a plain number such as 12.5.",
    ),
    "number_precision": _kind(
        "P131",
        "error",
        "小数超过六位。",
        "It has more than six decimals.",
        "请四舍五入到六位小数以内。",
        "Round it to six decimals or fewer.",
    ),
    "number_range": _kind(
        "P132",
        "error",
        "数字超出范围。",
        "The number is out of range.",
        "请检查列是否错位。",
        "Check whether the columns have shifted.",
    ),
    "not_integer": _kind(
        "P133", "error", "不是整数。", "It is not a whole number.", "请填写整数。", "Write a whole number."
    ),
    "not_bool": _kind(
        "P140",
        "error",
        "不是“是/否”。",
        "It is not a yes or a no.",
        "请填写 1/0、true/false 或 是/否。",
        "Write 1/0, true/false or 是/否.",
    ),
    "not_choice": _kind(
        "P141",
        "error",
        "不在可选值之内：{choices}。",
        "It is not one of the choices: {choices}.",
        "请改为可选值之一，或在映射文件中用 values 对应。",
        "Use one of them, or translate with values in a mapping file.",
    ),
    "wrong_type": _kind(
        "P142",
        "error",
        "类型 {type} 不能用于此列。",
        "A value of type {type} cannot stand in this column.",
        "请给出文本。",
        "Give text.",
    ),
    # identifiers: forged papers are evidence, so the row stays
    "bad_uscc": _kind(
        "P150",
        "warning",
        "统一社会信用代码校验不通过。",
        "The unified social credit code fails its check.",
        "请与登记信息核对；校验不通过本身即为疑点。",
        "Compare it with the registry; a failing code is itself a clue.",
    ),
    "bad_idno": _kind(
        "P151",
        "warning",
        "公民身份号码校验不通过。",
        "The citizen identity number fails its check.",
        "请与证件核对；校验不通过本身即为疑点。",
        "Compare it with the document; a failing number is itself a clue.",
    ),
    "bad_card": _kind(
        "P152",
        "warning",
        "银行卡号校验不通过。",
        "The bank card number fails its check.",
        "请核对卡号。",
        "Compare it with the card or statement.",
    ),
    # rows
    "row_long": _kind(
        "P201",
        "error",
        "该行有 {cells} 个单元格，表头只有 {columns} 列。",
        "The row has {cells} cells, the header {columns}.",
        "多半是未加引号的分隔符；请给含分隔符的文字加引号。",
        "Probably an unquoted delimiter; quote the text that contains it.",
    ),
    "row_short": _kind(
        "P202",
        "error",
        "该行只有 {cells} 个单元格，表头有 {columns} 列。",
        "The row has only {cells} cells, the header {columns}.",
        "请补齐该行，或检查是否有换行被截断。",
        "Complete the row, or look for a broken line.",
    ),
    "total_row": _kind(
        "P203",
        "notice",
        "合计行，未作为数据。",
        "A total row, not taken as data.",
        "无需处理。",
        "Nothing to do.",
    ),
    "duplicate_key": _kind(
        "P210",
        "error",
        "主键重复：与 {first_file} 第 {first_row} 行相同。",
        "The key is used before: {first_file}, row {first_row}.",
        "请删除重复行，或更正主键。",
        "Delete the duplicate, or correct the key.",
    ),
    "unbalanced": _kind(
        "P220",
        "warning",
        "凭证借贷不平（{book}）：借方 {debit} 元，贷方 {credit} 元。",
        "The voucher does not balance ({book}): debit {debit}, credit {credit} yuan.",
        "请核对凭证；可能缺少分录。",
        "Compare it with the voucher; lines may be missing.",
    ),
    "dangling": _kind(
        "P221",
        "warning",
        "引用的 {target} 不存在（共 {rows} 行如此）。",
        "It refers to a {target} that is not there ({rows} rows do).",
        "请补充 {target} 表，或核对编号；查无此项本身即为疑点。",
        "Supply the {target} table or correct the code; a missing document is itself a clue.",
    ),
    "running_balance": _kind(
        "P222",
        "warning",
        "余额不连续：应为 {expected} 元，实为 {found} 元。",
        "The running balance breaks: expected {expected}, found {found} yuan.",
        "请核对是否缺少流水，或顺序有误。",
        "Look for missing transactions or a wrong order.",
    ),
    "period_gap": _kind(
        "P223",
        "warning",
        "{unit} {year} 年缺少 {period} 月的凭证。",
        "{unit} has no voucher for month {period} of {year}.",
        "请确认该月确无业务，或补充数据。",
        "Confirm that nothing was booked, or supply the month.",
    ),
    "reversed_dates": _kind(
        "P224",
        "warning",
        "结束早于开始（{start}）。",
        "It ends before it starts ({start}).",
        "请核对日期。",
        "Check the dates.",
    ),
    "check_failed": _kind(
        "P225",
        "warning",
        "跨行检查未能完成：{what}",
        "A check across rows could not be finished: {what_en}",
        "请检查该表的金额是否大得不合理。",
        "Look for absurdly large amounts in the table.",
    ),
    # files
    "encoding": _kind(
        "P301",
        "error",
        "第 {line} 行附近有无法解码的字节。",
        "There are bytes that cannot be decoded near line {line}.",
        "请另存为 UTF-8 后重新导入。",
        "Save the file as UTF-8 and load it again.",
    ),
    "unknown_file": _kind(
        "P302",
        "notice",
        "文件名不对应任何表，未读取{guess}。",
        "The file name matches no table; it was not read{guess}.",
        "请改名为表名，或使用映射文件。",
        "Rename it to a table name, or use a mapping file.",
    ),
    "unknown_column": _kind(
        "P303",
        "notice",
        "列“{header}”未使用{guess}。",
        'The column "{header}" is not used{guess}.',
        "如需使用，请改列名或使用映射文件。",
        "Rename it or use a mapping file if it matters.",
    ),
    "preamble": _kind(
        "P304",
        "notice",
        "表头之前有 {rows} 行说明，已略过。",
        "{rows} rows before the header were skipped.",
        "无需处理。",
        "Nothing to do.",
    ),
    "duplicate_column": _kind(
        "P305",
        "warning",
        "列“{header}”与“{other}”都对应 {meaning}，只用了“{other}”。",
        'The columns "{header}" and "{other}" both mean {meaning}; only "{other}" is used.',
        "请改名或删除其中一列，或在映射文件中指明用哪一列。",
        "Rename or remove one of them, or say in a mapping file which one to use.",
    ),
    "spare_column": _kind(
        "P309",
        "notice",
        "列“{header}”未使用：{meaning} 已取自更贴切的列“{other}”。",
        'The column "{header}" is not used: {meaning} comes from "{other}", which fits better.',
        "如应使用该列，请在映射文件中指明。",
        "Say so in a mapping file if this column should be used.",
    ),
    "sign_as_direction": _kind(
        "P306",
        "notice",
        "没有收付方向列：列“{header}”的正数作为收入，负数作为支出。",
        'There is no direction column: positive values of "{header}" are money in, negative ones money out.',
        "如与银行的约定不同，请使用映射文件。",
        "Use a mapping file if the bank means it differently.",
    ),
    "error_cells": _kind(
        "P307",
        "warning",
        "工作簿中有 {count} 个错误值单元格（如 #REF!）。",
        "The workbook has {count} cells that hold an error (such as #REF!).",
        "在金额、日期等列中的将被隔离，在文字列中的按原样保留；请修正公式后重新导入。",
        "In amounts and dates they are quarantined, in text they stand as they are; correct the formulas.",
    ),
    "unsound_name": _kind(
        "P308",
        "notice",
        "“{name}”不是数据文件，未读取。",
        '"{name}" is no data file and was not read.',
        "支持 CSV、TSV、TXT、JSON、JSONL、XLSX、Parquet。",
        "CSV, TSV, TXT, JSON, JSONL, XLSX and Parquet are read.",
    ),
    "table_unreadable": _kind(
        "P310", "error", "该表未能读取：{what}", "The table could not be read: {what_en}", "{fix}", "{fix_en}"
    ),
}
