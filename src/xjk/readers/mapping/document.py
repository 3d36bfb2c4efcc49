"""The mapping file: how columns of any export become columns of the canonical tables.

```yaml
sources:
  - file: 流水/*.csv              # relative to the data folder; ** goes into folders
    encoding: gb18030             # optional, detected otherwise; so are delimiter, header_row and sheet
    where: {状态: [成功, 已入账]}
    tables:
      - table: bank_transaction
        columns:
          txn_id: 交易流水号                                   # one header
          booked_on: {from: [交易日期, 记账日期], format: "%d/%m/%Y"}   # the first header the file has
          amount: {from: 金额, unit: 万元}
          direction: {from: 标志, values: {C: in, D: out}}
          unit_code: {constant: "101001"}
          memo: {join: [摘要, 附言], separator: " "}
          channel: {from: 渠道, default: other}
```

Parts of other forms (``received`` and ``paid`` instead of direction and amount, see ``forms``) are named like columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from xjk.errors import MappingError
from xjk.models.nearest import did_you_mean
from xjk.models.tables import TABLES
from xjk.readers.files.encoding import known_encodings, named_encoding
from xjk.readers.shaping.shape import part_names
from xjk.readers.shaping.units import UNITS
from xjk.reference.yaml_file import read_yaml

Names = tuple[str, ...]

_DIRECTIVES = frozenset("YymdHMSfj%")
"""Parts of a date format that do not depend on the language of the machine."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ColumnSource(_Document):
    """Say where the values of one column come from; exactly one of from, constant, join and row is given."""

    from_: Names = Field(
        default=(), alias="from", description="Header, or headers of which the first found is used."
    )
    format: Names = Field(default=(), description="Date formats in numbers, such as %d/%m/%Y, tried in turn.")
    unit: str | None = Field(default=None, description="Unit of the amounts: 元, 千元, 万元 ...")
    values: dict[str, str] = Field(default_factory=dict, description="Replacement of whole values.")
    default: str | None = Field(
        default=None, description="Text where the cell is blank or the header missing."
    )
    optional: bool = Field(default=False, description="Whether the header may be missing.")
    constant: str | None = Field(default=None, description="The same text in every row.")
    join: tuple[Names, ...] = Field(default=(), description="Headers whose cells are joined.")
    separator: str = Field(default="-", description="Text between joined cells.")
    row: bool = Field(default=False, description="The record number, useful in keys.")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, data: Any) -> Any:
        """Read a header name, or a list of them, as ``from``; single names as lists of one."""
        if isinstance(data, str | list | tuple):
            data = {"from": data}
        if not isinstance(data, AbstractMapping):
            return data
        spread = dict(data)
        for name in ("from", "from_", "format"):
            if isinstance(spread.get(name), str):
                spread[name] = [spread[name]]
        if isinstance(spread.get("join"), list | tuple):
            spread["join"] = [[item] if isinstance(item, str) else item for item in spread["join"]]
        return spread

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = [bool(self.from_), self.constant is not None, bool(self.join), self.row]
        if sum(given) != 1:
            raise ValueError("give exactly one of from, constant, join and row")
        if not self.from_ and (self.format or self.unit or self.values or self.optional):
            raise ValueError("format, unit, values and optional go with from")
        return self

    def headers(self) -> tuple[Names, ...]:
        """Return the headers needed, each with its alternatives."""
        return (self.from_,) if self.from_ else self.join


class TableTarget(_Document):
    """Say how a source feeds one canonical table."""

    table: str = Field(description="Canonical table.")
    distinct: bool = Field(default=False, description="Whether only the first row of each key is taken.")
    columns: dict[str, ColumnSource] = Field(description="Canonical column to where its values come from.")


class Source(_Document):
    """Describe the files of one kind."""

    file: str = Field(min_length=1, description="File pattern, relative to the data folder.")
    encoding: str | None = Field(default=None, description="Encoding of text files.")
    delimiter: str | None = Field(
        default=None, description="Separator of delimited files; \\t or tab is a tab."
    )
    sheet: str | None = Field(default=None, description="Sheet of a workbook, or table of a database.")
    header_row: int | None = Field(default=None, ge=1, le=1_000, description="Row of the header, from 1.")
    where: dict[str, Names] = Field(default_factory=dict, description="Header to the values of rows taken.")
    tables: tuple[TableTarget, ...] = Field(min_length=1, description="Tables the source feeds.")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, data: Any) -> Any:
        if not isinstance(data, AbstractMapping):
            return data
        spread = dict(data)
        where = spread.get("where")
        if isinstance(where, AbstractMapping):
            spread["where"] = {key: [val] if isinstance(val, str) else val for key, val in where.items()}
        if spread.get("delimiter") in ("\\t", "tab"):
            spread["delimiter"] = "\t"
        return spread

    def header_names(self) -> frozenset[str]:
        """Return every header the source names."""
        named = (
            name
            for target in self.tables
            for column in target.columns.values()
            for names in column.headers()
            for name in names
        )
        return frozenset((*named, *self.where))


class Mapping(_Document):
    """Describe how the files of a data folder feed the canonical tables."""

    version: Literal["1"] = Field(default="1", description="Version of this form of file.")
    sources: tuple[Source, ...] = Field(min_length=1, description="Kinds of files.")


def load_mapping(path: Path) -> Mapping:
    """Load a mapping file.

    Raises:
        YamlError: The file is no acceptable YAML.
        MappingError: It names unknown keys, tables, columns, units or encodings; all of them are listed.
    """
    return parse_mapping(read_yaml(path, name=path.name), path.name)


