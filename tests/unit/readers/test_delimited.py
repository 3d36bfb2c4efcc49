from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import EncodingError, FormatError
from xjk.readers.files.delimited import open_delimited
from xjk.readers.files.delimiter import DELIMITERS, Dialect, sniff
from xjk.readers.grid import Grid
from xjk.readers.shaping.headers import is_any_header, is_header_of


def opened(tmp_path: Path, text: str, codec: str = "utf-8") -> Grid:
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode(codec))
    return open_delimited(path, "f.csv", is_any_header)


def rows(grid: Grid) -> list[tuple[int, list[object]]]:
    return [
        (number, list(row))
        for batch in grid.batches()
        for number, row in zip(batch.numbers, batch.rows, strict=True)
    ]


CELLS = st.text(alphabet='甲乙费，,;\t|"\n\r 1.-é（）a', max_size=8)


@given(
    table=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
    ),
    delimiter=st.sampled_from(DELIMITERS),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_whatever_csv_writes_is_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], delimiter: str, codec: str
) -> None:
    headers = ["凭证号", "凭证日期", "摘要", "借方金额", "贷方金额"][: len(table[0])]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([headers, *table])
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_bytes(out.getvalue().encode(codec))
    grid = open_delimited(path, "round.csv", is_header_of("voucher_line"))
    assert tuple(headers) == grid.headers
    assert [(number, row) for number, row in enumerate(table, start=2)] == rows(grid)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_separator_is_told_although_others_occur_in_text(tmp_path: Path, delimiter: str) -> None:
    lines = [["编号", "说明", "数额"], ["1", "甲,乙;丙", "2"], ["2", "a|b\tc,d", "3"], ["3", "x", "4"]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    assert tuple(lines[0]) == opened(tmp_path, out.getvalue()).headers


def test_rows_above_the_header_are_skipped_with_a_notice(tmp_path: Path) -> None:
    text = "中国民生银行对账单\n账号,6226000000001234\n\n交易时间,交易流水号,借方发生额,贷方发生额,账户余额\n2024-01-02,1,5.00,,95.00\n"
    grid = opened(tmp_path, text)
    assert grid.headers == ("交易时间", "交易流水号", "借方发生额", "贷方发生额", "账户余额")
    assert [number for number, _ in rows(grid)] == [5]
    assert grid.furniture == 2
    assert [problem.code for problem in grid.problems] == ["P304"]


def test_record_numbers_count_records_as_a_spreadsheet_does(tmp_path: Path) -> None:
    grid = opened(tmp_path, '凭证号,摘要\n1,"两\n行"\n\n2,甲\n')
    assert rows(grid) == [(2, ["1", "两\n行"]), (3, []), (4, ["2", "甲"])]


def test_a_stray_quote_costs_one_record_and_shows_its_text(tmp_path: Path) -> None:
    body = "".join(f'{number},"摘要{number}",1.00\n' for number in range(2, 400))
    grid = opened(tmp_path, f'凭证号,摘要,借方金额\n1,"甲"乙,1.00\n{body}')
    found = rows(grid)
    assert found[0] == (2, ['1,"甲"乙,1.00'])
    assert len(found) == 399
    assert [len(row) for _, row in found[1:]] == [3] * 398


def test_two_records_run_together_by_a_quote_are_not_taken_for_one(tmp_path: Path) -> None:
    text = '凭证号,摘要,借方金额\n1,"甲,3\n2,"乙",4\n3,丙,5\n'
    found = rows(opened(tmp_path, text))
    assert [row for _, row in found] == [['1,"甲,3\n2,"乙",4'], ["3", "丙", "5"]]


def test_a_quote_never_closed_is_reported_at_the_end(tmp_path: Path) -> None:
    text = "凭证号,摘要\n" + "1,甲\n" * 300 + '2,"乙\n3,丙\n'
    assert rows(opened(tmp_path, text))[-1] == (302, ['2,"乙\n3,丙'])


def test_a_cell_beyond_the_limit_of_the_csv_module_costs_one_record(tmp_path: Path) -> None:
    text = "凭证号,摘要\n1,甲\n2," + "乙" * 200_000 + "\n3,丙\n"
    found = rows(opened(tmp_path, text))
    assert [number for number, _ in found] == [2, 3, 4]
    assert [len(row) for _, row in found] == [2, 1, 2]


def test_quotes_in_unquoted_tab_separated_text_stay(tmp_path: Path) -> None:
    text = '凭证号\t摘要\t借方金额\n1\t"十三五"规划编制费\t9.00\n2\t"甲\t3.00\n3\t乙\t1.00\n'
    assert rows(opened(tmp_path, text))[0][1][1] == '"十三五"规划编制费'


def test_nul_bytes_are_passed_to_validation_and_crash_nothing(tmp_path: Path) -> None:
    found = rows(opened(tmp_path, "凭证号,摘要\n1,甲\x00乙\n2,丙\n"))
    assert [row for _, row in found] == [["1", "甲\x00乙"], ["2", "丙"]]


def test_line_ends_of_every_system_are_read(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        found = rows(opened(tmp_path, end.join(["凭证号,摘要", "1,甲", "2,乙"])))
        assert [row for _, row in found] == [["1", "甲"], ["2", "乙"]]


def test_each_pass_starts_afresh(tmp_path: Path) -> None:
    grid = opened(tmp_path, "凭证号,摘要\n1,甲\n")
    assert rows(grid) == rows(grid)


def test_a_blank_file_has_no_header(tmp_path: Path) -> None:
    for text in ("", "\n\n", ",,\n"):
        with pytest.raises(FormatError):
            opened(tmp_path, text)


def test_a_header_as_wide_as_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        opened(tmp_path, ",".join(f"c{number}" for number in range(5_000)) + "\n")


def test_bytes_that_break_late_stop_the_stream_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("凭证号,摘要\n".encode() + "1,甲\n".encode() * 200_000 + b"2,\xff\n")
    grid = open_delimited(path, "f.csv", is_any_header)
    with pytest.raises(EncodingError, match="line 200002"):
        rows(grid)


def test_repeated_headers_are_told_apart(tmp_path: Path) -> None:
    assert opened(tmp_path, "账号,户名,账号,户名\n").headers == ("账号", "户名", "账号#2", "户名#2")


def test_a_stated_separator_is_not_doubted() -> None:
    assert Dialect("|") == sniff(["a,b,c\n", "1,2,3\n"], is_any_header, "|")


def test_streaming_costs_little_more_than_the_csv_module(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    line = "U1,2024,记-1,1,2024-03-05,支付办公费,5001,业务活动费用,100.00,0.00\n"
    path.write_text(
        "单位编码,会计年度,凭证号,分录号,凭证日期,摘要,科目编码,科目名称,借方金额,贷方金额\n"
        + line * 100_000,
        "utf-8",
    )

    def plain() -> int:
        with path.open(encoding="utf-8", newline="") as stream:
            return len(list(csv.reader(stream)))

    def ours() -> int:
        grid = open_delimited(path, "big.csv", is_header_of("voucher_line"))
        return 1 + sum(len(batch.rows) for batch in grid.batches())

    def best(run: object) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            assert run() == 100_001  # type: ignore[operator]
            times.append(time.perf_counter() - start)
        return min(times)

    assert best(ours) < 3 * best(plain)
