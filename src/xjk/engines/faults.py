"""What every engine says when a rule asks too much, or when the engine itself fails."""

from __future__ import annotations

import tempfile

from xjk.errors import EngineError, RuleForbiddenError, RuleTimeoutError


def forbidden(what: str) -> RuleForbiddenError:
    """Return the error for a rule that does more than query the ledger."""
    return RuleForbiddenError(
        zh=f"规则只能查询账套，不允许：{what}。",
        en=f"A rule may only query the ledger; not allowed: {what}.",
        hint_zh="请改写为一条只读的 SELECT。",
        hint_en="Rewrite it as one SELECT.",
    )


def out_of_time(seconds: float | None) -> RuleTimeoutError:
    """Return the error for a query that was stopped at its limit."""
    return RuleTimeoutError(
        zh=f"查询超过 {seconds:g} 秒，已停止。",
        en=f"The query ran longer than {seconds:g} seconds and was stopped.",
        hint_zh="请检查连接条件是否缺失，或调高 limits.seconds。",
        hint_en="Look for a missing join condition, or raise limits.seconds.",
    )


def engine_failed(engine: str, error: Exception) -> EngineError:
    """Return the error for a statement of the library's own that failed: a full disk, most often."""
    return EngineError(
        zh=f"{engine} 出错：{error}。",
        en=f"{engine} failed: {error}.",
        hint_zh=f"请检查临时目录 {tempfile.gettempdir()} 的剩余空间，或用环境变量 TMPDIR 另指一处。",
        hint_en=f"See whether {tempfile.gettempdir()} has space left, or name another folder in TMPDIR.",
    )
