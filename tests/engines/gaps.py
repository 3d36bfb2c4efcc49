"""What the engines of xjk do not keep of the engine contract, and why."""

from __future__ import annotations

from collections.abc import Mapping

from xjk.models.words import Words
from xjk.testing import Gap

_CASE = Gap(
    "never",
    Words(
        zh="按 Unicode 改大小写；规则用 party 归并名称，不靠 lower 与 upper。",
        en="It follows Unicode; rules fold names through party, not by lower and upper.",
    ),
)
_FLOAT = Gap(
    "never",
    Words(
        zh="SQLite 把超出 64 位的乘积变成浮点数；金额校验的上限使规则到不了那里。",
        en="SQLite makes a float of a product beyond 64 bits; the bounds that amounts are validated against keep rules far from it.",
    ),
)
_BLANKS = Gap(
    "never",
    Words(
        zh="DuckDB 的 trim 也去掉全角空格等；读入时文字已去首尾空白，规则用不着它。",
        en="DuckDB also trims wide blanks; texts are trimmed when they are read, so rules have no use for it.",
    ),
)

_START = Gap(
    "never",
    Words(
        zh="Spark 的 substr 把起点 0 当作 1；规则的起点从 1 数起。",
        en="On Spark substr takes a start of 0 for 1; rules count from 1.",
    ),
)

GAPS: Mapping[str, Mapping[str, Gap]] = {
    "sqlite": {"numbers.products_beyond_64_bits_are_exact_or_refused": _FLOAT},
    "duckdb": {
        "functions.only_ascii_letters_change_case": _CASE,
        "functions.trim_takes_blanks_only": _BLANKS,
    },
    "postgres": {},
    "spark": {
        "functions.only_ascii_letters_change_case": _CASE,
        "functions.substr_starts_before_the_text": _START,
    },
}
"""Gaps by engine and by check; each is really there, or its test fails."""
