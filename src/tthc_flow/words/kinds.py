"""What is done in a step, from its performer and its text.

Every phrase of the lexicon that names a deed speaks for its kind: with the weight of the phrase,
of the clause it stands in, and of how well the kind fits the performer's role (the text alone
does not do: "xem xét" is a review by a head of division and an examination by an officer).
The kind spoken for most is the main one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from attrs import frozen

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.step import StepKind
from tthc_flow.words.clauses import AFTER_COMMA, LATER, clause_weights
from tthc_flow.words.lexicon import MARKS, Hit, Text, hits, rows, text
from tthc_flow.words.syllables import is_foreign

UNFIT: Final = 0.4
"""How far a deed counts for a role that the table of roles and kinds does not name it for."""

SURE: Final = 0.8
"""From this weight a phrase names a deed on its own, without the support of the role."""

OF_A_PAPER: Final = 0.3
"""How far a deed counts that only says which paper is meant: "lập báo cáo thẩm định"."""

SAYS_WHICH: Final = frozenset({"council", "examine", "inspect", "review", "sign"})
ON_PAPERS: Final = frozenset(
    {"consult", "council", "draft", "number_and_stamp", "payment", "review", "sign", "submit"}
)
"""Kinds whose phrases end with what is written, signed, stamped or called together."""

LAST: Final = 1_000_000
"""The place of what no word says: after every word."""

PROVINCIAL_OFFICE: Final = "Văn phòng UBND tỉnh"


@frozen(kw_only=True)
class KindReading:
    """The kind of a step; empty where nothing is understood.

    *words* are the printed words that decided; where only the performer's role did, they are the
    performer's name. *also* are the further deeds that the main clauses name, each with its
    words: a row "Ký duyệt, đóng dấu" is a signature and also a stamp.
    """

    kinds: tuple[StepKind, ...] = ()
    words: tuple[str, ...] = ()
    also: tuple[tuple[StepKind, str], ...] = ()


@frozen(kw_only=True)
class _Voice:
    strength: float
    place: int
    words: str
    named: bool


@cache
def _fits() -> Mapping[tuple[str, str], tuple[float, float]]:
    return {
        (row["role"], row["kind"]): (float(row["factor"]), float(row["floor"]))
        for row in rows("role_kinds")
    }


def _fit(role: Role | None, kind: str) -> float:
    fits = _fits()
    asked = role.value if role else ""
    for pair in ((asked, kind), (asked, "")):
        if pair in fits:
            return fits[pair][0]
    return UNFIT


def _floors(performer: Performer | None) -> dict[StepKind, _Voice]:
    """Return what the performer's role alone speaks for."""
    if performer is None or performer.role is None:
        return {}
    return {
        kind: _Voice(strength=floor, place=LAST, words=performer.name, named=False)
        for kind, floor in _floors_of(performer.role).items()
    }


@cache
def _floors_of(role: Role) -> Mapping[StepKind, float]:
    return {
        StepKind(kind): floor
        for (whose, kind), (_, floor) in _fits().items()
        if whose == role.value and floor
    }


def _subject(read: Text, performer: Performer | None) -> int:
    """Return how many words at the start only name the performer again."""
    name = text(performer.name).words if performer else ()
    keys = [each.key for each in read.words]
    said_again = 0 < len(name) < len(keys) and keys[: len(name)] == [each.key for each in name]
    return len(name) if said_again else 0


def _names_a_paper(read: Text, hit: Hit, paper: int) -> bool:
    """Return whether *hit* only says which is the paper that the phrase ending at *paper* names."""
    follows = paper == hit.first > 0 and not MARKS & set(read.words[hit.first].gap)
    return follows and set(hit["kind"].split()) <= SAYS_WHICH


@lru_cache(maxsize=64)  # a name is read for its performer, and by its words alone
def _heard(content: str) -> tuple[Text, tuple[float, ...], tuple[Hit, ...]]:
    """Return *content* with the weights of its clauses and every deed named, whoever does it."""
    read = text(content)
    return read, clause_weights(read), hits("kinds", read)


def _voices(content: str, performer: Performer | None) -> dict[StepKind, _Voice]:
    """Return the strongest voice for each kind."""
    role = performer.role if performer else None
    found = _floors(performer)
    read, weights, deeds = _heard(content)
    subject = _subject(read, performer)
    paper = 0
    for hit in deeds:
        if hit.first < subject:
            continue
        told = weights[hit.first] * (OF_A_PAPER if _names_a_paper(read, hit, paper) else 1)
        paper = hit.after if ON_PAPERS & set(hit["kind"].split()) else 0
        for kind in map(StepKind, hit["kind"].split()):
            strength = float(hit["weight"]) * told * _fit(role, kind)
            if kind not in found or strength > found[kind].strength:
                found[kind] = _Voice(
                    strength=strength,
                    place=hit.first,
                    words=hit.words,
                    named=told >= LATER * AFTER_COMMA and float(hit["weight"]) >= SURE,
                )
    return found


def _second_examiner(performer: Performer | None) -> bool:
    """Return whether the performer works in the office of the provincial signing authority."""
    return (
        performer is not None
        and performer.office == PROVINCIAL_OFFICE
        and Level.COMMUNE not in performer.levels
    )


def _again(kind: StepKind, *, second: bool) -> StepKind:
    return StepKind.REEXAMINE if second and kind is StepKind.EXAMINE else kind


def read_kinds(content: str, performer: Performer | None = None) -> KindReading:
    """Return what *content* says is done, given who does it.

    Args:
        content: The text of the step as printed.
        performer: Who does it, as :func:`~tthc_flow.words.actors.read_performer` reads it.

    Returns:
        The kind with the words that decided it, and what else the text names.

    Example:
        >>> from tthc_flow.words.actors import read_performer
        >>> head = read_performer("Lãnh đạo phòng").performer
        >>> read_kinds("Xem xét dự thảo, trình Lãnh đạo Sở ký", head).words
        ('Xem xét dự thảo',)

    Source: the step kinds of published quy trình nội bộ; docs/decisions/0004.
    """
    # "Check in the documents" is not about printing (in): another language says nothing here.
    voices = _voices("" if is_foreign(content) else content, performer)
    if not voices:
        return KindReading()
    ranked = sorted(voices.items(), key=lambda each: (-each[1].strength, each[1].place))
    (kind, voice), *others = ranked
    second = _second_examiner(performer)
    also = tuple((_again(other, second=second), each.words) for other, each in others if each.named)
    return KindReading(kinds=(_again(kind, second=second),), words=(voice.words,), also=also)
