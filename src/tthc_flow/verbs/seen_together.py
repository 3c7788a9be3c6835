"""What a portfolio shows that no procedure shows alone, as values and as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import asdict, frozen

from tthc_flow.measures.differences import sentence

if TYPE_CHECKING:
    from tthc_flow.portfolio.lighter import Lighter
    from tthc_flow.portfolio.shared import AskedAgain, InspectedAgain
    from tthc_flow.portfolio.twins import Twins


@frozen(kw_only=True)
class SeenTogether:
    """What a portfolio shows that no procedure shows alone.

    *lighter* tells for each of *groups* what its members would change to be as the lightest is: of
    as many groups as were asked for, where the source is known. *absent* are the files of these
    that the source does not have, or not with their process: nothing is told of them.
    """

    groups: tuple[Twins, ...]
    lighter: tuple[tuple[Lighter, ...], ...]
    asked: tuple[AskedAgain, ...]
    inspected: tuple[InspectedAgain, ...]
    absent: tuple[str, ...] = ()

    def record(self, lang: str) -> dict[str, Any]:
        """Return all of it as plain data, the changes as sentences in *lang*."""
        return {
            "groups": [
                {
                    **asdict(group),
                    "lighter": [
                        {"key": e.key, "changes": [sentence(c, lang) for c in e.changes]}
                        for e in own
                    ],
                }
                for group, own in zip(self.groups, self.lighter, strict=True)
            ],
            "asked_again": [asdict(each) for each in self.asked],
            "inspected_again": [asdict(each) for each in self.inspected],
            "absent": list(self.absent),
        }
