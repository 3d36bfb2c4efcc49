"""Curves on two logarithmic scales as SVG, readable on a light and on a dark page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]
"""Voucher lines and seconds."""

COLOURS = ("#2f7ed8", "#d9730d", "#2ca02c", "#b5459b", "#d64545", "#8a7a00", "#00929c", "#7a7f87")
DASHES = ("", "6 3", "2 3", "9 3 2 3")

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 500, 380, 56, 180, 40, 44
_LABEL_STEP = 14

_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 13px; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  .curve { fill: none; stroke-width: 2; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .grid { stroke: #3d444d; } }
"""


def plot(panels: Mapping[str, Mapping[str, Points]]) -> str:
    """Draw panels side by side.

    Args:
        panels: Curves by panel and label; a label has one colour in all panels.
    """
    labels = list(dict.fromkeys(label for curves in panels.values() for label in curves))
    drawn = [
        f'<g transform="translate({number * _WIDTH} 0)">{_panel(title, curves, labels)}</g>'
        for number, (title, curves) in enumerate(panels.items())
    ]
    width = _WIDTH * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" role="img" width="{width}">\n'
        f"<title>Seconds over voucher lines</title>\n<style>{_STYLE}</style>\n"
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _panel(title: str, curves: Mapping[str, Points], labels: Sequence[str]) -> str:
    points = [point for curve in curves.values() for point in curve]
    across = _Scale([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [f'<text class="title" x="{_LEFT}" y="20">{escape(title)}</text>']
    for tick in up.ticks:
        y = up(tick)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g} s</text>')
    for tick in across.ticks:
        x = across(tick)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{_count(tick)}</text>'
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{_HEIGHT - 6}" text-anchor="middle">voucher lines</text>')
    places = _spread({label: up(curve[-1][1]) for label, curve in curves.items()})
    for label, curve in curves.items():
        number = labels.index(label)
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number // len(COLOURS)]
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in curve)
        parts.append(f'<polyline class="curve" stroke="{colour}" stroke-dasharray="{dash}" points="{path}"/>')
        parts += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>' for x, y in curve]
        end = across(curve[-1][0])
        parts.append(
            f'<line stroke="{colour}" x1="{end + 5:.1f}" y1="{up(curve[-1][1]):.1f}" '
            f'x2="{_WIDTH - _RIGHT + 14}" y2="{places[label]:.1f}"/>'
        )
        parts.append(f'<text x="{_WIDTH - _RIGHT + 18}" y="{places[label] + 4:.1f}">{escape(label)}</text>')
    return "".join(parts)


def _spread(wanted: Mapping[str, float]) -> dict[str, float]:
    """Move labels apart that would cover each other, from top to bottom, and back up from the lower edge."""
    placed: dict[str, float] = {}
    last = -math.inf
    for label, y in sorted(wanted.items(), key=lambda pair: pair[1]):
        last = placed[label] = max(y, last + _LABEL_STEP)
    next_one = float(_HEIGHT - _BOTTOM)
    for label in reversed(placed):
        next_one = placed[label] = min(placed[label], next_one)
        next_one -= _LABEL_STEP
    return placed


class _Scale:
    """Map values to pixels by their logarithm."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        low, high = math.log10(min(values)), math.log10(max(values))
        margin = max((high - low) * 0.06, 0.05)
        self._low, self._high, self._start, self._end = low - margin, high + margin, start, end

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)

    @property
    def ticks(self) -> list[float]:
        """Return 1, 2 and 5 times the powers of ten on the scale."""
        powers = range(math.floor(self._low), math.ceil(self._high) + 1)
        ticks = [float(f"{step}e{power}") for power in powers for step in (1, 2, 5)]
        return [tick for tick in ticks if self._low <= math.log10(tick) <= self._high]


def _count(number: float) -> str:
    return f"{number / 1e6:g} M" if number >= 1e6 else f"{number / 1e3:g} k"
