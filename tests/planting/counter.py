"""The counter and the post, and data that the state holds already."""

from __future__ import annotations

from attrs import evolve

from blocks import Piece
from planting.garden import CORE, Garden, Planted
from planting.handling import also_examines
from planting.plant import Ground, Plant
from planting.steps import APPLICANT, days, papers
from planting.traps import (
    answered,
    branch,
    decides,
    law,
    mandatory,
    read_later,
    rejects,
    separate,
)
from roster import AGENCY, CONSULTED, ONE_STOP
from tthc_flow.model.step import Database, TaskType

CONNECTED = ("database-connected", "data-authoritative")
BASE = "CSDL quốc gia về dân cư"


def _one(piece: Piece, *asks: str) -> Planted:
    return Planted(parts=(piece,), targets=(piece[0],), main=piece[0], asks=asks)


# -- data that the state holds


def known_data(garden: Garden) -> Planted:
    document = garden.component("Căn cước", known_in=BASE)
    bases = (Database(name=BASE, connected=True, authoritative=True),)
    kinds = garden.rng.choice(("examine", "opinion"))
    who = AGENCY["officer"] if kinds == "examine" else CONSULTED[1]
    own = garden.work(kinds, who, 2, reads=papers(document), databases=bases)
    return _one(own, "rule-names-the-step", "paper-original-required")


def known_by_answer(garden: Garden) -> Planted:
    """Whether the database is connected and stands for the paper has to be asked."""
    planted = known_data(garden)
    garden.change(planted.main, databases=(Database(name=BASE),))
    return evolve(planted, asks=(*planted.asks, *CONNECTED))


def _read_twice(garden: Garden, document: str) -> Piece:
    """Let the first examination read *document*, and a later step."""
    garden.change(CORE, reads=garden.reads(CORE) | {document})
    return garden.reader(document, garden.dossier[0])


def known_component(garden: Garden) -> Planted:
    """The applicant hands in a paper that a database holds."""
    document = garden.component("Giấy khai sinh", known_in=BASE)
    own = _read_twice(garden, document)
    asks = ("document-demanded-by-rule", *CONNECTED, "original-handed-in")
    return Planted(parts=(own,), targets=(document,), main=own[0], asks=asks)


def component_of_a_copy(garden: Garden) -> Planted:
    """That it may be a copy is stated, so that nobody has to be asked about it."""
    document = garden.component("Đăng ký kinh doanh", known_in=BASE, original=False)
    own = _read_twice(garden, document)
    asks = ("document-demanded-by-rule", *CONNECTED)
    return Planted(parts=(own,), targets=(document,), main=own[0], asks=asks)


def held_in_part(garden: Garden, planted: Planted) -> Planted:
    """The database holds one of the two documents, and so it was answered."""
    more = papers(garden.component("Bản vẽ hoàn công"))
    garden.change(planted.main, reads=garden.reads(planted.main) | more)
    garden.answer("database-holds-all", planted.main, passing=False)
    return planted


def not_authoritative(garden: Garden, planted: Planted) -> Planted:
    """What the database says does not stand for the paper."""
    base = Database(name=BASE, connected=True, authoritative=False)
    garden.change(planted.main, databases=(base,))
    return planted


def not_connected(garden: Garden, planted: Planted) -> Planted:
    """The database cannot be asked."""
    garden.change(planted.main, databases=(Database(name=BASE, connected=False),))
    return planted


# -- the counter


def receipt(garden: Garden) -> Planted:
    return _one(garden.work("receive", ONE_STOP, 0.5), "identity-checked-in-person")


def handing_over(garden: Garden) -> Planted:
    return _one(garden.work("return", ONE_STOP, 0.5), "identity-checked-in-person")


def bound_receipt(garden: Garden) -> Planted:
    return _one(garden.work("receive", ONE_STOP, 0.5), "site-bound-by-law")


def visit_to_submit(garden: Garden) -> Planted:
    own = garden.work("receive", ONE_STOP, 0.5, applicant_visit=True)
    return _one(own, "original-handed-in")


def visit_to_add(garden: Garden) -> Planted:
    time = evolve(days(3), counted=False)
    own = garden.work("supplement", APPLICANT, time=time, applicant_visit=True)
    return _one(own, "original-handed-in")


def visit_to_pay(garden: Garden) -> Planted:
    time = evolve(days(1), counted=False)
    own = garden.work("payment", APPLICANT, time=time, applicant_visit=True)
    return _one(own, "paper-original-required")


def visit_to_fetch(garden: Garden) -> Planted:
    own = garden.work("return", ONE_STOP, 0.5, applicant_visit=True)
    return _one(own, "paper-original-required")


def online_already(garden: Garden, planted: Planted) -> Planted:
    """Nobody comes for it."""
    garden.change(planted.main, applicant_visit=False, paper=False)
    return planted


def no_counter(garden: Garden, planted: Planted) -> Planted:
    """It is a machine's work already."""
    garden.change(planted.main, task=TaskType.SERVICE)
    return planted


_REUSE = (
    law,
    mandatory,
    separate,
    rejects,
    decides,
    read_later,
    branch,
    held_in_part,
    not_authoritative,
    not_connected,
    answered("rule-names-the-step"),
    answered("paper-original-required"),
)
_POST = (decides, also_examines, no_counter, answered("identity-checked-in-person"))
_PLACE = (also_examines, no_counter, answered("site-bound-by-law"))
COUNTER = (
    *(
        Plant(
            lever="reuse_known_data",
            name=build.__name__,
            build=build,
            traps=_REUSE,
            besides=frozenset({"inspect_afterwards", "drop_idle_consultation"}),
        )
        for build in (known_data, known_by_answer)
    ),
    *(
        Plant(
            lever="reuse_known_data",
            name=build.__name__,
            build=build,
            traps=tuple(map(answered, asks)),
        )
        for build, asks in (
            (known_component, ("document-demanded-by-rule", "original-handed-in")),
            (component_of_a_copy, ("document-demanded-by-rule", *CONNECTED)),
        )
    ),
    *(
        Plant(
            lever=lever,
            name=build.__name__,
            build=build,
            traps=traps,
            ground=Ground.DOOR,
            bed="door",
        )
        for lever, build, traps in (
            ("post_by_courier", receipt, _POST),
            ("receive_anywhere", bound_receipt, _PLACE),
            ("go_online", visit_to_submit, (online_already, answered("original-handed-in"))),
        )
    ),
    *(
        Plant(
            lever=lever,
            name=build.__name__,
            build=build,
            traps=traps,
            ground=Ground.EXIT,
            bed="exit",
        )
        for lever, build, traps in (
            ("post_by_courier", handing_over, _POST),
            ("go_online", visit_to_fetch, (online_already, answered("paper-original-required"))),
        )
    ),
    *(
        Plant(
            lever="go_online",
            name=build.__name__,
            build=build,
            traps=(online_already, answered(asks)),
        )
        for build, asks in (
            (visit_to_add, "original-handed-in"),
            (visit_to_pay, "paper-original-required"),
        )
    ),
)
