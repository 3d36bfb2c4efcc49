"""Books in: from sources to a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any

from xjk.errors import ConfigError, DataError, EngineMissingError, SourceError, TableError, XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.ledger.crosscheck import check_keys, check_rows
from xjk.ledger.intake import Intake, Progress
from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import RawTable
from xjk.ledger.relations import relations
from xjk.ledger.store import Store
from xjk.models.problem import Problem
from xjk.models.run import Validation
from xjk.readers import READERS, open_source
from xjk.runner.complete import closed_on_error, complete

Source = str | Path | Mapping[str, Iterable[Any]] | Sequence[RawTable]
"""A file, a folder, records by table, or raw tables of a reader of your own."""

_BUILT_IN: Mapping[str, str] = {
    "sqlite": "xjk.engines.sqlite:SqliteStore",
    "duckdb": "xjk.engines.duckdb.store:DuckdbStore",
    "postgres": "xjk.engines.postgres.store:PostgresStore",
    "spark": "xjk.engines.spark.store:SparkStore",
}

ENGINE_EXTRAS: Mapping[str, str] = {"duckdb": "duckdb", "postgres": "postgres", "spark": "spark"}
"""Built-in engines that need an extra, with its name."""


def load(
    *sources: Source,
    mapping: str | Path | None = None,
    engine: str = "auto",
    engine_options: Mapping[str, str] | None = None,
    region: str = "CN",
    standards: Mapping[str, str] | None = None,
    packs: Catalogue | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> Ledger:
    """Read sources into a ledger: validate every row, index, check across rows, derive.

    Args:
        sources: Dataset folders, files, SQLite databases, or Python records as ``{table: rows}``.
        mapping: Mapping file that turns a foreign layout into the canonical tables.
        engine: Engine that holds the relations; ``auto`` takes DuckDB where it is installed, else SQLite.
        engine_options: Settings of the engine by name, such as ``memory_limit`` of DuckDB.
        region: Where the units are (``CN``, ``CN-41``, ``CN-41-02``); the nearest dated standards apply.
        standards: Values that replace a dated standard on all days, by key.
        packs: Packs whose readers, engines and data count; what is installed when None.
        progress: Called with a file name and its rows done so far.
        workers: Processes that may work at a time; more than one helps SQLite with large files. The other engines
            use all processors by themselves.

    Returns:
        The ledger. Rows that were refused are in its quarantine, and its ``validation`` says why.

    Raises:
        DataError: when nothing could be read; single bad rows and tables do not raise.
        EngineMissingError: when the engine is unknown or not installed.
        ConfigError: when the engine has no such option, or does not take its value.
    """
    packs = packs or catalogue()
    raw_tables = [raw for source in sources for raw in _open(source, mapping, packs)]
    if not raw_tables:
        raise SourceError(
            zh="没有给出任何数据。",
            en="No data was given.",
            hint_zh="请给出数据目录、文件或记录。",
            hint_en="Give a dataset folder, a file or records.",
        )
    store = _store(engine, engine_options or {}, packs)
    with closed_on_error(store):
        intake = _take_in(store, raw_tables, progress, workers)
        return complete(
            store,
            supplied=intake.supplied,
            counts=intake.counts,
            unreadable=intake.unreadable,
            packs=packs,
            region=region,
            standards=standards,
        )


def validate(
    *sources: Source,
    mapping: str | Path | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> Validation:
    """Read sources and say what became of every row, without keeping a ledger.

    Args:
        sources: As for ``load``.
        mapping: As for ``load``.
        limit: Most problems to list; all are counted.
        progress: As for ``load``.

    Raises:
        DataError: when nothing could be read.
    """
    with load(*sources, mapping=mapping, progress=progress) as ledger:
        return ledger.validation(limit)


def _take_in(store: Store, raw_tables: Sequence[RawTable], progress: Progress | None, workers: int) -> Intake:
    """Fill the canonical tables and check across rows; a table that cannot be read costs only itself."""
    for relation in relations():
        store.create(relation)
    intake = Intake(store, progress, workers)
    failures: list[DataError] = []
    for raw in raw_tables:
        try:
            intake.take(raw)
        except DataError as error:
            failures.append(error)
            intake.tell((unreadable(raw.table, raw.file, error),))
    if failures and not intake.supplied:
        raise failures[0] if len(failures) == 1 else _nothing_readable(failures)
    intake.settle_repairs()
    check_keys(intake)
    check_rows(intake, list(intake.supplied))
    return intake


def _open(source: Source, mapping: str | Path | None, packs: Catalogue) -> Sequence[RawTable]:
    if isinstance(source, Sequence) and not isinstance(source, str):
        return source
    return open_source(source, mapping, readers=(*READERS, *packs.readers))


def engine_names(packs: Catalogue) -> tuple[str, ...]:
    """Return the names of the engines that are known: the built-in ones, then those of packs."""
    return tuple(dict.fromkeys((*_BUILT_IN, *(info.name for info in packs.engines))))


def _engine(name: str, packs: Catalogue) -> Callable[..., Store]:
    """Return the class of an engine by name; packs may bring more."""
    known = dict(_BUILT_IN) | {info.name: info.target for info in packs.engines}
    chosen = _best_installed() if name == "auto" else name
    if chosen not in known:
        raise EngineMissingError(
            zh=f"没有名为“{name}”的引擎。",
            en=f'There is no engine named "{name}".',
            hint_zh=f"可用：{'、'.join(sorted(known))}。",
            hint_en=f"Known engines: {', '.join(sorted(known))}.",
        )
    module, _, attribute = known[chosen].partition(":")
    made: Callable[..., Store] = getattr(import_module(module), attribute)
    return made


def _best_installed() -> str:
    """Return the engine that is taken when none is named: DuckDB where it is installed, else SQLite."""
    return "duckdb" if find_spec("duckdb") is not None else "sqlite"


def _store(name: str, options: Mapping[str, str], packs: Catalogue) -> Store:
    """Open an engine's store with its options."""
    made = _engine(name, packs)
    known = tuple(signature(made).parameters)
    if unknown := [option for option in options if option not in known]:
        raise ConfigError(
            zh=f"引擎 {name} 没有选项 {'、'.join(unknown)}。",
            en=f"The engine {name} has no option {', '.join(unknown)}.",
            hint_zh=f"可用：{'、'.join(known) or '无'}。",
            hint_en=f"Known options: {', '.join(known) or 'none'}.",
        )
    return made(**options)


def unreadable(table: str, file: str, error: XjkError) -> Problem:
    """Tell that a source could not be read; the table is empty when it is unknown."""
    return Problem.of(
        "table_unreadable",
        table=table or None,
        file=file,
        what=error.zh,
        what_en=error.en,
        fix=error.hint_zh or "请检查该文件。",
        fix_en=error.hint_en or "Look at the file.",
    )


def _nothing_readable(failures: Sequence[XjkError]) -> TableError:
    return TableError(
        zh="没有一张表可以读取。",
        en="No table could be read.",
        errors=failures,
        hint_zh="请逐一处理下列问题。",
        hint_en="Deal with the following.",
    )
