"""The pytest plugin of xjk: it chooses among the checks of the rule contract, counts them, and holds a floor.

It stands beside the library and imports nothing of it when pytest starts, so start-up stays fast and coverage of
xjk begins before xjk is imported.

A test belongs to the contract when it has a parameter ``xjk_check``, an object with ``rule`` (a code or empty),
``check`` (such as RC07) and ``engine`` (a name or empty).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xjk.errors import XjkError
    from xjk.hooks.catalogue import Catalogue

MOST_EXAMPLES = 10_000
"""Largest number of examples that can be asked for."""

_PROPERTY = "xjk_check"
_NARROWING = (
    "xjk_engine",
    "xjk_rule",
    "keyword",
    "markexpr",
    "deselect",
    "ignore",
    "ignore_glob",
    "lf",
    "stepwise",
)
_ONE_UNIT: dict[str, list[dict[str, str]]] = {"unit": [{"unit_code": "U1", "name": "U1", "kind": "other"}]}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("xjk", "rule contract of xjk")
    group.addoption(
        "--xjk-engine",
        action="append",
        default=[],
        type=_engine,
        metavar="NAME",
        help="run checks that need an engine on this one only; repeatable. 只在此引擎上检查，可重复。",
    )
    group.addoption(
        "--xjk-rule",
        action="append",
        default=[],
        type=str.upper,
        metavar="CODE",
        help="check this rule only; repeatable. 只检查此规则，可重复。",
    )
    group.addoption(
        "--xjk-examples",
        type=_examples,
        metavar="N",
        help=f"examples that each property check tries, 1 to {MOST_EXAMPLES}. 每项性质检查尝试的例子数。",
    )
    group.addoption(
        "--xjk-floor",
        type=_floor,
        metavar="N",
        help="fail when fewer contract checks than this were executed. 执行的检查少于此数即失败。",
    )
    parser.addini(
        "xjk_floor", "fail when fewer contract checks than this were executed in a run of the whole suite"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count.

    Raises:
        UsageError: when the floor in the configuration is not a number.
    """
    config.pluginmanager.register(_Counts(config), "xjk-counts")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse rules and engines that are not installed, before anything is collected.

    Raises:
        UsageError: with every one of them.
    """
    rules, engines = session.config.option.xjk_rule, session.config.option.xjk_engine
    if (rules or engines) and not _is_worker(session.config):
        _check_known(rules, engines)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the contract checks that were not asked for; tests that are none stay."""
    left_out = []
    for item in items:
        check = _check_of(item)
        if check is None:
            continue
        item.user_properties.append((_PROPERTY, check.check))
        if not _is_wanted(check, config.option.xjk_rule, config.option.xjk_engine):
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


@pytest.fixture(scope="session")
def xjk_examples(pytestconfig: pytest.Config) -> int | None:
    """Return the number of examples asked for, or None for the default."""
    examples: int | None = pytestconfig.option.xjk_examples
    return examples


