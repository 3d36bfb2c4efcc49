"""Words that tell what a text is about, checked with the tagger that uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import YamlError
from xjk.ledger.derive.text_tag import Tagger
from xjk.reference.lexicons import fold, lexicons

TAGGER = Tagger(lexicons())
WORDS = [(entry.tag, word) for entry in lexicons() for word in entry.words]
EXCEPTIONS = [(entry.tag, word) for entry in lexicons() for word in entry.exceptions]


def _tags(text: str) -> set[str]:
    return set(TAGGER.tags(text))


def test_the_tags_rules_ask_for_exist() -> None:
    wanted = """meeting training labour consulting lecture expert_review rent deposit fee_charge fine donation
    sponsorship asset_disposal interest refund collected_for_others office_supplies printing hospitality travel
    vehicle fuel repair works gift tobacco_liquor tourism luxury allowance cash prepaid_card canteen union_fee
    transfer_down transfer_up vague_goods vague_party special_account official_card detailed_list suspense red_letter
    hotel insurer retailer"""
    assert {entry.tag for entry in lexicons()} == set(wanted.split())


def test_no_phrase_is_both_a_word_and_an_exception() -> None:
    assert not set(WORDS) & set(EXCEPTIONS)


@pytest.mark.parametrize(("tag", "word"), WORDS)
def test_every_word_hits_a_text_made_of_it(tag: str, word: str) -> None:
    assert TAGGER.tags(word)[tag] == word


@pytest.mark.parametrize(("tag", "phrase"), EXCEPTIONS)
def test_every_exception_holds_a_word_that_would_hit_without_it(tag: str, phrase: str) -> None:
    (entry,) = (item for item in lexicons() if item.tag == tag)
    assert any(word in phrase for word in entry.words), "the exception does nothing"
    assert tag not in _tags(phrase)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("购奖杯、奖牌", set()),
        ("发放年终奖", {"allowance"}),
        ("2019年会计人员培训", {"training"}),
        ("付某会议中心会议费", {"meeting"}),
        ("购工会会员生日蛋糕券", {"union_fee", "prepaid_card"}),
        ("代扣个人所得税", {"collected_for_others"}),
        ("文化和旅游局宣传费", set()),
        ("赴某景区旅游", {"tourism"}),
        ("出租车票", {"travel"}),
        ("出租门面收入", {"rent"}),
        ("物业管理费", set()),
        ("收取管理费", {"fee_charge"}),
        ("办公用品一批（详见清单）", {"office_supplies", "vague_goods", "detailed_list"}),
        ("拨红十字会捐款", {"donation"}),
    ],
)
def test_texts_of_vouchers_are_tagged_as_an_auditor_reads_them(text: str, tags: set[str]) -> None:
    assert _tags(text) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Refund of Deposits", {"refund", "deposit"}),
        ("PARENTAL LEAVE", set()),
        ("Fine Art supplies", set()),
        ("Fines and Penalties", {"fine"}),
        ("Training courses", {"training"}),
        ("payee", set()),
        ("Ｄｅｐｏｓｉｔ", {"deposit"}),
    ],
)
def test_english_words_hit_whole_words_in_any_case_and_width(text: str, tags: set[str]) -> None:
    assert _tags(text) == tags


def test_an_exception_does_not_hide_the_word_elsewhere_in_the_text() -> None:
    assert _tags("奖杯和奖金") == {"allowance"}


@given(st.text(max_size=40), st.sampled_from(WORDS), st.text(max_size=40))
def test_a_hit_is_always_a_word_of_its_tag_that_stands_in_the_text(
    before: str, word: tuple[str, str], after: str
) -> None:
    text = before + word[1] + after
    for tag, found in TAGGER.tags(text).items():
        assert (tag, found) in WORDS
        assert found in " ".join(fold(text).split())


LAYER = """
defaults: {source: 测试, confidence: M, layer: unit}
lexicons:
  - {tag: meeting, words: [碰头会], except: [座谈会]}
"""


def _pack(folder: Path, text: str) -> Path:
    (folder / "lexicons").mkdir(parents=True)
    (folder / "lexicons" / "unit.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_layer_adds_words_and_switches_words_off(tmp_path: Path) -> None:
    tagger = Tagger(lexicons([_pack(tmp_path / "pack", LAYER)]))
    assert tagger.tags("周一碰头会") == {"meeting": "碰头会"}
    assert tagger.tags("座谈会") == {}
    assert TAGGER.tags("座谈会") == {"meeting": "座谈会"}


def test_a_new_tag_needs_a_title(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="meetings"):
        lexicons([_pack(tmp_path / "pack", LAYER.replace("tag: meeting", "tag: meetings"))])


def test_two_titles_of_one_tag_are_refused(tmp_path: Path) -> None:
    text = LAYER.replace("tag: meeting", "tag: meeting, title: {zh: 开会, en: Sessions}")
    with pytest.raises(YamlError, match="lexicon meeting"):
        lexicons([_pack(tmp_path / "pack", text)])
