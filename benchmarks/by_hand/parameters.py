"""The rules that are written again by hand, and their parameters: one file for the library and its rivals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

CONFIG = Path(__file__).parent.parent / "xjk.yaml"
"""Configuration of every measured run."""

ROW_RULES = ("EXA101", "XJK301", "XJK706", "XJK712")
"""Rules that judge one row at a time, so that a library of row predicates can say them."""

Parameters = Mapping[str, Mapping[str, int]]
"""By rule, then by name: whole numbers; money in fen under a name that ends in ``_fen``."""

Hit = tuple[str, str, str, int]
"""Rule, unit, subject and amount in fen: what must be the same on either side."""


def parameters(config: Path = CONFIG) -> Parameters:
    """Read the parameters of every rule."""
    rules = yaml.safe_load(config.read_text(encoding="utf-8"))["rules"]
    return {code: dict(_bound(*pair) for pair in texts.items()) for code, texts in rules.items()}


def _bound(name: str, text: str) -> tuple[str, int]:
    """Return a parameter as a query takes it; only money is written with a decimal point."""
    return (f"{name}_fen", int(text.replace(".", ""))) if "." in text else (name, int(text))
