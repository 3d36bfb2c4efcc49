"""The page of the headers that files may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import cast

from xjk.models.tables import TABLES
from xjk.reference.yaml_file import read_yaml
from xjk.schema.dictionary import label_of
from xjk.schema.reference.markdown import anchor, code, page, table

_Aliases = Mapping[str, Mapping[str, Sequence[str]]]


def headers_page() -> str:
    """Return the page of accepted headers by table and column."""
    document = cast(
        "Mapping[str, _Aliases]", read_yaml(files("xjk.readers.shaping") / "data" / "aliases.yaml")
    )
    columns, parts = document["tables"], document["parts"]
    return page(
        "表头 Accepted headers",
        "不用映射文件也认得的列名。英文列名和中文名称总是可用；大小写、全半角、空格和标点不影响匹配；表头末尾的单位（如“（万元）”）会被识别。"
        "同一文件中有两个时，取排在前面的。其他叫法请用映射文件。\n"
        "Names that need no mapping file. The English name and the Chinese label always count; case, width, spaces and\n"
        "punctuation do not matter; a unit at the end of a header is understood. Of two, the earlier one is used.",
        *(_section(name, columns.get(name, {}), parts.get(name, {})) for name in TABLES),
    )


def _section(name: str, columns: Mapping[str, Sequence[str]], parts: Mapping[str, Sequence[str]]) -> str:
    model = TABLES[name]
    rows = (
        (
            anchor(f"{name}.{column}") + code(column),
            label_of(model, column),
            "、".join(columns.get(column, ())),
        )
        for column in model.model_fields
    )
    text = f"{anchor(name)}\n\n## {name} {model.zh}\n\n" + table(
        ("列 Column", "中文", "也认得 Also accepted"), rows
    )
    if parts:
        text += "\n\n由下列部分合成列 Parts that make up columns:\n\n" + table(
            ("部分 Part", "认得 Accepted"), ((code(part), "、".join(names)) for part, names in parts.items())
        )
    return text
