"""Read what a joint report is made of: records that ``propose`` wrote, or drawings themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.measures.by_role import RoleRow
from tthc_flow.report.coherent import incoherence
from tthc_flow.report.conforming import misfit
from tthc_flow.report.foreign_picture import checked_picture
from tthc_flow.report.texts import LANGUAGES, text
from tthc_flow.report.word.reviewed import Reviewed
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.decide import rulings_of
from tthc_flow.verbs.opening import chosen, spoken
from tthc_flow.verbs.papers import NAMES, pictures, proposal_record
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.resolve import SUFFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from tthc_flow.units import Convention

_RECORD: Final = NAMES["record"]
_MOST: Final = 64_000_000


def report_sources(
    sources: Sequence[str | os.PathLike[str]],
    *,
    convention: Convention | str = DEFAULT_CONVENTION,
    lang: str = "vi",
) -> tuple[Reviewed, ...]:
    """Return the proposals that *sources* hold, in the order given; the same file once.

    Args:
        sources: Records of ``propose`` (.json), drawings (.bpmn), or folders. Of a folder, and of
            each in it, ``proposal.json`` is taken with its pictures; where there is none, every
            drawing, with its answers and decisions.
        convention: The time convention of proposals that are made from drawings.
        lang: The language; records must have been written in it.

    Raises:
        UnreadableInput: TF20x where a file cannot be read, TF281 no JSON, TF282 no record of a
            proposal, TF283 one in another language, TF284 a foreign picture, TF285 an empty
            folder.
        BadQuantity: TF115 where records are by different time conventions.

    Example:
        >>> import tempfile
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P" name="Cap phep"><startEvent id="s"/><task id="A" name="Ky"/>
        ... <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(flow)
        ...     [each.name for each in report_sources([where])]
        ['Cap phep']

    Source: shape ``propose`` of the published schema.
    """
    lang, rule = spoken(lang), chosen(convention)
    found = [
        _of_record(path, lang) if path.suffix.casefold() == ".json" else _made(path, rule, lang)
        for path in _files(sources)
    ]
    used = dict.fromkeys(each.record["plan"]["before"]["convention"] for each in found)
    if len(used) > 1:
        raise BadQuantity(
            "TF115",
            f"the proposals are by different conventions: {', '.join(used)}",
            hint="make them again with one --convention",
        )
    return tuple(found)


def _files(sources: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    seen: set[Path] = set()
    for source in map(Path, sources):
        inside = list(_inside(source)) if source.is_dir() else [source]
        if not inside:
            raise UnreadableInput(
                "TF285",
                "the folder holds no proposal and no drawing",
                place=str(source),
                hint="give a folder with proposal.json or .bpmn files",
            )
        for path in inside:
            if (real := path.resolve()) not in seen:
                seen.add(real)
                yield path


def _inside(folder: Path) -> Iterator[Path]:
    """Yield what *folder* holds: its record, else its drawings; then its folders, by name."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(folder, error) from error
    record = folder / _RECORD
    if record.is_file():
        yield record
    else:
        yield from (each for each in entries if each.is_file() and each.name.endswith(SUFFIXES))
    for each in entries:
        if each.is_dir() and not each.is_symlink():
            yield from _inside(each)


def _made(path: Path, convention: Convention, lang: str) -> Reviewed:
    made = propose(answered(path), convention=convention, rulings=rulings_of(path))
    drawn = pictures(made, lang)
    return Reviewed(
        record=proposal_record(made, lang), before=drawn["svg_before"], after=drawn["svg_after"]
    )


def _of_record(path: Path, lang: str) -> Reviewed:
    record = _checked(_json(path), str(path))
    written = _language(record)
    if written != lang:
        raise UnreadableInput(
            "TF283",
            f"the proposal was written in {written!r}, not in {lang!r}",
            place=str(path),
            hint=f"choose --lang {written}, or run propose again with --lang {lang}",
        )
    beside = {side: path.with_name(NAMES[f"svg_{side}"]) for side in ("before", "after")}
    drawn = {
        side: checked_picture(_bytes(picture), str(picture))
        for side, picture in beside.items()
        if path.name == _RECORD and picture.is_file()
    }
    return Reviewed(record=record, **drawn)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise UnreadableInput(
                "TF282", f"more than {_MOST:_} bytes", place=str(path), hint="give one proposal"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableInput(
            "TF201", "no such file", place=str(path), hint="check the path", fact_vi=""
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError | ValueError) -> UnreadableInput:
    return UnreadableInput(
        "TF202",
        f"cannot read: {getattr(error, 'strerror', None) or error}",
        place=str(path),
        hint="check the permissions",
    )


def _json(path: Path) -> object:
    try:
        found: object = json.loads(_bytes(path).decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            "TF281",
            f"this is no JSON: {error}",
            place=str(path),
            hint="give a proposal.json that propose has written",
        ) from error
    return found


def _no_number(name: str) -> object:
    message = f"{name} is no number"
    raise ValueError(message)


def _checked(found: object, place: str) -> dict[str, Any]:
    """Return what was read where it is a record of ``propose`` and fits together."""
    worst = misfit(found, "propose")
    if worst is None and isinstance(found, dict):
        worst = incoherence(found)
        if worst is None:
            return found
    at = f"{worst.place}: {worst.what}" if worst is not None and worst.place else "at its top"
    raise UnreadableInput(
        "TF282",
        f"this is no proposal of this version ({at})",
        place=place,
        hint="run propose again to write a new one",
    )


def _language(record: dict[str, Any]) -> str:
    label = record["plan"]["before"]["by_role"][0]["label"]
    return next(
        (each for each in LANGUAGES if text(f"role-{RoleRow.ONE_STOP}", each) == label), "?"
    )
