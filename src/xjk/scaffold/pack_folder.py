"""The folder of a pack under development: what its pyproject.toml and its module say."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from xjk.errors import UserError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue_of
from xjk.hooks.specs import GROUP
from xjk.models.pack import PackInfo

_RULE_FOLDER = re.compile(r"([a-z]+[0-9]+)_([a-z0-9_]+)")


@dataclass(frozen=True, slots=True)
class PackFolder:
    """Hold what is known of a pack under development.

    Attributes:
        info: What the pack says of itself.
        found: What it brings; broken rules are missing here.
        rules: Folder in which its rule folders stand.
    """

    info: PackInfo
    found: Catalogue
    rules: Path

    @property
    def codes(self) -> Mapping[str, str]:
        """Return the names of its rule folders by code, broken rules included."""
        matches = (_RULE_FOLDER.fullmatch(entry.name) for entry in self.rules.iterdir())
        return {match[1].upper(): match[2] for match in matches if match}

    @property
    def since(self) -> str:
        """Return the version of the pack in three numbers."""
        match = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?", self.info.version)
        return ".".join(number or "0" for number in match.groups()) if match else "0.1.0"


def read_pack(folder: Path) -> PackFolder:
    """Read the pack whose pyproject.toml stands in a folder; its module is imported to ask for its prefixes.

    Raises:
        UserError: when there is none, or it cannot be used as it is.
    """
    project = folder / "pyproject.toml"
    name, module = _entry_point(project)
    file = _module_file(folder, module, project)
    found = _found(name, module, file)
    if not found.packs:
        (problem, *_) = found.problems
        raise UserError(
            zh=f"规则包无法使用：{problem.error.zh}",
            en=f"The pack cannot be used: {problem.error.en}",
            where=problem.where or str(file),
            hint_zh=problem.hint.zh,
            hint_en=problem.hint.en,
        )
    own = [Path(rule.folder).parent for rule in found.rules]
    rules = own[0] if own else file.parent / "rules"
    if not rules.is_dir():
        raise UserError(
            zh="规则包没有规则文件夹。",
            en="The pack has no folder of rules.",
            where=str(rules),
            hint_zh="建立它，并由 xjk_rules 返回。",
            hint_en="Make it, and return it from xjk_rules.",
        )
    return PackFolder(found.packs[0], found, rules)


def _entry_point(project: Path) -> tuple[str, str]:
    """Return name and module of the entry point that makes a project a pack."""
    try:
        document = tomllib.loads(project.read_text("utf-8"))
    except FileNotFoundError:
        document = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            zh=f"不是有效的 TOML：{error}。",
            en=f"It is not valid TOML: {error}.",
            where=str(project),
            hint_zh="改正该处。",
            hint_en="Correct it there.",
        ) from error
    points = document.get("project", {}).get("entry-points", {}).get(GROUP, {})
    if len(points) != 1:
        raise UserError(
            zh="这里没有规则包。" if not points else f"这里有 {len(points)} 个规则包。",
            en="There is no pack here." if not points else f"There are {len(points)} packs here.",
            where=str(project),
            hint_zh=f"在规则包的文件夹中运行，或用 --pack 给出它；其 pyproject.toml 有一个 [project.entry-points.{GROUP}] 入口点。"
            "新建规则包用 xjk new pack。",
            hint_en=f"Run this in the folder of a pack, or name it with --pack; its pyproject.toml has one entry point "
            f"in [project.entry-points.{GROUP}]. xjk new pack makes one.",
        )
    ((name, module),) = points.items()
    return name, module


def _module_file(folder: Path, module: str, project: Path) -> Path:
    path = Path(*module.split("."))
    for source in (folder / "src", folder):
        for file in (source / path / "__init__.py", source / path.with_suffix(".py")):
            if file.is_file():
                return file.resolve()
    raise UserError(
        zh=f"入口点的模块 {module} 不在 src 或本文件夹中。",
        en=f"The module {module} of the entry point is neither in src nor beside pyproject.toml.",
        where=str(project),
        hint_zh="改正入口点，或移动模块。",
        hint_en="Correct the entry point, or move the module.",
    )


def _found(name: str, module: str, file: Path) -> Catalogue:
    """Import a module from its file, whatever else is installed under its name, and ask what it brings."""
    packages = [str(file.parent)] if file.name == "__init__.py" else None
    spec = spec_from_file_location(module, file, submodule_search_locations=packages)
    if spec is None or spec.loader is None:
        raise ImportError(str(file))
    made = module_from_spec(spec)
    with _standing_in(module, made):
        try:
            spec.loader.exec_module(made)
        except (Exception, SystemExit) as error:
            raise UserError(
                zh=f"规则包无法导入：{type(error).__name__}: {error}。",
                en=f"The pack cannot be imported: {type(error).__name__}: {error}.",
                where=str(file),
                hint_zh="改正该文件。",
                hint_en="Correct the file.",
            ) from error
        return catalogue_of({name: made})


@contextmanager
def _standing_in(name: str, module: ModuleType) -> Iterator[None]:
    """Let a module be imported under a name for a while."""
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        yield
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
