"""Opinions: the idle one, those asked for one after another, the superior asked beforehand."""

from __future__ import annotations

from attrs import evolve

from planting.garden import OTHERS, Garden, Planted
from planting.plant import Plant
from planting.steps import papers
from planting.traps import (
    answered,
    branch,
    decides,
    law,
    mandatory,
    read_later,
    rejects,
    separate,
    told,
)
from roster import AGENCY, CONSULTED, OFFICE
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.step import Loop, StepKind

LAW = ("consulted-body-named-by-law",)


def _idle(garden: Garden, *row: tuple[str, Performer]) -> Planted:
    parts = tuple(garden.work(kinds, who, 3) for kinds, who in row)
    ids = tuple(part[0] for part in parts)
    return Planted(parts=parts, targets=ids, main=ids[-1], asks=LAW)


def idle_pair(garden: Garden) -> Planted:
    body = garden.rng.choice(CONSULTED)
    return _idle(garden, ("consult", AGENCY["officer"]), ("opinion", body))


def idle_row(garden: Garden) -> Planted:
    """One row asks and waits."""
    return _idle(garden, ("consult opinion", AGENCY["officer"]))


def idle_signed(garden: Garden) -> Planted:
    """The request is looked at and signed before it goes out."""
    body = garden.rng.choice(CONSULTED)
    request = (("consult draft", AGENCY["officer"]), ("review", AGENCY["division"]))
    return _idle(garden, *request, ("sign", AGENCY["head"]), ("opinion", body))


def idle_many(garden: Garden) -> Planted:
    """One opinion step for several bodies at once."""
    planted = idle_pair(garden)
    garden.change(planted.main, loop=Loop(multi_instance=True))
    return planted


def idle_counted(garden: Garden) -> Planted:
    """The body was never against."""
    planted = idle_pair(garden)
    garden.change(planted.main, checked=garden.rng.randint(400, 900), rejected=0)
    return planted


def idle_event(garden: Garden) -> Planted:
    """The wait for the answer is drawn as a message event."""
    ask = garden.work("consult", AGENCY["officer"], 1)
    wait = garden.waits("Chờ văn bản trả lời ý kiến", garden.takes(7))
    return Planted(
        parts=(ask, wait), targets=(ask[0], wait[0]), main=ask[0], asks=LAW, asked_of=(ask[0],)
    )


def put_together(garden: Garden, planted: Planted) -> Planted:
    """A later step puts the opinions together."""
    who = garden.rng.choice(OTHERS)
    later = garden.work("draft", who, 1, name="Tổng hợp ý kiến, dự thảo văn bản")
    return evolve(planted, parts=(*planted.parts, garden.step(), later))


def waited_for(garden: Garden, planted: Planted) -> Planted:
    """A message event that stays waits for the answer."""
    return evolve(planted, parts=(*planted.parts, garden.waits("Nhận văn bản trả lời")))


def _opinions(garden: Garden, *, pairs: bool, count: int) -> Planted:
    """Put *count* opinions one after another, each used by a later step."""
    bodies = garden.rng.sample(CONSULTED, count)
    parts, used = [], []
    for body in bodies:
        if pairs:
            parts.append(garden.work("consult", AGENCY["officer"], 0.5))
        used.append(garden.paper("Văn bản góp ý"))
        took = garden.rng.choice((3, 5, 7))
        parts.append(garden.work("opinion", body, took, writes=papers(used[-1])))
    opinions = tuple(part[0] for part in parts if StepKind.OPINION in garden.at(part[0]).kinds)
    return Planted(
        parts=(*parts, garden.reader(*used)),
        targets=opinions,
        main=opinions[-1],
        asks=("legally-ordered",),
        span=frozenset(part[0] for part in parts),
    )


def one_by_one(garden: Garden) -> Planted:
    return _opinions(garden, pairs=False, count=garden.rng.randint(2, 3))


def asked_one_by_one(garden: Garden) -> Planted:
    return _opinions(garden, pairs=True, count=garden.rng.randint(2, 3))


def several_in_one_row(garden: Garden) -> Planted:
    """One row names several bodies, which are asked one after another."""
    names = [body.name for body in garden.rng.sample(CONSULTED[:2], 2)]
    who = Performer(name=" và ".join(names), role=Role.CONSULTED_AGENCY)
    used = garden.paper("Văn bản góp ý")
    row = garden.work(garden.rng.choice(("opinion", "consult opinion")), who, 9)
    garden.change(row[0], writes=papers(used))
    asks = ("asked-one-after-another", "legally-ordered", "one-opinion-needs-the-other")
    parts = (row, garden.reader(used))
    return Planted(parts=parts, targets=(row[0],), main=row[0], asks=asks)


