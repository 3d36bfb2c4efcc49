"""A run as text for people: summary, units, leads, what did not run, what is wrong with packs and data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from xjk.errors import Lang
from xjk.models.pack import PackProblem
from xjk.models.rule import SEVERITIES
from xjk.models.run import RuleRun, RunResult
from xjk.models.tables import TABLES
from xjk.report.finding_text import lead_lines
from xjk.report.labels import SEVERITY, grouped
from xjk.report.missing_data import next_supplies
from xjk.report.speech import Say, speaker
from xjk.report.width import table, wrap


def write_text(result: RunResult, lang: Lang) -> Iterator[str]:
    """Yield the report line by line."""
    for line in _lines(result, speaker(lang)):
        yield line + "\n"


def _lines(result: RunResult, say: Say) -> Iterator[str]:
    run = result.run
    yield from wrap(
        say(
            f"小金库疑点报告  xjk {run.xjk} · {run.engine} · 数据截至 {run.as_of or '—'}",
            f"Clues to off-book funds  xjk {run.xjk} · {run.engine} · data up to {run.as_of or '—'}",
        )
    )
    yield from _section(say("概要", "Summary"), table(_summary(result, say)))
    yield from _section(say("单位排序", "Units"), _units(result, say))
    yield from _section(say("线索", "Leads"), _leads(result, say))
    yield from _section(say("未运行的规则", "Rules that did not run"), _not_run(result, say))
    yield from _section(
        say("规则包的问题", "Problems of packs"), pack_problem_lines(result.coverage.packs, say)
    )
    yield from _section(say("未能读取的表", "Tables that could not be read"), _unreadable(result, say))
    yield from _section(
        say("不再起作用的基线和排除条目", "Stale entries of baseline and exclusions"), _stale(result)
    )
    yield ""
    yield from wrap(
        say("疑点不是结论，须经核实。", "A finding is a clue, not a verdict; it has to be verified.")
    )


def _section(title: str, body: Iterable[str]) -> Iterator[str]:
    """Yield a section, or nothing when its body is empty."""
    lines = list(body)
    if lines:
        yield from ("", title, *lines)


def _summary(result: RunResult, say: Say) -> Iterator[tuple[str, str]]:
    data, coverage = result.validation, result.coverage
    tables = len({file.table for file in data.files})
    text = say(
        f"{tables} 张表 {data.rows:,} 行：采纳 {data.accepted:,}，隔离 {data.quarantined:,}",
        f"rows {data.rows:,}, tables {tables}: {data.accepted:,} accepted, {data.quarantined:,} quarantined",
    )
    if data.errors or data.warnings:
        text += say(
            f"；错误 {data.errors:,}，警告 {data.warnings:,}，详见 xjk validate",
            f"; errors {data.errors:,}, warnings {data.warnings:,}, see xjk validate",
        )
    yield say("数据", "data"), text
    ran, skipped, failed = (len(coverage.of(status)) for status in ("ran", "skipped", "failed"))
    yield (
        say("规则", "rules"),
        say(
            f"选中 {len(coverage.rules)}：运行 {ran}，缺数据 {skipped}，失败 {failed}",
            f"{len(coverage.rules)} selected: {ran} ran, {skipped} lack data, {failed} failed",
        ),
    )
    yield say("疑点", "findings"), _finding_counts(result, say)
    yield (
        say("线索", "leads"),
        say(
            f"{len(result.leads)} 条，涉及 {len(result.units)} 个单位",
            f"{len(result.leads)} in {len(result.units)} units",
        ),
    )
    if not coverage.is_complete:
        yield (
            say("注意", "caution"),
            say(
                "本次检查不完整：有规则、规则包或表未能使用，见下。",
                "The run is incomplete: rules, packs or tables could not be used, see below.",
            ),
        )


def _finding_counts(result: RunResult, say: Say) -> str:
    states = Counter(finding.state for finding in result.findings)
    counting = [finding for finding in result.findings if finding.state in ("new", "reopened")]
    severities = Counter(finding.severity for finding in counting)
    split = say("，", ", ").join(
        say(f"{SEVERITY[level].zh} {severities[level]}", f"{severities[level]} {SEVERITY[level].en}")
        for level in reversed(SEVERITIES)
    )
    text = say(f"{len(counting)} 个（{split}）", f"{len(counting)} ({split})")
    settled = states["accepted"] + states["excluded"]
    if settled:
        text += say(
            f"；另有已接受 {states['accepted']}，已排除 {states['excluded']}",
            f"; besides {states['accepted']} accepted, {states['excluded']} excluded",
        )
    return text


def _units(result: RunResult, say: Say) -> Iterator[str]:
    if not result.units:
        return
    header = (
        say("名次", "rank"),
        say("得分", "score"),
        say("线索", "leads"),
        say("疑点", "findings"),
        say("金额（元）", "yuan"),
        say("单位", "unit"),
    )
    rows = (
        (
            str(unit.rank),
            str(unit.score),
            str(len(unit.leads)),
            str(unit.findings),
            grouped(unit.amount),
            f"{unit.unit_code} {unit.unit_name}",
        )
        for unit in result.units
    )
    yield from table(rows, header=header, right=range(5))


def _leads(result: RunResult, say: Say) -> Iterator[str]:
    findings = {finding.finding_id: finding for finding in result.findings}
    for place, lead in enumerate(result.leads):
        if place:
            yield ""
        yield from lead_lines(lead, findings, say)


def _not_run(result: RunResult, say: Say) -> Iterator[str]:
    if len(result.coverage.of("ran")) == len(result.coverage.rules):
        yield from wrap(say("无：选中的规则都已运行", "none: every selected rule ran"), indent="  ")
    yield from _skipped(result.coverage.of("skipped"), say)
    for rule in result.coverage.of("failed"):
        title = say(rule.title.zh, rule.title.en)
        error = say(rule.error.zh, rule.error.en) if rule.error else ""
        yield from wrap(say(f"失败  {rule.rule_id} {title}", f"failed  {rule.rule_id} {title}"), indent="  ")
        yield from wrap(error, indent="    ")


def _skipped(rules: Iterable[RuleRun], say: Say) -> Iterator[str]:
    """Yield what to supply for the rules without their data, and how many could run then; see ``next_supplies``."""
    for supply in next_supplies(rules):
        names = ", ".join(_with_label(name, say) for name in supply.missing)
        gain, codes = len(supply.rules), " ".join(supply.rules)
        yield from wrap(
            say(f"补充 {names}，可运行 {gain} 条：{codes}", f"supply {names} to run {gain}: {codes}"),
            indent="  ",
        )


def _with_label(name: str, say: Say) -> str:
    """Name a table or column; in Chinese with the label of the table."""
    return say(f"{name}（{TABLES[name.partition('.')[0]].zh}）", name)


def pack_problem_lines(problems: Iterable[PackProblem], say: Say) -> Iterator[str]:
    """Yield why packs, or parts of them, could not be used: step, error, what to do."""
    for problem in problems:
        head = " ".join(filter(None, (problem.pack, problem.version, f"[{problem.step}]", problem.where)))
        yield from wrap(head, indent="  ")
        yield from wrap(say(problem.error.zh, problem.error.en), indent="    ")
        yield from wrap(say(problem.hint.zh, problem.hint.en), indent="    ")


def _unreadable(result: RunResult, say: Say) -> Iterator[str]:
    reasons = [problem for problem in result.validation.problems if problem.code == "P310"]
    for table_name in result.coverage.tables:
        yield from wrap(table_name, indent="  ")
        for problem in reasons:
            if problem.table == table_name:
                text = say(f"{problem.reason.zh}{problem.hint.zh}", f"{problem.reason.en} {problem.hint.en}")
                yield from wrap(f"{problem.file}: {text}", indent="    ")
        for count in result.validation.files:
            if count.table == table_name and count.is_refused_whole:
                text = say(
                    f"{count.rows:,} 行全部被拒绝，原因见 xjk validate。",
                    f"All of its {count.rows:,} rows were refused; xjk validate says why.",
                )
                yield from wrap(f"{count.file}: {text}", indent="    ")


def _stale(result: RunResult) -> Iterator[str]:
    for entry in result.stale:
        yield from wrap(entry, indent="  ")
