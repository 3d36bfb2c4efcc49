"""Texts and rows for the tests of models and parsers."""

from __future__ import annotations

from hypothesis import strategies as st

from xjk.models.columns import ColumnType
from xjk.models.tables import TABLES

COLUMNS = [(table, column) for table, model in TABLES.items() for column in model.model_fields]
"""Every column of every table."""

NASTY = (
    "", " ", "\u3000", "\ufeff", "\u200b \u200d", "\n", "\t", "\x00", "a\x00b", "\x1f", "a\x7fb", "\x85", "\ud800", "a\udfffb",
    "\ufeff110", "１１０", "Ａｂ－３", "ａ", "（1）", "a\u200bb", "a\u2060", "\u00a0x\u00a0", "x\u2028y", "\u202e1", '"', "'", '"a"', "a|b",
    "|", "a\nb", "a\r\nb", "a\tb", " a ", "a b", "=1+1", "+1", "-1", "@x", "'=x", "-", "--", "- -", "—", ".", "0", "-0", "00", "007",
    "1", "1.0", "1.00", "1.000", "-1.00", "1.001", "1e5", "1E400", "NaN", "Infinity", "1,234.50", "1,23", "(5)", "5-", "¥5", "5元", "5%",
    "１．２３", "9999999999999.99", "10000000000000.00", "9" * 18, "9" * 19, "0.0000001", "2024-03-05", "2024/3/5", "20240305",
    "2024年3月5日", "2024-02-30", "45356", "1899-12-31", "00:00:00", "2024-03-05 10:00:00", "是", "否", "√", "TRUE", "no", "91110000600037341L",
    "91110000600037341l", "91110000600037341M", "440524188001010014", "11010519491231002x", "6222020000000000000", "6222 0200 0000 0000",
    "借", "debit", "Debit", "借方", "01", "PUBLIC INSTITUTION", "public-institution", "其他", "other", "x" * 200, "x" * 201, "文" * 4000,
    "文" * 4001, " " * 5000, "x" + " " * 300 + "y", "0" * 300, "None", "null", "{x}", "%s", "é", "🙂", "𠀀", "İ", "ß", "Σ",
)  # fmt: skip
"""Texts that have broken parsers before, and some that should pass."""

SOUP = st.text(
    alphabet="0129.,-+()¥元%eE/:年月日是借xX 　\u00a0\ufeff\u200b\x00\x1f\x85\ud800\"'|\n\r\tＡａ１．－",
    max_size=12,
)
PLAIN = st.text(alphabet="019.-", max_size=6) | st.from_regex(r"-?[0-9]{1,13}\.[0-9]{2}", fullmatch=True)
LONG = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=3), st.integers(60, 1500))
TEXTS = st.sampled_from(NASTY) | SOUP | PLAIN | st.text(max_size=8) | LONG
"""Texts a cell may hold."""


def good_text(kind: ColumnType) -> str:
    """Return a text that every column of this type takes, in canonical form."""
    if kind.choices:
        return next(iter(kind.choices))
    return {
        "code": "A1", "text": "文字", "date": "2024-03-05", "money": "12.50", "number": "1.5", "int": "3", "bool": "1",
        "uscc": "91110000600037341L", "idno": "440524188001010014", "acct": "6222020000000000",
    }[kind.name]  # fmt: skip


def good_row(table: str) -> dict[str, str]:
    """Return a row with every column filled."""
    return {name: good_text(kind) for name, kind in TABLES[table].columns().items()}
