"""The canonical tables as the simulator writes them.

A column ending in ``*`` is part of the key, ``$`` marks an amount (held in fen, written in yuan).
"""

from __future__ import annotations

_TABLES = {
    "unit": (
        "unit_code* name uscc kind parent_code budget_level head_name address phone staff_quota collects_fees"
    ),
    "ledger_account": "unit_code* fiscal_year* account_code* account_name role direction",
    "account_balance": "unit_code* fiscal_year* period* account_code* opening$ debit$ credit$ closing$",
    "party_balance": (
        "unit_code* fiscal_year* period* account_code* party_name* opening$ debit$ credit$ closing$"
    ),
    "voucher_line": (
        "line_id* unit_code fiscal_year voucher_no line_no voucher_date book summary account_code "
        "account_name debit$ credit$ counterparty_name counterparty_account project_code econ_class "
        "settlement attachments prepared_by approved_by voided"
    ),
    "bank_account": (
        "account_no* unit_code bank_name holder_name holder_kind kind registered in_books opened_on "
        "closed_on account_code opening_balance$"
    ),
    "bank_transaction": (
        "txn_id* account_no unit_code booked_on direction amount$ balance$ counterparty_name "
        "counterparty_account memo channel"
    ),
    "payment": (
        "payment_id* unit_code paid_on amount$ payee_name payee_account project_code econ_class "
        "purpose contract_id voucher_no voucher_date payer_account item_code mode"
    ),
    "budget": "unit_code* fiscal_year* item_code* item_name side amount$ executed$ account_code econ_class",
    "project": (
        "project_code* unit_code name kind site budget$ contract_amount$ settled_amount$ contractor "
        "awarded_on started_on accepted_on settled_on progress_pct tender_method claimed_quantity "
        "measured_quantity quantity_unit"
    ),
    "contract": (
        "contract_id* unit_code kind party_name project_code amount$ signed_on starts_on ends_on side "
        "party_uscc party_account terminated_on"
    ),
    "invoice": (
        "invoice_id* invoice_code invoice_number kind issued_on seller_name seller_tax_id buyer_name "
        "buyer_tax_id item tax_rate net_amount$ tax_amount$ total_amount$ drawer reviewer "
        "verified_status verified_on red_of quantity"
    ),
    "invoice_use": "unit_code* voucher_no* voucher_date* invoice_id* claimed_amount$ claimant payee_name",
    "fee_item": "item_code* item_name unit_code rate_max$ charge_unit valid_from valid_to basis",
    "receipt_book": "book_id* unit_code kind prefix first_no last_no taken_on",
    "receipt": (
        "receipt_id* unit_code kind prefix number issued_on payer_name item_code item_name quantity "
        "amount$ status fiscal collecting_account voucher_no"
    ),
    "remittance": "remittance_id* unit_code remitted_on item_code amount$",
    "penalty": (
        "decision_no* unit_code party_name decided_on amount$ collected_on collected_on_spot "
        "receipt_id remitted_on"
    ),
    "asset": "asset_id* unit_code kind name address area cost$ acquired_on status booked",
    "lease": (
        "lease_id* unit_code asset_id tenant_name starts_on ends_on rent_per_period$ period_months "
        "approved deposit$ terminated_on"
    ),
    "land_transfer": "transfer_id* unit_code parcel buyer_name signed_on price$ due_on",
    "asset_disposal": "disposal_id* unit_code asset_id method disposed_on proceeds$ buyer_name",
    "donation": "donation_id* unit_code donor_name agreed_on amount$ in_kind purpose",
    "person": "person_id* unit_code name id_no account_no phone status status_on duty finance_staff",
    "payroll": "unit_code* month* person_id* person_name account_no amount$ social_insured",
    "service_fee": (
        "fee_id* unit_code voucher_no voucher_date paid_on kind payee_name id_no account_no phone "
        "title quantity amount$ tax_withheld$ event_id"
    ),
    "event": (
        "event_id* unit_code kind grade name venue designated_venue starts_on ends_on planned "
        "approved_on attendees staff_members cost$ voucher_no voucher_date"
    ),
    "attendance": "event_id* day* person_name* id_no phone",
    "enterprise": (
        "uscc* name kind legal_rep registered_capital$ founded_on cancelled_on status address phone "
        "scope insured_staff declared_by account_no"
    ),
    "enterprise_person": "uscc* name* post* id_no share_pct",
    "beneficiary": (
        "list_id* name* unit_code project_code id_no account_no amount$ paid_on eligible_from eligible_to"
    ),
    "travel": (
        "travel_id* unit_code kind person_name id_no starts_on ends_on destination amount$ voucher_no"
    ),
    "permit": "permit_id* unit_code party_name kind issued_on",
    "past_problem": (
        "problem_id* unit_code found_on found_by form description amount$ measures_done "
        "personnel_done remitted_amount$ booked_amount$ tax_done system_done"
    ),
    "tip": "tip_id* unit_code received_on form summary verified",
    "self_report": (
        "report_id* unit_code submitted_on head_signed zero_report funds_found amount_found$ "
        "amount_corrected$ meetings_held accounts_checked vouchers_checked period_from narrative"
    ),
}


def _parse(words: str) -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...]]:
    """Split one table's words into column names, amount columns and key columns."""
    marked = words.split()
    names = tuple(word.rstrip("*$") for word in marked)
    money = frozenset(word.rstrip("*$") for word in marked if "$" in word)
    keys = tuple(word.rstrip("*$") for word in marked if word.endswith("*"))
    return names, money, keys


COLUMNS: dict[str, tuple[str, ...]] = {table: _parse(words)[0] for table, words in _TABLES.items()}
MONEY: dict[str, frozenset[str]] = {table: _parse(words)[1] for table, words in _TABLES.items()}
KEYS: dict[str, tuple[str, ...]] = {table: _parse(words)[2] for table, words in _TABLES.items()}
