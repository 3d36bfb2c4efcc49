"""Run one rule: from its query or its function to Hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from xjk.errors import RuleError, XjkError
from xjk.ledger.store import Row, Session, Value
from xjk.models.finding import EvidenceKey, Fact, Hit
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.rules.detect import load_detect
from xjk.rules.params import Params
from xjk.rules.sql_text import read_sql
from xjk.runner.config import Limits
from xjk.runner.time_limit import within

_KEY_SUFFIX = "_key"
_RESERVED = ("unit_code", "subject", "amount_fen", "from_day", "to_day")


class View:
    """Be the ledger as a rule.py sees it: read-only queries and the newest day of the data."""

    def __init__(self, session: Session, as_of: date | None) -> None:
        self._session = session
        self.as_of = as_of

    def query(self, sql: str, **binds: Value) -> Iterator[Mapping[str, Any]]:
        """Run one SELECT with named parameters and yield its rows by column name."""
        return self._session.query(sql, binds).dicts()


def find_hits(
    rule: Rule,
    session: Session,
    params: Params,
    as_of: date | None,
    limits: Limits,
    sql: str | None = None,
) -> tuple[Hit, ...]:
    """Return what a rule finds, by unit and subject; `sql` stands in for the text of its rule.sql.

    Raises:
        RuleError: whatever goes wrong inside the rule, with the rule's file in ``where``.
    """
    try:
        if rule.kind == "sql":
            rows = session.query(read_sql(rule) if sql is None else sql, params.binds)
            hits = _hits_of_rows(rows.columns, rows, limits.findings)
        else:
            view = View(session, as_of)
            hits = within(limits.seconds, lambda: _hits_of_function(rule, view, params, limits.findings))
    except RuleError as error:
        error.where = error.where or f"{rule.folder}/rule.{'sql' if rule.kind == 'sql' else 'py'}"
        raise
    return tuple(sorted(hits, key=lambda hit: (hit.unit_code, hit.subject)))


def _hits_of_function(rule: Rule, view: View, params: Params, limit: int) -> list[Hit]:
    """Run ``detect``; anything it raises is the rule's failure and nobody else's."""
    detect = load_detect(rule)
    hits: list[Hit] = []
    try:
        for hit in detect(view, params):
            _check_hit(hit)
            hits.append(hit)
            if len(hits) > limit:
                raise _too_many(limit)
    except XjkError:
        raise
    except Exception as error:
        line = _line_in(error, f"{rule.folder}/rule.py")
        raise RuleError(
            zh=f"规则执行出错：{type(error).__name__}: {error}。",
            en=f"The rule raised {type(error).__name__}: {error}.",
            where=f"{rule.folder}/rule.py{line}",
            hint_zh="请修复该规则；其他规则不受影响。",
            hint_en="Repair the rule; the others are not affected.",
        ) from error
    return _united(hits)


class _Layout(NamedTuple):
    """Say which column of a rule's query is what."""

    places: Mapping[str, int]
    evidence: tuple[tuple[int, str, str], ...]
    facts: tuple[tuple[int, str], ...]


def _hits_of_rows(columns: tuple[str, ...], rows: Iterable[Row], limit: int) -> list[Hit]:
    layout = _layout(columns)
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        unit, subject, amount = (row[layout.places[name]] for name in _RESERVED[:3])
        if not isinstance(unit, str) or not isinstance(subject, str) or not isinstance(amount, int):
            raise RuleError(
                zh="规则返回了空的或类型不符的 unit_code、subject 或 amount_fen。",
                en="The rule returned an empty or ill-typed unit_code, subject or amount_fen.",
                hint_zh="unit_code 与 subject 应为文本，amount_fen 应为整数（分）。",
                hint_en="unit_code and subject are text, amount_fen is an integer number of fen.",
            )
        grouped.setdefault((unit, subject), []).append(row)
        if len(grouped) > limit:
            raise _too_many(limit)
    return [_hit(layout, unit, subject, found) for (unit, subject), found in grouped.items()]


