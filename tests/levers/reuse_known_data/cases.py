"""Cases of reuse_known_data: what it finds, what bars it, what it leaves alone."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    ONE_STOP,
    case,
    papers,
    picture,
    step,
)
from tthc_flow.levers.inspect_afterwards import GATE
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Database, StepKind, TaskType
from tthc_flow.proof.gates.questions import questions

BASE = Database(name="CSDL dân cư", connected=True, authoritative=True)
KNOWN = (Document(name="Căn cước", known_in="CSDL dân cư"), Document(name="Bản vẽ"))
CHECK = step(
    "check",
    "examine",
    AGENCY["officer"],
    2,
    databases=(BASE,),
    reads=papers("Căn cước"),
    mandatory=False,
    paper=False,
)
SIGN = step("sign", "sign", AGENCY["head"], 1)
RECEIVE = step("receive", "receive", ONE_STOP, 1)
READER = step("draft", "draft", AGENCY["officer"], 1, reads=papers("Căn cước"))
BASED = evolve(SIGN, databases=(BASE,))
COPY = (Document(name="Căn cước", known_in="CSDL dân cư", original=False),)
FREE = "document-demanded-by-rule=no"
OPEN = " ".join(f"{each}={questions()[each].passes_on}" for each in GATE)


def given_base(**facts):
    """The procedure whose database has other facts."""
    return case(evolve(CHECK, databases=(evolve(BASE, **facts),)), SIGN, documents=KNOWN)


def papered(*steps, answers=FREE, documents=COPY, **facts):
    """A procedure whose dossier holds what a database holds too."""
    return case(*steps, answers=answers, documents=documents, **facts)


FINDS = {
    "identity": case(CHECK, SIGN, documents=KNOWN),
    "all-it-reads-is-known": case(
        evolve(CHECK, databases=()),
        evolve(SIGN, databases=(BASE,)),
        documents=KNOWN,
    ),
    "a-component": papered(RECEIVE, READER, BASED),
    "a-component-that-the-receipt-reads": papered(
        evolve(RECEIVE, reads=papers("Căn cước")), READER, BASED
    ),
    "a-component-answered": papered(
        RECEIVE,
        SIGN,
        documents=(Document(name="Căn cước", known_in="CSDL dân cư"),),
        answers=f"{FREE} database-connected=yes data-authoritative=yes original-handed-in=no",
    ),
    "answered": case(
        evolve(CHECK, reads=None, databases=(Database(name="CSDL đất đai"),), writes=None),
        SIGN,
        answers="database-holds-all=yes database-connected=yes data-authoritative=yes"
        " result-is-used=no",
    ),
}
BARRED = {
    "a-rule-demands-the-component": (
        papered(RECEIVE, READER, BASED, answers="document-demanded-by-rule=yes"),
        "document-demanded-by-rule",
        Verdict.FAIL,
    ),
    "nobody-knows-if-a-rule-demands-it": (
        papered(RECEIVE, READER, BASED, answers=""),
        "document-demanded-by-rule",
        Verdict.UNKNOWN,
    ),
    "the-components-base-is-silent-for-ever": (
        papered(RECEIVE, READER, evolve(SIGN, databases=(evolve(BASE, connected=False),))),
        "database-connected",
        Verdict.FAIL,
    ),
    "an-original-of-it-is-handed-in": (
        papered(
            RECEIVE,
            READER,
            BASED,
            documents=(evolve(COPY[0], original=True),),
            answers=f"{FREE} original-handed-in=yes",
        ),
        "original-handed-in",
        Verdict.FAIL,
    ),
    "nobody-knows-if-an-original-is": (
        papered(RECEIVE, READER, BASED, documents=(evolve(COPY[0], original=None),)),
        "original-handed-in",
        Verdict.UNKNOWN,
    ),
    "not-connected": (given_base(connected=False), "database-connected", Verdict.FAIL),
    "nobody-knows-if-connected": (
        given_base(connected=None),
        "database-connected",
        Verdict.UNKNOWN,
    ),
    "not-authoritative": (given_base(authoritative=False), "data-authoritative", Verdict.FAIL),
    "said-to-be-disconnected": (
        case(CHECK, SIGN, documents=KNOWN, answers="database-connected=no"),
        "database-connected",
        Verdict.FAIL,
    ),
    "holds-only-a-part": (
        case(evolve(CHECK, reads=papers("Căn cước", "Bản vẽ")), SIGN, documents=KNOWN),
        "database-holds-all",
        Verdict.UNKNOWN,
    ),
    "does-not-hold-it": (
        case(
            evolve(CHECK, reads=papers("Bản vẽ")),
            SIGN,
            documents=KNOWN,
            answers="database-holds-all@check=no",
        ),
        "database-holds-all",
        Verdict.FAIL,
    ),
    "a-machine-cannot-write-the-minutes": (
        case(
            evolve(CHECK, writes=papers("Phiếu thẩm định")),
            evolve(SIGN, reads=papers("Phiếu thẩm định")),
            documents=KNOWN,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "law-names-the-check": (
        case(evolve(CHECK, legal_basis=LAW), SIGN, documents=KNOWN),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "paper-demanded": (
        case(
            evolve(CHECK, paper=True), SIGN, documents=KNOWN, answers="paper-original-required=yes"
        ),
        "paper-original-required",
        Verdict.FAIL,
    ),
    "also-drafts": (
        case(evolve(CHECK, kinds=(StepKind.EXAMINE, StepKind.DRAFT)), SIGN, documents=KNOWN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "a-branch-follows": (
        picture("s > check > xor1 > sign > e; xor1 > e_no", CHECK, SIGN, documents=KNOWN),
        "decides-no-branch",
        Verdict.FAIL,
    ),
}
ALONE = {
    "the-component-has-the-name-of-an-element": papered(
        RECEIVE, SIGN, documents=(Document(name="sign", known_in="CSDL dân cư"),)
    ),
    "no-database-holds-the-component": papered(
        RECEIVE, READER, SIGN, documents=(Document(name="Căn cước"),)
    ),
    "only-some-of-what-it-reads-is-known": case(
        evolve(CHECK, databases=(), reads=papers("Căn cước", "Bản vẽ")), documents=KNOWN[1:]
    ),
    "the-component-is-read-on-two-ways-and-nobody-receives": picture(
        "s > xor1 > draft > xor2 > e; xor1 > other > xor2",
        READER,
        evolve(READER, id="other"),
        answers=FREE,
        documents=COPY,
    ),
    "no-database": case(evolve(CHECK, databases=()), SIGN),
    "a-machine-already": case(evolve(CHECK, task=TaskType.SERVICE), SIGN),
    "a-signature-is-no-check": case(evolve(SIGN, databases=(BASE,))),
}
