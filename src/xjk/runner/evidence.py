"""Look up the rows that speak for hits: where they came from, what they say, and what in them is personal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xjk.ledger.relations import table_relation
from xjk.ledger.store import Session, Value
from xjk.models.finding import EvidenceKey, Hit, SourceRef
from xjk.models.money import money_text
from xjk.models.tables import TABLES

_KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Trace:
    """Name the columns of a table that tell when, how much, with whom and through which account."""

    day: str
    amounts: tuple[str, ...] = ()
    party: str = ""
    account: str = ""


TRACES: Mapping[str, Trace] = {
    "voucher_line": Trace("voucher_date", ("debit", "credit"), "counterparty_name", "counterparty_account"),
    "bank_account": Trace("opened_on", (), "holder_name", "account_no"),
    "bank_transaction": Trace("booked_on", ("amount",), "counterparty_name", "counterparty_account"),
    "payment": Trace("paid_on", ("amount",), "payee_name", "payee_account"),
    "project": Trace("awarded_on", ("contract_amount",), "contractor"),
    "contract": Trace("signed_on", ("amount",), "party_name", "party_account"),
    "invoice": Trace("issued_on", ("total_amount",), "seller_name"),
    "invoice_use": Trace("voucher_date", ("claimed_amount",), "payee_name"),
    "receipt": Trace("issued_on", ("amount",), "payer_name", "collecting_account"),
    "remittance": Trace("remitted_on", ("amount",)),
    "penalty": Trace("decided_on", ("amount",), "party_name"),
    "lease": Trace("starts_on", ("rent_per_period",), "tenant_name"),
    "land_transfer": Trace("signed_on", ("price",), "buyer_name"),
    "asset_disposal": Trace("disposed_on", ("proceeds",), "buyer_name"),
    "donation": Trace("agreed_on", ("amount",), "donor_name"),
    "service_fee": Trace("paid_on", ("amount",), "payee_name", "account_no"),
    "event": Trace("starts_on", ("cost",), "venue"),
    "attendance": Trace("day", (), "person_name"),
    "enterprise": Trace("founded_on", (), "name", "account_no"),
    "beneficiary": Trace("paid_on", ("amount",), "name", "account_no"),
    "travel": Trace("starts_on", ("amount",), "person_name"),
    "permit": Trace("issued_on", (), "party_name"),
}
"""Tables whose rows have a day, and so a place in the story of a lead."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Be one row of evidence: where it came from, a digest of its content, its personal values, and what it tells.

    Attributes:
        told: Values of the columns its trace names: ``day``, ``amount``, ``party``, ``account``; without empty ones.
    """

    source: SourceRef
    digest: str
    personal: frozenset[str]
    told: Mapping[str, str]


def look_up(session: Session, hits: Iterable[Hit]) -> dict[tuple[str, str], EvidenceRow]:
    """Return the rows that hits name, by table and key; keys without a row are left out."""
    wanted: dict[str, set[str]] = {}
    for hit in hits:
        for evidence in hit.evidence:
            wanted.setdefault(evidence.table, set()).add(evidence.key)
    found: dict[tuple[str, str], EvidenceRow] = {}
    for table, keys in wanted.items():
        for batch in _in_batches(sorted(keys)):
            found.update(_rows(session, table, batch))
    return found


def evidence_hash(evidence: Iterable[EvidenceKey], rows: Mapping[tuple[str, str], EvidenceRow]) -> str:
    """Return a hash over the content of the evidence, whatever its order."""
    parts = sorted(
        f"{item.table}|{item.key}|{row.digest if (row := rows.get((item.table, item.key))) else ''}"
        for item in evidence
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_personal_key(table: str) -> bool:
    """Tell whether the key of a table is itself personal data, as a bank account number may be."""
    types = TABLES[table].columns()
    return any(types[column].personal for column in TABLES[table].key)


def _rows(session: Session, table: str, keys: Sequence[str]) -> dict[tuple[str, str], EvidenceRow]:
    relation, types = table_relation(table), TABLES[table].columns()
    content = [column.name for column in relation.content]
    # A single key column is indexed; the joined key of several columns is not, and one scan serves the batch.
    key = (
        relation.key[0]
        if len(relation.key) == 1 and types[relation.key[0]].name != "date"
        else relation.key_column
    )
    marks = ", ".join(f":k{number}" for number in range(len(keys)))
    sql = f"""
        SELECT t.{relation.key_column}, s.file, t.source_row, {", ".join(f"t.{name}" for name in content)}
        FROM {table} t JOIN source s ON s.source_id = t.source_id WHERE t.{key} IN ({marks})"""  # noqa: S608
    personal = [place for place, name in enumerate(content) if name in types and types[name].personal]
    telling = _telling(table, content)
    found: dict[tuple[str, str], EvidenceRow] = {}
    for row in session.query(sql, {f"k{number}": value for number, value in enumerate(keys)}):
        values = row[3:]
        found[table, str(row[0])] = EvidenceRow(
            SourceRef(file=str(row[1]), row=max(int(row[2] or 1), 1)),
            hashlib.sha256(repr(values).encode()).hexdigest(),
            frozenset(str(values[place]) for place in personal if values[place] is not None),
            _told(telling, values),
        )
    return found


def _telling(table: str, content: Sequence[str]) -> list[tuple[str, int]]:
    """Return what the columns of a table tell, and their places among its content."""
    trace = TRACES.get(table)
    if trace is None:
        return []
    named = [("day", trace.day), *(("amount", f"{name}_fen") for name in trace.amounts)]
    named += [("party", trace.party), ("account", trace.account)]
    return [(name, content.index(column)) for name, column in named if column]


def _told(telling: Iterable[tuple[str, int]], values: Sequence[Value]) -> dict[str, str]:
    """Return what a row tells; of several amounts the first that is not zero."""
    told: dict[str, str] = {}
    for name, place in telling:
        value = values[place]
        if name == "amount":
            value = money_text(value) if isinstance(value, int) and value else None
        if value is not None:
            told.setdefault(name, str(value))
    return told


def _in_batches(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + _KEYS_AT_ONCE] for start in range(0, len(keys), _KEYS_AT_ONCE))
