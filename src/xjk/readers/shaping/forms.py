"""Forms in which exports write what the canonical tables keep in other columns.

A voucher line may come as one amount with a side (借/贷), a bank statement as money in and money out in two
columns, a balance as a debit and a credit column. The columns such a form needs and the table does not have are
*parts*; a header or a mapping file names them like columns.

What does not fit a form keeps its original text, so that validation refuses the row and shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xjk.models.money import money_text, read_money
from xjk.models.problem import BadValue
from xjk.models.text import half_width, tidy

_DEBIT = frozenset(("借", "借方", "j", "d", "dr", "debit", "1"))
_CREDIT = frozenset(("贷", "贷方", "c", "cr", "credit", "-1"))
_LEVEL = frozenset(("平", "0", ""))


@dataclass(frozen=True, slots=True)
class Form:
    """Say how one column is made.

    Attributes:
        column: Canonical column it makes.
        needs: Columns and parts it is made from; the form applies when all are there.
        unless: Columns whose presence makes the form superfluous.
        make: Texts of ``needs`` to the text of the column.
    """

    column: str
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    make: Callable[..., str]


def _side(text: str) -> str:
    word = tidy(half_width(text)).lower()
    return "debit" if word in _DEBIT else "credit" if word in _CREDIT else "level" if word in _LEVEL else "?"


def _fen(text: str) -> int | None:
    """Return the amount of a cell, 0 for a blank one, None for an unreadable one."""
    if not text.strip():
        return 0
    try:
        return read_money(text)
    except BadValue:
        return None


def _debit(amount: str, side: str) -> str:
    found = _side(side)
    if found == "debit":
        return amount
    if found == "credit" or not (amount.strip() or side.strip()):
        return ""
    return f"{side} {amount}"


def _credit(amount: str, side: str) -> str:
    return amount if _side(side) == "credit" else ""


def _bank_direction(side: str) -> str:
    """Read the side as the bank writes it: its debit is the customer's money going out."""
    return {"debit": "out", "credit": "in"}.get(_side(side), side)


def _flow(received: str, paid: str) -> tuple[str, str]:
    """Return direction and amount of a statement line with two amount columns."""
    money_in, money_out = _fen(received), _fen(paid)
    if money_in is None or (money_in and money_out != 0):
        return "in", f"{received} / {paid}" if paid.strip() else received
    if money_out is None or money_out:
        return "out", paid
    if money_in or received.strip():
        return "in", received
    return ("out", paid) if paid.strip() else ("", "")


def _flow_direction(received: str, paid: str) -> str:
    return _flow(received, paid)[0]


def _flow_amount(received: str, paid: str) -> str:
    return _flow(received, paid)[1]


def sign_direction(amount: str) -> str:
    """Return the direction a signed amount means: negative is money out."""
    return "out" if (_fen(amount) or 0) < 0 else "in" if amount.strip() else ""


def without_sign(amount: str) -> str:
    """Return a signed amount without its sign; unreadable text stays."""
    value = _fen(amount)
    return amount if not value else money_text(abs(value))


def _net(debit: str, credit: str) -> str:
    """Return debit minus credit, blank when both are."""
    plus, minus = _fen(debit), _fen(credit)
    if plus is None or minus is None:
        return f"{debit} / {credit}"
    return money_text(plus - minus) if debit.strip() or credit.strip() else ""


def _on_side(balance: str, side: str) -> str:
    """Return a balance with the sign its side gives it; debit is positive."""
    value, found = _fen(balance), _side(side)
    if value is None or not value or found == "debit":
        return balance
    return money_text(-value) if found == "credit" else f"{side} {balance}"


def _voucher_no(word: str, number: str) -> str:
    """Return the voucher number with its word (记, 收, 付), which numbers within."""
    word, number = word.strip(), number.strip()
    return number if not word or not number or number.startswith(word) else f"{word}-{number}"


def _entry_id(unit_code: str, entry_no: str) -> str:
    return f"{unit_code.strip()}/{entry_no.strip()}" if unit_code.strip() and entry_no.strip() else ""


def _balance_forms() -> tuple[Form, ...]:
    return tuple(
        form
        for column in ("opening", "closing")
        for form in (
            Form(column, (f"{column}_debit", f"{column}_credit"), (column,), _net),
            Form(column, (column, f"{column}_side"), (), _on_side),
        )
    )


FORMS: dict[str, tuple[Form, ...]] = {
    "voucher_line": (
        Form("debit", ("amount", "side"), ("debit", "credit"), _debit),
        Form("credit", ("amount", "side"), ("debit", "credit"), _credit),
        Form("line_id", ("unit_code", "entry_no"), ("line_id",), _entry_id),
        Form("voucher_no", ("voucher_word", "voucher_no"), (), _voucher_no),
    ),
    "account_balance": _balance_forms(),
    "party_balance": _balance_forms(),
    "bank_transaction": (
        Form("direction", ("received", "paid"), ("direction", "amount", "side"), _flow_direction),
        Form("amount", ("received", "paid"), ("direction", "amount", "side"), _flow_amount),
        Form("direction", ("side", "amount"), ("direction",), lambda side, _amount: _bank_direction(side)),
    ),
}
"""Forms by table. Forms of a table see what the file gives, not what other forms make."""
