"""Identifiers with correct check digits: credit codes, citizen numbers, cards, invoice numbers.

Every block of a district has an area, card, account and telephone range of its own, so that blocks made one
after the other share no identifier. The areas, ``110199`` downwards, are assigned to no place, and mobile numbers
start with the unassigned ``154`` or ``142``, so that no identifier made here belongs to a living person or an
existing company.
"""

from __future__ import annotations

from datetime import date
from random import Random

BLOCKS = 100
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def area(block: int) -> str:
    """Give the six-digit area of a block: unassigned codes of the first two provinces."""
    return f"{110199 - block}" if block < BLOCKS // 2 else f"{120199 - block + BLOCKS // 2}"


def organisation_code(body: str) -> str:
    """Append the GB 11714 check character to eight characters."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(rng: Random, category: str, block: int = 0) -> str:
    """Make a GB 32100 unified social credit code; ``category`` is its first two characters."""
    head = category + area(block) + organisation_code(f"{rng.randrange(10_000_000, 99_999_999)}")
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, i, 31) for i, char in enumerate(head))
    return head + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def citizen_number(rng: Random, born: date, male: bool, block: int = 0) -> str:
    """Make a GB 11643 citizen number for a birth date."""
    sequence = rng.randrange(10, 990, 2) + (1 if male else 0)
    head = f"{area(block)}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(char) * weight for char, weight in zip(head, _CITIZEN_WEIGHTS, strict=True))
    return head + "10X98765432"[total % 11]


def bank_card(rng: Random, block: int = 0) -> str:
    """Make a 19-digit card number that satisfies the Luhn check."""
    head = f"62{block:04d}" + "".join(str(rng.randrange(10)) for _ in range(12))
    total = 0
    for position, char in enumerate(reversed(head)):
        digit = int(char) * (2 if position % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return head + str(-total % 10)


def corporate_account(rng: Random, block: int = 0) -> str:
    """Make a corporate bank account number; there is no national check digit."""
    head = f"8198{block:02d}" if block else "8199"
    return head + "".join(str(rng.randrange(10)) for _ in range(18 - len(head)))


def mobile(rng: Random, block: int = 0) -> str:
    """Make a mobile number in the unassigned ranges 154 (block 0) and 142."""
    head = f"142{block:02d}" if block else "154"
    return head + "".join(str(rng.randrange(10)) for _ in range(11 - len(head)))


def digital_number(year: int, serial: int) -> str:
    """Make the 20-digit number of a fully digital invoice: year, province, channel, serial."""
    return f"{year % 100:02d}112{serial:015d}"


def electronic_code(year: int, batch: int) -> str:
    """Make the 12-digit code of an electronic ordinary invoice."""
    return f"01100{year % 100:02d}{batch:03d}11"


def paper_code(year: int, batch: int) -> str:
    """Make the 10-digit code of a paper special invoice."""
    return f"1100{year % 100:02d}{batch % 10}130"
