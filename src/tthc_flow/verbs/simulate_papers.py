"""The papers of a simulation: a page with plots, and the record that it is drawn from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tthc_flow.report.record import SCHEMA_VERSION
from tthc_flow.report.simulation.page import simulation_page
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import spoken

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from tthc_flow.simulation.simulation import Simulation

NAMES: Final = {"page": "mo-phong.html", "record": "mo-phong.json"}


def simulation_papers(found: Simulation, lang: str = "vi") -> dict[str, bytes]:
    """Return the papers of a simulation by their names in ``NAMES``: the page and its record.

    The page asks no network and has no script; its figures are those of the record.

    Args:
        found: What :func:`~tthc_flow.verbs.simulate.simulate` returned.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.verbs.simulate import simulate
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><laneSet><lane id="L" name="Chuyen vien"><flowNodeRef>A</flowNodeRef>
        ... </lane></laneSet><task id="A" name="Ky"/></process></definitions>'''
        >>> papers = simulation_papers(simulate(text, cases=300, people={"Chuyen vien": 1},
        ...                            arrivals=500, times={"A": "1 giờ làm việc"}))
        >>> sorted(papers), papers["page"].count(b"<svg"), b"<script" in papers["page"]
        (['page', 'record'], 6, False)

    Source: see :mod:`tthc_flow.simulation`.
    """
    lang = spoken(lang)
    record = of_simulation(found, lang)
    whole = {"schema_version": SCHEMA_VERSION, "command": "simulate", **record}
    return {
        "page": simulation_page(record, lang, found.late_share).encode(),
        "record": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
    }


def save_simulation(made: Mapping[str, bytes], folder: str | os.PathLike[str]) -> dict[str, str]:
    """Write such papers into *folder*, whole or not at all; return the path of each.

    Raises:
        CannotWrite: TF601 where the place cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     save_simulation({"page": b"x"}, where)["page"].endswith("mo-phong.html")
        True

    Source: as for the papers of a proposal.
    """
    paths = place(folder, {NAMES[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}
