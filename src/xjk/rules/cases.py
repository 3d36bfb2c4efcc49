"""The cases of a rule: cases.yaml as models, checked against the tables and the rule's parameters.

Cases name the findings they expect and never count them; every case that must stay silent says which innocent
practice it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from xjk.errors import RuleFolderError, YamlError
from xjk.models.columns import MONEY, Money
from xjk.models.nearest import suggestion
from xjk.models.rule import Model, Rule
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.reference.yaml_file import parse_yaml
from xjk.rules import faults
from xjk.rules.case_tables import CaseTable, TableReader
from xjk.rules.faults import Places, fault, from_yaml, gathered, validation_faults, value_texts
from xjk.rules.frontmatter import read_text

Kind = Literal["must_flag", "must_not_flag"]

KINDS: Mapping[Kind, int] = {"must_flag": 1, "must_not_flag": 2}
"""Groups of cases and how many a rule needs at least; cases that expect a skip do not count."""

_OWN_KEYS = ("why", "params", "expect", "findings")


class EvidenceRef(Model):
    """Name one expected row: table, and key columns joined with a vertical bar."""

    table: str = Field(min_length=1)
    """Canonical table."""
    key: str = Field(min_length=1)
    """Key columns joined with a vertical bar."""


def _reference(value: object) -> object:
    """Split ``table:key`` at the first colon; keys may hold colons themselves."""
    if not isinstance(value, str):
        return value
    table, colon, key = value.partition(":")
    if not colon or not table or not key:
        raise ValueError("write evidence as table:key")
    return {"table": table, "key": key}


class Expected(Model):
    """Be one finding that a case expects."""

    unit_code: str = Field(min_length=1)
    """Unit concerned."""
    subject: str = Field(min_length=1)
    """What makes it the same finding next time."""
    amount: Money
    """Amount in yuan."""
    evidence: tuple[Annotated[EvidenceRef, BeforeValidator(_reference)], ...] = Field(min_length=1)
    """Rows that speak for it, in any order."""

    @property
    def amount_fen(self) -> int:
        """Return the amount in fen."""
        return int(MONEY.coerce(self.amount))


class CaseOptions(Model):
    """Hold what a case says beside its tables."""

    why: Words | None = None
    """Innocent explanation; every case that must not flag has one."""
    params: Mapping[str, str] = {}
    """Values of parameters that differ from their defaults."""
    expect: Literal["findings", "skipped"] = "findings"
    """``skipped`` when the rule must say that it lacks a table or column."""
    findings: tuple[Expected, ...] = ()
    """The whole set of findings."""


class Case(CaseOptions):
    """Be one case: small books, and what the rule must say of them."""

    name: str = Field(pattern=r"^[a-z0-9]+(?:_[a-z0-9]+)*$")
    """A sentence in snake case."""
    kind: Kind
    """Whether the rule must flag something."""
    tables: Mapping[str, CaseTable]
    """Rows by canonical table, defaults filled in."""


class Cases(Model):
    """Be all cases of one rule, in the order of the file."""

    rule: str
    """Code of the rule."""
    cases: tuple[Case, ...]
    """The cases."""

    def of(self, kind: Kind) -> tuple[Case, ...]:
        """Return the cases of one group."""
        return tuple(case for case in self.cases if case.kind == kind)


def read_cases(rule: Rule) -> Cases:
    """Read and check the cases.yaml of a rule.

    Raises:
        RuleFolderError: with every fault of the file in ``errors``, each with line and key path.
    """
    path = Path(rule.folder) / "cases.yaml"
    return parse_cases(read_text(path), rule, str(path))


def parse_cases(text: str, rule: Rule, file: str) -> Cases:
    """Parse the text of a cases.yaml; `file` is how messages call it. Raises as `read_cases` does."""
    try:
        content = parse_yaml(text, file)
    except YamlError as error:
        raise gathered(file, [from_yaml(error)]) from error
    parser = _Parser(rule, Places(file, text))
    cases = parser.parse(content)
    if parser.errors:
        raise gathered(file, parser.errors)
    return Cases(rule=rule.code, cases=cases)


class _Parser:
    """Builds the cases of one file and collects its faults."""

    def __init__(self, rule: Rule, places: Places) -> None:
        self._rule = rule
        self._places = places
        self.errors: list[RuleFolderError] = []

    def parse(self, content: object) -> tuple[Case, ...]:
        """Return the cases of a document."""
        document = self._mapping((), content)
        for key in sorted(document.keys() - {"defaults", *KINDS}):
            self._fault(
                (key,), "不认识这个键。", "The key is not known.", *suggestion(key, ("defaults", *KINDS))
            )
        reader = TableReader(self._places, self._mapping(("defaults",), document.get("defaults", {})))
        self.errors += reader.errors
        cases: list[Case] = []
        for kind, least in KINDS.items():
            group = self._mapping((kind,), document.get(kind, {}))
            found = [self._case(kind, name, body, reader) for name, body in group.items()]
            cases += [case for case in found if case is not None]
            counted = sum(1 for case in found if case is None or case.expect != "skipped")
            if counted < least:
                self._fault(
                    (kind,),
                    f"{kind} 至少要有 {least} 个案例，现有 {counted} 个。",
                    f"{kind} needs at least {least} case{'s' if least > 1 else ''}; there {'is' if counted == 1 else 'are'} {counted}.",
                    "补上案例；must_not_flag 写最容易误报的清白情形。",
                    "Add cases; under must_not_flag give the innocent practices most easily mistaken.",
                )
        for name in sorted(
            {case.name for case in cases if sum(case.name == other.name for other in cases) > 1}
        ):
            self._fault(
                ("must_not_flag", name),
                f"案例名“{name}”用了两次。",
                f'The name "{name}" is used twice.',
                "换一个名字。",
                "Give another name.",
            )
        return tuple(cases)

    def _case(self, kind: Kind, name: str, body: object, reader: TableReader) -> Case | None:
        before = len(self.errors)
        path: faults.Path = (kind, name)
        parts = self._mapping(path, body)
        own = {key: value for key, value in parts.items() if key in _OWN_KEYS}
        tables: dict[str, CaseTable] = {}
        strict = own.get("expect") != "skipped"
        for key in sorted(parts.keys() - own.keys()):
            if key not in TABLES:
                self._fault(
                    (*path, key),
                    "不认识这个表或键。",
                    "No such table or key.",
                    *suggestion(key, (*TABLES, *_OWN_KEYS)),
                )
        for table in [key for key in parts if key in TABLES]:
            read, errors = reader.read(table, parts[table], (*path, table), complete=strict)
            tables[table] = read
            self.errors += errors
        try:
            case = Case.model_validate({"name": name, "kind": kind, **own, "tables": tables})
        except ValidationError as error:
            self.errors += validation_faults(error, self._places, _known_keys, path)
            return None
        self._check_expectation(case, path)
        self._check_params(case, path)
        self._check_evidence(case, path)
        return case if len(self.errors) == before else None

    def _check_expectation(self, case: Case, path: faults.Path) -> None:
        if case.kind == "must_flag" and (case.expect == "skipped" or not case.findings):
            self._fault(
                path,
                "must_flag 的案例没有写出应有的疑点。",
                "A must_flag case does not name the findings it expects.",
                "补上 findings；预期跳过的案例放在 must_not_flag 下。",
                "Add findings; a case that expects a skip stands under must_not_flag.",
            )
        if case.kind == "must_not_flag" and case.findings:
            self._fault(
                (*path, "findings"),
                "must_not_flag 的案例不能有 findings。",
                "A must_not_flag case has findings.",
                "移到 must_flag，或删去 findings。",
                "Move it to must_flag or take findings out.",
            )
        if case.kind == "must_not_flag" and case.why is None and case.expect != "skipped":
            self._fault(
                path,
                "没有写 why。",
                'It has no "why".',
                "用 why: {zh, en} 写明清白的解释。",
                "Give the innocent explanation as why: {zh, en}.",
            )
        seen = [(found.unit_code, found.subject) for found in case.findings]
        if len(set(seen)) != len(seen):
            self._fault(
                (*path, "findings"),
                "两个疑点的 unit_code 和 subject 相同。",
                "Two findings have the same unit_code and subject.",
                "合为一个。",
                "Make them one.",
            )

    def _check_params(self, case: Case, path: faults.Path) -> None:
        declared = self._rule.meta.params
        for name, text in case.params.items():
            place = (*path, "params", name)
            if name not in declared:
                self._fault(
                    place,
                    "规则没有这个参数。",
                    "The rule has no such parameter.",
                    *suggestion(name, declared),
                )
                continue
            try:
                declared[name].read(text)
            except ValueError as error:
                self._fault(place, *value_texts(error))

    def _check_evidence(self, case: Case, path: faults.Path) -> None:
        for number, found in enumerate(case.findings):
            for position, row in enumerate(found.evidence):
                place = (*path, "findings", number, "evidence", position)
                if row.table not in TABLES:
                    self._fault(
                        place, "没有这个表。", "There is no such table.", *suggestion(row.table, TABLES)
                    )
                    continue
                given = case.tables.get(row.table)
                keys = given.keys(row.table) if given is not None else frozenset()
                if keys is not None and row.key not in keys:
                    self._fault(
                        place,
                        f"案例的 {row.table} 表中没有 {row.key}。",
                        f"The case has no row {row.key} in {row.table}.",
                        *suggestion(row.key, keys),
                    )

    def _mapping(self, path: faults.Path, value: object) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        if value != "":
            self._fault(path, "应是键值对。", "It must be a mapping.")
        return {}

    def _fault(
        self,
        path: faults.Path,
        zh: str,
        en: str,
        hint_zh: str = "改正该处。",
        hint_en: str = "Correct it there.",
    ) -> None:
        self.errors.append(fault(self._places.where(path), zh, en, hint_zh, hint_en))


def _known_keys(path: faults.Path) -> Iterable[str]:
    if len(path) <= 2:
        return (*_OWN_KEYS, *TABLES)
    return Expected.model_fields if path[2] == "findings" else Words.model_fields
