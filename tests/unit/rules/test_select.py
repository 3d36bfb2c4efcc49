from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.samples import a_rule

from xjk.errors import UnknownRuleError
from xjk.models.pack import PackProblem
from xjk.models.rule import Rule
from xjk.models.words import Words
from xjk.rules.select import select


def rule(code: str, pack: str, form: str, status: str = "stable", *tags: str) -> Rule:
    return a_rule(code=code, pack=pack, form=form, status=status, tags=tags, name=f"name_{code.lower()}")


RULES = (
    rule("XJK301", "xjk_services", "F3", "stable", "meeting"),
    rule("XJK302", "xjk_services", "F3", "deprecated", "meeting", "Training"),
    rule("XJK303", "xjk_services", "F3", "preview"),
    rule("XJK701", "xjk_invoices", "F7", "stable"),
    rule("XJK702", "xjk_invoices", "F7", "removed"),
    rule("EXA101", "xjk_example", "F9", "preview", "meeting"),
)
REFERENCES = (
    "XJK301",
    "XJK3",
    "XJK",
    "EXA101",
    "xjk_services",
    "xjk-invoices",
    "F3",
    "meeting",
    "name_xjk701",
    "xjk303",
)


def codes(*wanted: str, ignore: tuple[str, ...] = (), preview: bool = False) -> list[str]:
    return [found.code for found in select(RULES, wanted, ignore, preview=preview)]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("XJK301", ["XJK301"]),
        ("xjk301", ["XJK301"]),
        ("XJK3", ["XJK301", "XJK302"]),
        ("XJK", ["XJK301", "XJK302", "XJK701"]),
        ("xjk_services", ["XJK301", "XJK302"]),
        ("xjk-services", ["XJK301", "XJK302"]),
        ("F3", ["XJK301", "XJK302"]),
        ("meeting", ["XJK301", "XJK302"]),
        ("training", ["XJK302"]),
        ("name_xjk701", ["XJK701"]),
    ],
)
def test_a_reference_is_a_code_prefix_pack_form_tag_or_name(reference: str, expected: list[str]) -> None:
    assert codes(reference) == expected


def test_everything_runs_but_preview_and_removed_rules() -> None:
    assert codes() == ["XJK301", "XJK302", "XJK701"]


def test_preview_rules_run_when_asked_for_or_named_by_full_code() -> None:
    assert codes(preview=True) == ["EXA101", "XJK301", "XJK302", "XJK303", "XJK701"]
    assert codes("xjk303") == ["XJK303"]
    assert codes("XJK303", "F3") == ["XJK301", "XJK302", "XJK303"]
    assert codes("EXA", "name_exa101", preview=False) == []


def test_a_removed_rule_never_runs_and_naming_it_is_an_error() -> None:
    assert "XJK702" not in codes("XJK7", preview=True)
    with pytest.raises(UnknownRuleError, match="has been removed"):
        codes("XJK702")
    assert codes(ignore=("XJK702",)) == codes()


def test_ignoring_wins() -> None:
    assert codes("XJK301", ignore=("F3",)) == []
    assert codes(ignore=("XJK3", "name_xjk701")) == []


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("XJK70l", "XJK70[12]"),
        ("xjk_service", "xjk_services"),
        ("meetings", "meeting"),
        ("F4", "F3"),
        ("", "Known"),
    ],
)
def test_an_unknown_reference_is_told_with_the_closest_one(reference: str, hint: str) -> None:
    with pytest.raises(UnknownRuleError, match=hint):
        codes(reference)
    with pytest.raises(UnknownRuleError, match=hint):
        codes(ignore=(reference,))


def test_every_unknown_reference_is_told_at_once() -> None:
    with pytest.raises(UnknownRuleError) as caught:
        codes("nothing", ignore=("none",))
    assert len(caught.value.errors) == 2


def test_a_rule_whose_folder_has_a_fault_is_told_with_the_fault() -> None:
    fault = PackProblem(
        pack="xjk_services",
        step="rules",
        error=Words(zh="缺少这个键。", en="The key is missing."),
        hint=Words(zh="补上 article。", en="Add article."),
        where="/packs/rules/xjk304_expert_fee/rule.md:20: basis.2.article",
    )
    with pytest.raises(UnknownRuleError, match=r"not loaded: .*rule\.md:20.*key is missing") as caught:
        select(RULES, ["xjk304"], refused=[fault])
    assert caught.value.hint_en == "Add article."
    with pytest.raises(UnknownRuleError, match="No rule fits"):
        select(RULES, ["XJK30"], ["XJK305"], refused=[fault])


def test_without_rules_no_reference_is_known() -> None:
    assert select(()) == ()
    with pytest.raises(UnknownRuleError, match="No rule pack is installed"):
        select((), ["XJK"])


subsets = st.lists(st.sampled_from(REFERENCES), max_size=4)


@given(subsets, subsets, st.booleans(), st.permutations(RULES))
def test_selection_is_sorted_unique_and_independent_of_order(
    wanted: list[str], ignored: list[str], preview: bool, rules: list[Rule]
) -> None:
    chosen = select(rules, wanted, ignored, preview=preview)
    found = [one.code for one in chosen]
    assert found == sorted(set(found))
    assert chosen == select(RULES, reversed(wanted), ignored, preview=preview)


@given(subsets, subsets, st.booleans())
def test_selecting_more_adds_and_ignoring_more_takes_away(
    one: list[str], other: list[str], preview: bool
) -> None:
    def chosen(*wanted: str, ignore: Sequence[str] = (), preview: bool = preview) -> set[str]:
        return set(codes(*wanted, ignore=tuple(ignore), preview=preview))

    if one and other:
        assert chosen(*one, *other) == chosen(*one) | chosen(*other)
    assert chosen(*one, ignore=other) <= chosen(*one)
    assert chosen(*one, preview=False) <= chosen(*one, preview=True)


@given(subsets, st.booleans())
def test_ignoring_what_was_selected_leaves_nothing(wanted: list[str], preview: bool) -> None:
    if wanted:
        assert select(RULES, wanted, wanted, preview=preview) == ()
