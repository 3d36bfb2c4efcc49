"""Draft a mapping file for a file nobody has mapped yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from xjk.models.dates import read_day
from xjk.models.money import read_money
from xjk.models.pack import ReaderInfo
from xjk.models.problem import BadValue
from xjk.models.tables import TABLES
from xjk.readers.formats import READERS, ReadOptions, open_grids
from xjk.readers.grid import Grid
from xjk.readers.names import table_named
from xjk.readers.shaping.forms import FORMS
from xjk.readers.shaping.headers import match_headers, normalise, parts

SAMPLE_ROWS = 500

_FORMATS = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y", "%y-%m-%d")
"""Date formats tried on columns that do not read as dates; day before month where both fit."""


@dataclass(slots=True)
class _Draft:
    """Collect what is thought of one grid."""

    grid: Grid
    table: str
    rows: list[Sequence[str]]
    chosen: dict[str, int] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    def values(self, index: int) -> list[str]:
        """Return the filled cells of a column of the sample."""
        return [row[index] for row in self.rows if len(row) > index and row[index].strip()]

    def free(self) -> list[int]:
        """Return the headers not used yet."""
        used = set(self.chosen.values())
        return [index for index, header in enumerate(self.grid.headers) if header and index not in used]

    def missing(self) -> list[str]:
        """Return the required columns nothing was found for."""
        made = {rule.column for rule in TABLES[self.table].derived}
        made |= {form.column for form in FORMS.get(self.table, ()) if self.chosen.keys() >= set(form.needs)}
        return [
            column
            for column in TABLES[self.table].model_fields
            if column in TABLES[self.table].required() and column not in self.chosen and column not in made
        ]


def suggest_mapping(path: Path, readers: Sequence[ReaderInfo] = READERS) -> str:
    """Return the text of a mapping file for one file, to be looked over by a person.

    Headers are matched by the names known for each table; the table with the best match is taken. A required
    date or amount no header names is filled from the content when only one column can be meant. Comments say
    what was guessed and what is missing.

    Raises:
        DataError: The file cannot be read.
    """
    lines = [
        "# 由 xjk map --suggest 起草，请核对后使用。Drafted by xjk map --suggest; check it before use.",
        "sources:",
    ]
    for grid in open_grids(path, path.name, ReadOptions(), readers):
        lines += _source(_draft(grid, path), path)
    return "\n".join(lines) + "\n"


def _draft(grid: Grid, path: Path) -> _Draft:
    rows: list[Sequence[str]] = []
    for batch in grid.batches():
        rows += [[str(cell) for cell in row] for row in islice(batch.rows, SAMPLE_ROWS - len(rows))]
        if len(rows) >= SAMPLE_ROWS:
            break
    draft = _Draft(grid, _best_table(grid, path), rows)
    match = match_headers(draft.table, grid.headers, grid.file)
    draft.chosen = {column: index for index, column in enumerate(match.columns) if column is not None}
    _guess(draft, "date", _reads_as_date)
    _guess(draft, "money", _is_money)
    return draft


def _best_table(grid: Grid, path: Path) -> str:
    """Return the table whose columns the headers name best; what is required counts more."""
    named = table_named(grid.file.rpartition("#")[2]) or table_named(path.stem)
    if named is not None:
        return named

    def score(table: str) -> tuple[int, int]:
        found = {column for column in match_headers(table, grid.headers, grid.file).columns if column}
        required = TABLES[table].required()
        return len(found) + 2 * len(found & required) - len(required - found), len(found)

    return max(TABLES, key=score)


def _guess(draft: _Draft, kind: str, fits: Callable[[str], bool]) -> None:
    """Fill the one required column of a type from the one column whose content is of that type."""
    kinds = TABLES[draft.table].columns()
    wanted = [column for column in draft.missing() if kinds[column].name == kind]
    able = [index for index in draft.free() if (values := draft.values(index)) and all(map(fits, values))]
    if len(wanted) == 1 and len(able) == 1:
        draft.chosen[wanted[0]] = able[0]
        draft.guessed.add(wanted[0])


def _is_day(text: str) -> bool:
    try:
        read_day(text)
    except BadValue:
        return False
    return True


def _is_money(text: str) -> bool:
    try:
        read_money(text)
    except BadValue:
        return False
    return True


def _fits(form: str, text: str) -> bool:
    try:
        datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return False
    return True


def _reads_as_date(text: str) -> bool:
    return (_is_day(text) and not text.strip().isdigit()) or any(_fits(form, text) for form in _FORMATS)


def _date_format(values: Sequence[str]) -> str | None:
    """Return the format the dates need, or None when they read as they are."""
    odd = [text for text in values if not _is_day(text)]
    if not odd:
        return None
    return (
        max(_FORMATS, key=lambda form: sum(_fits(form, text) for text in odd))
        if any(_fits(form, text) for form in _FORMATS for text in odd)
        else None
    )


def _source(draft: _Draft, path: Path) -> Iterator[str]:
    """Yield the lines of one source."""
    model = TABLES[draft.table]
    _, has_sheet, sheet = draft.grid.file.partition("#")
    yield f"  - file: {_quoted(path.name)}"
    if has_sheet:
        yield f"    sheet: {_quoted(sheet)}"
    yield "    tables:"
    yield f"      - table: {draft.table}  # {model.zh}"
    yield "        columns:" if draft.chosen else "        columns: {}"
    for column in (*model.model_fields, *parts(draft.table)):
        if column in draft.chosen:
            yield f"          {column}: {_spec(draft, column)}"
    for column in draft.missing():
        title = model.model_fields[column].title
        yield f"          # {column}: {title}，必填，未找到对应的列 (required, no header found)"
    for index in draft.free():
        header = json.dumps(draft.grid.headers[index], ensure_ascii=False)
        yield f"          # 未使用 unused: {header}（{_content(draft.values(index))}）"


def _content(values: Sequence[str]) -> str:
    """Say what a column seems to hold; examples are left out, they may be personal."""
    if not values:
        return "空 blank"
    if all(map(_reads_as_date, values)):
        return "日期 dates"
    if all(map(_is_money, values)):
        return "数字 numbers"
    return "文字 text"


def _spec(draft: _Draft, column: str) -> str:
    index = draft.chosen[column]
    header = _quoted(draft.grid.headers[index])
    kind = TABLES[draft.table].columns().get(column)
    form = _date_format(draft.values(index)) if kind is not None and kind.name == "date" else None
    text = f'{{from: {header}, format: "{form}"}}' if form else header
    notes = []
    if column in draft.guessed:
        notes.append("按内容推断 guessed from the content")
    if form and {"%d", "%m"} == {form[:2], form[3:5]} and _is_ambiguous(draft.values(index)):
        notes.append("日、月先后请核对 check the order of day and month")
    return f"{text}  # {'; '.join(notes)}" if notes else text


def _is_ambiguous(values: Sequence[str]) -> bool:
    return all(_fits("%d/%m/%Y", text) and _fits("%m/%d/%Y", text) for text in values)


def _quoted(text: str) -> str:
    """Return text as a YAML scalar; plain where that is safe, since people will edit it."""
    plain = text == text.strip() and normalise(text) == text.casefold() and not text.isdigit()
    return text if plain and text else json.dumps(text, ensure_ascii=False)
