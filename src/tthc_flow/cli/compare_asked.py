"""What was asked of `tthc-flow compare`, for two files as for two folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.report.junit import junit
from tthc_flow.report.sarif import sarif
from tthc_flow.verbs.files import place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path
    from typing import Any

    from tthc_flow.measures.aggregate import AggregateMethod
    from tthc_flow.model.finding import Finding
    from tthc_flow.units import Convention

FOR_SCRIPTS: Final = frozenset({".sarif", ".xml"})


@frozen(kw_only=True)
class Asked:
    """The gates, the way many cuts are put into one figure, the language, how it is printed."""

    convention: Convention
    lang: str
    printed: str
    time: Fraction | None
    cost: Fraction | None
    no_new_findings: bool
    method: AggregateMethod


def saved_for_scripts(
    goal: Path, gates: Mapping[str, Sequence[Mapping[str, Any]]], new: Sequence[Finding], lang: str
) -> dict[str, str]:
    """Write the gates (of each file compared) as SARIF or JUnit, as the ending of *goal* says."""
    if goal.suffix.lower() == ".xml":
        name, content = "junit", junit(tuple(gates.items()))
    else:
        after, judged = next(iter(gates.items()))
        name, content = "sarif", sarif(new, after, lang, judged)
    return {name: str(place(goal.parent, {goal.name: content.encode()})[0])}
