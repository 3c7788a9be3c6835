"""A proposal put to the test by simulation: its figures, what lacks for them, what was barred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.lever import Verdict
from tthc_flow.simulation.gate import judged

if TYPE_CHECKING:
    from tthc_flow.model.lever import Precondition
    from tthc_flow.simulation.gate import Excess
    from tthc_flow.simulation.lacking import Lacking
    from tthc_flow.simulation.simulation import Simulation


@frozen(kw_only=True)
class Barred:
    """A candidate that was taken out of a plan, with the condition that it fails.

    *together* are the candidates along with which alone it brings too much: any of them could have
    gone instead, and gains more.
    """

    candidate: str
    condition: Precondition
    together: tuple[str, ...] = ()


@frozen(kw_only=True)
class Trial:
    """What came of simulating a proposal.

    *found* is ``None`` where facts lack, which *lacking* names; *no_limit* says that a late share
    was asked about and no time limit is known. *barred* are the candidates that were taken out,
    in this order; *remaining* is what the plan still raises above its
    limit, as no change of choice in it brings that. *late_share* is what was asked for.
    """

    found: Simulation | None
    lacking: Lacking | None = None
    no_limit: bool = False
    barred: tuple[Barred, ...] = ()
    remaining: tuple[Excess, ...] = ()
    late_share: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Return whether all that was asked is kept; ``UNKNOWN`` where nobody can tell.

        That no case was late does not say that none would be: the interval has to keep the share.

        Example:
            >>> Trial(found=None).verdict.value
            'unknown'
        """
        above = {each.verdict for each in self.remaining}
        late = None if self.found is None else (self.found.after or self.found.before).cases[0].late
        if self.late_share is not None and late is not None:
            above.add(judged(late, self.late_share))
        if Verdict.FAIL in above:
            return Verdict.FAIL
        open_ = self.found is None or self.no_limit or Verdict.UNKNOWN in above
        return Verdict.UNKNOWN if open_ else Verdict.PASS

    @property
    def held(self) -> bool:
        """Return whether all that was asked is known and kept: nothing open, nothing above.

        Example:
            >>> Trial(found=None).held
            False
        """
        return self.verdict is Verdict.PASS
