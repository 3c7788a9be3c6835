"""Several bodies named in one breath: "Sở Tài chính, Công an tỉnh và UBND cấp xã"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.model.actor import Performer
from tthc_flow.words.actors import read_performer
from tthc_flow.words.lexicon import hits, text
from tthc_flow.words.offices import offices

if TYPE_CHECKING:
    from collections.abc import Mapping

_BETWEEN: Final = re.compile(r"(?:[\s,;.+–-]|\bvà\b|\bcùng\b|\bvới\b|\bcác\b)*", re.IGNORECASE)


def bodies_of(performer: Performer) -> tuple[Performer, ...]:
    """Return each body that *performer* names, where it names nothing but two or more of them.

    What is said besides ("UBND tỉnh (Sở Tài chính tham mưu)", "Sở Tài chính và các cơ quan có
    liên quan") makes it no list of bodies; the answer is then empty.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> [each.office for each in bodies_of(Performer(name="Sở Tài chính, Công an tỉnh"))]
        ['Sở Tài chính', 'Công an tỉnh']
        >>> bodies_of(Performer(name="UBND tỉnh (Sở Tài chính tham mưu)"))
        ()

    Source: rows of published tables that ask several bodies at once.
    """
    found = {each.office: each.words for each in offices(performer.name) if each.office}
    if len(found) < 2:  # noqa: PLR2004 - several
        return ()
    rest = performer.name
    for words in found.values():
        if words not in rest:
            return ()
        rest = rest.replace(words, ",", 1)
    if not _BETWEEN.fullmatch(rest):
        return ()
    read = ((office, read_performer(words).performer) for office, words in found.items())
    return tuple(
        evolve(who, office=office, role=who.role or performer.role) for office, who in read
    )


def bodies_asked(said: str) -> Mapping[str, Performer]:
    """Return each body that a row is said to ask, by the words of a row that asks it alone.

    Empty where the row does not begin with asking, or names nothing but one body after it.

    Example:
        >>> list(bodies_asked("Lấy ý kiến Sở Tài chính, Công an tỉnh"))
        ['Lấy ý kiến Sở Tài chính', 'Lấy ý kiến Công an tỉnh']
        >>> bodies_asked("Lấy ý kiến Sở Tài chính, trình Công an tỉnh")
        {}

    Source: rows of published tables that ask several bodies at once: "lấy ý kiến các Sở".
    """
    read = text(said)
    asking = next((hit for hit in hits("kinds", read) if hit["kind"] == "consult"), None)
    if asking is None or asking.first or asking.after == len(read.words):
        return {}
    rest = read.between(asking.after, len(read.words))
    own, named = asking.words, Performer(name=rest.removeprefix("của "))
    return {f"{own} {body.name}": body for body in bodies_of(named)}
