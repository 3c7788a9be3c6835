"""Who may delegate to whom: every pair of the table of the law, and what bars it."""

from __future__ import annotations

import json
from itertools import product

import pytest

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.law import Body, HandingForm
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.delegation import (
    handing,
    instrument,
    is_below,
    may_decentralise,
    may_delegate,
    may_hand_down,
    position,
)


def who(name, role, level, office):
    return Performer(name=name, role=role, office=office, levels=frozenset({level}))


P, C = Level.PROVINCE, Level.COMMUNE
PEOPLE = {
    "UBND@P": who("UBND tỉnh", Role.UNIT, P, "UBND tỉnh"),
    "UBND@C": who("UBND xã", Role.UNIT, C, "UBND xã"),
    "CHAIR@P": who("Chủ tịch UBND tỉnh", Role.CHAIRPERSON, P, "UBND tỉnh"),
    "CHAIR@C": who("Chủ tịch UBND xã", Role.CHAIRPERSON, C, "UBND xã"),
    "HEAD_DEPT@P": who("Giám đốc Sở Xây dựng", Role.AGENCY_HEAD, P, "Sở Xây dựng"),
    "HEAD_DEPT@C": who("Trưởng phòng Kinh tế", Role.DIVISION_HEAD, C, "Phòng Kinh tế"),
    "HEAD_OTHER_ADMIN@P": who("Trưởng ban", Role.AGENCY_HEAD, P, "Ban Quản lý khu công nghiệp"),
    "HEAD_OTHER_ADMIN@C": who("Trưởng ban", Role.AGENCY_HEAD, C, "Ban Chỉ huy quân sự xã"),
    "HEAD_PUBLIC_UNIT@P": who("Giám đốc", Role.AGENCY_HEAD, P, "Bệnh viện đa khoa tỉnh"),
    "HEAD_PUBLIC_UNIT@C": who("Giám đốc", Role.AGENCY_HEAD, C, "Trung tâm Phục vụ hành chính công"),
    "CIVIL_SERVANT@C": who("Công chức xã", Role.OFFICER, C, "UBND xã"),
    "OFFICER@P": who("Chuyên viên Sở", Role.OFFICER, P, "Sở Xây dựng"),
}


def _lawful(table) -> set[tuple[str, str]]:
    """Return the pairs of the law's own short form, spelled out by level."""
    pairs = set()
    for giver, receivers in table["pairs"].items():
        kind, _, only = giver.partition("_PROVINCE")
        levels = "P" if giver.endswith("_PROVINCE") else "C" if giver == "CHAIR_COMMUNE" else "PC"
        kind = giver.removesuffix("_PROVINCE").removesuffix("_COMMUNE") + only
        for receiver, level in product(receivers, levels):
            if receiver.endswith("_SAME"):
                pairs.add((f"{kind}@{level}", f"{receiver.removesuffix('_SAME')}@{level}"))
            elif receiver.endswith("_LOWER") and level == "P":
                pairs.add((f"{kind}@P", f"{receiver.removesuffix('_LOWER')}@C"))
            elif receiver.endswith("_COMMUNE"):
                pairs.add((f"{kind}@{level}", f"{receiver.removesuffix('_COMMUNE')}@C"))
    return pairs


def test_exactly_the_pairs_of_article_14_pass(shared):
    table = json.loads((shared / "domain" / "delegation.json").read_text("utf-8"))
    passing = {
        (giver, receiver)
        for giver, receiver in product(PEOPLE, PEOPLE)
        if may_delegate(PEOPLE[giver], PEOPLE[receiver]).verdict is Verdict.PASS
    }
    assert passing == _lawful(table)


def test_decentralisation_starts_at_the_province(shared):
    table = json.loads((shared / "domain" / "delegation.json").read_text("utf-8"))
    names = {
        "UBND_PROVINCE": "UBND@P",
        "CHAIR_PROVINCE": "CHAIR@P",
        "DEPT_PROVINCE": "HEAD_DEPT@P",
        "OTHER_ADMIN_PROVINCE": "HEAD_OTHER_ADMIN@P",
        "UBND_COMMUNE": "UBND@C",
        "CHAIR_COMMUNE": "CHAIR@C",
        "PUBLIC_UNIT": "HEAD_PUBLIC_UNIT@P",
    }
    article = table["decentralization_art13"]
    passing = {
        (giver, receiver)
        for giver, receiver in product(PEOPLE, PEOPLE)
        if may_decentralise(PEOPLE[giver], PEOPLE[receiver]).verdict is Verdict.PASS
    }
    assert passing == {(names[g], names[r]) for g, r in product(article["from"], article["to"])}


