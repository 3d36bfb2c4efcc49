"""Documents of the library: findings, results, rules, packs and what they are made of.

The strategy of a field follows from its annotation and its constraints; what a model checks beyond those, and what
must agree for the document to make sense, is written out below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xjk.models.finding import EvidenceKey, Hit, IsoDay, Yuan
from xjk.models.problem import Problem
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.record import Record
from xjk.models.rule import PARAM_COLUMNS, Param, RuleMeta
from xjk.models.run import FileCount, Validation
from xjk.models.tables import TABLES
from xjk.testing.strategies.arguments import refused
from xjk.testing.strategies.columns import codes, days, money, texts, values

_WHOLE = 10**9


def documents(kind: type[Any]) -> SearchStrategy[Any]:
    """Return documents of one class of the library.

    Raises:
        UserError: when the class is no model or data class of it.
    """
    own = _OWN.get(kind)
    if own is not None:
        return own()
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Record):
        return st.builds(kind, **_fields(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return st.builds(kind, **{field.name: _of(hints[field.name]) for field in fields(kind)})
    raise refused(
        f"models({kind!r})",
        f"{kind!r} 不是 xjk 的表模型或文档模型。",
        f"{kind!r} is no model of a table or document of xjk.",
        "可用 xjk.models 中的类，如 VoucherLine、Finding。",
        "Use a class of xjk.models, such as VoucherLine or Finding.",
    )


def _fields(kind: type[BaseModel], **instead: SearchStrategy[Any]) -> dict[str, SearchStrategy[Any]]:
    """Return a strategy for every field; `instead` replaces some."""
    own = {name: _field(info) for name, info in kind.model_fields.items() if name not in instead}
    return own | instead


def _field(info: FieldInfo) -> SearchStrategy[Any]:
    return _of(info.annotation, tuple(info.metadata))


def _of(annotation: Any, constraints: tuple[Any, ...] = ()) -> SearchStrategy[Any]:
    """Return the strategy of an annotation; `constraints` are what pydantic checks beside the type."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        known = tuple(part for item in more for part in getattr(item, "metadata", (item,)))
        return _of(inner, (*known, *constraints))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of([_of(argument, constraints) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        least = _limit(constraints, "min_length", 0)
        return st.lists(_of(arguments[0]), min_size=least, max_size=least + 2).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        least = _limit(constraints, "min_length", 0)
        return st.dictionaries(_of(arguments[0]), _of(arguments[1]), min_size=least, max_size=least + 2)
    return _scalar(annotation, constraints)


def _scalar(annotation: Any, constraints: tuple[Any, ...]) -> SearchStrategy[Any]:
    if annotation is NoneType:
        return st.none()
    if annotation is int:
        return st.integers(_limit(constraints, "ge", -_WHOLE), _WHOLE)
    if annotation is str:
        pattern = next((found for item in constraints if (found := getattr(item, "pattern", None))), None)
        if pattern is not None:
            return _matching(pattern)
        return texts() if _limit(constraints, "min_length", 0) else st.just("") | texts()
    return documents(annotation)


def _matching(pattern: str) -> SearchStrategy[str]:
    """Return texts of a pattern; open repetitions are kept short."""
    if pattern in _WRITTEN:
        return _WRITTEN[pattern]()
    short = pattern.replace("*", "{0,5}").replace("+", "{1,5}").removeprefix("^").removesuffix("$")
    return st.from_regex(short, fullmatch=True)


def _limit(constraints: tuple[Any, ...], name: str, otherwise: int) -> int:
    found = (value for item in constraints if (value := getattr(item, name, None)) is not None)
    return int(next(found, otherwise))


def _pattern(alias: Any) -> str:
    """Return the pattern of an annotated text."""
    info: FieldInfo = get_args(alias)[1]
    return next(str(item.pattern) for item in info.metadata if hasattr(item, "pattern"))


_WRITTEN: Mapping[str, Callable[[], SearchStrategy[str]]] = {_pattern(IsoDay): days, _pattern(Yuan): money}
"""Patterns that stand for values of columns."""


def _problems() -> SearchStrategy[Problem]:
    """Return problems whose code and severity belong together."""

    def of_kind(name: str) -> SearchStrategy[Problem]:
        known = PROBLEM_KINDS[name]
        told = {"code": known.code, "severity": known.severity, "reason": known.reason, "hint": known.hint}
        given = {field: st.just(value) for field, value in told.items()}
        return st.builds(Problem, **_fields(Problem, **given))

    return st.sampled_from(tuple(PROBLEM_KINDS)).flatmap(of_kind)


def _file_counts() -> SearchStrategy[FileCount]:
    """Return counts in which the rows read are those accepted and those quarantined."""

    def counted(file: str, table: str, accepted: int, quarantined: int, ignored: int) -> FileCount:
        return FileCount(
            file=file,
            table=table,
            rows=accepted + quarantined,
            accepted=accepted,
            quarantined=quarantined,
            ignored=ignored,
        )

    count = st.integers(0, _WHOLE)
    return st.builds(counted, texts(), st.sampled_from(tuple(TABLES)), count, count, count)


def _validations() -> SearchStrategy[Validation]:
    """Return validations whose counts are those of their problems."""

    def counted(files: list[FileCount], problems: list[Problem]) -> Validation:
        found = [problem.code for problem in problems]
        return Validation(
            files=tuple(files),
            counts={code: found.count(code) for code in dict.fromkeys(found)},
            errors=sum(problem.severity == "error" for problem in problems),
            warnings=sum(problem.severity == "warning" for problem in problems),
            problems=tuple(problems),
        )

    return st.builds(counted, st.lists(_file_counts(), max_size=2), st.lists(_problems(), max_size=2))


def _params() -> SearchStrategy[Param]:
    """Return parameters whose bounds are in order and whose default lies between them."""

    def of_type(name: str) -> SearchStrategy[Param]:
        kind = PARAM_COLUMNS[name][0]  # type: ignore[index]
        three = st.lists(values(kind), min_size=3, max_size=3)
        ordered = three.map(lambda texts: sorted(texts, key=kind.read)).map(
            lambda texts: dict(zip(("min", "default", "max"), texts, strict=True))
        )
        bounds = ordered if name != "text" else values(kind).map(lambda text: {"default": text})
        rest = _fields(Param, type=st.just(name))
        own = st.fixed_dictionaries({key: rest[key] for key in ("type", "doc", "standard", "tightens")})
        return st.builds(lambda base, found: Param.model_validate(base | found), own, bounds)

    return st.sampled_from(tuple(PARAM_COLUMNS)).flatmap(of_type)


def _rule_metas() -> SearchStrategy[RuleMeta]:
    """Return metadata whose tables and columns exist."""

    def columns(table: str) -> SearchStrategy[dict[str, tuple[str, ...]]]:
        names = st.lists(st.sampled_from(tuple(TABLES[table].model_fields)), max_size=3, unique=True)
        return names.map(lambda found: {table: tuple(found)})

    used = st.sampled_from(tuple(TABLES)).flatmap(columns)
    names = st.from_regex(r"[a-z]{1,5}(?:_[a-z]{1,5}){0,2}", fullmatch=True)
    return st.builds(
        RuleMeta,
        **_fields(
            RuleMeta,
            requires=used,
            optional=st.just({}) | used,
            params=st.dictionaries(names, _params(), max_size=2),
        ),
    )


def _hits() -> SearchStrategy[Hit]:
    """Return hits, whose days are day numbers and whose facts are named in snake case."""
    day = st.none() | st.integers(-25_567, 47_481)
    names = st.from_regex(r"[a-z]{1,5}(?:_fen|_day|_micro)?", fullmatch=True)
    facts = st.integers(-25_567, 47_481)
    return st.builds(
        Hit,
        unit_code=codes(),
        subject=texts(),
        amount_fen=st.integers(-(10**15), 10**15),
        from_day=day,
        to_day=day,
        evidence=st.lists(documents(EvidenceKey), max_size=3).map(tuple),
        facts=st.dictionaries(names, facts, max_size=3),
    )


_OWN: Mapping[type[Any], Callable[[], SearchStrategy[Any]]] = {
    FileCount: _file_counts,
    Hit: _hits,
    Param: _params,
    Problem: _problems,
    RuleMeta: _rule_metas,
    Validation: _validations,
}
"""Models that check more than their fields, or whose fields must agree."""