def parse_mapping(document: object, name: str) -> Mapping:
    """Check a mapping that was read from YAML or built in Python; ``name`` is how errors call it.

    Raises:
        MappingError: As ``load_mapping``.
    """
    try:
        mapping = Mapping.model_validate(document)
    except ValidationError as error:
        raise collected(list(_form_errors(error, name)), name) from None
    errors = list(_meaning_errors(mapping, name))
    if errors:
        raise collected(errors, name)
    return mapping


def collected(errors: list[MappingError], name: str) -> MappingError:
    """Return one error for all that were found."""
    if len(errors) == 1:
        return errors[0]
    return MappingError(
        zh=f"映射有 {len(errors)} 处问题：",
        en=f"The mapping has {len(errors)} faults:",
        where=name,
        errors=errors,
    )


def mapping_error(where: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> MappingError:
    """Make one error of a mapping; ``where`` is file and path, such as ``m.yaml: sources[0].tables[1]``."""
    return MappingError(zh=zh, en=en, where=where, hint_zh=hint_zh, hint_en=hint_en)


def _form_errors(error: ValidationError, name: str) -> Iterator[MappingError]:
    """Turn what pydantic found into errors that name the path and suggest keys."""
    items = error.errors(include_url=False, include_context=False, include_input=False)
    for item in items:
        size = len(item["loc"])
        if any(other["loc"][:size] == item["loc"] and len(other["loc"]) > size for other in items):
            continue  # it only follows from a fault inside
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"]).lstrip(
            "."
        )
        where = f"{name}: {path}" if path else name
        if item["type"] == "extra_forbidden":
            key = str(item["loc"][-1])
            end_zh, end_en = did_you_mean(key, _keys_beside(item["loc"]))
            yield mapping_error(where, f"没有“{key}”这个键{end_zh}", f'There is no key "{key}"{end_en}')
        else:
            message = item["msg"].removeprefix("Value error, ")
            yield mapping_error(where, f"写法有误：{message}。", f"Not as it should be: {message}.")


def _keys_beside(path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that may stand at a place of the document."""
    kind: type[_Document] = Mapping
    for parent, child in (("sources", Source), ("tables", TableTarget), ("columns", ColumnSource)):
        if parent in path[:-1]:
            kind = child
    return [info.alias or key for key, info in kind.model_fields.items()]


def _meaning_errors(mapping: Mapping, name: str) -> Iterator[MappingError]:
    for index, source in enumerate(mapping.sources):
        where = f"{name}: sources[{index}]"
        yield from _source_errors(source, where)
        for place, target in enumerate(source.tables):
            yield from _target_errors(target, f"{where}.tables[{place}]")


def _source_errors(source: Source, where: str) -> Iterator[MappingError]:
    pattern = PurePosixPath(source.file)
    if pattern.is_absolute() or ".." in pattern.parts or re.match(r"[A-Za-z]:|~|.*\\", source.file):
        yield mapping_error(
            f"{where}.file",
            f"“{source.file}”指向数据文件夹之外。",
            f'"{source.file}" leads out of the data folder.',
            "请用相对路径，以 / 分隔，不含 ..。",
            "Use a relative path with / and without ...",
        )
    if source.encoding is not None and named_encoding(source.encoding) is None:
        end_zh, end_en = did_you_mean(source.encoding, known_encodings())
        yield mapping_error(
            f"{where}.encoding",
            f"不支持编码“{source.encoding}”{end_zh}",
            f'The encoding "{source.encoding}" is not supported{end_en}',
        )
    if source.delimiter is not None and (len(source.delimiter) != 1 or source.delimiter in '"\r\n'):
        yield mapping_error(
            f"{where}.delimiter", "分隔符应为一个字符。", "The delimiter should be one character."
        )


def _target_errors(target: TableTarget, where: str) -> Iterator[MappingError]:
    if target.table not in TABLES:
        end_zh, end_en = did_you_mean(target.table, TABLES)
        yield mapping_error(
            f"{where}.table",
            f"没有名为“{target.table}”的表{end_zh}",
            f'There is no table "{target.table}"{end_en}',
        )
        return
    known = part_names(target.table)
    kinds = TABLES[target.table].columns()
    for column, spec in target.columns.items():
        place = f"{where}.columns.{column}"
        if column not in known:
            end_zh, end_en = did_you_mean(column, known)
            yield mapping_error(
                place,
                f"表 {target.table} 没有列“{column}”{end_zh}",
                f'Table {target.table} has no column "{column}"{end_en}',
            )
            continue
        if spec.unit is not None and spec.unit not in UNITS:
            yield mapping_error(
                f"{place}.unit",
                f"未知单位“{spec.unit}”，可用：{'、'.join(UNITS)}。",
                f'Unknown unit "{spec.unit}"; known are {", ".join(UNITS)}.',
            )
        if spec.format and (column not in kinds or kinds[column].name != "date"):
            yield mapping_error(
                f"{place}.format", "format 只用于日期列。", "format is for date columns only."
            )
        yield from _format_errors(spec.format, f"{place}.format")


def _format_errors(formats: Names, where: str) -> Iterator[MappingError]:
    for text in formats:
        used = set(re.findall(r"%(.?)", text.replace("%%", "")))
        if used - _DIRECTIVES or not {"m", "d"} <= used or not used & {"Y", "y"}:
            yield mapping_error(
                where,
                f"日期格式“{text}”不可用。",
                f'The date format "{text}" cannot be used.',
                "请用 %Y（或 %y）、%m、%d，如 %d/%m/%Y。",
                "Use %Y (or %y), %m and %d, such as %d/%m/%Y.",
            )
