"""What a scheme is: a way of making a slush fund, planted in a unit's books together with its ground truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xjk.models.rule import Form
from xjk.models.words import Words
from xjk.testing.simulation.base.world import Row, Unit, Voucher, World
from xjk.testing.simulation.schemes.hosts import Host

Evidence = list[tuple[str, Row | Voucher]]
"""Rows that show a scheme, each with its table; a voucher stands for its lines."""


class Planted(NamedTuple):
    """What planting left behind: the sum that leaves or misses the books, in fen, and the rows that show it."""

    fen: int
    evidence: Evidence


Plant = Callable[[World, Unit], Planted]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Describe one scheme: what it is, who can carry it, and how it is written into the books.

    Attributes:
        id: Form and number, such as ``F1-1``; never used again for something else.
        form: Form of the fund.
        title: What is done, in a few words.
        default: Code, in the script, of the unit that carries it unless another is chosen.
        host: What a unit needs to carry it.
        make: Writes the rows; books stay balanced and statements reconciled, except for what the scheme hides.
    """

    id: str
    form: Form
    title: Words
    default: str
    host: Host
    make: Plant

    @property
    def needs(self) -> Words:
        """Return what a unit needs to carry the scheme."""
        return self.host.needs

    def hosts(self, world: World) -> Sequence[Unit]:
        """List the units of a block that can carry the scheme, the default first; empty when none can."""
        fitting = [unit for unit in world.units.values() if self.host.fits(world, unit)]
        return sorted(fitting, key=lambda unit: unit.code != world.code(self.default))

    def plant(self, world: World, unit: Unit) -> None:
        """Write the scheme into a unit's books and note the ground truth; at most once in a block."""
        planted = self.make(world, unit)
        world.truth.append(
            {
                "id": self.id,
                "form": self.form,
                "unit": unit,
                "amount": planted.fen,
                "title": (self.title.zh, self.title.en),
                "evidence": planted.evidence,
            }
        )


def scheme(
    form: Form, number: int, *, zh: str, en: str, default: str, host: Host
) -> Callable[[Plant], Scheme]:
    """Make a scheme of the function that writes it."""
    return lambda make: Scheme(f"{form}-{number}", form, Words(zh=zh, en=en), default, host, make)


def on(world: World, script_year: int, month: int, day: int) -> date:
    """Give a day of the script, in the first year where the books end before it."""
    wanted = world.day(script_year, month, day)
    return wanted if world.covers(wanted) else world.day(2024, month, day)


def payment_of(voucher: Voucher) -> Row:
    """Give the treasury payment a voucher carries."""
    return next(row for row in voucher.ties if "payee_name" in row and "item_code" in row)


def use_of(voucher: Voucher) -> Row:
    """Give the first invoice claim a voucher carries."""
    return next(row for row in voucher.ties if "claimed_amount" in row)


def voucher_of(world: World, row: Row) -> Voucher:
    """Find the voucher that carries a row."""
    return next(voucher for voucher in world.vouchers if any(tied is row for tied in voucher.ties))
