"""The pages of ``docs/reference/``, written from the code so that they cannot lag behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.schema.files import stale_files, write_files
from xjk.schema.reference.api import api_page
from xjk.schema.reference.checks import checks_page
from xjk.schema.reference.command_line import command_line_page
from xjk.schema.reference.coverage import coverage_page
from xjk.schema.reference.derived import derived_page
from xjk.schema.reference.engines import engines_page
from xjk.schema.reference.errors import errors_page, problems_page
from xjk.schema.reference.headers import headers_page
from xjk.schema.reference.hooks import hooks_page
from xjk.schema.reference.markdown import HEADER, page, table
from xjk.schema.reference.rules import rule_pages
from xjk.schema.reference.settings import settings_page
from xjk.schema.reference.standards import standards_page
from xjk.schema.reference.tables import tables_page

_PAGES: Mapping[str, tuple[str, str]] = {
    "tables.md": ("数据表", "Canonical tables: the data dictionary"),
    "headers.md": ("表头", "Headers that files may use"),
    "derived.md": ("派生表", "Relations made at load"),
    "rules/index.md": ("规则", "Rules"),
    "coverage.md": ("检查思路与规则", "Detection ideas, and the rules or steps that carry them out"),
    "standards.md": ("标准", "Dated standards"),
    "config.md": ("配置与其他文件", "Settings and other files users write"),
    "cli.md": ("命令行", "Command line"),
    "api.md": ("公开接口", "Public names of the library"),
    "hooks.md": ("钩子", "Hooks for packs"),
    "checks.md": ("规则检查", "The rule contract: checks that every rule passes"),
    "engines.md": ("引擎", "Engines, and what each of them keeps"),
    "errors.md": ("错误", "Exceptions"),
    "problems.md": ("数据问题", "What can be wrong with data"),
}


def write_reference(folder: Path, packs: Catalogue | None = None) -> tuple[Path, ...]:
    """Write the reference into a folder and remove generated pages that are no more; return every file.

    Args:
        folder: The folder, ``docs/reference``.
        packs: Packs whose rules have pages; what is installed when None.

    Raises:
        OSError: when the folder cannot be written; each file is as before or complete.
    """
    files = reference_files(packs)
    return write_files(folder, files, _leftovers(folder, files))


def check_reference(folder: Path, packs: Catalogue | None = None) -> list[str]:
    """Return one sentence for each file of the folder that is not what ``write_reference`` would write."""
    files = reference_files(packs)
    return stale_files(folder, files, _leftovers(folder, files))


def reference_files(packs: Catalogue | None = None) -> Mapping[str, str]:
    """Return every page by its path below the folder."""
    packs = packs or catalogue()
    return {
        "index.md": page(
            "参考手册 Reference",
            "本目录各页由代码生成。All pages here are written from the code.",
            table(
                ("页 Page", "内容", "What it holds"),
                ((f"[{name}]({name})", *what) for name, what in _PAGES.items()),
            ),
        ),
        "tables.md": tables_page(packs),
        "headers.md": headers_page(),
        "derived.md": derived_page(packs),
        **dict(rule_pages(packs)),
        "coverage.md": coverage_page(packs),
        "standards.md": standards_page(packs),
        "config.md": settings_page(),
        "cli.md": command_line_page(),
        "api.md": api_page(),
        "hooks.md": hooks_page(),
        "checks.md": checks_page(),
        "engines.md": engines_page(),
        "errors.md": errors_page(),
        "problems.md": problems_page(),
    }


def _leftovers(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Return generated pages that no longer are; pages written by hand are left alone."""
    return [
        path
        for path in sorted(folder.rglob("*.md"))
        if path.relative_to(folder).as_posix() not in files and path.read_text("utf-8").startswith(HEADER)
    ]
