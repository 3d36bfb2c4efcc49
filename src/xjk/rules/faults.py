"""Collect what is wrong with the files of a rule folder, and say it in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from xjk.errors import RuleFolderError, YamlError
from xjk.models.nearest import suggestion
from xjk.models.problem import BadValue
from xjk.models.problem_kinds import PROBLEM_KINDS

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a YAML document to a value."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_ZH: Mapping[str, str] = {
    "missing": "缺少这个键",
    "extra_forbidden": "不认识这个键",
    "string_pattern_mismatch": "写法不符合 {pattern}",
    "string_too_short": "不能为空",
    "string_too_long": "超过 {max_length} 个字符",
    "too_short": "至少要有 {min_length} 项",
    "literal_error": "只能是 {expected}",
    "string_type": "应是文字",
    "int_parsing": "应是整数",
    "greater_than_equal": "不能小于 {ge}",
    "model_type": "应是键值对",
    "model_attributes_type": "应是键值对",
    "dict_type": "应是键值对",
    "mapping_type": "应是键值对",
    "tuple_type": "应是列表",
    "list_type": "应是列表",
}
_EN: Mapping[str, str] = {
    "missing": "The key is missing",
    "extra_forbidden": "The key is not known",
    "string_too_short": "It must not be empty",
    "model_type": "It must be a mapping",
    "model_attributes_type": "It must be a mapping",
    "tuple_type": "It must be a list",
}


def fault(
    where: str, zh: str, en: str, hint_zh: str = "改正该处。", hint_en: str = "Correct it there."
) -> RuleFolderError:
    """Make one error of a rule folder; `where` is ``file:line`` or ``file:line: key.path``."""
    return RuleFolderError(zh=zh, en=en, where=where, hint_zh=hint_zh, hint_en=hint_en)


def from_yaml(error: YamlError) -> RuleFolderError:
    """Turn an error of the YAML reader into one of a rule folder."""
    return RuleFolderError(
        zh=error.zh, en=error.en, where=error.where, hint_zh=error.hint_zh, hint_en=error.hint_en
    )


def gathered(where: str, errors: Sequence[RuleFolderError]) -> RuleFolderError:
    """Return one error that holds all errors of `where`, in the order they were found."""
    return RuleFolderError(
        zh=f"有 {len(errors)} 处错误。",
        en=f"There {'is 1 fault' if len(errors) == 1 else f'are {len(errors)} faults'}.",
        where=where,
        hint_zh="逐条改正下列各处。",
        hint_en="Correct each of the following.",
        errors=errors,
    )


class Places:
    """Know on which line of a file each key of its YAML stands; the text is only parsed when asked."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self._text = text
        self._first_line = first_line
        self._lines: dict[Path, int] | None = None

    def line(self, path: Path) -> int:
        """Return the line of a key; of the closest key above it when the key is not there."""
        if self._lines is None:
            self._lines = {(): self._first_line}
            node = yaml.compose(self._text, Loader=_Loader)
            if node is not None:
                self._add((), node)
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def where(self, path: Path) -> str:
        """Return ``file:line: key.path``."""
        keys = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
        return f"{self.file}:{self.line(path)}" + (f": {keys}" if keys else "")

    def _add(self, path: Path, node: Any) -> None:
        lines = self._lines
        if lines is None:
            return
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below: Path = (*path, str(key.value))
                lines[below] = self._first_line + key.start_mark.line
                self._add(below, value)
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                below = (*path, position)
                lines[below] = self._first_line + value.start_mark.line
                self._add(below, value)


def validation_faults(
    error: ValidationError,
    places: Places,
    known: Callable[[Path], Iterable[str]],
    above: Path = (),
) -> list[RuleFolderError]:
    """Turn the complaints of pydantic into errors with file, line, key path and advice.

    `known` tells the keys allowed in the mapping at a path, for "did you mean"; `above` is the path of the
    validated value in its document.
    """
    found: list[RuleFolderError] = []
    for detail in error.errors(include_url=False):
        path: Path = (*above, *detail["loc"])
        kind = detail["type"]
        zh, en = _texts(kind, detail["msg"], detail.get("ctx", {}))
        hint_zh, hint_en = "改正该处。", "Correct it there."
        if kind == "extra_forbidden":
            hint_zh, hint_en = suggestion(str(path[-1]), known(path[:-1]))
        elif kind == "missing":
            hint_zh, hint_en = f"补上 {path[-1]}。", f"Add {path[-1]}."
        found.append(fault(places.where(path), zh, en, hint_zh, hint_en))
    return found


def value_texts(error: ValueError) -> tuple[str, str]:
    """Return what a refused value is told in Chinese and English."""
    if isinstance(error, BadValue):
        reason = PROBLEM_KINDS[error.kind].reason.format(**error.slots)
        return reason.zh, reason.en
    return f"值不合规定：{error}。", f"The value does not fit: {error}."


def _texts(kind: str, message: str, context: Mapping[str, Any]) -> tuple[str, str]:
    cause = context.get("error")
    if kind == "value_error" and isinstance(cause, ValueError):
        return value_texts(cause)
    zh = _ZH.get(kind, f"值不合规定：{message}")
    if kind in _ZH:
        zh = zh.format(**context)
    return f"{zh}。", f"{_EN.get(kind, message)}."
