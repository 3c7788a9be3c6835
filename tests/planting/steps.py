"""One-line steps with stated facts: what a plant does not say about its work is said here."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from roster import NAMES
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.units import Duration, TimeUnit

APPLICANT = Performer(name="Tổ chức, cá nhân", role=Role.APPLICANT)
TITLES = {
    **NAMES,
    StepKind.ASSIGN: "Phân công xử lý",
    StepKind.DRAFT: "Dự thảo văn bản",
    StepKind.SIGN: "Ký duyệt",
    StepKind.TRANSFER: "Chuyển hồ sơ",
    StepKind.SUPPLEMENT: "Bổ sung hồ sơ",
    StepKind.PAYMENT: "Nộp lệ phí",
}


def days(amount: str | float | None) -> StepTime:
    """Return a norm time in working days; ``None`` is unknown."""
    if amount is None:
        return StepTime()
    return StepTime(duration=Duration(amount=amount, unit=TimeUnit.WORKING_DAY))


def hours(amount: int) -> Duration:
    """Return so many working hours."""
    return Duration(amount=amount, unit=TimeUnit.WORKING_HOUR)


def papers(*names: str) -> frozenset[str]:
    """Return a set of documents."""
    return frozenset(names)


def step(id_: str, kinds: str, who: Performer | None, time: StepTime, **facts: Any) -> Step:
    """Return a step of *kinds* ("examine draft"); it reads and writes nothing unless said."""
    known = tuple(StepKind(kind) for kind in kinds.split())
    made = Step(
        id=id_,
        name="; ".join(TITLES.get(kind, kind.value) for kind in known),
        kinds=known,
        performer=who,
        time=time,
        reads=frozenset(),
        writes=frozenset(),
    )
    return evolve(made, **facts)
