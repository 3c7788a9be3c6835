"""The rulings file (``<stem>.decisions.yaml``): what people ruled on candidates, in and out.

It lies beside the BPMN file and is reviewed with it; that of a whole folder lies in the folder, and
names procedures where the other names steps. Nothing in it is obeyed but what is named
here; what is not understood is a finding, and that ruling is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.tables.loading import load_text
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.tree import yaml_tree
from tthc_flow.tables.values import known_only, one_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from tthc_flow.model.finding import Finding
    from tthc_flow.tables.tree import Node

FORMAT: Final = "tthc-flow-decisions/1"
STEPS: Final = "steps"
PROCEDURES: Final = "procedures"
"""The field that says what a ruling is about: of a file, of a folder."""
_FIELDS: Final = ("lever", "decision", "reason", "by", "on", "terms", "rests_on")


def read_rulings(
    file: str | os.PathLike[str] | bytes,
) -> tuple[tuple[Ruling, ...], tuple[Finding, ...]]:
    r"""Return the rulings in *file* (a path, its bytes, or its text) and what is doubtful in them.

    A ruling that lacks its lever, its steps or what was decided, and a rejection without a reason,
    is left out and said.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF221 not UTF-8, TF222 not YAML, TF225 aliases,
            too deep or large, TF238 of another format.

    Example:
        >>> text = f"format: {FORMAT}\ndecisions:\n- lever: drop_relay\n  decision: accept\n"
        >>> rulings, _ = read_rulings(text + "  steps: [{id: Step_4}]\n")
        >>> rulings[0].targets
        ('Step_4',)

    Source: contract of this project.
    """
    return _read(file, STEPS)


def read_folder_rulings(
    file: str | os.PathLike[str] | bytes,
) -> tuple[tuple[Ruling, ...], tuple[Finding, ...]]:
    r"""Return the rulings of a whole folder, as :func:`read_rulings` does those of a file.

    Raises:
        UnreadableInput: as :func:`read_rulings`.

    Example:
        >>> text = f"format: {FORMAT}\ndecisions:\n- lever: abolish_unused\n  decision: accept\n"
        >>> rulings, _ = read_folder_rulings(text + "  procedures: [{id: cap.bpmn}]\n")
        >>> rulings[0].targets
        ('cap.bpmn',)

    Source: contract of this project.
    """
    return _read(file, PROCEDURES)


def _read(
    file: str | os.PathLike[str] | bytes, about: str
) -> tuple[tuple[Ruling, ...], tuple[Finding, ...]]:
    text, place = load_text(file)
    tree, notes = yaml_tree(text, place), Notes()
    if tree.text_of("format") != FORMAT:
        raise UnreadableInput(
            "TF238",
            f"not a file of decisions: format {tree.text_of('format') or '–'}",
            place=f"{place}:{tree.line}",
            hint=f"begin it with 'format: {FORMAT}'",
        )
    known_only(tree, ("format", "decisions"), notes)
    read = [_ruling(each, notes, about) for each in tree.each("decisions")]
    return tuple(each for each in read if each is not None), tuple(notes.found)


def _ruling(node: Node, notes: Notes, about: str) -> Ruling | None:
    known_only(node, (*_FIELDS, about), notes)
    lever, stand = node.text_of("lever"), one_of(node, "decision", Stand, notes)
    steps, rests_on = _seen(node, about, notes), _seen(node, "rests_on", notes)
    reason = node.text_of("reason") or ""
    for field, given in (("lever", lever), ("decision", stand), (about, steps)):
        if not given:
            notes.warn("table-field-missing", line=node.line, field=f"decisions.{field}")
    if lever is None or stand is None or not steps:
        return None
    if stand is Stand.REJECT and not reason:
        notes.warn("ruling-without-reason", line=node.line, lever=lever)
        return None
    terms = node.get("terms")
    return Ruling(
        lever=lever,
        targets=tuple(each.id for each in steps),
        stand=stand,
        reason=reason,
        by=node.text_of("by"),
        on=node.text_of("on"),
        terms=() if terms is None else _terms(terms),
        seen=(*steps, *rests_on),
    )


def _terms(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((name, each.text.strip()) for name, each in node.fields or () if each.text)


def _seen(node: Node, field: str, notes: Notes) -> tuple[Seen, ...]:
    seen = []
    for each in node.each(field):
        known_only(each, ("id", "name", "fingerprint"), notes)
        name = each.text_of("id") or (each.text or "").strip()
        if not name:
            notes.warn("table-field-missing", line=each.line, field=f"decisions.{field}.id")
            continue
        mark = each.text_of("fingerprint") or ""
        seen.append(Seen(id=name, name=each.text_of("name") or "", fingerprint=mark))
    return tuple(seen)


def rulings_text(rulings: Iterable[Ruling], about: str = STEPS) -> str:
    """Return the text of the rulings file; :func:`read_rulings` gives back what went in.

    Args:
        rulings: The rulings, in order.
        about: ``PROCEDURES`` for those of a folder, which :func:`read_folder_rulings` reads.

    Example:
        >>> one = Ruling(lever="drop_relay", targets=("a",), stand=Stand.ACCEPT, seen=(
        ...     Seen(id="a", name="Chuyển", fingerprint="ff"),))
        >>> read_rulings(rulings_text([one]))[0] == (one,)
        True

    Source: contract of this project.
    """
    import yaml

    whole = {"format": FORMAT, "decisions": [_told(each, about) for each in rulings]}
    return str(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=100))


def _told(ruling: Ruling, about: str) -> dict[str, Any]:
    seen = {each.id: each for each in ruling.seen}
    steps = [seen.get(each, Seen(id=each, name="", fingerprint="")) for each in ruling.targets]
    others = [each for each in ruling.seen if each.id not in ruling.targets]
    told: dict[str, Any] = {
        "lever": ruling.lever,
        about: [_step(each) for each in steps],
        "rests_on": [_step(each) for each in others],
        "decision": ruling.stand.value,
        "reason": ruling.reason,
        "by": ruling.by,
        "on": ruling.on,
        "terms": dict(ruling.terms),
    }
    return {name: value for name, value in told.items() if value}


def _step(seen: Seen) -> dict[str, str]:
    told = {"id": seen.id, "name": seen.name, "fingerprint": seen.fingerprint}
    return {name: value for name, value in told.items() if value}
