from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import FormatError
from xjk.readers.files.jsonl import open_json
from xjk.readers.grid import Grid


def opened(tmp_path: Path, text: str, codec: str = "utf-8") -> Grid:
    path = tmp_path / "payment.jsonl"
    path.write_bytes(text.encode(codec))
    return open_json(path, "payment.jsonl")


def rows(grid: Grid) -> list[tuple[int, list[object]]]:
    return [
        (number, list(row))
        for batch in grid.batches()
        for number, row in zip(batch.numbers, batch.rows, strict=True)
    ]


def test_numbers_keep_the_text_they_are_written_in(tmp_path: Path) -> None:
    grid = opened(tmp_path, '{"amount": 1234.50, "n": 12345678901234567890, "e": 1e5, "x": NaN}\n')
    assert rows(grid) == [(1, ["1234.50", "12345678901234567890", "1e5", "NaN"])]


def test_null_is_blank_and_booleans_are_words(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, '{"a": null, "b": true, "c": false}\n')) == [(1, ["", "true", "false"])]


def test_a_name_that_appears_late_is_a_column_all_the_same(tmp_path: Path) -> None:
    text = '{"a": "1"}\n' * 12_000 + '{"a": "2", "作废": true}\n'
    grid = opened(tmp_path, text)
    assert grid.headers == ("a", "作废")
    assert rows(grid)[-1] == (12_001, ["2", "true"])


def test_records_are_numbered_by_line(tmp_path: Path) -> None:
    assert [number for number, _ in rows(opened(tmp_path, '{"a": "1"}\n\n{"a": "2"}'))] == [1, 3]


@pytest.mark.parametrize(
    "line",
    [
        '{"a": [1], "b": ""}',
        '{"a": {"x": 1}, "b": ""}',
        '{"a": "1", "a": "2"}',
        "[1]",
        "{broken",
        "[" * 100_000,
    ],
    ids=["list", "object", "name twice", "array", "broken", "deep"],
)
def test_a_record_that_is_no_flat_object_is_set_aside_with_its_text(tmp_path: Path, line: str) -> None:
    found = rows(opened(tmp_path, '{"a": "1", "b": "2"}\n' + line + "\n"))
    assert (2, [line[:2000]]) == found[1]


def test_an_array_of_objects_is_read_by_position(tmp_path: Path) -> None:
    grid = opened(tmp_path, '[{"a": 1.10},\n {"a": 2, "b": "x"}, 3]')
    assert rows(grid) == [(1, ["1.10", ""]), (2, ["2", "x"]), (3, ["3"])]


@pytest.mark.parametrize("text", ["", "\n", "[]", "[1]", "{}", "plain", "[{", "[" * 100_000])
def test_a_file_without_a_readable_object_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError):
        opened(tmp_path, text)


@given(
    records=st.lists(
        st.dictionaries(st.sampled_from("abc"), st.text(max_size=5), min_size=1), min_size=1, max_size=5
    ),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    as_array=st.booleans(),
)
def test_records_of_text_come_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]], codec: str, *, as_array: bool
) -> None:
    text = json.dumps(records) if as_array else "".join(json.dumps(record) + "\n" for record in records)
    grid = opened(tmp_path_factory.getbasetemp(), text, codec)
    assert [[record.get(name, "") for name in grid.headers] for record in records] == [
        row for _, row in rows(grid)
    ]
