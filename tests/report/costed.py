"""Records whose costs are those of procedures that a test has made up."""

from __future__ import annotations

from typing import Any

from report.told import PRESS, record
from tthc_flow.measures.compliance_cost import Cost, benefit
from tthc_flow.measures.costs import cost
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import ApplicantWork, CostItem, CostMethod, Procedure, Volume
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.model.step import Step, StepKind
from tthc_flow.report.cost_rows import of_cost_rows
from tthc_flow.report.record import of_benefit, of_cost
from tthc_flow.units import DEFAULT_CONVENTION


def number(value: Any) -> Quantity:
    source = Source(document="QĐ 1/QĐ-UBND")
    return Quantity(value=value, evidence=EvidenceKind.ESTIMATE, source=source)


def with_costs(before: Procedure, after: Procedure) -> dict[str, Any]:
    """Return a record whose costs are those of two procedures."""
    made = record(PRESS)
    plan = made["plan"]
    methods = tuple(CostMethod)
    found: dict[str, list[Cost]] = {"before": [], "after": []}
    for side, given_ in (("before", before), ("after", after)):
        plan["work"][side] = of_cost_rows(given_)
        found[side] = [cost(given_, method, DEFAULT_CONVENTION) for method in methods]
        plan["costs"][side] = [of_cost(each) for each in found[side]]
    pairs = zip(found["before"], found["after"], strict=True)
    plan["benefits"] = [of_benefit(benefit(one, two)) for one, two in pairs]
    return made


def work(name: str, hours: Any = None, service: Any = None, other: Any = None) -> ApplicantWork:
    parts = [None if each is None else number(each) for each in (hours, service, other)]
    return ApplicantWork(
        item=CostItem.OTHER, name=name, hours=parts[0], service=parts[1], other=parts[2]
    )


VISIT = Flow(id="p", nodes=(Step(id="a", name="Hậu kiểm", kinds=(StepKind.POST_INSPECT,)),))
FULL = Volume(subjects=number(200), times=number(1), hourly_income=number(54_000))
FEE = work("Phí", other=500_000)
