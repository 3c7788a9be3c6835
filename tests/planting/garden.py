"""A random sound background in which nothing is waste, and the truth about what is put into it.

The work of the background is of kinds no lever looks at, by people who sign nothing; it says what
it reads and writes. Whoever plants something says so here: nothing is worked out by a lever.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from attrs import evolve, field, frozen

from blocks import Grower, Piece
from planting.steps import days, papers, step
from roster import AGENCY, ANSWERED, PROVINCE
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    GatewayKind,
    Outcome,
    Timer,
    TimerKind,
    Trigger,
)
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.procedure import Document, MessageFlow
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.proof.gates.questions import questions

CORE = "Core"
"""The one examination of every background: the first look at the dossier, which must stay."""
POOL, OWN_POOL = "Pool_applicant", "Pool_agency"
OTHERS = tuple(
    Performer(name=f"Chuyên viên {office}", role=Role.OFFICER, office=office, levels=PROVINCE)
    for office in ("Sở Xây dựng", "Sở Nội vụ", "Sở Tư pháp", "Chi cục Kiểm lâm")
)
OWN_RULE = (LegalBasis(document="QĐ 12/2025/QĐ-UBND", rank=LegalRank.PROVINCIAL),)


@frozen(kw_only=True)
class Planted:
    """What a plant put down: its parts in a row, the steps that should go, and what they rest on.

    *targets* are the steps that a candidate has to name; *span* those that it may name besides.
    *main* is the step that a trap is about, the last of *parts* being its own. *asks* are the
    questions that must be answered before the change may pass, and where they are asked.
    """

    parts: tuple[Piece, ...]
    targets: tuple[str, ...]
    main: str
    asks: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = field(default=())
    span: frozenset[str] = frozenset()

    @property
    def places(self) -> tuple[str, ...]:
        """Return the steps whose answers decide."""
        return self.asked_of or self.targets


class Garden(Grower):
    """Grows the background; plants are put where the growing block says so."""

    def __init__(self, rng: random.Random) -> None:
        """Start empty; in one of seven gardens no time is known."""
        super().__init__(rng, realistic=False)
        self.timed = rng.random() < 6 / 7
        self.answers: list[Answer] = []
        self.documents: list[Document] = []
        self.messages: list[MessageFlow] = []
        self.facts: dict[str, Any] = {}
        self.written: list[str] = []
        self.beds: list[Callable[[], Piece]] = []
        self.dossier = [self.component("Đơn đề nghị"), self.component("Bản vẽ")]

    # -- documents, people, answers

    def component(self, stem: str, **facts: Any) -> str:
        """Add a dossier component nobody else reads; return its name."""
        name = f"{stem} {len(self.documents) + 1}"
        self.documents.append(Document(name=name, **facts))
        return name

    def paper(self, stem: str) -> str:
        """Return the name of a document that some step writes."""
        self.written.append(f"{stem} {len(self.written) + 1}")
        return self.written[-1]

    def answer(self, question: str, place: str | None, *, passing: bool = True) -> None:
        """Answer *question* about the step *place*, with a source."""
        if question not in questions():
            return
        good = questions()[question].passes_on
        bad = Reply.NO if good is Reply.YES else Reply.YES
        self.answers.append(
            Answer(question=question, reply=good if passing else bad, step=place, source=ANSWERED)
        )

    def leave_open(self, question: str, place: str) -> None:
        """Say about *question* what decides nothing: no answer, no source, or "not known"."""
        good = questions()[question].passes_on
        match self.rng.randrange(5):
            case 0:
                self.answers.append(Answer(question=question, reply=good, step=place))
            case 1:
                nameless = Source(document=" ")
                self.answers.append(
                    Answer(question=question, reply=good, step=place, source=nameless)
                )
            case 2:
                reply = Reply.UNKNOWN
                self.answers.append(
                    Answer(question=question, reply=reply, step=place, source=ANSWERED)
                )
            case 3:
                other = Answer(
                    question=question, reply=good, step=place, source=ANSWERED, about="other work"
                )
                self.answers.append(other)
            case _:
                return

    # -- steps

    def work(
        self, kinds: str, who: Performer | None, time: float | StepTime = 1, **facts: Any
    ) -> Piece:
        """Add a step of *kinds* by *who*; it reads and writes nothing unless said."""
        name = self.fresh("Step")
        made = step(name, kinds, who, time if isinstance(time, StepTime) else self.takes(time))
        return (self.add(evolve(made, **facts)),) * 2

    def takes(self, amount: str | float) -> StepTime:
        """Return *amount* working days, unknown where no time of this garden is known."""
        return days(amount if self.timed else None)

    def change(self, id_: str, **facts: Any) -> None:
        """Change the facts of the step *id_*."""
        place = next(place for place, node in enumerate(self.nodes) if node.id == id_)
        self.nodes[place] = evolve(self.at(id_), **facts)

    def at(self, id_: str) -> Step:
        """Return the step *id_*."""
        found = next(node for node in self.nodes if node.id == id_)
        assert isinstance(found, Step)
        return found

    def reads(self, id_: str) -> frozenset[str]:
        """Return what the step *id_* reads."""
        return self.at(id_).reads or frozenset()

    def writes(self, id_: str) -> frozenset[str]:
        """Return what the step *id_* writes."""
        return self.at(id_).writes or frozenset()

    def step(self, *_kinds: StepKind, **fixed: object) -> Piece:
        """Add a step that no lever looks at."""
        rng = self.rng
        name = self.fresh("Step")
        reads = set(rng.sample(self.dossier, rng.randint(0, 2)))
        own = {self.paper("Dự thảo")} if rng.random() < 0.4 else set()
        facts: dict[str, Any] = {"reads": frozenset(reads), "writes": frozenset(own), **fixed}
        if rng.random() < 0.2:
            made = step(name, "other", None, self.takes(0), **facts)
            made = evolve(made, name=f"Ghi nhận trên hệ thống {name}", task=TaskType.SERVICE)
        else:
            who, kinds = rng.choice(OTHERS), rng.choice(("draft", "draft", "other"))
            made = step(name, kinds, who, self.takes(rng.choice(("0.5", "1", "2", "3"))), **facts)
            made = evolve(made, name=f"Dự thảo văn bản {name}")
        return (self.add(made),) * 2

    def reader(self, *documents: str) -> Piece:
        """Add a step of the background that reads *documents*."""
        who = self.rng.choice(OTHERS)
        return self.work("draft", who, 1, reads=papers(*documents), name="Dự thảo văn bản")

    def either(self) -> Piece:
        """Add a choice between two ways, one of which may be empty."""
        other = self.step() if self.rng.random() < 0.5 else None
        return self.block(GatewayKind.EXCLUSIVE, [self.step(), other])

    # -- blocks

    def one_block(self, size: int, depth: int) -> Piece:
        """Grow one block; some hold a plant, some carry a boundary timer."""
        if self.beds and self.rng.random() < 0.4:
            bed = self.beds.pop()
            return self.row(self.step(), bed(), self.step())
        if size > 1 and self.rng.random() < 0.12:
            return self.guarded(size, depth)
        return super().one_block(size, depth)

    def end(self, outcome: Outcome) -> str:
        """Add an end event; a refusal is signed before it goes out, as the law has it."""
        end = super().end(outcome)
        if outcome is not Outcome.REFUSE:
            return end
        sign = self.work("sign", AGENCY["head"], 1, name="Ký văn bản từ chối")
        self.join(sign[1], end)
        return sign[0]

    def guarded(self, size: int, depth: int) -> Piece:
        """Add work with a boundary timer that leads round it to the same place."""
        wide = depth < 3 and self.rng.random() < 0.5
        host = self.inside(size, depth)[0] if wide else self.step()[0]
        late = self.add(
            Event(
                id=self.fresh("Late"),
                position=EventPosition.BOUNDARY,
                trigger=Trigger.TIMER,
                attached_to=host,
                timer=Timer(kind=TimerKind.DURATION, text="P5D"),
            )
        )
        instead = self.step()
        on = self.gateway(GatewayKind.EXCLUSIVE)
        self.join(host, on)
        self.join(late, instead[0])
        self.join(instead[1], on)
        return host, on

    def tell_applicant(self, source: str) -> None:
        """Let the step *source* send a message to the applicant."""
        number = len(self.messages) + 1
        self.messages.append(
            MessageFlow(id=f"Message_{number}", source=source, target=POOL, name="Thông báo")
        )

    def waits(self, title: str, time: StepTime = StepTime()) -> Piece:
        """Add a message event in which the case waits."""
        event = Event(
            id=self.fresh("Wait"),
            position=EventPosition.CATCH,
            trigger=Trigger.MESSAGE,
            name=title,
            time=time,
        )
        return (self.add(event),) * 2
