"""The figures of a cost as cells for staff, with the evidence and source of each beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report import figures
from tthc_flow.report.excel.cells import Cell, number, say, words
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.procedure import CostMethod


def entered(given: Mapping[str, Any] | None, kind: str) -> Cell:
    """Return an input that staff may correct, or an empty cell for them to fill in.

    Example:
        >>> entered({"value": 40000}, "money").value, entered(None, "money").value
        (40000, None)
    """
    return number(None if given is None else given["value"], kind, entry=True)


def grounds(given: Iterable[tuple[str, Any]], lang: str) -> list[Cell]:
    """Return two cells: evidence and sources of the figures that are there, each by its name."""
    known = [(name, each) for name, each in given if each is not None]
    evidence, sources = dict[str, None](), dict[str, None]()
    for name, each in known:
        kind = text(f"evidence-{each['evidence']}", lang)
        evidence[f"{name}: {kind}"] = None
        sources[f"{name}: {figures.source_words(each['source'], lang)}"] = None
    return [words("; ".join(evidence)), words("; ".join(sources))]


def doubts(plan: Mapping[str, Any], method: CostMethod, lang: str) -> str:
    """Return what is missing for a cost, and where before and after are not alike."""
    gain = next(each for each in plan["benefits"] if each["method"] == method)
    return " ".join(
        say(code, lang, names="; ".join(figures.input_words(each, lang) for each in names))
        for code, names in (("cost-missing", gain["missing"]), ("cost-unlike", gain["unlike"]))
        if names
    )


def by_method(sides: Iterable[Mapping[str, Any]], method: CostMethod) -> Mapping[str, Any]:
    """Return the cost of one side by *method*."""
    return next(each for each in sides if each["method"] == method)
