"""``xjk check``: read data, run rules, report findings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from xjk.cli.console import Console
from xjk.cli.progress import Progress
from xjk.cli.settings import Settings, settings_of
from xjk.errors import ConfigError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.ledger.ledger import Ledger
from xjk.report.formats import run_writer, write_run
from xjk.runner.check import check
from xjk.runner.in_place import in_place
from xjk.runner.load import load

_DATABASES = ("postgresql://", "postgres://")


def run(args: Namespace, console: Console) -> int:
    """Check data and return 0, 1 for findings at or above the fail level, 3 for an incomplete run."""
    settings = settings_of(args)
    config = settings.config
    packs = catalogue()
    write = run_writer(args.format, packs.reporters)
    with (
        Progress(console) as progress,
        _opened(args, settings, packs, progress) as ledger,
    ):
        result = check(
            ledger,
            config=settings.loaded,
            unmask=args.unmask,
            packs=packs,
            progress=progress.rule,
            workers=args.workers,
        )
    if args.unmask:
        console.note("输出含未脱敏的个人信息，请妥善保管。", "The output holds personal data; keep it safe.")
    console.deliver(write_run(result, config.lang, write), args.output)
    return result.exit_code(config.fail_level, strict=args.strict)


def _opened(args: Namespace, settings: Settings, packs: Catalogue, progress: Progress) -> Ledger:
    """Read the files given, or look into the one database given."""
    region, standards = settings.config.region, settings.config.standards
    databases = [place for place in args.data if place.startswith(_DATABASES)]
    if not databases:
        return load(
            *args.data,
            mapping=settings.mapping,
            engine=args.engine,
            engine_options=_options(args.engine_options),
            region=region,
            standards=standards,
            packs=packs,
            progress=progress.rows,
            workers=args.workers,
        )
    if len(args.data) > 1 or args.engine not in ("auto", "postgres") or settings.mapping is None:
        raise ConfigError(
            zh="检查数据库须只给出一个地址，并用映射文件说明其中的表。",
            en="A database is checked alone, with a mapping file that names its tables.",
            where="DATA",
            hint_zh="例如 xjk check postgresql://主机/库 --mapping mapping.yaml。",
            hint_en="For example xjk check postgresql://host/database --mapping mapping.yaml.",
        )
    return in_place(args.data[0], mapping=settings.mapping, region=region, standards=standards, packs=packs)


def _options(given: Sequence[str]) -> dict[str, str]:
    """Return ``NAME=VALUE`` words as a mapping."""
    options: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise ConfigError(
                zh=f"引擎选项“{word}”不是 名称=值 的形式。",
                en=f'The engine option "{word}" is not NAME=VALUE.',
                where="--engine-option",
                hint_zh="例如 --engine-option memory_limit=2GB。",
                hint_en="For example --engine-option memory_limit=2GB.",
            )
        options[name] = value
    return options
