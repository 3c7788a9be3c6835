"""What a step is, in sixteen letters: told by whoever speaks of a step, to see whether it changed.

An answer or a ruling is about the work that was there when it was given. What a tool may change
without changing the work is left out: ids, times, the drawing.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step


def fingerprint(flow: Flow, step: Step) -> str:
    """Return the fingerprint of *step*: equal for equal work, whatever its id, time and place.

    It stands for the name (by its syllables), the kinds of work, who does it, the legal bases and
    the documents read and written. Unknown is another thing than nothing.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> one, two = Step(id="a", name="Ký duyệt"), Step(id="x9", name="KÝ  DUYỆT")
        >>> flow = Flow(id="p", nodes=(one, two))
        >>> fingerprint(flow, one) == fingerprint(flow, two)
        True
        >>> fingerprint(flow, one)
        '1967c6541fa0b362'

    Source: contract of the answers file of this project (``tthc-flow-answers/1``).
    """
    who = performer_of(flow, step)
    bases = {(each.rank.value, each.document, each.clause or "") for each in step.legal_basis}
    return _digest(
        key(step.name),
        [kind.value for kind in step.kinds],
        None if who is None else list(identity(who)),
        sorted(bases),
        _sorted(step.reads),
        _sorted(step.writes),
    )


@remembered
def fingerprints(flow: Flow) -> tuple[str, ...]:
    """Return the fingerprint of each step of *flow*, in file order.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> fingerprints(Flow(id="p", nodes=(Step(id="a", name="Ký duyệt"),)))
        ('1967c6541fa0b362',)

    Source: see :func:`fingerprint`.
    """
    return tuple(fingerprint(flow, step) for step in flow.steps)


def procedure_fingerprint(procedure: Procedure) -> str:
    """Return the fingerprint of *procedure*: what it is, and the work of all its steps.

    An answer for the whole procedure is about each of its steps: with another step, or one that
    does other work, it is about another procedure.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> one = Procedure(flow=Flow(id="p"), name="Cấp giấy phép")
        >>> more = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),)), name=one.name)
        >>> procedure_fingerprint(one) == procedure_fingerprint(more)
        False

    Source: contract of the answers file of this project (``tthc-flow-answers/1``).
    """
    flow = procedure.flow
    return _digest(
        key(procedure.name or flow.name),
        procedure.code,
        procedure.kind.value,
        key(procedure.agency or ""),
        None if procedure.level is None else procedure.level.value,
        sorted(fingerprints(flow)),
    )


def _sorted(names: Collection[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _digest(*parts: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:16]
