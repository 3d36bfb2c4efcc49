"""Check the text of rule.sql without a database: one query, portable, bound to the rule's parameters.

The check is lexical. It splits the text into tokens, drops comments and string literals, and looks at what is
left, so it needs no SQL library and cannot be led astray by what stands inside a literal. What it lets pass
gives the same rows on every engine; what only an engine can know (columns, types) is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xjk.errors import RuleFolderError
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import DERIVED
from xjk.models.nearest import suggestion
from xjk.models.rule import Rule, RuleMeta
from xjk.models.tables import TABLES
from xjk.rules.faults import fault, gathered
from xjk.rules.frontmatter import read_text
from xjk.rules.params import AS_OF, bind_name
from xjk.rules.sql_words import BANNED, BEFORE_BRACKET, DATE_WORDS

_SCAN = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?\*/)"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<bind>(?<!:):[A-Za-z_]\w*)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign>::|\|\||<=|>=|<>|!=|==|.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """Be one piece of a query: its kind, its text in lower case, its line and how deep in brackets it stands."""

    kind: str
    text: str
    line: int
    depth: int


def read_sql(rule: Rule) -> str:
    """Return the query of a rule, checked to be of the portable subset and to use the rule's parameters.

    Raises:
        RuleFolderError: with every fault in ``errors``, each with file and line.
    """
    path = Path(rule.folder) / "rule.sql"
    text = read_text(path)
    errors = check_sql(text, rule.meta, str(path))
    if errors:
        raise gathered(str(path), errors)
    return text


def check_sql(sql: str, meta: RuleMeta, file: str) -> list[RuleFolderError]:
    """Return everything in a query that is outside the portable subset or does not fit the rule.

    `file` is how messages call the text; each error stands at ``file:line``.
    """
    check = _portable(sql, file)
    check.binds(meta)
    check.relations(meta)
    return check.in_order()


def check_portable(sql: str, file: str) -> list[RuleFolderError]:
    """Return everything in a query that is outside the portable subset, whatever its parameters and tables.

    For the queries of a rule.py; `file` is as for ``check_sql``.
    """
    return _portable(sql, file).in_order()


def _portable(sql: str, file: str) -> _Check:
    check = _Check(tokens(sql), file)
    check.statement()
    check.words()
    check.signs()
    check.calls()
    check.limits()
    return check


@lru_cache(maxsize=256)
def tokens(sql: str) -> tuple[Token, ...]:
    """Split a query into tokens; comments and white space are dropped, string literals become ``''``.

    Kept, because the cases of a rule and its tests ask for one text hundreds of times.
    """
    found: list[Token] = []
    line, depth = 1, 0
    for match in _SCAN.finditer(sql):
        kind, text = str(match.lastgroup), match[0]
        if kind != "space":
            depth -= text == ")"
            name = text if kind == "bind" else text.lower()
            found.append(Token(kind, "''" if kind == "text" else name, line, depth))
            depth += text == "("
        line += text.count("\n")
    return tuple(found)


class _Check:
    """Collects the faults of one query."""

    def __init__(self, found: Sequence[Token], file: str) -> None:
        self._tokens = found
        self._file = file
        self.errors: list[RuleFolderError] = []

    def in_order(self) -> list[RuleFolderError]:
        """Return the faults by line."""
        return sorted(self.errors, key=lambda error: int(error.where.rpartition(":")[2]))

    def statement(self) -> None:
        """Ask for one SELECT or WITH."""
        first = self._text(0)
        if first not in ("select", "with"):
            line = self._tokens[0].line if self._tokens else 1
            self._add(
                line,
                "查询须以 SELECT 或 WITH 开头。",
                "A query begins with SELECT or WITH.",
                "写成一条查询。",
                "Write one query.",
            )
        depth = 0
        for token in self._tokens:
            depth += (token.text == "(") - (token.text == ")")
            if depth < 0:
                break
        if depth:
            self._add(
                self._tokens[-1].line,
                "括号不配对。",
                "The brackets do not match.",
                "补上或删去括号。",
                "Add or remove a bracket.",
            )

    def words(self) -> None:
        """Refuse words that not every engine knows, or that write."""
        for token in self._tokens:
            if token.kind == "word" and token.text in BANNED:
                self._outside(token, token.text.upper(), *BANNED[token.text])

    def signs(self) -> None:
        """Refuse signs, literals and quotations that engines read differently."""
        for position, token in enumerate(self._tokens):
            if token.kind == "number" and not token.text.isdigit():
                self._outside(
                    token,
                    token.text,
                    "小数换成整数（分、百万分之一）。",
                    "Use integers: fen, millionths, cross-multiplication.",
                )
            elif token.kind == "sign":
                self._sign(position, token)

    def _sign(self, position: int, token: Token) -> None:
        if token.text == ";":
            self._outside(token, ";", "只写一条查询，末尾不加分号。", "Write one query without a semicolon.")
        elif token.text == "/":
            self._outside(
                token,
                "/",
                "用交叉相乘比较比例：a * 100 >= b * :pct。",
                "Compare ratios by cross-multiplication: a * 100 >= b * :pct.",
            )
        elif token.text == "*" and self._text(position - 1) in ("select", "distinct", "all", ",", "."):
            self._outside(token, "SELECT *", "写出列名。", "Name the columns.")
        elif token.text in ('"', "`", "["):
            self._outside(token, token.text, "名称不加引号。", "Write names without quotation.")
        elif token.text == "'":
            self._add(
                token.line,
                "字符串没有结束。",
                "A string literal does not end.",
                "补上单引号。",
                "Close the quotation mark.",
            )
        elif token.text in ("?", "$", "@", "{", "#"):
            self._outside(token, token.text, "参数写成 :name。", "Write parameters as :name.")
        elif token.text in ("::", "=="):
            self._outside(token, token.text, "用 cast 和 =。", "Use cast and =.")

    def calls(self) -> None:
        """Refuse functions outside the list, and scalar min and max."""
        for position, token in enumerate(self._tokens):
            if token.kind != "word":
                continue
            if self._text(position + 1) != "(":
                if token.text in DATE_WORDS and self._text(position + 1) == "''":
                    self._outside(token, token.text.upper(), *BANNED["interval"])
                continue
            if token.text in BEFORE_BRACKET or token.text in BANNED:
                continue
            if token.text in ("min", "max") and self._has_comma(position + 1):
                self._outside(
                    token, f"{token.text.upper()}(a, b)", "用 CASE 取两者之一。", "Choose with CASE."
                )
            elif token.text not in FUNCTIONS and not self._names_cte(position):
                self._outside(
                    token,
                    f"{token.text}()",
                    f"可用的函数：{', '.join(sorted(FUNCTIONS))}。",
                    f"Functions to use: {', '.join(sorted(FUNCTIONS))}.",
                )

    def limits(self) -> None:
        """Ask for ORDER BY before every LIMIT of the same SELECT."""
        for position, token in enumerate(self._tokens):
            if token.text != "limit" or token.kind != "word":
                continue
            ordered = False
            for before in reversed(range(position)):
                earlier = self._tokens[before]
                if earlier.depth < token.depth or (earlier.depth == token.depth and earlier.text == "select"):
                    break
                ordered |= (earlier.depth, earlier.text, self._text(before + 1)) == (
                    token.depth,
                    "order",
                    "by",
                )
            if not ordered:
                self._outside(
                    token,
                    "LIMIT",
                    "LIMIT 之前按全部列 ORDER BY。",
                    "Put an ORDER BY over a full key before LIMIT.",
                )

    def binds(self, meta: RuleMeta) -> None:
        """Compare the parameters bound with those the rule declares."""
        declared = {bind_name(name, param): name for name, param in meta.params.items()}
        bound = [token for token in self._tokens if token.kind == "bind"]
        for token in bound:
            name = token.text[1:]
            if name in declared or name == AS_OF:
                continue
            typed = next((bind for bind, plain in declared.items() if plain == name), None)
            hint = (
                (f"按类型写成 :{typed}。", f"By its type it is written :{typed}.")
                if typed
                else suggestion(name, [*declared, AS_OF])
            )
            self._add(token.line, f"没有声明参数 :{name}。", f"The parameter :{name} is not declared.", *hint)
        used = {token.text[1:] for token in bound}
        for bind, name in declared.items():
            if bind not in used:
                self._add(
                    1,
                    f"参数 {name} 没有用到。",
                    f"The parameter {name} is not used.",
                    f"在查询中使用 :{bind}，或从 rule.md 删去。",
                    f"Use :{bind} in the query or take it out of rule.md.",
                )

    def relations(self, meta: RuleMeta) -> None:
        """Compare the relations read with the tables the rule says it reads."""
        own = {token.text for position, token in enumerate(self._tokens) if self._names_cte(position)}
        listed = meta.requires.keys() | meta.optional.keys()
        for position, token in enumerate(self._tokens):
            if token.kind != "word" or self._text(position - 1) not in ("from", "join") or position == 0:
                continue
            if self._text(position - 2) == "distinct" or token.text in own or token.text in listed:
                continue
            if token.text in TABLES:
                self._add(
                    token.line,
                    f"表 {token.text} 没有列在 requires 或 optional 中。",
                    f"The table {token.text} stands under neither requires nor optional.",
                    "在 rule.md 中列出，否则缺表时规则会静默地查不到。",
                    "List it in rule.md; otherwise nobody learns that it was missing.",
                )
            elif token.text not in DERIVED:
                self._add(
                    token.line,
                    f"没有表“{token.text}”。",
                    f'There is no relation "{token.text}".',
                    *suggestion(token.text, [*TABLES, *DERIVED, *own]),
                )

    def _names_cte(self, position: int) -> bool:
        """Say whether a word names a common table expression: ``name as (`` or ``name (a, b) as (``."""
        if self._tokens[position].kind != "word" or self._text(position - 1) not in (
            "with",
            ",",
            "recursive",
        ):
            return False
        after = position + 1
        if self._text(after) == "(":
            after = self._closing(after) + 1
        skipped = 2 if self._text(after + 1) == "not" else 1 if self._text(after + 1) == "materialized" else 0
        return self._text(after) == "as" and self._text(after + 1 + skipped) == "("

    def _closing(self, opening: int) -> int:
        """Return the position of the bracket that closes the one at `opening`."""
        depth = self._tokens[opening].depth
        for position in range(opening + 1, len(self._tokens)):
            if self._tokens[position].text == ")" and self._tokens[position].depth == depth:
                return position
        return len(self._tokens)

    def _has_comma(self, opening: int) -> bool:
        inner = self._tokens[opening + 1 : self._closing(opening)]
        return any(token.text == "," and token.depth == self._tokens[opening].depth + 1 for token in inner)

    def _text(self, position: int) -> str:
        return self._tokens[position].text if 0 <= position < len(self._tokens) else ""

    def _outside(self, token: Token, what: str, hint_zh: str, hint_en: str) -> None:
        self._add(
            token.line,
            f"{what} 不在可移植的 SQL 子集内。",
            f"{what} is outside the portable SQL subset.",
            hint_zh,
            hint_en,
        )

    def _add(self, line: int, zh: str, en: str, hint_zh: str, hint_en: str) -> None:
        self.errors.append(fault(f"{self._file}:{line}", zh, en, hint_zh, hint_en))