class _Counts:
    """Counts what was executed, on the process that reports; reports of xdist's workers arrive there too."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._floor, self._is_narrowed = _floor_of(config)
        self._executed: Counter[str] = Counter()
        self._skipped = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a check that passed or failed, and one that was skipped."""
        check = dict(report.user_properties).get(_PROPERTY)
        if check is None:
            return
        if report.skipped:
            self._skipped += 1
        elif report.when == "call":
            self._executed[str(check)] += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail a run that went well but executed too little."""
        went_well = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        if went_well and self._is_short and not _is_worker(self._config):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any, exitstatus: int) -> None:
        """Tell how many checks were executed, and whether that is enough."""
        if exitstatus == pytest.ExitCode.USAGE_ERROR or self._config.option.collectonly:
            return
        total = self._executed.total()
        if total or self._skipped or self._floor:
            each = ", ".join(f"{check} {count}" for check, count in sorted(self._executed.items()))
            told = f"xjk contract: {total} checks executed" + (f" ({each})" if each else "")
            terminalreporter.write_line(told + (f"; {self._skipped} skipped" if self._skipped else ""))
        if self._is_short:
            terminalreporter.write_line(
                f"xjk contract: FAILED, the floor is {self._floor} executed checks. "
                f"规则契约：至少应执行 {self._floor} 项检查，实际 {total} 项。",
                red=True,
            )
        elif self._floor and self._is_narrowed:
            terminalreporter.write_line(
                f"xjk contract: the floor of {self._floor} is for the whole suite and was not applied. "
                f"只运行了一部分测试，未要求至少 {self._floor} 项检查。"
            )

    @property
    def _is_short(self) -> bool:
        return (
            self._floor is not None
            and not self._is_narrowed
            and not self._config.option.collectonly
            and self._executed.total() < self._floor
        )


def _engine(text: str) -> str:
    if text == "auto":
        raise argparse.ArgumentTypeError("'auto' is no engine, name one 请写明引擎")
    return text


def _examples(text: str) -> int:
    number = _number(text)
    if not 1 <= number <= MOST_EXAMPLES:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not from 1 to {MOST_EXAMPLES} 应为 1 至 {MOST_EXAMPLES}"
        )
    return number


def _floor(text: str) -> int:
    number = _number(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is below zero 不能为负")
    return number


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number 应为整数") from None


def _floor_of(config: pytest.Config) -> tuple[int | None, bool]:
    """Return the floor and whether it is one of the whole suite while only a part of it is run."""
    asked: int | None = config.option.xjk_floor
    if asked is not None:
        return asked, False
    text = config.getini("xjk_floor")
    if not text:
        return None, False
    try:
        return _floor(str(text)), _is_part(config)
    except argparse.ArgumentTypeError as error:
        raise pytest.UsageError(f"xjk_floor: {error}") from None


def _is_part(config: pytest.Config) -> bool:
    whole = (pytest.Config.ArgsSource.TESTPATHS, pytest.Config.ArgsSource.INVOCATION_DIR)
    return config.args_source not in whole or any(getattr(config.option, name, None) for name in _NARROWING)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _check_of(item: pytest.Item) -> Any:
    """Return the contract check a test is about, or None."""
    callspec = getattr(item, "callspec", None)
    return None if callspec is None else callspec.params.get(_PROPERTY)


def _is_wanted(check: Any, rules: Sequence[str], engines: Sequence[str]) -> bool:
    """Tell whether a check was asked for: with rules, checks of no rule were not; checks of no engine always are."""
    return (not rules or check.rule in rules) and (not engines or not check.engine or check.engine in engines)


def _check_known(rules: Sequence[str], engines: Sequence[str]) -> None:
    from xjk.errors import XjkError
    from xjk.hooks.manager import catalogue

    try:
        packs = catalogue()
    except XjkError as error:
        raise pytest.UsageError(_both(error)) from None
    errors = [*_unknown_rules(rules, packs), *_missing_engines(engines, packs)]
    if errors:
        raise pytest.UsageError("\n".join(map(_both, errors)))


def _both(error: XjkError) -> str:
    return f"{error.text('en')}\n{error.text('zh')}"


def _unknown_rules(codes: Sequence[str], packs: Catalogue) -> list[XjkError]:
    from xjk.errors import UnknownRuleError
    from xjk.models.nearest import suggestion

    known = [rule.code for rule in packs.rules]
    errors: list[XjkError] = []
    for code in codes:
        if code not in known:
            hint_zh, hint_en = suggestion(code, known)
            errors.append(
                UnknownRuleError(
                    zh=f"没有安装规则 {code}。",
                    en=f"No rule {code} is installed.",
                    where="--xjk-rule",
                    hint_zh=hint_zh,
                    hint_en=hint_en,
                )
            )
    return errors


def _missing_engines(names: Sequence[str], packs: Catalogue) -> list[XjkError]:
    """Open each engine with one row of data: only that tells whether it is there."""
    from xjk.errors import EngineMissingError, XjkError
    from xjk.runner.load import load

    extras = {info.name: info.requires for info in packs.engines}
    errors: list[XjkError] = []
    for name in names:
        try:
            load(_ONE_UNIT, engine=name, packs=packs).close()
        except ImportError as error:
            extra = extras.get(name, "")
            errors.append(
                EngineMissingError(
                    zh=f"引擎“{name}”未安装：{error}。",
                    en=f'The engine "{name}" is not installed: {error}.',
                    where="--xjk-engine",
                    hint_zh=f"请安装它需要的 {extra}。" if extra else "请安装它的规则包。",
                    hint_en=f"Install what it needs: {extra}." if extra else "Install its pack.",
                )
            )
        except XjkError as error:
            error.where = error.where or "--xjk-engine"
            errors.append(error)
    return errors
