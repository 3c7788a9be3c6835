"""Soundness of pools that exchange messages: what one waits for, another must have sent.

Sound as in Corradini et al.: every process can complete and is safe, and no message is left that
nobody reads; the last alone broken (``unread-message``) is what they call message-relaxed sound.
Only sequence flows are safe or not: any number of messages may wait. They are delivered in any
order, one a pool that a node speaks to, however many of its message flows lead there. Who waits
for a message is who the standard says does: receive tasks, message events. A message drawn to
another activity is an information and holds nobody up. A pool without a process, the border of a
pool, and what no message flow leads to may always send.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import Event, EventPosition, Gateway, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.coverage import not_covered, not_exchanged
from tthc_flow.proof.judging import NAME, decided, failed, opened_where_needed, unknown
from tthc_flow.proof.nets import net_together
from tthc_flow.proof.scopes import scopes_of
from tthc_flow.proof.setting import Mail, setting_of
from tthc_flow.proof.soundness import soundness
from tthc_flow.proof.states import MOST_STATES
from tthc_flow.proof.throws import THROWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import MessageFlow, Procedure
    from tthc_flow.proof.setting import Setting

_SENDING: Final = frozenset({EventPosition.THROW, EventPosition.END})


@frozen(kw_only=True)
class Group:
    """Procedures that messages tie together, and those messages; one alone has none."""

    procedures: tuple[Procedure, ...]
    messages: tuple[MessageFlow, ...]


def sound_together(procedures: Sequence[Procedure], most_states: int = MOST_STATES) -> Proof:
    """Return whether the procedures of one file are sound, as they exchange messages.

    Args:
        procedures: All that were read from one file; those without content are black boxes.
        most_states: How many markings to look at in one state space.

    Returns:
        The first fail of a group of pools, else the first unknown, else pass (so where no pool
        has content: nothing is drawn that could break). ``because`` names
        the element: a node, or the message flow that nobody reads.

    Example:
        >>> sound_together(()).verdict
        <Verdict.PASS: 'pass'>

    Source: Corradini, Muzi, Re, Tiezzi, A Classification of BPMN Collaborations based on Safeness
        and Soundness Notions, EXPRESS/SOS 2018; BPMN 2.0.2, 7.6 and chapter 13.
    """
    proofs = [judged(group, most_states) for group in groups(procedures)]
    for verdict in (Verdict.FAIL, Verdict.UNKNOWN):
        found = next((proof for proof in proofs if proof.verdict is verdict), None)
        if found is not None:
            return found
    return proofs[0] if proofs else Proof(name=NAME, verdict=Verdict.PASS)


def groups(procedures: Sequence[Procedure]) -> tuple[Group, ...]:
    """Return the procedures with content, those together that messages tie together.

    Example:
        >>> groups(())
        ()

    Source: the connected parts of the message flows.
    """
    filled = [procedure for procedure in procedures if procedure.flow.nodes]
    of = {node.id: place for place, each in enumerate(filled) for node in each.flow.nodes}
    messages = _followed(filled)
    group = list(range(len(filled)))
    for message in messages:
        one, other = group[of[message.source]], group[of[message.target]]
        group = [one if each == other else each for each in group]
    return tuple(
        Group(
            procedures=tuple(p for p, g in zip(filled, group, strict=True) if g == number),
            messages=tuple(m for m in messages if group[of[m.source]] == number),
        )
        for number in dict.fromkeys(group)
    )


def judged(group: Group, most_states: int = MOST_STATES) -> Proof:
    """Return the verdict about one group; a procedure that exchanges nothing is judged alone.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> alone = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> judged(groups((alone,))[0]).verdict
        <Verdict.PASS: 'pass'>

    Source: see :func:`sound_together`.
    """
    if not group.messages:
        return soundness(group.procedures[0].flow, most_states)
    mail, channels = _mail(group)
    settings: list[Setting] = []
    for procedure in group.procedures:
        flow = procedure.flow
        foreign = not_covered(flow, scopes_of(flow))
        if foreign is None:
            settings.append(setting_of(flow, _within(mail, flow.by_id)))
            foreign = not_exchanged(settings[-1])
        if foreign is not None:
            return unknown(foreign[1], foreign[0])
    both = [opened_where_needed(setting, most_states) for setting in settings]
    settings, inside = [setting for setting, _ in both], [each for _, each in both]
    for each in inside:
        if each.failed is not None:
            return each.failed
    never = frozenset(scope for each in inside for scope in each.never_left)
    build = partial(net_together, settings, channels)
    found = decided(build, never, most_states)
    place = group.procedures[0].flow.id
    if found.violation is not None:
        return failed(found.violation, place)
    undecided = [each.undecided for each in inside if each.undecided is not None]
    if not found.complete:
        undecided.append(unknown(found.reason, place))
    return undecided[0] if undecided else Proof(name=NAME, verdict=Verdict.PASS)


def _followed(procedures: Sequence[Procedure]) -> list[MessageFlow]:
    """Return the message flows that somebody waits for who can only be told by what is drawn."""
    nodes: dict[str, Node] = {}
    pool: dict[str, str] = {}
    for procedure in procedures:
        nodes.update(procedure.flow.by_id)
        pool.update(dict.fromkeys(procedure.flow.by_id, procedure.flow.id))
    messages = {m.id: m for procedure in procedures for m in procedure.messages}
    told = [m for m in messages.values() if m.target in nodes and _waits(nodes[m.target])]
    anybody = {
        m.target
        for m in told
        if m.source not in nodes
        or not _speaks(nodes[m.source])
        or pool[m.source] == pool[m.target]  # no message flow is allowed inside a pool
    }
    return [m for m in told if m.target not in anybody]


def _waits(node: Node) -> bool:
    match node:
        case Step(task=TaskType.RECEIVE):
            return True
        case Event(trigger=Trigger.MESSAGE):
            return node.position not in _SENDING
        case _:
            return False


def _speaks(node: Node) -> bool:
    if isinstance(node, Event):
        stops = node.trigger in THROWN or node.trigger is Trigger.TERMINATE
        return node.position in _SENDING and not stops
    return not isinstance(node, Gateway)


def _mail(group: Group) -> tuple[Mail, tuple[str, ...]]:
    """Return who sends and reads on which channel, and the first message flow of each channel.

    A node sends one message to each pool it speaks to: message flows to several nodes of one pool
    show where that message may be read.
    """
    pool = {node.id: each.flow.id for each in group.procedures for node in each.flow.nodes}
    channels: dict[tuple[str, str], int] = {}
    names: list[str] = []
    sends: dict[str, tuple[int, ...]] = {}
    reads: dict[str, tuple[int, ...]] = {}
    for message in group.messages:
        key = message.source, pool[message.target]
        if key not in channels:
            channels[key] = len(names)
            sends[message.source] = (*sends.get(message.source, ()), len(names))
            names.append(message.id)
        reads[message.target] = (*reads.get(message.target, ()), channels[key])
    return Mail(sends=sends, reads=reads), tuple(names)


def _within(mail: Mail, nodes: Mapping[str, Node]) -> Mail:
    return Mail(
        sends={node: channels for node, channels in mail.sends.items() if node in nodes},
        reads={node: channels for node, channels in mail.reads.items() if node in nodes},
    )
