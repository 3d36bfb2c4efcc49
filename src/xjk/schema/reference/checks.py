"""The page of the rule contract: every check, what it does, and what goes wrong without it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from xjk.schema.reference.docstrings import prose
from xjk.schema.reference.markdown import anchor, code, page, table
from xjk.testing.contract.checks import CHECKS, PACK_CHECKS
from xjk.testing.contract.subject import EXAMPLES, Check


def checks_page() -> str:
    """Return the page of the checks that every rule passes."""
    return page(
        "规则检查 The rule contract",
        '规则包的测试文件写一行 `test_pack = pack_contract("xjk_<pack>")`，pytest 就对每条规则、每个引擎运行下列检查。'
        'One line in the tests of a pack, `test_pack = pack_contract("xjk_<pack>")`, makes pytest run these checks for '
        "each rule and engine.\n\n"
        "可豁免的检查：在规则文件夹的 `waivers.yaml` 中写明检查、事项（报告中引号内的名称）和理由；不再需要的豁免本身会被指出。"
        "A check that can be waived is excused in `waivers.yaml` in the rule folder: the check, what it is about (the name "
        f"in quotation marks in the report), and why. Checks that draw books try {EXAMPLES} of them by default; "
        "`--xjk-examples N` asks for more.",
        table(
            ("检查 Check", "要求 What is asked", "怎么查 How it is checked", "为什么 Why", "范围 Where"),
            (
                (
                    anchor(check.id) + code(check.id),
                    f"{check.title.zh}<br>{check.title.en}",
                    "<br>".join(_told(check)),
                    f"{check.why.zh}<br>{check.why.en}",
                    "<br>".join(_where(check)),
                )
                for check in CHECKS
            ),
        ),
    )


def _told(check: Check) -> Iterator[str]:
    """Yield what the check does to a rule, and to its pack."""
    for run in (check.run, PACK_CHECKS.get(check.id)):
        if run is not None:
            yield prose((inspect.getdoc(run) or "").partition(": ")[2])


def _where(check: Check) -> Iterator[str]:
    yield "每个引擎 every engine" if check.engines else "只看文件 files only"
    if check.id in PACK_CHECKS:
        yield "规则和规则包 rule and pack"
    if check.is_waivable:
        yield "可豁免 can be waived"
