"""Columns of the contract that a finance system keeps in several of its own, as ``xjk.readers.shaping.forms`` has them.

What the forms of files do to texts is done here to amounts already read; which side a text means is asked of the
forms themselves, once for every text there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xjk.engines.postgres.casts import Cast, Given, cast_words, stripped
from xjk.engines.values import literal
from xjk.models.columns import MONEY, TEXT, ColumnType, Stored
from xjk.models.problem import BadValue
from xjk.models.tables import TABLES
from xjk.readers.shaping.forms import FORMS, Form

_AMOUNTS = (
    "amount",
    "received",
    "paid",
    "opening_debit",
    "opening_credit",
    "closing_debit",
    "closing_credit",
)
_ONE = "1.00"


def part_kind(table: str, part: str) -> ColumnType | None:
    """Return what kind of value a part holds; None when no form of a table knows it."""
    if not any(part in form.needs for form in FORMS.get(table, ())):
        return None
    return MONEY if part in _AMOUNTS else TEXT


def forms_of(table: str, present: Sequence[str], read: Sequence[str]) -> Iterator[Form]:
    """Yield the forms that apply: ``present`` are the columns and parts given, ``read`` those not constant."""
    for form in FORMS.get(table, ()):
        if all(need in read for need in form.needs) and not set(form.unless) & set(present):
            yield form


def joined_text(form: Form, given: Mapping[str, Given]) -> Given | None:
    """Return the text that a form makes of two texts; None for the forms of amounts."""
    if form.column not in ("line_id", "voucher_no"):
        return None
    first, second = (stripped(given[need].text()) for need in form.needs)
    if form.column == "line_id":
        return Given(f"{first} || '/' || {second}")
    return Given(
        f"CASE WHEN {first} IS NULL OR {second} IS NULL OR starts_with({second}, {first}) THEN {second}"
        f" ELSE {first} || '-' || {second} END"
    )


@dataclass(frozen=True, slots=True)
class Side:
    """Be a column that says on which side an amount stands: its text, and every text there is."""

    text: str
    texts: Sequence[str | None]


def formed(table: str, form: Form, casts: Mapping[str, Cast], sides: Mapping[str, Side]) -> Cast:
    """Return the column that a form of amounts makes."""
    if form.needs == ("received", "paid"):
        return _flow(form.column, *(casts[need] for need in form.needs))
    if form.needs[0] == "side":
        return _direction(TABLES[table].columns()[form.column], form, sides["side"])
    if form.needs[1] in sides:
        return _sided(form, casts[form.needs[0]], sides[form.needs[1]])
    plus, minus = (casts[need] for need in form.needs)
    return Cast(
        {
            "_fen": f"CASE WHEN {_fen(plus)} IS NULL THEN -{_fen(minus)} ELSE {_fen(plus)} - coalesce({_fen(minus)}, 0) END"
        },
        f"coalesce({plus.problem}, {minus.problem})",
    )


def _fen(cast: Cast) -> str:
    return f"({cast.values['_fen']})"


def _flow(column: str, received: Cast, paid: Cast) -> Cast:
    """Return direction or amount of a statement line with two amount columns, only one of which may hold one."""
    money_in, money_out = _fen(received), _fen(paid)
    both = f"WHEN {money_in} <> 0 AND {money_out} <> 0"
    goes_out = f"WHEN coalesce({money_out}, 0) <> 0 OR ({money_in} IS NULL AND {money_out} IS NOT NULL)"
    if column == "direction":
        return Cast({"": f"CASE {goes_out} THEN 'out' WHEN {money_in} IS NOT NULL THEN 'in' END"})
    return Cast(
        {"_fen": f"CASE {both} THEN NULL {goes_out} THEN {money_out} ELSE {money_in} END"},
        f"coalesce({received.problem}, {paid.problem}, CASE {both} THEN 'not_money' END)",
    )


def _direction(kind: ColumnType, form: Form, side: Side) -> Cast:
    meanings: dict[str, Stored | None] = {}
    for text in side.texts:
        try:
            meanings[text or ""] = kind.read(form.make(text or "", "")) if text else None
        except BadValue:
            continue
    return cast_words(Given(side.text), meanings, "not_choice")


def _sided(form: Form, amount: Cast, side: Side) -> Cast:
    """Return an amount with the sign, or in the column, that its side gives it."""
    fen, text = _fen(amount), f"coalesce({side.text}, '')"
    values, problems = [], []
    for spelling in dict.fromkeys(side_text or "" for side_text in side.texts):
        here = f"{text} = {literal(spelling)}"
        sign = _sign(form.make(_ONE, spelling))
        if sign:
            values.append(f"WHEN {here} THEN {sign} * {fen}")
        elif sign is None:
            values.append(f"WHEN {here} AND {fen} = 0 THEN {fen}")
        for given, condition in ((_ONE, "<> 0"), ("0.00", "= 0"), ("", "IS NULL")):
            if _sign(form.make(given, spelling)) is None:
                problems.append(f"WHEN {here} AND {fen} {condition} THEN 'not_money'")
    value = f"CASE {' '.join(values)} END" if values else "NULL"
    problem = f"coalesce({amount.problem}, CASE {' '.join(problems)} END)" if problems else amount.problem
    return Cast({"_fen": value}, problem)


def _sign(text: str) -> int | None:
    """Return the sign of the amount a form made; 0 when it made none, None when it is no amount at all."""
    try:
        fen = int(MONEY.read(text)) if text.strip() else 0
    except BadValue:
        return None
    return (fen > 0) - (fen < 0)
