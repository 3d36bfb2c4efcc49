"""``xjk doctor``: is everything installed and in order?"""

from __future__ import annotations

import platform
import re
from argparse import Namespace
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec

from xjk.cli.console import Console
from xjk.cli.packs import pack_lines
from xjk.engines.sqlite import SqliteStore
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.report.width import table
from xjk.runner.load import ENGINE_EXTRAS

INCOMPLETE = 3

_EXTRA = re.compile(r"""(?P<name>[\w.-]+).*;.*extra == ['"](?P<extra>[\w-]+)""")
_REQUIRED = ("pydantic", "pluggy", "PyYAML")


def run(_: Namespace, console: Console) -> int:
    """Report versions, extras, engines and packs; return 3 when a pack is broken."""
    packs = catalogue()
    console.deliver_lines(_lines(packs, console))
    return INCOMPLETE if packs.problems else 0


def _lines(packs: Catalogue, console: Console) -> Iterator[str]:
    yield console.say("版本", "Versions")
    yield from table(_versions())
    yield from ("", console.say("可选依赖", "Extras"))
    yield from table(_extras(console))
    yield from ("", console.say("引擎", "Engines"))
    yield from table(_engines(packs, console))
    yield from ("", console.say("规则包", "Packs"))
    yield from pack_lines(packs, console)
    if not packs.problems:
        yield from ("", console.say("一切正常。", "Everything is in order."))


def _versions() -> Iterator[tuple[str, str]]:
    yield "xjk", version("xjk")
    yield "python", f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    for name in _REQUIRED:
        yield name, version(name)


def _extras(console: Console) -> Iterator[tuple[str, str, str]]:
    """Yield each extra of this distribution with the version of what it brings, or how to get it."""
    for requirement in requires("xjk") or ():
        found = _EXTRA.match(requirement)
        if found is None:
            continue
        yield found["extra"], found["name"], _state(found["name"], found["extra"], console)


def _state(distribution: str, extra: str, console: Console) -> str:
    """Return the version of what an extra brings, or how to get it."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return console.say(
            f'未安装：pip install "xjk[{extra}]"', f'not installed: pip install "xjk[{extra}]"'
        )


def _engines(packs: Catalogue, console: Console) -> Iterator[tuple[str, str]]:
    store = SqliteStore()
    try:
        name, _, number = store.engine.partition(" ")
    finally:
        store.close()
    yield name, number
    brings = {extra: distribution for extra, distribution, _ in _extras(console)}
    for name, extra in ENGINE_EXTRAS.items():
        yield name, _state(brings[extra], extra, console)
    for engine in packs.engines:
        module = engine.target.partition(":")[0]
        missing = console.say(f"缺少 {module}", f"{module} is missing")
        yield engine.name, console.say("可用", "available") if _is_there(module) else missing


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ImportError:
        return False
