"""The lexicon: phrases with their meaning, as data files, and how they are found in a text.

Each file of ``lexicon/`` is a CSV whose ``phrase`` column holds a term of the field and whose
other columns say what the term means. Abbreviations are spelled out first, so a phrase is
written once in full. The longest phrase wins at each place; a phrase without a meaning only
keeps shorter phrases inside it from being found. A ``…_families.csv`` writes many phrases in one
row: each of its verbs with each of its objects ("lập", "soạn" × "tờ trình", "báo cáo").
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import product
from typing import Final, TypeAlias

from attrs import field, frozen

from tthc_flow.words.syllables import Syllable, composed, syllables

Row: TypeAlias = Mapping[str, str]
"""What a phrase means, by the columns of its file."""
Keys: TypeAlias = tuple[str, ...]
Phrases: TypeAlias = dict[str, tuple[tuple[int, ...], dict[Keys, Row]]]
"""By a first word: the lengths of its phrases, longest first, and the phrases."""

FAMILIES: Final = {
    "kinds": "kind_families",
    "clauses": "clause_families",
    "roles": "role_families",
}
"""The families of a lexicon file."""

PARTS: Final = ("verbs", "objects")

NONE: Final[tuple[tuple[int, ...], dict[Keys, Row]]] = ((), {})

TOGETHER: Final = "together"
"""Said of a phrase of a family: no mark stands inside it."""

UNBROKEN: Final = frozenset({"kinds", "clauses"})
"""The files whose families are such: a performer may print "cơ quan, đơn vị liên quan"."""

MARKS: Final = frozenset(",;:.\n()")

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
        return self.meaning[column]


@frozen
class Text:
    """A text ready for look-up: composed, cut into words, abbreviations spelled out.

    *unmarked* tells that it was typed without any marks.
    """

    whole: str
    words: tuple[Syllable, ...]
    unmarked: bool

    @cached_property
    def keys(self) -> Keys:
        """Return what its words are looked up by: plain letters where it has no marks."""
        return tuple([each.ascii if self.unmarked else each.key for each in self.words])

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


def _keys(phrase: str, *, folded: bool) -> Keys:
    return tuple(each.ascii if folded else each.key for each in text(phrase).words)


def _entries(name: str, *, folded: bool) -> Iterator[tuple[Keys, Row]]:
    """Yield each phrase of a file with its meaning, then those of its families."""
    for row in rows(name):
        yield _keys(row["phrase"], folded=folded), row
    for family in rows(FAMILIES[name]) if name in FAMILIES else ():
        meaning = {column: value for column, value in family.items() if column not in PARTS}
        if name in UNBROKEN:
            meaning[TOGETHER] = "yes"
        verbs, objects = (
            [_keys(each, folded=folded) for each in family[part].split(";")] for part in PARTS
        )
        for verb, what in product(verbs, objects):
            yield verb + what, meaning


@cache
def _phrases(name: str, *, folded: bool) -> Phrases:
    """Return the phrases of a file by their first word; its own rows win over its families."""
    found: dict[str, dict[Keys, Row]] = {}
    for keys, row in _entries(name, folded=folded):
        found.setdefault(keys[0], {}).setdefault(keys, row)
    return {
        start: (tuple(sorted({len(keys) for keys in phrases}, reverse=True)), phrases)
        for start, phrases in found.items()
    }


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


@lru_cache(maxsize=64)
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
    unmarked = not any(each.key != each.ascii for each in words)
    return Text(composed(printed), tuple(found), unmarked)


def _interrupted(read: Text, first: int, after: int, meaning: Row) -> bool:
    """Return whether a phrase of a family is cut by a mark: "trình, ký" is not "trình ký"."""
    return TOGETHER in meaning and any(
        MARKS & set(word.gap) for word in read.words[first + 1 : after]
    )


def hits(name: str, read: Text) -> tuple[Hit, ...]:
    """Return the phrases of the lexicon file *name* in *read*, longest first at each place.

    Text typed without any marks is compared by plain letters; that tier is never mixed with
    the exact one.

    Example:
        >>> [hit.words for hit in hits("roles", text("Lãnh đạo Phòng Tư pháp"))]
        ['Lãnh đạo Phòng']
    """
    table = _phrases(name, folded=read.unmarked)
    keys = read.keys
    found = []
    place = 0
    while place < len(keys):
        lengths, phrases = table.get(keys[place], NONE)
        for length in lengths:
            after = place + length
            meaning = phrases.get(keys[place:after]) if after <= len(keys) else None
            if meaning and not _interrupted(read, place, after, meaning):
                words = read.between(place, after)
                found.append(Hit(meaning=meaning, words=words, first=place, after=after))
                place = after
                break
        else:
            place += 1
    return tuple(found)
