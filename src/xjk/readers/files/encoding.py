"""Find out how the text of a file is encoded, and never guess in silence.

Exports of Chinese finance software come as GB18030 (or its subsets GBK and GB2312), as UTF-8 with or without
a byte-order mark, and as UTF-16 ("Unicode text" of Excel). Decoding is strict everywhere: a byte that does not
fit stops the file with its offset and line, instead of turning into a wrong character in somebody's name.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from xjk.errors import EncodingError, FormatError, SourceError

SAMPLE = 256 * 1024
"""Bytes looked at to tell the encoding, counted from the first one that is not ASCII."""

_CHUNK = 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
"""Encodings a mapping file may name. Only the first three families are ever guessed."""

_BINARY = (
    (b"PK\x03\x04", "ZIP（XLSX、OFD 等）", "a ZIP archive (XLSX, OFD, ...)"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（XLS）", "an old Office file (XLS)"),
    (b"%PDF", "PDF", "a PDF"),
    (b"SQLite format 3\x00", "SQLite 数据库", "a SQLite database"),
    (b"PAR1", "Parquet", "a Parquet file"),
    (b"\x1f\x8b", "GZIP 压缩文件", "a GZIP archive"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """Name a codec and the number of byte-order-mark bytes to skip before it starts."""

    codec: str
    bom: int = 0


def known_encodings() -> tuple[str, ...]:
    """Return the encoding names a mapping file may use."""
    return tuple(_NAMES)


def named_encoding(name: str) -> str | None:
    """Return the codec for an encoding name as people write it, or None if it is not supported."""
    return _NAMES.get(name.strip().lower().replace("_", "-"))


def detect_encoding(path: Path, shown: str) -> Encoding:
    """Tell the encoding of a text file from a bounded sample.

    ASCII is read past, however long, so that a sample of a file that only late turns Chinese is not mistaken.

    Raises:
        SourceError: The file cannot be opened.
        FormatError: It is no text at all (a workbook, a PDF, a database).
        EncodingError: It is text in no encoding that can be told for sure; offset and line are given.
    """
    with open_bytes(path, shown) as stream:
        head = stream.read(SAMPLE)
        _refuse_binary(head, shown)
        for bom, codec in _BOMS:
            if head.startswith(bom):
                _refuse_utf32(head, shown)
                return Encoding(codec, len(bom))
        utf16 = _utf16_without_bom(head)
        if utf16 is not None:
            return Encoding(utf16)
        start, sample = _first_beyond_ascii(head, stream)
    if not sample or _decodes(sample, "utf-8"):
        return Encoding("utf-8")
    if _decodes(sample, "gb18030") and _reads_as_chinese(sample):
        return Encoding("gb18030")
    raise _located(path, Encoding("utf-8"), shown, start)


def use_encoding(path: Path, codec: str, shown: str) -> Encoding:
    """Return the encoding somebody stated, with the byte-order mark of the file taken into account."""
    with open_bytes(path, shown) as stream:
        head = stream.read(4)
    for bom, found in _BOMS:
        if head.startswith(bom) and (found == codec or (codec, found) == ("utf-16-le", "utf-16-be")):
            return Encoding(found, len(bom))
    return Encoding(codec)


@contextmanager
def open_bytes(path: Path, shown: str) -> Iterator[BinaryIO]:
    """Open a regular file for reading; a directory, device or unreadable file is a SourceError."""
    try:
        if not path.is_file():
            raise SourceError(
                zh="不是可读的普通文件。",
                en="It is not a regular file.",
                where=shown,
                hint_zh="请检查路径。",
                hint_en="Check the path.",
            )
        stream = path.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            zh=f"文件无法打开：{reason}。",
            en=f"The file cannot be opened: {reason}.",
            where=shown,
            hint_zh="请检查路径和读取权限。",
            hint_en="Check the path and the permission to read it.",
        ) from error
    with stream:
        yield stream


@contextmanager
def open_text(path: Path, encoding: Encoding, shown: str) -> Iterator[TextIO]:
    """Open a text file with strict decoding and untouched line ends.

    Raises:
        EncodingError: Anywhere in the body of the ``with``, when a byte cannot be decoded; says where it is.
    """
    with open_bytes(path, shown) as raw:
        raw.seek(encoding.bom)
        with io.TextIOWrapper(raw, encoding=encoding.codec, errors="strict", newline="") as stream:
            try:
                yield stream
            except UnicodeDecodeError as error:
                raise _located(path, encoding, shown, 0) from error


def _refuse_binary(head: bytes, shown: str) -> None:
    for magic, zh, en in _BINARY:
        if head.startswith(magic):
            raise FormatError(
                zh=f"文件不是文本，而是{zh}。",
                en=f"The file is not text but {en}.",
                where=shown,
                hint_zh="请使用与内容相符的扩展名，或另存为 CSV（UTF-8）。",
                hint_en="Give it the suffix that fits its content, or save it as CSV (UTF-8).",
            )


def _refuse_utf32(head: bytes, shown: str) -> None:
    if head.startswith(codecs.BOM_UTF32_LE):
        raise EncodingError(
            zh="不支持 UTF-32 编码。",
            en="UTF-32 is not supported.",
            where=shown,
            hint_zh="请另存为 UTF-8。",
            hint_en="Save the file as UTF-8.",
        )


def _utf16_without_bom(head: bytes) -> str | None:
    """Tell UTF-16 by its NULs: the digits, commas and line ends of an export have them all on one side."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 20 < len(head) or even + odd == 0:
        return None
    for codec, mine, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if other * 20 <= mine and _decodes(head, codec) and "\x00" not in _decoded(head, codec):
            return codec
    return None


