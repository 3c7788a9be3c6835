"""Who issues the papers: the committee and its chair, or the head of an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.report.word.reviewed import Reviewed

_CITIES: Final = frozenset(
    {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "TP. Hồ Chí Minh"}
)
_WORDED: Final = ("tỉnh ", "thành phố ", "tp. ", "tp ")
_ISSUERS: Final = ("ubnd", "ủy ban", "uỷ ban", "chủ tịch", "hđnd")
_CENTRAL: Final = "trung ương"
_INSIDE: Final = "within_agency"


@frozen(kw_only=True)
class Issuer:
    """Names of the issuer in their places: the head, a sentence, the signature.

    *committee* is empty where an agency issues for itself, or where the place is not known; *lead*
    is who is told to carry it out: a blank where the procedure names the committee itself.
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
        >>> given = {"locality": "Sơn La", "agency": None, "kind": "public"}
        >>> issuer_of((Reviewed(record={"procedure": given}),)).chair
        'Chủ tịch Ủy ban nhân dân tỉnh Sơn La'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục III; the six cities: Nghị quyết 202/2025/QH15.
    """
    procedures = [each.record["procedure"] for each in reviewed]
    places = {each["locality"] for each in procedures}
    agencies = list(dict.fromkeys(each["agency"] for each in procedures if each["agency"]))
    agency = agencies[0] if len(agencies) == 1 else ""
    place = next(iter(places)) if len(places) == 1 else None
    inside = all(each["kind"] == _INSIDE for each in procedures)
    central = place is not None and place.casefold().startswith(_CENTRAL)
    if inside or central or place is None:
        return _agency(agency, "" if central else place or "")
    province = _province(place)
    committee = say("committee-name", province=province)
    scope = say("of-agency", agency=agency) if agency else say("of-province", province=province)
    return Issuer(
        head=say("committee", province=province.upper()),
        committee=committee,
        chair=say("chair", committee=committee),
        sign=say("chair-sign"),
        place=place,
        number=say("number-decision"),
        scope=scope,
        agency=agency or say("the-agencies"),
        lead=_lead(agency),
    )


def _lead(agency: str) -> str:
    """Return the agency that may be told to do it; the issuer tells nobody to be himself."""
    own = not agency or agency.casefold().startswith(_ISSUERS)
    return say("long-blank") if own else agency


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
