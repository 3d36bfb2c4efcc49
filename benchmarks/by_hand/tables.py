"""What the rules read: tables, and the columns of them, for every way of writing the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "payment": ("payment_id", "unit_code", "amount", "payee_name"),
    "person": ("person_id", "unit_code", "name", "id_no", "account_no", "status", "status_on"),
    "event": (
        "event_id", "unit_code", "kind", "grade", "venue", "starts_on", "ends_on", "attendees", "staff_members", "cost",
    ),
    "attendance": ("event_id", "day", "person_name", "id_no"),
    "service_fee": ("unit_code", "kind", "payee_name", "id_no", "account_no", "paid_on", "amount", "tax_withheld"),
    "invoice": (
        "invoice_id", "invoice_code", "invoice_number", "kind", "issued_on", "seller_name", "seller_tax_id", "tax_rate",
        "net_amount", "tax_amount", "total_amount", "red_of",
    ),
    "invoice_use": ("unit_code", "voucher_no", "voucher_date", "invoice_id", "claimed_amount"),
    "enterprise": ("uscc", "founded_on", "cancelled_on"),
    "contract": ("unit_code", "party_name", "party_uscc", "amount", "signed_on", "starts_on", "ends_on"),
    "voucher_line": ("unit_code", "voucher_no", "voucher_date", "account_code", "debit", "voided"),
}  # fmt: skip
"""Columns the rules read, by table."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "EXA101": ("payment", "person"),
    "XJK301": ("event",),
    "XJK302": ("event", "attendance"),
    "XJK306": ("service_fee",),
    "XJK307": ("event", "attendance"),
    "XJK308": ("service_fee", "person"),
    "XJK701": ("invoice", "invoice_use", "voucher_line"),
    "XJK703": ("invoice", "invoice_use", "enterprise", "voucher_line"),
    "XJK706": ("invoice", "invoice_use"),
    "XJK711": ("invoice", "invoice_use", "voucher_line"),
    "XJK712": ("invoice", "invoice_use"),
    "XJK713": ("invoice", "invoice_use", "contract"),
}
"""Tables each rule reads."""

DATES = (
    "paid_on", "status_on", "starts_on", "ends_on", "day", "issued_on", "voucher_date", "founded_on", "cancelled_on",
    "signed_on",
)  # fmt: skip
"""Columns with a date."""

AMOUNTS: Mapping[str, str] = {
    "amount": "amount_fen",
    "cost": "cost_fen",
    "tax_withheld": "tax_withheld_fen",
    "net_amount": "net_fen",
    "tax_amount": "tax_fen",
    "total_amount": "total_fen",
    "claimed_amount": "claimed_fen",
    "debit": "debit_fen",
}
"""Columns with money, and what they are called once they hold whole fen."""


def tables_of(rules: Iterable[str]) -> tuple[str, ...]:
    """Return the tables that some rules read."""
    return tuple(dict.fromkeys(table for code in rules for table in TABLES[code]))
