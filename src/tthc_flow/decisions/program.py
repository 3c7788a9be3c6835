"""A decision table compiled: each different cell is read once, and every column has one kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, NoReturn, TypeVar

from attrs import frozen

from tthc_flow.decisions.cells import (
    ANY,
    DATE,
    NUMBER,
    TEXT,
    TRUTH,
    Cell,
    Kind,
    Point,
    kind_of,
    point_of,
    read_cell,
)
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Expression, compile_expression
from tthc_flow.expressions.lexemes import Sort, one_name, tokens
from tthc_flow.model.decision import DecisionTable, HitPolicy, InputColumn, OutputColumn

_Read = TypeVar("_Read")

_WHOLE: Final = frozenset({"integer", "int", "long", "short", "biginteger"})
_KINDS: Final = {
    "string": TEXT,
    "boolean": TRUTH,
    "date": DATE,
    **dict.fromkeys(("number", "double", "float", "decimal", *_WHOLE), NUMBER),
}
_ONE_KIND: Final = "use one kind of value and one unit in a column, that of its type"
_NO_ENTRY: Final = "write one number, date, duration, text in quotes, true or false, or a name"


@frozen(kw_only=True)
class Asked:
    """An input column: what it asks, the different cells in it, and which one each rule has."""

    title: str
    place: str
    key: str
    expression: Expression
    kind: Kind | None
    whole: bool
    allowed: Cell
    cells: tuple[Cell, ...]
    of_rule: tuple[int, ...]


@frozen(kw_only=True)
class Given:
    """An output column: the different entries in it, which one each rule has, and their rank."""

    name: str
    place: str
    kind: Kind | None
    allowed: Cell
    ranking: tuple[Point, ...]
    default: Expression | None
    entries: tuple[Expression, ...]
    of_rule: tuple[int, ...]

    def entry(self, rule: int) -> Expression:
        """Return the entry of *rule*, which is counted from 1."""
        return self.entries[self.of_rule[rule - 1]]


@frozen(kw_only=True)
class Program:
    """A table, compiled."""

    table: DecisionTable
    asked: tuple[Asked, ...]
    given: tuple[Given, ...]


def compile_table(table: DecisionTable) -> Program:
    """Return *table* compiled. Linear in its text.

    Raises:
        BadExpression: TF510 a table that lacks something, TF511 an input cell, TF512 an output
            cell, TF513 an input expression outside the language, TF514 kinds that do not fit,
            TF517 an aggregation that cannot be, TF519 no priorities; each with table, rule, column.

    Example:
        >>> from tthc_flow.model.decision import Rule
        >>> columns = {"inputs": (InputColumn(expression="phí"),),
        ...            "outputs": (OutputColumn(name="mức"),)}
        >>> rule = Rule(inputs=("phi > 5",), outputs=("'A'",))
        >>> compile_table(DecisionTable(id="D", rules=(rule,), **columns))
        Traceback (most recent call last):
        tthc_flow.errors.BadExpression: TF511 table "D", rule 1, column "phí": 'phi' is no value, at
        character 1
          → put text into quotes: 'Cấp lại'; other values cannot be named in an input cell
    """
    _refuse_unfit(table)
    asked = tuple(_asked(table, index, each) for index, each in enumerate(table.inputs))
    kinds: dict[str, Kind] = {}
    for column in asked:
        if column.kind is not None and kinds.setdefault(column.key, column.kind) != column.kind:
            fact = f"asks for a {column.kind}, another column asks the same for {kinds[column.key]}"
            _refuse("TF514", fact, column.place, _ONE_KIND)
    given = tuple(_given(table, index, each) for index, each in enumerate(table.outputs))
    defaults = [column.default is not None for column in given]
    if any(defaults) and not all(defaults):
        hint = "give every output column a default, or none"
        _refuse("TF510", "only some outputs have a default", _place(table), hint)
    ranked = table.hit_policy in {HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER}
    if ranked and not any(column.ranking for column in given):
        hint = "list the output values, the one that goes first in front"
        _refuse("TF519", "no output column lists its values", _place(table), hint)
    return Program(table=table, asked=asked, given=given)


def _refuse(code: str, fact: str, place: str, hint: str) -> NoReturn:
    raise BadExpression(code, fact, place=place, hint=hint)


def _place(table: DecisionTable, number: int | None = None, column: str | None = None) -> str:
    """Return where something is, in the table and in the file."""
    line = table.line if number is None else table.rules[number - 1].line
    parts = [f'table "{table.title}"']
    parts += [] if number is None else [f"rule {number}"]
    parts += [] if column is None else [f'column "{column}"']
    return ", ".join(parts) + ("" if line is None else f" (line {line})")


def _refuse_unfit(table: DecisionTable) -> None:
    names = [one_name(column.name) for column in table.outputs]
    if not all(names) or len(set(names)) < len(names) or not names:
        hint = "give it at least one output column, each with a name of its own"
        _refuse("TF510", f"the outputs are called {names}", _place(table), hint)
    if table.collected is not None and len(names) > 1:
        fact = f"{table.collected} over {len(names)} output columns"
        _refuse("TF517", fact, _place(table), "aggregate one output column")
    for number, rule in enumerate(table.rules, start=1):
        if (len(rule.inputs), len(rule.outputs)) != (len(table.inputs), len(names)):
            fact = f"{len(rule.inputs)} input and {len(rule.outputs)} output cells"
            due = f"give {len(table.inputs)} and {len(names)}: one cell a column"
            _refuse("TF510", fact, _place(table, number), due)


def _type(name: str) -> str:
    return name.rpartition(":")[2].strip().lower()


def _each_once(
    texts: Iterable[str], read: Callable[[int, str], _Read]
) -> tuple[tuple[_Read, ...], tuple[int, ...]]:
    """Return the different texts, read, and which of them stands in each row."""
    known: dict[str, int] = {}
    different: list[_Read] = []
    rows = []
    for number, text in enumerate(texts, start=1):
        at = known.get(text)
        if at is None:
            at = known[text] = len(different)
            different.append(read(number, text))
        rows.append(at)
    return tuple(different), tuple(rows)


def _asked(table: DecisionTable, index: int, column: InputColumn) -> Asked:
    place = _place(table, column=column.title)
    expression = _expression(column, place)
    declared = _KINDS.get(_type(column.type))
    allowed = read_cell(column.allowed, f"{place}, allowed values")
    kind = _one_kind(declared, allowed.kind, f"{place}, allowed values")

    def read(number: int, text: str) -> Cell:
        nonlocal kind
        at = _place(table, number, column.title)
        cell = read_cell(text, at)
        kind = _one_kind(kind, cell.kind, at)
        return cell

    cells, of_rule = _each_once((rule.inputs[index] for rule in table.rules), read)
    return Asked(
        title=column.title,
        place=place,
        key=one_name(column.expression),
        expression=expression,
        kind=kind,
        whole=_type(column.type) in _WHOLE,
        allowed=allowed,
        cells=cells,
        of_rule=of_rule,
    )


def _expression(column: InputColumn, place: str) -> Expression:
    hint = "write the name of a value or a condition, e.g. số ngày chờ"
    try:
        expression = compile_expression(column.expression, place)
    except BadExpression as error:
        raise BadExpression("TF513", error.fact, place=place, hint=hint) from error
    if not expression.names:
        _refuse("TF513", f"{column.expression!r} asks for no value", place, hint)
    return expression


def _one_kind(kind: Kind | None, found: Kind | None, place: str) -> Kind | None:
    if kind is not None and found is not None and kind != found:
        _refuse("TF514", f"a {found} stands in a column of kind {kind}", place, _ONE_KIND)
    return kind if found is None else found


def _given(table: DecisionTable, index: int, column: OutputColumn) -> Given:
    place = _place(table, column=column.title)
    allowed = read_cell(column.allowed, f"{place}, allowed values")
    declared = _KINDS.get(_type(column.type))
    kind = _one_kind(declared, allowed.kind, f"{place}, allowed values")

    def read(at: str, text: str) -> Expression:
        entry = read_entry(text, at)
        if not entry.names:
            value = entry.value({})
            _one_kind(kind, kind_of(value), at)
            if not allowed.has(point_of(value)):
                _refuse("TF512", f"{text} is not among the allowed values", at, "list it there")
        return entry

    entries, of_rule = _each_once(
        (rule.outputs[index] for rule in table.rules),
        lambda number, text: read(_place(table, number, column.title), text),
    )
    default = read(f"{place}, default", column.default) if column.default.strip() else None
    return Given(
        name=one_name(column.name),
        place=place,
        kind=kind,
        allowed=allowed,
        ranking=_ranking(allowed),
        default=default,
        entries=entries,
        of_rule=of_rule,
    )


def _ranking(allowed: Cell) -> tuple[Point, ...]:
    """Return the allowed values in their order where they are a list, nothing otherwise."""
    if allowed.negated or any(span.outside or span.low != span.high for span in allowed.spans):
        return ()
    return tuple(span.low for span in allowed.spans if span.low is not None)


def read_entry(text: str, place: str = "") -> Expression:
    """Return an output cell: one literal, or the name of a value of the data.

    Raises:
        BadExpression: TF512 for anything else.

    Example:
        >>> read_entry("'cao'").value({}), read_entry("mức phí").names
        ('cao', frozenset({'mức phí'}))
    """
    try:
        found = list(tokens(unicodedata.normalize("NFC", text), place))
    except BadExpression as error:
        raise BadExpression("TF512", error.fact, place=place, hint=_NO_ENTRY) from error
    if len(found) != 2 or found[0].sort is Sort.SIGN:  # noqa: PLR2004  # the value and the end
        _refuse("TF512", f"{text!r} is not one value", place, _NO_ENTRY)
    return compile_expression(text, place)


def untested(column: Asked) -> bool:
    """Return whether no rule tests *column*: then its value is not asked for."""
    return all(cell == ANY for cell in column.cells)
