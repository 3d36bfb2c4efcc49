from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xjk.ledger.derive.matcher import Matcher, Occurrence

_CHARS = st.sampled_from("会议费ab1 ")
_WORDS = st.lists(st.text(_CHARS, min_size=1, max_size=4), max_size=8)


def _naive(words: list[str], text: str) -> set[Occurrence]:
    """Try every word at every place."""
    return {
        Occurrence(start, start + len(word), word)
        for word in words
        for start in range(len(text) - len(word) + 1)
        if text.startswith(word, start)
        and not _goes_on(text[:start], word)
        and not _goes_on(word, text[start + len(word) :])
    }


def _goes_on(left: str, right: str) -> bool:
    pair = left[-1:] + right[:1]
    return len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit())


@given(_WORDS, st.text(_CHARS, max_size=30))
def test_the_matcher_finds_what_trying_every_word_everywhere_finds(words: list[str], text: str) -> None:
    found = Matcher(words).find(text)

    assert set(found) == _naive(words, text)
    assert len(set(found)) == len(found)


@given(_WORDS, st.text(_CHARS, max_size=30))
def test_the_order_of_the_words_does_not_matter(words: list[str], text: str) -> None:
    assert Matcher(words).find(text) == Matcher(reversed(words)).find(text)


def test_words_inside_words_are_found_too() -> None:
    found = [occurrence.word for occurrence in Matcher(["会议费", "会议", "议"]).find("付会议费")]

    assert found == ["会议", "议", "会议费"]


def test_a_latin_word_stands_alone_among_latin_letters_and_anywhere_among_others() -> None:
    matcher = Matcher(["ktv"])

    assert matcher.find("在ktv消费") == [Occurrence(1, 4, "ktv")]
    assert matcher.find("购ktv2次")
    assert not matcher.find("rktv")
    assert not matcher.find("ktvs")


def test_no_words_match_nothing() -> None:
    assert Matcher([]).find("会议费") == []
    assert Matcher([""]).find("") == []