def each_needs_the_last(garden: Garden, planted: Planted) -> Planted:
    """Every body reads what those before it wrote."""
    written: frozenset[str] = frozenset()
    for id_ in planted.targets:
        garden.change(id_, reads=written)
        written |= garden.writes(id_)
    return planted


def each_turns_away(garden: Garden, planted: Planted) -> Planted:
    """Each body is often against: asking the next at the same time would be in vain."""
    for id_ in planted.targets:
        garden.change(id_, checked=200, rejected=80)
    return planted


def each_decides(garden: Garden, planted: Planted) -> Planted:
    """A branch stands on every answer."""
    parts = []
    for part in planted.parts:
        parts += [part, garden.either()] if part[0] in planted.targets else [part]
    return evolve(planted, parts=tuple(parts))


def _asking(garden: Garden, asker: str, *answers: tuple[str, Performer]) -> Planted:
    ask = garden.work("ask_superior", AGENCY[asker], 1)
    row = [garden.work(kinds, who, 3) for kinds, who in answers]
    own = garden.work("sign", AGENCY["head"], 1)
    going = tuple(part[0] for part in (ask, *row))
    return Planted(
        parts=(ask, *row, own),
        targets=going,
        main=going[-1],
        asks=("superior-named-by-law",),
    )


def superior_asked(garden: Garden) -> Planted:
    return _asking(garden, "head", ("opinion", OFFICE["chair"]))


def superior_answers_late(garden: Garden) -> Planted:
    return _asking(garden, "officer", ("review", OFFICE["officer"]), ("opinion", OFFICE["head"]))


def superior_in_one_row(garden: Garden) -> Planted:
    return _asking(garden, "head")


def looked_at_between(garden: Garden) -> Planted:
    """Then the agency drafts; its division may send the draft back to the drafter."""
    planted = superior_asked(garden)
    *asked, own = planted.parts
    draft = garden.work("draft", AGENCY["officer"], 1)
    look = garden.reworked(garden.row(draft, garden.work("review", AGENCY["division"], 1)))
    return evolve(planted, parts=(*asked, look, own))


def signed_above(garden: Garden, planted: Planted) -> Planted:
    """The superior signs after the agency: it decides."""
    above = garden.work("sign", OFFICE["chair"], 2)
    return evolve(planted, parts=(*planted.parts, garden.step(), above))


def answer_sways(garden: Garden, planted: Planted) -> Planted:
    """A branch stands on the superior's answer."""
    *row, own = planted.parts
    return evolve(planted, parts=(*row, garden.either(), own))


def refused_by_superior(garden: Garden, planted: Planted) -> Planted:
    """The superior's answer is a refusal often enough."""
    garden.change(planted.main, checked=100, rejected=20)
    return planted


_IDLE = (
    law,
    mandatory,
    separate,
    rejects,
    decides,
    read_later,
    branch,
    told,
    put_together,
    waited_for,
    answered("consulted-body-named-by-law"),
    answered("answer-is-used"),
)
_ROW = (each_needs_the_last, each_turns_away, each_decides, answered("legally-ordered"))
_SUPERIOR = (
    law,
    mandatory,
    separate,
    decides,
    answer_sways,
    refused_by_superior,
    signed_above,
    answered("superior-named-by-law"),
)
CONSULTING = (
    *(
        Plant(
            lever="drop_idle_consultation", name=build.__name__, build=build, traps=_IDLE, bed=bed
        )
        for build, bed in (
            (idle_pair, None),
            (idle_row, None),
            (idle_signed, "registry"),
            (idle_many, None),
            (idle_counted, None),
        )
    ),
    Plant(
        lever="drop_idle_consultation",
        name="idle_event",
        build=idle_event,
        traps=(law, mandatory, separate, put_together, answered("consulted-body-named-by-law")),
    ),
    *(
        Plant(lever="consult_in_parallel", name=build.__name__, build=build, traps=_ROW)
        for build in (one_by_one, asked_one_by_one)
    ),
    Plant(
        lever="consult_in_parallel",
        name="several_in_one_row",
        build=several_in_one_row,
        traps=(answered("legally-ordered"), answered("one-opinion-needs-the-other")),
    ),
    *(
        Plant(
            lever="decide_then_report",
            name=build.__name__,
            build=build,
            traps=_SUPERIOR,
            bed="signature",
        )
        for build in (superior_asked, superior_answers_late, superior_in_one_row, looked_at_between)
    ),
)
