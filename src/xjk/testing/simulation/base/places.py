"""Place names: every block lies in a place of its own, with its own town, street and bank accounts of offices."""

from __future__ import annotations

_FIRST = "芷蔚岑筠钰璟珩澔湉漪沁霁岚曦朔棠桦梓榕楠"
_LAST = "汀浦泽溪屿岭陂垣塘渡坪埠畈墩湾冈荡堰埭岸"
_SCRIPT_PLACES = ("云汀", "澜川", "柳溪", "南桥")
_SCRIPT_OFFICES = "819900000000110"  # accounts of the treasury, the tax office and the like


def exchanges(block: int) -> tuple[tuple[str, str], ...]:
    """Give the words of the script and those a block has in their place; none for block 0."""
    if not block:
        return ()
    made = []
    for position, place in enumerate(_SCRIPT_PLACES):
        row, column = divmod(len(_SCRIPT_PLACES) * block + position, len(_FIRST))
        made.append((place, _FIRST[column] + _LAST[(row + column) % len(_LAST)]))
    return (*made, (_SCRIPT_OFFICES, f"8198{block:02d}000000110"[: len(_SCRIPT_OFFICES)]))
