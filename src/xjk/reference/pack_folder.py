"""Read every subject of one pack's data folder, so that a faulty folder is found before a ledger depends on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xjk.reference.basis import instruments
from xjk.reference.calendar import holiday_years
from xjk.reference.chart import charts
from xjk.reference.classes import economic_classes
from xjk.reference.folders import Folder, pack_files
from xjk.reference.forms import forms
from xjk.reference.ideas import ideas, onsite_steps
from xjk.reference.lexicons import lexicons
from xjk.reference.party_kinds import party_markers
from xjk.reference.standards import standards

SUBJECTS: Mapping[str, Callable[[Sequence[Folder]], object]] = {
    "basis": instruments,
    "calendar": holiday_years,
    "chart": charts,
    "economic_classes": economic_classes,
    "forms": forms,
    "ideas": ideas,
    "lexicons": lexicons,
    "onsite_steps": onsite_steps,
    "party_kinds": party_markers,
    "standards": standards,
}
"""What a pack may bring, by the name of its files."""


def check_folder(folder: Folder) -> None:
    """Read what a pack's data folder holds, together with the library's own.

    Raises:
        YamlError: when a file is not valid or contradicts the library.
    """
    for subject, read in SUBJECTS.items():
        if pack_files(subject, [folder]):
            read([folder])
