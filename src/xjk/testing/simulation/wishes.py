"""Which schemes are wanted, and in which block each is planted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xjk.errors import UserError
from xjk.models.nearest import suggestion
from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.schemes import SCHEMES
from xjk.testing.simulation.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Wish:
    """One scheme to plant in one block; ``optional`` ones are left out where no unit can carry them."""

    scheme: Scheme
    block: int
    optional: bool


def wishes(schemes: str | Sequence[str], blocks: int) -> tuple[Wish, ...]:
    """Spread the wanted schemes over the blocks.

    Raises UserError for an unknown scheme, and for one that is mentioned more often than there are blocks.
    """
    if schemes == "all":
        return tuple(Wish(scheme, place % blocks, True) for place, scheme in enumerate(SCHEMES))
    names = (schemes,) if isinstance(schemes, str) else tuple(schemes)
    wanted = [scheme for name in names for scheme in _named(name)]
    made: list[Wish] = []
    for place, scheme in enumerate(wanted):
        taken = {wish.block for wish in made if wish.scheme is scheme}
        free = [block for block in _from(place % blocks, blocks) if block not in taken]
        if not free:
            raise UserError(
                zh=f"schemes：手法 {scheme.id} 被提到 {len(taken) + 1} 次，而这个区只容得下 {blocks} 次。",
                en=f"schemes: {scheme.id} is mentioned {len(taken) + 1} times; this district has room for {blocks}.",
                hint_zh="增加 units（每 18 个单位可多埋入一次），或少提几次。",
                hint_en="Ask for more units (every 18 give room for one more), or mention it less often.",
            )
        made.append(Wish(scheme, free[0], False))
    return tuple(made)


def _from(first: int, count: int) -> Iterator[int]:
    return ((first + step) % count for step in range(count))


def _named(name: str) -> Sequence[Scheme]:
    found = [scheme for scheme in SCHEMES if name in (scheme.id, scheme.form)]
    if not found:
        known = {scheme.id for scheme in SCHEMES} | {scheme.form for scheme in SCHEMES}
        hint_zh, hint_en = suggestion(str(name), known)
        raise UserError(
            zh=f"schemes：没有手法“{name}”。",
            en=f'schemes: there is no scheme "{name}".',
            hint_zh=hint_zh,
            hint_en=hint_en,
        )
    return found


def plant(world: World, wanted: Sequence[Wish]) -> None:
    """Plant the schemes meant for a block; raises UserError when no unit can carry one that was named."""
    for wish in wanted:
        if wish.block != world.block:
            continue
        scheme = wish.scheme
        hosts = scheme.hosts(world)
        if hosts:
            scheme.plant(world, hosts[0])
        elif not wish.optional:
            raise UserError(
                zh=f"schemes：手法 {scheme.id}（{scheme.title.zh}）需要{scheme.needs.zh}，这个区没有。",
                en=f"schemes: {scheme.id} ({scheme.title.en}) needs {scheme.needs.en}; this district has none.",
                hint_zh="增加 units（18 个单位即各类俱全），或不要这个手法。",
                hint_en="Ask for more units (eighteen have every kind), or leave this scheme out.",
            )