def _layout(columns: tuple[str, ...]) -> _Layout:
    """Read the meaning of each column from its name."""
    places = {name: place for place, name in enumerate(columns)}
    missing = [name for name in _RESERVED[:3] if name not in places]
    evidence = []
    facts = []
    for place, name in enumerate(columns):
        role, _, table = name.rpartition("__")
        if name in _RESERVED:
            continue
        if table.endswith(_KEY_SUFFIX) and table.removesuffix(_KEY_SUFFIX) in TABLES:
            evidence.append((place, table.removesuffix(_KEY_SUFFIX), role))
        else:
            facts.append((place, name))
    if missing or not evidence or len(places) != len(columns):
        raise RuleError(
            zh=f"规则查询缺少列 {'、'.join(missing) or '<表>_key'}，或有重名列。",
            en=f"The query lacks the column {', '.join(missing) or '<table>_key'}, or names one twice.",
            hint_zh="查询须返回 unit_code、subject、amount_fen 及至少一个证据列 <表>_key。",
            hint_en="Return unit_code, subject, amount_fen and at least one evidence column <table>_key.",
        )
    return _Layout(places, tuple(evidence), tuple(facts))


def _hit(layout: _Layout, unit: str, subject: str, rows: list[Row]) -> Hit:
    """Unite the rows of one hit; which row came first must not matter."""
    rows.sort(key=lambda row: [(value is None, str(value)) for value in row])
    evidence = {
        EvidenceKey(table, str(row[place]), role)
        for row in rows
        for place, table, role in layout.evidence
        if row[place] is not None
    }
    facts: dict[str, Fact] = {}
    for place, name in layout.facts:
        value = rows[0][place]
        if isinstance(value, float):
            raise _float_fact(name)
        facts[name] = value
    return Hit(
        unit_code=unit,
        subject=subject,
        amount_fen=max(int(row[layout.places["amount_fen"]] or 0) for row in rows),
        from_day=_extreme(layout, rows, "from_day", min),
        to_day=_extreme(layout, rows, "to_day", max),
        evidence=tuple(sorted(evidence, key=_evidence_order)),
        facts=facts,
    )


def _extreme(layout: _Layout, rows: list[Row], name: str, pick: Callable[[list[int]], int]) -> int | None:
    place = layout.places.get(name)
    days = [] if place is None else [int(day) for row in rows if (day := row[place]) is not None]
    return pick(days) if days else None


def _evidence_order(evidence: EvidenceKey) -> tuple[str, str, str]:
    return evidence.table, evidence.key, evidence.role


def _united(hits: list[Hit]) -> list[Hit]:
    """Unite hits of one unit and subject, as rows of a query are."""
    grouped: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((hit.unit_code, hit.subject), []).append(hit)
    united = []
    for same in grouped.values():
        same.sort(
            key=lambda hit: (sorted(map(_evidence_order, hit.evidence)), str(sorted(hit.facts.items())))
        )
        days = [day for hit in same for day in (hit.from_day, hit.to_day) if day is not None]
        united.append(
            Hit(
                unit_code=same[0].unit_code,
                subject=same[0].subject,
                amount_fen=max(hit.amount_fen for hit in same),
                from_day=min(days, default=None),
                to_day=max(days, default=None),
                evidence=tuple(sorted({key for hit in same for key in hit.evidence}, key=_evidence_order)),
                facts=same[0].facts,
            )
        )
    return united


def _check_hit(hit: object) -> None:
    if (
        not isinstance(hit, Hit)
        or not isinstance(hit.amount_fen, int)
        or not hit.unit_code
        or not hit.subject
    ):
        raise RuleError(
            zh="detect 产生了无效的 Hit。",
            en="detect yielded something that is not a complete Hit.",
            hint_zh="须给出 unit_code、subject 和以分为单位的整数 amount_fen。",
            hint_en="Give unit_code, subject, and amount_fen as an integer number of fen.",
        )
    for name, value in hit.facts.items():
        if isinstance(value, float):
            raise _float_fact(name)


def _float_fact(name: str) -> RuleError:
    return RuleError(
        zh=f"事实 {name} 是浮点数。",
        en=f"The fact {name} is a float.",
        hint_zh="请用整数（分、日、百万分之一）并以 _fen、_day、_micro 命名。",
        hint_en="Use integers (fen, days, millionths) and end the name with _fen, _day or _micro.",
    )


def _too_many(limit: int) -> RuleError:
    return RuleError(
        zh=f"规则产生的疑点超过 {limit} 个，已停止。",
        en=f"The rule yielded more than {limit} findings and was stopped.",
        hint_zh="请收紧该规则的参数，或调高 limits.findings。",
        hint_en="Tighten the rule's parameters, or raise limits.findings.",
    )


def _line_in(error: BaseException, path: str) -> str:
    """Return ``:line`` of the innermost frame in a file."""
    line, trace = "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line
