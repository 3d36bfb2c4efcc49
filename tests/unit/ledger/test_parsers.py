"""The compiled parsers give exactly the verdict of the models."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.unit.models.samples import COLUMNS, NASTY, PLAIN, TEXTS, good_row

from xjk.ledger.parsers import MEMO_LIMIT, REFUSED, ColumnParser
from xjk.models.columns import MONEY, TEXT, USCC
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.tables import TABLES
from xjk.models.text import is_blank


class Verdict(NamedTuple):
    """Be what becomes of one cell: a model value, or the kind and the message of the refusal."""

    value: object = None
    kind: str = ""
    message: str = ""


def by_model(table: str, column: str, cell: object) -> Verdict:
    """Ask the real model, with good cells in all other columns."""
    try:
        row = TABLES[table].model_validate({**good_row(table), column: cell})
    except ValidationError as error:
        (problem,) = error.errors()
        assert (column,) == problem["loc"]
        if problem["type"] == "missing":
            return Verdict(kind="missing", message=PROBLEM_KINDS["missing"].reason.en)
        return Verdict(kind=problem["type"], message=problem["msg"])
    value = getattr(row, column)
    derived = column in {rule.column for rule in TABLES[table].derived}
    return Verdict(
        None if derived and (cell is None or (isinstance(cell, str) and is_blank(cell))) else value
    )


def parser_of(table: str, column: str) -> ColumnParser:
    model = TABLES[table]
    return ColumnParser(model.columns()[column], required=column in model.required())


def by_parser(parser: ColumnParser, cell: object) -> Verdict:
    """Ask a parser, twice: a memo must not change its mind."""
    (parsed,) = parser.typed_column((cell,))
    assert [parsed] == parser.typed_column((cell,))
    if isinstance(cell, str):
        assert [parsed, parsed] == parser.column((cell, cell))
    bad = parser.reason(cell)
    parser.forget()
    assert (parsed is REFUSED) == (bad is not None)
    if bad is not None:
        return Verdict(kind=bad.kind, message=str(bad))
    assert parsed is None or isinstance(parsed, str | int)
    return Verdict(None if parsed is None else parser.kind.value(parsed))


@pytest.mark.parametrize("place", COLUMNS, ids=".".join)
def test_a_parser_and_the_model_agree_on_every_nasty_text(place: tuple[str, str]) -> None:
    parser = parser_of(*place)
    for text in NASTY:
        assert by_model(*place, text) == by_parser(parser, text), text


@settings(max_examples=2000)
@given(st.sampled_from(COLUMNS), TEXTS)
def test_a_parser_and_the_model_agree_on_any_text(place: tuple[str, str], text: str) -> None:
    assert by_model(*place, text) == by_parser(parser_of(*place), text)


@settings(max_examples=600)
@given(
    st.sampled_from(COLUMNS),
    st.none()
    | st.integers()
    | st.booleans()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.binary()
    | st.lists(st.integers()),
)
def test_a_parser_and_the_model_agree_on_any_python_value(place: tuple[str, str], cell: object) -> None:
    if cell is None and place[1] in TABLES[place[0]].required():
        assert by_parser(parser_of(*place), cell).kind == "missing"
    else:
        assert by_model(*place, cell) == by_parser(parser_of(*place), cell)


@settings(max_examples=300)
@given(
    st.sampled_from(COLUMNS),
    st.lists(st.lists(PLAIN | TEXTS | st.just(""), min_size=1, max_size=6), min_size=1, max_size=5),
)
def test_what_a_text_means_does_not_depend_on_what_was_read_before(
    place: tuple[str, str], columns: list[list[str]]
) -> None:
    parser = parser_of(*place)
    for cells in columns:
        found = parser.column(cells)
        assert [parser_of(*place)[cell] for cell in cells] == found
        assert bool(parser.refused) == (REFUSED in found)
        parser.forget()


def test_a_cell_with_a_line_break_never_becomes_two_amounts() -> None:
    parser = ColumnParser(MONEY, required=False)
    parser.column([f"{number}.00" for number in range(10)])
    cells = ["1.00\n2.00", *(f"{number}.50" for number in range(9))]
    assert [REFUSED, *range(50, 950, 100)] == parser.column(cells)


def test_a_memo_is_started_anew_between_batches_only_and_forgets_no_doubt() -> None:
    parser = ColumnParser(USCC, required=False)
    texts = [f"X{number}" for number in range(MEMO_LIMIT + 10_000)]
    assert texts == parser.column(texts)
    assert set(texts) == set(parser.doubted)
    again = parser.column(texts[:3])
    assert texts[:3] == again
    assert len(parser) == 3
    assert set(texts[:3]) == set(parser.doubted)


def test_a_memo_stays_small_whatever_the_file() -> None:
    parser = ColumnParser(TEXT, required=False)
    for batch in range(40):
        cells = [f"文 {batch} {number}" for number in range(5_000)]
        assert cells == parser.column(cells)
        assert len(parser) < MEMO_LIMIT + 5_000


def test_reasons_of_one_cell_leave_the_column_as_it_was() -> None:
    parser = ColumnParser(MONEY, required=True)
    parser.column(["x", "1.00"])
    before = dict(parser.refused)
    assert parser.reason("1.00") is None
    assert getattr(parser.reason("y"), "kind", None) == "not_money"
    assert getattr(parser.reason(None), "kind", None) == "missing"
    assert before == parser.refused


def test_a_numeric_identifier_of_a_database_is_doubted_like_text() -> None:
    parser = ColumnParser(USCC, required=False)
    assert parser.typed_column((911100006000373419,)) == ["911100006000373419"]
    assert parser.doubted == {911100006000373419: "bad_uscc"}


def test_decimals_and_dates_are_taken_as_they_are() -> None:
    parser = ColumnParser(MONEY, required=False)
    assert parser.typed_column((Decimal("12.5"), "12.50", None)) == [1250, 1250, None]
