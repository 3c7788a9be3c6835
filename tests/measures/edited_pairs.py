"""Pairs of BPMN files, before and after edits, with the exact list of what changed.

The files are written by tthc_flow and read back, so that a comparison of a pair goes all the way
that a user's goes. Real drawings come with the ids, names, lanes and places that people gave them.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import evolve, frozen

from growing import grow_flow, grow_procedure
from measures.edits import (
    Draft,
    Told,
    add,
    move_lane,
    move_level,
    recost,
    remove,
    rename,
    reroute,
    retime,
)
from measures.regroupings import merge, parallelise, retype, split
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.errors import TthcFlowError
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.change import ChangeKind
from tthc_flow.model.drawing import Drawing, Line, Point, Shape
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.verbs.opening import drawing_of, picked

EDITS: dict[str, Callable[[Draft], bool]] = {
    each.__name__: each
    for each in (
        move_lane,
        move_level,
        retime,
        recost,
        rename,
        retype,
        merge,
        split,
        reroute,
        add,
        remove,
        parallelise,
    )
}
ANEW, DRAWN = "renumber", "layout"
"""What is done to the file as a whole: every id new; shapes and lines elsewhere."""


@frozen(kw_only=True)
class Pair:
    """Two files, the process compared in each, what was done, and what that changed."""

    source: str
    edits: tuple[str, ...]
    before: bytes
    after: bytes
    processes: tuple[str, str]
    told: Counter[Told]


def pairs_of(source: str, reading: Reading, wanted: int, seed: int = 0) -> Iterator[Pair]:
    """Yield up to *wanted* pairs made of one file: single edits, and two to four at once."""
    rng = random.Random(f"{source}:{seed}")
    names = [*EDITS, ANEW, DRAWN]
    plans = [(name,) for name in rng.sample(names, len(names))]
    plans += [(name, ANEW) for name in rng.sample(names[:-2], len(names) - 2)]
    plans += [tuple(rng.sample(names, rng.randint(2, 4))) for _ in range(wanted)]
    rng.shuffle(plans)
    apart = told_apart(picked(reading).flow)
    made = 0
    for plan in plans:
        if made < wanted and (apart or ANEW not in plan):
            pair = _pair(source, reading, plan, rng)
            if pair is not None:
                made += 1
                yield pair


def _pair(source: str, reading: Reading, plan: tuple[str, ...], rng: random.Random) -> Pair | None:
    before = picked(reading)
    draft = Draft(rng=rng, before=before, after=before)
    done = [name for name in plan if name in EDITS and EDITS[name](draft)]
    # Nobody could tell two look-alikes apart once their ids are new, in either drawing.
    anew = ANEW in plan and told_apart(draft.flow)
    drawing = _redrawn(reading, draft) if DRAWN in plan else None
    done += [name for name, did in ((ANEW, anew), (DRAWN, drawing is not None)) if did]
    if set(done) != set(plan):
        return None
    try:
        data = write(reading.document, (draft.after,), drawing)
    except TthcFlowError:
        return None
    for step, lane in draft.relaned:
        data = relaned(data, step, lane)
        if data is None:
            return None
    told, process = Counter(draft.told), before.flow.id
    if anew:
        data, ids = renumbered(data, rng)
        told = Counter(
            {
                (kind, was, frozenset(ids.get(each, each) for each in now)): count
                for (kind, was, now), count in told.items()
            }
        )
        process = ids.get(process, process)
    return Pair(
        source=source,
        edits=tuple(done),
        before=reading.document.data,
        after=data,
        processes=(before.flow.id, process),
        told=told,
    )


def told_apart(flow: Flow) -> bool:
    """Return whether each node differs from every other by what it is and stands next to."""
    lanes = {lane.id: lane.name for lane in flow.lanes}
    seen: dict[str, object] = {
        node.id: (type(node).__name__, node.name, lanes.get(node.lane), getattr(node, "kind", ""))
        for node in flow.nodes
    }
    for _ in range(3):
        seen = {
            node.id: (
                seen[node.id],
                frozenset(seen.get(edge.source) for edge in flow.incoming[node.id]),
                frozenset(seen.get(edge.target) for edge in flow.outgoing[node.id]),
            )
            for node in flow.nodes
        }
        numbers: dict[object, int] = {}
        seen = {each: numbers.setdefault(look, len(numbers)) for each, look in seen.items()}
    return len(set(seen.values())) == len(flow.nodes)


def _redrawn(reading: Reading, draft: Draft) -> Drawing | None:
    """Move, widen and bend what no other edit touched; where it is the only edit, note it."""
    drawing = drawing_of(reading, draft.before)
    if drawing is None or len(reading.document.drawings) > 1:
        return None
    rng, flow = draft.rng, draft.before.flow
    free = {node.id for node in flow.nodes if draft.free(node.id) and node.id in draft.flow.by_id}
    shapes = [each for each in sorted(free) if each in drawing.shapes]
    lines = [
        edge.id
        for edge in flow.edges
        if {edge.source, edge.target} <= free and edge.id in drawing.lines
    ]
    moved = {
        each: _moved(rng, drawing.shapes[each])
        for each in rng.sample(shapes, min(len(shapes), rng.randint(1, 3)))
    }
    bent = {
        each: _bent(rng, drawing.lines[each])
        for each in rng.sample(lines, min(len(lines), rng.randint(0, 2)))
    }
    if not moved and not bent:
        return None
    draft.tell(ChangeKind.LAYOUT, (*moved, *bent), (*moved, *bent))
    return Drawing(shapes=moved, lines=bent)


def _moved(rng: random.Random, shape: Shape) -> Shape:
    box = shape.bounds
    if rng.random() < 0.3:
        return evolve(shape, bounds=evolve(box, width=box.width + rng.randint(10, 60)))
    return evolve(shape, bounds=evolve(box, x=box.x + rng.randint(5, 90), y=box.y - 20))


def _bent(rng: random.Random, line: Line) -> Line:
    first, *rest = line.points
    bend = Point(first.x + rng.randint(10, 40), first.y + 30)
    return evolve(line, points=(first, bend, *rest))


def relaned(data: bytes, step: str, lane: str) -> bytes | None:
    """Return the file with *step* named in *lane* alone, or nothing where it is not that simple."""
    text = data.decode()
    reference = rf"<((?:[\w-]+:)?)flowNodeRef>\s*{re.escape(step)}\s*</[^>]*>"
    opening = rf'<(?:[\w-]+:)?lane\s[^>]*\bid="{re.escape(lane)}"[^>]*(?<!/)>'
    named, home = re.findall(reference, text), re.search(opening, text)
    if len(named) != 1 or home is None:
        return None
    entry = f"<{named[0]}flowNodeRef>{step}</{named[0]}flowNodeRef>"
    gone = re.sub(reference, "", text)
    return re.sub(opening, lambda match: match[0] + entry, gone, count=1).encode()


_UTF8 = re.compile(
    rb"(<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding\s*=\s*.utf-8|<[^?])", re.IGNORECASE
)
_FORM = re.compile(r"<\w+:(?:formField|formProperty|value)\b[^>]*>")
_PAIR = re.compile(r'(\s)([\w:.-]+)(\s*=\s*)("[^"]*"|\'[^\']*\')')
_TEXT = re.compile(r">(\s*)([^<>\s]+)(\s*)<")


def renumbered(data: bytes, rng: random.Random) -> tuple[bytes, dict[str, str]]:
    """Return the file as a tool that gives every id anew would save it, and the new ids."""
    text = data.decode()
    # What a form calls its fields and their values are names of data, not ids of elements.
    bare = _FORM.sub("", text)
    known = [m[4][1:-1] for m in _PAIR.finditer(bare) if m[2] == "id"]
    # A number is no XML id, though some tools write one; it may be a value elsewhere.
    known = [each for each in known if not each[:1].isdigit()]
    ids = {each: f"sid-{rng.getrandbits(60):015x}" for each in dict.fromkeys(known)}

    def new(value: str) -> str:
        words = [ids.get(word, word) for word in value.split(" ")]
        if len(words) == 1 and ":" in value:
            prefix, _, local = value.rpartition(":")
            return f"{prefix}:{ids[local]}" if local in ids else value
        return " ".join(words)

    def attribute(match: re.Match[str]) -> str:
        if match[2].rpartition(":")[2] in {"name", "xmlns"} or match[2].startswith("xmlns"):
            return match[0]
        return f"{match[1]}{match[2]}{match[3]}{match[4][0]}{new(match[4][1:-1])}{match[4][0]}"

    text = _PAIR.sub(attribute, text)
    text = _TEXT.sub(lambda m: f">{m[1]}{new(m[2])}{m[3]}<", text)
    return text.encode(), ids


def grown(seed: int) -> tuple[str, Reading]:
    """Return a random procedure with a drawing, as a file; every fourth one bare."""
    rng = random.Random(seed)
    size = 4 + seed % 14
    procedure = grow_procedure(rng, size) if seed % 4 else Procedure(flow=grow_flow(rng, size))
    return f"random-{seed}", read(build(procedure, lay_out(procedure)).data)


def drawn(path: Path, longest: int = 60) -> Reading | None:
    """Return a real file that people could edit: readable, in UTF-8, with named steps in a flow."""
    try:
        reading = read(path)
        flow = picked(reading).flow
    except TthcFlowError:
        return None
    if not _UTF8.match(reading.document.data):
        return None
    named = [step for step in flow.steps if step.name.strip()]
    fits = len(named) >= 3 and len(flow.nodes) <= longest and len(flow.edges) >= len(named)
    return reading if fits else None
