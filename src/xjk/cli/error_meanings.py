"""What every error code means."""

from __future__ import annotations

from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.errors import UserError, XjkError
from xjk.report.width import wrap

CHINESE = {
    "XJK-E000": "xjk 有意抛出的所有异常的根。",
    "XJK-E100": "命令或调用无法照所写的执行。",
    "XJK-E101": "配置文件中有不认识的键、规则或不合要求的值。",
    "XJK-E102": "没有安装的规则包提供所写的规则、形式或标签。",
    "XJK-E103": "基线或排除文件无法使用。",
    "XJK-E200": "数据完全无法读取；个别坏行不算，它们被隔离并逐一说明。",
    "XJK-E201": "路径不存在、其中没有可识别的表，或格式未知。",
    "XJK-E202": "文字编码不受支持，或中途改变。",
    "XJK-E203": "文件不符合自身格式，或声称的大小不合常理。",
    "XJK-E204": "映射文件提到不认识的表、列或表头。",
    "XJK-E205": "表缺少主键列或必填列。",
    "XJK-E206": "YAML 有误、过大或有重复的键。",
    "XJK-E300": "规则包有错，只影响该规则包。",
    "XJK-E301": "规则包无法导入，或没有说明自己。",
    "XJK-E302": "钩子名写错、参数不符，或钩子接口版本不受支持。",
    "XJK-E303": "规则文件夹中的 rule.md、rule.sql、rule.py 或 cases.yaml 有误。",
    "XJK-E310": "规则运行时出错；其他规则照常运行。",
    "XJK-E311": "规则超过时限，已停止。",
    "XJK-E312": "规则试图写入、附加数据库或触及账套以外。",
    "XJK-E400": "数据库引擎无法工作。",
    "XJK-E401": "引擎未安装或不认识。",
    "XJK-E402": "可选依赖未安装。",
    "XJK-E900": "xjk 内部出错，请报告。",
}
"""Meaning of each code in Chinese; the English one is the first line of the exception's docstring."""


def error_classes(root: type[XjkError] = XjkError) -> Iterator[type[XjkError]]:
    """Yield an exception class and all that derive from it."""
    yield root
    for child in root.__subclasses__():
        yield from error_classes(child)


def error_lines(code: str, console: Console) -> Iterator[str]:
    """Yield what an error code (``XJK-E204`` or ``E204``) means.

    Raises:
        UserError: when there is no such code.
    """
    wanted = code if code.startswith("XJK-") else f"XJK-{code}"
    for kind in error_classes():
        if kind.code == wanted:
            english = (kind.__doc__ or "").split("\n")[0]
            yield from wrap(f"{kind.code} {kind.__name__}")
            yield from wrap(console.say(CHINESE[kind.code], english), indent="  ")
            return
    known = " ".join(sorted({kind.code for kind in error_classes()}))
    raise UserError(
        zh=f"没有错误代码 {wanted}。",
        en=f"There is no error code {wanted}.",
        hint_zh=f"可用的有：{known}。",
        hint_en=f"Known: {known}.",
    )
