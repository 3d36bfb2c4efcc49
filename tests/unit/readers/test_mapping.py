from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import MappingError, SourceError, XjkError, YamlError
from xjk.ledger.raw import RawTable
from xjk.readers import Mapping, load_mapping, open_source, parse_mapping

BANK = "状态,日期,标志,数额,户,摘要,附言\n成功,05/03/2024,C,1.5,6222,会议,甲\n失败,06/03/2024,D,2,6222,,\n成功,2024-13-01,D,x,6223,培训,\n"


def folder(tmp_path: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = tmp_path / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def source(columns: str, *, table: str = "bank_transaction", more: str = "", file: str = "*.csv") -> str:
    lines = "".join(f"          {line}\n" for line in columns.splitlines())
    return (
        f'sources:\n  - file: "{file}"\n{more}    tables:\n      - table: {table}\n        columns:\n{lines}'
    )


def mapped(tmp_path: Path, text: str) -> list[RawTable]:
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    return open_source(tmp_path, tmp_path / "m.yaml")


def records(raw: RawTable) -> list[dict[str, object]]:
    return [
        {name: cell for name, cell in zip(raw.columns, row, strict=True) if name} | dict(raw.constants)
        for batch in raw.batches()
        for row in batch.rows
        if row
    ]


def test_every_kind_of_column_is_made(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": BANK})
    text = source(
        """txn_id: {row: true}
account_no: 户
unit_code: {constant: U1}
booked_on: {from: [记账日, 日期], format: "%d/%m/%Y"}
direction: {from: 标志, values: {C: in, D: out}}
amount: {from: 数额, unit: 万元}
memo: {join: [摘要, 附言], separator: " "}
channel: {from: 渠道, default: other}
counterparty_name: {from: 对方, optional: true}""",
        more="    where: {状态: [成功]}\n",
    )
    (raw,) = mapped(tmp_path, text)
    assert records(raw) == [
        {
            "txn_id": "2",
            "account_no": "6222",
            "unit_code": "U1",
            "booked_on": "2024-03-05",
            "direction": "in",
            "amount": "15000.00",
            "memo": "会议 甲",
            "channel": "other",
        },
        {
            "txn_id": "4",
            "account_no": "6223",
            "unit_code": "U1",
            "booked_on": "2024-13-01",
            "direction": "out",
            "amount": "x",
            "memo": "培训",
            "channel": "other",
        },
    ]
    assert "counterparty_name" not in raw.columns


def test_rows_left_out_stay_countable_as_blank_rows(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": BANK})
    (raw,) = mapped(tmp_path, source("amount: 数额", more="    where: {状态: 成功}\n"))
    assert [bool(row) for batch in raw.batches() for row in batch.rows] == [True, False, True]


def test_distinct_takes_the_first_row_of_each_key_over_all_files(tmp_path: Path) -> None:
    folder(tmp_path, **{"1.csv": "单位,名\nU1,甲\nU2,乙\nU1,丙\n", "2.csv": "单位,名\nU2,丁\nU3,戊\n"})
    text = source("unit_code: 单位\nname: 名", table="unit").replace(
        "columns", "distinct: true\n        columns", 1
    )
    first, second = mapped(tmp_path, text)
    for _ in range(2):
        assert [row["name"] for row in records(first)] == ["甲", "乙"]
        assert [row["name"] for row in records(second)] == ["戊"]


def test_one_source_feeds_several_tables(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": BANK})
    text = source("amount: 数额") + "      - table: bank_account\n        columns: {account_no: 户}\n"
    assert [raw.table for raw in mapped(tmp_path, text)] == ["bank_transaction", "bank_account"]


def test_parts_may_be_named_like_columns(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": "进,出\n1.00,\n,2.00\n"})
    (raw,) = mapped(tmp_path, source("received: 进\npaid: 出"))
    assert [(row["direction"], row["amount"]) for row in records(raw)] == [("in", "1.00"), ("out", "2.00")]


def test_blank_rows_are_not_filled_by_defaults(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": "a,b\n1,2\n,\n\n3,\n"})
    (raw,) = mapped(tmp_path, source("txn_id: {row: true}\nmemo: {from: b, default: 无}"))
    assert [(row["txn_id"], row["memo"]) for row in records(raw)] == [("2", "2"), ("5", "无")]


def test_the_header_row_is_found_by_the_names_the_mapping_uses(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": "对账单,2024,一,二\nx,金额,y,z\n\n甲列,乙列\n1,2\n"})
    (raw,) = mapped(tmp_path, source("txn_id: 甲列\namount: 乙列"))
    assert records(raw) == [{"txn_id": "1", "amount": "2"}]


def test_all_faults_of_a_mapping_are_told_at_once_with_suggestions(tmp_path: Path) -> None:
    text = source(
        'amout: a\nbooked_on: {from: a, format: "%B %d"}\namount: {from: a, unit: 萬}\nmemo: {from: a, format: "%d/%m/%Y"}',
        more="    encoding: gbx\n    delimiter: ';;'\n",
        file="../*.csv",
    )
    (tmp_path / "m.yaml").write_text(text + "      - table: paymnt\n        columns: {}\n", "utf-8")
    with pytest.raises(MappingError) as caught:
        load_mapping(tmp_path / "m.yaml")
    places = [error.where.removeprefix("m.yaml: sources[0]") for error in caught.value.errors]
    target = ".tables[0].columns"
    assert [
        ".file",
        ".encoding",
        ".delimiter",
        f"{target}.amout",
        f"{target}.booked_on.format",
        f"{target}.amount.unit",
        f"{target}.memo.format",
        ".tables[1].table",
    ] == places
    assert 'did you mean "amount"?' in caught.value.text("en")
    assert "是否想写“payment”" in caught.value.text("zh")


@pytest.mark.parametrize("pattern", ["../x.csv", "/etc/*", "a/../../b", "C:/x", "~/x", "a\\\\..\\\\b"])
def test_patterns_that_lead_out_of_the_folder_are_refused(pattern: str) -> None:
    document = {"sources": [{"file": pattern, "tables": [{"table": "unit", "columns": {}}]}]}
    with pytest.raises(MappingError, match="leads out"):
        parse_mapping(document, "m")


def test_unknown_keys_are_refused_with_the_closest_one(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(source("amount: {frm: a}", more="    tabels: []\n"), "utf-8")
    with pytest.raises(MappingError) as caught:
        load_mapping(tmp_path / "m.yaml")
    assert 'did you mean "from"?' in caught.value.text("en")
    assert 'did you mean "tables"?' in caught.value.text("en")


@pytest.mark.parametrize(
    "spec", ["{from: a, constant: b}", "{constant: b, unit: 元}", "{}", "{row: false}", "{join: []}"]
)
def test_a_column_has_exactly_one_origin(spec: str, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(source(f"amount: {spec}"), "utf-8")
    with pytest.raises(MappingError):
        load_mapping(tmp_path / "m.yaml")


def test_headers_a_file_lacks_are_all_told_with_the_file(tmp_path: Path) -> None:
    folder(tmp_path, **{"1.csv": "摘要,金额\n1,2\n", "2.csv": "摘要\n1\n"})
    with pytest.raises(MappingError) as caught:
        mapped(tmp_path, source("memo: 摘要\namount: 金额\ntxn_id: 流水", more="    where: {状态: a}\n"))
    text = caught.value.text("en")
    assert len(caught.value.errors) == 5
    assert '1.csv has no column "流水"' in text
    assert '2.csv has no column "状态"' in text


def test_a_pattern_without_files_names_the_closest_file(tmp_path: Path) -> None:
    folder(tmp_path, **{"payments.csv": "a\n1\n"})
    with pytest.raises(MappingError, match=r'did you mean "payments\.csv"'):
        mapped(tmp_path, source("memo: a", file="paymnts.csv"))


def test_files_no_source_takes_are_mentioned(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": "a\n1\n", "other.csv": "a\n1\n"})
    (raw,) = mapped(tmp_path, source("memo: a", file="b.csv"))
    assert [problem.file for problem in raw.problems if problem.code == "P302"] == ["other.csv"]


def test_patterns_reach_into_folders_and_links_do_not_lead_out(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder(data, **{"a.csv": "a\n1\n", "x__b.csv": "a\n1\n", "x__y__c.csv": "a\n1\n"})
    outside = folder(tmp_path / "outside", **{"d.csv": "a\n1\n"})
    (data / "link.csv").symlink_to(outside / "d.csv")
    (tmp_path / "m.yaml").write_text(source("memo: a", file="**/*.csv"), "utf-8")
    raw = open_source(data, tmp_path / "m.yaml")
    assert [each.file for each in raw] == ["a.csv", "x/b.csv", "x/y/c.csv"]


def test_a_mapping_reads_a_single_file_too(tmp_path: Path) -> None:
    folder(tmp_path, **{"b.csv": "a\n1\n"})
    mapping = parse_mapping(
        {"sources": [{"file": "*.csv", "tables": [{"table": "bank_transaction", "columns": {"memo": "a"}}]}]},
        "m",
    )
    (raw,) = open_source(tmp_path / "b.csv", mapping)
    assert records(raw) == [{"memo": "1"}]
    with pytest.raises(SourceError):
        open_source(folder(tmp_path, **{"b.txt": "a\n"}) / "b.txt", mapping)


def test_a_mapping_is_frozen_and_comes_back_from_its_own_text() -> None:
    mapping = parse_mapping(
        {"sources": [{"file": "a", "tables": [{"table": "unit", "columns": {"name": "a"}}]}]}, "m"
    )
    with pytest.raises(ValueError, match="frozen"):
        mapping.version = "2"  # type: ignore[assignment,misc]
    assert mapping == Mapping.model_validate(mapping.model_dump(by_alias=True, exclude_defaults=True))


JUNK = st.recursive(
    st.text(max_size=6) | st.sampled_from(["payment", "amount", "from", "%d/%m/%Y"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sources", "file", "tables", "table", "columns", "from", "where", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(document=JUNK)
def test_no_document_does_anything_but_load_or_be_refused(document: object) -> None:
    try:
        parse_mapping(document, "m")
    except (MappingError, YamlError) as error:
        assert isinstance(error, XjkError)


@given(
    cells=st.lists(st.lists(st.sampled_from(["", "a", "1", "05/03/2024"]), max_size=4), max_size=8),
)
def test_every_record_is_still_there_after_any_mapping(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    place = tmp_path_factory.getbasetemp() / "many"
    place.mkdir(exist_ok=True)
    folder(place, **{"b.csv": "甲,乙\n" + "".join(",".join(row) + "\n" for row in cells)})
    (raw,) = mapped(place, source('booked_on: {from: 甲, format: "%d/%m/%Y"}\nmemo: 乙\ntxn_id: {row: true}'))
    shaped = [row for batch in raw.batches() for row in batch.rows]
    assert len(cells) == len(shaped)
    for before, after in zip(cells, shaped, strict=True):
        assert any(before) == bool(after)
        fits = len(before) == 2 or not any(before[2:])
        assert not after or (len(after) == len(raw.columns)) == (fits and len(before) >= 2)
