"""A score as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from xjk.errors import Lang
from xjk.models.money import money_text, read_money
from xjk.reference.forms import forms
from xjk.report.labels import SEVERITY
from xjk.report.safe import escape_json
from xjk.report.speech import Say, speaker
from xjk.report.width import table
from xjk.testing.scoring.scores import Score, Share


def write_text(score: Score, lang: Lang) -> Iterator[str]:
    """Yield the score line by line."""
    for line in _lines(score, speaker(lang)):
        yield line + "\n"


def write_json(score: Score, _lang: Lang) -> Iterator[str]:
    """Yield the score as one JSON document."""
    yield escape_json(score.model_dump_json(indent=2)) + "\n"


WRITERS: Mapping[str, Callable[[Score, Lang], Iterator[str]]] = {"text": write_text, "json": write_json}
"""The formats of a score."""


def _lines(score: Score, say: Say) -> Iterator[str]:
    yield say("对照已知手法评分", "Findings scored against what is known to be there")
    yield from table(_summary(score, say))
    yield from _section(say("按形式", "By form"), _forms(score, say))
    yield from _section(say("按程度", "By severity"), _severities(score, say))
    yield from _section(say("未发现的手法", "Schemes missed"), _missed(score, say))


def _section(title: str, body: Iterable[str]) -> Iterator[str]:
    lines = list(body)
    if lines:
        yield from ("", title, *lines)


def _summary(score: Score, say: Say) -> Iterator[tuple[str, str]]:
    found, rows, right, ranking = score.recall, score.rows, score.precision, score.ranking
    yield (
        say("发现", "found"),
        say(
            f"手法 {_zh(found)}；证据行 {_zh(rows)}",
            f"{_en(found, 'schemes')}; {_en(rows, 'of their rows')}",
        ),
    )
    yield (
        say("准确", "precision"),
        say(
            f"指向埋入的行的疑点 {_zh(right)}；连同单位、形式相符的 {_zh(score.wide_precision)}",
            f"{_en(right, 'findings name planted rows')}; "
            f"{_en(score.wide_precision, 'with those that fit unit and form')}",
        ),
    )
    wrong = sum(severity.on_honest for severity in score.severities)
    yield (
        say("清白单位", "honest units"),
        say(
            f"{score.honest_units} 个单位，{wrong} 条疑点",
            f"units {score.honest_units}, findings {wrong}",
        ),
    )
    yield (
        say("单位排序", "ranking"),
        say(
            f"有手法的 {ranking.units} 个单位中 {ranking.ranked} 个上榜：最前 {_place(ranking.best)}，"
            f"居中 {_place(ranking.median)}；前 {ranking.units} 名中占 {_zh(ranking.at_top)}",
            f"{ranking.ranked} of {ranking.units} units with schemes are ranked: best {_place(ranking.best)}, "
            f"median {_place(ranking.median)}; they take {_en(ranking.at_top, 'of the first places')}",
        ),
    )
    if not score.is_complete:
        yield (
            say("注意", "caution"),
            say(
                "检查不完整，有规则、规则包或表未能使用；用 xjk check 查看。",
                "The run is incomplete: rules, packs or tables could not be used; see xjk check.",
            ),
        )


def _forms(score: Score, say: Say) -> Iterator[str]:
    if not score.forms:
        return
    titles = {form.id: say(form.title.zh, form.title.en) for form in forms()}
    header = (
        say("形式", "form"),
        say("发现", "found"),
        say("手法", "schemes"),
        "%",
        say("行", "rows"),
        say("元", "yuan"),
        say("名称", "name"),
    )
    rows = [
        (
            line.form,
            str(line.schemes.part),
            str(line.schemes.whole),
            line.schemes.percent,
            f"{line.rows.part}/{line.rows.whole}",
            f"{_grouped(line.amount_found)}/{_grouped(line.amount)}",
            titles.get(line.form, ""),
        )
        for line in score.forms
    ]
    yield from table(rows, header=header, right=range(1, 6))


def _severities(score: Score, say: Say) -> Iterator[str]:
    header = (
        say("程度", "severity"),
        say("疑点", "findings"),
        say("指向埋入的行", "on planted rows"),
        say("同单位同形式", "fit unit and form"),
        say("落在清白单位", "on honest units"),
        say("每个清白单位", "each honest unit"),
    )
    rows = [
        (
            say(SEVERITY[line.severity].zh, SEVERITY[line.severity].en),
            str(line.findings),
            str(line.touching),
            str(line.kindred),
            str(line.on_honest),
            _per_unit(line.on_honest, score.honest_units),
        )
        for line in score.severities
    ]
    yield from table(rows, header=header, right=range(1, 6))


def _missed(score: Score, say: Say) -> Iterator[str]:
    rows = [(s.id, s.unit_code, say(s.title.zh, s.title.en)) for s in score.missed]
    if rows:
        yield from table(rows)


def _zh(share: Share) -> str:
    return f"{share.part}/{share.whole}（{share.percent}）"


def _en(share: Share, what: str) -> str:
    return f"{share.part} of {share.whole} {what} ({share.percent})"


def _place(place: int | None) -> str:
    return "—" if place is None else str(place)


def _grouped(amount: str) -> str:
    """Write whole yuan with thousands separators."""
    return f"{read_money(amount) // 100:,}"


def _per_unit(findings: int, units: int) -> str:
    """Write findings per unit with two decimals, rounded down; a dash where there is no unit."""
    return money_text(findings * 100 // units) if units else "—"
