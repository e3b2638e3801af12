"""Ranked search over a catalogue of some hundred texts, in plain words, with and without accents, with slips. Deterministic, in memory.

How a document scores, from 0 to about 1.2:

- A word of the query meets a word of the document with a quality: 1 when written alike with its accents; 0.9 when the query is written
  without accents; 0.45 when both have accents that differ (má, ma); 0.6 when it is the beginning of the word; 0.5 with one slip of the
  finger (a letter wrong, missing, extra, or two swapped; in words of 4 letters or more). Two words written as one (khaisinh) are two.
- Words weigh by how rare they are in the catalogue; words such as “làm”, “xin”, “giấy” weigh a fifth of that.
- Bag: the share of the query's weight that the document meets, each word in the best field that has it (names 1, synonyms 0.9, legal
  names 0.6, life events and keywords 0.5).
- Phrase: for the name or synonym that fits best, the harmonic mean of the share of the query that it meets and the share of it that the
  query meets: a short name fully said beats a long one half said.
- Score = half of each, + 0.1 when the query stands in one phrase word for word without accents, + 0.1 when so with its accents.

What meets less than 0.4 of the query's weight is left out. Equal scores go by `rank`, then by key.
"""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from xaso.kernel.text import fold, nfc

EXACT, BARE, BEGINNING, SLIP, OTHER_ACCENTS = 1.0, 0.9, 0.6, 0.5, 0.45
LEAST_SHARE = 0.4
LEAST_LETTERS_FOR_SLIP = 4
LONGEST_QUERY_WORDS = 20
PHRASES_FOR = 40
"""So many of the best bags have their phrases compared."""

