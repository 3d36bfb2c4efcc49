"""What a finance system's database holds: the tables a mapping names, their columns, and how rows are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xjk.engines.postgres.casts import Form, Given
from xjk.engines.postgres.connection import Connection
from xjk.errors import MappingError
from xjk.models.nearest import did_you_mean
from xjk.readers.mapping.document import Names, mapping_error
from xjk.readers.shaping.headers import candidates, normalise

_AS_TEXT = '::text COLLATE "C"'
"""Texts are compared by code point, whatever language a column is sorted by."""

_FORMS: Mapping[str, tuple[Form, str]] = {
    "text": ("text", _AS_TEXT), "varchar": ("text", _AS_TEXT), "bpchar": ("text", _AS_TEXT), "name": ("text", _AS_TEXT),
    "citext": ("text", _AS_TEXT), "uuid": ("text", _AS_TEXT), "int2": ("integer", ""), "int4": ("integer", ""), "int8": ("integer", ""),
    "numeric": ("numeric", ""), "money": ("numeric", "::numeric"), "bool": ("boolean", ""), "date": ("day", ""),
    "timestamp": ("day", "::date"), "timestamptz": ("day", "::date"),
}  # fmt: skip
"""Types of columns that are read: what they hold, and the conversion that brings it out."""

_RELATIONS = """
    SELECT c.oid::bigint, n.nspname::text, c.relname::text, has_table_privilege(c.oid, 'SELECT')::int, pg_table_is_visible(c.oid)::int
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^(pg_|xjk_)'"""
_NAMED = f"""{_RELATIONS}
      AND ((c.relname = %(name)s AND pg_table_is_visible(c.oid)) OR n.nspname || '.' || c.relname = %(name)s)
    ORDER BY (c.relname <> %(name)s)::int"""
"""A table by its name: one along the search path goes before one whose schema is part of the name."""

_COLUMNS = """
    SELECT a.attname::text, CASE t.typtype WHEN 'e' THEN 'text' WHEN 'd' THEN b.typname::text ELSE t.typname::text END,
      CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE a.atttypmod END, format_type(a.atttypid, a.atttypmod), (t.typtype = 'e')::int
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_KEY = """
    SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = %s AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)"""


@dataclass(frozen=True, slots=True)
class BaseTable:
    """Be one table, or view, of a finance system.

    Attributes:
        name: Name as the mapping writes it.
        sql: Name for SQL, with its schema.
        columns: Its columns by name; None for one of a type that cannot be read.
        types: Types of its columns as PostgreSQL writes them.
        key: Columns of its primary key.
    """

    name: str
    sql: str
    columns: Mapping[str, Given | None]
    types: Mapping[str, str]
    key: tuple[str, ...]

    def find(self, names: Names) -> str | None:
        """Return the first of the names that is a column, also when it is written a little differently."""
        for name in names:
            if name.strip() in self.columns:
                return name.strip()
            wanted = normalise(name)
            for column in self.columns:
                if wanted in candidates(column):
                    return column
        return None

    def row_number(self) -> str:
        """Return the expression that numbers the rows: a key that is one whole number, or the place in key order.

        A table without a primary key is numbered by its whole content.
        """
        if (
            len(self.key) == 1
            and (given := self.columns[self.key[0]]) is not None
            and given.form == "integer"
        ):
            return f"({given.sql})::bigint"
        order = ", ".join(f"b.{quoted(column)}" for column in self.key) or "b::text"
        return f"row_number() OVER (ORDER BY {order})"


def find_table(connection: Connection, name: str, where: str) -> BaseTable:
    """Find the table a mapping names: ``table`` along the search path, or ``schema.table``.

    Raises:
        MappingError: when there is none, or it may not be read.
    """
    found = connection.execute(_NAMED.encode(), {"name": name}).fetchall()
    if not found:
        raise _no_table(connection, name, where)
    oid, schema, table, may_read, _ = found[0]
    if not may_read:
        raise mapping_error(
            f"{where}.file",
            f"没有权限读取表“{name}”。",
            f'The table "{name}" may not be read.',
            f"请由管理员执行：GRANT SELECT ON {quoted(str(schema))}.{quoted(str(table))} TO 用户。",
            f"Have the administrator run: GRANT SELECT ON {quoted(str(schema))}.{quoted(str(table))} TO the user.",
        )
    columns: dict[str, Given | None] = {}
    types: dict[str, str] = {}
    for column, kind, modifier, shown, is_enum in connection.execute(_COLUMNS.encode(), [oid]).fetchall():
        columns[str(column)] = _given(str(column), str(kind), int(str(modifier)), bool(is_enum))
        types[str(column)] = str(shown)
    key = tuple(str(column) for (column,) in connection.execute(_KEY.encode(), [oid]).fetchall())
    return BaseTable(name, f"{quoted(str(schema))}.{quoted(str(table))}", columns, types, key)


def _no_table(connection: Connection, name: str, where: str) -> MappingError:
    rows = connection.execute(_RELATIONS.encode()).fetchall()
    names = [str(table) if is_visible else f"{schema}.{table}" for _, schema, table, _, is_visible in rows]
    end_zh, end_en = did_you_mean(name, names)
    return mapping_error(
        f"{where}.file",
        f"数据库中没有表“{name}”{end_zh}",
        f'The database has no table "{name}"{end_en}',
        "就地检查时 file 写表名，如 凭证分录 或 财务.凭证分录；不能用通配符。",
        "In place, file is the name of a table, with its schema if need be; no wildcards.",
    )


def unreadable(base: BaseTable, column: str, kind: str, where: str) -> MappingError:
    """Return the error for a column of a type that cannot be read exactly as a type of the contract."""
    return mapping_error(
        where,
        f"表 {base.name} 的列“{column}”是 {base.types[column]} 类型，不能精确地作为 {kind} 读取。",
        f'The column "{column}" of {base.name} is of type {base.types[column]}, which cannot be read exactly as {kind}.',
        "请由管理员建一个视图，将它转换为 numeric、date 或 text，再映射该视图。",
        "Have a view made that converts it to numeric, date or text, and map the view.",
    )


def quoted(name: str) -> str:
    """Write a name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _given(column: str, kind: str, modifier: int, is_enum: bool) -> Given | None:
    if kind not in _FORMS:
        return None
    form, conversion = _FORMS[kind]
    scale = (((modifier - 4) & 0x7FF) ^ 0x400) - 0x400 if kind == "numeric" and modifier >= 4 else None
    return Given(
        f"b.{quoted(column)}{'::text' if is_enum else conversion}", form, 2 if kind == "money" else scale
    )
