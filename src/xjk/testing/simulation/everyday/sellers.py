"""The firms everyday business goes to: as many as its volume can feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from xjk.testing.simulation.base.posting import rate_on
from xjk.testing.simulation.base.text import cell
from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.companies import add_company
from xjk.testing.simulation.everyday.trades import BRANDS, TRADES, Trade, Ware

_VOUCHERS_PER_FIRM = 400
_FEWEST, _MOST = 3, 32  # firms of one trade in a block


@dataclass(slots=True)
class Seller:
    """A firm as it stands in CSV text; ``issued`` counts its invoices."""

    name: str
    uscc: str
    party: str
    signers: str
    numbers: tuple[str, ...]
    issued: int = 0


@dataclass(slots=True)
class Offer:
    """A ware with those who sell it; amounts in fen, the tax rate year by year in per cent."""

    econ: str
    summary: str
    item: str
    rates: tuple[int, ...]
    low: int
    span: int
    sellers: tuple[Seller, ...] = field(repr=False)


def open_market(world: World, vouchers: int) -> dict[str, tuple[Offer, ...]]:
    """Register the firms for so many vouchers of a block; gives the offers for each kind of buyer."""
    each = min(max(vouchers // _VOUCHERS_PER_FIRM // len(TRADES), _FEWEST), _MOST)
    offers: dict[str, list[Offer]] = {}
    rng = world.stream("everyday market")
    brands = list(
        dict.fromkeys(first + second for first in BRANDS[0] for second in BRANDS[1] if first != second)
    )
    rng.shuffle(brands)
    count = 0
    for trade in TRADES:
        firms = []
        for _ in range(each):
            count += 1
            firms.append(_found(world, trade, brands[count], count))
        wares = (_offer(world, ware, tuple(firms)) for ware in trade.wares)
        offers.setdefault(trade.buyers, []).extend(wares)
    return {buyers: tuple(made) for buyers, made in offers.items()}


def _found(world: World, trade: Trade, brand: str, index: int) -> Seller:
    rng = world.stream(f"everyday firm {index}")
    company = add_company(
        world,
        f"everyday {index}",
        f"{'澜川' if '公司' in trade.suffix else '云汀区'}{brand}{trade.suffix}",
        trade.scope,
        capital=rng.choice((5, 10, 20, 50)),
        insured=rng.randrange(1, 9),
        founded=world.day(2004 + rng.randrange(16), 1 + rng.randrange(12), 1 + rng.randrange(28)),
    )
    name = world.local(cell(company.name))
    return Seller(
        name,
        company.uscc,
        f"{name},{company.account}",
        f"{company.drawer},{company.reviewer}",
        tuple(f"{year % 100:02d}112{world.block + 1:03d}{index:03d}" for year in world.years),
    )


def _offer(world: World, ware: Ware, sellers: tuple[Seller, ...]) -> Offer:
    low, high = ware.low * 100, ware.high * 100
    rates = tuple(rate_on(date(year, 1, 1), ware.rate) for year in world.years)
    return Offer(ware.econ, cell(ware.summary), cell(ware.item), rates, low, high - low, sellers)