def test_a_delegated_power_goes_no_further():
    chair, head = PEOPLE["CHAIR@P"], PEOPLE["HEAD_DEPT@P"]
    assert may_delegate(chair, head).verdict is Verdict.PASS
    barred = may_delegate(chair, head, delegated_already=True)
    assert barred.verdict is Verdict.FAIL
    assert dict(barred.because) == {"delegated-again": chair.name}


def test_the_district_receives_nothing():
    district = who("Chủ tịch UBND huyện", Role.CHAIRPERSON, Level.DISTRICT, "UBND huyện")
    assert may_delegate(PEOPLE["CHAIR@P"], district).verdict is Verdict.FAIL


@pytest.mark.parametrize("levels", [frozenset(), frozenset({P, C})])
def test_an_unclear_level_is_unknown(levels):
    unclear = Performer(name="Chủ tịch UBND", role=Role.CHAIRPERSON, levels=levels)
    verdict = may_delegate(unclear, PEOPLE["HEAD_DEPT@P"])
    assert verdict.verdict is Verdict.UNKNOWN
    assert dict(verdict.because) == {"position-unknown": "Chủ tịch UBND"}


def test_every_answer_cites_the_law():
    answers = [may_delegate(a, b) for a, b in product(PEOPLE.values(), PEOPLE.values())]
    assert {answer.source.place for answer in answers} == {"Điều 14"}


def test_a_centre_of_the_office_is_a_public_unit_and_a_department_is_not():
    assert position(PEOPLE["HEAD_PUBLIC_UNIT@C"]) == "public_unit_head@commune"
    assert position(PEOPLE["HEAD_DEPT@P"]) == "department_head@province"


@pytest.mark.parametrize(("giver", "receiver"), list(product(PEOPLE, PEOPLE)))
def test_the_form_of_a_hand_over_is_the_one_whose_table_holds_the_pair(giver, receiver):
    one, other = PEOPLE[giver], PEOPLE[receiver]
    delegated, decentralised = may_delegate(one, other), may_decentralise(one, other)
    form, allowed = may_hand_down(one, other)
    either = Verdict.PASS in {delegated.verdict, decentralised.verdict}
    assert (allowed.verdict is Verdict.PASS) == either
    if delegated.verdict is Verdict.PASS:
        assert form is HandingForm.DELEGATION
    elif either:
        assert form is HandingForm.DECENTRALISATION


def test_what_was_delegated_is_neither_delegated_again_nor_decentralised():
    form, allowed = may_hand_down(PEOPLE["CHAIR@P"], PEOPLE["UBND@C"], delegated_already=True)
    assert (form, allowed.verdict) == (HandingForm.DELEGATION, Verdict.FAIL)


def test_a_commune_is_below_a_province_and_its_departments_and_nobody_is_below_it_there():
    assert is_below(PEOPLE["CHAIR@C"], PEOPLE["CHAIR@P"])
    assert is_below(PEOPLE["CHAIR@C"], PEOPLE["HEAD_DEPT@P"])
    assert is_below(PEOPLE["UBND@C"], PEOPLE["UBND@P"])
    assert is_below(PEOPLE["HEAD_DEPT@C"], PEOPLE["CHAIR@C"])
    assert not is_below(PEOPLE["CHAIR@P"], PEOPLE["CHAIR@C"])
    assert not is_below(PEOPLE["CHAIR@C"], PEOPLE["UBND@C"])
    assert not is_below(PEOPLE["HEAD_DEPT@P"], PEOPLE["HEAD_OTHER_ADMIN@P"])
    assert not is_below(PEOPLE["OFFICER@P"], PEOPLE["CHAIR@P"])


def test_each_form_has_its_instrument_and_its_conditions():
    chair, head = PEOPLE["CHAIR@P"], PEOPLE["HEAD_DEPT@P"]
    written = instrument(chair, HandingForm.DELEGATION)
    normative = instrument(chair, HandingForm.DECENTRALISATION)
    assert (written.body, normative.body) == (Body.PROVINCE, Body.PROVINCE)
    assert "Điều 14" in written.title
    assert "Điều 13" in normative.title
    delegated = handing(chair, head, HandingForm.DELEGATION).conditions
    lasting = handing(chair, head, HandingForm.DECENTRALISATION).conditions
    assert "handing-written-with-period" in delegated
    assert "handing-written-with-period" not in lasting
    assert "handing-normative-text" in lasting
    assert instrument(PEOPLE["CHAIR@C"], HandingForm.DELEGATION).body is None
