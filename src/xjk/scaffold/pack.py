"""Create a pack."""

from __future__ import annotations

import re
from pathlib import Path

from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.scaffold.names import check_pack_name, check_prefix, prefix_of
from xjk.scaffold.rule import marked
from xjk.scaffold.template import NAME, PREFIX, SAMPLES, example_files, example_folder
from xjk.scaffold.writing import check_free, write_folder

_PROSE = {
    'zh="示例规则包", en="Example pack"': 'zh="TODO 规则包的标题", en="TODO Title of the pack"',
    "The template of a rule pack: copy it, rename it, choose a code prefix of your own.": "TODO Say what this pack looks for.",
    "xjk rule pack: the template of a third-party pack": "TODO Say what this pack looks for",
    "规则包模板：两条规则、一个词表、一份测试。": "TODO 写明本规则包查什么。",
    "A template of a rule pack: two rules, one lexicon and a test.": "TODO Say what this pack looks for.",
    "# Words of this pack.": "# TODO Put words of your own here, or delete this file. Words of this pack.",
}


def new_pack(
    name: str, folder: str | Path = ".", *, prefix: str | None = None, installed: Catalogue | None = None
) -> Path:
    """Create a pack with two sample rules, a lexicon and a test, and return its folder.

    Args:
        name: Name in snake case; the distribution is called ``xjk-NAME``, the module ``xjk_NAME``.
        folder: Folder in which the folder ``xjk-NAME`` is made.
        prefix: What its rule codes begin with; the letters of the name when None.
        installed: Packs whose names and prefixes are taken; what is installed when None.

    Raises:
        UserError: when the name or the prefix is malformed or taken, or the folder cannot be made.
    """
    installed = catalogue() if installed is None else installed
    check_pack_name(name, installed)
    prefix = prefix_of(name) if prefix is None else prefix
    check_prefix(prefix, installed)
    target = Path(folder) / f"xjk-{name.replace('_', '-')}"
    check_free(target)
    rename = _Renaming(name, prefix)
    files = example_files(example_folder())
    write_folder(target, {rename(path): rename(marked(path, text)) for path, text in files.items()})
    return target


class _Renaming:
    """Puts the names of a new pack in the place of those of the example, all in one pass."""

    def __init__(self, name: str, prefix: str) -> None:
        self._new = {
            **_PROSE,
            f"xjk_{NAME}": f"xjk_{name}",
            f"xjk-{NAME}": f"xjk-{name.replace('_', '-')}",
            f"{NAME}_heating": f"{name}_heating",
            f'"{PREFIX}"': f'"{prefix}"',
        }
        for sample in SAMPLES.values():
            code = sample_code(prefix, sample.number)
            self._new[f"{PREFIX}{sample.number}"] = code
            self._new[f"{PREFIX.lower()}{sample.number}"] = code.lower()
        self._old = re.compile("|".join(map(re.escape, self._new)))

    def __call__(self, text: str) -> str:
        return self._old.sub(lambda match: self._new[match[0]], text)


def sample_code(prefix: str, number: str) -> str:
    """Return the code of a sample rule: digits of the prefix count as the first of the number."""
    digits = len(prefix) - len(prefix.rstrip("0123456789"))
    return prefix + number[min(digits, len(number) - 1) :]
