"""Read the files of a folder the way a mapping file says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from xjk.errors import DataError, FormatError, MappingError, SourceError
from xjk.ledger.raw import Batch, RawTable
from xjk.models.nearest import did_you_mean
from xjk.models.pack import ReaderInfo
from xjk.models.problem import Problem
from xjk.models.tables import TABLES
from xjk.readers.files.encoding import named_encoding
from xjk.readers.formats import READERS, ReadOptions, open_grids, reader_of
from xjk.readers.grid import Grid
from xjk.readers.mapping.document import (
    ColumnSource,
    Mapping,
    Names,
    Source,
    TableTarget,
    collected,
    mapping_error,
)
from xjk.readers.shaping.bind import in_yuan
from xjk.readers.shaping.headers import candidates, normalise, stated_unit
from xjk.readers.shaping.pieces import Cell, Frame, Piece, combined, converted
from xjk.readers.shaping.shape import shape


def open_mapped(
    place: Path, mapping: Mapping, name: str, readers: Sequence[ReaderInfo] = READERS
) -> list[RawTable]:
    """Open what a mapping says of a folder, or of one file.

    ``name`` is how errors call the mapping. Files that no source takes are mentioned in a notice.

    Raises:
        MappingError: A pattern matches no file, or a file lacks headers; all faults are listed.
        DataError: Files cannot be read.
    """
    folder, files = (place, _all_files(place)) if place.is_dir() else (place.parent, [place])
    raw: list[RawTable] = []
    errors: list[DataError] = []
    taken: set[Path] = set()
    firsts: dict[str, _Firsts] = {}
    for index, source in enumerate(mapping.sources):
        where = f"{name}: sources[{index}]"
        matched = [path for path in files if _matches(path.relative_to(folder), source.file)]
        if not matched and place.is_dir():
            errors.append(_no_file(source, files, folder, where))
        taken.update(matched)
        for path in matched:
            shown = path.relative_to(folder).as_posix()
            try:
                raw += _open(path, shown, source, where, readers, firsts)
            except DataError as error:
                errors += error.errors or (error,)  # type: ignore[arg-type]
    if errors:
        raise _all(errors, name)
    if not raw:
        raise _nothing(place, name)
    unread = [
        path.relative_to(folder).as_posix()
        for path in files
        if path not in taken and reader_of(path, readers)
    ]
    notices = (Problem.of("unknown_file", file=shown, guess="") for shown in unread)
    return [replace(raw[0], problems=(*notices, *raw[0].problems)), *raw[1:]]


def _all_files(folder: Path) -> list[Path]:
    """Return the files under a folder; hidden ones and those a link leads out to do not count."""
    root = folder.resolve()
    return sorted(
        path
        for path in folder.rglob("*")
        if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.is_file()
        and path.resolve().is_relative_to(root)
    )


def _matches(path: Path, pattern: str) -> bool:
    """Tell whether a relative path matches a pattern; ``**`` stands for any folders, also none."""
    return _parts_match(path.parts, PurePosixPath(pattern).parts)


def _parts_match(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_parts_match(parts[skip:], pattern[1:]) for skip in range(len(parts) + 1))
    return bool(parts) and PurePosixPath(parts[0]).match(pattern[0]) and _parts_match(parts[1:], pattern[1:])


def _open(
    path: Path,
    shown: str,
    source: Source,
    where: str,
    readers: Sequence[ReaderInfo],
    firsts: dict[str, _Firsts],
) -> list[RawTable]:
    names = frozenset(map(normalise, source.header_names()))
    options = ReadOptions(
        is_header=lambda cell: any(candidate in names for candidate in candidates(cell)),
        codec=named_encoding(source.encoding) if source.encoding else None,
        delimiter=source.delimiter,
        sheet=source.sheet,
        header_row=source.header_row,
    )
    grids = open_grids(path, shown, options, readers)
    errors: list[MappingError] = []
    raw: list[RawTable] = []
    for grid in grids:
        try:
            raw += _tables(grid, source, where, firsts)
        except MappingError as error:
            errors += error.errors or (error,)  # type: ignore[arg-type]
    if errors:
        raise collected(errors, shown)
    return raw


def _tables(grid: Grid, source: Source, where: str, firsts: dict[str, _Firsts]) -> list[RawTable]:
    """Return the tables one grid feeds; headers it lacks are all reported."""
    headers = _Headers(grid)
    grid = _filtered(grid, source, headers, where)
    raw = [
        _table(grid, target, headers, f"{where}.tables[{place}]", firsts)
        for place, target in enumerate(source.tables)
    ]
    if headers.errors:
        raise collected(headers.errors, grid.file)
    return [raw[0], *(replace(each, problems=()) for each in raw[1:])]


@dataclass(slots=True)
class _Headers:
    """Find the headers of a grid by name, and remember what was not found."""

    grid: Grid
    errors: list[MappingError] = field(default_factory=list)

    def find(self, names: Names) -> int | None:
        """Return the position of the first of the names that the grid has."""
        headers = self.grid.headers
        for name in names:
            if name.strip() in headers:
                return headers.index(name.strip())
            wanted = normalise(name)
            for index, header in enumerate(headers):
                if wanted in candidates(header):
                    return index
        return None

    def need(self, names: Names, where: str) -> int:
        """Return the position, or 0 and an error kept."""
        index = self.find(names)
        if index is None:
            end_zh, end_en = did_you_mean(names[0], self.grid.headers)
            wanted_zh, wanted_en = "”或“".join(names), '" or "'.join(names)
            listed = "、".join(header for header in self.grid.headers if header)[:500]
            self.errors.append(
                mapping_error(
                    where,
                    f"文件 {self.grid.file} 没有列“{wanted_zh}”{end_zh}",
                    f'The file {self.grid.file} has no column "{wanted_en}"{end_en}',
                    f"文件的列：{listed}。如该列可缺，请写 optional: true。",
                    f"Its columns are: {listed}. If it may be missing, write optional: true.",
                )
            )
        return index or 0


def _table(
    grid: Grid, target: TableTarget, headers: _Headers, where: str, firsts: dict[str, _Firsts]
) -> RawTable:
    pieces: dict[str, Piece] = {}
    constants: dict[str, str] = {}
    for column, spec in target.columns.items():
        place = f"{where}.columns.{column}"
        if spec.from_ and headers.find(spec.from_) is None and (spec.optional or spec.default is not None):
            constant = spec.default
        else:
            constant = spec.constant
        if constant is not None:
            if column in TABLES[target.table].model_fields:
                constants[column] = constant
            else:
                pieces[column] = partial(_repeated, constant)
        elif not (spec.optional and headers.find(spec.from_) is None):
            pieces[column] = _piece(target.table, column, spec, headers, place)
    raw = shape(grid, target.table, pieces, constants=constants)
    if not target.distinct:
        return raw
    seen = firsts.setdefault(target.table, _Firsts())
    return replace(raw, batches=partial(_distinct, raw, seen), at_rest=None)


def _repeated(text: str, frame: Frame) -> Sequence[str]:
    return [text] * len(frame.numbers)


def _piece(table: str, column: str, spec: ColumnSource, headers: _Headers, where: str) -> Piece:
    """Return how one column is computed."""
    if spec.row:
        return lambda frame: list(map(str, frame.numbers))
    if spec.join:
        cells = [Cell(headers.need(names, where)) for names in spec.join]
        joined = combined(
            cells, lambda *texts: spec.separator.join(text.strip() for text in texts if text.strip())
        )
        return _with_default(joined, spec)
    index = headers.need(spec.from_, where)
    piece: Piece = Cell(index)
    if spec.values:
        piece = converted(piece, lambda text: spec.values.get(text.strip(), text))
    piece = in_yuan(table, column, piece, spec.unit or stated_unit(headers.grid.headers[index]))
    if spec.format:
        piece = converted(piece, partial(_iso_date, spec.format))
    return _with_default(piece, spec)


def _with_default(piece: Piece, spec: ColumnSource) -> Piece:
    if spec.default is None:
        return piece
    default = spec.default
    return converted(piece, lambda text: text if text.strip() else default)


def _iso_date(formats: Names, text: str) -> str:
    """Return the date as ISO text; text in none of the formats stays, for validation to judge."""
    for form in formats:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    return text


def _filtered(grid: Grid, source: Source, headers: _Headers, where: str) -> Grid:
    """Blank the rows that ``where`` leaves out; blank rows are counted and ignored."""
    if not source.where:
        return grid
    tests = [
        (headers.need((name,), f"{where}.where.{name}"), frozenset(value.strip() for value in values))
        for name, values in source.where.items()
    ]
    return replace(grid, batches=partial(_taken, grid.batches, tests), at_rest=None)


def _taken(
    batches: Callable[[], Iterator[Batch]], tests: Sequence[tuple[int, frozenset[str]]]
) -> Iterator[Batch]:
    for batch in batches():
        rows = [row if _is_taken(row, tests) else () for row in batch.rows]
        yield Batch(rows, batch.numbers)


def _is_taken(row: Sequence[object], tests: Iterable[tuple[int, frozenset[str]]]) -> bool:
    """Tell whether a row is wanted; a row too short to tell is, so that it is quarantined and not lost."""
    return all(len(row) <= index or str(row[index]).strip() in values for index, values in tests)


class _Firsts(dict[tuple[object, ...], tuple[str, int]]):
    """Remember where each key was met first, over all files that feed a table."""


def _distinct(raw: RawTable, seen: _Firsts) -> Iterator[Batch]:
    """Blank the rows whose key was met in an earlier row."""
    key = TABLES[raw.table].key
    places = [raw.columns.index(column) for column in key if column in raw.columns]
    width = len(raw.columns)
    for batch in raw.batches():
        rows: list[Sequence[object]] = []
        for row, number in zip(batch.rows, batch.numbers, strict=True):
            here = (raw.file, number)
            is_first = (
                len(row) != width or seen.setdefault(tuple(row[place] for place in places), here) == here
            )
            rows.append(row if is_first else ())
        yield Batch(rows, batch.numbers)


def _no_file(source: Source, files: list[Path], folder: Path, where: str) -> MappingError:
    names = [path.relative_to(folder).as_posix() for path in files]
    end_zh, end_en = did_you_mean(source.file, names)
    return mapping_error(
        f"{where}.file",
        f"没有文件与“{source.file}”相符{end_zh}",
        f'No file matches "{source.file}"{end_en}',
        "路径相对于数据文件夹。",
        "The path is relative to the data folder.",
    )


def _nothing(place: Path, name: str) -> SourceError:
    return SourceError(
        zh=f"映射 {name} 没有可用于 {place.name} 的内容。",
        en=f"The mapping {name} has nothing for {place.name}.",
        where=name,
        hint_zh="请检查 file 模式，及文件是否为空。",
        hint_en="Check the file pattern, and whether the file is blank.",
    )


def _all(errors: list[DataError], name: str) -> DataError:
    if len(errors) == 1:
        return errors[0]
    kind = MappingError if all(isinstance(error, MappingError) for error in errors) else FormatError
    return kind(
        zh=f"按映射读取时有 {len(errors)} 处问题：",
        en=f"Reading by the mapping met {len(errors)} faults:",
        where=name,
        errors=errors,
    )
