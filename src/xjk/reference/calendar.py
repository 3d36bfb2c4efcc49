"""Working days of China: public holidays and the weekends worked in exchange.

The General Office of the State Council announces them year by year. A year without a notice here follows the
week, and its days are marked as not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from xjk.reference.entries import Fact, IsoDay, Text, clash, faults_of, mapping_of, raise_all
from xjk.reference.folders import DataFile, Folder, core_files, pack_files

Kind = Literal["workday", "weekend", "holiday", "makeup"]

_SATURDAY = 5


def _year(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


class Notice(Fact):
    """Hold one notice that arranges the holidays of a year."""

    number: Text
    published: IsoDay
    subject: Text


class Break(BaseModel):
    """Hold the days of one holiday, or the weekend days worked for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    days: tuple[IsoDay, ...]


class HolidayYear(BaseModel):
    """Hold the arrangement of one calendar year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: Annotated[int, BeforeValidator(_year)]
    notices: tuple[Notice, ...]
    holidays: tuple[Break, ...]
    makeup: tuple[Break, ...]

    @model_validator(mode="after")
    def _days_belong_here(self) -> HolidayYear:
        off = [day for part in self.holidays for day in part.days]
        worked = [day for part in self.makeup for day in part.days]
        days = off + worked
        stray = sorted(day for day in days if day.year != self.year)
        if stray:
            raise ValueError(f"{stray[0]} is not in {self.year}")
        twice = sorted({day for day in days if days.count(day) > 1})
        if twice:
            raise ValueError(f"{twice[0]} is given twice")
        weekdays = sorted(day for day in worked if day.weekday() < _SATURDAY)
        if weekdays:
            raise ValueError(f"{weekdays[0]} is no weekend day, so it cannot be worked in exchange")
        if not self.notices:
            raise ValueError("a year needs its notice")
        return self


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: its kind, the holiday it belongs to (empty for an ordinary day), and whether a notice covers it."""

    day: date
    kind: Kind
    name: str
    verified: bool


def calendar_days(first: date, last: date, folders: Sequence[Folder] = ()) -> Iterator[CalendarDay]:
    """Yield every day from `first` to `last`, both included.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files arrange one year differently.
    """
    known = {entry.year: entry for entry in holiday_years(folders)}
    for year in range(first.year, last.year + 1):
        for entry in _days_of(year, known.get(year)):
            if first <= entry.day <= last:
                yield entry


def holiday_years(folders: Sequence[Folder] = ()) -> tuple[HolidayYear, ...]:
    """Return the arrangements known, by year."""
    return _years_with(folders) if folders else _core_years()


@lru_cache(maxsize=128)
def _days_of(year: int, arrangement: HolidayYear | None) -> tuple[CalendarDay, ...]:
    """Return every day of a year; kept, because every load needs the same years."""
    fixed = {} if arrangement is None else dict(_special_days(arrangement))
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range((date(year, 12, 31) - first).days + 1))
    return tuple(fixed.get(day) or _ordinary(day, arrangement) for day in days)


def _ordinary(day: date, arrangement: HolidayYear | None) -> CalendarDay:
    kind: Kind = "weekend" if day.weekday() >= _SATURDAY else "workday"
    return CalendarDay(day, kind, "", arrangement is not None and _verified(arrangement))


def _special_days(arrangement: HolidayYear) -> Iterator[tuple[date, CalendarDay]]:
    verified = _verified(arrangement)
    for part in arrangement.holidays:
        for day in part.days:
            yield day, CalendarDay(day, "holiday", part.name, verified)
    for part in arrangement.makeup:
        for day in part.days:
            yield day, CalendarDay(day, "makeup", part.name, verified)


def _verified(arrangement: HolidayYear) -> bool:
    return all(notice.verified for notice in arrangement.notices)


@lru_cache(maxsize=1)
def _core_years() -> tuple[HolidayYear, ...]:
    return _years_with(())


def _years_with(folders: Sequence[Folder]) -> tuple[HolidayYear, ...]:
    seen: dict[int, HolidayYear] = {}
    told_by: dict[int, str] = {}
    for file in core_files("calendar") + pack_files("calendar", folders):
        entry = _read_year(file, mapping_of(file))
        if entry.year in seen and seen[entry.year] != entry:
            raise clash(f"calendar {entry.year}", told_by[entry.year], file.name)
        seen[entry.year] = entry
        told_by[entry.year] = file.name
    return tuple(seen[year] for year in sorted(seen))


def _read_year(file: DataFile, content: Mapping[str, object]) -> HolidayYear:
    try:
        return HolidayYear.model_validate(content)
    except ValidationError as error:
        raise_all(faults_of(error, file.name), file.name)
        raise
