"""Every exception of xjk, with its stable code.

A message says what happened, where, and what to do, in Chinese and in English. All problems of one file are
collected before anything is raised: ``errors`` holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

Lang = Literal["zh", "en"]


class XjkError(Exception):
    """Be the root of all exceptions raised on purpose by xjk.

    Attributes:
        code: Stable code, documented in ``docs/reference/errors.md``.
        where: File, line, column, table or rule the message is about; empty when it is about the call.
        errors: The single errors, when several were collected.
    """

    code: ClassVar[str] = "XJK-E000"

    def __init__(
        self,
        *,
        zh: str,
        en: str,
        where: str = "",
        hint_zh: str = "",
        hint_en: str = "",
        errors: Sequence[XjkError] = (),
    ) -> None:
        super().__init__(zh, en, where)
        self.zh, self.en, self.where = zh, en, where
        self.hint_zh, self.hint_en = hint_zh, hint_en
        self.errors: tuple[XjkError, ...] = tuple(errors)

    def text(self, lang: Lang = "zh") -> str:
        """Return the message in one language: code, where, what, what to do; collected errors below it."""
        what, hint = (self.zh, self.hint_zh) if lang == "zh" else (self.en, self.hint_en)
        head = " ".join(part for part in (self.code, f"{self.where}:" if self.where else "", what) if part)
        lines = [f"{head} {hint}" if hint else head]
        lines += ["  " + line for error in self.errors for line in error.text(lang).splitlines()]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), dict(self.__dict__))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.zh, self.en, self.where))


def _rebuild(kind: type[XjkError], state: dict[str, object]) -> XjkError:
    """Make an unpickled error; keyword-only constructors need this."""
    error = kind.__new__(kind)
    Exception.__init__(error, state["zh"], state["en"], state["where"])
    error.__dict__.update(state)
    return error


class UserError(XjkError):
    """Report a call that cannot be carried out as written."""

    code = "XJK-E100"


class ConfigError(UserError):
    """Report a configuration file with an unknown key, rule or value."""

    code = "XJK-E101"


class UnknownRuleError(UserError):
    """Report a rule code, pack, form or tag that no installed pack provides."""

    code = "XJK-E102"


class BaselineError(UserError):
    """Report a baseline or exclusions file that cannot be used."""

    code = "XJK-E103"


class DataError(XjkError):
    """Report data that cannot be read at all; single bad rows are Problems, not exceptions."""

    code = "XJK-E200"


class SourceError(DataError):
    """Report a path that does not exist, holds no table, or is of no known format."""

    code = "XJK-E201"


class EncodingError(DataError):
    """Report text that is in no supported encoding, or changes encoding on the way."""

    code = "XJK-E202"


class FormatError(DataError):
    """Report a file that breaks its own format or claims to be absurdly large."""

    code = "XJK-E203"


class MappingError(DataError):
    """Report a mapping file that names unknown tables, columns or headers."""

    code = "XJK-E204"


class TableError(DataError):
    """Report a table that lacks a key or required column."""

    code = "XJK-E205"


class YamlError(DataError):
    """Report YAML that is malformed, too large, or repeats a key."""

    code = "XJK-E206"


class PackError(XjkError):
    """Report a fault of a pack; it costs that pack only."""

    code = "XJK-E300"


class PackLoadError(PackError):
    """Report a pack that cannot be imported or does not describe itself."""

    code = "XJK-E301"


class HookError(PackError):
    """Report a misspelt hook, a wrong hook argument or an unsupported hook interface."""

    code = "XJK-E302"


class RuleFolderError(PackError):
    """Report a rule folder whose rule.md, rule.sql, rule.py or cases.yaml is not valid."""

    code = "XJK-E303"


class RuleError(XjkError):
    """Report a rule that failed while it ran; other rules go on."""

    code = "XJK-E310"


class RuleTimeoutError(RuleError):
    """Report a rule that was stopped at its time limit."""

    code = "XJK-E311"


class RuleForbiddenError(RuleError):
    """Report a rule that tried to write, attach, or reach outside the ledger."""

    code = "XJK-E312"


class EngineError(XjkError):
    """Report a database engine that cannot do its work."""

    code = "XJK-E400"


class EngineMissingError(EngineError):
    """Report an engine that is not installed or not known."""

    code = "XJK-E401"


class ExtraMissingError(UserError):
    """Report an optional dependency that is not installed, naming the extra that brings it."""

    code = "XJK-E402"

    @classmethod
    def of(cls, extra: str, what_zh: str, what_en: str) -> ExtraMissingError:
        """Make the error for one extra: ``of("excel", "读取 XLSX", "reading XLSX")``."""
        return cls(
            zh=f"{what_zh}需要可选依赖“{extra}”，当前未安装。",
            en=f'{what_en} needs the optional extra "{extra}", which is not installed.',
            hint_zh=f'请运行 pip install "xjk[{extra}]"。',
            hint_en=f'Run pip install "xjk[{extra}]".',
        )


class InternalError(XjkError):
    """Report a broken promise inside xjk; please file it."""

    code = "XJK-E900"
