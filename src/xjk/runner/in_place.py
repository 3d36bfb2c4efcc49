"""Books in, without moving them: a ledger over the tables of a finance system's own database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.ledger.crosscheck import check_rows
from xjk.ledger.derive.distinct import distinct_rows
from xjk.ledger.intake import Intake
from xjk.ledger.ledger import Ledger
from xjk.models.masking import mask
from xjk.models.problem import Problem
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.tables import TABLES
from xjk.models.text import MAX_CODE, MAX_TEXT
from xjk.models.words import Words
from xjk.readers.mapping.document import Mapping as MappingDocument
from xjk.readers.mapping.document import load_mapping
from xjk.runner.complete import closed_on_error, complete

if TYPE_CHECKING:
    from xjk.engines.postgres.in_place import InPlaceStore, LeftOut


def in_place(
    url: str = "",
    *,
    mapping: str | Path | MappingDocument,
    region: str = "CN",
    standards: Mapping[str, str] | None = None,
    packs: Catalogue | None = None,
) -> Ledger:
    """See the tables of a finance system's PostgreSQL database as a ledger; nothing but temporary relations is made.

    The ledger sees the database as it was at the first look. Rows with a value that cannot be represented exactly
    are left out, counted as quarantined, and told by table and column in the ledger's ``validation``.

    Args:
        url: Address of the database, ``postgresql://…``; when empty, libpq's environment decides. The user needs
            SELECT on the tables that the mapping names, and TEMP on the database.
        mapping: Mapping file, or a mapping that was read. ``file`` of its sources names a table, with its schema
            if need be.
        region: Where the units are, as for ``load``.
        standards: Values that replace a dated standard, as for ``load``.
        packs: Packs whose data counts; what is installed when None.

    Raises:
        EngineError: when the database cannot be reached or refuses.
        MappingError: when the mapping does not fit the database, or asks for what only files have.
        ExtraMissingError: when the extra ``postgres`` is not installed.
    """
    from xjk.engines.postgres.in_place import InPlaceStore

    packs = packs or catalogue()
    if isinstance(mapping, MappingDocument):
        document, name = mapping, "mapping"
    else:
        document, name = load_mapping(Path(mapping)), Path(mapping).name
    store = InPlaceStore(url, document, name)
    with closed_on_error(store):
        intake = Intake(store)
        intake.tell(map(_problem, store.left_out))
        intake.tell(_doubts(store))
        check_rows(intake, list(store.supplied))
        return complete(
            store,
            supplied=store.supplied,
            counts=store.counts,
            packs=packs,
            region=region,
            standards=standards,
        )


def _doubts(store: InPlaceStore) -> Iterator[Problem]:
    """Tell identifiers that fail their check, by column; the values themselves are not told."""
    for table, columns in store.supplied.items():
        for column, kind in TABLES[table].columns().items():
            if column not in columns or kind.doubt is None:
                continue
            found = Counter(
                doubt for (text,) in distinct_rows(store, table, (column,)) if (doubt := kind.doubt(text))
            )
            for name, values in sorted(found.items()):
                known = PROBLEM_KINDS[name]
                yield Problem(
                    code=known.code,
                    severity=known.severity,
                    reason=Words(
                        zh=f"{known.reason.zh}共 {values} 个不同的值。",
                        en=f"{known.reason.en} {values} different values do.",
                    ),
                    hint=known.hint,
                    table=table,
                    column=column,
                )


def _problem(left_out: LeftOut) -> Problem:
    """Tell rows that were left out: what is wrong, how many there are, and the key of one."""
    model, known = TABLES[left_out.table], PROBLEM_KINDS[left_out.kind]
    kinds = model.columns()
    kind = kinds.get(left_out.column)
    example = left_out.example
    if any(kinds[column].personal for column in model.key):
        example = "|".join(map(mask, example.split("|")))
    if left_out.kind == "duplicate_key":
        reason = Words(zh="主键重复。", en="The key is used before.")
    else:
        limit = MAX_TEXT if kind is not None and kind.name == "text" else MAX_CODE
        choices = (
            "、".join(f"{name} {label}" for name, label in kind.choices.items()) if kind is not None else ""
        )
        reason = known.reason.format(limit=limit, choices=choices)
    rows = left_out.rows
    return Problem(
        code=known.code,
        severity=known.severity,
        reason=Words(zh=f"{reason.zh}共 {rows} 行未纳入，如主键 {example}。", en=f"{reason.en} {rows} rows are left out, such as {example}."),
        hint=known.hint,
        table=left_out.table,
        file=left_out.file,
        column=left_out.column,
    )  # fmt: skip
