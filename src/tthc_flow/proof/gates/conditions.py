"""Preconditions that levers share; each looks at attributes first, then at the answers given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.law import Authority, LegalRank, Reply
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import Source
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.questions import answer_to, questions
from tthc_flow.proof.gates.rates import upper_rate
from tthc_flow.words.kinds import read_kinds

if TYPE_CHECKING:
    from tthc_flow.model.law import LegalBasis
    from tthc_flow.model.step import Step

NATIONAL_RANKS: Final = frozenset(
    {LegalRank.TREATY, LegalRank.LAW, LegalRank.DECREE, LegalRank.CIRCULAR}
)
IDLE_REJECTION_RATE: Final = 0.01
"""A check whose rejection rate is, with 95 % confidence, below this changes nothing in practice."""


def asked(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return the verdict of the answers to *question* for *steps*, which change together.

    An answer for one of them is enough to bar or to pass; a barring one wins. No answer, or one
    that says it does not know, is ``UNKNOWN`` and carries the question to ask.
    """
    passing = questions()[question].passes_on
    found = (answer_to(procedure, question, step.id) for step in steps)
    known = [answer for answer in found if answer is not None and answer.reply is not Reply.UNKNOWN]
    if not known:
        return Precondition(name=question, verdict=Verdict.UNKNOWN, question=question)
    barring = [answer for answer in known if answer.reply is not passing]
    decisive = (barring or known)[0]
    return Precondition(
        name=question,
        verdict=Verdict.FAIL if barring else Verdict.PASS,
        because=(("answer", decisive.reply.value),),
        source=decisive.source,
    )


def national_basis(step: Step) -> LegalBasis | None:
    """Return the first legal basis of *step* that the province cannot amend, if any."""
    return next((basis for basis in step.legal_basis if basis.rank in NATIONAL_RANKS), None)


