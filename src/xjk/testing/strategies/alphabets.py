"""Small alphabets of the characters that break things: in CSV, SQL, keys joined with bars, and comparisons of text."""

from __future__ import annotations

SEPARATORS = ",|'%_\"\\;=#"
"""Cells, keys, quotes, wildcards of LIKE, escapes, formulas."""

COMBINING = "\u0301"
"""Joins the letter before it, so that ``e`` and this look like ``é`` and are not equal to it."""

ASTRAL = "\U00020bb7\U0001f600"
"""Beyond the basic plane: two surrogates in UTF-16. Single surrogates are refused by the models."""

WIDE = "Ａａ１，％＿｜＇（）"
"""Full-width twins; read as half-width in codes and kept in texts."""

UPPER = "A0129X中甲" + SEPARATORS + COMBINING + ASTRAL
"""Characters of identifiers in capitals."""

CODE = UPPER + "azé-."
"""Characters a code may begin and end with."""

CODE_INNER = CODE + " "
"""Characters within a code."""

TEXT = CODE + WIDE
"""Characters a text may begin and end with."""

TEXT_INNER = TEXT + " \u3000\n\t"
"""Characters within a text."""

ACCOUNT = UPPER + "azé."
"""Characters of account numbers: no spaces and no dashes, which only group digits."""