def _first_beyond_ascii(head: bytes, stream: BinaryIO) -> tuple[int, bytes]:
    """Return the offset of the first byte that is not ASCII and the sample from there (empty when none)."""
    offset, chunk = 0, head
    while chunk.isascii():
        offset += len(chunk)
        chunk = stream.read(_CHUNK)
        if not chunk:
            return offset, b""
    inside = next(index for index, byte in enumerate(chunk) if byte > 0x7F)
    sample = chunk[inside : inside + SAMPLE]
    if len(sample) < SAMPLE:
        sample += stream.read(SAMPLE - len(sample))
    return offset + inside, sample


def _decodes(sample: bytes, codec: str) -> bool:
    """Tell whether a sample decodes, a character cut off at its end aside."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(sample, final=len(sample) < SAMPLE)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(sample: bytes, codec: str) -> str:
    return codecs.getincrementaldecoder(codec)("strict").decode(sample)


def _reads_as_chinese(sample: bytes) -> bool:
    """Tell Chinese text from other bytes that happen to be legal GB18030.

    Legal is nearly everything; Chinese prose is not: nine characters in ten lie in GB2312, and most of those in
    its symbols and its first level of 3,755 common characters. UTF-8, Big5 or Windows-1252 taken for GB18030
    do not look like that.
    """
    text = _decoded(sample, "gb18030")
    foreign = [char for char in text[:40_000] if ord(char) > 0x7F]
    plain = [raw for raw in map(_gb2312, foreign) if raw]
    common = sum(1 for raw in plain if raw[0] <= 0xD7)
    return len(plain) * 10 >= len(foreign) * 9 and common * 10 >= len(foreign) * 6


def _gb2312(char: str) -> bytes:
    try:
        return char.encode("gb2312")
    except UnicodeEncodeError:
        return b""


def _located(path: Path, encoding: Encoding, shown: str, start: int) -> EncodingError:
    """Make the error for the first byte at or after ``start`` that does not decode."""
    offset, line, byte = _first_bad_byte(path, encoding, shown, start)
    name = encoding.codec.upper()
    return EncodingError(
        zh=f"第 {line} 行（字节偏移 {offset}）的字节 0x{byte:02X} 不是 {name} 文本，也无法可靠地认作其他编码。",
        en=f"Byte 0x{byte:02X} on line {line} (offset {offset}) is not {name} text, and no other encoding fits for sure.",
        where=f"{shown}:{line}",
        hint_zh="请在原系统中重新导出，或另存为 UTF-8；如已知编码，请在映射文件中写明 encoding。",
        hint_en="Export it again or save it as UTF-8; if the encoding is known, state it as encoding in a mapping file.",
    )


def _first_bad_byte(path: Path, encoding: Encoding, shown: str, start: int) -> tuple[int, int, int]:
    """Return offset, line (1-based) and value of the first byte that cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    line, read = 1, encoding.bom
    with open_bytes(path, shown) as stream:
        stream.seek(encoding.bom)
        while True:
            chunk = stream.read(_CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding.codec, "ignore")
                offset = read - (len(error.object) - len(chunk)) + error.start
                return offset, line + before.count("\n"), error.object[error.start]
            read += len(chunk)
            if not chunk:
                return max(start, 0), line, 0
