"""What else a printed row does: by its kinds, its name, its full text and its messages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.signers import later_signers
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.conditions import asked
from tthc_flow.proof.gates.losses import worst_of
from tthc_flow.words.actors import read_performer
from tthc_flow.words.kinds import read_kinds
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

NAME: Final = "does-nothing-else"
QUESTION: Final = "step-does-nothing-else"
ESSENTIAL_KINDS: Final = frozenset(
    {StepKind.RECEIVE, StepKind.SIGN, StepKind.ISSUE, StepKind.COUNCIL, StepKind.RETURN}
)
_DEEDS: Final = ESSENTIAL_KINDS | {
    StepKind.EXAMINE,
    StepKind.REEXAMINE,
    StepKind.INSPECT,
    StepKind.DRAFT,
    StepKind.CONSULT,
    StepKind.OPINION,
    StepKind.ASK_SUPERIOR,
    StepKind.SUPPLEMENT,
    StepKind.PAYMENT,
}
"""What the full printed text may name besides: more than a name does, for it has room."""

_WORDS: Final = tuple(
    (key(words), kind)
    for words, kind in (
        ("thẩm định", StepKind.EXAMINE),
        ("kiểm tra thực địa", StepKind.INSPECT),
        ("kiểm tra thực tế", StepKind.INSPECT),
        ("họp hội đồng", StepKind.COUNCIL),
        ("ban hành quyết định", StepKind.SIGN),
        ("ký ban hành", StepKind.SIGN),
        ("xác nhận hồ sơ", StepKind.EXAMINE),
        ("xã xác nhận", StepKind.CONSULT),
        ("lấy xác nhận", StepKind.CONSULT),
        ("xác minh", StepKind.EXAMINE),
        ("tiếp thu", StepKind.DRAFT),
        ("ghi chép", StepKind.DRAFT),
        ("nhận quyết định", StepKind.SIGN),
        ("xử lý hoặc", StepKind.EXAMINE),
    )
)
_SUBMITTING: Final = tuple(
    key(f"trình {to}")
    for to in (
        "UBND", "ủy ban", "Chủ tịch", "lãnh đạo", "Giám đốc", "Bộ", "Thủ tướng", "ký", "cấp",
    )
)  # fmt: skip
"""How a row hands a draft up to be signed."""
_ADVICE: Final = key("ý kiến thẩm định")
_EXAMINING: Final = frozenset({StepKind.EXAMINE, StepKind.REEXAMINE})
_BY_ROLE: Final = _EXAMINING | {StepKind.SIGN}
"""Deeds that a word names for one role and not for another: "xem xét", "ký"."""

_NO_DEEDS: Final = ("Nhánh (", "Giai đoạn:")
"""How a line of the documentation begins that tells a branch, which is drawn, or a stage."""


# A search asks about the same few texts thousands of times; how a text reads never changes.
_read: Final = lru_cache(maxsize=4096)(read_kinds)


def does_nothing_else(procedure: Procedure, step: Step, *allowed: StepKind) -> Precondition:
    """Return whether *step* does only what is *allowed*, by its kinds and by its own words.

    A printed row may do several things at once; removing it would take them all. Where its name
    or its full text speaks of a deed that the kinds do not hold, the answer to the question
    decides; without one it is unknown.
    """
    more = [kind.value for kind in step.kinds if kind not in allowed]
    if more:
        because = (("also", ", ".join(more)),)
        return Precondition(name=NAME, verdict=Verdict.FAIL, because=because)
    named = tuple(
        dict.fromkeys(
            kind.value
            for kind in (*_by_name(step), *_by_full_text(step))
            if not _is_allowed(kind, allowed)
        )
    )
    return _only(procedure, step, named)


def _is_allowed(kind: StepKind, allowed: Collection[StepKind]) -> bool:
    """Return whether *kind* is one of *allowed*; only the office tells the two examinations."""
    return kind in allowed or (kind in _EXAMINING and not _EXAMINING.isdisjoint(allowed))


def _only(procedure: Procedure, step: Step, named: tuple[str, ...]) -> Precondition:
    """Return the answer given about a *step* whose words name further deeds; a pass with none."""
    if not named:
        return Precondition(name=NAME, verdict=Verdict.PASS)
    answered = asked(procedure, QUESTION, step)
    because = (("named", ", ".join(named)), *answered.because)
    return evolve(answered, name=NAME, because=because)


def _by_name(step: Step) -> Iterator[StepKind]:
    """Yield what is essential of what the name of *step* says it does."""
    # By the words alone as well: a head who "receives the dossier" does not assign it. Who signs
    # is told by the performer: a registry that "issues" a letter does not sign it.
    for who, but in ((step.performer, None), (None, StepKind.SIGN)):
        for kind in _read(step.name, who).kinds:
            if kind in ESSENTIAL_KINDS and kind is not but:
                yield kind


def _by_full_text(step: Step) -> Iterator[StepKind]:
    """Yield every deed that the full printed text of *step* names, but for stage and branches."""
    for line in (step.documentation or "").splitlines():
        if line == step.name or line.startswith(_NO_DEEDS):
            continue
        reading = _read(line, step.performer)
        spoken = () if step.performer and step.performer.name in reading.words else reading.kinds
        yield from (
            kind for kind in (*spoken, *(kind for kind, _ in reading.also)) if kind in _DEEDS
        )
        # Who hands over "for the signature" does not sign; by the words alone only the rest tells.
        alone = (kind for kind in _read(line, None).kinds if kind in _DEEDS)
        yield from (kind for kind in alone if kind not in _BY_ROLE)


def takes_nothing_else(
    procedure: Procedure, *steps: Step, allowed: frozenset[StepKind]
) -> Precondition:
    """Return whether nothing but what is *allowed* goes with *steps*: no work, no message.

    A message to or from the applicant is work that must stay.
    """
    ids = {step.id for step in steps}
    for message in procedure.messages:
        ends = {message.source, message.target}
        if ends & ids and _applicant(procedure, ends - ids):
            because = (("message", message.name or message.id),)
            return Precondition(name=NAME, verdict=Verdict.FAIL, because=because)
    return worst_of(
        *(does_nothing_else(procedure, step, *allowed) for step in steps),
        *(_only(procedure, step, _substance(step, allowed)) for step in steps),
        *(_only(procedure, step, _signed_within(procedure, step)) for step in steps),
    )


def _signed_within(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """Return the signature that *step* must hold: it hands a draft up, and nobody signs later."""
    if StepKind.SIGN in step.kinds or later_signers(procedure.flow).get(step.id):
        return ()
    said = f" {key(step.name)} "
    return (StepKind.SIGN.value,) if any(f" {words} " in said for words in _SUBMITTING) else ()


def _substance(step: Step, allowed: frozenset[StepKind]) -> tuple[str, ...]:
    """Return what a long printed row also says it does, in the words of the published tables."""
    said = key(step.name).replace(_ADVICE, "")
    named = (
        kind.value for words, kind in _WORDS if words in said and not _is_allowed(kind, allowed)
    )
    return tuple(dict.fromkeys(named))


def _applicant(procedure: Procedure, ends: set[str]) -> bool:
    """Return whether one of *ends* is the applicant's pool."""
    for pool in procedure.pools:
        role = read_performer(pool.name).performer.role if pool.id in ends else None
        if role is Role.APPLICANT and pool.process is None:
            return True
    return False
