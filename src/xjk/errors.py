"""Every exception of xjk, with its stable code.

A message says what happened, where, and what to do, in Chinese and in English. All problems of one file are
collected before anything is raised: ``errors`` holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

Lang = Literal["zh", "en"]


class XjkError(Exception):
    """Be the root of all exceptions raised on purpose by xjk.

    Attributes:
        code: Stable code, documented in ``docs/reference/errors.md``.
        meaning: What the class is for, in Chinese; the English is the first line of its docstring.
        where: File, line, column, table or rule the message is about; empty when it is about the call.
        errors: The single errors, when several were collected.
    """

    code: ClassVar[str] = "XJK-E000"
    meaning: ClassVar[str] = "xjk 有意抛出的所有异常的根。"

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


def error_classes(root: type[XjkError] = XjkError) -> Iterator[type[XjkError]]:
    """Yield an exception class and all that derive from it."""
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def _rebuild(kind: type[XjkError], state: dict[str, object]) -> XjkError:
    """Make an unpickled error; keyword-only constructors need this."""
    error = kind.__new__(kind)
    Exception.__init__(error, state["zh"], state["en"], state["where"])
    error.__dict__.update(state)
    return error


class UserError(XjkError):
    """Report a call that cannot be carried out as written."""

    code = "XJK-E100"
    meaning = "命令或调用无法照所写的执行。"


class ConfigError(UserError):
    """Report a configuration file with an unknown key, rule or value."""

    code = "XJK-E101"
    meaning = "配置文件中有不认识的键、规则或不合要求的值。"


class UnknownRuleError(UserError):
    """Report a rule code, pack, form or tag that no installed pack provides."""

    code = "XJK-E102"
    meaning = "没有安装的规则包提供所写的规则、形式或标签。"


class BaselineError(UserError):
    """Report a baseline or exclusions file that cannot be used."""

    code = "XJK-E103"
    meaning = "基线或排除文件无法使用。"


class DataError(XjkError):
    """Report data that cannot be read at all; single bad rows are Problems, not exceptions."""

    code = "XJK-E200"
    meaning = "数据完全无法读取；个别坏行不算，它们被隔离并逐一说明。"


class SourceError(DataError):
    """Report a path that does not exist, holds no table, or is of no known format."""

    code = "XJK-E201"
    meaning = "路径不存在、其中没有可识别的表，或格式未知。"


class EncodingError(DataError):
    """Report text that is in no supported encoding, or changes encoding on the way."""

    code = "XJK-E202"
    meaning = "文字编码不受支持，或中途改变。"


class FormatError(DataError):
    """Report a file that breaks its own format or claims to be absurdly large."""

    code = "XJK-E203"
    meaning = "文件不符合自身格式，或声称的大小不合常理。"


class MappingError(DataError):
    """Report a mapping file that names unknown tables, columns or headers."""

    code = "XJK-E204"
    meaning = "映射文件提到不认识的表、列或表头。"


class TableError(DataError):
    """Report a table that lacks a key or required column."""

    code = "XJK-E205"
    meaning = "表缺少主键列或必填列。"


class YamlError(DataError):
    """Report YAML that is malformed, too large, or repeats a key."""

    code = "XJK-E206"
    meaning = "YAML 有误、过大或有重复的键。"


class PackError(XjkError):
    """Report a fault of a pack; it costs that pack only."""

    code = "XJK-E300"
    meaning = "规则包有错，只影响该规则包。"


class PackLoadError(PackError):
    """Report a pack that cannot be imported or does not describe itself."""

    code = "XJK-E301"
    meaning = "规则包无法导入，或没有说明自己。"


class RuleFolderError(PackError):
    """Report a rule folder whose rule.md, rule.sql, rule.py or cases.yaml is not valid."""

    code = "XJK-E303"
    meaning = "规则文件夹中的 rule.md、rule.sql、rule.py 或 cases.yaml 有误。"


class RuleError(XjkError):
    """Report a rule that failed while it ran; other rules go on."""

    code = "XJK-E310"
    meaning = "规则运行时出错；其他规则照常运行。"


class RuleTimeoutError(RuleError):
    """Report a rule that was stopped at its time limit."""

    code = "XJK-E311"
    meaning = "规则超过时限，已停止。"


class RuleForbiddenError(RuleError):
    """Report a rule that tried to write, attach, or reach outside the ledger."""

    code = "XJK-E312"
    meaning = "规则试图写入、附加数据库或触及账套以外。"


class EngineError(XjkError):
    """Report a database engine that cannot do its work."""

    code = "XJK-E400"
    meaning = "数据库引擎无法工作。"


class EngineMissingError(EngineError):
    """Report an engine that is not installed or not known."""

    code = "XJK-E401"
    meaning = "引擎未安装或不认识。"


class ExtraMissingError(UserError):
    """Report an optional dependency that is not installed, naming the extra that brings it."""

    code = "XJK-E402"
    meaning = "可选依赖未安装。"

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
    meaning = "xjk 内部出错，请报告。"
