"""Why a pack, or a part of it, is refused."""

from __future__ import annotations

import traceback

from pydantic import ValidationError

from xjk.errors import XjkError
from xjk.models.pack import PackProblem, Step
from xjk.models.words import Words


class Refused(Exception):
    """Stop the admission of a pack at one step."""

    def __init__(self, step: Step, error: Words, hint: Words, where: str = "") -> None:
        super().__init__(error.en)
        self.step, self.error, self.hint, self.where = step, error, hint, where

    def problem(self, pack: str, version: str) -> PackProblem:
        """Return what the user is told."""
        return PackProblem(
            pack=pack, version=version, step=self.step, error=self.error, hint=self.hint, where=self.where
        )


def raised(step: Step, what: Words, error: BaseException) -> Refused:
    """Refuse because `error` came out of the pack's own code; `what` says what was being done."""
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    if isinstance(error, SyntaxError) and error.filename:
        where = f"{error.filename}:{error.lineno}"
    return Refused(
        step,
        Words(zh=f"{what.zh}时出错：{told}", en=f"{what.en} failed: {told}"),
        Words(
            zh="请向规则包的作者反馈，或升级、卸载它。", en="Tell its author, or upgrade or remove the pack."
        ),
        where,
    )


def invalid(step: Step, hook: str, error: ValidationError) -> Refused:
    """Refuse because a hook returned something that is not what it must be."""
    details = "; ".join(
        f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" if detail["loc"] else detail["msg"]
        for detail in error.errors(include_url=False, include_input=False)
    )
    return Refused(
        step,
        Words(zh=f"{hook} 的返回值不合规定：{details}", en=f"What {hook} returned is not valid: {details}"),
        Words(zh=f"按 {hook} 的说明改正返回值。", en=f"Correct it as the documentation of {hook} says."),
    )


def folder_problems(error: XjkError, pack: str, version: str, step: Step) -> list[PackProblem]:
    """Turn the error of one folder of a pack into problems, one for each fault of the folder."""
    return [
        PackProblem(
            pack=pack,
            version=version,
            step=step,
            error=Words(zh=one.zh, en=one.en),
            hint=Words(zh=one.hint_zh or "改正该处。", en=one.hint_en or "Correct it there."),
            where=one.where,
        )
        for one in error.errors or (error,)
    ]
