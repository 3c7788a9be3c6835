"""Who issues the papers: the committee and its chair, or the head of an agency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.report.word.reviewed import Reviewed

_CITIES: Final = frozenset(
    {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "TP. Hồ Chí Minh"}
)
_WORDED: Final = ("tỉnh ", "thành phố ", "tp. ", "tp ")
_ISSUERS: Final = ("ubnd", "ủy ban", "uỷ ban", "chủ tịch", "hđnd")
_CENTRAL: Final = "trung ương"
_INSIDE: Final = "within_agency"
_ADVISER: Final = re.compile(r"\(([^()]+?)\s+tham mưu\)")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
_BELOW: Final = re.compile(r"\b(cấp xã|xã|phường|đặc khu)\b", re.IGNORECASE)
_COMMITTEE: Final = re.compile(r"^(?:chủ tịch\s+)?(?:ubnd|[uủ][ỷy] ban nhân dân)\s*", re.IGNORECASE)


@frozen(kw_only=True)
class Issuer:
    """Names of the issuer in their places: the head, a sentence, the signature.

    *committee* is empty where an agency issues for itself, or where the place is not known; *lead*
    is who is told to carry it out: a blank where the procedure names the committee alone.
    """

    head: str
    committee: str
    chair: str
    sign: str
    place: str
    number: str
    scope: str
    agency: str
    lead: str


def issuer_of(reviewed: Sequence[Reviewed]) -> Issuer:
    """Return who issues the papers of *reviewed*; what they do not agree on is a blank.

    Example:
        >>> from tthc_flow.report.word.reviewed import Reviewed
        >>> given = {"locality": "Sơn La", "kind": "public"}
        >>> given |= {"agency": "UBND tỉnh (Sở Tư pháp tham mưu)"}
        >>> found = issuer_of((Reviewed(record={"procedure": given}),))
        >>> found.chair, found.lead
        ('Chủ tịch Ủy ban nhân dân tỉnh Sơn La', 'Sở Tư pháp')

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục III; the six cities: Nghị quyết 202/2025/QH15.
    """
    procedures = [each.record["procedure"] for each in reviewed]
    places = {each["locality"] for each in procedures}
    place = next(iter(places)) if len(places) == 1 else None
    agency = _one(_ASIDE.sub("", each["agency"] or "").strip() for each in procedures)
    inside = all(each["kind"] == _INSIDE for each in procedures)
    central = place is not None and place.casefold().startswith(_CENTRAL)
    if inside and _own(agency):
        inside = _BELOW.search(agency) is not None
    if inside or central or place is None:
        given = "" if central else place or ""
        return _committee(agency, given) if _own(agency) else _agency(agency, given)
    lead = _one(_lead(each["agency"] or "") for each in procedures)
    province = _province(place)
    committee = say("committee-name", province=province)
    return Issuer(
        head=f"{say('committee-head')}\n{province.upper()}",
        committee=committee,
        chair=say("chair", committee=committee),
        sign=say("chair-sign"),
        place=place,
        number=say("number-decision"),
        scope=say("of-agency", agency=lead) if lead else say("of-province", province=province),
        agency=lead or committee,
        lead=lead or say("long-blank"),
    )


def _one(names: Iterable[str]) -> str:
    """Return the name that all agree on, or none."""
    found = set(names)
    return found.pop() if len(found) == 1 else ""


def _own(agency: str) -> bool:
    return agency.casefold().startswith(_ISSUERS)


def _lead(agency: str) -> str:
    """Return the agency that may be told to do it; the issuer tells nobody to be himself."""
    adviser = _ADVISER.search(agency)
    if adviser:
        return adviser[1]
    return "" if _own(agency) else _ASIDE.sub("", agency).strip()


def _committee(agency: str, place: str) -> Issuer:
    """Return a committee that issues for itself; one called by its level alone is a blank."""
    named = _COMMITTEE.sub("", agency)
    named = "" if named.casefold().startswith("cấp") else named
    committee = say("committee-name", province=named or say("long-blank"))
    return Issuer(
        head=f"{say('committee-head')}\n{named.upper() or say('long-blank')}",
        committee="",
        chair=say("chair", committee=committee),
        sign=say("chair-sign"),
        place=place,
        number=say("number-decision"),
        scope=say("of-agency", agency=committee),
        agency=committee,
        lead=say("long-blank"),
    )


def _agency(agency: str, place: str) -> Issuer:
    named = agency or say("long-blank")
    return Issuer(
        head=agency.upper(),
        committee="",
        chair=say("head-of", agency=named),
        sign=say("head-sign"),
        place=place,
        number=say("number-decision-agency"),
        scope=say("of-agency", agency=named),
        agency=named,
        lead=named,
    )


def _province(place: str) -> str:
    if place.casefold().startswith(_WORDED):
        return place
    return say("city" if place in _CITIES else "province", name=place)
