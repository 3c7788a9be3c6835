"""The numbers that Word puts before paragraphs by itself: "1.", "a)", "II." and bullets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST: Final = 100_000
"""A list that goes further is none; nor is a Roman number."""

MOST_STYLES: Final = 20
"""How many styles may be based on one another."""


@frozen
class _Level:
    sort: str
    pattern: str
    start: int


@define
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(factory=dict)
    lists: dict[str, str] = field(factory=dict)
    styles: dict[str, tuple[str, int]] = field(factory=dict)
    counted: dict[str, dict[int, int]] = field(factory=dict)

    def before(self, paragraph: Element) -> str:
        """Return what Word prints before *paragraph*, and count it; empty where it has no number.

        Source: ECMA-376 17.9 (numbering).
        """
        found = self._listed(paragraph.find(f"{W}pPr"))
        if found is None:
            return ""
        list_, depth = found
        levels = self.levels.get(list_, {})
        level = levels.get(depth)
        if level is None or level.sort == "none":
            return ""
        if level.sort == "bullet":
            return "-"
        counts = self.counted.setdefault(self.lists.get(list_, list_), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            named = levels.get(at, level)
            return _written(counts.get(at, named.start), named.sort)

        return _PLACE.sub(number, level.pattern).strip()

    def _listed(self, properties: Element | None) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, its own or those of its style."""
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        own = numbered(properties, self.styles.get(value(style)))
        return own if own is not None and own[0] != "0" else None


def numbered(properties: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """Return the list and level that *properties* name; what they leave out is *inherited*."""
    told = properties.find(f"{W}numPr")
    if told is None:
        return inherited
    list_, depth = told.find(f"{W}numId"), told.find(f"{W}ilvl")
    if list_ is None and inherited is None:
        return None
    named = value(list_) if list_ is not None or inherited is None else inherited[0]
    level = whole(depth, inherited[1] if inherited is not None else 0)
    return named, level


def numbering_of(numbering: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that the parts ``numbering.xml`` and ``styles.xml`` describe."""
    found = Numbering()
    if numbering is not None:
        abstract = {
            each.get(f"{W}abstractNumId", ""): _levels(each)
            for each in numbering.findall(f"{W}abstractNum")
        }
        for each in numbering.findall(f"{W}num"):
            _add_list(found, each, abstract)
    if styles is not None:
        _add_styles(found, styles)
    return found


def value(element: Element | None) -> str:
    """Return the attribute ``w:val`` of *element*; empty where it is not there."""
    return "" if element is None else element.get(f"{W}val", "")


def whole(element: Element | None, default: int) -> int:
    """Return ``w:val`` of *element* as a whole number."""
    text = value(element)
    return int(text) if re.fullmatch(r"\d{1,9}", text) else default


def _index(level: Element) -> int:
    told = level.get(f"{W}ilvl", "")
    return int(told) if re.fullmatch(r"\d", told) else 0


def _add_list(found: Numbering, list_: Element, abstract: dict[str, dict[int, _Level]]) -> None:
    own = list_.get(f"{W}numId", "")
    base = value(list_.find(f"{W}abstractNumId"))
    levels = dict(abstract.get(base, {}))
    found.lists[own] = base
    for changed in list_.findall(f"{W}lvlOverride"):
        at = _index(changed)
        restart = changed.find(f"{W}startOverride")
        fresh = _levels(changed)
        levels.update(fresh)
        if restart is not None and at in levels:
            old = levels[at]
            levels[at] = _Level(old.sort, old.pattern, whole(restart, old.start))
        if restart is not None or fresh:
            found.lists[own] = f"list {own}"  # it counts for itself
    found.levels[own] = levels


def _levels(parent: Element) -> dict[int, _Level]:
    return {
        _index(each): _Level(
            value(each.find(f"{W}numFmt")) or "decimal",
            value(each.find(f"{W}lvlText")),
            whole(each.find(f"{W}start"), 1),
        )
        for each in parent.findall(f"{W}lvl")
    }


def _add_styles(found: Numbering, styles: Element) -> None:
    named = {each.get(f"{W}styleId", ""): each for each in styles.findall(f"{W}style")}
    for name in named:
        line: list[Element] = []
        at = name
        while at in named and len(line) < MOST_STYLES:
            line.append(named[at])
            at = value(named[at].find(f"{W}basedOn"))
        listed: tuple[str, int] | None = None
        for style in reversed(line):
            properties = style.find(f"{W}pPr")
            listed = listed if properties is None else numbered(properties, listed)
        if listed is not None:
            found.styles[name] = listed


def _written(count: int, sort: str) -> str:
    if not 0 < count < _LARGEST:
        return str(count)
    match sort:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters.upper() if sort == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return _roman(count).upper() if sort == "upperRoman" else _roman(count)
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    written = ""
    for amount, sign in _ROMAN:
        times, count = divmod(count, amount)
        written += sign * times
    return written
