"""Waivers: what a rule does not pass, explained in writing beside the rule.

``waivers.yaml`` in the rule folder names a check, what in it is waived (a mutant, a parameter; as the check
reports it in quotation marks) and why. A waiver that nothing needs any more is itself reported.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic import Field, ValidationError

from xjk.errors import RuleFolderError, YamlError
from xjk.models.nearest import suggestion
from xjk.models.rule import Model, Rule
from xjk.models.words import Words
from xjk.reference.yaml_file import parse_yaml
from xjk.rules.faults import Places, fault, from_yaml, gathered, validation_faults
from xjk.rules.frontmatter import read_text

FILE = "waivers.yaml"

WAIVABLE = ("RC03", "RC05", "RC08", "RC09", "RC10", "RC12", "RC14", "RC17")
"""Checks that a rule may explain in writing why it does not pass; what the others ask has no exceptions."""


class Waiver(Model):
    """Excuse one thing that one check reports."""

    check: str = Field(min_length=1)
    """Check that reports it, such as RC05."""
    about: str = Field(min_length=1)
    """What it reports: the name of a mutant or of a parameter, as the report gives it."""
    why: Words
    """Why the rule is right all the same."""


class Waivers(Model):
    """Hold the waivers of one rule."""

    waivers: tuple[Waiver, ...] = ()
    """The waivers, in the order of the file."""

    def of(self, check: str) -> tuple[Waiver, ...]:
        """Return the waivers of one check."""
        return tuple(waiver for waiver in self.waivers if waiver.check == check)


def read_waivers(rule: Rule) -> Waivers:
    """Read the waivers of a rule; none when it has no such file.

    Raises:
        RuleFolderError: with every fault of the file in ``errors``, each with file, line and key.
    """
    path = Path(rule.folder) / FILE
    if not path.exists():
        return Waivers()
    file = str(path)
    text = read_text(path)
    places = Places(file, text)
    try:
        read = Waivers.model_validate(parse_yaml(text, file))
    except YamlError as error:
        raise gathered(file, [from_yaml(error)]) from error
    except ValidationError as error:
        raise gathered(file, validation_faults(error, places, _known_keys)) from error
    errors = [
        *_unknown_checks(read, places),
        *_repeated(read, places),
    ]
    if errors:
        raise gathered(file, errors)
    return read


def _known_keys(path: tuple[str | int, ...]) -> Collection[str]:
    if not path:
        return Waivers.model_fields
    return Words.model_fields if path[-1] == "why" else Waiver.model_fields


def _unknown_checks(read: Waivers, places: Places) -> list[RuleFolderError]:
    return [
        fault(
            places.where(("waivers", number, "check")),
            f"没有可豁免的检查“{waiver.check}”。",
            f'There is no check "{waiver.check}" that can be waived.',
            *suggestion(waiver.check, WAIVABLE),
        )
        for number, waiver in enumerate(read.waivers)
        if waiver.check not in WAIVABLE
    ]


def _repeated(read: Waivers, places: Places) -> list[RuleFolderError]:
    named = [(waiver.check, waiver.about) for waiver in read.waivers]
    return [
        fault(
            places.where(("waivers", number)),
            "同一事项豁免了两次。",
            "The same thing is waived twice.",
            "只留一条。",
            "Keep one of them.",
        )
        for number, name in enumerate(named)
        if name in named[:number]
    ]