NAME, SYNONYM, LEGAL, ASIDE = 1.0, 0.9, 0.6, 0.5
_LIGHT = 0.2
LIGHT_WORDS = frozenset(
    """
    lam xin giay cho toi muon can di la va cua o dau gi nao the nhu thi co khong duoc mot cac nhung thu tuc dang ky cap ve tai de anh chi em
    minh ban voi nhe a i want to an of for how get my apply
    """.split()  # noqa: SIM905 - fifty words in quotes are hard to read
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be found: texts by field, in any languages. A lower `rank` goes first among equals."""

    key: str
    names: tuple[str, ...]
    legal_names: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rank: int = 1000


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that fits, and how well."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as written (lower case, tone at the end so that hòa is hoà) and without accents."""

    marked: str
    bare: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[_Word, ...]
    weight: float
    marked_text: str
    bare_text: str
    marked_by_bare: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the query: what it may mean (words of the catalogue without accents), how well, and its own weight."""

    word: _Word
    meant: tuple[str, ...]
    quality: float
    weight: float

    def quality_against(self, marked: str) -> float:
        """Return how well the word meets one of its meanings as that is written in a document."""
        return _accents(self.word, marked) if self.quality == EXACT else self.quality


@dataclass(frozen=True, slots=True)
class _Query:
    words: tuple[_Asked, ...]
    total: float
    marked_text: str
    bare_text: str
    meanings: frozenset[str]


class SearchIndex:
    """The words of a catalogue, made once and asked often. Safe to share between threads."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._documents = tuple(documents)
        self._phrases = [tuple(_phrases(one)) for one in self._documents]
        self._postings: dict[str, dict[str, dict[int, float]]] = {}
        self._joined: dict[str, tuple[_Word, _Word]] = {}
        for number, phrases in enumerate(self._phrases):
            for phrase in phrases:
                self._post(number, phrase)
        self._vocabulary = sorted(self._postings)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for shortened in set(_shortened(word)):
                self._near[shortened].append(word)
        self._weights = {word: self._weight_of(word) for word in self._vocabulary}
        self._totals = [tuple(sum(self._weights[bare] for bare in one.marked_by_bare) for one in phrases) for phrases in self._phrases]
        self._unknown_weight = 0.5 * log(1 + len(self._documents)) if self._documents else 1.0

    def find(self, query: str) -> list[SearchHit]:
        """Return all documents that fit the query, best first; none for an empty query. Phrases are looked at in the first PHRASES_FOR."""
        asked = self._read(query)
        if not asked.words:
            return []
        bags = self._bags(asked)
        fitting = sorted(bags, key=lambda number: (-bags[number], self._order(number)))
        phrases = {number: self._best_phrase(number, asked) for number in fitting[:PHRASES_FOR]}
        scores = {number: round(bags[number] / 2 + phrases.get(number, 0.0), 6) for number in fitting}
        return [
            SearchHit(self._documents[number].key, scores[number])
            for number in sorted(fitting, key=lambda number: (-scores[number], self._order(number)))
        ]

    def _order(self, number: int) -> tuple[int, str]:
        return self._documents[number].rank, self._documents[number].key

    def _post(self, number: int, phrase: _Phrase) -> None:
        for word in phrase.words:
            numbers = self._postings.setdefault(word.bare, {}).setdefault(word.marked, {})
            numbers[number] = max(phrase.weight, numbers.get(number, 0.0))
        for first, second in pairwise(phrase.words):
            self._joined.setdefault(first.bare + second.bare, (first, second))

    def _weight_of(self, word: str) -> float:
        documents = {number for numbers in self._postings[word].values() for number in numbers}
        return log(1 + len(self._documents) / len(documents)) * (_LIGHT if word in LIGHT_WORDS else 1.0)

    def _read(self, query: str) -> _Query:
        words = [part for word in _words(query) for part in self._parted(word)][:LONGEST_QUERY_WORDS]
        asked = tuple(self._asked(word) for word in words)
        return _Query(
            asked,
            sum(one.weight for one in asked),
            " ".join(word.marked for word in words),
            " ".join(word.bare for word in words),
            frozenset(bare for one in asked for bare in one.meant),
        )

    def _parted(self, word: _Word) -> tuple[_Word, ...]:
        """Return the two words that were written as one, else the word."""
        if word.bare in self._postings or word.bare not in self._joined:
            return (word,)
        first, second = self._joined[word.bare]
        return (_Word(first.bare, first.bare), _Word(second.bare, second.bare))

    def _asked(self, word: _Word) -> _Asked:
        meant, quality = self._meanings(word.bare)
        light = _LIGHT if word.bare in LIGHT_WORDS else 1.0
        weight = max((self._weights[bare] for bare in meant), default=self._unknown_weight * light)
        return _Asked(word, meant, quality, weight)

    def _meanings(self, bare: str) -> tuple[tuple[str, ...], float]:
        """Return what the word may mean: itself, else the words that it begins, else those one slip away."""
        if bare in self._postings:
            return (bare,), EXACT
        begun = tuple(self._begun_by(bare))
        if begun:
            return begun, BEGINNING
        near = {known for shortened in _shortened(bare) for known in self._near.get(shortened, ())}
        long_enough = LEAST_LETTERS_FOR_SLIP
        return tuple(sorted(one for one in near if max(len(one), len(bare)) >= long_enough and _one_slip(bare, one))), SLIP

    def _begun_by(self, beginning: str) -> Iterator[str]:
        if len(beginning) < 2:
            return
        for place in range(bisect_left(self._vocabulary, beginning), len(self._vocabulary)):
            if not self._vocabulary[place].startswith(beginning):
                return
            yield self._vocabulary[place]

    def _bags(self, asked: _Query) -> dict[int, float]:
        """Return per document the share of the query that it meets, weighed by field; documents that meet too little are left out."""
        met: dict[int, float] = defaultdict(float)
        scored: dict[int, float] = defaultdict(float)
        for one in asked.words:
            for number, (value, quality) in self._met_by(one).items():
                scored[number] += one.weight * value
                met[number] += one.weight * quality
        return {number: scored[number] / asked.total for number in scored if met[number] >= LEAST_SHARE * asked.total}

    def _met_by(self, one: _Asked) -> dict[int, tuple[float, float]]:
        """Return per document the best value (quality by field) of a word of the query, with its quality."""
        best: dict[int, tuple[float, float]] = {}
        for bare in one.meant:
            for marked, numbers in self._postings[bare].items():
                quality = one.quality_against(marked)
                for number, field_weight in numbers.items():
                    value = quality * field_weight
                    if number not in best or value > best[number][0]:
                        best[number] = value, quality
        return best

    def _best_phrase(self, number: int, asked: _Query) -> float:
        """Return the phrase half of the score, with what is added for saying one word for word."""
        best = 0.0
        for phrase, total in zip(self._phrases[number], self._totals[number], strict=True):
            if asked.meanings.isdisjoint(phrase.marked_by_bare):
                continue
            bonus = 0.0
            if f" {asked.bare_text} " in f" {phrase.bare_text} ":
                bonus = 0.2 if f" {asked.marked_text} " in f" {phrase.marked_text} " else 0.1
            best = max(best, phrase.weight * (self._fit(phrase, total, asked) / 2 + bonus))
        return best

    def _fit(self, phrase: _Phrase, total: float, asked: _Query) -> float:
        """Return the harmonic mean of the shares of query and phrase that meet each other."""
        of_query = 0.0
        of_phrase: dict[str, float] = {}
        for one in asked.words:
            bare = next((bare for bare in one.meant if bare in phrase.marked_by_bare), None)
            if bare is None:
                continue
            quality = one.quality_against(phrase.marked_by_bare[bare])
            of_query += one.weight * quality
            of_phrase[bare] = max(quality, of_phrase.get(bare, 0.0))
        recall = of_query / asked.total
        precision = sum(self._weights[bare] * quality for bare, quality in of_phrase.items()) / total
        return 2 * recall * precision / (recall + precision) if recall else 0.0


def _accents(word: _Word, marked: str) -> float:
    """Return the quality of two words that are the same without accents."""
    if word.marked == marked:
        return EXACT
    return BARE if word.marked == word.bare else OTHER_ACCENTS


def _phrases(document: SearchDocument) -> Iterator[_Phrase]:
    fields = (
        (document.names, NAME),
        (document.synonyms, SYNONYM),
        (document.legal_names, LEGAL),
        (document.life_events, ASIDE),
        (document.keywords, ASIDE),
    )
    for texts, weight in fields:
        for text in texts:
            words = tuple(_words(text))
            if words:
                marked, bare = " ".join(word.marked for word in words), " ".join(word.bare for word in words)
                yield _Phrase(words, weight, marked, bare, {word.bare: word.marked for word in words})


def _words(text: str) -> list[_Word]:
    spaced = "".join(character if character.isalnum() or unicodedata.category(character) == "Mn" else " " for character in nfc(text))
    return [_word(one) for one in spaced.casefold().split()]


@lru_cache(maxsize=20_000)
def _word(written: str) -> _Word:
    decomposed = unicodedata.normalize("NFD", written)
    letters = "".join(character for character in decomposed if character not in _TONES)
    tones = "".join(character for character in decomposed if character in _TONES)
    return _Word(nfc(letters) + tones, fold(written))


def _shortened(word: str) -> Iterator[str]:
    """Yield the word and what is left of it without each one of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter is wrong, missing or extra, or two neighbours are swapped."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return typed == meant
    start = next((place for place, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), min(len(typed), len(meant)))
    one, other = typed[start:], meant[start:]
    swapped = len(one) == len(other) >= 2 and one[0] == other[1] and one[1] == other[0] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
