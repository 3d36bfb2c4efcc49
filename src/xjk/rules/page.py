"""The page of a rule: the Markdown below the front matter, with fixed headings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xjk.errors import RuleFolderError
from xjk.models.nearest import suggestion
from xjk.rules.faults import fault

HEADINGS = (
    "查什么 What it does",
    "为什么要紧 Why it matters",
    "怎么查 How it works",
    "清白的解释 Innocent explanations",
    "不查什么 Not covered",
    "怎么核实 How to verify",
    "依据 References",
)
"""Headings of every rule page, in this order; an auditor finds the same thing in the same place."""

_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HEADING = re.compile(r"#{1,2}(?!#)\s*(.*?)\s*#*\s*")


def sections(page: str) -> Mapping[str, str]:
    """Return the text below each heading of a page, by heading."""
    return {title: text for title, text, _ in _split(page)[1]}


def page_faults(page: str, file: str, first_line: int) -> list[RuleFolderError]:
    """Return what is wrong with a page: headings missing, unknown, repeated, out of order or empty.

    `first_line` is the line of `file` on which the page starts.
    """
    before, found = _split(page)
    errors: list[RuleFolderError] = []
    if before.strip():
        errors.append(
            fault(
                f"{file}:{first_line}",
                "第一个标题之前有文字。",
                "There is text before the first heading.",
                f"页面从“## {HEADINGS[0]}”开始；题目写在 title 里。",
                f'Start the page with "## {HEADINGS[0]}"; the title stands in the front matter.',
            )
        )
    seen: list[str] = []
    for title, text, offset in found:
        where = f"{file}:{first_line + offset}"
        if title not in HEADINGS:
            hint = suggestion(title, (f"## {name}" for name in HEADINGS if name not in seen))
            errors.append(fault(where, f"不认识的标题“{title}”。", f'Unknown heading "{title}".', *hint))
            continue
        if title in seen:
            errors.append(fault(where, f"标题“{title}”出现两次。", f'The heading "{title}" stands twice.'))
        elif seen and HEADINGS.index(title) < max(map(HEADINGS.index, seen)):
            order = "、".join(HEADINGS)
            errors.append(
                fault(
                    where,
                    f"标题“{title}”的位置不对。",
                    f'The heading "{title}" is out of order.',
                    f"顺序为：{order}。",
                    f"The order is: {', '.join(HEADINGS)}.",
                )
            )
        if not text.strip():
            errors.append(
                fault(
                    where,
                    f"“{title}”下没有内容。",
                    f'There is nothing below "{title}".',
                    "写明内容；没有可写的，说明为什么没有。",
                    "Write it; when there is nothing to say, say why.",
                )
            )
        seen.append(title)
    errors += [
        fault(
            f"{file}:{first_line}",
            f"缺少标题“## {title}”。",
            f'The heading "## {title}" is missing.',
            "补上标题和内容。",
            "Add the heading and its text.",
        )
        for title in HEADINGS
        if title not in seen
    ]
    return errors


def _split(page: str) -> tuple[str, list[tuple[str, str, int]]]:
    """Return the text before the first heading, then title, text and line offset of each section."""
    before: list[str] = []
    found: list[tuple[str, list[str], int]] = []
    fenced = False
    for offset, line in enumerate(page.split("\n")):
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading is not None:
            found.append((heading[1], [], offset))
        else:
            (found[-1][1] if found else before).append(line)
    return "\n".join(before), [(title, "\n".join(lines).strip(), offset) for title, lines, offset in found]
