"""Views that show a finance system's tables as tables of the contract, made by a mapping.

For each canonical table there is one view of all rows the mapping feeds it, each with the first problem that keeps it
out, and over it one view of the rows that have none: ``xjk_all_payment`` and ``payment``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xjk.engines.postgres.casts import (
    Cast,
    Given,
    as_it_stands,
    cast_column,
    cast_words,
    constant,
    dated,
    filled,
    joined,
    replaced,
    stripped,
    untidy,
)
from xjk.engines.postgres.catalogue import BaseTable, unreadable
from xjk.engines.postgres.forms import Side, formed, forms_of, joined_text, part_kind
from xjk.engines.values import literal
from xjk.errors import MappingError
from xjk.ledger.relations import SUFFIXES, table_relation
from xjk.ledger.store import Row
from xjk.models.columns import ColumnType, Stored
from xjk.models.money import MICRO
from xjk.models.nearest import did_you_mean
from xjk.models.problem import BadValue
from xjk.models.tables import TABLES
from xjk.models.text import is_blank
from xjk.readers.mapping.document import ColumnSource, Names, Source, TableTarget, mapping_error
from xjk.readers.shaping.headers import stated_unit
from xjk.readers.shaping.units import UNITS

Ask = Callable[[str], Sequence[Row]]
"""Returns the rows of a query."""

_MOST_SPELLINGS = 10_000
"""Distinct texts a column of codes may have: what they mean is asked for each."""

_TYPES = {"TEXT": 'text COLLATE "C"', "INTEGER": "bigint"}


@dataclass(frozen=True, slots=True)
class Branch:
    """Be the rows that one table of a finance system gives to one canonical table.

    Attributes:
        source_id: Number of the source.
        table: Canonical table.
        file: Name of the finance system's table, as the mapping writes it.
        supplied: Columns it feeds.
        is_distinct: Whether only the first row of each key counts.
        sql: Query of its physical columns, ``xjk_problem`` (column and kind), ``source_id`` and ``source_row``.
        counted: Query of the number of its rows, those that ``where`` leaves out included.
    """

    source_id: int
    table: str
    file: str
    supplied: frozenset[str]
    is_distinct: bool
    sql: str
    counted: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Be a column that is to be read: its type, the value, how its unit is scaled, and what stands for blank ones."""

    kind: ColumnType
    given: Given
    scale: int | None
    default: Cast | None


