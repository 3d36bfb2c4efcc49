"""Read rule.md: split it into front matter and page, and turn the front matter into metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from xjk.errors import RuleFolderError, YamlError
from xjk.models.nearest import suggestion
from xjk.models.rule import Basis, Param, RuleMeta, Verify
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.reference.yaml_file import parse_yaml
from xjk.rules import faults
from xjk.rules.faults import Places, fault, from_yaml, gathered, validation_faults
from xjk.rules.page import page_faults
from xjk.rules.params import is_param_name
from xjk.rules.wording import bad_slots, verdicts

LIMIT = 200_000
"""Largest file of a rule folder, in bytes."""

_FENCE = "---"
_NESTED: Mapping[str, type[BaseModel]] = {"params": Param, "basis": Basis, "verify": Verify}


@dataclass(frozen=True, slots=True)
class RuleText:
    """Hold rule.md in its two parts.

    Attributes:
        file: Name of the file in messages.
        front: Front matter, YAML; it starts on line 2.
        page: Page, Markdown.
        page_line: Line on which the page starts.
    """

    file: str
    front: str
    page: str
    page_line: int


def read_text(path: Path) -> str:
    """Return the text of one file of a rule folder, with line feeds as line ends.

    Raises:
        RuleFolderError: when it cannot be read, is larger than `LIMIT` or is not UTF-8.
    """
    shown = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LIMIT + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise fault(
            shown,
            f"读不了文件：{reason}。",
            f"The file cannot be read: {reason}.",
            "检查文件是否存在、是否可读。",
            "Check that the file exists and may be read.",
        ) from error
    if len(raw) > LIMIT:
        raise fault(
            shown,
            f"文件超过 {LIMIT} 字节。",
            f"The file is larger than {LIMIT} bytes.",
            "一条规则只做一件事；拆成几条。",
            "A rule does one thing; split it.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise fault(
            f"{shown}:{line}",
            "文件不是 UTF-8 编码。",
            "The file is not UTF-8.",
            "另存为 UTF-8。",
            "Save it as UTF-8.",
        ) from error
    return text.replace("\r\n", "\n")


def split(text: str, file: str) -> RuleText:
    """Split rule.md at the two ``---`` lines that enclose the front matter.

    Raises:
        RuleFolderError: when there is no front matter, or it does not end.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise fault(
            f"{file}:1",
            "第一行应是 ---。",
            "The first line must be ---.",
            "rule.md 以 --- 之间的 YAML 开头。",
            "rule.md starts with YAML between two --- lines.",
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return RuleText(file, "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    raise fault(
        f"{file}:1",
        "找不到结束 YAML 的 ---。",
        "The --- that ends the front matter is missing.",
        "在 YAML 之后单独一行写 ---。",
        "Write --- on a line of its own after the YAML.",
    )


def read_front_matter(text: RuleText) -> RuleMeta:
    """Return the metadata of a rule; the page is checked with it.

    Raises:
        RuleFolderError: with every fault of the file in ``errors``.
    """
    places = Places(text.file, text.front, first_line=2)
    errors: list[RuleFolderError] = []
    meta: RuleMeta | None = None
    try:
        content = parse_yaml(text.front, text.file, first_line=2)
        meta = RuleMeta.model_validate(content)
    except YamlError as error:
        errors.append(from_yaml(error))
    except ValidationError as error:
        errors += validation_faults(error, places, _known_keys)
    if meta is not None:
        errors += _meaning_faults(meta, places)
    errors += page_faults(text.page, text.file, text.page_line)
    if meta is None or errors:
        raise gathered(text.file, errors)
    return meta


def _known_keys(path: faults.Path) -> Iterable[str]:
    model = RuleMeta if not path else _NESTED.get(str(path[0]), Words)
    if len(path) > 2 or (path and path[0] == "verify" and len(path) > 1):
        model = Words
    return model.model_fields


def _meaning_faults(meta: RuleMeta, places: Places) -> list[RuleFolderError]:
    """Return faults of front matter whose shape is right."""
    return [*_table_faults(meta, places), *_param_faults(meta, places), *_wording_faults(meta, places)]


def _table_faults(meta: RuleMeta, places: Places) -> list[RuleFolderError]:
    errors: list[RuleFolderError] = []
    for part, tables in (("requires", meta.requires), ("optional", meta.optional)):
        for table, columns in tables.items():
            model = TABLES.get(table)
            if model is None:
                errors.append(
                    fault(
                        places.where((part, table)),
                        f"没有表“{table}”。",
                        f'There is no table "{table}".',
                        *suggestion(table, TABLES),
                    )
                )
                continue
            errors += [
                fault(
                    places.where((part, table, position)),
                    f"表 {table} 没有列“{column}”。",
                    f'The table {table} has no column "{column}".',
                    *suggestion(column, model.model_fields),
                )
                for position, column in enumerate(columns)
                if column not in model.model_fields
            ]
            if part == "optional" and set(columns) & set(meta.requires.get(table, ())):
                errors.append(
                    fault(
                        places.where((part, table)),
                        f"{table} 的列同时列在 requires 和 optional 中。",
                        f"Columns of {table} stand under both requires and optional.",
                        "只留一处。",
                        "Keep one of them.",
                    )
                )
    return errors


def _param_faults(meta: RuleMeta, places: Places) -> list[RuleFolderError]:
    errors: list[RuleFolderError] = []
    for name, param in meta.params.items():
        if not is_param_name(name):
            errors.append(
                fault(
                    places.where(("params", name)),
                    f"“{name}”不能作参数名。",
                    f'"{name}" cannot be the name of a parameter.',
                    "用小写英文和下划线，避开 binds、shown、as_of、as_of_day 和 Python 关键字。",
                    "Use lower-case words joined by underscores; binds, shown, as_of, as_of_day and Python keywords are taken.",
                )
            )
        if (
            param.min is not None
            and param.max is not None
            and param.type != "text"
            and int(param.read(param.min, bounded=False)) > int(param.read(param.max, bounded=False))
        ):
            errors.append(fault(places.where(("params", name)), "min 大于 max。", "min is above max."))
    return errors


def _wording_faults(meta: RuleMeta, places: Places) -> list[RuleFolderError]:
    errors: list[RuleFolderError] = []
    for key, words in (("title", meta.title), ("message", meta.message)):
        for lang, text in (("zh", words.zh), ("en", words.en)):
            errors += [
                fault(
                    places.where((key, lang)),
                    f"“{word}”是定性用语。",
                    f'"{word}" passes a verdict.',
                    "只陈述账面事实；结果是疑点，不是结论。",
                    "State what the books show; a finding is a clue, not a verdict.",
                )
                for word in verdicts(text)
            ]
            if key == "message":
                errors += [
                    fault(
                        places.where((key, lang)),
                        f"“{slot}”不是简单的占位名。",
                        f'"{slot}" is not a simple slot.',
                        "占位只写 {name}；花括号本身写成 {{ 和 }}。",
                        "Write slots as {name}; write a brace itself as {{ or }}.",
                    )
                    for slot in bad_slots(text)
                ]
    return errors
