"""Show what breaks a file: the way to it in numbers, the place framed, the reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks.unsound import told
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.lever import Verdict
from tthc_flow.picture.counter_example import CounterExample, with_counter_example
from tthc_flow.picture.svg import document, pane
from tthc_flow.proof.collaboration import groups, judged
from tthc_flow.verbs.opening import drawing_of, picked
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading

_SOUND: Final = {
    "vi": "Không tìm thấy chỗ sai cấu trúc: mọi hồ sơ đều đi được đến kết thúc.",
    "en": "Nothing is broken: every dossier can come to an end.",
}
_NUMBERS: Final = {"vi": "theo các số 1–{0} trên hình", "en": "the numbers 1–{0} in the picture"}


def counter_example(reading: Reading, process: str | None, lang: str) -> str:
    """Return the picture of all pools that *process* is judged with, and what breaks them.

    Raises:
        UnreadableInput: TF230 where the file has no process of that id, TF231 where it has none.
    """
    procedure = picked(reading, process)
    drawing = drawing_of(reading, procedure) or lay_out(procedure)
    group = next(
        (each for each in groups(reading.procedures) if procedure in each.procedures), None
    )
    others = () if group is None else tuple(p for p in group.procedures if p is not procedure)
    notation = reading.document.notation
    picture = pane(
        procedure, drawing, others=others, title=procedure.name, notation=notation, lang=lang
    )
    if group is None:
        return document(picture, procedure.name)
    proof = judged(group)
    words, broken = _SOUND[lang], None
    if proof.verdict is not Verdict.PASS:
        found = told(group, proof)
        way = _NUMBERS[lang].format(len(proof.trace)) if proof.trace else "–"
        words = message(found.code, {**dict(found.values), "trace": way}, lang).text
        broken = found.element
    edges = [edge for each in group.procedures for edge in each.flow.edges]
    example = CounterExample(way=proof.trace, broken=broken, words=words)
    return document(with_counter_example(picture, drawing, edges, example), procedure.name)
