"""The lexicon: phrases with their meaning, as data files, and how they are found in a text.

Each file of ``lexicon/`` is a CSV whose ``phrase`` column holds a term of the field and whose
other columns say what the term means. Abbreviations are spelled out first, so a phrase is
written once in full. The longest phrase wins at each place; a phrase without a meaning only
keeps shorter phrases inside it from being found.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TypeAlias

from attrs import field, frozen

from tthc_flow.words.syllables import Syllable, composed, syllables

Row: TypeAlias = tuple[tuple[str, str], ...]
Phrases: TypeAlias = dict[str, tuple[tuple[tuple[str, ...], Row], ...]]

SHORT_ABBREVIATION = 3
"""Up to this length an abbreviation counts only in capitals: "LĐ" is one, "lđ" may be a slip."""


@frozen(kw_only=True)
class Hit:
    """A phrase found in a text: what the lexicon says, the words as printed, and where."""

    meaning: Row = field(repr=False)
    words: str
    first: int
    after: int

    def __getitem__(self, column: str) -> str:
        """Return one column of the lexicon row."""
        return dict(self.meaning)[column]


@frozen
class Text:
    """A text ready for look-up: composed, cut into words, abbreviations spelled out."""

    whole: str
    words: tuple[Syllable, ...]

    def between(self, first: int, after: int) -> str:
        """Return the printed characters of the words from *first* up to *after*."""
        return self.whole[self.words[first].start : self.words[after - 1].end]


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the lexicon file *name*.

    Example:
        >>> rows("abbreviations")[0]["phrase"]
        'UBND'
    """
    place = resources.files("tthc_flow.words").joinpath("lexicon", f"{name}.csv")
    return tuple(csv.DictReader(place.read_text(encoding="utf-8").splitlines()))


def _index(entries: tuple[dict[str, str], ...], *, folded: bool) -> Phrases:
    table: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for entry in entries:
        words = text(entry["phrase"]).words
        keys = tuple(each.ascii if folded else each.key for each in words)
        table.setdefault(keys[0], []).append((keys, tuple(entry.items())))
    return {
        start: tuple(sorted(found, key=lambda each: -len(each[0])))
        for start, found in table.items()
    }


@cache
def _phrases(name: str, *, folded: bool) -> Phrases:
    return _index(rows(name), folded=folded)


@cache
def _abbreviations() -> dict[str, tuple[tuple[tuple[str, ...], tuple[Syllable, ...]], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], tuple[Syllable, ...]]]] = {}
    for row in rows("abbreviations"):
        keys = tuple(each.key for each in syllables(row["phrase"]))
        table.setdefault(keys[0], []).append((keys, syllables(row["full"])))
    return {
        start: tuple(sorted(found, key=lambda each: -len(each[0])))
        for start, found in table.items()
    }


def _abbreviation_at(
    words: tuple[Syllable, ...], place: int
) -> tuple[int, tuple[Syllable, ...]] | None:
    for keys, full in _abbreviations().get(words[place].key, ()):
        part = words[place : place + len(keys)]
        short = sum(len(key) for key in keys) <= SHORT_ABBREVIATION
        if tuple(each.key for each in part) == keys and (not short or part[0].capitals):
            return len(keys), full
    return None


def text(printed: str) -> Text:
    """Return *printed* cut into words, each abbreviation spelled out at its own place.

    Example:
        >>> [each.key for each in text("UBND xã").words]
        ['uy3', 'ban', 'nhân', 'dân', 'xa4']
    """
    words = syllables(printed)
    found: list[Syllable] = []
    place = 0
    while place < len(words):
        spelled = _abbreviation_at(words, place)
        if spelled is None:
            found.append(words[place])
            place += 1
            continue
        length, full = spelled
        start, end = words[place].start, words[place + length - 1].end
        for nth, each in enumerate(full):
            gap = words[place].gap if nth == 0 else " "
            found.append(Syllable(each.key, each.ascii, start, end, gap, capitals=False))
        place += length
    return Text(composed(printed), tuple(found))


def hits(name: str, read: Text) -> tuple[Hit, ...]:
    """Return the phrases of the lexicon file *name* in *read*, longest first at each place.

    Text typed without any marks is compared by plain letters; that tier is never mixed with
    the exact one.

    Example:
        >>> [hit.words for hit in hits("roles", text("Lãnh đạo Phòng Tư pháp"))]
        ['Lãnh đạo Phòng']
    """
    folded = not any(each.key != each.ascii for each in syllables(read.whole))
    table = _phrases(name, folded=folded)
    keys = tuple(each.ascii if folded else each.key for each in read.words)
    found = []
    place = 0
    while place < len(keys):
        for phrase, meaning in table.get(keys[place], ()):
            after = place + len(phrase)
            if keys[place:after] == phrase:
                words = read.between(place, after)
                found.append(Hit(meaning=meaning, words=words, first=place, after=after))
                place = after
                break
        else:
            place += 1
    return tuple(found)
