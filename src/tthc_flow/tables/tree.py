"""A file as a tree of texts with their lines: what YAML and CSV have in common.

Nothing is guessed from the spelling of a value: ``1.014464`` stays the text it is, ``no`` stays
"no". What a text means is said by who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import UnreadableInput

if TYPE_CHECKING:
    import yaml

MAX_BYTES: Final = 5_000_000
MAX_DEPTH: Final = 32
MAX_NODES: Final = 500_000


@frozen
class Node:
    """A value of the file: a text (``None`` is null), or a list, or fields by name."""

    line: int
    text: str | None = None
    items: tuple[Node, ...] | None = None
    fields: tuple[tuple[str, Node], ...] | None = None

    @property
    def is_null(self) -> bool:
        """Return whether nothing is written here."""
        return self.text is None and self.items is None and self.fields is None

    def get(self, name: str) -> Node | None:
        """Return the first field called *name* that holds something, or ``None``."""
        for key, value in self.fields or ():
            if key == name and not value.is_null:
                return value
        return None

    def text_of(self, name: str) -> str | None:
        """Return the text of the field called *name*, without blanks around it."""
        value = self.get(name)
        text = value.text.strip() if value is not None and value.text is not None else ""
        return text or None

    def each(self, name: str) -> tuple[Node, ...]:
        """Return the items of the list called *name*; a single value is a list of one."""
        value = self.get(name)
        if value is None:
            return ()
        return (value,) if value.items is None else value.items


class _Open:
    """A list or mapping whose end has not been read yet."""

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.line = line
        self.mapping = mapping
        self.values: list[Node] = []

    def close(self) -> Node:
        if not self.mapping:
            return Node(self.line, items=tuple(self.values))
        pairs = zip(self.values[::2], self.values[1::2], strict=True)
        return Node(self.line, fields=tuple((key.text or "", value) for key, value in pairs))


def yaml_tree(text: str, place: str) -> Node:
    """Return the one YAML document in *text* as a tree; no tag is obeyed, no object is made.

    Raises:
        UnreadableInput: TF222 not YAML or not one document, TF225 an alias, or too deep or large.

    Example:
        >>> yaml_tree("no: '2.2'", "t.yaml").text_of("no")
        '2.2'

    Source: YAML 1.1; the caps keep "billion laughs" and deep nesting out.
    """
    import yaml

    try:
        return _built(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), place)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{place}:{mark.line + 1}" if mark is not None else place
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "no YAML"
        raise UnreadableInput(
            "TF222",
            f"this is not YAML: {problem}",
            place=where,
            hint="check indent, quotes and colons",
        ) from error


def _built(events: Iterator[yaml.Event], place: str) -> Node:
    import yaml

    open_nodes: list[_Open] = []
    done: list[Node] = []
    for count, event in enumerate(events):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise too_much(f"{place}:{line}", "an alias (*name) is not allowed in a step table")
        if len(open_nodes) > MAX_DEPTH or count > MAX_NODES:
            raise too_much(f"{place}:{line}", "the file is nested too deep or has too many values")
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append(_Open(line, mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.ScalarEvent):
            (open_nodes[-1].values if open_nodes else done).append(_scalar(event, line))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = open_nodes.pop().close()
            (open_nodes[-1].values if open_nodes else done).append(closed)
    if len(done) != 1:
        raise UnreadableInput(
            "TF222", f"the file holds {len(done)} documents", place=place, hint="one table a file"
        )
    return done[0]


def _scalar(event: yaml.ScalarEvent, line: int) -> Node:
    plain = event.implicit[0]
    null = plain and event.value in {"", "~", "null", "Null", "NULL"}
    return Node(line, text=None if null else event.value)


def too_much(place: str, fact: str) -> UnreadableInput:
    """Return the refusal (TF225) of a file that is more than a step table can be."""
    return UnreadableInput(
        "TF225", fact, place=place, hint="write the values out, one table a file"
    )
