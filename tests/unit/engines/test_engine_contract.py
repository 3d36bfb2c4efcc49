"""The engine contract notices engines that break it: SQLite with one fault at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import pytest

from xjk.engines.sqlite import SqliteSession, SqliteStore
from xjk.errors import UserError
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import Relation
from xjk.ledger.store import Row, Rows, Value
from xjk.models.words import Words
from xjk.testing import EngineCheck, Gap, engine_checks

CHECKS = {check.id: check for check in engine_checks()}
GAP = Gap("not_yet", Words(zh="还没有做", en="It is not done yet"))


class Told:
    """Be a session that tells its rows otherwise than SQLite does."""

    def __init__(self, session: SqliteSession, change: Callable[[Iterable[Row]], Iterable[Row]]) -> None:
        self._session, self._change = session, change

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        rows = self._session.query(sql, params)
        return Rows(rows.columns, iter(self._change(rows)))

    def close(self) -> None:
        self._session.close()


def telling(change: Callable[[Value], object]) -> type[SqliteStore]:
    """Return an engine that changes each value that it tells rules."""

    class Store(SqliteStore):
        def session(self, *, seconds: float | None = None) -> Told:  # type: ignore[override]
            def changed(rows: Iterable[Row]) -> Iterable[Row]:
                return (tuple(map(change, row)) for row in rows)  # type: ignore[arg-type]

            return Told(super().session(seconds=seconds), changed)

    return Store


class Unguarded(SqliteStore):
    """Lets rules read and call whatever SQLite knows."""

    def session(self, *, seconds: float | None = None) -> SqliteSession:
        return SqliteSession(self._path, seconds=seconds, guarded=False)


class Short(SqliteStore):
    """Loses what comes after the first thousand rows."""

    def session(self, *, seconds: float | None = None) -> Told:  # type: ignore[override]
        return Told(super().session(seconds=seconds), lambda rows: islice(rows, 1_000))


class Careless(SqliteStore):
    """Takes any key for a new one."""

    def index(self, relation: Relation) -> bool:  # noqa: ARG002 - a signature of Store
        return True


class Forgetful(SqliteStore):
    """Deletes nothing."""

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:  # noqa: ARG002
        list(rows)


class Reckless(SqliteStore):
    """Discards everything."""

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:  # noqa: ARG002
        self._connection.execute(f"DELETE FROM {relation.name}")


class Trimming(SqliteStore):
    """Tidies texts that are given column by column."""

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        super().extend(relation, {name: [*map(tidied, values)] for name, values in columns.items()})


class Pasting(SqliteStore):
    """Writes parameters into the text of a query."""

    def session(self, *, seconds: float | None = None) -> SqliteSession:
        class Session(SqliteSession):
            def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
                for name, value in (params or {}).items():
                    sql = sql.replace(
                        f":{name}",
                        "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value),
                    )
                return super().query(sql)

        return Session(self._path, seconds=seconds)


def tidied(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value


def no_half(value: Value) -> object:
    return float(value) if isinstance(value, int) else value


@pytest.mark.parametrize(
    ("make", "noticed_by"),
    [
        (telling(no_half), ["values.whole_numbers_come_back", "values.truth_values_are_one_and_zero", "numbers.sums_are_exact_beyond_53_bits"]),
        (telling(lambda value: value or None), ["values.texts_come_back", "nulls.aggregates_leave_nulls_out"]),
        (telling(lambda value: bool(value) if value in (0, 1) else value), ["values.truth_values_are_one_and_zero"]),
        (telling(lambda value: value.replace("\\", "") if isinstance(value, str) else value), ["texts.literals_mean_what_they_say", "parameters.a_bound_text_is_never_read_as_sql"]),
        (Unguarded, ["read_only.problems_and_quarantine_are_hidden", "read_only.other_functions_are_refused", "read_only.no_catalogue_is_read", "read_only.patterns_are_refused", "read_only.recursion_is_refused"]),
        (Short, ["sessions.two_sessions_read_at_once"]),
        (Careless, ["filling.a_repeated_key_is_noticed_and_nothing_is_built"]),
        (Forgetful, ["filling.rows_are_deleted_by_source_and_row", "filling.a_store_tells_whether_a_relation_holds_rows"]),
        (Reckless, ["filling.rows_of_a_source_are_discarded"]),
        (Trimming, ["values.texts_come_back", "texts.nothing_is_folded", "texts.odd_identifiers_join_and_group"]),
        (Pasting, ["parameters.a_bound_text_is_never_read_as_sql", "parameters.similar_names_are_told_apart"]),
    ],
    ids=["floats", "nulls", "booleans", "backslashes", "unguarded", "short", "careless", "forgetful", "reckless", "trimming", "pasting"],
)  # fmt: skip
def test_a_fault_is_noticed(make: type[SqliteStore], noticed_by: list[str]) -> None:
    for name in noticed_by:
        CHECKS[name].run(SqliteStore)
        with pytest.raises(AssertionError, match=re.escape(CHECKS[name].promise.zh)):
            CHECKS[name](make)


def test_a_failure_says_which_promise_is_broken_and_what_was_found() -> None:
    with pytest.raises(AssertionError) as caught:
        CHECKS["filling.rows_of_a_source_are_discarded"](Reckless)
    assert str(caught.value) == (
        "filling.rows_of_a_source_are_discarded: All rows of some sources are discarded; rows of the others stay. "
        "一个来源的行可以全部删除。\n"
        "- AssertionError: select source_id, source_row from payment order by source_id, source_row: "
        "[], expected [(1, 2), (3, 2)] 应为后者"
    )


def test_an_admitted_gap_is_an_expected_failure_with_its_reason() -> None:
    name = "filling.rows_of_a_source_are_discarded"
    with pytest.raises(pytest.xfail.Exception, match="not_yet: It is not done yet 还没有做"):
        admitted(name)(Reckless)


def test_a_gap_that_is_none_fails() -> None:
    with pytest.raises(AssertionError, match="take the gap out"):
        admitted("filling.rows_of_a_source_are_discarded")(SqliteStore)


def test_a_gap_of_no_check_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(UserError, match=r"numbers\.sums_are_exact_beyond_53_bits"):
        engine_checks({"numbers.sums_are_exact_beyond_54_bits": GAP})


def test_checks_have_names_of_their_own_and_promises_in_both_languages() -> None:
    checks = engine_checks()
    assert len({str(check) for check in checks}) == len(checks)
    for check in checks:
        assert check.promise.en.endswith(".")
        assert check.promise.zh.endswith("。")
        assert check.gap is None


def test_every_function_that_rules_may_call_has_its_check() -> None:
    assert {f"functions.{name}" for name in FUNCTIONS} <= set(CHECKS)


def admitted(name: str) -> EngineCheck:
    (check,) = (check for check in engine_checks({name: GAP}) if check.id == name)
    return check
