"""Answers about several procedures of a folder at once: the file ``folder.answers.yaml``.

Each answer names the procedures that it is about, by their keys in the folder, with the mark that
each had when it was given. The people counted here serve them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.law import Answer
from tthc_flow.model.ruling import Seen
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.answers import (
    counted_crews,
    question_and_reply,
    stated_source,
    uncounted_crews,
)
from tthc_flow.tables.answers_out import (
    comment,
    given_lines,
    one_line,
    passing_lines,
    people_lines,
    quoted,
    whom_lines,
)
from tthc_flow.tables.loading import load_text
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.tree import yaml_tree
from tthc_flow.tables.values import known_only
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tthc_flow.model.actor import Role
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Crew
    from tthc_flow.tables.tree import Node

FORMAT: Final = "tthc-flow-folder-answers/1"
_ROW: Final = ("question", "reply", "procedures", "source", "by", "on")


@frozen(kw_only=True)
class KeptTogether:
    """An answer as the file keeps it: the procedures as they were; *line* is where it stands."""

    answer: Answer
    procedures: tuple[Seen, ...]
    line: int | None = field(default=None, eq=False)


@frozen(kw_only=True)
class FolderSheet:
    """What the file says: the answers, the people of a role, and who is still to be counted."""

    answers: tuple[KeptTogether, ...] = ()
    crews: tuple[Crew, ...] = ()
    uncounted: tuple[tuple[str, Role], ...] = ()


def read_folder_answers(
    file: str | os.PathLike[str] | bytes,
) -> tuple[FolderSheet, tuple[Finding, ...]]:
    r"""Return the answers of a folder's file (a path, its bytes, its text) and what is doubtful.

    An answer that names no procedure is left out and said.

    Raises:
        UnreadableInput: TF220-TF222, TF225 and TF227 as for a step table; TF228 where the file
            does not say that it holds answers about a folder.

    Example:
        >>> text = f"format: {FORMAT}\nanswers:\n- question: results-differ\n  reply: 'no'\n"
        >>> sheet, _ = read_folder_answers(text + "  procedures: [{id: a.bpmn}, {id: b.bpmn}]\n")
        >>> [each.id for each in sheet.answers[0].procedures]
        ['a.bpmn', 'b.bpmn']

    Source: format ``tthc-flow-folder-answers/1`` of this project (docs/how-to/folders.md).
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
    known_only(tree, ("format", "answers", "crews"), notes)
    sheet = FolderSheet(
        answers=tuple(row for each in tree.each("answers") for row in _row(each, notes)),
        crews=counted_crews(tree, notes),
        uncounted=uncounted_crews(tree, notes),
    )
    return sheet, tuple(notes.found)


def _row(node: Node, notes: Notes) -> Iterator[KeptTogether]:
    known_only(node, _ROW, notes)
    asked = question_and_reply(node, notes)
    procedures = tuple(_seen(node, notes))
    if not procedures:
        notes.warn("table-field-missing", line=node.line, field="answers.procedures")
    if asked is None or not procedures:
        return
    question, reply = asked
    answer = Answer(
        question=question,
        reply=reply,
        source=stated_source(node, question, reply, notes),
        by=node.text_of("by"),
        on=node.text_of("on"),
    )
    yield KeptTogether(answer=answer, procedures=procedures, line=node.line)


def _seen(node: Node, notes: Notes) -> Iterator[Seen]:
    for each in node.each("procedures"):
        known_only(each, ("id", "name", "fingerprint"), notes)
        key = each.text_of("id") or (each.text or "").strip()
        if key:
            mark = each.text_of("fingerprint") or ""
            yield Seen(id=key, name=each.text_of("name") or "", fingerprint=mark)
        else:
            notes.warn("table-field-missing", line=each.line, field="answers.procedures.id")


def folder_answers_text(sheet: FolderSheet, name: str = "", lang: str = "vi") -> str:
    r"""Return the text of a folder's answers file that reads back to *sheet*.

    Each answer stands under whom to ask, with the question and the procedures in words.

    Args:
        sheet: What the file holds.
        name: What staff call the folder.
        lang: The language of the comments.

    Example:
        >>> from tthc_flow.model.law import Reply
        >>> open_ = KeptTogether(
        ...     answer=Answer(question="results-differ", reply=Reply.UNKNOWN),
        ...     procedures=(Seen(id="a.bpmn", name="Cấp", fingerprint="7"),),
        ... )
        >>> text = folder_answers_text(FolderSheet(answers=(open_,)))
        >>> read_folder_answers(text)[0] == FolderSheet(answers=(open_,))
        True

    Source: format ``tthc-flow-folder-answers/1`` of this project (docs/how-to/folders.md).
    """
    head = message("ask-head", {"name": name}, lang)
    lines = [
        comment(head.text),
        comment(head.hint),
        f"format: {FORMAT}",
        "answers:" if sheet.answers else "answers: []",
    ]
    whom = None
    for kept in sheet.answers:
        lines += whom_lines(kept.answer.question, whom, lang)
        asked = questions().get(kept.answer.question)
        whom = whom if asked is None else asked.ask
        lines += _words(kept, lang)
        lines += _row_lines(kept)
    lines += people_lines(sheet.crews, sheet.uncounted, lang)
    return "\n".join(lines) + "\n"


def _words(kept: KeptTogether, lang: str) -> Iterator[str]:
    asked = questions().get(kept.answer.question)
    if asked is None:
        return
    names = "; ".join(f"“{each.name or each.id}”" for each in kept.procedures)
    words = asked.vi if lang == "vi" else asked.en
    yield comment(message("ask-step", {"step": names, "question": words}, lang).text)
    yield from passing_lines(asked.id, lang)


def _row_lines(kept: KeptTogether) -> Iterator[str]:
    yield f"- question: {quoted(kept.answer.question)}"
    yield f"  reply: {quoted(kept.answer.reply.value)}"
    yield "  procedures:"
    for each in kept.procedures:
        told = {"id": each.id, "name": each.name or None, "fingerprint": each.fingerprint or None}
        yield f"  - {one_line(told)}"
    yield from given_lines(kept.answer)
