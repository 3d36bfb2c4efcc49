"""The page of the engines: which of them keeps which promise, as a test run recorded it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from xjk.models.rule import Model
from xjk.models.words import Words
from xjk.schema.reference.markdown import anchor, code, page, table
from xjk.testing.engines.checks import CHECKS

RECORD = Path(__file__).with_name("engines.json")
"""What the tests of the engines found; ``python -m tests.engines.record`` writes it."""

_CELLS: Mapping[str, str] = {
    "kept": "✓",
    "never": "永不 never",
    "not_yet": "尚未 not yet",
    "": "未记录 not recorded",
}
_CASES: Mapping[str, str] = {
    "all": "✓ 全部 all",
    "sample": "✓ 每条规则抽查 a sample of each rule",
    "": "未记录 not recorded",
}


class EngineRecord(Model):
    """Record what one engine keeps."""

    checks: Mapping[str, Literal["kept", "never", "not_yet"]]
    """Outcome by check."""
    reasons: Mapping[str, Words]
    """Why, for each check that is not kept."""
    cases: Literal["all", "sample"]
    """Which cases of every rule hold."""


_RECORDS = TypeAdapter(dict[str, EngineRecord])


@cache
def read_record() -> Mapping[str, EngineRecord]:
    """Return what was recorded, by engine.

    Raises:
        ValidationError: when the file was edited into something else.
    """
    return _RECORDS.validate_json(RECORD.read_bytes())


def record_text(records: Mapping[str, EngineRecord]) -> str:
    """Return a record as the text of its file."""
    return json.dumps(_RECORDS.dump_python(dict(records)), ensure_ascii=False, indent=1) + "\n"


def engines_page() -> str:
    """Return the support matrix of the engines."""
    records = read_record()
    return page(
        "引擎 Engines",
        "同一条规则在每个引擎上给出同样的疑点。下表逐项列出各引擎对此所守的约定，由测试在真实的引擎上运行后记录。"
        "One rule gives the same findings on every engine. This table lists what each engine promises to that end, as "
        "recorded by tests that ran on the real engines.\n\n"
        "✓ 已守约 kept。其余的格子链接到原因，引擎不得在无人写明原因时失约。Other cells link to the reason; no promise is "
        "broken without one. 第三方引擎用 `xjk.testing.engine_checks()` 运行同样的检查："
        "Engines of others run the same checks with `xjk.testing.engine_checks()`: "
        "`docs/how-to/add-an-engine.md`",
        table(
            ("检查 Check", "约定 Promise", *records),
            (
                *(
                    (
                        anchor(check.id) + code(check.id),
                        f"{check.promise.zh}<br>{check.promise.en}",
                        *(_cell(engine, check.id) for engine in records),
                    )
                    for check in CHECKS
                ),
                (
                    "规则的案例 Cases of rules",
                    "所有规则的案例在此引擎上成立。<br>The cases of every rule hold on it.",
                    *(_CASES[record.cases] for record in records.values()),
                ),
            ),
        ),
        "## 缺口 Gaps",
        table(("引擎 Engine", "检查 Check", "原因 Reason"), _gaps()),
        "此外，示例区的账和随机生成的小账套在每个引擎上给出与 SQLite 完全相同的结果，逐条比较。"
        "Besides, the example district and small ledgers drawn by chance give the result of SQLite on every engine, "
        "finding by finding.",
    )


def _cell(engine: str, check: str) -> str:
    outcome = read_record()[engine].checks.get(check, "")
    shown = _CELLS[outcome]
    return f"[{shown}](#{_place(engine, check)})" if outcome in ("never", "not_yet") else shown


def _gaps() -> Iterator[tuple[str, str, str]]:
    for engine, record in read_record().items():
        for check, reason in record.reasons.items():
            yield anchor(_place(engine, check)) + engine, code(check), f"{reason.zh}<br>{reason.en}"


def _place(engine: str, check: str) -> str:
    return f"{engine}-{check}"
