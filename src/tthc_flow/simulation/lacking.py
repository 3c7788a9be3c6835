"""What is not known, but needed to simulate: by element, by role, by procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import NotRunnable
from tthc_flow.simulation.refused import called
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from tthc_flow.expected.known import Need
    from tthc_flow.model.finding import Finding


@frozen(kw_only=True)
class Lacking:
    """What is not known.

    *needs* are of elements; *teams* the roles whose people nobody counts; *nobody* the ids of steps
    that no role is named for; *dossiers* the numbers (0 first) of the procedures of which nobody
    says how many come; *refused* the elements that are not covered at all.
    """

    needs: tuple[Need, ...] = ()
    teams: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    dossiers: tuple[int, ...] = ()
    refused: tuple[Finding, ...] = ()

    @property
    def nothing(self) -> bool:
        """Return whether everything is known.

        Example:
            >>> Lacking().nothing
            True
        """
        return not (self.needs or self.teams or self.nobody or self.dossiers or self.refused)

    def error(self) -> FactsMissing:
        """Return TF432, which names all of it.

        Example:
            >>> print(Lacking(teams=("Chuyên viên",)).error().fact)
            not known: people of Chuyên viên
        """
        told = (
            *((each.what, each.element) for each in self.needs),
            *(("people", each) for each in self.teams),
            *(("performer", each) for each in self.nobody),
            *(("dossiers", str(each + 1)) for each in self.dossiers),
            *(("covered", f"{called(each)} ({each.code})") for each in self.refused),
        )
        words = [fact_words(f"simulate-fact-lack-{code}", at=at) for code, at in told]
        error = FactsMissing(
            "TF432",
            f"not known: {'; '.join(each['fact'] for each in words)}",
            fact_vi="; ".join(each["fact_vi"] for each in words),
            hint="state it in the file or with the call (times, shares, people, arrivals)",
        )
        error.lacking = self
        return error


class FactsMissing(NotRunnable):
    """Facts lack for a simulation (TF432): *lacking* holds them one by one."""

    lacking: Lacking = Lacking()
