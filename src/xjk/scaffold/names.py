"""The names a new pack or rule may have, and those that are taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from xjk.errors import UserError
from xjk.hooks.catalogue import Catalogue
from xjk.models.nearest import suggestion
from xjk.reference.folders import Folder
from xjk.reference.forms import forms

LONGEST = 60
"""Most characters of a name."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{3,8}[0-9]{3,4}")
_PREFIX = re.compile(r"[A-Z]{3,8}[0-9]{0,3}")
_RESERVED_NAMES = ("core", "example", "testing")
_RESERVED_PREFIX = "XJK"


def check_name(name: str) -> None:
    """Refuse a name that is not snake case or too long.

    Raises:
        UserError: with a name that would do, when there is one.
    """
    if _NAME.fullmatch(name) and len(name) <= LONGEST:
        return
    near = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())[:LONGEST].strip(
        "_"
    )
    guess_zh, guess_en = (f"如 {near}。", f"such as {near}.") if _NAME.fullmatch(near) else ("", "")
    raise UserError(
        zh=f"“{name}”不能作名称。",
        en=f'"{name}" cannot be a name.',
        hint_zh=f"用小写英文字母和数字，字母开头，词间用下划线，至多 {LONGEST} 个字符。{guess_zh}",
        hint_en=f"Use lower-case English words joined by underscores, at most {LONGEST} characters{', ' + guess_en if guess_en else '.'}",
    )


def check_pack_name(name: str, installed: Catalogue) -> None:
    """Refuse a name of a pack that is malformed, reserved, or that of an installed pack.

    Raises:
        UserError: with what to do.
    """
    if re.match(r"xjk[_-]", name):
        raise UserError(
            zh=f"“{name}”不必写 xjk 开头。",
            en=f'"{name}" begins with xjk.',
            hint_zh=f"只写 {name[4:]}；规则包会叫 xjk_{name[4:]}。",
            hint_en=f"Write {name[4:]}; the pack will be called xjk_{name[4:]}.",
        )
    check_name(name)
    if name in _RESERVED_NAMES or f"xjk_{name}" in {pack.name for pack in installed.packs}:
        raise UserError(
            zh=f"名称“{name}”已被占用。",
            en=f'The name "{name}" is taken.',
            hint_zh="换一个名称；已安装的规则包见 xjk packs。",
            hint_en="Choose another; xjk packs lists the installed ones.",
        )


def prefix_of(name: str) -> str:
    """Return the code prefix that a pack gets when none is given: the letters of its name, at most eight."""
    return re.sub(r"[^A-Z]", "", name.upper())[:8]


def check_prefix(prefix: str, installed: Catalogue) -> None:
    """Refuse a code prefix that is malformed, or overlaps with one of xjk or of an installed pack.

    Raises:
        UserError: with what to do.
    """
    if not _PREFIX.fullmatch(prefix):
        raise UserError(
            zh=f"“{prefix}”不能作编码前缀。",
            en=f'"{prefix}" cannot begin codes.',
            hint_zh="用 --prefix 给出三至八个大写字母，可再加至多三位数字。",
            hint_en="Give three to eight capitals, then at most three digits, with --prefix.",
        )
    owners = [("xjk", _RESERVED_PREFIX)]
    owners += [(pack.name, taken) for pack in installed.packs for taken in pack.code_prefixes]
    for owner, taken in owners:
        if prefix.startswith(taken) or taken.startswith(prefix):
            raise UserError(
                zh=f"编码前缀 {prefix} 与 {owner} 的 {taken} 冲突。",
                en=f"The code prefix {prefix} collides with {taken} of {owner}.",
                hint_zh="用 --prefix 给出别的前缀。",
                hint_en="Give another with --prefix.",
            )


def check_code(code: str, prefixes: Collection[str], taken: Collection[str]) -> None:
    """Refuse a code that is malformed, not of the pack, or used.

    Raises:
        UserError: with a code that is free, when one can be told.
    """
    if not _CODE.fullmatch(code):
        near = code.upper()
        guess_zh, guess_en = (f"如 {near}。", f"such as {near}.") if _CODE.fullmatch(near) else ("", "")
        raise UserError(
            zh=f"“{code}”不能作编码。",
            en=f'"{code}" cannot be a code.',
            hint_zh=f"编码为三至八个大写字母加三至四位数字。{guess_zh}",
            hint_en=f"A code is three to eight capitals and three or four digits{', ' + guess_en if guess_en else '.'}",
        )
    if not code.startswith(tuple(prefixes)):
        shown = ", ".join(prefixes) or "-"
        raise UserError(
            zh=f"编码 {code} 不以规则包的前缀（{shown}）开头。",
            en=f"The code {code} does not begin with a prefix of the pack ({shown}).",
            hint_zh="改编码，或在 code_prefixes 中声明前缀。",
            hint_en="Change it, or declare the prefix in code_prefixes.",
        )
    if code in taken:
        free = _next_code(code, prefixes, taken)
        raise UserError(
            zh=f"编码 {code} 已用过。",
            en=f"The code {code} is used.",
            hint_zh=f"编码不重复使用；{free} 空着。" if free else "编码不重复使用，换一个。",
            hint_en=f"A code is never used twice; {free} is free." if free else "Choose another.",
        )


def check_rule_name(name: str, taken: Collection[str]) -> None:
    """Refuse a name of a rule that is malformed or used.

    Raises:
        UserError: with what to do.
    """
    check_name(name)
    if name in taken:
        raise UserError(
            zh=f"规则名“{name}”已用过。",
            en=f'The rule name "{name}" is used.',
            hint_zh="换一个，点明要查的情形；已有的见 xjk rules list。",
            hint_en="Choose another that says what is looked for; xjk rules list shows those in use.",
        )


def check_form(form: str, folders: Iterable[Folder]) -> None:
    """Refuse a form that the table of forms does not have.

    Raises:
        UserError: with the known forms.
    """
    known = [entry.id for entry in forms(tuple(folders))]
    if form not in known:
        hint_zh, hint_en = suggestion(form, known)
        raise UserError(
            zh=f"没有形式“{form}”。", en=f'There is no form "{form}".', hint_zh=hint_zh, hint_en=hint_en
        )


def _next_code(code: str, prefixes: Collection[str], taken: Collection[str]) -> str | None:
    """Return the next free code of the pack after one that is taken, or None when there is none."""
    letters = code.rstrip("0123456789")
    digits = len(code) - len(letters)
    later = (f"{letters}{number:0{digits}}" for number in range(int(code[-digits:]) + 1, 10**digits))
    return next((free for free in later if free not in taken and free.startswith(tuple(prefixes))), None)
