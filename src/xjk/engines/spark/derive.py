"""Parties, tags and account roles over distinct values on the executors.

What decides on one name, text or account are the pure functions of ``xjk.ledger.derive``; here is only how the values
reach them. No distinct value comes to this process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial, reduce
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sf
from pyspark.sql.types import BooleanType, DataType, IntegerType, StringType

from xjk.engines.spark.rows import frame_of, schema
from xjk.ledger.derive.account_match import AccountMatch
from xjk.ledger.derive.account_role import (
    ACCOUNT_COLUMNS,
    ACCOUNT_PLACES,
    CHART_TABLE,
    Account,
    RoleRow,
    roles,
)
from xjk.ledger.derive.distinct import Place
from xjk.ledger.derive.known_parties import (
    DOCUMENTS,
    PARTY_PLACES,
    PEOPLE_PLACES,
    REGISTERS,
    STAFF_PLACE,
    UNIT_KINDS,
    valid_uscc,
)
from xjk.ledger.derive.names import normal_name
from xjk.ledger.derive.party import KINDS_BY_WEIGHT, Told, looks_like, settled
from xjk.ledger.derive.text_tag import TEXT_PLACES, tag_rows
from xjk.ledger.relations import ACCOUNT_ROLE, PARTY, TEXT_TAG
from xjk.reference.chart import charts
from xjk.reference.folders import Folder
from xjk.reference.lexicons import Lexicon, lexicons
from xjk.reference.party_kinds import PartyClassifier, party_markers

Keep = Callable[[DataFrame], DataFrame]
"""Computes a DataFrame once, and remembers to let go of it."""

_SPELLED, _PAIRS, _DECIDED = "derive_spelled", "derive_pairs", "derive_decided"
_UNITS = "derive_units"

_TOLD = f"""
WITH normal AS (
  SELECT normal, min(looks) AS looks, bool_or(is_staff) AS is_staff, bool_or(is_person) AS is_person
  FROM {_SPELLED} GROUP BY normal),
sourced AS (
  SELECT normal, level, min(uscc) AS uscc, count(DISTINCT uscc) AS usccs FROM {_PAIRS} GROUP BY normal, level),
best AS (
  SELECT normal, uscc, usccs, row_number() OVER (PARTITION BY normal ORDER BY level) AS place FROM sourced),
named AS (
  SELECT s.normal, min(u.unit_code) AS unit_code FROM unit u JOIN {_SPELLED} s ON s.name = u.name
  GROUP BY s.normal HAVING count(DISTINCT u.unit_code) = 1),
holder AS (
  SELECT uscc, min(unit_code) AS unit_code FROM {_UNITS} GROUP BY uscc HAVING count(DISTINCT unit_code) = 1),
by_uscc AS (SELECT uscc AS said, kind FROM enterprise WHERE kind <> 'other'),
by_name AS (
  SELECT s.normal AS said, min(e.kind) AS kind FROM enterprise e JOIN {_SPELLED} s ON s.name = e.name
  WHERE e.kind <> 'other' GROUP BY s.normal HAVING count(DISTINCT e.kind) = 1),
registered AS (
  SELECT said, kind FROM by_uscc
  UNION ALL SELECT said, kind FROM by_name n WHERE NOT EXISTS (SELECT 1 FROM by_uscc u WHERE u.said = n.said))
SELECT n.normal, n.looks, n.is_staff, n.is_person, named.unit_code, best.uscc, holder.unit_code AS unit_of_uscc,
  k.kind AS unit_kind, of_uscc.kind AS uscc_kind, of_name.kind AS name_kind
FROM normal n
LEFT JOIN best ON best.normal = n.normal AND best.place = 1 AND best.usccs = 1
LEFT JOIN named ON named.normal = n.normal
LEFT JOIN holder ON holder.uscc = best.uscc
LEFT JOIN (SELECT unit_code, {{kinds}} AS kind FROM unit) k ON k.unit_code = coalesce(named.unit_code, holder.unit_code)
LEFT JOIN registered of_uscc ON of_uscc.said = best.uscc
LEFT JOIN registered of_name ON of_name.said = n.normal
"""
"""What the tables say of each normal name, as ``known_parties`` gathers it."""

_PARTIES = f"""
SELECT s.name, d.key AS party_key, s.normal AS normal_name,
  element_at(array({", ".join(f"'{kind}'" for kind in KINDS_BY_WEIGHT)}), min(d.weight) OVER (PARTITION BY d.key) + 1) AS kind,
  d.unit_code, d.uscc
