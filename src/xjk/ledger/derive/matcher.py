"""Find many words in many texts in one pass: an Aho-Corasick automaton."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

_LAST_ALPHABETIC = "\u2e7f"
"""Scripts up to here part their words with spaces; the Chinese characters come after it."""


class Occurrence(NamedTuple):
    """Be one place where a word stands in a text: ``text[start:end]``."""

    start: int
    end: int
    word: str


class Matcher:
    """Find every occurrence of every word, overlapping ones included, in time that does not grow with the words.

    A word that begins or ends with a letter of an alphabetic script only stands where no such letter goes on beside
    it: ``gift`` stands in ``gift费`` and in ``gift2盒``, not in ``gifted``; likewise digits beside digits. Chinese has
    no such boundary. Upper and lower case differ; fold both sides first.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._steps: list[dict[str, int]] = [{}]
        ends: dict[int, str] = {}
        for word in words:
            if word:
                ends[self._state_of(word)] = word
        self._words = self._link(ends)
        self._bounded = {word for word in ends.values() if min(word[0], word[-1]) <= _LAST_ALPHABETIC}

    def find(self, text: str) -> list[Occurrence]:
        """Return every occurrence in a text, ordered by end, the longer first."""
        steps, words, first = self._steps, self._words, self._steps[0]
        found: list[Occurrence] = []
        state = 0
        for place, char in enumerate(text):
            state = steps[state].get(char) or first.get(char, 0)
            if state in words:
                end = place + 1
                found += [
                    Occurrence(end - len(word), end, word)
                    for word in words[state]
                    if word not in self._bounded or _stands_alone(text, end - len(word), end)
                ]
        return found

    def _state_of(self, word: str) -> int:
        """Return the state a word leads to, making the states on the way."""
        state = 0
        for char in word:
            following = self._steps[state].get(char)
            if following is None:
                following = len(self._steps)
                self._steps[state][char] = following
                self._steps.append({})
            state = following
        return state

    def _link(self, ends: dict[int, str]) -> dict[int, tuple[str, ...]]:
        """Give each state the steps and words of its longest proper suffix; return the words that end in a state.

        The steps of the start are left out of the others: ``find`` falls back to them, which keeps the automaton
        the size of the words.
        """
        words: dict[int, tuple[str, ...]] = {state: (word,) for state, word in ends.items()}
        suffix = {0: 0} | dict.fromkeys(self._steps[0].values(), 0)
        waiting = deque(self._steps[0].values())
        while waiting:
            state = waiting.popleft()
            shorter = suffix[state]
            if shorter in words:
                words[state] = words.get(state, ()) + words[shorter]
            for char, following in self._steps[state].items():
                suffix[following] = self._steps[shorter].get(char) or self._steps[0].get(char, 0)
                waiting.append(following)
            if shorter:
                self._steps[state] = {**self._steps[shorter], **self._steps[state]}
        return words


def _goes_on(one: str, other: str) -> bool:
    """Tell whether two neighbours belong to one alphabetic word or one number."""
    return max(one, other) <= _LAST_ALPHABETIC and (
        (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether neither side of ``text[start:end]`` goes on beyond it."""
    before = start > 0 and _goes_on(text[start - 1], text[start])
    after = end < len(text) and _goes_on(text[end - 1], text[end])
    return not before and not after
