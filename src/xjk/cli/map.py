"""``xjk map``: draft a mapping file, or report what one yields."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from xjk.cli.console import Console
from xjk.cli.progress import Progress
from xjk.errors import SourceError, UserError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.ledger.ledger import Ledger
from xjk.models.tables import TABLES
from xjk.readers import READERS, suggest_mapping
from xjk.report.validation_text import file_lines, problem_lines
from xjk.report.width import wrap
from xjk.runner.check import missing_data
from xjk.runner.load import load

LISTED = 10_000
"""Problems looked at; the report shows a few of each kind."""


def run(args: Namespace, console: Console) -> int:
    """Draft or check a mapping; return 2 when a checked mapping leaves rows or tables refused."""
    if (args.suggest is None) == (args.check is None):
        raise UserError(
            zh="请给出 --suggest 或 --check 之一。",
            en="Give either --suggest or --check.",
            hint_zh="见 xjk map --help。",
            hint_en="See xjk map --help.",
        )
    packs = catalogue()
    if args.suggest is not None:
        console.deliver([_draft(Path(args.suggest), packs)], args.output)
        return 0
    return _check(args, packs, console)


def _draft(path: Path, packs: Catalogue) -> str:
    if not path.is_file():
        raise SourceError(
            zh="没有这个文件。",
            en="There is no such file.",
            where=str(path),
            hint_zh="请给出一个数据文件。",
            hint_en="Name a data file.",
        )
    return suggest_mapping(path, (*READERS, *packs.readers))


def _check(args: Namespace, packs: Catalogue, console: Console) -> int:
    mapping, data = args.check
    with (
        Progress(console) as progress,
        load(data, mapping=mapping, packs=packs, progress=progress.rows) as ledger,
    ):
        validation = ledger.validation(LISTED)
    lines = [
        console.say("数据", "Data"),
        *file_lines(validation, console.say),
        "",
        console.say("读入的列", "Columns read"),
        *_columns(ledger, console),
        "",
        *_rules(ledger, packs, console),
        "",
        *problem_lines(validation, console.say),
    ]
    console.deliver_lines(lines, args.output)
    return 2 if validation.errors else 0


def _columns(ledger: Ledger, console: Console) -> Iterator[str]:
    """Yield for each table the columns that are fed and those that stay empty."""
    for table in TABLES:
        fed = ledger.supplied.get(table)
        if fed is None:
            continue
        known = TABLES[table].model_fields
        empty = " ".join(column for column in known if column not in fed)
        yield from wrap(f"{table}: {' '.join(column for column in known if column in fed)}", indent="  ")
        if empty:
            yield from wrap(console.say(f"空：{empty}", f"empty: {empty}"), indent="    ")


def _rules(ledger: Ledger, packs: Catalogue, console: Console) -> Iterator[str]:
    """Yield which of the installed rules have their data."""
    able = [rule.code for rule in packs.rules if not missing_data(rule, ledger.supplied)]
    count = f"{len(able)}/{len(packs.rules)}"
    names = " ".join(able) or "—"
    yield from wrap(
        console.say(f"数据足够的规则 {count}：{names}", f"Rules that have their data, {count}: {names}")
    )
