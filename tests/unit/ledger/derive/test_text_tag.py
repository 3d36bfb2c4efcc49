from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.ledger.derive.known_parties import PARTY_PLACES
from xjk.ledger.derive.party import derive_party
from xjk.ledger.derive.text_tag import TEXT_PLACES, Tagger, derive_text_tag
from xjk.ledger.store import Store
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.reference.lexicons import Lexicon, lexicons

Ledger = Callable[[Mapping[str, Sequence[Mapping[str, str]]]], AbstractContextManager[Store]]

_UNTAGGED = {
    "address", "bank_name", "basis", "charge_unit", "duty", "form", "found_by", "name", "phone", "quantity_unit", "role",
}  # fmt: skip
"""Text columns that name no party and tell no story; ``name`` here is that of a unit, person or enterprise."""


def _lexicon(tag: str, words: Sequence[str], exceptions: Sequence[str] = ()) -> Lexicon:
    return Lexicon(tag, Words(zh=tag, en=tag), tuple(words), tuple(exceptions))


def _tags(store: Store, folders: Sequence[Path] = ()) -> set[tuple[object, ...]]:
    derive_party(store)
    derive_text_tag(store, data_folders=folders)
    return set(store.query("SELECT text, tag, word FROM text_tag"))


def test_every_text_column_is_a_text_or_a_party_or_known_to_be_neither() -> None:
    texts = {
        (table, name)
        for table, model in TABLES.items()
        for name, kind in model.columns().items()
        if kind.name == "text"
    }
    claimed = {tuple(place) for place in (*TEXT_PLACES, *PARTY_PLACES)}

    assert claimed <= texts
    assert {name for _, name in texts - claimed} <= _UNTAGGED
    assert not {tuple(place) for place in TEXT_PLACES} & {tuple(place) for place in PARTY_PLACES}


def test_texts_of_every_table_are_tagged_once(ledger: Ledger) -> None:
    tables = {
        "voucher_line": [{"summary": "付会议费"}, {"summary": "付会议费"}],
        "bank_transaction": [{"memo": "房租"}],
        "event": [{"name": "年度培训班"}],
    }
    with ledger(tables) as store:
        tags = _tags(store)
        (count,) = next(iter(store.query("SELECT COUNT(*) FROM text_tag")))

    assert ("付会议费", "meeting", "会议") in tags
    assert ("年度培训班", "training", "培训") in tags
    assert {text for text, tag, _ in tags if tag == "rent"} == {"房租"}
    assert count == len(tags)


def test_names_of_organisations_are_tagged_and_those_of_persons_are_not(ledger: Ledger) -> None:
    with ledger({"payment": [{"payee_name": "城关烟酒店"}, {"payee_name": "王会议"}]}) as store:
        tagged = {(text, tag) for text, tag, _ in _tags(store)}

    assert ("城关烟酒店", "tobacco_liquor") in tagged
    assert "王会议" not in {text for text, _ in tagged}


def test_a_word_inside_an_excepted_phrase_does_not_hit() -> None:
    tagger = Tagger([_lexicon("bonus", ["奖"], ["奖杯"])])

    assert tagger.tags("购奖杯") == {}
    assert tagger.tags("购奖杯发年终奖") == {"bonus": "奖"}


def test_an_exception_holds_for_its_own_tag_only() -> None:
    tagger = Tagger([_lexicon("meeting", ["会议"], ["会议桌"]), _lexicon("furniture", ["会议桌"])])

    assert tagger.tags("买会议桌") == {"furniture": "会议桌"}


def test_the_longest_word_that_hits_is_told() -> None:
    tagger = Tagger([_lexicon("meeting", ["会议", "会议费", "座谈会"], ["座谈会纪要"])])

    assert tagger.tags("会议费") == {"meeting": "会议费"}
    assert tagger.tags("座谈会、会议费") == {"meeting": "座谈会"}
    assert tagger.tags("会议，座谈会纪要") == {"meeting": "会议"}


@pytest.mark.parametrize("text", ["ＧＩＦＴ ｃａｒｄ", "Gift  Cards for staff", "购gift card一张"])
def test_width_case_spaces_and_plurals_make_no_difference(text: str) -> None:
    assert Tagger([_lexicon("card", ["gift card"])]).tags(text) == {"card": "gift card"}


def test_an_english_word_does_not_hit_inside_another() -> None:
    assert Tagger([_lexicon("rent", ["rent"])]).tags("different parenting rental") == {}


@given(st.text(st.sampled_from("会议桌费奖杯金 ab"), max_size=25))
def test_tags_are_those_of_trying_every_word_everywhere(text: str) -> None:
    known = [
        _lexicon("m", ["会议", "议桌", "会议费"], ["会议桌"]),
        _lexicon("b", ["奖", "奖金"], ["奖杯", "金奖杯"]),
    ]
    expected: dict[str, int] = {}
    for lexicon in known:
        covered = [
            (start, start + len(phrase))
            for phrase in lexicon.exceptions
            for start in range(len(text))
            if text.startswith(phrase, start)
        ]
        for word in lexicon.words:
            starts = [start for start in range(len(text)) if text.startswith(word, start)]
            if any(not any(a <= start and start + len(word) <= b for a, b in covered) for start in starts):
                expected[lexicon.tag] = max(expected.get(lexicon.tag, 0), len(word))

    assert {tag: len(word) for tag, word in Tagger(known).tags(text).items()} == expected


def test_a_folder_adds_words_and_takes_others_away(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "lexicons.yaml").write_text(
        "lexicons:\n"
        "  - {tag: meeting, layer: unit, words: [碰头会], except: [会议], source: 单位, confidence: M}\n"
        "  - {tag: snacks, layer: unit, title: {zh: 茶点, en: Snacks}, words: [茶点], source: 单位, confidence: M}\n",
        encoding="utf-8",
    )
    tables = {"voucher_line": [{"summary": "碰头会"}, {"summary": "会议费"}, {"summary": "茶点"}]}
    with ledger(tables) as store:
        tags = _tags(store, [tmp_path])

    assert {(text, tag) for text, tag, _ in tags} >= {("碰头会", "meeting"), ("茶点", "snacks")}
    assert ("会议费", "meeting") not in {(text, tag) for text, tag, _ in tags}


def test_every_word_of_the_library_hits_itself_or_is_excepted() -> None:
    known = lexicons()
    tagger = Tagger(known)
    silent = [
        (lexicon.tag, word)
        for lexicon in known
        for word in lexicon.words
        if lexicon.tag not in tagger.tags(word)
    ]

    assert silent == []
