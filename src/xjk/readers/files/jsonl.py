"""Read JSON Lines, and JSON arrays of objects, without letting a float near an amount."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from xjk.errors import FormatError
from xjk.ledger.raw import Batch
from xjk.readers.files.encoding import Encoding, detect_encoding, open_text, use_encoding
from xjk.readers.grid import BATCH_ROWS, MAX_COLUMNS, Grid, broken_row

ARRAY_LIMIT = 256 * 1024 * 1024
"""Largest JSON array read, in bytes: it has to be in memory at once. JSON Lines has no limit."""

LINE_LIMIT = 16 * 1024 * 1024
"""Longest line of JSON Lines, in characters."""

_SHOWN = 2_000


class _NotFlat(ValueError):
    """Refuse a record that is no flat object with distinct names."""


@dataclass(frozen=True, slots=True)
class _Layout:
    path: Path
    shown: str
    encoding: Encoding
    is_array: bool


def open_json(path: Path, shown: str, *, codec: str | None = None) -> Grid:
    """Open a file of JSON objects, one a line or all in one array.

    The header is the union of the names in all records, in the order they appear. Numbers keep their literal text
    (``1234.50`` stays that). Record numbers are lines, or positions in the array.

    Raises:
        SourceError, EncodingError: As ``detect_encoding`` does.
        FormatError: The file is no JSON of that form.
    """
    encoding = use_encoding(path, codec, shown) if codec else detect_encoding(path, shown)
    with open_text(path, encoding, shown) as stream:
        start = ""
        while not start and (piece := stream.readline(LINE_LIMIT)):
            start = piece.lstrip("\ufeff \t\r\n")
    layout = _Layout(path, shown, encoding, start.startswith("["))
    names: dict[str, None] = {}
    for _, record, _ in _records(layout):
        if record is not None and record.keys() - names.keys():
            names.update(dict.fromkeys(record))
            if len(names) > MAX_COLUMNS:
                raise _error(shown, f"字段超过 {MAX_COLUMNS} 个", f"there are more than {MAX_COLUMNS} fields")
    if not names:
        raise _error(shown, "没有可读的对象", "there is no readable object")
    return Grid(file=shown, headers=tuple(names), batches=partial(_batches, layout, tuple(names)))


def _batches(layout: _Layout, names: Sequence[str]) -> Iterator[Batch]:
    records = _records(layout)
    while chunk := list(islice(records, BATCH_ROWS)):
        rows: list[list[str]] = []
        for _, record, text in chunk:
            rows.append(
                broken_row(text[:_SHOWN], len(names))
                if record is None
                else [record.get(name, "") for name in names]
            )
        yield Batch(rows, [number for number, _, _ in chunk])


def _records(layout: _Layout) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    """Yield number, record (None when it is no flat object) and literal text."""
    if layout.is_array:
        yield from _array_records(layout)
        return
    with open_text(layout.path, layout.encoding, layout.shown) as stream:
        for number, line in enumerate(iter(partial(stream.readline, LINE_LIMIT), ""), start=1):
            if len(line) >= LINE_LIMIT:
                raise _error(f"{layout.shown}:{number}", "一行过长", "a line is too long")
            if line.strip("\ufeff \t\r\n"):
                yield number, _of_line(line.lstrip("\ufeff")), line.strip()


def _array_records(layout: _Layout) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    if layout.path.stat().st_size > ARRAY_LIMIT:
        raise _error(
            layout.shown,
            f"JSON 数组超过 {ARRAY_LIMIT // 1024 // 1024} MB",
            f"the JSON array is larger than {ARRAY_LIMIT // 1024 // 1024} MB",
        )
    with open_text(layout.path, layout.encoding, layout.shown) as stream:
        text = stream.read().lstrip("\ufeff")
    try:
        items = json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _error(f"{layout.shown}{line}", "JSON 语法有误", "it is not valid JSON") from error
    for number, item in enumerate(items, start=1):
        yield number, _of_item(item), str(item)


class _Pairs(list[tuple[str, object]]):
    """Hold an object as its pairs, so that a name given twice is not lost unseen."""


def _loads(line: str) -> object:
    return json.loads(line, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_Pairs)


def _of_line(line: str) -> dict[str, str] | None:
    try:
        return _flat(_loads(line))
    except (ValueError, RecursionError):
        return None


def _of_item(item: object) -> dict[str, str] | None:
    try:
        return _flat(item)
    except ValueError:
        return None


def _flat(value: object) -> dict[str, str]:
    if not isinstance(value, _Pairs):
        raise _NotFlat
    record = {name: _cell(item) for name, item in value}
    if len(record) != len(value):
        raise _NotFlat
    return record


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise _NotFlat


def _error(where: str, zh: str, en: str) -> FormatError:
    return FormatError(
        zh=f"无法作为 JSON 读取：{zh}。",
        en=f"It cannot be read as JSON: {en}.",
        where=where,
        hint_zh="应为每行一个对象（JSON Lines），或对象的数组。",
        hint_en="Give one object a line (JSON Lines) or an array of objects.",
    )