@dataclass(slots=True)
class BranchBuilder:
    """Build a branch, and remember every fault of its mapping."""

    base: BaseTable
    source: Source
    target: TableTarget
    where: str
    ask: Ask
    errors: list[MappingError] = field(default_factory=list)

    def build(self, source_id: int) -> Branch:
        """Return the branch; it is of no use when there are ``errors``."""
        model = TABLES[self.target.table]
        conditions = self._conditions()
        wanted: dict[str, _Wanted] = {}
        casts: dict[str, Cast] = {}
        for column, spec in self.target.columns.items():
            try:
                found = self._wanted(column, spec, f"{self.where}.columns.{column}")
            except MappingError as error:
                self.errors.append(error)
                continue
            if isinstance(found, Cast):
                casts[column] = found
            elif found is not None:
                wanted[column] = found
        if not self.errors:
            casts |= self._with_forms(wanted, tuple(casts), conditions)
        missing = [name for name in model.model_fields if name in model.required() and name not in casts]
        if missing and not self.errors:
            self.errors.append(
                mapping_error(
                    self.where,
                    f"表 {model.table} 缺少必需的列：{'、'.join(missing)}。",
                    f"Table {model.table} lacks required columns: {', '.join(missing)}.",
                )
            )
        supplied = frozenset((*casts, *(rule.column for rule in model.derived)))
        return Branch(
            source_id,
            model.table,
            self.base.name,
            supplied,
            self.target.distinct,
            self._query(source_id, casts, conditions),
            f"SELECT count(*) FROM {self.base.sql} b",
        )

    def _conditions(self) -> str:
        """Return the WHERE clause that the mapping's ``where`` means."""
        tests = []
        for name, values in self.source.where.items():
            column = self._need((name,), f"{self.where.rpartition('.tables')[0]}.where.{name}")
            if (given := self.base.columns.get(column)) is not None:
                wanted = ", ".join(literal(value.strip()) for value in values)
                tests.append(f"coalesce({stripped(given.text())}, '') IN ({wanted})")
        return f" WHERE {' AND '.join(tests)}" if tests else ""

    def _wanted(self, column: str, spec: ColumnSource, where: str) -> _Wanted | Cast | None:
        """Return what a column is made of: a value of the database, a constant, or nothing when it may be missing."""
        table = self.target.table
        kind = TABLES[table].columns().get(column) or part_kind(table, column)
        if kind is None:
            raise _not_in_place(where, f"“{column}”", f'"{column}"')
        if spec.row:
            raise _not_in_place(
                where, "row（数据库的行没有固定次序）", "row (rows of a database have no order)"
            )
        is_missing = bool(spec.from_) and self.base.find(spec.from_) is None
        if spec.constant is not None or (is_missing and spec.default is not None):
            return constant(kind, _stored(kind, spec.constant or spec.default or "", where))
        if is_missing and spec.optional:
            return None
        names = [self._need(alternatives, where) for alternatives in spec.headers()]
        if not all(names):
            return None
        default = None if spec.default is None else constant(kind, _stored(kind, spec.default, where))
        unit = spec.unit or stated_unit(names[0])
        scale = None
        if kind.name == "money" and unit in UNITS:
            scale = UNITS[unit] * 100
        elif kind.name == "number" and unit == "%" and not column.endswith("_pct"):
            scale = MICRO // 100
        given = self._given(names, spec, where, kind)
        if not _are_words(kind, given) and cast_column(kind, given, scale) is None:
            raise unreadable(self.base, names[0], kind.name, where)
        return _Wanted(kind, given, scale, default)

    def _given(self, names: Sequence[str], spec: ColumnSource, where: str, kind: ColumnType) -> Given:
        """Return the value the mapping speaks of, before it is read as a type of the contract."""
        parts = []
        for name in names:
            part = self.base.columns[name]
            if part is None:
                raise unreadable(self.base, name, kind.name, where)
            parts.append(part)
        given = joined(parts, spec.separator) if spec.join else parts[0]
        if spec.values:
            given = replaced(given, spec.values)
        return dated(given, spec.format) if spec.format and given.form != "day" else given

    def _with_forms(
        self, wanted: dict[str, _Wanted], constants: Sequence[str], conditions: str
    ) -> dict[str, Cast]:
        """Read every column, and make those of the contract that several of the database's say together."""
        table = self.target.table
        forms = list(forms_of(table, (*wanted, *constants), tuple(wanted)))
        given = {name: one.given for name, one in wanted.items()}
        texts = {form.column: text for form in forms if (text := joined_text(form, given)) is not None}
        for column, text in texts.items():
            wanted[column] = _Wanted(TABLES[table].columns()[column], text, None, None)
        casts = self._casts(wanted, conditions)
        needed = {need for form in forms if form.column not in texts for need in form.needs}
        sides = {
            need: Side(given[need].text(), self._distinct(given[need], need, conditions))
            for need in needed
            if need == "side" or need.endswith("_side")
        }
        made = {form.column: formed(table, form, casts, sides) for form in forms if form.column not in texts}
        return {column: cast for column, cast in casts.items() if column in TABLES[table].model_fields} | made

    def _distinct(self, given: Given, column: str, conditions: str) -> list[str | None]:
        """Return the texts that a value has, each once.

        Raises:
            MappingError: when there are so many that they can be no codes.
        """
        sql = f"SELECT DISTINCT {given.text()} FROM {self.base.sql} b{conditions} LIMIT {_MOST_SPELLINGS + 1}"
        texts = [None if text is None else str(text) for (text,) in self.ask(sql)]
        if len(texts) > _MOST_SPELLINGS:
            raise mapping_error(
                f"{self.where}.columns.{column}",
                f"该列有超过 {_MOST_SPELLINGS} 种写法，不像是代码。",
                f"The column has more than {_MOST_SPELLINGS} spellings, which can be no codes.",
                "请检查所映射的列是否正确。",
                "See whether it is the right column.",
            )
        return texts

    def _casts(self, wanted: Mapping[str, _Wanted], conditions: str) -> dict[str, Cast]:
        """Read every column; one look at the whole table tells which texts are already as they should be."""
        tests = {column: test for column, one in wanted.items() if (test := untidy(one.kind, one.given))}
        looks = ", ".join(f"coalesce(bool_or({test}), FALSE)" for test in tests.values())
        is_untidy: dict[str, object] = {}
        if looks:
            (answer,) = self.ask(f"SELECT {looks} FROM {self.base.sql} b{conditions}")
            is_untidy = dict(zip(tests, answer, strict=True))
        casts: dict[str, Cast] = {}
        for column, one in wanted.items():
            if _are_words(one.kind, one.given):
                cast: Cast | None = self._words(column, one, conditions)
            elif is_untidy.get(column) == 0:
                cast = as_it_stands(one.given)
            else:
                cast = cast_column(one.kind, one.given, one.scale)
            if cast is not None:
                casts[column] = cast if one.default is None else filled(cast, one.default)
        return casts

    def _words(self, column: str, one: _Wanted, conditions: str) -> Cast:
        """Read the few spellings a column has, each once, as the readers of files do."""
        spellings: dict[str, Stored | None] = {}
        for text in self._distinct(one.given, column, conditions):
            if text is None:
                continue
            try:
                spellings[text] = None if is_blank(text) else one.kind.read(text)
            except BadValue:
                continue  # the rows that have it are counted, with an example
        return cast_words(one.given, spellings, "not_choice" if one.kind.choices else "not_bool")

    def _need(self, names: Names, where: str) -> str:
        """Return a column of the base table, or nothing and an error kept."""
        found = self.base.find(names)
        if found is None:
            end_zh, end_en = did_you_mean(names[0], self.base.columns)
            wanted_zh, wanted_en = "”或“".join(names), '" or "'.join(names)
            listed = "、".join(self.base.columns)[:500]
            self.errors.append(
                mapping_error(
                    where,
                    f"表 {self.base.name} 没有列“{wanted_zh}”{end_zh}",
                    f'The table {self.base.name} has no column "{wanted_en}"{end_en}',
                    f"表的列：{listed}。如该列可缺，请写 optional: true。",
                    f"Its columns are: {listed}. If it may be missing, write optional: true.",
                )
            )
        return found or ""

    def _query(self, source_id: int, casts: Mapping[str, Cast], conditions: str) -> str:
        """Return the query of the branch: columns cast, then those that follow from others, then what is wrong."""
        model = TABLES[self.target.table]
        kinds = {column.name: _TYPES[column.type] for column in table_relation(model.table).columns}
        cells = dict.fromkeys((name for name in kinds if not name.startswith("source_")), "NULL")
        problems = []
        for column, cast in casts.items():
            cells |= {column + end: sql for end, sql in cast.values.items()}
            if not cast.problem.startswith("NULL"):
                problems.append(f"{literal(column + ' ')} || {cast.problem}")
        listed = ", ".join(f"({sql})::{kinds[name]} AS {name}" for name, sql in cells.items())
        problem = f"coalesce({', '.join(problems)})" if problems else "NULL::text"
        sql = (
            f"SELECT {listed}, {problem} AS xjk_problem, {source_id}::bigint AS source_id, "
            f"{self.base.row_number()} AS source_row FROM {self.base.sql} b{conditions}"
        )
        for rule in model.derived:
            ready = " AND ".join(f"{name} IS NOT NULL" for name in rule.inputs if name not in rule.optional)
            derived = f"coalesce({rule.column}, CASE WHEN {ready} THEN {rule.sql} END)"
            sql = f"SELECT {_with(kinds, rule.column, derived)}, xjk_problem FROM ({sql}) d"
        lacking = f"coalesce(xjk_problem, CASE {''.join(_missing(model.table))} END)"
        return f"SELECT {', '.join(kinds)}, {lacking} AS xjk_problem FROM ({sql}) r"


