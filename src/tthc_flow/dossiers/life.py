"""A dossier as a whole: suspended, resumed, withdrawn, cancelled; its clock stopped, extended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, evolve

from tthc_flow.dossiers.arguments import may_be, must_be
from tthc_flow.dossiers.keeping import OPEN
from tthc_flow.dossiers.texts import must_be_kept
from tthc_flow.dossiers.turn import Act, Move, Turn
from tthc_flow.dossiers.waiting import BESIDE
from tthc_flow.errors import BadQuantity, StoreFault
from tthc_flow.moments import moment_of, text_of
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from tthc_flow.dossiers.kept import Dossier
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.store.database import Connection


@define
class Life:
    """What is done to a dossier as a whole; each is one step with its reason.

    Every call returns the dossier as it is then, may join the caller's transaction, and raises
    ``StoreFault`` TF706 where there is no such dossier, TF709 where its status does not allow it,
    TF724 where it is not said who does it, or why.
    """

    _steps: Steps

    def suspend(
        self, dossier: str, *, by: str, reason: str, connection: Connection | None = None
    ) -> Dossier:
        """Let nothing happen to *dossier*, by people or by itself; the legal clock goes on."""
        move = _because("suspend", by, reason)

        def act(turn: Turn) -> None:
            turn.status = "suspended"
            for key, job in turn.held.jobs.items():
                if job.status == "due" and job.kind not in BESIDE:
                    turn.jobs[key] = evolve(job, status="held")

        return self._steps.made(dossier, move, act, connection)

    def resume(
        self,
        dossier: str,
        *,
        by: str,
        reason: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Let *dossier*, which was suspended, go on; what came due meanwhile is due now."""
        move = Move(kind="resume", by=by, reason=reason)

        def act(turn: Turn) -> None:
            turn.status = "running"
            for key, job in turn.held.jobs.items():
                if job.status == "held":
                    turn.jobs[key] = evolve(job, status="due")

        return self._steps.made(dossier, move, act, connection, among=("suspended",))

    def cancel(
        self, dossier: str, *, by: str, reason: str, connection: Connection | None = None
    ) -> Dossier:
        """End *dossier* by the agency, for *reason*; what it called ends with it."""
        move = _because("cancel", by, reason)
        return self._steps.made(dossier, move, _ends("cancelled"), connection, among=OPEN)

    def withdraw(
        self, dossier: str, *, by: str, reason: str, connection: Connection | None = None
    ) -> Dossier:
        """End *dossier* because the applicant takes it back."""
        move = _because("withdraw", by, reason)
        return self._steps.made(dossier, move, _ends("withdrawn"), connection, among=OPEN)

    def stop_clock(
        self, dossier: str, *, by: str, reason: str, connection: Connection | None = None
    ) -> Dossier:
        """Let the legal clock stand still, e.g. while the applicant pays.

        Raises:
            StoreFault: TF714 where somebody has stopped it already.
        """
        move = _because("stop_clock", by, reason)

        def act(turn: Turn) -> None:
            if turn.clock.stands(by_step=False):
                hint = "let it go on first"
                raise StoreFault("TF714", "the clock stands already", place=dossier, hint=hint)
            turn.clock = turn.clock.stopped(turn.now, reason)

        return self._steps.made(dossier, move, act, connection, among=OPEN)

    def restart_clock(
        self,
        dossier: str,
        *,
        by: str,
        reason: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Let the clock go on that somebody stopped; a step that stops it still does.

        Raises:
            StoreFault: TF714 where nobody has stopped it.
        """
        move = Move(kind="restart_clock", by=by, reason=reason)

        def act(turn: Turn) -> None:
            if not turn.clock.stands(by_step=False):
                hint = "look at its history"
                raise StoreFault("TF714", "nobody has stopped the clock", place=dossier, hint=hint)
            turn.clock = turn.clock.resumed(turn.now, by_step=False)

        return self._steps.made(dossier, move, act, connection, among=OPEN)

    def extend(
        self,
        dossier: str,
        time: Duration,
        *,
        by: str,
        reason: str,
        apology: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Give *dossier* more time, counted from when it was due; *apology* names the letter.

        The outbox gets a letter ``extended`` with the old and the new date, to be sent to the
        applicant.

        Raises:
            StoreFault: TF715 where the dossier has no due date that could be extended, TF727 where
                *time* gives it no later one.
            BadQuantity: TF107 for a bare "ngày" that the deadlines do not say the meaning of.
        """
        must_be(Duration, time=time)
        may_be(str, apology=apology)
        must_be_kept("apology", apology)
        move = _because("extend", by, reason)

        def act(turn: Turn) -> None:
            deadlines = self._steps.office.deadlines
            was = turn.held.row.due_at
            if was is None or deadlines is None:
                hint = "give the dossier a limit, or let its clock go on first"
                raise StoreFault("TF715", "the dossier has no due date", place=dossier, hint=hint)
            turn.clock = evolve(turn.clock, extended=(*turn.clock.extended, time))
            end = deadlines.end(moment_of(turn.held.row.started_at), turn.clock)
            if end is None:
                raise BadQuantity.bare_day()
            if end <= moment_of(was):
                fact = f"the dossier would be due at {text_of(end)} as it is now"
                raise StoreFault("TF727", fact, place=dossier, hint="give a longer time")
            said = {
                "due_before": was,
                "due_after": text_of(end),
                "reason": reason,
                "apology": apology,
            }
            turn.said |= {"extended": said}
            turn.sent.append(("extended", said))

        return self._steps.made(dossier, move, act, connection, among=OPEN)


def _because(kind: str, by: str, reason: str) -> Move:
    """Return the move of this *kind*, which has to have a reason."""
    must_be(str, reason=reason)
    if not reason.strip():
        hint = "say why, e.g. reason='Bão'"
        raise StoreFault("TF724", f"no reason is said to {kind} it", place="reason", hint=hint)
    return Move(kind=kind, by=by, reason=reason)


def _ends(status: str) -> Act:
    def act(turn: Turn) -> None:
        turn.status = status

    return act
