"""Compare the findings of a run with those expected, and show the difference so that it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from xjk.errors import UserError
from xjk.models.finding import Finding, SourceRef
from xjk.models.money import money_text
from xjk.models.rule import Code
from xjk.models.run import RunResult
from xjk.report.safe import one_line
from xjk.report.width import table
from xjk.rules.cases import Expected


class ExpectedFinding(Expected):
    """Be one finding that a test expects, as users would read it: personal parts are masked."""

    rule_id: Code
    """Code of the rule."""


Identity = tuple[str, str, str]
"""Unit, rule and subject: what makes it the same finding."""

Row = tuple[str, str]
"""Table and key of an evidence row."""


Item = TypeVar("Item", bound=tuple[object, ...])


class _Told(NamedTuple):
    """Be what is compared of a finding."""

    identity: Identity
    amount_fen: int
    evidence: tuple[Row, ...]


def assert_findings(
    result: RunResult | Sequence[Finding], expected: Iterable[Mapping[str, object] | ExpectedFinding]
) -> None:
    """Assert that a run found exactly what is expected: no more, no less, with the same amounts and evidence.

    Args:
        result: A run, or findings; those accepted or excluded count too.
        expected: Findings as mappings with ``rule_id``, ``unit_code``, ``subject``, ``amount`` (yuan, as text) and
            ``evidence`` (a list of ``table:key``), in any order.

    Raises:
        AssertionError: with what is missing, unexpected or different, and the file and row of each evidence row.
        UserError: when something expected is not written as above.
    """
    __tracebackhide__ = True
    findings = result.findings if isinstance(result, RunResult) else tuple(result)
    lines = _difference([_found(finding) for finding in findings], _wanted(expected), _sources(findings))
    if lines:
        raise AssertionError("\n".join(lines))


def _found(finding: Finding) -> _Told:
    rows = tuple(sorted((row.table, row.key) for row in finding.evidence))
    return _Told(
        (finding.unit_code, finding.rule_id, finding.subject), int(finding.amount.replace(".", "")), rows
    )


def _wanted(expected: Iterable[Mapping[str, object] | ExpectedFinding]) -> list[_Told]:
    wanted: list[_Told] = []
    errors: list[UserError] = []
    for place, item in enumerate(expected):
        try:
            read = item if isinstance(item, ExpectedFinding) else ExpectedFinding.model_validate(dict(item))
        except ValidationError as error:
            errors += _faults(place, error)
        else:
            rows = tuple(sorted((row.table, row.key) for row in read.evidence))
            wanted.append(_Told((read.unit_code, read.rule_id, read.subject), read.amount_fen, rows))
    if errors:
        raise UserError(
            zh=f"所期望的疑点有 {len(errors)} 处写法不对。",
            en=f"The expected findings have {len(errors)} faults.",
            errors=errors,
            hint_zh="每个疑点写 rule_id、unit_code、subject、amount 和 evidence。",
            hint_en="Give rule_id, unit_code, subject, amount and evidence of each finding.",
        )
    return wanted


def _faults(place: int, error: ValidationError) -> Iterator[UserError]:
    for detail in error.errors(include_url=False, include_input=False):
        where = f"expected[{place}]" + "".join(f".{part}" for part in detail["loc"])
        yield UserError(zh=f"{detail['msg']}。", en=f"{detail['msg']}.", where=where)


def _sources(findings: Iterable[Finding]) -> dict[Row, SourceRef]:
    """Return where the evidence rows of all findings stand; a missing finding may rest on one of them."""
    return {
        (row.table, row.key): row.source
        for finding in findings
        for row in finding.evidence
        if row.source is not None
    }


def _difference(
    found: Sequence[_Told], wanted: Sequence[_Told], sources: Mapping[Row, SourceRef]
) -> list[str]:
    """Return the lines that tell how two sets of findings differ; none when they are equal."""
    missing, unexpected = _beyond(wanted, found), _beyond(found, wanted)
    spare: dict[Identity, list[_Told]] = {}
    for item in unexpected:
        spare.setdefault(item.identity, []).append(item)
    pairs = [(item, spare[item.identity].pop(0)) for item in missing if spare.get(item.identity)]
    missing = _beyond(missing, [lacking for lacking, _ in pairs])
    unexpected = _beyond(unexpected, [twin for _, twin in pairs])
    if not (missing or unexpected or pairs):
        return []
    counts = len(missing), len(unexpected), len(pairs)
    lines = [
        "The findings differ: {} missing, {} unexpected, {} different. 疑点不符：缺 {}，多 {}，有别 {}。".format(
            *counts, *counts
        )
    ]
    lines += _listed("- missing", missing, sources)
    lines += _listed("+ unexpected", unexpected, sources)
    for lacking, twin in pairs:
        lines += _pair_lines(lacking, twin, sources)
    return lines


def _listed(mark: str, items: Sequence[_Told], sources: Mapping[Row, SourceRef]) -> Iterator[str]:
    """Yield one aligned line for each finding, its evidence rows below it."""
    heads = table(
        ((mark, *item.identity, money_text(item.amount_fen)) for item in items), right=(4,), indent=""
    )
    for head, item in zip(heads if items else (), items, strict=True):
        yield head
        yield from (f"    {_row_text(row, sources)}" for row in item.evidence)


def _pair_lines(wanted: _Told, found: _Told, sources: Mapping[Row, SourceRef]) -> Iterator[str]:
    yield one_line("  ".join(("~ different", *wanted.identity)))
    if wanted.amount_fen != found.amount_fen:
        yield f"    amount: - {money_text(wanted.amount_fen)} + {money_text(found.amount_fen)}"
    yield from (
        f"    evidence: - {_row_text(row, sources)}" for row in _beyond(wanted.evidence, found.evidence)
    )
    yield from (
        f"    evidence: + {_row_text(row, sources)}" for row in _beyond(found.evidence, wanted.evidence)
    )


def _beyond(items: Iterable[Item], others: Iterable[Item]) -> list[Item]:
    """Return the items that are not among others, in order; as often as there are more of them."""
    return sorted((Counter(items) - Counter(others)).elements())


def _row_text(row: Row, sources: Mapping[Row, SourceRef]) -> str:
    source = sources.get(row)
    return one_line(f"{row[0]}:{row[1]}" + (f"  {source.file}:{source.row}" if source else ""))
