"""Who and what random procedures are made of: performers, documents, laws, times, answers."""

from __future__ import annotations

import random

from attrs import evolve

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Flow
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    Document,
    Procedure,
    ProcedureKind,
    TotalTime,
    Volume,
)
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.model.step import Database, Harm, Severity, Step, StepKind, StepTime
from tthc_flow.proof.gates.questions import questions
from tthc_flow.units import Duration, TimeUnit

PROVINCE = frozenset({Level.PROVINCE})
ANSWERED = Source(document="Công văn 12/STP-VP", date="2026-01-05")
UNSOURCED = 0.1
"""How many random answers name no source."""
COMMUNE = frozenset({Level.COMMUNE})


def _who(name: str, role: Role, office: str, levels: frozenset[Level] = PROVINCE) -> Performer:
    return Performer(name=name, role=role, office=office, levels=levels)


ONE_STOP = _who("Công chức Một cửa", Role.ONE_STOP_SHOP, "Trung tâm Phục vụ hành chính công")
AGENCY = {
    "officer": _who("Chuyên viên", Role.OFFICER, "Sở Xây dựng"),
    "division": _who("Lãnh đạo phòng", Role.DIVISION_HEAD, "Sở Xây dựng"),
    "head": _who("Lãnh đạo Sở", Role.AGENCY_HEAD, "Sở Xây dựng"),
    "clerk": _who("Văn thư Sở", Role.CLERICAL_OFFICE, "Sở Xây dựng"),
}
OFFICE = {
    "officer": _who("Chuyên viên Văn phòng", Role.OFFICER, "Văn phòng UBND tỉnh"),
    "head": _who("Lãnh đạo Văn phòng", Role.OFFICE_HEAD, "Văn phòng UBND tỉnh"),
    "clerk": _who("Văn thư Văn phòng", Role.CLERICAL_OFFICE, "Văn phòng UBND tỉnh"),
    "chair": _who("Chủ tịch UBND tỉnh", Role.CHAIRPERSON, "UBND tỉnh"),
}
CONSULTED = (
    _who("Sở Tài chính", Role.CONSULTED_AGENCY, "Sở Tài chính"),
    _who("Công an tỉnh", Role.CONSULTED_AGENCY, "Công an tỉnh"),
    _who("UBND cấp xã", Role.CONSULTED_AGENCY, "UBND cấp xã", COMMUNE),
)
ANYBODY = (ONE_STOP, *AGENCY.values(), *OFFICE.values(), *CONSULTED, None)

NAMES = {
    StepKind.RECEIVE: "Tiếp nhận hồ sơ",
    StepKind.ASSIGN: "Phân công xử lý",
    StepKind.EXAMINE: "Thẩm định hồ sơ",
    StepKind.REEXAMINE: "Thẩm tra lại hồ sơ",
    StepKind.REVIEW: "Xem xét dự thảo",
    StepKind.SIGN: "Ký duyệt kết quả",
    StepKind.NUMBER_AND_STAMP: "Lấy số, đóng dấu",
    StepKind.TRANSFER: "Chuyển kết quả",
    StepKind.RETURN: "Trả kết quả",
    StepKind.CONSULT: "Gửi lấy ý kiến",
    StepKind.OPINION: "Cho ý kiến",
    StepKind.INSPECT: "Kiểm tra thực địa",
    StepKind.ASK_SUPERIOR: "Xin ý kiến cấp trên",
    StepKind.LOOK_UP: "Tra cứu dữ liệu",
}
DOSSIER = ("Đơn đề nghị", "Căn cước", "Bản vẽ")
LAWS = (
    LegalBasis(document="Luật Xây dựng", rank=LegalRank.LAW, clause="Điều 94"),
    LegalBasis(document="Nghị định 175/2024/NĐ-CP", rank=LegalRank.DECREE),
    LegalBasis(document="QĐ 12/2025/QĐ-UBND", rank=LegalRank.PROVINCIAL),
    LegalBasis(document="Quy chế Sở", rank=LegalRank.AGENCY),
)
READS = {StepKind.SIGN: "Dự thảo kết quả", StepKind.REVIEW: "Dự thảo kết quả"}
WRITES = {
    StepKind.EXAMINE: "Dự thảo kết quả",
    StepKind.OPINION: "Văn bản cho ý kiến",
    StepKind.INSPECT: "Biên bản kiểm tra",
    StepKind.SIGN: "Kết quả",
}


