"""Several procedures looked at together: those of an agency, a field, a province."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from tthc_flow.model.law import Answer
from tthc_flow.model.procedure import Crew, Procedure


@frozen(kw_only=True)
class Member:
    """One procedure of a folder: its key there (unique), the file it came from, what it is."""

    key: str
    place: str
    procedure: Procedure


@frozen(kw_only=True)
class Elsewhere:
    """What a crew works for another procedure in a year: minutes at least and at most.

    *most* is ``None`` where it is unknown; *missing* is what is not known of that procedure:
    names of steps without stated work, ``dossiers``.
    """

    procedure: str
    least: Fraction
    most: Fraction | None
    missing: tuple[str, ...] = ()


@frozen(kw_only=True)
class PooledCrew(Crew):
    """A crew that serves several procedures: *elsewhere* is its work for the others.

    Whoever counted the crew for one procedure may have that in *other_load* already, unless it was
    counted for the whole folder (*for_all*).
    """

    elsewhere: tuple[Elsewhere, ...] = ()
    for_all: bool = False


@frozen(kw_only=True)
class Together:
    """An answer about several members at once, by their keys; it says nothing of any other."""

    answer: Answer
    members: tuple[str, ...]


@frozen(kw_only=True)
class Folder:
    """Procedures in the order of their keys, and what was said of them together.

    *crews* are people counted for all members at once: what they do besides is besides them all.
    """

    members: tuple[Member, ...] = ()
    answers: tuple[Together, ...] = ()
    crews: tuple[Crew, ...] = ()