def _with(kinds: Mapping[str, str], column: str, sql: str) -> str:
    return ", ".join(f"({sql})::{kind} AS {name}" if name == column else name for name, kind in kinds.items())


def _missing(table: str) -> Iterator[str]:
    """Yield the tests for required columns without a value; what should follow from others was too long to be made."""
    model = TABLES[table]
    for name, kind in model.columns().items():
        if model.model_fields[name].is_required():
            problem = "missing" if name in model.required() else "too_long"
            yield f" WHEN {name}{SUFFIXES.get(kind.name, '')} IS NULL THEN '{name} {problem}'"


def _are_words(kind: ColumnType, given: Given) -> bool:
    """Tell whether a column has few spellings, each with a meaning."""
    return bool(kind.choices) or (kind.name == "bool" and given.form != "boolean")


def all_view(table: str, branches: Sequence[Branch]) -> str:
    """Return the DDL of the view of all rows that feed a table."""
    return f"CREATE TEMP VIEW xjk_all_{table} AS {' UNION ALL '.join(branch.sql for branch in branches)}"


def table_view(table: str, *, has_problems: bool, has_duplicates: bool) -> str:
    """Return the DDL of a canonical table: the rows without a problem, the first of each key."""
    relation = table_relation(table)
    key = " || '|' || ".join(f"{column}::text" for column in relation.key)
    columns = ", ".join(column.name for column in relation.columns)
    rows = f"xjk_all_{table}"
    if has_problems:
        rows = f"(SELECT * FROM {rows} WHERE {_mostly('xjk_problem IS NULL')}) a"
    if has_duplicates:
        place = f"row_number() OVER (PARTITION BY {', '.join(relation.key)} ORDER BY source_id, source_row)"
        rows = f"(SELECT *, {place} AS xjk_place FROM {rows}) p WHERE {_mostly('xjk_place = 1')}"
    return f'CREATE TEMP VIEW {table} AS SELECT {columns}, ({key}) COLLATE "C" AS {table}_key FROM {rows}'


def _mostly(condition: str) -> str:
    """Return a condition that the planner takes to hold for half of the rows.

    Of ``IS NULL`` and ``= 1`` it believes that one row in 200 meets them, and then joins millions by nested loops.
    """
    return f"CASE WHEN {condition} THEN TRUE ELSE FALSE END"


def _stored(kind: ColumnType, text: str, where: str) -> Stored:
    """Return the stored value of a text in the mapping."""
    try:
        return kind.read(text)
    except BadValue as bad:
        raise mapping_error(
            where, f"“{text}”不能用于此列：{bad}", f'"{text}" cannot stand in this column: {bad}'
        ) from None


def _not_in_place(where: str, zh: str, en: str) -> MappingError:
    return mapping_error(
        where,
        f"就地检查不支持 {zh}。",
        f"A check in place does not support {en}.",
        "请由管理员建一个视图给出该列，再映射该视图；或导出后用 xjk check 检查。",
        "Have a view made that gives the column, and map the view; or export the table and check the file.",
    )
