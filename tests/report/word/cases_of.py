"""Reviewed procedures for the tests of the Word papers: real ones, and one with every answer."""

from __future__ import annotations

import copy
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import evolve

from report.told import COUNCIL, PRESS, ROOT
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.procedure import ApplicantWork, CostItem, Volume
from tthc_flow.model.source import Quantity, Source
from tthc_flow.report.word.reviewed import Reviewed
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.ask import ask
from tthc_flow.verbs.papers import reviewed
from tthc_flow.verbs.propose import propose
from verbs.test_answering import filled_in

SCHOOL = ROOT / "processes/giao-duc/mien-giam-hoc-phi-nghe-an/flow.bpmn"
INTERNAL = ROOT / "processes/dan-toc/danh-sach-xa-kho-khan-quang-tri/flow.bpmn"
SAID = Source(document="QĐ 2816/QĐ-UBND tỉnh Đồng Nai", date="2025-11-20")


def _known(value: int) -> Quantity:
    return Quantity(value=Fraction(value), source=SAID)


@cache
def _press() -> Reviewed:
    return reviewed(propose(PRESS))


@cache
def _unchanged() -> Reviewed:
    return reviewed(propose(INTERNAL))


@cache
def _answered() -> Reviewed:
    data = COUNCIL.read_bytes()
    return reviewed(propose(answered(data, filled_in(answers_text(ask(data))))))


@cache
def _costed() -> Reviewed:
    """Return a procedure whose cost is known: 10 dossiers, 40,000 đồng an hour (2816/QĐ-UBND)."""
    given = read(SCHOOL.read_bytes()).procedures[0]
    work = ApplicantWork(item=CostItem.PREPARE, name="Điền đơn", hours=_known(2))
    fee = ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=_known(100_000))
    volume = Volume(
        subjects=_known(10), times=_known(1), dossiers=_known(10), hourly_income=_known(40_000)
    )
    given = evolve(given, volume=volume, work=(work, fee))
    data = build(given, lay_out(given)).data
    return reviewed(propose(answered(data, filled_in(answers_text(ask(data))))))


def _own(one: Reviewed) -> Reviewed:
    return evolve(one, record=copy.deepcopy(one.record))


def press() -> Reviewed:
    """Return the certificate of Sơn La: two authorities, no costs."""
    return _own(_press())


def unchanged() -> Reviewed:
    """Return an internal procedure for which nothing is proposed."""
    return _own(_unchanged())


def council() -> Reviewed:
    """Return nineteen steps with every question answered: delegation, branches, seven changes."""
    return _own(_answered())


def costed() -> Reviewed:
    """Return a procedure with costs by both methods."""
    return _own(_costed())


def handed_by(one: Reviewed, form: str) -> dict[str, Any]:
    """Set the form of every applied handing of *one*; return one of them."""
    found = [each for each in one.record["candidates"] if each["applied"] and each["handing"]]
    for each in found:
        words = {"decentralisation": "phân cấp", "delegation": "ủy quyền"}[form]
        each["handing"] |= {"form": form, "form_text": words}
    return found[0]
