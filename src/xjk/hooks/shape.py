"""Check the functions of a pack before anything is called: names, marks and parameters of its hooks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from xjk.hooks.refusal import Refused
from xjk.hooks.specs import GROUP, SPECS
from xjk.models.nearest import suggestion
from xjk.models.words import Words

_MARK = f"{GROUP}_impl"
_NAMES = tuple(spec.__name__ for spec in SPECS)


def check_shape(plugin: object) -> None:
    """Refuse a pack with a misspelt, unmarked or wrapping hook, or one that takes parameters.

    pluggy accepts each of these without a word: a misspelt hook is never called, and a parameter with a default
    is filled or not depending on the version of pluggy.

    Raises:
        Refused: at step ``hooks``.
    """
    for name, function in _functions(plugin):
        options = getattr(function, _MARK, None)
        hook = name if options is None else (options.get("specname") or name)
        if hook not in _NAMES:
            if options is None and not name.startswith(f"{GROUP}_"):
                continue
            hint_zh, hint_en = suggestion(hook, _NAMES)
            raise _refused(
                function, f"没有名为 {hook} 的钩子。", f"There is no hook named {hook}.", hint_zh, hint_en
            )
        if options is None:
            raise _refused(
                function,
                f"{name} 没有标注 @hookimpl，不会被调用。",
                f"{name} is not marked with @hookimpl and would never be called.",
                "加上 @hookimpl。",
                "Mark it with @hookimpl.",
            )
        if options.get("wrapper") or options.get("hookwrapper"):
            raise _refused(
                function,
                f"{name} 是包装钩子。",
                f"{name} is a wrapper.",
                "只返回说明。",
                "Return a description only.",
            )
        parameters = inspect.signature(function).parameters
        if parameters:
            raise _refused(
                function,
                f"{name} 声明了参数 {'、'.join(parameters)}。",
                f"{name} declares the parameters {', '.join(parameters)}.",
                "钩子不带任何参数，也不带默认值。",
                "Hooks take no parameters, not even with default values.",
            )


def _functions(plugin: object) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name in sorted(dir(plugin)):
        value = getattr(plugin, name, None)
        if inspect.isroutine(value):
            yield name, value


def _refused(function: object, zh: str, en: str, hint_zh: str, hint_en: str) -> Refused:
    code = getattr(function, "__code__", None)
    where = f"{code.co_filename}:{code.co_firstlineno}" if code is not None else ""
    return Refused("hooks", Words(zh=zh, en=en), Words(zh=hint_zh, en=hint_en), where)
