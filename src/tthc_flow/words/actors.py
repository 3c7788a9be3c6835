"""Who does a step: role, levels and office, from the performer as printed."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.step import StepKind
from tthc_flow.words.kinds import read_kinds
from tthc_flow.words.lexicon import Hit, Text, hits, text
from tthc_flow.words.offices import OfficeReading, own_office, read_office

ONE_STOP_SHOP: Final = "Bộ phận Một cửa"

_SEPARATORS: Final = frozenset(",;\n")
_ANSWERS_FOR_ITSELF: Final = frozenset(
    {Role.APPLICANT, Role.CONSULTED_AGENCY, Role.COUNCIL, Role.THIRD_PARTY}
)


@frozen(kw_only=True)
class PerformerReading:
    """A performer and the printed words that decided; empty words: taken from the context."""

    performer: Performer
    role_words: str = ""
    level_words: tuple[str, ...] = ()
    office_words: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return all deciding words once, in the order role, levels, office."""
        found = (self.role_words, *self.level_words, self.office_words)
        return tuple(dict.fromkeys(each for each in found if each))


def _role(read: Text) -> Hit | None:
    """Return the hit that names the role.

    A leader at the very start wins; then a word that tells the role wherever it stands (a
    one-stop shop, a council, bodies asked for an opinion); then the first word that names any.
    """
    found = [hit for hit in hits("roles", read) if hit["role"]]
    if not found:
        return None
    first = found[0]
    if first["strength"] == "first" and first.first == 0:
        return _handler_beside(read, found) if first["role"] == Role.APPLICANT else first
    usable = [hit for hit in found if hit["strength"] != "first"]
    anywhere = [hit for hit in usable if hit["strength"] == "anywhere"]
    return next(iter(anywhere or usable), None)


def _handler_beside(read: Text, found: list[Hit]) -> Hit:
    """Return who handles the step where the applicant is printed first, in a list of actors."""
    for hit in found[1:]:
        if hit["strength"] != "first" and _SEPARATORS & set(read.words[hit.first].gap):
            return hit
    return found[0]


def _levels(read: Text, context: Level | None) -> dict[Level, str]:
    found: dict[Level, str] = {}
    for hit in hits("levels", read):
        if hit["level"]:
            level = Level(hit["level"])
            if level is Level.PROVINCE and context is Level.DISTRICT and "ph" in hit.words.lower():
                level = Level.DISTRICT
            found.setdefault(level, hit.words)
    return found


def levels_named(printed: str, *, level: Level | None = None) -> frozenset[Level]:
    """Return the levels that *printed* names; a city is a district's where *level* says so.

    Example:
        >>> sorted(levels_named("TTPVHCC tỉnh; TTPVHCC các xã, phường"))
        [<Level.COMMUNE: 'commune'>, <Level.PROVINCE: 'province'>]

    Source: Luật 72/2025/QH15 Điều 1: provinces and communes.
    """
    return frozenset(_levels(text(printed), level))


def _context_levels(read: Text, agency: str, level: Level | None) -> frozenset[Level]:
    """Return the levels of the procedure, for a performer that names none.

    A central body beside others only takes part; where the agency stands at several levels, a
    room that the law gives to one of them tells which ("Phòng Văn hóa - Xã hội": the commune's).
    """
    named = levels_named(agency, level=level)
    offered = named - {Level.MINISTRY} or named or frozenset({level} if level else ())
    among = {Level(hit["among"]) for hit in hits("levels", read) if hit["among"]}
    return offered & among or offered


def _office(
    printed: str, role: Role | None, levels: frozenset[Level], agency: str, level: Level | None
) -> OfficeReading:
    if role is Role.ONE_STOP_SHOP:
        only_commune = levels == {Level.COMMUNE}
        return OfficeReading(office=f"{ONE_STOP_SHOP} cấp xã" if only_commune else ONE_STOP_SHOP)
    if role is Role.APPLICANT:
        return OfficeReading()
    own = next(iter(levels)) if len(levels) == 1 else level
    named = read_office(printed, level=own)
    if named.office or role is None or role in _ANSWERS_FOR_ITSELF:
        return named
    return OfficeReading(office=own_office(agency, level=level))


def read_performer(
    printed: str, *, agency: str = "", level: Level | None = None
) -> PerformerReading:
    """Return the role, levels and office of the performer *printed*.

    Args:
        printed: The performer as the table prints it.
        agency: The agency of the procedure, for performers printed without one ("Lãnh đạo Sở").
        level: The level of the procedure, where neither performer nor agency names one.

    Returns:
        The performer, and the words that decided each part.

    Example:
        >>> read = read_performer("Lãnh đạo phòng Bảo trợ xã hội", agency="Sở Y tế")
        >>> read.performer.role, read.performer.office, read.role_words
        (<Role.DIVISION_HEAD: 'division_head'>, 'Sở Y tế', 'Lãnh đạo phòng')
        >>> read.performer.levels
        frozenset({<Level.PROVINCE: 'province'>})

    Source: the roles of published cut-by-role tables; docs/decisions/0004.
    """
    read = text(printed)
    hit = _role(read)
    role = Role(hit["role"]) if hit else None
    named = _levels(read, level)
    if role is Role.APPLICANT:
        named = {}
        levels: frozenset[Level] = frozenset()
    else:
        levels = frozenset(named) or _context_levels(read, agency, level)
    office = _office(printed, role, levels, agency, level)
    performer = Performer(name=printed, role=role, levels=levels, office=office.office)
    return PerformerReading(
        performer=performer,
        role_words=hit.words if hit else "",
        level_words=tuple(named.values()),
        office_words=office.words,
    )


def named_first(name: str) -> Performer | None:
    """Return who *name* begins with, where it goes on to say what is done; else ``None``.

    Example:
        >>> found = named_first("Lãnh đạo UBND tỉnh ký quyết định")
        >>> found.name, found.role.value
        ('Lãnh đạo UBND tỉnh', 'chairperson')
        >>> named_first("Trình lãnh đạo phòng"), named_first("Tiếp nhận hồ sơ")
        (None, None)

    Source: names of tasks in drawings without lanes.
    """
    said = " ".join(name.split())
    reading = read_performer(said)
    starts = [words for words in reading.words if said.casefold().startswith(words.casefold())]
    if not reading.role_words or not starts or _is_a_deed(starts[0]):
        return None
    end, grown = max(map(len, starts)), True
    while grown:
        grown = False
        for words in reading.words:
            if said[end:].casefold().startswith(f" {words}".casefold()):
                end, grown = end + 1 + len(words), True
    return read_performer(said[:end]).performer if said[end:].strip() else None


def _is_a_deed(words: str) -> bool:
    """Return whether *words* say what is done ("Tiếp nhận hồ sơ") and not who does it."""
    told = read_kinds(words)
    begins = any(words.casefold().startswith(each.casefold()) for each in told.words)
    return begins and StepKind.COUNCIL not in told.kinds
