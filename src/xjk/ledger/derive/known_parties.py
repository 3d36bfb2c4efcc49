"""What the tables say for certain about parties: credit codes, units, registered kinds, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from xjk.ledger.derive.distinct import Place, distinct_rows
from xjk.ledger.derive.names import normal_name
from xjk.ledger.store import Store
from xjk.models.identifiers import is_uscc
from xjk.models.tables import TABLES
from xjk.reference.party_kinds import PartyKind

PARTY_COLUMNS = frozenset(
    (
        "approved_by", "buyer_name", "claimant", "contractor", "counterparty_name", "donor_name", "drawer", "head_name",
        "holder_name", "legal_rep", "party_name", "payee_name", "payer_name", "person_name", "prepared_by", "reviewer",
        "seller_name", "tenant_name",
    )
)  # fmt: skip
"""Columns that name a party, in whatever table they stand."""

TABLES_OF_PARTIES = ("beneficiary", "enterprise", "enterprise_person", "person", "unit")
"""Tables whose ``name`` is that of a party."""

PARTY_PLACES: tuple[Place, ...] = (
    *(
        Place(table, name)
        for table, model in TABLES.items()
        for name in model.columns()
        if name in PARTY_COLUMNS
    ),
    *(Place(table, "name") for table in TABLES_OF_PARTIES),
)
"""Every column whose values are names of parties."""

STAFF_PLACE = Place("person", "name")
"""The column that lists a unit's own people."""

PEOPLE_PLACES = (
    Place("attendance", "person_name"),
    Place("beneficiary", "name"),
    Place("enterprise", "legal_rep"),
    Place("payroll", "person_name"),
    Place("service_fee", "payee_name"),
    Place("travel", "person_name"),
    Place("unit", "head_name"),
)
"""Columns meant for people only; what does not look like an organisation there is a person."""

_ValueT = TypeVar("_ValueT")

REGISTERS = (("unit", "uscc", "name"), ("enterprise", "uscc", "name"))
DOCUMENTS = (
    ("invoice", "seller_tax_id", "seller_name"),
    ("invoice", "buyer_tax_id", "buyer_name"),
    ("contract", "party_uscc", "party_name"),
)
"""Table, column of the credit code and column of the name: registers one by one, then all documents together."""

UNIT_KINDS: Mapping[str, PartyKind] = {
    "administrative": "public_body",
    "public_institution": "public_body",
    "township": "public_body",
    "subdistrict": "public_body",
    "association": "association",
    "union": "union",
    "canteen": "canteen",
    "enterprise": "company",
}
"""Kind of party by kind of unit; other units are judged by their names."""


@dataclass(frozen=True, slots=True)
class KnownParties:
    """Hold what the tables say for certain. Names are normal names.

    Attributes:
        usccs: Credit code of a name, where the best source that gives a valid one gives only one.
        units: Code of the unit that bears a name, where only one does.
        units_by_uscc: Code of the unit that holds a credit code, where only one does.
        unit_kinds: Kind of party of a unit.
        registered: Kind of party as registered, by credit code and by name.
        staff: Names on the units' rolls.
        people: Names in columns meant for people.
    """

    usccs: Mapping[str, str]
    units: Mapping[str, str]
    units_by_uscc: Mapping[str, str]
    unit_kinds: Mapping[str, PartyKind]
    registered: Mapping[str, PartyKind]
    staff: frozenset[str]
    people: frozenset[str]


def known_parties(store: Store, names: Mapping[Place, set[str]]) -> KnownParties:
    """Gather what is known of parties from the tables that register them and the documents that name them.

    ``names`` are the distinct values of the party columns.
    """
    units = [
        (str(code), str(name), str(kind), valid_uscc(uscc))
        for code, name, kind, uscc in distinct_rows(store, "unit", ("unit_code", "name", "kind", "uscc"))
    ]
    return KnownParties(
        usccs=_usccs(store),
        units=_single((normal_name(name), code) for code, name, _, _ in units),
        units_by_uscc=_single((uscc, code) for code, _, _, uscc in units if uscc),
        unit_kinds={code: UNIT_KINDS[kind] for code, _, kind, _ in units if kind in UNIT_KINDS},
        registered=_registered(store),
        staff=frozenset(map(normal_name, names[STAFF_PLACE])),
        people=frozenset(normal_name(name) for place in PEOPLE_PLACES for name in names[place]),
    )


def _usccs(store: Store) -> dict[str, str]:
    """Map names to credit codes; what units say of themselves goes before the registry, that before documents."""
    levels = [[source] for source in REGISTERS] + [list(DOCUMENTS)]
    usccs: dict[str, str] = {}
    decided: set[str] = set()
    for sources in levels:
        pairs = {
            (normal_name(str(name)), uscc)
            for table, code_column, name_column in sources
            for name, code in distinct_rows(store, table, (name_column, code_column))
            if (uscc := valid_uscc(code))
        }
        fresh = {pair for pair in pairs if pair[0] not in decided}
        usccs.update(_single(fresh))
        decided.update(name for name, _ in fresh)
    return usccs


def _registered(store: Store) -> dict[str, PartyKind]:
    """Map credit codes and names to the kind registered; ``other`` says nothing and is left out."""
    rows = distinct_rows(store, "enterprise", ("kind", "uscc", "name"))
    told = [(cast("PartyKind", kind), str(uscc), str(name)) for kind, uscc, name in rows if kind != "other"]
    by_name = _single((normal_name(name), kind) for kind, _, name in told)
    return by_name | {uscc: kind for kind, uscc, _ in told}


def _single(pairs: Iterable[tuple[str, _ValueT]]) -> dict[str, _ValueT]:
    """Keep the keys that go with one value only."""
    values: dict[str, set[_ValueT]] = defaultdict(set)
    for key, value in pairs:
        values[key].add(value)
    return {key: next(iter(found)) for key, found in values.items() if len(found) == 1}


def valid_uscc(code: object) -> str:
    """Return a credit code whose check characters are right, else nothing."""
    return code if isinstance(code, str) and is_uscc(code) else ""
