"""Answers to gate questions, kept in a file of their own beside the drawing.

YAML, read as texts with their lines like a step table: nothing is obeyed, nothing guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.actor import Role
from tthc_flow.model.law import Answer, Reply
from tthc_flow.proof.gates.standing import Kept
from tthc_flow.tables.facts import crews
from tthc_flow.tables.loading import load_text
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.tree import Node, yaml_tree
from tthc_flow.tables.values import known_only, one_of, source

if TYPE_CHECKING:
    import os

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Crew
    from tthc_flow.model.source import Source

FORMAT: Final = "tthc-flow-answers/1"
_HEAD: Final = ("process", "code", "name")
_ROW: Final = ("question", "reply", "step", "source", "by", "on", "fingerprint")
_STEP: Final = ("id", "number", "name", "fingerprint")


@frozen(kw_only=True)
class AnswerSheet:
    """What an answers file says: of which procedure, the answers, the people of a role.

    *uncounted* are the offices and roles whose people somebody still has to count.
    """

    process: str | None = None
    code: str | None = None
    name: str | None = None
    answers: tuple[Kept, ...] = ()
    crews: tuple[Crew, ...] = ()
    uncounted: tuple[tuple[str, Role], ...] = ()


@frozen(kw_only=True)
class SheetReading:
    """An answers file, where it was read, and everything doubtful in it."""

    sheet: AnswerSheet
    place: str
    findings: tuple[Finding, ...]


def read_answers(file: str | os.PathLike[str] | bytes) -> SheetReading:
    r"""Return the answers of a file: a path, the file's bytes, or its text.

    Raises:
        UnreadableInput: TF220-TF222, TF225 and TF227 as for a step table; TF228 where the file
            does not say that it holds answers in a format that is known.

    Example:
        >>> text = "format: tthc-flow-answers/1\nanswers: [{question: power-is-own, reply: 'no'}]"
        >>> read_answers(text + "\n").sheet.answers[0].answer.reply
        <Reply.NO: 'no'>

    Source: format ``tthc-flow-answers/1`` of this project (docs/how-to/answers.md).
    """
    text, place = load_text(file)
    tree = yaml_tree(text, place)
    told = tree.text_of("format")
    if told != FORMAT:
        raise UnreadableInput(
            "TF228",
            f"the format is {told!r}" if told else "the file names no format",
            place=f"{place}:{tree.line}",
            hint=f"begin the file with: format: {FORMAT}",
        )
    notes = Notes()
    known_only(tree, ("format", "procedure", "answers", "crews"), notes)
    head = tree.get("procedure") or Node(tree.line, fields=())
    known_only(head, _HEAD, notes)
    sheet = AnswerSheet(
        process=head.text_of("process"),
        code=head.text_of("code"),
        name=head.text_of("name"),
        answers=tuple(row for each in tree.each("answers") for row in _row(each, notes)),
        crews=counted_crews(tree, notes),
        uncounted=uncounted_crews(tree, notes),
    )
    return SheetReading(sheet=sheet, place=place, findings=tuple(notes.found))


def counted_crews(tree: Node, notes: Notes) -> tuple[Crew, ...]:
    """Return the people in the rows ``crews`` of *tree* that were filled in."""
    return crews(_people(tree, counted=True), notes)


def uncounted_crews(tree: Node, notes: Notes) -> tuple[tuple[str, Role], ...]:
    """Return the office and role of each row ``crews`` of *tree* that is still to be filled in."""
    return tuple(
        (office, role)
        for row in _people(tree, counted=False).each("crews")
        if (office := row.text_of("office")) and (role := one_of(row, "role", Role, notes))
    )


def _row(node: Node, notes: Notes) -> tuple[Kept, ...]:
    """Return the answer of one row; none where it names no question or no reply."""
    known_only(node, _ROW, notes)
    asked = question_and_reply(node, notes)
    if asked is None:
        return ()
    question, reply = asked
    step = node.get("step") or Node(node.line, fields=())
    known_only(step, _STEP, notes)
    loose = step.text.strip() if step.text is not None else None
    answer = Answer(
        question=question,
        reply=reply,
        step=step.text_of("id") or loose,
        source=stated_source(node, question, reply, notes),
        by=node.text_of("by"),
        on=node.text_of("on"),
        about=step.text_of("fingerprint") or node.text_of("fingerprint"),
    )
    number = step.text_of("number") or loose
    return (Kept(answer=answer, number=number, name=step.text_of("name"), line=node.line),)


def question_and_reply(node: Node, notes: Notes) -> tuple[str, Reply] | None:
    """Return what a row asks and what was replied; ``None``, and a finding, where it lacks one."""
    question, reply = node.text_of("question"), one_of(node, "reply", Reply, notes)
    if question is not None and reply is not None:
        return question, reply
    for name in ("question", "reply"):
        if node.text_of(name) is None:
            notes.warn("table-field-missing", line=node.line, field=f"answers.{name}")
    return None


def stated_source(node: Node, question: str, reply: Reply, notes: Notes) -> Source | None:
    """Return the source of an answer; one left empty is only missed where something was replied."""
    field = node.get("source")
    blank = field is not None and field.text is None and field.text_of("document") is None
    if field is not None and not blank:
        return source(field, notes)
    if reply is not Reply.UNKNOWN:
        notes.warn("table-answer-without-source", line=node.line, question=question)
    return None


def _people(tree: Node, *, counted: bool) -> Node:
    """Return the rows of *tree* about people that were filled in, or those that were not."""
    rows = tuple(row for row in tree.each("crews") if _says_something(row) is counted)
    return Node(tree.line, fields=(("crews", Node(tree.line, items=rows)),))


def _says_something(row: Node) -> bool:
    figures = (row.get("people"), row.get("hours"))
    filled = (each is not None and (each.fields or (each.text or "").strip()) for each in figures)
    return row.fields is None or any(filled)
