"""Load the Python of a rule: one function ``detect(ledger, params)``, imported only when the rule runs."""

from __future__ import annotations

import hashlib
import inspect
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, cast

from xjk.errors import RuleFolderError
from xjk.ledger.store import Value
from xjk.models.finding import Hit
from xjk.models.rule import Rule
from xjk.rules.faults import fault
from xjk.rules.frontmatter import read_text
from xjk.rules.params import Params

ARGUMENTS = ("ledger", "params")
"""The arguments of ``detect``, in order."""

_loading = threading.RLock()


class LedgerView(Protocol):
    """Be the ledger as a rule sees it: read-only queries and the newest day of the data."""

    @property
    def as_of(self) -> date | None:
        """Return the newest day of the data; rules take their "today" from here, never from the clock."""

    def query(self, sql: str, **binds: Value) -> Iterator[Mapping[str, Any]]:
        """Run one SELECT with named parameters (``:name``) and yield its rows by column name.

        Values are ``str``, ``int`` or None; only the author of the query knows which.
        """


Detect = Callable[[LedgerView, Params], Iterator[Hit]]
"""The function of a rule.py."""


def load_detect(rule: Rule) -> Detect:
    """Import the rule.py of a rule and return its ``detect``.

    The module gets a private name and leaves nothing behind in ``sys.modules``.

    Raises:
        RuleFolderError: with file and line, when the file is not Python, fails while it is imported, or does
            not define exactly ``detect(ledger, params)``.
    """
    path = Path(rule.folder) / "rule.py"
    module = _imported(path, rule.code)
    detect = getattr(module, "detect", None)
    if not inspect.isfunction(detect):
        raise fault(
            str(path),
            "没有函数 detect。",
            "There is no function detect.",
            "定义 def detect(ledger, params)。",
            "Define def detect(ledger, params).",
        )
    parameters = inspect.signature(detect).parameters.values()
    plain = all(
        parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is parameter.empty
        for parameter in parameters
    )
    if tuple(parameter.name for parameter in parameters) != ARGUMENTS or not plain:
        raise fault(
            f"{path}:{detect.__code__.co_firstlineno}",
            f"detect 的参数是 {inspect.signature(detect)}。",
            f"detect is declared with {inspect.signature(detect)}.",
            "参数应恰为 (ledger, params)，不带默认值。",
            "Its parameters must be exactly (ledger, params), without defaults.",
        )
    return cast("Detect", detect)


def _imported(path: Path, code: str) -> ModuleType:
    """Run rule.py as a module; it is in ``sys.modules`` only meanwhile, as dataclasses look there."""
    source = read_text(path)
    try:
        program = compile(source, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        reason = getattr(error, "msg", None) or str(error)
        raise fault(
            f"{path}:{line}",
            f"不是合法的 Python：{reason}。",
            f"Not valid Python: {reason}.",
            "改正这一行。",
            "Correct this line.",
        ) from error
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    module = ModuleType(f"_xjk_rule_{code.lower()}_{digest}")
    module.__file__ = str(path)
    with _loading:
        sys.modules[module.__name__] = module
        try:
            exec(program, module.__dict__)  # noqa: S102 - an installed pack's own rule, as import would run it
        except (Exception, SystemExit) as error:
            raise _import_fault(path, error) from error
        finally:
            sys.modules.pop(module.__name__, None)
    return module


def _import_fault(path: Path, error: BaseException) -> RuleFolderError:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    line = frames[-1].lineno if frames else 1
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return fault(
        f"{path}:{line}",
        f"导入时出错：{told}。",
        f"It failed while being imported: {told}.",
        "模块顶层只放导入和定义。",
        "Keep imports and definitions only at the top level of the module.",
    )