def no_text_demands(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return whether no national text demands *steps*: bases first, then the answer for the last.

    A basis of rank treaty, law, decree or circular, or ``mandatory=True``, fails. Where every step
    has a basis and all are the province's or the agency's own, it passes. No basis at all may only
    mean that nobody typed one in: the answer to *question* decides; without one it is unknown.
    """
    for step in steps:
        basis = national_basis(step)
        if basis is not None:
            return Precondition(
                name=question,
                verdict=Verdict.FAIL,
                because=(("legal-basis", basis.document), ("rank", basis.rank.value)),
                source=Source(document=basis.document, place=basis.clause),
            )
    if any(step.mandatory for step in steps):
        return Precondition(name=question, verdict=Verdict.FAIL, because=(("mandatory", "true"),))
    if all(step.legal_basis for step in steps):
        lower = steps[-1].legal_basis[0]
        return Precondition(
            name=question,
            verdict=Verdict.PASS,
            because=(("legal-basis", lower.document), ("rank", lower.rank.value)),
            source=Source(document=lower.document, place=lower.clause),
        )
    if all(step.mandatory is False for step in steps):
        return Precondition(name=question, verdict=Verdict.PASS, because=(("mandatory", "false"),))
    return asked(procedure, question, *steps)


def no_rule_names(procedure: Procedure, step: Step) -> Precondition:
    """Return whether no national text demands *step* (question ``rule-names-the-step``)."""
    return no_text_demands(procedure, "rule-names-the-step", step)


def decides_nothing(procedure: Procedure, step: Step) -> Precondition:
    """Return whether *step* decides no branch.

    It decides one where an exclusive or inclusive gateway follows it, where ``decides`` says so,
    or where it rejected a real share of its dossiers (upper 95 % bound above 1 %).
    """
    name = "decides-no-branch"
    counted = _rejects(step)
    if counted is not None and counted.verdict is Verdict.FAIL:
        return counted
    flow = procedure.flow
    gateways = (flow.by_id.get(edge.target) for edge in flow.outgoing[step.id])
    branching = next(
        (
            node
            for node in gateways
            if isinstance(node, Gateway)
            and node.kind is not GatewayKind.PARALLEL
            and len(flow.outgoing[node.id]) > 1
        ),
        None,
    )
    if branching is not None or len(flow.outgoing[step.id]) > 1:
        where = branching.id if branching is not None else step.id
        return Precondition(name=name, verdict=Verdict.FAIL, because=(("gateway", where),))
    if step.decides:
        return Precondition(name=name, verdict=Verdict.FAIL, because=(("decides", "true"),))
    if counted is not None:
        return counted
    return Precondition(name=name, verdict=Verdict.PASS, because=(("gateway", "none"),))


def _rejects(step: Step) -> Precondition | None:
    """Return what the counted rejections say, where there are any counts."""
    if step.checked is None or step.rejected is None or step.checked == 0:
        return None
    bound = upper_rate(step.rejected, step.checked)
    because = (("rejected", f"{step.rejected}/{step.checked}"), ("upper-bound", f"{bound:.4f}"))
    if bound <= IDLE_REJECTION_RATE:
        verdict = Verdict.PASS
    else:
        verdict = Verdict.FAIL if step.rejected else Verdict.UNKNOWN
    return Precondition(name="decides-no-branch", verdict=verdict, because=because)


def duties_allow(procedure: Procedure, *steps: Step) -> Precondition:
    """Return whether no step of the flow must be separate from one of *steps*."""
    name = "no-separate-duty"
    ids = {step.id for step in steps}
    for step in procedure.flow.steps:
        claims = step.separate_from & ids if step.id not in ids else step.separate_from
        if claims:
            pair = f"{step.id} / {min(claims)}"
            return Precondition(name=name, verdict=Verdict.FAIL, because=(("separate", pair),))
    return Precondition(name=name, verdict=Verdict.PASS)


def reads_nothing_new(procedure: Procedure, first: Step, again: Step) -> Precondition:
    """Return whether *again* reads only documents, by only criteria, that *first* had already.

    Where neither reads nor criteria of both are known, the answer to the question decides.
    """
    name = "examines-anything-new"
    pairs = [
        (had, needs)
        for had, needs in ((first.reads, again.reads), (first.criteria, again.criteria))
        if had is not None and needs is not None
    ]
    for had, needs in pairs:
        if needs - had:
            new = ", ".join(sorted(needs - had))
            return Precondition(name=name, verdict=Verdict.FAIL, because=(("new", new),))
    if first.reads is not None and again.reads is not None:
        return Precondition(name=name, verdict=Verdict.PASS, because=(("first", first.id),))
    return asked(procedure, name, again)


ESSENTIAL_KINDS: Final = frozenset(
    {StepKind.RECEIVE, StepKind.SIGN, StepKind.ISSUE, StepKind.COUNCIL, StepKind.RETURN}
)


def does_nothing_else(step: Step, *allowed: StepKind) -> Precondition:
    """Return whether *step* does only what is *allowed*, by its kinds and by its own words.

    A printed row may do several things at once; removing it would take them all. Where the name
    speaks of a signature, a receipt or a return that the kinds do not hold, it is unknown.
    """
    name = "does-nothing-else"
    more = [kind.value for kind in step.kinds if kind not in allowed]
    if more:
        because = (("also", ", ".join(more)),)
        return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    said = read_kinds(step.name, step.performer)
    deeds = (*said.kinds, *(kind for kind, _ in said.also))
    hidden = [kind.value for kind in deeds if kind in ESSENTIAL_KINDS - set(allowed)]
    if hidden:
        because = (("named", ", ".join(hidden)),)
        return Precondition(name=name, verdict=Verdict.UNKNOWN, because=because)
    return Precondition(name=name, verdict=Verdict.PASS)


def writes_unread(procedure: Procedure, step: Step) -> Precondition:
    """Return whether nobody else reads what *step* writes; unknown writes are unknown."""
    name = "nobody-reads-its-result"
    if step.writes is None:
        return asked(procedure, "answer-is-used", step)
    if not step.writes:
        return Precondition(name=name, verdict=Verdict.PASS, because=(("writes", "nothing"),))
    for other in procedure.flow.steps:
        if other.id != step.id and other.reads and other.reads & step.writes:
            because = (("reader", other.id),)
            return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    silent = [other.id for other in procedure.flow.steps if other.reads is None]
    if silent:
        return asked(procedure, "answer-is-used", step)
    return Precondition(name=name, verdict=Verdict.PASS, because=(("reader", "none"),))


def needs_no_paper(procedure: Procedure, step: Step) -> Precondition:
    """Return whether nothing on paper is required: ``paper=False`` passes, else the answer."""
    name = "paper-original-required"
    if step.paper is False:
        return Precondition(name=name, verdict=Verdict.PASS, because=(("paper", "false"),))
    return asked(procedure, name, step)


def who_may_amend(procedure: Procedure, *steps: Step) -> tuple[Authority, str | None]:
    """Return who may change *steps*, and the instrument to amend.

    The highest legal basis decides: a national text lies outside the province. With none typed
    in, the internal workflow itself (the decision the procedure cites) is what is amended.

    Source: TT 02/2017/TT-VPCP; plan 949/KH-UBND splits proposals into within and outside.
    """
    for step in steps:
        basis = national_basis(step)
        if basis is not None:
            place = f"{basis.clause} {basis.document}" if basis.clause else basis.document
            return Authority.OUTSIDE, place
    for step in steps:
        if step.legal_basis:
            return Authority.WITHIN, step.legal_basis[0].document
    if procedure.source is not None:
        return Authority.WITHIN, procedure.source.document
    return Authority.UNKNOWN, None
