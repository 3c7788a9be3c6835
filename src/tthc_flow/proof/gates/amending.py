"""Who may amend what stands behind a step: the province itself, or a body above it.

Source: domain rule of this project after plan 949/KH-UBND: who may change a step follows from the
rank of its legal basis. A missing basis may only mean that nobody typed one in; so it is unknown
until somebody says that no text names the step (``docs/decisions/0015-who-may-amend.md``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.model.law import Authority, Body, Instrument, LegalBasis, LegalRank, Reply
from tthc_flow.proof.gates.questions import answer_to, given_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.source import Source
    from tthc_flow.model.step import Step

QUESTION: Final = "rule-names-the-step"
NATIONAL_RANKS: Final = frozenset(
    {LegalRank.TREATY, LegalRank.LAW, LegalRank.DECREE, LegalRank.CIRCULAR}
)
_WORKFLOW: Final = "quy trình nội bộ"
_ORDER: Final = tuple(LegalRank)
_BODIES: Final = {
    LegalRank.TREATY: Body.NATIONAL_ASSEMBLY,
    LegalRank.LAW: Body.NATIONAL_ASSEMBLY,
    LegalRank.DECREE: Body.GOVERNMENT,
    LegalRank.CIRCULAR: Body.MINISTRY,
    LegalRank.PROVINCIAL: Body.PROVINCE,
    LegalRank.AGENCY: Body.AGENCY,
}
_TOLD: Final = re.compile(
    r"(?P<law>/(?:ubtv)?qh\d*\b|^(?:bộ )?luật\b|^pháp lệnh\b)"
    r"|(?P<decree>/nđ-cp\b|/nq-cp\b|/qđ-ttg\b|^nghị định\b)"
    r"|(?P<circular>/tt(?:lt)?-\w|^thông tư\b)"
    r"|(?P<provincial>/(?:nq|qđ)-(?:hđnd|ubnd)\b)"
)
"""How a number or the first words of a text tell its rank; the Prime Minister counts with the
Government."""


# A search asks about the same few texts hundreds of times; what a text tells never changes.
@lru_cache(maxsize=4096)
def rank_told(document: str) -> LegalRank | None:
    """Return the rank that the number or the name of *document* tells, the first one in it.

    Example:
        >>> rank_told("Nghị định 118/2025/NĐ-CP"), rank_told("CV 12/STP-VB")
        (<LegalRank.DECREE: 'decree'>, None)

    Source: the numbers of texts as decisions print them (``…/NĐ-CP``, ``…/TT-…``, ``…/QĐ-UBND``).
    """
    found = _TOLD.search(" ".join(document.casefold().split()))
    return None if found is None or found.lastgroup is None else LegalRank(found.lastgroup)


def rank_of(basis: LegalBasis) -> LegalRank:
    """Return the rank of *basis*: as typed, or as its own number tells where that is higher.

    A decree typed in as a provincial text stays a decree: the province cannot amend it.

    Example:
        >>> rank_of(LegalBasis(document="NĐ 61/2018/NĐ-CP", rank=LegalRank.PROVINCIAL))
        <LegalRank.DECREE: 'decree'>
    """
    told = rank_told(basis.document)
    return min((rank for rank in (basis.rank, told) if rank is not None), key=_ORDER.index)


def is_national(basis: LegalBasis) -> bool:
    """Return whether *basis* is one that the province cannot amend."""
    return rank_of(basis) in NATIONAL_RANKS


def named_text(source: Source) -> LegalBasis | None:
    """Return the legal text that *source* names, or ``None`` where it is no text of a known rank.

    Example:
        >>> from tthc_flow.model.source import Source
        >>> named_text(Source(document="Luật 72/2025/QH15", place="Điều 14")).clause
        'Điều 14'
    """
    rank = rank_told(source.document)
    if rank is None:
        return None
    return LegalBasis(document=source.document, rank=rank, clause=source.place)


def who_may_amend(procedure: Procedure, *steps: Step) -> tuple[Instrument, ...]:
    """Return the texts to amend before *steps* may change, the highest first.

    Every legal basis of every step is one: a national text lies outside the province. So does what
    an answer names that demands the step. A step without a basis follows the internal workflow
    (the decision that the procedure cites). The province amends that by itself where an answer or
    ``mandatory=False`` says that no text names the step; else who may amend is unknown, and the
    question that would settle it comes along.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="A")
        >>> (found,) = who_may_amend(Procedure(flow=Flow(id="p", nodes=(step,))), step)
        >>> found.authority.value, found.question, found.because
        ('unknown', 'rule-names-the-step', (('steps-with-a-basis', '0/1'),))

    Source: plan 949/KH-UBND splits proposals into within and outside the province.
    """
    bases = sorted(
        {basis for step in steps for basis in step.legal_basis},
        key=lambda basis: (_ORDER.index(rank_of(basis)), basis.document, basis.clause or ""),
    )
    bare = tuple(step for step in steps if not step.legal_basis)
    named = {text.title: text for step in bare for text in _named_by_answer(procedure, step)}
    texts = (*named.values(), *(_behind(basis) for basis in bases))
    return (*texts, _workflow(procedure, *bare)) if bare else texts


def _behind(basis: LegalBasis) -> Instrument:
    return Instrument(
        title=_title(basis.document, basis.clause),
        authority=Authority.OUTSIDE if is_national(basis) else Authority.WITHIN,
        body=_BODIES[rank_of(basis)],
        amends=basis,
        because=(("legal-basis", basis.document), ("rank", rank_of(basis).value)),
    )


def _named_by_answer(procedure: Procedure, step: Step) -> Iterator[Instrument]:
    """Yield the text that answers say demands *step*."""
    nearest = answer_to(procedure, QUESTION, step.id)
    if nearest is None:
        return
    for answer in given_answers(procedure).counting[QUESTION, nearest.step]:
        if answer.reply is Reply.YES and answer.source is not None:
            text = named_text(answer.source)
            yield Instrument(
                title=_title(answer.source.document, answer.source.place),
                authority=Authority.OUTSIDE,
                body=None if text is None else _BODIES[text.rank],
                amends=text,
                because=(("answer", answer.reply.value),),
            )


def _workflow(procedure: Procedure, *bare: Step) -> Instrument:
    """Return the internal workflow, which *bare* steps stand in, and whether more is behind it."""
    title = _WORKFLOW if procedure.source is None else procedure.source.document
    said = [_said(procedure, step) for step in bare]
    known = tuple(dict.fromkeys(each for each in said if each is not None))
    if len([each for each in said if each is not None]) == len(bare):
        return Instrument(
            title=title, authority=Authority.WITHIN, body=Body.PROVINCE, because=known
        )
    return Instrument(
        title=title,
        authority=Authority.UNKNOWN,
        because=(("steps-with-a-basis", _based(procedure.flow)),),
        question=QUESTION,
    )


@remembered
def _based(flow: Flow) -> str:
    """Return how many steps of *flow* have a legal basis typed in, of how many."""
    return f"{sum(bool(step.legal_basis) for step in flow.steps)}/{len(flow.steps)}"


def _said(procedure: Procedure, step: Step) -> tuple[str, str] | None:
    """Return what says whether a national text is behind a *step* without a basis, if anything."""
    answer = answer_to(procedure, QUESTION, step.id)
    if answer is not None and answer.reply is not Reply.UNKNOWN:
        return "answer", answer.reply.value
    return ("mandatory", "false") if step.mandatory is False else None


def _title(document: str, clause: str | None) -> str:
    return f"{clause} {document}" if clause else document
