"""Identifiers with correct check digits: credit codes, citizen numbers, cards, invoice numbers.

The area ``110199`` is not assigned to any place, and mobile numbers start with the unassigned ``154``,
so that no identifier made here belongs to a living person or an existing company.
"""

from __future__ import annotations

from datetime import date
from random import Random

AREA = "110199"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(body: str) -> str:
    """Append the GB 11714 check character to eight characters."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(rng: Random, category: str) -> str:
    """Make a GB 32100 unified social credit code; ``category`` is its first two characters."""
    head = category + AREA + organisation_code(f"{rng.randrange(10_000_000, 99_999_999)}")
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, i, 31) for i, char in enumerate(head))
    return head + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def citizen_number(rng: Random, born: date, male: bool) -> str:
    """Make a GB 11643 citizen number for a birth date."""
    sequence = rng.randrange(10, 990, 2) + (1 if male else 0)
    head = f"{AREA}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(char) * weight for char, weight in zip(head, _CITIZEN_WEIGHTS, strict=True))
    return head + "10X98765432"[total % 11]


def bank_card(rng: Random) -> str:
    """Make a 19-digit card number that satisfies the Luhn check."""
    head = "620000" + "".join(str(rng.randrange(10)) for _ in range(12))
    total = 0
    for position, char in enumerate(reversed(head)):
        digit = int(char) * (2 if position % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return head + str(-total % 10)


def corporate_account(rng: Random) -> str:
    """Make a corporate bank account number; there is no national check digit."""
    return "8199" + "".join(str(rng.randrange(10)) for _ in range(14))


def mobile(rng: Random) -> str:
    """Make a mobile number in the unassigned 154 range."""
    return "154" + "".join(str(rng.randrange(10)) for _ in range(8))


def digital_number(year: int, serial: int) -> str:
    """Make the 20-digit number of a fully digital invoice: year, province, channel, serial."""
    return f"{year % 100:02d}112{serial:015d}"


def electronic_code(year: int, batch: int) -> str:
    """Make the 12-digit code of an electronic ordinary invoice."""
    return f"01100{year % 100:02d}{batch:03d}11"


def paper_code(year: int, batch: int) -> str:
    """Make the 10-digit code of a paper special invoice."""
    return f"1100{year % 100:02d}{batch % 10}130"
