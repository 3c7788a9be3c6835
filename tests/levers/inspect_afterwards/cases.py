"""Cases of inspect_afterwards: what it finds, what bars it, what it leaves alone."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    LAW,
    ONE_STOP,
    case,
    papers,
    picture,
    step,
    the_one,
    within,
)
from tthc_flow.levers.inspect_afterwards import GATE, LEVER
from tthc_flow.model.flow import (
    SubProcessKind,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import Harm, Loop, Severity, StepKind
from tthc_flow.proof.gates.questions import questions

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
VISIT = step("visit", "inspect", AGENCY["officer"], 5, number="3")
SIGN = step("sign", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 1)
OPEN = " ".join(
    f"{each}={questions()[each].passes_on}" for each in (*GATE, "consulted-body-named-by-law")
)
ROW = (EXAMINE, VISIT, SIGN, RETURN)


def shut(question):
    """The answers with one that bars."""
    barring = "yes" if questions()[question].passes_on == "no" else "no"
    return OPEN.replace(f"{question}={questions()[question].passes_on}", f"{question}={barring}")


ASK = step("ask", "consult", AGENCY["officer"], 1)
OPINION = step("opinion", "opinion", CONSULTED[0], 7)
BOXED = ("s > examine > box > sign > e", "s_in > visit > e_in", EXAMINE, VISIT, SIGN)


def boxed(**facts):
    """The procedure whose visit lies in a sub-process with other facts."""
    given = within(*BOXED, answers=OPEN)
    nodes = tuple(evolve(n, **facts) if n.id == "box" else n for n in given.flow.nodes)
    return evolve(given, flow=evolve(given.flow, nodes=nodes))


FINDS = {
    "site-visit": case(*ROW, answers=OPEN),
    "a-second-appraisal": case(
        EXAMINE, step("again", "examine", AGENCY["division"], 2), SIGN, RETURN, answers=OPEN
    ),
    "an-opinion-with-its-request": case(EXAMINE, ASK, OPINION, SIGN, RETURN, answers=OPEN),
    "an-opinion-in-one-row": case(
        EXAMINE, evolve(OPINION, kinds=(*OPINION.kinds, *ASK.kinds)), SIGN, answers=OPEN
    ),
    "in-a-sub-process": boxed(),
    "on-one-branch": picture(
        "s > examine > xor1 > visit > xor2 > sign > e; xor1 > xor2",
        EXAMINE,
        VISIT,
        SIGN,
        answers=OPEN,
    ),
    "side-by-side": picture(
        "s > examine > and1 > visit > and2 > sign > e; and1 > draft > and2",
        EXAMINE,
        VISIT,
        step("draft", "draft", AGENCY["officer"], 1),
        SIGN,
        answers=OPEN,
    ),
    "the-examination-comes-later": case(VISIT, EXAMINE, SIGN, answers=OPEN),
    "a-declaration-suffices": case(VISIT, SIGN, answers=f"{OPEN} declaration-suffices=yes"),
    "right-before-the-end": case(EXAMINE, SIGN, VISIT, answers=OPEN),
}
BARRED = {
    **{f"shut-{each}": (case(*ROW, answers=shut(each)), each, Verdict.FAIL) for each in GATE},
    "one-question-open": (
        case(*ROW, answers=OPEN.replace("environment=no", "")),
        "environment",
        Verdict.UNKNOWN,
    ),
    "no-answer-at-all": (case(*ROW), "defence-security", Verdict.UNKNOWN),
    "law-demands-it": (
        case(EXAMINE, evolve(VISIT, legal_basis=LAW), SIGN, answers=OPEN),
        "prior-check-required",
        Verdict.FAIL,
    ),
    "mandatory": (
        case(EXAMINE, evolve(VISIT, mandatory=True), SIGN, answers=OPEN),
        "prior-check-required",
        Verdict.FAIL,
    ),
    "harm-is-for-ever": (
        case(
            EXAMINE,
            evolve(VISIT, harm=Harm(severity=Severity.HIGH, reversible=False)),
            SIGN,
            answers=OPEN,
        ),
        "harm-can-be-undone",
        Verdict.FAIL,
    ),
    "harm-said-to-be-for-ever": (
        case(
            EXAMINE,
            evolve(VISIT, harm=Harm(severity=Severity.LOW, reversible=True)),
            SIGN,
            answers=shut("harm-can-be-undone"),
        ),
        "harm-can-be-undone",
        Verdict.FAIL,
    ),
    "its-minutes-are-read": (
        case(
            EXAMINE,
            evolve(VISIT, writes=papers("Biên bản")),
            evolve(SIGN, reads=papers("Biên bản")),
            answers=OPEN,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "nobody-knows-what-it-writes": (
        case(EXAMINE, evolve(VISIT, writes=None), SIGN, answers=OPEN),
        "result-is-used",
        Verdict.UNKNOWN,
    ),
    "a-refusal-stands-on-it": (
        picture(
            "s > examine > visit > xor1 > sign > e; xor1 > e_no",
            EXAMINE,
            VISIT,
            SIGN,
            answers=OPEN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "a-branch-after-the-sub-process-stands-on-it": (
        within("s > examine > box > xor1 > sign > e; xor1 > e2", *BOXED[1:], answers=OPEN),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "a-branch-after-the-join-stands-on-it": (
        picture(
            "s > examine > and1 > visit > and2 > xor1 > sign > e; and1 > draft > and2; xor1 > e_no",
            EXAMINE,
            VISIT,
            step("draft", "draft", AGENCY["officer"], 1),
            SIGN,
            answers=OPEN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-row-also-drafts": (
        case(EXAMINE, evolve(VISIT, kinds=(StepKind.INSPECT, StepKind.DRAFT)), SIGN, answers=OPEN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "nobody-else-examines": (
        case(VISIT, SIGN, answers=OPEN),
        "declaration-suffices",
        Verdict.UNKNOWN,
    ),
    "a-declaration-does-not-suffice": (
        case(VISIT, SIGN, answers=f"{OPEN} declaration-suffices=no"),
        "declaration-suffices",
        Verdict.FAIL,
    ),
    "law-names-the-consulted-body": (
        case(EXAMINE, ASK, evolve(OPINION, legal_basis=LAW), SIGN, answers=OPEN),
        "consulted-body-named-by-law",
        Verdict.FAIL,
    ),
    "nobody-knows-if-law-names-it": (
        case(
            EXAMINE,
            ASK,
            OPINION,
            SIGN,
            answers=OPEN.replace("consulted-body-named-by-law=no", ""),
        ),
        "consulted-body-named-by-law",
        Verdict.UNKNOWN,
    ),
    "the-opinion-is-used": (
        case(
            EXAMINE,
            ASK,
            OPINION,
            step("sum", "draft", AGENCY["officer"], 1, name="Tổng hợp ý kiến, dự thảo"),
            SIGN,
            answers=OPEN,
        ),
        "answer-is-used",
        Verdict.FAIL,
    ),
    "no-applicant-commits": (
        case(EXAMINE, VISIT, SIGN, RETURN, answers=OPEN, kind=ProcedureKind.BETWEEN_AGENCIES),
        "somebody-commits",
        Verdict.FAIL,
    ),
    "two-people": (
        case(EXAMINE, VISIT, evolve(SIGN, separate_from=papers("visit")), answers=OPEN),
        "no-separate-duty",
        Verdict.FAIL,
    ),
}
ALONE = {
    "a-leader-of-the-house-is-asked": case(
        EXAMINE, ASK, evolve(OPINION, performer=AGENCY["head"]), SIGN, answers=OPEN
    ),
    "a-request-of-which-no-answer-is-drawn": case(EXAMINE, ASK, SIGN, answers=OPEN),
    "the-only-examination": case(EXAMINE, SIGN, RETURN, answers=OPEN),
    "the-only-examination-with-a-visit": case(
        evolve(VISIT, kinds=(StepKind.INSPECT, StepKind.EXAMINE)), SIGN, answers=OPEN
    ),
    "the-only-examination-on-its-way": picture(
        "s > xor1 > examine > sign > e; xor1 > other > sign",
        EXAMINE,
        step("other", "examine", AGENCY["division"], 2),
        SIGN,
        answers=OPEN,
    ),
    "in-a-sub-process-done-for-each": boxed(loop=Loop(multi_instance=True)),
    "in-a-sub-process-after-the-grant": boxed(outside_clock=True),
    "in-a-sub-process-begun-by-an-event": boxed(kind=SubProcessKind.AD_HOC),
    "only-a-refusal-follows": picture(
        "s > examine > xor1 > sign > e; xor1 > visit > e_no", EXAMINE, VISIT, SIGN, answers=OPEN
    ),
    "no-inspection": case(step("receive", "receive", ONE_STOP, 1), SIGN, answers=OPEN),
}

BOX = "PostInspection_visit"


def applied(given, *terms):
    """The procedure after its one candidate, with *terms* as staff set them."""
    candidate = the_one(LEVER, given)
    return LEVER.apply(given, evolve(candidate, terms=(*candidate.terms, *terms)))


def conditions(after, *of):
    """The conditions of the decisions *of* a post-inspection, by the step or end they lead to."""
    return {
        edge.target.removeprefix(f"{BOX}_"): edge.condition
        for edge in after.flow.edges
        if edge.source in {f"{BOX}_{each}" for each in of}
    }
