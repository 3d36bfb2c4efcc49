"""Which columns refer to rows of other tables."""

from __future__ import annotations

from dataclasses import dataclass

from xjk.models.tables import TABLES


@dataclass(frozen=True, slots=True)
class Reference:
    """Say that columns of one table name a row of another; checked when both tables were supplied."""

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


_SINGLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "parent_code": ("unit", ("unit",)),
    "declared_by": ("unit", ("enterprise",)),
    "contract_id": ("contract", ("payment",)),
    "project_code": ("project", ("voucher_line", "payment", "contract", "beneficiary")),
    "invoice_id": ("invoice", ("invoice_use",)),
    "red_of": ("invoice", ("invoice",)),
    "account_no": ("bank_account", ("bank_transaction",)),
    "item_code": ("fee_item", ("receipt",)),
    "receipt_id": ("receipt", ("penalty",)),
    "asset_id": ("asset", ("lease", "asset_disposal")),
    "event_id": ("event", ("attendance", "service_fee")),
    "person_id": ("person", ("payroll",)),
    "uscc": ("enterprise", ("enterprise_person",)),
}

_VOUCHER = ("unit_code", "voucher_no", "voucher_date")


def references() -> tuple[Reference, ...]:
    """Return every reference between the canonical tables."""
    found = [
        Reference(table, ("unit_code",), "unit", ("unit_code",))
        for table, model in TABLES.items()
        if "unit_code" in model.model_fields and table != "unit"
    ]
    for column, (target, tables) in _SINGLE.items():
        found += [Reference(table, (column,), target, TABLES[target].key) for table in tables]
    found += [
        Reference(table, _VOUCHER, "voucher_line", _VOUCHER)
        for table in ("invoice_use", "payment", "service_fee", "event")
    ]
    return tuple(found)
