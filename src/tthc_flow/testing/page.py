"""What the tests of a procedure have taken and what they never did, as one self-contained page."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import Event, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.report.amounts import share
from tthc_flow.report.blocks import (
    Block,
    Card,
    Cards,
    Grid,
    Paragraph,
    Picture,
    Section,
    Story,
)
from tthc_flow.report.page import page
from tthc_flow.testing.overlay import coverage_pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.flow import Flow, Node, SequenceFlow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.testing.coverage import Coverage, Taken
    from tthc_flow.testing.overlay import Sheet

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "vi": {
        "title": "Độ bao phủ kiểm thử: {name}",
        "process": "Quy trình {id}",
        "dossiers": "Số hồ sơ thử: {number}",
        "figures": "Tổng quan",
        "ways": "Nhánh đã đi qua",
        "nodes": "Phần tử đã đi qua",
        "of": "{part} / {whole}",
        "none": "chưa có",
        "picture": "Sơ đồ",
        "missed": "Nhánh chưa lần nào đi qua",
        "taken": "Nhánh đã đi qua",
        "never": "Phần tử chưa lần nào đi qua",
        "all": "Các ca kiểm thử đã đi qua mọi nhánh của quy trình.",
        "from": "Từ",
        "to": "Đến",
        "branch": "Nhánh",
        "times": "Số lần",
        "id": "Mã",
        "event": "sự kiện",
        "gateway": "cổng",
        "step": "bước",
        "process_inside": "quy trình con",
        "meaning": "Một nhánh là một luồng tuần tự, hoặc một sự kiện gắn trên biên hay bắt đầu quy "
        "trình con sự kiện. Phần tử bị ngắt giữa chừng thì chưa tính là đã đi qua.",
    },
    "en": {
        "title": "What the tests have taken: {name}",
        "process": "Process {id}",
        "dossiers": "Dossiers: {number}",
        "figures": "Figures",
        "ways": "Ways taken",
        "nodes": "Elements passed",
        "of": "{part} of {whole}",
        "none": "none",
        "picture": "Diagram",
        "missed": "Ways never taken",
        "taken": "Ways taken",
        "never": "Elements never passed",
        "all": "The tests have taken every way of the process.",
        "from": "From",
        "to": "To",
        "branch": "Way",
        "times": "Times",
        "id": "Id",
        "event": "event",
        "gateway": "gateway",
        "step": "step",
        "process_inside": "sub-process",
        "meaning": "A way is a sequence flow, or an event at a border or at the start of an event "
        "sub-process. An element that was always interrupted was not passed.",
    },
}


def coverage_page(
    reading: Reading, procedure: Procedure, coverage: Coverage, lang: str = "vi"
) -> str:
    """Return *coverage* of *procedure* as an HTML page: figures, picture, what was never taken.

    It asks no network and holds no script; every name of the file is escaped.

    Args:
        reading: The file.
        procedure: The process of it that was tested.
        coverage: What the tests have taken of it.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.testing.coverage import coverage_of
        >>> reading = read(b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/></process></definitions>''')
        >>> procedure = reading.procedures[0]
        >>> told = coverage_page(reading, procedure, coverage_of(procedure.flow), "en")
        >>> "Ways never taken" in told
        True

    Source: own design; branch coverage, as in Myers, The Art of Software Testing (1979).
    """
    words, flow = _WORDS[lang], procedure.flow
    name = " ".join((procedure.name or flow.name or flow.id).split())
    sheets = coverage_pictures(reading, procedure, coverage, lang)
    meaning = Paragraph(text=words["meaning"])
    pictures = {f"coverage-{number}": each for number, each in enumerate(sheets, start=1)}
    sections = (
        _section("figures", words, _figures(coverage, words, lang), meaning),
        _section("missed", words, *_missed(flow, coverage, words)),
        _section("picture", words, *starmap(_picture, pictures.items())),
        _section("taken", words, *_taken(flow, coverage, words)),
    )
    return page(
        Story(
            lang=lang,
            title=words["title"].format(name=name),
            facts=(
                words["process"].format(id=flow.id),
                words["dossiers"].format(number=coverage.dossiers),
            ),
            draft="",
            sections=sections,
            footer=(),
        ),
        {each: sheet.svg for each, sheet in pictures.items()},
    )


def _picture(name: str, sheet: Sheet) -> Picture:
    return Picture(name=name, title=sheet.title)


def _section(name: str, words: Mapping[str, str], *blocks: Block) -> Section:
    return Section(id=name, title=words[name], blocks=blocks)


def _figures(coverage: Coverage, words: Mapping[str, str], lang: str) -> Cards:
    return Cards(
        cards=tuple(
            Card(
                label=words[label],
                after=words["of"].format(part=_taken_of(elements), whole=len(elements)),
                before="" if not elements else share(_taken_of(elements) / len(elements), lang),
                cut="",
            )
            for label, elements in (("ways", coverage.ways), ("nodes", coverage.nodes))
        )
    )


def _taken_of(elements: tuple[Taken, ...]) -> int:
    return sum(bool(each.times) for each in elements)


def _missed(flow: Flow, coverage: Coverage, words: Mapping[str, str]) -> Iterable[Block]:
    missed = [each for each in coverage.ways if not each.times]
    if not missed:
        return (Paragraph(text=words["all"], tone="good"),)
    heading = tuple(words[each] for each in ("from", "branch", "to", "id"))
    rows = tuple(_row(flow, each.id, words) for each in missed)
    return (Grid(heading=heading, rows=rows), *_never(flow, coverage, words))


def _never(flow: Flow, coverage: Coverage, words: Mapping[str, str]) -> Iterable[Block]:
    nodes = [node_said(flow.by_id[each.id], words) for each in coverage.nodes if not each.times]
    return (Paragraph(text=f"{words['never']}: {', '.join(nodes)}"),) if nodes else ()


def _taken(flow: Flow, coverage: Coverage, words: Mapping[str, str]) -> Iterable[Block]:
    taken = [each for each in coverage.ways if each.times]
    if not taken:
        return (Paragraph(text=words["none"]),)
    heading = tuple(words[each] for each in ("from", "branch", "to", "id", "times"))
    rows = tuple((*_row(flow, each.id, words), str(each.times)) for each in taken)
    return (Grid(heading=heading, rows=rows),)


def _row(flow: Flow, way: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return a way in words: where from, what it is called, where to, its id."""
    node = flow.by_id.get(way)
    if isinstance(node, Event):
        host = flow.by_id.get(node.attached_to or node.scope or "")
        begins = "" if host is None else node_said(host, words)
        targets = (flow.by_id[edge.target] for edge in flow.outgoing[way])
        return (
            begins,
            node_said(node, words),
            ", ".join(node_said(each, words) for each in targets),
            way,
        )
    edge = next(each for each in flow.edges if each.id == way)
    source, target = flow.by_id[edge.source], flow.by_id[edge.target]
    return node_said(source, words), _said(edge), node_said(target, words), way


def _said(edge: SequenceFlow) -> str:
    outcome = "" if edge.outcome is None else edge.outcome.value
    return " ".join((edge.name or edge.condition or edge.printed or outcome).split())


def node_said(node: Node, words: Mapping[str, str]) -> str:
    """Return *node* by its name, or by what it is and its id."""
    name = " ".join(node.name.split())
    if name:
        return name
    match node:
        case Event():
            return f"{words['event']} {node.id}"
        case Step():
            return f"{words['step']} {node.id}"
        case SubProcess():
            return f"{words['process_inside']} {node.id}"
        case _:
            return f"{words['gateway']} {node.id}"
