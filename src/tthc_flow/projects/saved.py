"""A project as one file that is saved and opened again: a zip whose bytes depend on it alone."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.plan import Targets
from tthc_flow.projects.project import MOST_STEPS_BACK, Project, State
from tthc_flow.tables.answers import read_answers
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.tables.rulings import read_rulings, rulings_text
from tthc_flow.words.messages import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = "tthc-flow-project/1"
ENDING: Final = ".tthc"
HEAD: Final = "project.json"
MOST_BYTES: Final = 96 * 1024 * 1024
"""How much a project may unpack to: its drawings and those it can go back to, with room."""

_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MOST_MEMBERS: Final = 1_000
_MOST_STATES: Final = 2 * MOST_STEPS_BACK + 1
_ORIGINAL: Final = "original"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_CODE: Final = re.compile(r"[a-z]+(-[A-Za-z0-9_]+)+")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    OSError,
)
"""What reading a zip or JSON that somebody else wrote may come to."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return *files* as one zip: the same bytes for the same files, whenever it is made.

    Example:
        >>> zipped({"a.txt": b"1"}) == zipped({"a.txt": b"1"})
        True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            book.writestr(member, data)
    return out.getvalue()


def is_project(data: bytes) -> bool:
    """Return whether *data* is a zip that begins with the head of a project.

    Example:
        >>> is_project(b"PK"), is_project(zipped({"project.json": b"{}"}))
        (False, True)
    """
    name = data[30 : 30 + len(HEAD)]
    return data.startswith(b"PK\x03\x04") and name == HEAD.encode()


def saved(project: Project) -> bytes:
    """Return *project* as the bytes of a file that :func:`loaded` takes back as it is.

    It holds the file as it came, every state of the drawing, answers, rulings, targets, and what
    can be undone and redone.

    Example:
        >>> from tthc_flow.projects.project import Project, State
        >>> project = Project(file="a.bpmn", original=b"x", now=State(bpmn=b"y", process="P"))
        >>> loaded(saved(project)) == project
        True

    Source: format ``tthc-flow-project/1`` of this project (docs/how-to/studio.md).
    """
    parts = _Parts()
    states = [_state(each, parts) for each in (*project.past, project.now, *project.future)]
    head = {
        "format": FORMAT,
        "file": project.file,
        "notes": [_note(each) for each in project.notes],
        "now": len(project.past),
        "states": states,
    }
    text = json.dumps(head, ensure_ascii=False, indent=1).encode()
    return zipped({HEAD: text, _ORIGINAL: project.original, **parts.files})


def loaded(data: bytes) -> Project:
    """Return the project that :func:`saved` wrote.

    Raises:
        UnreadableInput: TF261 where it is damaged or of another format, TF262 where it would
            unpack to too much; TF22x for its answers and rulings.

    Example: see :func:`saved`.

    Source: format ``tthc-flow-project/1`` of this project.
    """
    files = _unzipped(data)
    try:
        head = json.loads(files[HEAD])
        if head["format"] != FORMAT:
            raise _damaged(f"the format is {head['format']!r}")
        if len(head["states"]) > _MOST_STATES:
            raise _damaged(f"{len(head['states'])} states")
        states = [_state_of(each, files) for each in head["states"]]
        now = range(len(states))[head["now"]]
        return Project(
            file=_text(head["file"]),
            original=files[_ORIGINAL],
            notes=tuple(_note_of(each) for each in head["notes"]),
            past=tuple(states[:now])[-MOST_STEPS_BACK:],
            now=states[now],
            future=tuple(states[now + 1 :]),
        )
    except (*_BROKEN, BadQuantity) as error:
        raise _damaged(f"{type(error).__name__}: {error}") from error


class _Parts:
    """The members of the zip; equal contents are kept once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._names: dict[tuple[str, bytes], str] = {}

    def put(self, folder: str, data: bytes, ending: str) -> str:
        """Keep *data*; return the name of its member."""
        name = self._names.get((folder, data))
        if name is None:
            name = f"{folder}/{len(self._names) + 1}{ending}"
            self._names[folder, data] = name
            self.files[name] = data
        return name


def _state(state: State, parts: _Parts) -> dict[str, Any]:
    time, cost = state.targets.time, state.targets.cost
    return {
        "bpmn": parts.put("bpmn", state.bpmn, ".bpmn"),
        "process": state.process,
        "answers": parts.put("answers", answers_text(state.answers).encode(), ".yaml"),
        "rulings": parts.put("rulings", rulings_text(state.rulings).encode(), ".yaml"),
        "targets": {
            "time": None if time is None else str(time),
            "cost": None if cost is None else str(cost),
        },
    }


def _state_of(told: Mapping[str, Any], files: Mapping[str, bytes]) -> State:
    time, cost = (told["targets"][name] for name in ("time", "cost"))
    return State(
        bpmn=files[told["bpmn"]],
        process=_text(told["process"]),
        answers=read_answers(files[told["answers"]]).sheet,
        rulings=read_rulings(files[told["rulings"]])[0],
        targets=Targets(
            time=None if time is None else Fraction(_text(time)),
            cost=None if cost is None else Fraction(_text(cost)),
        ),
    )


def _note(note: Finding) -> dict[str, Any]:
    return {
        "code": note.code,
        "severity": note.severity.name,
        "element": note.element,
        "name": note.name,
        "line": note.line,
        "values": dict(note.values),
    }


def _note_of(told: Mapping[str, Any]) -> Finding:
    code = _text(told["code"])
    if not _CODE.fullmatch(code) or code not in texts(code.partition("-")[0]):
        raise _damaged(f"no finding {code!r}")
    element, name, line = told["element"], told["name"], told["line"]
    return Finding(
        code=code,
        severity=Severity[told["severity"]],
        element=None if element is None else _text(element),
        name=None if name is None else _text(name),
        line=None if line is None else int(line),
        values=tuple((_text(key), _text(value)) for key, value in told["values"].items()),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()
    return value


def _unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip by their names; what it says of their sizes is held to."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            members = book.infolist()
            size = sum(each.file_size for each in members)
            if len(members) > _MOST_MEMBERS or size > MOST_BYTES:
                raise UnreadableInput(
                    "TF262",
                    f"it unpacks to {size} bytes in {len(members)} files",
                    hint="save the project again in the studio",
                )
            if any(each.compress_type not in _PACKINGS for each in members):
                raise _damaged("it is packed in a way that the studio does not use")
            return {each.filename: book.read(each) for each in members}
    except _BROKEN as error:
        raise _damaged(f"{type(error).__name__}: {error}") from error


def _damaged(fact: str) -> UnreadableInput:
    return UnreadableInput("TF261", fact, hint="open the file that the studio saved, unchanged")
