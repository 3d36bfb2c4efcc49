"""From files, databases and Python records to raw tables.

``open_source`` is the way in. It reads headers and a sample; rows stream when a ``RawTable`` is iterated, and
nothing is validated here beyond the form of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AbstractMapping
from os import PathLike
from pathlib import Path

from xjk.errors import SourceError
from xjk.ledger.raw import RawTable
from xjk.models.pack import ReaderInfo
from xjk.readers.folder import open_file, open_folder
from xjk.readers.formats import READERS, Reader, ReadOptions
from xjk.readers.grid import Grid
from xjk.readers.mapping.applied import open_mapped
from xjk.readers.mapping.document import Mapping, load_mapping, parse_mapping
from xjk.readers.mapping.suggest import suggest_mapping
from xjk.readers.records import Row, open_records

__all__ = [
    "READERS",
    "Grid",
    "Mapping",
    "ReadOptions",
    "Reader",
    "ReaderInfo",
    "Row",
    "load_mapping",
    "open_source",
    "parse_mapping",
    "suggest_mapping",
]

Records = AbstractMapping[str, Iterable[Row]]
"""Canonical table names to records."""


def open_source(
    source: str | PathLike[str] | Records,
    mapping: Mapping | str | PathLike[str] | None = None,
    *,
    readers: Sequence[ReaderInfo] = READERS,
) -> list[RawTable]:
    """Open a source of data and return its raw tables.

    ``source`` is a dataset folder, a file (delimited text, JSON, workbook, Parquet, SQLite database) or a mapping
    of table names to records. ``mapping`` is a mapping file, or one already loaded, and says how a folder or file
    with other names feeds the tables.

    Raises:
        SourceError: There is nothing at the path, or nothing that can be recognised.
        MappingError: The mapping is faulty or does not fit the files.
        DataError: Files cannot be read; all of them are reported.
    """
    if isinstance(source, AbstractMapping):
        return open_records(source)
    path = Path(source)
    if not path.exists():
        raise SourceError(
            zh="路径不存在。",
            en="There is nothing at this path.",
            where=str(source),
            hint_zh="请检查路径。",
            hint_en="Check the path.",
        )
    if mapping is not None:
        name = "mapping"
        if not isinstance(mapping, Mapping):
            name = Path(mapping).name
            mapping = load_mapping(Path(mapping))
        return open_mapped(path, mapping, name, readers)
    return open_folder(path, readers) if path.is_dir() else open_file(path, readers)
