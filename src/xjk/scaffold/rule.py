"""Create a rule in a pack."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.scaffold.marks import mark_cases, mark_module, mark_page, mark_query
from xjk.scaffold.names import check_code, check_form, check_rule_name
from xjk.scaffold.pack_folder import read_pack
from xjk.scaffold.template import PREFIX, SAMPLES, Kind, example_files, example_folder
from xjk.scaffold.writing import check_free, write_folder


def new_rule(
    code: str,
    name: str,
    pack_folder: str | Path = ".",
    *,
    kind: Kind = "sql",
    form: str | None = None,
    installed: Catalogue | None = None,
) -> Path:
    """Create a rule folder in a pack and return it; the rule works, and its texts are marked TODO.

    Args:
        code: Code of the rule; it begins with a prefix of the pack.
        name: What the rule looks for, in snake case.
        pack_folder: Folder of the pack, with its pyproject.toml.
        kind: Whether the rule is written in SQL or in Python.
        form: Form of the fund it looks for; left to be decided when None.
        installed: Packs whose codes and names are taken; what is installed when None.

    Raises:
        UserError: when there is no pack, or code, name or form are malformed, unknown or taken.
    """
    pack = read_pack(Path(pack_folder))
    installed = catalogue() if installed is None else installed
    rules = (*installed.rules, *pack.found.rules)
    check_code(code, pack.info.code_prefixes, {*pack.codes, *(rule.code for rule in rules)})
    check_rule_name(name, {*pack.codes.values(), *(rule.meta.name for rule in rules)})
    if form is not None:
        check_form(form, (*installed.data_folders, *pack.found.data_folders))
    target = pack.rules / f"{code.lower()}_{name}"
    check_free(target)
    sample = SAMPLES[kind]
    values = {"code": code, "name": name, "status": "preview", "since": pack.since, "revision": "1"}
    if form is not None:
        values["form"] = form
    files = {}
    for path, text in example_files(example_folder()).items():
        if PurePosixPath(path).parent.name == sample.folder:
            own = _with(values, path, text.replace(f"{PREFIX}{sample.number}", code))
            files[PurePosixPath(path).name] = marked(path, own, tuple(values))
    write_folder(target, files)
    return target


def marked(path: str, text: str, decided: tuple[str, ...] = ()) -> str:
    """Return a file of the example with TODO where an author has to write; only files of rules have such places."""
    match PurePosixPath(path).name:
        case "rule.md":
            return mark_page(text, decided)
        case "cases.yaml":
            return mark_cases(text)
        case "rule.sql":
            return mark_query(text)
        case "rule.py":
            return mark_module(text)
    return text


def _with(values: dict[str, str], path: str, text: str) -> str:
    """Set keys of the front matter."""
    if path.endswith("/rule.md"):
        for key, value in values.items():
            text = re.sub(rf"^{key}:.*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
    return text
