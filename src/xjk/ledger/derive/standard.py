"""The relation ``standard``: which value of each dated standard holds where the ledger is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from xjk.errors import ConfigError
from xjk.ledger.relations import STANDARD
from xjk.ledger.store import Store
from xjk.models.dates import EPOCH
from xjk.reference.folders import Folder
from xjk.reference.standards import Standard, standards

CENTRAL = "CN"
"""Region of the standards of the central level, which hold where no nearer region has its own."""

OVERRIDE = "override"
"""Region written for values set in the configuration."""

FIRST_DAY = (date(1900, 1, 1) - EPOCH).days
LAST_DAY = (date(9999, 12, 31) - EPOCH).days
"""Day number that stands for an open end: 2932896."""


class _Period(NamedTuple):
    """Be a span of days, both ends included."""

    first: int
    last: int


def derive_standard(
    store: Store,
    *,
    data_folders: Sequence[Folder] = (),
    region: str = CENTRAL,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """Fill ``standard`` with the values in force where the ledger is, so that rules need not choose.

    On the days a nearer region has a value, those of the wider one are left out: for ``CN-41-02`` first
    ``CN-41-02``, then ``CN-41``, then ``CN``. ``overrides`` gives a key one value for all days, written as in a
    data file (yuan for money).

    Raises:
        ConfigError: when an override names no standard or is not written as its measure asks.
        YamlError: when the data folders contradict each other.
    """
    known: dict[str, list[Standard]] = defaultdict(list)
    for entry in standards(data_folders):
        known[entry.key].append(entry)
    replaced = _checked(overrides or {}, known)
    rows: list[tuple[str | int, ...]] = []
    for key, entries in known.items():
        if key in replaced:
            forced = replaced[key]
            rows.append((key, OVERRIDE, FIRST_DAY, LAST_DAY, forced.stored, forced.measure))
        else:
            rows += _in_force(key, entries, _nearest_first(region))
    store.append(STANDARD, rows)


def _nearest_first(region: str) -> list[str]:
    """List a region and the wider ones around it: ``CN-41-02``, ``CN-41``, ``CN``."""
    parts = region.split("-")
    around = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return around if around[-1] == CENTRAL else [*around, CENTRAL]


def _in_force(
    key: str, entries: Sequence[Standard], regions: Sequence[str]
) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of one key: each entry for the days that no nearer region speaks about."""
    taken: list[_Period] = []
    for region in regions:
        here = [entry for entry in entries if entry.region == region]
        for entry in here:
            for period in _left_over(_period(entry), taken):
                yield key, region, period.first, period.last, entry.stored, entry.measure
        taken += [_period(entry) for entry in here]


def _period(entry: Standard) -> _Period:
    last = LAST_DAY if entry.valid_to is None else (entry.valid_to - EPOCH).days
    return _Period((entry.valid_from - EPOCH).days, last)


def _left_over(period: _Period, taken: Sequence[_Period]) -> list[_Period]:
    """Return what remains of a period when others are cut out of it."""
    left = [period]
    for cut in taken:
        left = [
            piece
            for part in left
            for piece in (
                _Period(part.first, min(part.last, cut.first - 1)),
                _Period(max(part.first, cut.last + 1), part.last),
            )
            if piece.first <= piece.last
        ]
    return left


def _checked(overrides: Mapping[str, str], known: Mapping[str, Sequence[Standard]]) -> dict[str, Standard]:
    """Turn overrides into standards; raises ConfigError, with every fault of them."""
    replaced: dict[str, Standard] = {}
    errors: list[ConfigError] = []
    for key, text in overrides.items():
        if key not in known:
            errors.append(_fault(key, "没有这一标准", "there is no such standard"))
            continue
        model = known[key][-1]
        try:
            replaced[key] = Standard.model_validate(model.model_dump() | {"value": text})
        except ValidationError:
            errors.append(_fault(key, f"“{text}”写法不对", f"{text!r} is not written as its measure asks"))
    if len(errors) > 1:
        raise ConfigError(
            zh=f"标准有 {len(errors)} 处设置有误。",
            en=f"{len(errors)} settings of standards are wrong.",
            errors=errors,
        )
    if errors:
        raise errors[0]
    return replaced


def _fault(key: str, zh: str, en: str) -> ConfigError:
    return ConfigError(
        zh=f"标准 {key}：{zh}。",
        en=f"Standard {key}: {en}.",
        hint_zh="金额以元书写，比例和系数写小数，人数和天数写整数。",
        hint_en="Write money in yuan, rates as decimals, numbers of people and days as whole numbers.",
    )
