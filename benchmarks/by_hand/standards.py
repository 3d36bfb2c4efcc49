"""Ceilings and rates as somebody who checks the years 2024 and 2025 would write them down; money in fen."""

from __future__ import annotations

MEETING_DAY_FEN = {1: 76_000, 2: 65_000, 3: 55_000, 4: 55_000}
"""Highest cost of a meeting per person and day, by class."""

TRAINING_DAY_FEN = {1: 76_000, 2: 65_000, 3: 55_000}
"""Highest cost of a training per person and day, by class."""

TAX_FREE_FEN = 80_000
"""Largest labour fee from which no tax is withheld."""

VAT_RATES_MICRO = (0, 5_000, 10_000, 15_000, 20_000, 30_000, 50_000, 60_000, 90_000, 130_000)
"""Rates of value added tax in force in those years, in millionths."""

UNTAXED_KINDS = ("fiscal", "toll", "other")
"""Kinds of bills without a rate of value added tax."""

FISCAL_KINDS = ("fiscal", "other")
"""Kinds of bills whose number says nothing of the year."""

ADVANCE_ACCOUNTS = ("1212", "1214", "1218", "1401", "1613")
"""Receivables, prepayments, prepaid expenses, works in progress: money that may go out before the invoice comes."""

SHOP_ENDINGS = "店铺行轩阁坊部馆厅社站场"
"""Last characters of short names that are shops and not people."""

PERSON = "^[\u4e00-\u9fff]{2,3}$"
"""What a personal name looks like."""
