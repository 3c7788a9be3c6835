"""What looks like waste and must stay: each twist turns a plant into a trap, and says why.

A twist returns the plant as it stands then; from there on no candidate of its lever over its
target may pass, whatever else is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve

from blocks import Piece
from planting.garden import CORE, Garden, Planted
from tthc_flow.model.law import LegalBasis, LegalRank

Twist: TypeAlias = Callable[[Garden, Planted], Planted]

NATIONAL = (
    LegalBasis(document="Luật Xây dựng", rank=LegalRank.LAW, clause="Điều 94"),
    LegalBasis(document="Nghị định 175/2024/NĐ-CP", rank=LegalRank.DECREE),
    LegalBasis(document="Thông tư 06/2021/TT-BXD", rank=LegalRank.CIRCULAR),
)


def law(garden: Garden, planted: Planted) -> Planted:
    """A law, decree or circular is behind the step."""
    garden.change(planted.main, legal_basis=(garden.rng.choice(NATIONAL),))
    return planted


def mandatory(garden: Garden, planted: Planted) -> Planted:
    """The step is stated to be mandatory."""
    garden.change(planted.main, legal_basis=(), mandatory=True)
    return planted


def separate(garden: Garden, planted: Planted) -> Planted:
    """Another person must do it than the one who examined first: either side may say so."""
    one, other = garden.rng.choice(((planted.main, CORE), (CORE, planted.main)))
    garden.change(one, separate_from=garden.at(one).separate_from | {other})
    return planted


def rejects(garden: Garden, planted: Planted) -> Planted:
    """It refuses a real share of the dossiers."""
    checked = garden.rng.randint(50, 400)
    garden.change(planted.main, checked=checked, rejected=max(3, checked // 10))
    return planted


def decides(garden: Garden, planted: Planted) -> Planted:
    """It is stated to decide."""
    garden.change(planted.main, decides=True)
    return planted


def read_later(garden: Garden, planted: Planted) -> Planted:
    """A later step reads what it writes."""
    document = garden.paper("Biên bản")
    garden.change(planted.main, writes=garden.writes(planted.main) | {document})
    return evolve(planted, parts=(*planted.parts, garden.step(), garden.reader(document)))


def branch(garden: Garden, planted: Planted) -> Planted:
    """A branch stands on what it found."""
    return evolve(planted, parts=(*planted.parts, garden.either()))


def sent_back(garden: Garden, planted: Planted) -> Planted:
    """Cases are sent back to it."""
    *before, own = planted.parts
    looped: Piece = garden.reworked(garden.row(own, garden.step()))
    return evolve(planted, parts=(*before, looped))


def told(garden: Garden, planted: Planted) -> Planted:
    """The applicant is told something in it."""
    garden.tell_applicant(planted.main)
    return planted


def answered(question: str) -> Twist:
    """Return the trap of a barring answer with a source."""

    def twist(garden: Garden, planted: Planted) -> Planted:
        garden.answers = [
            each
            for each in garden.answers
            if each.question != question or each.step not in planted.places
        ]
        garden.change(planted.main, legal_basis=(), mandatory=None)
        for place in planted.places:
            garden.answer(question, place, passing=False)
        return planted

    twist.__name__ = f"answered {question}"
    return twist
