"""The values a rule runs with: its defaults, the standards in force, then what the user set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from keyword import iskeyword
from types import MappingProxyType
from typing import Any

from xjk.errors import ConfigError, RuleFolderError
from xjk.models.columns import Stored
from xjk.models.dates import day_number
from xjk.models.nearest import suggestion
from xjk.models.problem import BadValue
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.rule import PARAM_COLUMNS, Param, Rule

StandardValue = tuple[int, str]
"""A standard in force: its stored value, and its measure (fen, micro, count or day)."""

AS_OF = "as_of_day"
"""The bind every query may use: the newest day of the ledger, as a day number."""

_MEASURES = {"money": ("fen",), "number": ("micro",), "int": ("count", "day")}
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


@dataclass(frozen=True)
class Params:
    """Hold the values of one rule's parameters.

    ``params.min_amount`` is the stored value: fen for money, a day number for dates, millionths for numbers,
    0/1 for booleans.

    Attributes:
        binds: What SQL sees: names with the suffix of their type, and ``as_of_day``.
        shown: Name of each parameter to its canonical text, as findings report it.
    """

    _values: Mapping[str, Stored]
    binds: Mapping[str, Stored | None]
    shown: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name in self._values:
            return self._values[name]
        raise AttributeError(f"the rule has no parameter {name!r}")

    def __reduce__(self) -> tuple[object, ...]:
        return Params, (dict(self._values), dict(self.binds), dict(self.shown))


def is_param_name(name: str) -> bool:
    """Say whether a parameter may have this name: snake case, and free in Python, SQL and ``Params``."""
    taken = name in ("binds", "shown", AS_OF, "as_of") or iskeyword(name)
    return _NAME.fullmatch(name) is not None and not taken


def bind_name(name: str, param: Param) -> str:
    """Return the name under which SQL sees a parameter: ``min_amount`` of type money is ``min_amount_fen``."""
    return name + PARAM_COLUMNS[param.type][1]


def resolve(
    rule: Rule,
    *,
    as_of: date | None,
    settings: Mapping[str, object] = MappingProxyType({}),
    where: str = "",
    standards: Mapping[str, Sequence[StandardValue]] = MappingProxyType({}),
) -> Params:
    """Return the values a rule runs with: default, then the standard in force on `as_of`, then `settings`.

    `settings` are the user's values by parameter name; `where` is where they stand (``xjk.yaml:
    rules.XJK301.params``) and begins every message about them. `standards` are the values in force by key, as
    ``Ledger.standards_in_force`` gives them: already those of the region, with the user's own in their place.

    Raises:
        ConfigError: for every unknown name and every value that is not of its type or out of bounds, all of
            them in ``errors``; also when neither default nor standard gives a value on that day.
        RuleFolderError: when a standard does not measure what the parameter holds.
    """
    declared = rule.meta.params
    place = where or rule.code
    errors = [_unknown(name, declared, place) for name in settings if name not in declared]
    values: dict[str, Stored] = {}
    for name, param in declared.items():
        try:
            if name in settings:
                values[name] = _read(param, settings[name], f"{place}.{name}")
            else:
                values[name] = _preset(rule, name, standards.get(param.standard or "", ()), as_of)
        except ConfigError as error:
            errors.append(error)
    if errors:
        raise ConfigError(
            zh=f"规则 {rule.code} 的参数有 {len(errors)} 处错误。",
            en=f"{len(errors)} of the parameter settings of {rule.code} cannot be used.",
            where=place,
            errors=errors,
        )
    return Params(
        MappingProxyType(values),
        MappingProxyType(
            {bind_name(name, declared[name]): value for name, value in values.items()}
            | {AS_OF: None if as_of is None else day_number(as_of)}
        ),
        MappingProxyType(
            {name: PARAM_COLUMNS[declared[name].type][0].render(value) for name, value in values.items()}
        ),
    )


def _unknown(name: str, declared: Mapping[str, Param], place: str) -> ConfigError:
    hint_zh, hint_en = suggestion(name, declared)
    return ConfigError(
        zh=f"没有参数“{name}”。",
        en=f'There is no parameter "{name}".',
        where=f"{place}.{name}",
        hint_zh=hint_zh,
        hint_en=hint_en,
    )


def _read(param: Param, value: object, where: str) -> Stored:
    try:
        return param.read(value)
    except BadValue as bad:
        known = PROBLEM_KINDS[bad.kind]
        reason, hint = known.reason.format(**bad.slots), known.hint.format(**bad.slots)
        raise ConfigError(zh=reason.zh, en=reason.en, where=where, hint_zh=hint.zh, hint_en=hint.en) from None
    except ValueError:
        low, high = param.min, param.max
        raise ConfigError(
            zh=f"值 {value} 超出范围。",
            en=f"The value {value} is out of bounds.",
            where=where,
            hint_zh=f"请取 {low if low is not None else '…'} 至 {high if high is not None else '…'}，两端可取。",
            hint_en=f"Use {low if low is not None else '…'} to {high if high is not None else '…'}, ends included.",
        ) from None


def _preset(rule: Rule, name: str, found: Sequence[StandardValue], as_of: date | None) -> Stored:
    """Return the standard in force, else the default."""
    param = rule.meta.params[name]
    if found:
        return _stored(rule, name, param, found)
    if param.default is not None:
        return param.read(param.default)
    raise ConfigError(
        zh=f"标准 {param.standard} 在 {as_of or '（账套无日期）'} 没有有效值。",
        en=f"The standard {param.standard} has no value in force on {as_of or 'a ledger without dates'}.",
        where=f"{rule.code}.{name}",
        hint_zh=f"在配置中给出参数 {name} 的值。",
        hint_en=f"Set the parameter {name} in the configuration.",
    )


def _stored(rule: Rule, name: str, param: Param, found: Sequence[StandardValue]) -> Stored:
    measures = _MEASURES.get(param.type, ())
    if len(found) != 1 or found[0][1] not in measures:
        raise RuleFolderError(
            zh=f"参数 {name}（{param.type}）不能取自标准 {param.standard}（{found[0][1]}，{len(found)} 个值）。",
            en=(
                f"The parameter {name} ({param.type}) cannot come from the standard {param.standard} "
                f"({found[0][1]}, {len(found)} values)."
            ),
            where=f"{rule.folder}/rule.md: params.{name}",
            hint_zh="选用单值且计量相符的标准。",
            hint_en="Choose a standard with a single value and a fitting measure.",
        )
    return found[0][0]
