"""Do one measured piece of work in this process, and write what it took and found as JSON.

Called by ``measure``: ``contestant.py SPECIFICATION RESULT``, the first as JSON text, the second a file to write.
Only the work is timed; starting Python and importing libraries is not.
"""

from __future__ import annotations

import json
import os
import pkgutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from by_hand.parameters import CONFIG, parameters
from stages import Stages

Figures = dict[str, Any]

_PARTS = ("models", "reference", "ledger", "readers", "rules", "runner")
"""Packages of the library that every run uses; engines are imported one at a time."""


def main(specification: str, result: str) -> None:
    """Do the work and write the figures."""
    wanted = json.loads(specification)
    figures = WORK[wanted.pop("work")](**wanted)
    figures["peak_mb"] = _peak_mb()
    Path(result).write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


def _peak_mb() -> float:
    """Return the most memory this process ever held; what ``getrusage`` says is inherited from its parent."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def by_hand(module: str, folder: str, rules: Sequence[str]) -> Figures:
    """Find hits the way a user would write it."""
    find = import_module(f"by_hand.{module}").find
    chosen = {code: values for code, values in parameters().items() if code in rules}
    began, working = time.perf_counter(), time.process_time()
    hits = find(Path(folder), chosen)
    return {
        "seconds": time.perf_counter() - began,
        "processor_seconds": time.process_time() - working,
        "hits": sorted(hits),
    }


def library(
    folder: str,
    engine: str,
    rules: Sequence[str] = (),
    options: Mapping[str, str] | None = None,
    share: float = 1,
    workers: int = 1,
) -> Figures:
    """Load a folder, run rules, and return findings: all stable rules when none are named.

    Args:
        folder: Folder with the files.
        engine: Name of the engine.
        rules: Codes of the rules; every stable rule when empty.
        options: Options of the engine.
        workers: Processes that may work at a time.
        share: With no rules named, how many of them: 0.5 is every second one, 2 adds a copy of each under another code.
    """
    from by_hand.library import hits

    import xjk

    _import_what_a_run_needs(engine)
    packs, chosen = (xjk.catalogue(), tuple(rules)) if rules else _share_of_rules(share)
    with _server(engine) as more, Stages() as stages:
        began, working = time.perf_counter(), time.process_time()
        with xjk.load(
            folder, engine=engine, engine_options={**more, **(options or {})}, packs=packs, workers=workers
        ) as ledger:
            loaded = time.perf_counter()
            result = xjk.check(
                ledger, select=chosen, config=CONFIG, unmask=True, packs=packs, workers=workers
            )
            done = time.perf_counter()
    return {
        "seconds": done - began,
        "processor_seconds": time.process_time() - working,
        "load_seconds": loaded - began,
        "check_seconds": done - loaded,
        "stages": stages.seconds,
        "engine": result.run.engine,
        "rules": len(result.coverage.rules),
        "rows": {count.table: count.accepted for count in result.validation.files},
        "hits": sorted(hits(result)),
    }


def _import_what_a_run_needs(engine: str) -> None:
    """Import the modules that the library imports when they are first used, for importing is not timed."""
    import xjk

    for module in pkgutil.walk_packages(xjk.__path__, "xjk."):
        part = module.name.split(".")[1]
        if part in _PARTS or module.name.startswith(f"xjk.engines.{engine}"):
            import_module(module.name)


def bare(folder: str) -> Figures:
    """Put the files into SQLite and do nothing else."""
    from by_hand.bare import load

    began, working = time.perf_counter(), time.process_time()
    load(Path(folder))
    return {"seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - working}


def _share_of_rules(share: float) -> tuple[Any, tuple[str, ...]]:
    """Return the installed packs, with copies of their rules when more are wanted, and the codes to select."""
    import xjk

    packs = xjk.catalogue()
    rules = [rule for rule in packs.rules if rule.meta.status == "stable"]
    if share <= 1:
        return packs, tuple(rule.code for rule in rules[:: round(1 / share)])
    copies = [
        rule.model_copy(
            update={"meta": rule.meta.model_copy(update={"code": f"{rule.code[:3]}{number}{rule.code[3:]}"})}
        )
        for number in range(1, round(share))
        for rule in rules
    ]
    return replace(packs, rules=(*packs.rules, *copies)), ()


@contextmanager
def _server(engine: str) -> Iterator[Mapping[str, str]]:
    """Start what an engine needs and yield the options that name it."""
    if engine != "postgres":
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="xjk-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import psycopg

        server = import_module("pgserver").get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield {"url": str(server.get_uri())}
        finally:
            server.cleanup()


WORK: Mapping[str, Callable[..., Figures]] = {"by_hand": by_hand, "library": library, "bare": bare}

if __name__ == "__main__":
    main(*sys.argv[1:])
