"""Read rule folders: what each rule says of itself.

Listing reads rule.md only. No code of a rule is imported and no query is read before the rule runs (see
``detect`` and ``sql_text``), so a pack of hundreds of rules lists in a moment.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from xjk.errors import RuleFolderError
from xjk.models.nearest import nearest
from xjk.models.rule import Rule
from xjk.rules.faults import fault, gathered
from xjk.rules.frontmatter import read_front_matter, read_text, split

_KINDS: dict[str, Literal["sql", "python"]] = {"rule.sql": "sql", "rule.py": "python"}
_FILES = ("rule.md", "rule.sql", "rule.py", "cases.yaml")


def read_rule(folder: Path, pack: str) -> Rule:
    """Read one rule folder of the pack `pack`.

    Raises:
        RuleFolderError: with every fault of the folder in ``errors``: missing or superfluous files, front
            matter, page, and a folder name that is not code and name of the rule.
    """
    errors: list[RuleFolderError] = []
    there = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    kinds = [name for name in _KINDS if name in there]
    errors += [_missing(folder, name, there) for name in ("rule.md", "cases.yaml") if name not in there]
    if len(kinds) != 1:
        errors.append(
            fault(
                str(folder),
                "rule.sql 和 rule.py 同时存在。" if kinds else "缺少 rule.sql 或 rule.py。",
                "Both rule.sql and rule.py are there." if kinds else "There is neither rule.sql nor rule.py.",
                "二者恰好保留一个。",
                "Keep exactly one of them.",
            )
        )
    rule: Rule | None = None
    if "rule.md" in there:
        try:
            rule = _read_page(folder, pack, _KINDS[kinds[0]] if kinds else "sql")
        except RuleFolderError as error:
            errors += [one for one in error.errors if isinstance(one, RuleFolderError)] or [error]
    if rule is not None:
        expected = f"{rule.code.lower()}_{rule.meta.name}"
        if folder.name != expected:
            errors.append(
                fault(
                    str(folder),
                    f"文件夹应名为 {expected}。",
                    f"The folder must be named {expected}.",
                    "文件夹名由编码（小写）、下划线和规则名组成。",
                    "Its name is the code in lower case, an underscore and the name of the rule.",
                )
            )
    if rule is None or errors:
        raise gathered(str(folder), errors)
    return rule


def read_rules(folder: Path, pack: str) -> tuple[tuple[Rule, ...], tuple[RuleFolderError, ...]]:
    """Read every rule folder below `folder`, in the order of their names.

    Folders that begin with a dot or an underscore and loose files are passed over. A broken rule folder costs
    that rule: its error is returned beside the rules that could be read.
    """
    if not folder.is_dir():
        missing = fault(
            str(folder),
            "规则文件夹不存在。",
            "The folder of rules does not exist.",
            "检查 xjk_rules 给出的路径，以及安装包是否带上了规则文件。",
            "Check the path that xjk_rules returns, and that the installed package carries the rule files.",
        )
        return (), (missing,)
    rules: list[Rule] = []
    errors: list[RuleFolderError] = []
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith((".", "_")) or not entry.is_dir():
            continue
        try:
            rules.append(read_rule(entry, pack))
        except RuleFolderError as error:
            errors.append(error)
    return tuple(rules), tuple(errors)


def _read_page(folder: Path, pack: str, kind: Literal["sql", "python"]) -> Rule:
    path = folder / "rule.md"
    return _parse_page(read_text(path), path, pack, kind)


@lru_cache(maxsize=1024)
def _parse_page(written: str, path: Path, pack: str, kind: Literal["sql", "python"]) -> Rule:
    """Parse the text of a rule.md, once for as long as it stays the same: a run asks for every rule several times."""
    text = split(written, str(path))
    meta = read_front_matter(text)
    return Rule(meta=meta, pack=pack, folder=str(path.parent), page=text.page.strip(), kind=kind)


def _missing(folder: Path, name: str, there: list[str]) -> RuleFolderError:
    close = nearest(name, [entry for entry in there if entry not in _FILES])
    return fault(
        str(folder),
        f"缺少 {name}。",
        f"{name} is missing.",
        f"把 {close} 改名为 {name}。" if close else f"补上 {name}。",
        f"Rename {close} to {name}." if close else f"Add {name}.",
    )
