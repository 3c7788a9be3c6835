"""Who has had a dossier in hand: the parties of its log, and from whom each task came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define

from tthc_flow.dossiers.log_row import Kind, LogRow
from tthc_flow.model.actor import Role
from tthc_flow.moments import moment_of
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_OF_PEOPLE: Final = frozenset({Kind.WORK, Kind.CHOICE, Kind.ROUNDS, Kind.EVENT})
_NO_AGENCY: Final = frozenset({Role.APPLICANT.value, Role.THIRD_PARTY.value})
_RECEIVES: Final = Role.ONE_STOP_SHOP.value
_COMPLETES: Final = frozenset({"complete", "choose", "repeat", "deliver", "message"})
_CONSULTED: Final = Role.CONSULTED_AGENCY.value


def is_of_people(row: LogRow) -> bool:
    """Return whether people do what *row* is about, and somebody is named for it."""
    return row.kind in _OF_PEOPLE and bool(row.task) and bool(row.office or row.role)


def is_of_agency(row: LogRow) -> bool:
    """Return whether an agency does what *row* is about, not the applicant or a third party."""
    return is_of_people(row) and row.role not in _NO_AGENCY


def _same(one: str, other: str) -> bool:
    """Return whether two names are the same in speech, as “Bộ phận một cửa”, “Bộ phận Một cửa”."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


@define
class Parties:
    """The parties of one dossier.

    *by_office* tells whether they are offices; else the roles of the one office there is.
    """

    _rows: list[LogRow]
    _events: Sequence[Mapping[str, Any]]
    _lang: str
    by_office: bool
    _opened_by: dict[str, int]
    _did: dict[int, LogRow]

    @classmethod
    def of(cls, rows: list[LogRow], events: Sequence[Mapping[str, Any]], lang: str) -> Parties:
        """Return the parties that *rows* and *events* of a dossier tell of."""
        offices = {row.office for row in rows if is_of_agency(row) and row.office}
        done = {(row.activity, row.complete): row for row in rows if row.task}
        opened_by, did = dict[str, int](), dict[int, LogRow]()
        for place, event in enumerate(events):
            said = event["payload"]
            for each in (*said.get("opened", ()), *said.get("changed", ())):
                opened_by.setdefault(f"{event['instance']}:{each['token']}", place)
            own = done.get((str(event["node"]), moment_of(event["at"])))
            if own is not None and event["kind"] in _COMPLETES:
                did[place] = own
        return cls(rows, events, lang, len(offices) > 1, opened_by, did)

    def name(self, row: LogRow | None) -> str:
        """Return the party of *row*; empty where there is none."""
        if row is None:
            return ""
        role = text(f"performer-{row.role}", self._lang) if row.role else ""
        role = role[:1].upper() + role[1:]
        if self.by_office or not role:
            return row.office or role
        if not row.office or row.role in _NO_AGENCY or _same(row.office, role):
            return role
        return f"{role} ({row.office})"

    def giver(self, row: LogRow) -> LogRow | None:
        """Return the row from which the task of *row* came; none for the first of all."""
        place = self._opened_by.get(row.task, 0)
        while place > 0:
            found = self._did.get(place)
            if found is None:
                place -= 1
            elif is_of_people(found):
                return found
            else:
                place = min(self._opened_by.get(found.task, 0), place - 1)
        return None

    @property
    def handling(self) -> tuple[str, ...]:
        """Return who handles the dossier: not who only receives it, is consulted or applies."""
        return self._named(lambda role: role not in {_RECEIVES, _CONSULTED})

    @property
    def consulted(self) -> tuple[str, ...]:
        """Return who is consulted."""
        return self._named(lambda role: role == _CONSULTED)

    def _named(self, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        rows = (row for row in self._rows if is_of_agency(row) and wanted(row.role))
        return tuple(dict.fromkeys(row.office or self.name(row) for row in rows))
