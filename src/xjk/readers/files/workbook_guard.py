"""Refuse workbooks that would hurt, before the workbook library sees them.

An XLSX file is a ZIP archive of XML. What it claims is checked from the archive's directory; the archive reader
never hands out more than an entry claims, so the claims bound what is unpacked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from xjk.errors import FormatError, SourceError

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Largest total size of the unpacked archive, in bytes."""

RATIO_LIMIT = 100
"""Highest compression of an entry over ``RATIO_FROM`` bytes; sheets reach 10 to 30."""

RATIO_FROM = 10 * 1024 * 1024
ENTRY_LIMIT = 5_000
"""Most entries of an archive."""

LAST_ROW = 1_048_576
"""Last row of a spreadsheet."""

_CHUNK = 1024 * 1024
_OVERLAP = 512
_FAR_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,400}?\br="([0-9]{7,})"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]{0,300}?\bt="e"')
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]{0,300}/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def guard_workbook(path: Path, shown: str) -> int:
    """Check a workbook from outside, and return how many of its cells hold an error value.

    Raises:
        SourceError: The file cannot be opened.
        FormatError: It is no ZIP archive, claims to be absurdly large, declares a DTD, has rows a spreadsheet
            cannot have, or formulas that were never calculated (their values would be read as blank).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_claims(entries, shown)
            return sum(_check_part(archive, entry, shown) for entry in entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise unreadable(shown, str(error) or type(error).__name__) from error
    except OSError as error:
        raise SourceError(
            zh=f"文件无法打开：{error.strerror or error}。",
            en=f"The file cannot be opened: {error.strerror or error}.",
            where=shown,
            hint_zh="请检查路径和读取权限。",
            hint_en="Check the path and the permission to read it.",
        ) from error


def unreadable(shown: str, why: str) -> FormatError:
    """Make the error for a workbook that breaks its own format."""
    return FormatError(
        zh=f"工作簿无法读取：{why}。",
        en=f"The workbook cannot be read: {why}.",
        where=shown,
        hint_zh="请用 Excel 或 WPS 打开后另存为 XLSX；旧版 XLS 和加密文件不支持。",
        hint_en="Open it in Excel or WPS and save it as XLSX; old XLS and encrypted files are not supported.",
    )


def _check_claims(entries: list[zipfile.ZipInfo], shown: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRY_LIMIT:
        raise _too_large(shown, f"压缩包含 {len(entries)} 个条目", f"its archive has {len(entries)} entries")
    if total > UNPACKED_LIMIT:
        raise _too_large(shown, f"解压后将有 {total >> 20} MB", f"it would unpack to {total >> 20} MB")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(1, entry.compress_size):
            raise _too_large(
                shown,
                f"条目 {entry.filename} 压缩比异常",
                f"its entry {entry.filename} is packed suspiciously well",
            )


def _too_large(shown: str, zh: str, en: str) -> FormatError:
    return FormatError(
        zh=f"工作簿过大或可疑，未打开：{zh}。",
        en=f"The workbook is too large or suspicious and was not opened: {en}.",
        where=shown,
        hint_zh="请分成几个文件，或另存为 CSV。",
        hint_en="Split it, or save its sheets as CSV.",
    )


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> int:
    """Check one part and return its error cells; what a part is does not depend on its suffix."""
    where = f"{shown}#{entry.filename}"
    with archive.open(entry) as stream:
        is_xml = _refuse_dtd(stream, where)
    if not is_xml:
        return 0
    with archive.open(entry) as stream:
        return _check_sheet(stream, where)


class _DtdFound(Exception):
    """Stop parsing at a document type declaration."""


class _RootReached(Exception):
    """Stop parsing at the first element; nothing can be declared after it."""


def _refuse_dtd(stream: IO[bytes], where: str) -> bool:
    """Tell whether a part is XML; one with a document type declaration is refused."""
    parser = expat.ParserCreate()

    def found(*_: object) -> None:
        raise _DtdFound

    def reached(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = found
    parser.StartElementHandler = reached
    try:
        while chunk := stream.read(64 * 1024):
            parser.Parse(chunk, False)
    except _RootReached:
        return True
    except _DtdFound:
        raise FormatError(
            zh="工作簿含有文档类型声明（DTD），拒绝读取。",
            en="The workbook declares a document type (DTD) and is refused.",
            where=where,
            hint_zh="正常的工作簿没有这种声明；请核对文件来源。",
            hint_en="Real workbooks have none; check where the file comes from.",
        ) from None
    except expat.ExpatError:
        return False
    return False


def _check_sheet(stream: IO[bytes], where: str) -> int:
    errors = 0
    for start, window in _windows(stream):
        errors += sum(1 for found in _ERROR_CELL.finditer(window) if found.end() > start)
        if any(int(found[1]) > LAST_ROW for found in _FAR_ROW.finditer(window)):
            raise unreadable(where, f"> {LAST_ROW} rows")
        if _NO_VALUE.search(window):
            raise FormatError(
                zh="工作簿中有从未计算过的公式，读出来会是空白。",
                en="The workbook has formulas that were never calculated; they would be read as blank.",
                where=where,
                hint_zh="请用 Excel 或 WPS 打开，保存后重新导入。",
                hint_en="Open it in Excel or WPS, save it, and load it again.",
            )
    return errors


def _windows(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield overlapping pieces of a stream, so that nothing short is cut in two unseen, and where the new begins."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        yield len(tail), tail + chunk
        tail = chunk[-_OVERLAP:]
