"""RC01, RC02, RC16: what a rule says of itself is complete, known, and legally in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from xjk.hooks.catalogue import Catalogue
from xjk.models.dates import day_date
from xjk.models.rule import Basis, Rule
from xjk.models.words import Words
from xjk.reference.basis import Instrument, instruments
from xjk.reference.forms import forms
from xjk.reference.ideas import ideas
from xjk.reference.standards import standards
from xjk.rules.page import HEADINGS, sections
from xjk.rules.wording import verdicts
from xjk.testing.contract.books import newest_day, of_case
from xjk.testing.contract.subject import Breach, Subject

_FACTS = (HEADINGS[0], HEADINGS[2])
"""Sections that say what a rule does; the others may speak of law and of what others were found guilty of."""

_TODO = re.compile(r"\bTODO\b")
_BOLD = re.compile(r"\*\*([a-z][a-z0-9_]*)\*\*")
_NAMES = re.compile(r"\*\*[a-z0-9_]+\*\*|`[^`]*`|https?://\S+")
"""What is written in Latin letters in either language."""
_CHINESE = re.compile(r"[一-鿿]")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")


def admitted_whole(packs: Catalogue) -> Iterator[Breach]:
    """RC01 of a pack: every folder, hook and file of it was accepted, and no two rules share a name."""
    for problem in packs.problems:
        yield Breach(
            Words(
                zh=f"{problem.error.zh} {problem.hint.zh}".strip(),
                en=f"{problem.error.en} {problem.hint.en}".strip(),
            ),
            problem.where or f"{problem.pack}: {problem.step}",
        )
    named: dict[str, str] = {}
    for rule in packs.rules:
        first = named.setdefault(rule.meta.name, rule.code)
        if first != rule.code:
            yield Breach(
                Words(
                    zh=f"规则名 {rule.meta.name} 已被 {first} 使用，请换一个。",
                    en=f"The name {rule.meta.name} is taken by {first}; choose another.",
                ),
                rule.folder,
            )


def known_metadata(subject: Subject) -> Iterator[Breach]:
    """RC01 of a rule: its form, standards and ideas exist, and its version is not later than that of its pack."""
    rule, meta = subject.rule, subject.rule.meta
    where = f"{rule.folder}/rule.md"
    known_forms = [form.id for form in forms(subject.packs.data_folders)]
    if meta.form not in known_forms:
        yield Breach(
            Words(
                zh=f"没有表现形式 {meta.form}，可用：{'、'.join(known_forms)}。",
                en=f"There is no form {meta.form}; use one of {', '.join(known_forms)}.",
            ),
            where,
        )
    known_standards = {standard.key for standard in standards(subject.packs.data_folders)}
    wanted = {*meta.standards, *(param.standard for param in meta.params.values() if param.standard)}
    for key in sorted(wanted - known_standards):
        yield Breach(
            Words(
                zh=f"没有标准 {key}，请在数据文件中补上。",
                en=f"There is no standard {key}; add it to the data.",
            ),
            where,
        )
    known_ideas = {idea.number for idea in ideas(subject.packs.data_folders)}
    for number in sorted(set(meta.ideas) - known_ideas):
        yield Breach(
            Words(
                zh=f"没有检查思路 {number}，编号见“检查思路与规则”一页。",
                en=f"There is no detection idea {number}; see the page of ideas and rules.",
            ),
            where,
        )
    version = next((pack.version for pack in subject.packs.packs if pack.name == rule.pack), "")
    if _release(meta.since) > _release(version):
        yield Breach(
            Words(
                zh=f"since 写 {meta.since}，晚于规则包的版本 {version}。",
                en=f"It says since {meta.since}, but its pack is {version}.",
            ),
            where,
        )


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def complete_page(subject: Subject) -> Iterator[Breach]:
    """RC02: nothing is left to write, both languages are there, parameters are explained, no verdict is passed."""
    rule = subject.rule
    yield from _left_to_write(rule)
    file = f"{rule.folder}/rule.md"
    for heading, text in sections(rule.page).items():
        for lang, letters in (("zh", _CHINESE), ("en", _ENGLISH)):
            if not letters.search(_NAMES.sub(" ", text)):
                missing = Words(
                    zh=f"“{heading}”缺少{'中文' if lang == 'zh' else '英文'}。",
                    en=f'"{heading}" has no {"Chinese" if lang == "zh" else "English"}.',
                )
                yield Breach(missing, file)
        for word in verdicts(text) if heading in _FACTS else ():
            yield Breach(
                Words(
                    zh=f"“{heading}”中的“{word}”是定性用语。",
                    en=f'"{word}" under "{heading}" passes a verdict.',
                ),
                file,
            )
    shown = set(_BOLD.findall(rule.page))
    for name in rule.meta.params:
        if name not in shown:
            yield Breach(
                Words(
                    zh=f"页面没有说明参数 {name}，请以 **{name}** 写明。",
                    en=f"The page does not explain the parameter {name}; write it as **{name}**.",
                ),
                file,
            )


def _left_to_write(rule: Rule) -> Iterator[Breach]:
    for path in sorted(Path(rule.folder).iterdir()):
        if path.suffix not in (".md", ".yaml", ".sql", ".py"):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if _TODO.search(line):
                yield Breach(
                    Words(zh=f"还有待写之处：{line.strip()}", en="This is still to be written."),
                    f"{path}:{number}",
                )


def basis_in_force(subject: Subject) -> Iterator[Breach]:
    """RC16: every article cited stands in the cited version of a known instrument, which has not lapsed."""
    known = {entry.id: entry for entry in instruments(subject.packs.data_folders)}
    newest = max(
        (day for case in subject.cases() if case.findings and (day := newest_day(of_case(case))) is not None),
        default=None,
    )
    for place, basis in enumerate(subject.rule.meta.basis, start=1):
        told = _lapse(known.get(basis.instrument), basis, None if newest is None else day_date(newest))
        if told is not None:
            yield Breach(told, f"{subject.rule.folder}/rule.md: basis.{place}")


def _lapse(instrument: Instrument | None, basis: Basis, newest: date | None) -> Words | None:
    if instrument is None:
        return Words(
            zh=f"没有法律文件 {basis.instrument}，请在 basis 数据中补上。",
            en=f"There is no instrument {basis.instrument}; add it to the basis data.",
        )
    version = next((entry for entry in instrument.versions if str(entry.version) == basis.version), None)
    if version is None:
        dates = ", ".join(str(entry.version) for entry in instrument.versions)
        return Words(
            zh=f"{basis.instrument} 没有 {basis.version} 版，现有：{dates}。",
            en=f"{basis.instrument} has no version {basis.version}; there are {dates}.",
        )
    if instrument.article_on(basis.article, version.version) is None:
        return Words(
            zh=f"{basis.instrument} {basis.version} 版没有收录第 {basis.article} 条。",
            en=f"Article {basis.article} is not recorded in {basis.instrument}, version {basis.version}.",
        )
    if newest is not None and version.until is not None and version.until < newest:
        return Words(
            zh=f"{basis.instrument} {basis.version} 版已于 {version.until} 失效，早于案例中的 {newest}。",
            en=f"{basis.instrument}, version {basis.version}, lapsed on {version.until}, before {newest} of the cases.",
        )
    return None
