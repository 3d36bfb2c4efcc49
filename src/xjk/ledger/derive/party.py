"""The relation ``party``: one key and one kind for every party, however its name was written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xjk.ledger.derive.distinct import distinct_texts
from xjk.ledger.derive.known_parties import PARTY_PLACES, KnownParties, known_parties
from xjk.ledger.derive.names import normal_name, says_sole_trader
from xjk.ledger.relations import PARTY
from xjk.ledger.store import Store
from xjk.models.text import half_width, tidy
from xjk.reference.folders import Folder
from xjk.reference.party_kinds import PartyClassifier, PartyKind, party_markers

KINDS_BY_WEIGHT: tuple[PartyKind, ...] = (
    "bank",
    "union",
    "canteen",
    "foundation",
    "association",
    "village",
    "cooperative",
    "sole_trader",
    "company",
    "public_body",
    "person",
    "other",
)
"""Which kind stands when spellings of one party look like several: the one that says most."""

_OPENING, _CLOSING = "[{<〔【〖《〈「『﹝〘", "]}>〕】〗》〉」』﹞〙"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_HAN = "㐀-鿿"
_LOOSE_SPACE = re.compile(rf"(?<=[{_HAN}()·])\s+|\s+(?=[{_HAN}()·])")


class Told(NamedTuple):
    """Hold what the tables say of one normal name.

    Attributes:
        is_staff: Whether it is on the roll of a unit.
        is_person: Whether it stands in a column meant for people.
        unit_code: Code of the only unit that bears the name.
        uscc: The credit code that goes with the name.
        unit_of_uscc: Code of the only unit that holds that credit code.
        unit_kind: Kind of party of the unit: of ``unit_code``, or else of ``unit_of_uscc``.
        uscc_kind: Kind of party registered for the credit code.
        name_kind: Kind of party registered for the name.
    """

    is_staff: bool
    is_person: bool
    unit_code: str | None
    uscc: str | None
    unit_of_uscc: str | None
    unit_kind: PartyKind | None
    uscc_kind: PartyKind | None
    name_kind: PartyKind | None


class Party(NamedTuple):
    """Hold what was found out about one normal name."""

    key: str
    kind: PartyKind
    unit_code: str | None
    uscc: str | None


def derive_party(store: Store, *, data_folders: Sequence[Folder] = ()) -> None:
    """Fill ``party`` with every name in a party column, its key, normal name, kind, unit and credit code.

    The key is ``uscc:`` and the valid credit code where the tables give the name exactly one, else ``unit:`` and
    the code of the unit that bears the name, else ``person:`` or ``name:`` and the normal name. What the tables say
    of the kind goes before what the name looks like. Persons never get a credit code: a shop may be registered under
    its owner's name.
    """
    names = {place: distinct_texts(store, (place,)) for place in PARTY_PLACES}
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set().union(*names.values())):
        spellings[normal_name(name)].append(name)
    classifier = PartyClassifier(party_markers(data_folders))
    parties = _parties(spellings, known_parties(store, names), classifier)
    store.append(
        PARTY,
        (
            (name, party.key, normal, party.kind, party.unit_code, party.uscc)
            for normal, party in parties.items()
            for name in spellings[normal]
        ),
    )


def _parties(
    spellings: Mapping[str, Sequence[str]], known: KnownParties, classifier: PartyClassifier
) -> dict[str, Party]:
    """Find out about every normal name; names that share a key share their kind."""
    parties: dict[str, Party] = {}
    kinds: dict[str, PartyKind] = {}
    for normal, names in spellings.items():
        looks = heaviest([looks_like(name, classifier) for name in names])
        party = settled(normal, looks, _told(normal, known))
        parties[normal] = party
        kinds[party.key] = heaviest([party.kind, kinds.get(party.key, "other")])
    return {normal: party._replace(kind=kinds[party.key]) for normal, party in parties.items()}


def _told(normal: str, known: KnownParties) -> Told:
    uscc = known.usccs.get(normal)
    unit_code, unit_of_uscc = known.units.get(normal), known.units_by_uscc.get(uscc or "")
    return Told(
        normal in known.staff,
        normal in known.people,
        unit_code,
        uscc,
        unit_of_uscc,
        known.unit_kinds.get(unit_code or unit_of_uscc or ""),
        known.registered.get(uscc or ""),
        known.registered.get(normal),
    )


def settled(normal: str, looks: PartyKind, told: Told) -> Party:
    """Decide who bears a normal name, from what it looks like and what the tables say of it."""
    if told.is_staff or (told.is_person and looks in ("person", "other")):
        return Party(f"person:{normal}", "person", None, None)
    if looks == "person" and told.unit_code is None and told.name_kind is None:
        return Party(f"person:{normal}", "person", None, None)
    unit_code = told.unit_code or told.unit_of_uscc
    registered = told.unit_kind or told.uscc_kind or told.name_kind
    # The registry calls banks companies; that one is a bank says more.
    kind = looks if registered is None or (registered == "company" and looks == "bank") else registered
    prefixed = f"uscc:{told.uscc}" if told.uscc else f"unit:{unit_code}" if unit_code else f"name:{normal}"
    return Party(prefixed, kind, unit_code, told.uscc)


def looks_like(name: str, classifier: PartyClassifier) -> PartyKind:
    """Return the kind one spelling of a name looks like."""
    return "sole_trader" if says_sole_trader(name) else classifier.kind_of(_readable(name))


def _readable(name: str) -> str:
    """Write a name as markers expect it: round brackets, no spaces beside Chinese, a character for each hidden one."""
    plain = half_width(tidy(name)).translate(_BRACKETS).replace("*", "某")
    return _LOOSE_SPACE.sub("", plain)


def heaviest(kinds: Sequence[PartyKind]) -> PartyKind:
    """Return the kind that says most."""
    return min(kinds, key=KINDS_BY_WEIGHT.index)
