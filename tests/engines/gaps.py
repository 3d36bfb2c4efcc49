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
_NARROW = Gap(
    "not_yet",
    Words(
        zh="小整数参数按 32 位绑定，两个参数相乘会报错；参数与列相乘不受影响。",
        en="Small parameters are bound in 32 bits, so that the product of two is an error; with a column it is right.",
    ),
)
_SETTING = Gap(
    "not_yet",
    Words(
        zh="整数除法的设置没有传到会话；规则不得使用除法。",
        en="The setting for whole division does not reach sessions; rules may not divide.",
    ),
)
_NAMES = Gap(
    "not_yet",
    Words(
        zh="参数名只差大小写时取到同一个值；规则的参数名一律小写。",
        en="Parameters whose names differ in case only get one value; names of rules' parameters are lower case.",
    ),
)

_FRACTION = Gap(
    "never",
    Words(
        zh="Spark 的 / 得小数；规则不得使用除法，比例以交叉相乘比较。",
        en="Division on Spark gives fractions; rules may not divide and compare ratios by cross-multiplication.",
    ),
)
_START = Gap(
    "never",
    Words(
        zh="Spark 的 substr 把起点 0 当作 1；规则的起点从 1 数起。",
        en="On Spark substr takes a start of 0 for 1; rules count from 1.",
    ),
)
_TEXT = Gap(
    "not_yet",
    Words(
        zh="Spark 不认识类型 TEXT，CAST 到 text 会报错；规则以 || 拼接即可。",
        en="Spark does not know the type TEXT, so a CAST to text is an error; rules join with || instead.",
    ),
)
_OFFSET = Gap(
    "not_yet",
    Words(zh="LIMIT 之后不能写 OFFSET。", en="OFFSET after LIMIT is refused."),
)
_BACKSLASH = Gap(
    "not_yet",
    Words(
        zh="查询中的文字若含反斜杠会报错。",
        en="A literal with a backslash in a query is an error.",
    ),
)
_QUOTED = Gap(
    "not_yet",
    Words(
        zh="文字参数含单引号时，前面多出一个反斜杠；数字和其他文字不受影响。",
        en="A text parameter with a quotation mark gets a backslash before it; numbers and other texts are right.",
    ),
)

GAPS: Mapping[str, Mapping[str, Gap]] = {
    "sqlite": {"numbers.products_beyond_64_bits_are_exact_or_refused": _FLOAT},
    "duckdb": {
        "functions.only_ascii_letters_change_case": _CASE,
        "functions.trim_takes_blanks_only": _BLANKS,
        "numbers.parameters_multiply_in_64_bits": _NARROW,
        "numbers.division_truncates_towards_zero": _SETTING,
        "numbers.nothing_comes_of_a_division_by_zero": _SETTING,
        "parameters.similar_names_are_told_apart": _NAMES,
    },
    "postgres": {},
    "spark": {
        "functions.only_ascii_letters_change_case": _CASE,
        "functions.cast": _TEXT,
        "functions.substr_starts_before_the_text": _START,
        "numbers.division_truncates_towards_zero": _FRACTION,
        "numbers.casts_keep_every_digit": _TEXT,
        "queries.rows_are_ordered_and_cut": _OFFSET,
        "texts.literals_mean_what_they_say": _BACKSLASH,
        "parameters.a_bound_text_is_never_read_as_sql": _QUOTED,
        "values.texts_come_back": _QUOTED,
    },
}
"""Gaps by engine and by check; each is really there, or its test fails."""
