"""The language of a Word template: Jinja without anything that calls, grows or reaches outside.

A template may print names, loop over what the record has, and ask; it may call nothing, do no
arithmetic and see no attribute that begins with an underscore. Loops and the text that comes out
are bounded, so that no template can run for ever or fill the memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from tthc_flow.errors import UnreadableInput
from tthc_flow.report import amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_ROUNDS: Final = 200_000
MOST_LETTERS: Final = 20_000_000
MOST_JOINED: Final = 100_000
DEEPEST: Final = 4

_FILTERS: Final = (
    "capitalize", "count", "default", "first", "items", "last", "length", "lower", "trim", "upper",
)  # fmt: skip
_TESTS: Final = ("defined", "undefined", "none", "equalto", "eq", "ne", "in")
_LOOP: Final = ("index", "index0", "first", "last", "length", "revindex")
_BOUNDED: Final = "tthc_counted"
_REFUSED: Final = {
    nodes.Call: "a call",
    nodes.CallBlock: "a call",
    nodes.Macro: "a macro",
    nodes.Import: "an import",
    nodes.FromImport: "an import",
    nodes.Include: "another file",
    nodes.Extends: "another file",
    nodes.Block: "a block",
    nodes.FilterBlock: "a filter block",
    nodes.AssignBlock: "a block that is set",
    nodes.ScopedEvalContextModifier: "a change of escaping",
    nodes.BinExpr: "arithmetic",
    nodes.Concat: "arithmetic",
    nodes.List: "a list of its own",
    nodes.Tuple: "a list of its own",
    nodes.Dict: "a list of its own",
    nodes.Slice: "a part of a list",
}
"""What a template has no need of; each could call, grow without bound, or reach outside."""


class TemplateLanguage(ImmutableSandboxedEnvironment):
    """The environment of one rendering; its bounds are used up by it."""

    def __init__(self, lang: str) -> None:
        """Make an environment whose filters print numbers in *lang*."""
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= _numbers(lang) | {"join": _join, _BOUNDED: self._counted}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self._rounds = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the tree of *source*, checked, every loop of it counted."""
        tree = super()._parse(source, name, filename)
        for kind, what in _REFUSED.items():
            for found in tree.find_all(kind):
                if not (isinstance(found, nodes.Tuple) and found.ctx == "store"):
                    raise refused(f"it holds {what}")
        if any(found.name == "self" for found in tree.find_all(nodes.Name)):
            raise refused("it names itself")
        for found in tree.find_all(nodes.Filter):
            if found.name not in self.filters:
                raise refused(f"it holds a filter {found.name!r}")
        for found in tree.find_all(nodes.Test):
            if found.name not in self.tests:
                raise refused(f"it holds a test {found.name!r}")
        _count_loops(tree, 0)
        return tree

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Return the parts of a text as one, where it stays in its bounds."""
        kept, length = [], 0
        for each in parts:
            length += len(each)
            if length > MOST_LETTERS:
                raise too_much(f"more than {MOST_LETTERS:_} letters")
            kept.append(each)
        return "".join(kept)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's
        """Return what a record has by that name, or where a loop is; no attribute of Python's."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self._missing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's
        """Return a part of a record by its name or its place."""
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and 0 <= argument < len(obj):
            return obj[argument]
        return self._missing(obj, str(argument))

    def _missing(self, obj: object, name: str) -> StrictUndefined:
        """Return what stands for a name that is not there; where *obj* is none itself, say so."""
        if isinstance(obj, StrictUndefined):
            str(obj)
        return StrictUndefined(obj=obj, name=name)

    def _counted(self, given: Iterable[Any]) -> Iterator[Any]:
        for each in given:
            self._rounds += 1
            if self._rounds > MOST_ROUNDS:
                raise too_much(f"more than {MOST_ROUNDS:_} rounds of its loops")
            yield each


def _count_loops(tree: nodes.Node, depth: int) -> None:
    for found in tree.iter_child_nodes():
        inside = depth + isinstance(found, nodes.For)
        if isinstance(found, nodes.For):
            if found.recursive or inside > DEEPEST:
                raise refused(f"its loops stand more than {DEEPEST} deep")
            found.iter = nodes.Filter(found.iter, _BOUNDED, [], [], None, None, lineno=found.lineno)
        _count_loops(found, inside)


def _join(given: Iterable[object], between: str = ", ") -> Markup:
    """Return what *given* holds as one text; bounded, as texts that are joined grow fast."""
    parts = [escape(each) for each in given]
    length = sum(map(len, parts)) + len(parts) * len(between)
    if length > MOST_JOINED:
        raise too_much(f"more than {MOST_JOINED:_} letters in one text")
    return escape(between).join(parts)


def _numbers(lang: str) -> dict[str, Callable[..., str]]:
    """Return the filters that print figures of the record as people read them."""
    return {
        "days": lambda value: amounts.days(value, lang),
        "money": lambda value: amounts.money(value, lang),
        "share": lambda value: amounts.share(value, lang),
        "amount": lambda value: amounts.amount(value, lang),
    }


def refused(what: str) -> UnreadableInput:
    """Return the refusal (TF287) of a template that says what it may not."""
    return UnreadableInput(
        "TF287",
        f"the template cannot be used: {what}",
        hint="use names, loops over lists, questions and the filters of the documentation only",
    )


def too_much(what: str) -> UnreadableInput:
    """Return the refusal (TF288) of a template that makes too much."""
    return UnreadableInput(
        "TF288", f"the template makes too much: {what}", hint="take loops out of the template"
    )
