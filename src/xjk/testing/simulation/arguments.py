"""What may be asked of the simulator."""

from __future__ import annotations

from xjk.errors import UserError
from xjk.models.nearest import suggestion
from xjk.testing.simulation.base.identifiers import BLOCKS
from xjk.testing.simulation.blocks import WHOLE

MAX_UNITS = BLOCKS * WHOLE
MAX_YEARS = 10
MAX_SEED = 2**63 - 1
FIRST_YEARS = (2021, 2090)
FORMATS = ("csv", "parquet")
_SPARSE, _DENSE = 330, 300_000  # voucher lines of a unit in a year
_SMALL_PART = 1_000  # more than the units of a small block exceed the average by


def check_arguments(
    *,
    units: int,
    years: int,
    seed: int,
    lines: int | None,
    first_year: int,
    format: str,  # noqa: A002
) -> None:
    """Refuse arguments out of bounds; raises UserError naming the argument and what is allowed."""
    _between("units", units, 1, MAX_UNITS)
    _between("years", years, 1, MAX_YEARS)
    _between("seed", seed, 0, MAX_SEED)
    _between("first_year", first_year, *FIRST_YEARS)
    if format not in FORMATS:
        hint_zh, hint_en = suggestion(str(format), FORMATS)
        raise UserError(
            zh=f"format={format!r}：不认识的格式。",
            en=f"format={format!r} is no format the simulator writes.",
            hint_zh=hint_zh,
            hint_en=hint_en,
        )
    if lines is not None:
        least, most = line_bounds(units, years)
        _between(
            "lines",
            lines,
            least,
            most,
            f"（{units} 个单位、{years} 年）",
            f" for {units} units and {years} years",
        )


def line_bounds(units: int, years: int) -> tuple[int, int]:
    """Give the least and the most voucher lines a district of that size can be asked for."""
    return (_SPARSE * units + _SMALL_PART) * years, _DENSE * units * years


def _between(name: str, value: object, least: int, most: int, of_zh: str = "", of_en: str = "") -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UserError(
            zh=f"{name}={value!r} 不在允许范围内{of_zh}。",
            en=f"{name}={value!r} is out of bounds{of_en}.",
            hint_zh=f"允许 {least} 至 {most} 的整数。",
            hint_en=f"Allowed: a whole number from {least} to {most}.",
        )
