"""The papers of a comparison: the page that steps through it, pictures, text and record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.layout.fresh import lay_out
from tthc_flow.picture.before_after import Side, before_after
from tthc_flow.picture.svg import document, pane
from tthc_flow.report.comparing import comparing
from tthc_flow.report.focus import focuses
from tthc_flow.report.markdown import markdown
from tthc_flow.report.marks import marks
from tthc_flow.report.record import SCHEMA_VERSION, of_comparison
from tthc_flow.report.side_by_side import side_by_side
from tthc_flow.report.texts import text
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import spoken

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure

COMPARE_NAMES: Final = {
    "page": "compare.html",
    "svg_before": "before.svg",
    "svg_after": "after.svg",
    "svg_both": "before-after.svg",
    "markdown": "compare.md",
    "record": "compare.json",
}

ALONE: Final = {".html": "page", ".svg": "svg_both", ".md": "markdown", ".json": "record"}
"""The paper that a file of that ending is."""


def comparison_record(found: Comparison, lang: str = "vi") -> dict[str, Any]:
    """Return the record of *found*, as ``compare --json`` prints it."""
    whole = {"schema_version": SCHEMA_VERSION, "command": "compare"}
    return {**whole, **of_comparison(found, spoken(lang))}


def compare_papers(found: Comparison, lang: str = "vi", *, alone: bool = False) -> dict[str, bytes]:
    """Return every paper of *found* by its name in ``COMPARE_NAMES``, ready to be written.

    A side that is not drawn, or not wholly, is laid out anew.

    Args:
        found: What :func:`~tthc_flow.verbs.compare.compare` returned.
        lang: ``vi`` or ``en``.
        alone: Whether the text stands without the pictures beside it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.verbs.compare import compare
        >>> one = Procedure(flow=Flow(id="p"))
        >>> sorted(compare_papers(compare(one, one)))
        ['markdown', 'page', 'record', 'svg_after', 'svg_before', 'svg_both']

    Source: papers of a group review; a reviewer of a pull request reads the text.
    """
    record = comparison_record(found, lang)
    after = found.procedures[1]
    name = after.name or after.flow.name or after.flow.id
    pictures = _pictures(found, name, lang)
    told = comparing(record, name, lang, pictures=not alone)
    page = side_by_side(record, name, pictures, focuses(found), lang)
    whole = {**record, "gates": [], "files": COMPARE_NAMES}
    return {
        "page": page.encode(),
        **{each: picture.encode() for each, picture in pictures.items()},
        "markdown": markdown(told, COMPARE_NAMES).encode(),
        "record": json.dumps(whole, ensure_ascii=False, indent=2).encode(),
    }


def _pictures(found: Comparison, name: str, lang: str) -> dict[str, str]:
    marked = marks(found.changes)
    sides = [
        Side(procedure=each, drawing=_drawn(each, drawings), title=text(side, lang), marks=seen)
        for side, each, drawings, seen in zip(
            ("before", "after"), found.procedures, found.drawings, marked, strict=True
        )
    ]
    alone = [
        document(
            pane(each.procedure, each.drawing, marks=each.marks, legend=False, lang=lang),
            f"{name}: {each.title}",
        )
        for each in sides
    ]
    return {
        "svg_before": alone[0],
        "svg_after": alone[1],
        "svg_both": before_after(*sides, title=name, lang=lang),
    }


def _drawn(procedure: Procedure, drawings: Sequence[Drawing]) -> Drawing:
    """Return the diagram that draws all of *procedure* outside its sub-processes, or a new one."""
    wanted = {node.id for node in procedure.flow.nodes if node.scope is None}
    whole = (each for each in drawings if wanted <= each.shapes.keys())
    return next(whole, None) or lay_out(procedure)


def save_comparison(
    found: Comparison, where: str | os.PathLike[str], lang: str = "vi"
) -> dict[str, str]:
    """Write the papers of *found*: all of them into a folder, or the one that an ending names.

    Args:
        found: What :func:`~tthc_flow.verbs.compare.compare` returned.
        where: A folder, or a file that ends in .html, .svg, .md or .json.
        lang: ``vi`` or ``en``.

    Returns:
        The path of each paper by its name.

    Raises:
        CannotWrite: TF601 where the place cannot be written; nothing is left half-written.

    Example:
        >>> import tempfile
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.verbs.compare import compare
        >>> same = compare(Procedure(flow=Flow(id="p")), Procedure(flow=Flow(id="p")))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     list(save_comparison(same, f"{folder}/khac-biet.html"))
        ['page']

    Source: names of the papers of a group review.
    """
    goal = Path(where)
    wanted = ALONE.get(goal.suffix.lower())
    made = compare_papers(found, lang, alone=wanted is not None)
    if wanted is not None:
        return {wanted: str(place(goal.parent, {goal.name: made[wanted]})[0])}
    paths = place(goal, {COMPARE_NAMES[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}
