"""Whether an opinion is used: by what later steps read, and by what they say they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import reached, view
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.losses import writes_unread
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

_OPINIONS: Final = frozenset({StepKind.OPINION, StepKind.CONSULT, StepKind.ASK_SUPERIOR})
_USING: Final = tuple(
    f" {key(words)} "
    for words in (
        "tổng hợp ý kiến",
        "tổng hợp các ý kiến",
        "tiếp thu",
        "giải trình ý kiến",
        "căn cứ ý kiến",
        "trên cơ sở ý kiến",
        "kết quả lấy ý kiến",
    )
)
_SPEAKING: Final = (f" {key('ý kiến')} ", *_USING)


def nobody_uses_it(procedure: Procedure, wait: str, *row: Step) -> Precondition:
    """Return whether no step after the element *wait* uses the answer that *row* asks for.

    By what it reads, or by its printed words. A step that itself asks or answers speaks of an
    opinion of its own, unless it says that it puts opinions together or rests on them.
    """
    flow = procedure.flow
    speaking = _speaking(flow)
    if speaking:
        own = {step.id for step in row}
        later = reached(view(flow), wait)
        for reader in speaking:
            if reader in later and reader not in own:
                because = (("reader", reader),)
                return Precondition(name="answer-is-used", verdict=Verdict.FAIL, because=because)
    return writes_unread(procedure, "answer-is-used", *row)


@remembered
def _speaking(flow: Flow) -> tuple[str, ...]:
    """Return the steps whose words speak of opinions that others gave, in file order."""
    found = []
    for step in flow.steps:
        said = f" {key(' '.join((step.name, step.documentation or '')))} "
        telling = _USING if _OPINIONS.intersection(step.kinds) else _SPEAKING
        if any(words in said for words in telling):
            found.append(step.id)
    return tuple(found)
