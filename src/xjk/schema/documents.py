"""Every kind of document that has a JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from xjk.models.finding import Evidence, Finding
from xjk.models.lead import Lead, UnitRank
from xjk.models.pack import EngineInfo, PackInfo, ReaderInfo, ReporterInfo
from xjk.models.problem import Problem
from xjk.models.rule import RuleMeta
from xjk.models.run import RunResult, Validation
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.readers.mapping.document import Mapping
from xjk.runner.baseline import Baseline
from xjk.runner.config import Config
from xjk.runner.exclusions import Exclusions
from xjk.schema.cases_file import CasesFile
from xjk.schema.cases_file import adjust as adjust_cases
from xjk.schema.mapping_file import adjust as adjust_mapping
from xjk.testing.contract.waivers import Waivers


@dataclass(frozen=True, slots=True)
class Document:
    """Be one kind of document.

    Attributes:
        name: Name of the schema; for a table, the name of the table.
        model: Model that reads the document.
        what: What it is, in Chinese and English.
        adjust: Says in the schema what the model checks in code; None when there is nothing of the kind.
    """

    name: str
    model: type[BaseModel]
    what: Words
    adjust: Callable[[dict[str, Any]], None] | None = None


def _document(
    name: str,
    model: type[BaseModel],
    zh: str,
    en: str,
    adjust: Callable[[dict[str, Any]], None] | None = None,
) -> Document:
    return Document(name, model, Words(zh=zh, en=en), adjust)


OTHERS: tuple[Document, ...] = (
    _document("words", Words, "双语文字", "A text in Chinese and English"),
    _document("problem", Problem, "数据问题", "One thing that is wrong with the data"),
    _document("validation", Validation, "校验结果", "What became of every input row"),
    _document("evidence", Evidence, "证据行", "One row that speaks for a finding"),
    _document("finding", Finding, "疑点（findings.jsonl 的一行）", "One clue: a line of findings.jsonl"),
    _document("lead", Lead, "线索", "Findings that share evidence"),
    _document("unit_rank", UnitRank, "单位排序", "One unit ranked by its leads"),
    _document("run", RunResult, "一次检查的全部结果", "Everything one run produced"),
    _document(
        "rule", RuleMeta, "规则元数据（rule.md 的开头）", "Metadata of a rule: front matter of rule.md"
    ),
    _document("cases", CasesFile, "规则案例（cases.yaml）", "Cases of a rule: cases.yaml", adjust_cases),
    _document(
        "mapping", Mapping, "映射文件", "Mapping of any export to the canonical tables", adjust_mapping
    ),
    _document("config", Config, "配置文件（xjk.yaml）", "Settings: xjk.yaml"),
    _document("baseline", Baseline, "基线文件", "Accepted findings"),
    _document("exclusions", Exclusions, "排除文件", "Local exclusions"),
    _document(
        "waivers", Waivers, "规则检查的豁免（waivers.yaml）", "What a rule is excused from: waivers.yaml"
    ),
    _document("pack", PackInfo, "规则包说明", "What a pack says of itself"),
    _document("reader", ReaderInfo, "读取器说明", "A reader of a file format"),
    _document("engine", EngineInfo, "引擎说明", "A database engine"),
    _document("reporter", ReporterInfo, "报告格式说明", "A report format"),
)
"""Documents beside the rows of tables."""


def documents() -> Iterator[Document]:
    """Yield every kind of document: the tables in the order of the contract, then the others."""
    for table, model in TABLES.items():
        yield Document(table, model, Words(zh=model.zh, en=first_line(model)))
    yield from OTHERS


def first_line(described: object) -> str:
    """Return the first line of a docstring, without its full stop."""
    return (described.__doc__ or "").strip().split("\n", maxsplit=1)[0].removesuffix(".")
