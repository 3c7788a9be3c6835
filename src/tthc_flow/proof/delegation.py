"""Who may hand a power to whom: delegation (ủy quyền) and decentralisation (phân cấp).

The pairs are data (``delegation.json``). Whether the power is the giver's own, whether a special
law bars it and whether the receiver has the capacity are other questions, asked elsewhere; a
power that was itself delegated is never delegated again.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.law import (
    Authority,
    Body,
    HandingForm,
    Instrument,
    LegalBasis,
    LegalRank,
)
from tthc_flow.model.lever import Handing, Precondition, Verdict
from tthc_flow.model.source import Source
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from tthc_flow.model.actor import Performer

NAME: Final = "delegation-pair"
_PUBLIC_UNITS: Final = ("trung tâm", "bệnh viện", "trường", "viện", "đơn vị sự nghiệp")
_DEPARTMENTS: Final = ("sở", "phòng", "văn phòng")
_SERVANTS: Final = frozenset({Role.OFFICER, Role.ONE_STOP_SHOP, Role.CLERICAL_OFFICE})
_AGENCY_HEADS: Final = frozenset({Role.AGENCY_HEAD, Role.OFFICE_HEAD})
_WRITINGS: Final = {
    HandingForm.DELEGATION: "văn bản ủy quyền",
    HandingForm.DECENTRALISATION: "văn bản quy phạm pháp luật phân cấp",
}
_CONDITIONS: Final = {
    HandingForm.DELEGATION: (
        "handing-own-power",
        "handing-written-with-period",
        "handing-not-further",
        "handing-giver-answerable",
        "handing-report",
    ),
    HandingForm.DECENTRALISATION: (
        "handing-own-power",
        "handing-normative-text",
        "handing-report",
    ),
}
_REPUBLISHED: Final = (
    "handing-list-of-procedures",
    "handing-workflow",
    "handing-one-stop-accounts",
)
_HEADS: Final = frozenset({Role.AGENCY_HEAD, Role.OFFICE_HEAD, Role.DIVISION_HEAD})


@frozen(kw_only=True)
class _Table:
    source: Source
    pairs: frozenset[tuple[str, str]]


def may_delegate(
    giver: Performer, receiver: Performer, *, delegated_already: bool = False
) -> Precondition:
    """Return whether law lets *giver* delegate a power of its own to *receiver*.

    Args:
        giver: Who holds the power.
        receiver: Who is to use it, of the same province.
        delegated_already: The giver holds the power by delegation; it may not go further.

    Returns:
        Pass for a pair of the table, fail for another or for a district performer, unknown where
        the position or the level of either is not known.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> province = frozenset({Level.PROVINCE})
        >>> chair = Performer(name="Chủ tịch", role=Role.CHAIRPERSON, levels=province)
        >>> head = Performer(name="Giám đốc", role=Role.AGENCY_HEAD,
        ...                  levels=province, office="Sở Xây dựng")
        >>> may_delegate(chair, head).verdict, may_delegate(head, chair).verdict
        (<Verdict.PASS: 'pass'>, <Verdict.FAIL: 'fail'>)

    Source: Luật 72/2025/QH15 Điều 14.
    """
    return _asked("delegation", giver, receiver, delegated_already=delegated_already)


def may_decentralise(giver: Performer, receiver: Performer) -> Precondition:
    """Return whether law lets *giver* decentralise a power to *receiver*, by a normative text.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> above, below = frozenset({Level.PROVINCE}), frozenset({Level.COMMUNE})
        >>> chair = Performer(name="Chủ tịch tỉnh", role=Role.CHAIRPERSON, levels=above)
        >>> commune = Performer(name="Chủ tịch xã", role=Role.CHAIRPERSON, levels=below)
        >>> may_decentralise(chair, commune).verdict
        <Verdict.PASS: 'pass'>

    Source: Luật 72/2025/QH15 Điều 13.
    """
    return _asked("decentralisation", giver, receiver, delegated_already=False)


def may_hand_down(
    giver: Performer, receiver: Performer, *, delegated_already: bool = False
) -> tuple[HandingForm, Precondition]:
    """Return how *giver* may hand a power to *receiver*, and what law says of it.

    Delegation where the table of Điều 14 holds the pair, else decentralisation where that of
    Điều 13 does. Where neither does, or it is not known, the answer is that about delegation.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> above, below = frozenset({Level.PROVINCE}), frozenset({Level.COMMUNE})
        >>> chair = Performer(name="Chủ tịch tỉnh", role=Role.CHAIRPERSON, levels=above)
        >>> commune = Performer(name="UBND xã", role=Role.UNIT, levels=below, office="UBND xã")
        >>> form, allowed = may_hand_down(chair, commune)
        >>> form.value, allowed.verdict.value, allowed.source.place
        ('decentralisation', 'pass', 'Điều 13')

    Source: Luật 72/2025/QH15 Điều 13-14.
    """
    delegated = may_delegate(giver, receiver, delegated_already=delegated_already)
    if delegated.verdict is Verdict.FAIL and not delegated_already:
        decentralised = may_decentralise(giver, receiver)
        if decentralised.verdict is Verdict.PASS:
            return HandingForm.DECENTRALISATION, decentralised
    return HandingForm.DELEGATION, delegated


def is_below(who: Performer, giver: Performer) -> bool:
    """Return whether *who* heads a body that stands below *giver*.

    Below a committee or its chairperson are the heads of its agencies (of a commune: of its
    divisions) and, below those of a province, the committees of communes and who chairs them;
    these are below the heads of the province's agencies as well.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> province = frozenset({Level.PROVINCE})
        >>> chair = Performer(name="Chủ tịch", role=Role.CHAIRPERSON, levels=province)
        >>> head = Performer(name="Giám đốc", role=Role.AGENCY_HEAD, levels=province)
        >>> is_below(head, chair), is_below(chair, head)
        (True, False)

    Source: Luật 72/2025/QH15 Điều 13-14 name positions by level.
    """
    at_commune = who.levels == frozenset({Level.COMMUNE})
    over = position(giver) or ""
    leads_commune = at_commune and position(who) in {"chair@commune", "committee@commune"}
    if giver.role is Role.CHAIRPERSON or over.startswith("committee@"):
        head = who.role in _AGENCY_HEADS or (who.role is Role.DIVISION_HEAD and at_commune)
        head = head or position(who) == "department_head@province"
        return head or (leads_commune and over.endswith("@province"))
    return leads_commune and over in {"department_head@province", "administrative_head@province"}


def handing(giver: Performer, receiver: Performer, form: HandingForm) -> Handing:
    """Return the hand-over of a power in *form*: what its text must say, what is published anew.

    A delegation is for a fixed period, which is left open here; decentralisation lasts.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> chair, head = Performer(name="Chủ tịch"), Performer(name="Giám đốc Sở")
        >>> made = handing(chair, head, HandingForm.DELEGATION)
        >>> made.period, made.conditions[0]
        (None, 'handing-own-power')

    Source: Luật 72/2025/QH15 Điều 13-14; the workflow and the accounts of the one-stop system
        follow the approved decision.
    """
    return Handing(
        giver=giver,
        receiver=receiver,
        form=form,
        conditions=_CONDITIONS[form],
        republish=_REPUBLISHED,
    )


def instrument(giver: Performer, form: HandingForm) -> Instrument:
    """Return the text by which *giver* hands a power over, which its own level issues.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> instrument(Performer(name="Chủ tịch"), HandingForm.DELEGATION).title
        'văn bản ủy quyền (Luật 72/2025/QH15 Điều 14)'

    Source: Luật 72/2025/QH15 Điều 13 (a normative text) and Điều 14 (in writing).
    """
    law = _tables()[form.value].source
    return Instrument(
        title=f"{_WRITINGS[form]} ({law.document} {law.place})",
        authority=Authority.WITHIN,
        body=Body.PROVINCE if giver.levels == frozenset({Level.PROVINCE}) else None,
    )


def _asked(
    table: str, giver: Performer, receiver: Performer, *, delegated_already: bool
) -> Precondition:
    law = _tables()[table].source
    if delegated_already:
        return _answer(Verdict.FAIL, law, ("delegated-again", giver.name))
    district = [who.name for who in (giver, receiver) if Level.DISTRICT in who.levels]
    if district:
        return _answer(Verdict.FAIL, law, *(("district", name) for name in district))
    pair = position(giver), position(receiver)
    unclear = [who.name for who, place in zip((giver, receiver), pair, strict=True) if not place]
    if unclear:
        return _answer(Verdict.UNKNOWN, law, *(("position-unknown", name) for name in unclear))
    verdict = Verdict.PASS if pair in _tables()[table].pairs else Verdict.FAIL
    return _answer(verdict, law, ("pair", f"{giver.name} → {receiver.name}"))


def _answer(verdict: Verdict, law: Source, *because: tuple[str, str]) -> Precondition:
    rule = LegalBasis(document=law.document, rank=LegalRank.LAW, clause=law.place)
    return Precondition(name=NAME, verdict=verdict, because=because, source=law, rule=rule)


def position(who: Performer) -> str | None:
    """Return the position of *who* in the words of the table, or ``None`` where it is unclear.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> commune = frozenset({Level.COMMUNE})
        >>> position(Performer(name="Chủ tịch UBND xã", role=Role.CHAIRPERSON, levels=commune))
        'chair@commune'

    Source: Luật 72/2025/QH15 Điều 13-14 name positions, not persons.
    """
    if len(who.levels) != 1:
        return None
    (level,) = who.levels
    kind = _kind(who, level)
    return None if kind is None else f"{kind}@{level.value}"


def _kind(who: Performer, level: Level) -> str | None:
    if who.role is Role.CHAIRPERSON:
        return "chair"
    if who.role in _SERVANTS and level is Level.COMMUNE:
        return "civil_servant"
    office = key(who.office or "")
    if who.role in {Role.UNIT, None} and _begins(office, ("ủy ban nhân dân", "ubnd")):
        return "committee"
    if who.role is Role.UNIT and level is Level.PROVINCE and _begins(office, ("sở",)):
        return "department_head"  # a department signs by its head
    if who.role is None or not office:
        return None
    below_a_department = who.role is Role.DIVISION_HEAD and level is not Level.COMMUNE
    if who.role not in _HEADS or below_a_department:
        return "other"
    if _begins(office, _PUBLIC_UNITS):
        return "public_unit_head"
    return "department_head" if _begins(office, _DEPARTMENTS) else "administrative_head"


def _begins(office: str, words: tuple[str, ...]) -> bool:
    return any((office + " ").startswith(key(word) + " ") for word in words)


@cache
def _tables() -> dict[str, _Table]:
    text = files("tthc_flow.proof").joinpath("delegation.json").read_text(encoding="utf-8")
    return {
        name: _Table(
            source=Source(document=table["law"], place=table["article"], date=table["from"]),
            pairs=frozenset((giver, receiver) for giver, receiver in table["pairs"]),
        )
        for name, table in json.loads(text).items()
    }
