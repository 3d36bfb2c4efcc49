"""The relation ``party``: one key and one kind for every party, however its name was written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xjk.ledger.derive.distinct import distinct_texts
from xjk.ledger.derive.known_parties import PARTY_PLACES, KnownParties, known_parties
from xjk.ledger.derive.names import normal_name, says_sole_trader
from xjk.ledger.relations import PARTY
from xjk.ledger.store import Store
from xjk.models.text import half_width, tidy
from xjk.reference.folders import Folder
from xjk.reference.party_kinds import PartyClassifier, PartyKind, party_markers

_KINDS_BY_WEIGHT: tuple[PartyKind, ...] = (
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


@dataclass(frozen=True, slots=True)
class _Party:
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
) -> dict[str, _Party]:
    """Find out about every normal name; names that share a key share their kind."""
    parties: dict[str, _Party] = {}
    kinds: dict[str, PartyKind] = {}
    for normal, names in spellings.items():
        looks = _heaviest([_looks(name, classifier) for name in names])
        party = _party(normal, looks, known)
        parties[normal] = party
        kinds[party.key] = _heaviest([party.kind, kinds.get(party.key, "other")])
    return {
        normal: _Party(party.key, kinds[party.key], party.unit_code, party.uscc)
        for normal, party in parties.items()
    }


def _party(normal: str, looks: PartyKind, known: KnownParties) -> _Party:
    if normal in known.staff or (normal in known.people and looks in ("person", "other")):
        return _Party(f"person:{normal}", "person", None, None)
    unit_code = known.units.get(normal)
    named = unit_code is not None or normal in known.registered
    if looks == "person" and not named:
        return _Party(f"person:{normal}", "person", None, None)
    uscc = known.usccs.get(normal)
    if unit_code is None and uscc is not None:
        unit_code = known.units_by_uscc.get(uscc)
    registered = known.registered.get(uscc or normal) or known.registered.get(normal)
    told = known.unit_kinds.get(unit_code or "") or registered
    # The registry calls banks companies; that one is a bank says more.
    kind = looks if told is None or (told == "company" and looks == "bank") else told
    prefixed = f"uscc:{uscc}" if uscc else f"unit:{unit_code}" if unit_code else f"name:{normal}"
    return _Party(prefixed, kind, unit_code, uscc)


def _looks(name: str, classifier: PartyClassifier) -> PartyKind:
    """Return the kind one spelling of a name looks like."""
    return "sole_trader" if says_sole_trader(name) else classifier.kind_of(_readable(name))


def _readable(name: str) -> str:
    """Write a name as markers expect it: round brackets, no spaces beside Chinese, a character for each hidden one."""
    plain = half_width(tidy(name)).translate(_BRACKETS).replace("*", "某")
    return _LOOSE_SPACE.sub("", plain)


def _heaviest(kinds: Sequence[PartyKind]) -> PartyKind:
    return min(kinds, key=_KINDS_BY_WEIGHT.index)