def random_step(
    rng: random.Random, name: str, kinds: tuple[StepKind, ...], **fixed: object
) -> Step:
    """Return a step around *kinds* with random attributes, some unknown; *fixed* ones stay."""
    if not kinds and rng.random() < 0.8:
        kinds = (rng.choice(tuple(NAMES)),)
    main = kinds[0] if kinds else StepKind.OTHER
    facts: dict[str, object] = {
        "kinds": kinds,
        "performer": rng.choice(ANYBODY),
        "time": random_time(rng),
        "reads": _documents(rng, READS.get(main)),
        "writes": None if rng.random() < 0.3 else frozenset(filter(None, {WRITES.get(main)})),
        "paper": rng.choice((None, False, True)),
        "discretion": rng.choice((None, None, False, True)),
        "legal_basis": (rng.choice(LAWS),) if rng.random() < 0.3 else (),
    }
    if rng.random() < 0.3:
        checked = rng.randint(1, 500)
        rejected = rng.choice((0, 0, rng.randint(0, checked)))
        facts |= {"checked": checked, "rejected": rejected}
    if rng.random() < 0.25:
        facts["mandatory"] = rng.random() < 0.4
    if rng.random() < 0.25:
        facts["harm"] = Harm(
            severity=rng.choice(tuple(Severity)), reversible=rng.choice((None, True))
        )
    if rng.random() < 0.2:
        facts["databases"] = (
            Database(name="CSDL dân cư", connected=rng.choice((None, True)), authoritative=True),
        )
    title = f"{NAMES.get(main, 'Xử lý hồ sơ')} ({name})"
    return evolve(Step(id=name, name=title), **(facts | fixed))


def _documents(rng: random.Random, also: str | None) -> frozenset[str] | None:
    if rng.random() < 0.25:
        return None
    chosen = set(rng.sample(DOSSIER, rng.randint(0, len(DOSSIER))))
    if also is not None and rng.random() < 0.5:
        chosen.add(also)
    return frozenset(chosen)


def random_time(rng: random.Random) -> StepTime:
    """Return a time as tables print it: half days, hours, bare days, sometimes none."""
    if rng.random() < 0.12:
        return StepTime()
    unit = rng.choice(
        (TimeUnit.WORKING_DAY, TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.WORKING_HOUR)
    )
    amount = rng.choice(("0.25", "0.5", "1", "2", "3.5", "7"))
    return StepTime(duration=Duration(amount=amount, unit=unit), counted=rng.random() < 0.95)


def answers(rng: random.Random, flow: Flow) -> tuple[Answer, ...]:
    """Answer some gate questions, most of them so that a change may pass."""
    given = []
    for question in questions().values():
        chance = rng.random()
        if chance < 0.3:
            continue
        against = Reply.NO if question.passes_on is Reply.YES else Reply.YES
        reply = question.passes_on if chance < 0.9 else rng.choice((against, Reply.UNKNOWN))
        step = rng.choice(flow.steps).id if flow.steps and rng.random() < 0.2 else None
        source = None if rng.random() < UNSOURCED else ANSWERED
        given.append(Answer(question=question.id, reply=reply, step=step, source=source))
    return tuple(given)


def facts_of_procedure(rng: random.Random, flow: Flow) -> Procedure:
    """Return a procedure around *flow* with random facts."""

    def number(value: int) -> Quantity | None:
        return None if rng.random() < 0.3 else Quantity(value=value, evidence=EvidenceKind.ESTIMATE)

    known = rng.choice((None, "CSDL dân cư"))
    rows = tuple(
        ApplicantWork(item=CostItem.PREPARE, name=name, hours=number(2), document=name)
        for name in DOSSIER
    )
    return Procedure(
        flow=flow,
        name="Cấp giấy phép thử nghiệm",
        code="1.000001",
        kind=rng.choice(tuple(ProcedureKind)),
        level=rng.choice((Level.PROVINCE, Level.COMMUNE, None)),
        agency="Sở Xây dựng",
        source=Source(document="QĐ 1/QĐ-UBND"),
        total_time=TotalTime(duration=random_time(rng).duration),
        volume=Volume(dossiers=number(120), subjects=number(100), times=number(1)),
        work=rows if rng.random() < 0.6 else (),
        documents=None
        if rng.random() < 0.2
        else tuple(
            Document(name=name, known_in=known if name == "Căn cước" else None) for name in DOSSIER
        ),
        answers=answers(rng, flow),
    )
