"""What was planted: the ground truth beside simulated data, or the known cases of real books."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from xjk.errors import FormatError
from xjk.models.finding import Yuan
from xjk.models.rule import Form, Model
from xjk.models.words import Words
from xjk.reference.yaml_file import read_yaml
from xjk.rules.faults import Path as KeyPath
from xjk.rules.faults import Places, validation_faults

LARGEST = 40_000_000
"""Largest file read, in bytes; a district of a hundred blocks writes about a third of it."""


_SHOWN = 5


class TruthRow(Model):
    """Name one row that shows a scheme."""

    table: str = Field(min_length=1)
    """Canonical table."""
    key: str = Field(min_length=1)
    """Key columns joined with a vertical bar."""


def _row(value: object) -> object:
    """Split ``table:key`` at the first colon; keys may hold colons themselves."""
    if not isinstance(value, str):
        return value
    table, colon, key = value.partition(":")
    if not colon:
        raise ValueError("write a row as table:key")
    return {"table": table, "key": key}


def _listed(value: object) -> object:
    """Read an empty value as an empty list: ``schemes:`` with nothing below it."""
    return () if value == "" else value


class PlantedScheme(Model):
    """Be one scheme that is known to be in the data."""

    id: str = Field(min_length=1)
    """Form and number, such as ``F1-1``; the same scheme may be planted in several units."""
    form: Form
    """Form of the fund."""
    unit_code: str = Field(min_length=1)
    """Unit that carries it."""
    title: Words
    """What is done."""
    amount: Yuan
    """What leaves or misses the books, in yuan."""
    evidence: tuple[Annotated[TruthRow, BeforeValidator(_row)], ...] = Field(min_length=1)
    """Rows that show it."""


class Truth(Model):
    """Be everything that is known to be in one dataset; what it does not name counts as honest."""

    seed: int | None = None
    """Seed of the simulation, when it is one."""
    schemes: Annotated[tuple[PlantedScheme, ...], BeforeValidator(_listed)]
    """The schemes."""


def read_truth(path: Path) -> Truth:
    """Read a ground truth.

    Raises:
        YamlError: when the file cannot be read or is no YAML; FormatError: names everything else wrong with it.
    """
    document = read_yaml(path, LARGEST)
    try:
        truth = Truth.model_validate(document)
    except ValidationError as error:
        raise _not_valid(path, error) from error
    repeated = _first_repeated((scheme.id, scheme.unit_code) for scheme in truth.schemes)
    if repeated is not None:
        raise _fault(
            _places(path).where(("schemes", repeated)),
            "同一单位的同一手法写了两次。",
            "The same scheme is given twice for one unit.",
            "合并证据，或改用另一个编号。",
            "Merge their rows, or give it another id.",
        )
    return truth


def find_truth(data: Sequence[Path]) -> Path:
    """Return the ``truth.yaml`` inside, beside or above the data.

    Raises:
        FormatError: when there is none.
    """
    for path in data:
        here = path.absolute()
        for folder in (here, here.parent, here.parent.parent):
            if (folder / "truth.yaml").is_file():
                return folder / "truth.yaml"
    raise _fault(
        ", ".join(map(str, data)),
        "数据目录内、旁边和上一级都没有 truth.yaml。",
        "There is no truth.yaml in, beside or above the data.",
        "用 --truth 给出答案文件。",
        "Name the file with --truth.",
    )


def refuse_foreign(truth: Truth, units: Collection[str], where: str) -> None:
    """Refuse a ground truth of other data: every unit it names must be in the data.

    Raises:
        FormatError: names the units that are not.
    """
    foreign = sorted({scheme.unit_code for scheme in truth.schemes}.difference(units))
    if foreign:
        shown, more = ", ".join(foreign[:_SHOWN]), len(foreign) - _SHOWN
        raise _fault(
            where,
            f"其中的单位不在数据中：{shown}{f' 等 {len(foreign)} 个' if more > 0 else ''}。",
            f"Units it names are not in the data: {shown}{f' and {more} more' if more > 0 else ''}.",
            "检查答案文件是否属于这份数据。",
            "See whether the ground truth belongs to these data.",
        )


def _first_repeated(keys: Iterable[tuple[str, str]]) -> int | None:
    seen: set[tuple[str, str]] = set()
    for place, key in enumerate(keys):
        if key in seen:
            return place
        seen.add(key)
    return None


def _places(path: Path) -> Places:
    return Places(str(path), path.read_text("utf-8-sig"))


def _not_valid(path: Path, error: ValidationError) -> FormatError:
    faults = validation_faults(error, _places(path), _known)
    shown = [_fault(f.where, f.zh, f.en, f.hint_zh, f.hint_en) for f in faults]
    return FormatError(
        zh=f"答案文件有 {len(shown)} 处错误。",
        en=f"The ground truth has {len(shown)} fault{'s' if len(shown) > 1 else ''}.",
        where=str(path),
        hint_zh="逐条改正下列各处。",
        hint_en="Correct each of the following.",
        errors=shown,
    )


def _known(path: KeyPath) -> Iterable[str]:
    """Name the keys of the mapping at a path: of the document, of a scheme, or of a title."""
    if not path:
        return Truth.model_fields
    return Words.model_fields if path[-1] == "title" else PlantedScheme.model_fields


def _fault(where: str, zh: str, en: str, hint_zh: str, hint_en: str) -> FormatError:
    return FormatError(zh=zh, en=en, where=where, hint_zh=hint_zh, hint_en=hint_en)