FROM {_DECIDED} d JOIN {_SPELLED} s ON s.normal = d.normal
"""


def party(
    spark: SparkSession, filled: Collection[str], keep: Keep, data_folders: Sequence[Folder]
) -> DataFrame:
    """Return the rows of ``party``, as ``derive_party`` makes them."""
    places = [place for place in PARTY_PLACES if place.table in filled]
    if not places:
        return frame_of(spark, [], schema(PARTY))
    classifier = PartyClassifier(party_markers(data_folders))
    named = _union(spark, [_named(place) for place in places])
    names = named.groupBy("name").agg(
        sf.bool_or("is_staff").alias("is_staff"), sf.bool_or("is_person").alias("is_person")
    )
    spelled = names.select(
        "*",
        _udf(normal_name, StringType())("name").alias("normal"),
        _udf(partial(_looks, classifier), IntegerType())("name").alias("looks"),
    )
    keep(spelled).createOrReplaceTempView(_SPELLED)
    _is_valid = _udf(_has_valid_uscc, BooleanType())
    spark.table("unit").dropna(subset=["uscc"]).where(_is_valid("uscc")).createOrReplaceTempView(_UNITS)
    pairs = _union(spark, [*_pairs()]).where(_is_valid("uscc")).join(spark.table(_SPELLED), "name")
    pairs.select("level", "normal", "uscc").distinct().createOrReplaceTempView(_PAIRS)
    kinds = " ".join(f"WHEN '{unit}' THEN '{kind}'" for unit, kind in UNIT_KINDS.items())
    told = spark.sql(_TOLD.format(kinds=f"CASE kind {kinds} END"))
    decided = _udf(_decide, "key string, weight int, unit_code string, uscc string")  # type: ignore[arg-type]
    rows = told.select("normal", decided(*told.columns).alias("found")).select("normal", "found.*")
    keep(rows).createOrReplaceTempView(_DECIDED)
    return spark.sql(_PARTIES)


def text_tag(spark: SparkSession, filled: Collection[str], data_folders: Sequence[Folder]) -> DataFrame:
    """Return the rows of ``text_tag``, as ``derive_text_tag`` makes them."""
    places = [place for place in TEXT_PLACES if place.table in filled]
    columns = [f"SELECT {place.column} AS text FROM {place.table}" for place in places]
    texts = (
        _union(spark, [*columns, "SELECT name AS text FROM party WHERE kind <> 'person'"]).dropna().distinct()
    )
    rows = texts.rdd.mapPartitions(partial(_tags, lexicons(data_folders)))
    return frame_of(spark, rows, schema(TEXT_TAG))


def account_role(spark: SparkSession, filled: Collection[str], data_folders: Sequence[Folder]) -> DataFrame:
    """Return the rows of ``account_role``, as ``derive_account_role`` makes them."""
    places = [_accounts(table, columns) for table, columns in ACCOUNT_PLACES.items() if table in filled]
    if not places:
        return frame_of(spark, [], schema(ACCOUNT_ROLE))
    kinds = spark.table("unit").select("unit_code", "kind")
    accounts = _union(spark, places).distinct().join(kinds, "unit_code", "left")
    books = accounts.groupBy("unit_code", "fiscal_year", "kind").agg(
        sf.collect_list(sf.struct("account_code", "account_name", "role", "in_chart"))
    )
    rows = books.rdd.flatMap(partial(_roles, AccountMatch(charts(data_folders))))
    return frame_of(spark, rows, schema(ACCOUNT_ROLE))


def _named(place: Place) -> str:
    staff, person = (str(place == STAFF_PLACE).lower(), str(place in PEOPLE_PLACES).lower())
    return (
        f"SELECT DISTINCT {place.column} AS name, {staff} AS is_staff, {person} AS is_person "
        f"FROM {place.table} WHERE {place.column} IS NOT NULL"
    )


def _pairs() -> Iterator[str]:
    """Yield queries of the names and credit codes of each source, the best first."""
    for level, sources in enumerate([*([source] for source in REGISTERS), DOCUMENTS]):
        for table, code, name in sources:
            yield (
                f"SELECT DISTINCT {level} AS level, {name} AS name, {code} AS uscc FROM {table} "
                f"WHERE {name} IS NOT NULL AND {code} IS NOT NULL"
            )


def _accounts(table: str, columns: Sequence[str]) -> str:
    told = ", ".join(
        f"{name if name in columns else 'CAST(NULL AS string)'} AS {name}"
        for name in ("account_name", "role")
    )
    in_chart = str(table == CHART_TABLE).lower()
    return (
        f"SELECT DISTINCT {', '.join(ACCOUNT_COLUMNS)}, {told}, {in_chart} AS in_chart "
        f"FROM {table} WHERE {ACCOUNT_COLUMNS[0]} IS NOT NULL"
    )


def _union(spark: SparkSession, queries: Sequence[str]) -> DataFrame:
    return reduce(DataFrame.unionAll, map(spark.sql, queries))


def _udf(function: Callable[..., Any], returns: DataType) -> Callable[..., Column]:
    """Return a function of Python as one of Spark, which asks for nothing but pickled rows."""
    return sf.udf(function, returns, useArrow=False)


def _looks(classifier: PartyClassifier, name: str) -> int:
    return KINDS_BY_WEIGHT.index(looks_like(name, classifier))


def _has_valid_uscc(code: str) -> bool:
    return bool(valid_uscc(code))


def _decide(normal: str, looks: int, *told: Any) -> tuple[str, int, str | None, str | None]:
    found = settled(normal, KINDS_BY_WEIGHT[looks], Told(*told))
    return found.key, KINDS_BY_WEIGHT.index(found.kind), found.unit_code, found.uscc


def _tags(known: tuple[Lexicon, ...], rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    return tag_rows((row[0] for row in rows), known)


def _roles(match: AccountMatch, book: Sequence[Any]) -> Iterator[RoleRow]:
    unit, year, kind, accounts = book
    return roles(match, unit, year, kind or "", (Account(*account) for account in accounts))
