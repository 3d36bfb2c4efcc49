"""Identifiers with check digits, and the shapes of those without.

Every function takes text in normal form (half-width, stripped, upper case) and answers whether it is well formed;
none raises. A failing identifier is evidence, so callers warn and never reject.
"""

from __future__ import annotations

import re
from datetime import date

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUE = {char: value for value, char in enumerate(_USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC = re.compile(rf"[{_USCC_ALPHABET}]{{18}}")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def uscc_check_character(body: str) -> str:
    """Return the 18th character of a unified social credit code for its first 17 (GB 32100-2015)."""
    total = sum(_USCC_VALUE[char] * weight for char, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the 9th character of an organisation code for its first 8 (GB 11714-1997)."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    remainder = -total % 11
    return "X" if remainder == 10 else str(remainder)


def is_organisation_code(code: str) -> bool:
    """Tell whether an organisation code of 9 characters is right (GB 11714-1997)."""
    return bool(_ORGANISATION.fullmatch(code)) and organisation_check_character(code[:8]) == code[8]


def is_uscc(code: str) -> bool:
    """Tell whether a unified social credit code is right (GB 32100-2015), inner organisation code included.

    Sole traders (92) may carry an inner code that is not an organisation code, so it is not checked for them.
    """
    if not _USCC.fullmatch(code) or uscc_check_character(code[:17]) != code[17]:
        return False
    return code.startswith("92") or is_organisation_code(code[8:17])


def citizen_check_character(body: str) -> str:
    """Return the 18th character of a citizen identity number for its first 17 (GB 11643-1999)."""
    total = sum(int(char) * weight for char, weight in zip(body, _CITIZEN_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_citizen_number(number: str) -> bool:
    """Tell whether a citizen identity number has a real birth date and the right check character (GB 11643-1999)."""
    if not _CITIZEN.fullmatch(number) or citizen_check_character(number[:17]) != number[17]:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1850


def luhn_check_digit(body: str) -> str:
    """Return the Luhn check digit for a row of digits (ISO/IEC 7812-1)."""
    total = 0
    for place, char in enumerate(reversed(body)):
        digit = int(char) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def is_bank_card(number: str) -> bool:
    """Tell whether a bank card number has 13 to 19 digits and the right Luhn digit.

    Accounts of organisations follow no national check; ask ``looks_like_bank_card`` first.
    """
    return (
        number.isascii()
        and number.isdigit()
        and 13 <= len(number) <= 19
        and luhn_check_digit(number[:-1]) == number[-1]
    )


def looks_like_bank_card(number: str) -> bool:
    """Tell whether an account number has the shape of a UnionPay card: 62 and 16 to 19 digits."""
    return number.startswith("62") and number.isascii() and number.isdigit() and 16 <= len(number) <= 19


def is_cnaps(number: str) -> bool:
    """Tell whether a payment-system bank number (CNAPS, 12 digits) passes ISO/IEC 7064 MOD 11,10."""
    if not (number.isascii() and number.isdigit() and len(number) == 12):
        return False
    product = 10
    for char in number[:-1]:
        product = (((product + int(char)) % 10 or 10) * 2) % 11
    return (product + int(number[-1])) % 10 == 1


def is_invoice_code(code: str) -> bool:
    """Tell whether a paper or early electronic invoice code has 10 or 12 digits, 12 beginning with 0 or 1."""
    return code.isascii() and code.isdigit() and (len(code) == 10 or (len(code) == 12 and code[0] in "01"))


def is_invoice_number(number: str) -> bool:
    """Tell whether an invoice number has the old shape (8 digits) or the digital one (20 digits, year 21 on)."""
    if not (number.isascii() and number.isdigit()):
        return False
    return len(number) == 8 or (len(number) == 20 and int(number[:2]) >= 21)


def is_fiscal_bill_code(code: str) -> bool:
    """Tell whether an electronic fiscal bill code has 8 digits (region, class, kind, year; two each)."""
    return code.isascii() and code.isdigit() and len(code) == 8


def is_fiscal_bill_number(number: str) -> bool:
    """Tell whether an electronic fiscal bill number has 10 digits."""
    return number.isascii() and number.isdigit() and len(number) == 10
