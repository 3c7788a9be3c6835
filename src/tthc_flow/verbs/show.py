"""Show a procedure as a picture (SVG)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks.unsound import told
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.norm_time import all_minutes
from tthc_flow.model.lever import Verdict
from tthc_flow.picture.counter_example import CounterExample, with_counter_example
from tthc_flow.picture.svg import document, draw, pane
from tthc_flow.proof.collaboration import groups, judged
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import chosen, drawing_of, opened, picked, spoken
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable

_SOUND: Final = {
    "vi": "Không tìm thấy chỗ sai cấu trúc: mọi hồ sơ đều đi được đến kết thúc.",
    "en": "Nothing is broken: every dossier can come to an end.",
}
_NUMBERS: Final = {"vi": "theo các số 1–{0} trên hình", "en": "the numbers 1–{0} in the picture"}


def show(
    source: Openable,
    *,
    process: str | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    lang: str = "vi",
    counter_example: bool = False,
) -> str:
    """Return a procedure as SVG, its steps coloured by their time.

    A file without a drawing is laid out; one with a drawing is shown as it was drawn.

    Args:
        source: The BPMN file.
        process: Which process, where the file has several; else the one with most steps.
        convention: The rule that turns printed units into working minutes, for the colours.
        lang: The language of legend and badges, ``vi`` or ``en``.
        counter_example: Draw, in the place of the times, what ``check`` found broken: the way
            there in numbers, the broken place framed, and below it what is wrong.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> show(text).startswith("<svg")
        True

    Source: BPMN 2.0.2 chapter 7 and 12 for the shapes.
    """
    convention, lang, reading = chosen(convention), spoken(lang), opened(source)
    procedure = picked(reading, process)
    drawing = drawing_of(reading, procedure) or lay_out(procedure)
    if counter_example:
        return _broken(reading, procedure, drawing, lang)
    heat = all_minutes(procedure.flow, convention)
    return draw(procedure, drawing, title=procedure.name, heat=heat, lang=lang)


def _broken(reading: Reading, procedure: Procedure, drawing: Drawing, lang: str) -> str:
    """Return the picture of all pools that *procedure* is judged with, and what breaks them."""
    group = next(
        (each for each in groups(reading.procedures) if procedure in each.procedures), None
    )
    others = () if group is None else tuple(p for p in group.procedures if p is not procedure)
    picture = pane(procedure, drawing, others=others, title=procedure.name, lang=lang)
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
