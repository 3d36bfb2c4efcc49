"""``xjk checklist``: what inspectors do on site, because no table shows it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence

from xjk.cli.console import Console
from xjk.cli.formats import choose
from xjk.errors import UserError
from xjk.hooks.manager import catalogue
from xjk.models.nearest import suggestion
from xjk.models.tables.units import Unit
from xjk.reference.forms import Form, forms
from xjk.reference.ideas import OnsiteStep, onsite_steps
from xjk.report.safe import escape_json
from xjk.report.width import wrap

_UNIT_KINDS = Unit.columns()["kind"].choices
"""Kinds of unit and their Chinese names."""


def run(args: Namespace, console: Console) -> int:
    """List the steps of the forms and the kind of unit asked for."""
    write = choose(args.format, {"text": _text, "json": _json})
    folders = catalogue().data_folders
    known = {form.id: form for form in forms(folders)}
    _check_known(args.form, list(known), "表现形式", "form")
    _check_known([args.kind] if args.kind else [], list(_UNIT_KINDS), "单位性质", "kind of unit")
    steps = [
        step
        for step in onsite_steps(folders)
        if (not args.form or set(args.form) & set(step.forms))
        and (not args.kind or not step.kinds or args.kind in step.kinds)
    ]
    console.deliver_lines(
        write(steps, [form for name, form in known.items() if name in (args.form or known)], console),
        args.output,
    )
    return 0


def _check_known(given: Sequence[str], known: Sequence[str], zh: str, en: str) -> None:
    """Refuse a word that is not known.

    Raises:
        UserError: for the first of them.
    """
    for word in given:
        if word not in known:
            hint_zh, hint_en = suggestion(word, known)
            raise UserError(
                zh=f"没有{zh}“{word}”。", en=f'There is no {en} "{word}".', hint_zh=hint_zh, hint_en=hint_en
            )


def _text(steps: Sequence[OnsiteStep], wanted: Sequence[Form], console: Console) -> Iterator[str]:
    """Yield the list form by form, with a box to tick; a step for several forms stands under the first of them."""
    yield console.say("现场核查清单", "Checklist for the inspection on site")
    left = list(steps)
    for form in wanted:
        here = [step for step in left if form.id in step.forms]
        left = [step for step in left if step not in here]
        if here:
            yield from ("", f"{form.id} {form.title.text(console.lang)}")
        for step in here:
            yield from wrap(step.title.text(console.lang), indent="  □ ")
            yield from wrap(step.how.text(console.lang), indent="    ")
            yield from _kinds(step, console)


def _kinds(step: OnsiteStep, console: Console) -> Iterator[str]:
    if step.kinds:
        names = [_UNIT_KINDS[kind] if console.lang == "zh" else kind.replace("_", " ") for kind in step.kinds]
        yield from wrap(console.say(f"适用：{'、'.join(names)}", f"For: {', '.join(names)}"), indent="    ")


def _json(steps: Sequence[OnsiteStep], _: Sequence[Form], __: Console) -> Iterator[str]:
    documents = [step.model_dump(mode="json") for step in steps]
    yield escape_json(json.dumps(documents, ensure_ascii=False, indent=2))
