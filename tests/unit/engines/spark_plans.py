"""How Spark would run the queries of rules over tables too large to broadcast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pyspark.sql import SparkSession

from xjk.engines.spark.reading import bound
from xjk.engines.spark.rows import with_key
from xjk.engines.spark.start import own_session, start
from xjk.hooks.catalogue import Catalogue
from xjk.ledger.relations import Relation, relations
from xjk.ledger.store import Rows, Session, Value
from xjk.models.rule import Rule
from xjk.rules.cases import read_cases
from xjk.runner.cases import open_case
from xjk.runner.config import Limits
from xjk.runner.hits import find_hits

NESTED = re.compile(r"(CartesianProduct|BroadcastNestedLoopJoin)")
Asked = tuple[str, Mapping[str, Value]]


class Recorder:
    """Be a session that writes down what it is asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked: list[Asked] = []

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        self.asked.append((sql, params or {}))
        return self._session.query(sql, params)

    def close(self) -> None:
        self._session.close()


def queries(rule: Rule, packs: Catalogue) -> list[Asked]:
    """Return the queries a rule asks about the first of its cases that it runs on."""
    case = next(case for case in read_cases(rule).cases if case.expect != "skipped")
    with open_case(rule, case, packs, "sqlite") as opened:
        recorder = Recorder(opened.ledger.session())
        find_hits(rule, recorder, opened.params(), opened.ledger.as_of, Limits())
        recorder.close()
    return recorder.asked


SMALL = {"standard", "calendar", "unit"}
"""Relations that any machine holds; the others are as large as can be."""


@cache
def large_tables() -> SparkSession:
    """Return a session whose tables are far too large to be broadcast."""
    session = own_session(start(), small=False)
    session.conf.set("spark.sql.adaptive.enabled", "false")
    session.conf.set("spark.sql.maxPlanStringLength", "1000000")
    for relation in relations():
        rows = session.range(100 if relation.name in SMALL else 10**12)
        keyed = rows.selectExpr(*made(relation)).selectExpr(*with_key(relation))
        keyed.createOrReplaceTempView(relation.name)
    return session


def made(relation: Relation) -> Iterator[str]:
    for place, column in enumerate(relation.columns):
        value = f"id % {place + 7}"
        yield f"cast({value} as {'string' if column.type == 'TEXT' else 'bigint'}) AS {column.name}"


def plan(asked: Asked) -> str:
    """Return the physical plan of a query, which is not run."""
    frame = bound(large_tables(), *asked)
    return str(frame._jdf.queryExecution().executedPlan().toString())
