from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import EncodingError, FormatError, SourceError
from xjk.readers.files.encoding import SAMPLE, Encoding, detect_encoding, open_text, use_encoding

CHINESE = "凭证号,摘要,借方金额\n记-1,支付会议费（第三季度）,1200.00\n记-2,购办公用品，转账,88.50\n"


def write(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "数据.csv"
    path.write_bytes(raw)
    return path


def read(path: Path) -> str:
    with open_text(path, detect_encoding(path, "数据.csv"), "数据.csv") as stream:
        return stream.read()


@pytest.mark.parametrize(
    ("raw", "codec"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (b"plain,ascii\n1,2\n", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_each_supported_encoding_is_told_and_read_exactly(tmp_path: Path, raw: bytes, codec: str) -> None:
    path = write(tmp_path, raw)
    assert codec == detect_encoding(path, "f").codec
    expected = CHINESE if len(raw) > 20 else raw.decode()
    assert expected == read(path)


def test_chinese_that_begins_after_a_long_stretch_of_ascii_is_still_told(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n" + b"1,2\n" * SAMPLE + CHINESE.encode("gb18030"))
    assert Encoding("gb18030") == detect_encoding(path, "f")


@pytest.mark.parametrize(
    "raw",
    [
        "nom,ville\nJosé Müller,Besançon\nRené,Orléans\n".encode("latin-1"),
        "銀行,摘要,金額\n國庫支付,會議費與辦公用品採購,100\n臺灣銀行,轉帳給廠商,200\n".encode("big5"),
    ],
)
def test_text_in_another_encoding_is_refused_and_not_turned_into_chinese(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(EncodingError) as caught:
        detect_encoding(write(tmp_path, raw), "数据.csv")
    assert caught.value.where.startswith("数据.csv:")
    assert caught.value.hint_zh


def test_a_file_that_changes_encoding_on_the_way_stops_at_the_line(tmp_path: Path) -> None:
    good = "摘要,金额\n" + "会议费,1\n" * (SAMPLE // 10)
    path = write(tmp_path, good.encode() + "培训费,2\n".encode("gb18030"))
    line = good.count("\n") + 1
    with pytest.raises(EncodingError, match=f"line {line} ") as caught:
        read(path)
    assert f"offset {len(good.encode())}" in caught.value.en


def test_the_offset_of_a_bad_byte_in_utf16_counts_the_byte_order_mark(tmp_path: Path) -> None:
    raw = codecs.BOM_UTF16_LE + "甲\n乙".encode("utf-16-le") + b"\x00\xd8" + "丙".encode("utf-16-le")
    with pytest.raises(EncodingError, match=r"line 2 \(offset 8\)"):
        read(write(tmp_path, raw))


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04rest", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1", b"SQLite format 3\x00", b"\x1f\x8b\x08"],
)
def test_files_that_are_no_text_are_named_for_what_they_are(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FormatError):
        detect_encoding(write(tmp_path, raw), "f")


def test_utf32_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match="UTF-32"):
        detect_encoding(write(tmp_path, codecs.BOM_UTF32_LE + "甲".encode("utf-32-le")), "f")


def test_a_directory_and_a_missing_file_are_source_errors(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(SourceError):
            detect_encoding(path, "f")


def test_a_stated_encoding_skips_the_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, codecs.BOM_UTF8 + b"a")
    assert Encoding("utf-8", 3) == use_encoding(path, "utf-8", "f")
    assert Encoding("gb18030") == use_encoding(path, "gb18030", "f")


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_either_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = write(tmp_path_factory.getbasetemp(), raw)
    try:
        encoding = detect_encoding(path, "f")
        with open_text(path, encoding, "f") as stream:
            text = stream.read()
    except (EncodingError, FormatError):
        return
    assert raw[encoding.bom :] == text.encode(encoding.codec)
