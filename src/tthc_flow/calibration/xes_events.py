"""An event log in XES, read as it streams by: one case at a time is in memory.

A file with a DOCTYPE is refused before anything of it is used, so there are no entities.

Source: IEEE Std 1849-2023 (XES): log, trace, event; concept, time, lifecycle, organizational.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from attrs import Factory, define, field

from tthc_flow.calibration.event import MOST_EVENTS, Case, LogEvent, Transition, reasons
from tthc_flow.calibration.log_moments import read_moment
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Severity
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from tthc_flow.calibration.doubts import Doubts

_MOST_DEPTH: Final = 200
_MOST_SILENCE: Final = 8 << 20
_CUT_OFF: Final = frozenset({3, 5})
"""Expat: no element found, unclosed token."""

TRANSITIONS: Final = {
    "schedule": Transition.SCHEDULE,
    "start": Transition.START,
    "complete": Transition.COMPLETE,
    "suspend": Transition.SUSPEND,
    "resume": Transition.RESUME,
    "withdraw": Transition.WITHDRAW,
    "ate_abort": Transition.WITHDRAW,
    "pi_abort": Transition.WITHDRAW,
    "abort": Transition.WITHDRAW,
    "autoskip": Transition.WITHDRAW,
    "manualskip": Transition.WITHDRAW,
    "assign": Transition.OTHER,
    "reassign": Transition.OTHER,
    "unknown": Transition.OTHER,
}
_TRUTH: Final = {"true": True, "false": False}


def xes_cases(pieces: Iterable[bytes], place: str, doubts: Doubts) -> Iterator[Case]:
    """Yield the cases of an XES file in their order.

    Args:
        pieces: Its bytes.
        place: Its name, for errors.
        doubts: Takes what is unclear.

    Raises:
        UnreadableInput: TF205 for a case or a text too large, TF207 for a DOCTYPE, TF208 for what
            is no XML, TF209 where it ends too early, TF210 where it is nested too deep, TF271 for
            other XML.

    Example:
        >>> from tthc_flow.calibration.doubts import Doubts
        >>> text = (b'<log><trace><string key="concept:name" value="H1"/><event>'
        ...         b'<string key="concept:name" value="Thu ly"/></event></trace></log>')
        >>> [(case.id, case.events[0].name) for case in xes_cases([text], "a.xes", Doubts())]
        [('H1', 'Thu ly')]

    Source: see the module.
    """
    reader = _Reader(place, doubts)
    for piece in pieces:
        yield from reader.read(piece)
    yield from reader.read(b"", last=True)


@define
class _Reader:
    place: str
    doubts: Doubts
    parser: expat.XMLParserType = field(init=False)
    depth: int = 0
    within: list[str] = Factory(list)
    traces: int = 0
    number: int = 0
    silent: int = 0
    trace: dict[str, str] = Factory(dict)
    event: dict[str, str] = Factory(dict)
    events: list[dict[str, str]] = Factory(list)
    ready: list[Case] = Factory(list)

    def __attrs_post_init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, piece: bytes, *, last: bool = False) -> list[Case]:
        """Read the next *piece*; return the cases that are whole now."""
        self.silent += len(piece)
        if self.silent > _MOST_SILENCE:
            hint = "export the log again"
            raise self._error("TF205", hint, **fact_words("log-fact-text"))
        self.ready = []
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError as error:
            code = "TF209" if last and error.code in _CUT_OFF else "TF208"
            fact = "the file ends too early" if code == "TF209" else f"is no XML: {error}"
            told = "" if code == "TF209" else str(error)
            raise self._error(code, "export the log again", fact, told) from error
        return self.ready

    def _error(self, code: str, hint: str, fact: str, fact_vi: str = "") -> UnreadableInput:
        where = f"{self.place}:{self.parser.CurrentLineNumber}"
        return UnreadableInput(code, fact, place=where, hint=hint, fact_vi=fact_vi)

    def _refuse_doctype(self, *_declared: object) -> None:
        raise self._error(
            "TF207", "take the DOCTYPE out", "the file holds a DOCTYPE, which is never read"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.silent = 0
        tag = name.rpartition(":")[2]
        if not self.within and tag != "log":
            hint = "export the log as XES or CSV"
            raise self._error("TF271", hint, f"<{tag}> is no event log", f"<{tag}>")
        if len(self.within) >= _MOST_DEPTH:
            raise self._error("TF210", "export the log again", "elements are nested too deep")
        above = self.within[-1] if self.within else ""
        self.within.append(tag)
        if tag == "trace" and above == "log":
            self.trace, self.events = {}, []
        elif tag == "event" and above in {"trace", "log"}:
            self.event = {}
        elif above == "event":
            self.event[attributes.get("key", "")] = attributes.get("value", "")
        elif above == "trace":
            self.trace[attributes.get("key", "")] = attributes.get("value", "")

    def _end(self, _name: str) -> None:
        tag = self.within.pop()
        above = self.within[-1] if self.within else ""
        if tag == "event" and above == "trace":
            self.events.append(self.event)
            if len(self.events) > MOST_EVENTS:
                fact = fact_words("log-fact-events", events=MOST_EVENTS)
                raise self._error("TF205", "check the cases", **fact)
        elif tag == "event" and above == "log":
            self.number += 1
            self.doubts.add("log-case-missing", line=self.parser.CurrentLineNumber)
        elif tag == "trace" and above == "log":
            self._case()

    def _case(self) -> None:
        self.traces += 1
        case = self.trace.get("concept:name", "")
        if not case:
            case = f"#{self.traces}"
            self.doubts.add("log-case-unnamed", severity=Severity.INFO)
        found = []
        for each in self.events:
            self.number += 1
            found.append(self._event(case, each))
        self.ready.append(Case(id=case, events=tuple(found)))

    def _event(self, case: str, said: dict[str, str]) -> LogEvent:
        text = said.get("time:timestamp", "")
        at, zoned = read_moment(text)
        if at is None:
            self.doubts.add("log-time-unread", line=self.number, text=text)
        return LogEvent(
            case=case,
            activity=said.get("activity", ""),
            name=said.get("concept:name", ""),
            transition=transition_of(
                said.get("lifecycle:transition", ""), self.doubts, self.number
            ),
            at=at,
            zoned=zoned,
            resource=said.get("org:resource", ""),
            instance=said.get("concept:instance", ""),
            waiting=reasons(said.get("waiting_reason", "")),
            procedure=self.trace.get("procedure", ""),
            version=said.get("version", ""),
            late=_TRUTH.get(said.get("late", "")),
            place=self.number,
        )


def transition_of(text: str, doubts: Doubts, place: int) -> Transition:
    """Return the transition that *text* names; none said is ``COMPLETE``, as XES has it.

    Example:
        >>> from tthc_flow.calibration.doubts import Doubts
        >>> transition_of("ate_abort", Doubts(), 1).value, transition_of("", Doubts(), 1).value
        ('withdraw', 'complete')

    Source: IEEE Std 1849-2023, the standard transactional life cycle.
    """
    if not text:
        return Transition.COMPLETE
    found = TRANSITIONS.get(text.strip().lower())
    if found is None:
        doubts.add(
            "log-transition-unknown", severity=Severity.INFO, name=text, line=place, text=text
        )
        return Transition.OTHER
    return found
