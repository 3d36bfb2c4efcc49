"""Names of parties brought to one form, so that one party has one name however it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SOLE_TRADER = re.compile("(?<=.)(?:个体工商户|个体户)+$")
"""A remark at the end of a sole trader's name that is no part of it; usually in brackets."""

_MASKS = frozenset("*＊")
"""Characters that stand for hidden ones; names masked differently may be different persons."""

_LIMITED = ("有限责任公司", "有限公司")
"""The long and the short way to write one legal form; 股份有限公司 is another and stays."""

_LEGAL_FORMS = (
    ("publiclimitedcompany", "plc"),
    ("limitedliabilitypartnership", "llp"),
    ("incorporated", "inc"),
    ("corporation", "corp"),
    ("limited", "ltd"),
    ("company", "co"),
    ("plc", "plc"),
    ("llp", "llp"),
    ("inc", "inc"),
    ("corp", "corp"),
    ("ltd", "ltd"),
    ("co", "co"),
)
"""English legal forms at the end of a name, and the form they are folded to."""

_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65_536)
def normal_name(name: str) -> str:
    """Return the form in which all spellings of a party's name are equal.

    Width, case, accents, spaces, brackets and punctuation are dropped; 有限责任公司 becomes 有限公司, LIMITED becomes
    ltd and so on at the end of English names; a trailing （个体工商户） goes. A name of punctuation only is kept
    without its spaces. Applying it twice changes nothing.
    """
    folded = _folded(name)
    return _short_legal_form(_SOLE_TRADER.sub("", folded)) or _SPACE.sub("", name).casefold()


def says_sole_trader(name: str) -> bool:
    """Tell whether a name ends with the remark that it is a sole trader's: （个体工商户）."""
    return _SOLE_TRADER.search(_folded(name)) is not None


def _folded(name: str) -> str:
    return name.replace("&", "and").replace("＆", "and").translate(_FOLD).replace(*_LIMITED)


def _short_legal_form(name: str) -> str:
    """Shorten the legal forms at the end of a name: ``acmecompanylimited`` to ``acmecoltd``."""
    tail = ""
    while form := next((form for form in _LEGAL_FORMS if name.endswith(form[0])), None):
        name, tail = name.removesuffix(form[0]), form[1] + tail
    return name + tail


class _Folds(dict[int, str]):
    """Map characters to what is left of them, each looked at once; for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _MASKS:
            kept = "*"
        elif unicodedata.category(char) == "Co":
            kept = char  # rare characters of personal names lie in the private area of older encodings
        else:
            spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
            kept = "".join(part for part in spelled if part.isalnum())
        self[code] = kept
        return kept


_FOLD = _Folds()
