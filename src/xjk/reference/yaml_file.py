"""Read YAML the way every part of xjk reads it: bounded, string scalars, nothing said twice.

YAML decides by itself that ``no`` is false, ``1.10`` is 1.1 and ``2019-01-01`` is a date. A code table
cannot live with that, so every scalar stays the text that was written and typing is left to the reader
of the value. Anchors, aliases and tags are refused: data files need none of them, and aliases are how a
small file grows into gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from xjk.errors import YamlError

DEFAULT_LIMIT = 2_000_000
"""Largest file read, in bytes. The largest file of the library itself is under a tenth of it."""

DEPTH_LIMIT = 32
"""Deepest nesting read. Real files stay under eight levels."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path | Traversable, limit: int = DEFAULT_LIMIT, name: str | None = None) -> object:
    """Read one YAML file into dicts, lists and strings.

    `limit` is the largest size accepted, in bytes. `name` is how errors call the file (its path if not
    given). Raises YamlError if the file cannot be read, is too large, is not UTF-8 or is not acceptable
    YAML (see `parse_yaml`).
    """
    shown = name if name is not None else str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise YamlError(
            zh=f"读不了文件：{reason}",
            en=f"The file cannot be read: {reason}.",
            where=shown,
            hint_zh="检查路径和读取权限。",
            hint_en="Check the path and the permission to read it.",
        ) from error
    if len(raw) > limit:
        raise YamlError(
            zh=f"文件超过 {limit} 字节。",
            en=f"The file is larger than {limit} bytes.",
            where=shown,
            hint_zh="拆成几个较小的文件。",
            hint_en="Split it into smaller files.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlError(
            zh="文件不是 UTF-8 编码。",
            en="The file is not UTF-8.",
            where=f"{shown}:{line}",
            hint_zh="另存为 UTF-8 编码。",
            hint_en="Save it as UTF-8.",
        ) from error
    return parse_yaml(text, shown)


def parse_yaml(text: str, name: str, first_line: int = 1) -> object:
    """Parse one YAML document into dicts, lists and strings.

    `name` is how errors call the text; `first_line` is the line of the file on which the text starts
    (front matter starts on line 2). An empty document is the empty string. Raises YamlError, with
    ``name:line``, for broken YAML, a key given twice, a key that is not a plain scalar, an anchor, an
    alias, a tag, nesting over `DEPTH_LIMIT` levels or a second document.
    """
    return _Document(name, first_line).read(text)


class _Document:
    """Builds the value of one document from the parser's events."""

    def __init__(self, name: str, first_line: int) -> None:
        self._name = name
        self._first_line = first_line

    def read(self, text: str) -> object:
        """Return the value of the only document in `text`."""
        try:
            return self._document(yaml.parse(text, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = self._first_line + (mark.line if mark is not None else 0)
            raise self._broken(line, error.problem or "syntax") from error
        except yaml.reader.ReaderError as error:
            position = error.position if isinstance(error.position, int) else 0
            line = self._first_line + text.count("\n", 0, position)
            raise self._broken(line, error.reason) from error
        except UnicodeEncodeError as error:
            line = self._first_line + text.count("\n", 0, error.start)
            raise self._broken(line, "character that is not Unicode text") from error

    def _document(self, events: Iterator[Any]) -> object:
        value: object = ""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "只能有一个文档", "there is a second document")
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, 1)
        return value

    def _value(self, event: yaml.Event, events: Iterator[Any], depth: int) -> object:
        self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if depth > DEPTH_LIMIT:
            raise self._error(event, f"嵌套超过 {DEPTH_LIMIT} 层", f"nested deeper than {DEPTH_LIMIT} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[object] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events, depth + 1))
            return items
        return self._mapping(events, depth)

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(key_event := next(events), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                raise self._error(key_event, "键必须是文字", "a key must be plain text")
            self._refuse_extras(key_event)
            key = str(key_event.value)
            if key in mapping:
                raise self._error(key_event, f"键 {key!r} 出现两次", f"the key {key!r} is given twice")
            mapping[key] = self._value(next(events), events, depth + 1)
        return mapping

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"不接受别名 *{event.anchor}", f"the alias *{event.anchor} is refused")
        if getattr(event, "anchor", None) is not None:
            anchor = getattr(event, "anchor", "")
            raise self._error(event, f"不接受锚点 &{anchor}", f"the anchor &{anchor} is refused")
        if getattr(event, "tag", None) is not None:
            tag = getattr(event, "tag", "")
            raise self._error(event, f"不接受标签 {tag}", f"the tag {tag} is refused")

    def _error(self, event: yaml.Event, zh: str, en: str) -> YamlError:
        mark = event.start_mark
        line = self._first_line + (mark.line if mark is not None else 0)
        return YamlError(
            zh=f"{zh}。",
            en=f"{en[0].upper()}{en[1:]}.",
            where=f"{self._name}:{line}",
            hint_zh="改正这一行。",
            hint_en="Correct this line.",
        )

    def _broken(self, line: int, problem: str) -> YamlError:
        return YamlError(
            zh=f"YAML 写法有误：{problem}。",
            en=f"Not valid YAML: {problem}.",
            where=f"{self._name}:{line}",
            hint_zh="检查缩进、冒号后的空格和引号。",
            hint_en="Check the indentation, the space after each colon and the quotes.",
        )
