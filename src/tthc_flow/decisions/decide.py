"""What a decision table says of one dossier, by its hit policy.

Source: OMG DMN 1.5, chapter 8 (hit policies; no rule hits: no result, unless the outputs have
defaults).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import frozen

from tthc_flow.decisions.cells import Kind, kind_of, point_of
from tthc_flow.decisions.policies import Numbered, Row, aggregated, agreed, best_first, the_only
from tthc_flow.decisions.program import Asked, Given, Program, compile_table, untested
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Expression, Value, said
from tthc_flow.model.decision import Aggregation, DecisionTable, HitPolicy

HIT: Final = "decision-hit"
DEFAULT: Final = "decision-default"
NO_HIT: Final = "decision-no-hit"
_LISTS: Final = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})


@frozen(kw_only=True)
class Decision:
    """What a table says: rows of outputs, the numbers of the rules that hit, and how it came.

    *code* is ``decision-hit``; where no rule hits, ``decision-default`` (the default outputs are
    the one row) or ``decision-no-hit`` (there is no row, DMN's null). One row under ``UNIQUE``,
    ``FIRST``, ``PRIORITY``, ``ANY`` and an aggregation, otherwise one a rule.
    """

    rows: tuple[Row, ...]
    rules: tuple[int, ...]
    code: str


def decide(table: DecisionTable, data: Mapping[str, Value]) -> Decision:
    """Return what *table* says of *data*. Linear in the table; nothing in it is executed.

    A column that every rule leaves open is not asked for. Equal priorities keep the order of the
    rules. ``COUNT`` counts the rules that hit.

    Args:
        table: Cells in our own language (see :func:`~tthc_flow.decisions.cells.read_cell`).
        data: The values of the dossier by their names.

    Returns:
        The rows by the hit policy; numbers are exact.

    Raises:
        BadExpression: TF506 a value is missing, TF510 to TF514 and TF519 the table, TF515 several
            rules of ``UNIQUE``, TF516 different outputs of ``ANY``, TF517 outputs that do not add
            up, TF518 a value of another kind or not among the allowed ones.

    Example:
        >>> from tthc_flow.model.decision import InputColumn, OutputColumn, Rule
        >>> table = DecisionTable(
        ...     id="risk",
        ...     inputs=(InputColumn(expression="số lần vi phạm"),),
        ...     outputs=(OutputColumn(name="mức rủi ro"),),
        ...     rules=(
        ...         Rule(inputs=("< 2",), outputs=("'thấp'",)),
        ...         Rule(inputs=(">= 2",), outputs=("'cao'",)),
        ...     ),
        ... )
        >>> decide(table, {"số lần vi phạm": 3})
        Decision(rows=({'mức rủi ro': 'cao'},), rules=(2,), code='decision-hit')

    Source: OMG DMN 1.5, chapter 8 (hit policies, default output values).
    """
    return _decided(compile_table(table), data)


def as_function(table: DecisionTable) -> Callable[[Mapping[str, Value]], Mapping[str, Value]]:
    """Return *table* as a function from data to outputs, for a business-rule step.

    The table is compiled once. A hit policy that gives a list gives each output as a tuple.

    Raises:
        BadExpression: at once as :func:`~tthc_flow.decisions.program.compile_table`; when it is
            called as :func:`decide`, and TF520 where no rule hits and there is no default.

    Example:
        >>> from tthc_flow.model.decision import InputColumn, OutputColumn, Rule
        >>> table = DecisionTable(
        ...     id="fee",
        ...     inputs=(InputColumn(expression="cấp"),),
        ...     outputs=(OutputColumn(name="phí"),),
        ...     rules=(Rule(inputs=("'xã'",), outputs=("0",)),),
        ... )
        >>> as_function(table)({"cấp": "xã"})
        {'phí': Fraction(0, 1)}
    """
    return partial(_outputs, compile_table(table))


def _outputs(program: Program, data: Mapping[str, Value]) -> Mapping[str, Value]:
    table = program.table
    decision = _decided(program, data)
    if not decision.rows:
        asked = ", ".join(column.key for column in program.asked)
        raise BadExpression(
            "TF520",
            f"no rule hits for what was given as {asked}",
            place=f'table "{table.title}"',
            hint="add a rule for this case, or give default outputs",
        )
    if table.hit_policy in _LISTS and table.collected is None:
        return {each.name: tuple(row[each.name] for row in decision.rows) for each in program.given}
    return decision.rows[0]


def _decided(program: Program, data: Mapping[str, Value]) -> Decision:
    table = program.table
    hit = hits(program, data)
    if not hit:
        default = {
            each.name: _output(each, each.default, data)
            for each in program.given
            if each.default is not None
        }
        return Decision(
            rows=(default,) if default else (), rules=(), code=DEFAULT if default else NO_HIT
        )
    counts = table.collected is Aggregation.COUNT
    wanted = hit[:1] if table.hit_policy is HitPolicy.FIRST else () if counts else hit
    rows: list[Numbered] = [
        (number, {each.name: _output(each, each.entry(number), data) for each in program.given})
        for number in wanted
    ]
    return Decision(rows=_by_policy(program, rows, len(hit)), rules=hit, code=HIT)


def _by_policy(program: Program, rows: list[Numbered], hit: int) -> tuple[Row, ...]:
    table = program.table
    match table.hit_policy:
        case HitPolicy.UNIQUE:
            return (the_only(table, rows),)
        case HitPolicy.FIRST:
            return (rows[0][1],)
        case HitPolicy.ANY:
            return (agreed(table, rows),)
        case HitPolicy.PRIORITY:
            return (best_first(program.given, rows)[0],)
        case HitPolicy.OUTPUT_ORDER:
            return best_first(program.given, rows)
        case HitPolicy.RULE_ORDER:
            return tuple(row for _, row in rows)
        case HitPolicy.COLLECT if table.collected is None:
            return tuple(row for _, row in rows)
        case HitPolicy.COLLECT:
            (output,) = program.given
            values = [row[output.name] for _, row in rows]
            return ({output.name: aggregated(table.collected, values, hit, output.place)},)


def hits(program: Program, data: Mapping[str, Value]) -> tuple[int, ...]:
    """Return the numbers of the rules that hit, from 1, in their order.

    Raises:
        BadExpression: TF506 a value is missing, TF518 a value that does not fit its column.
    """
    alive: Iterable[int] = range(len(program.table.rules))
    for column in program.asked:
        if untested(column):
            continue
        value = column.expression.value(data)
        _refuse_unlike(value, column.kind, column)
        if column.whole and isinstance(value, Fraction) and value.denominator != 1:
            _unfit(f"{said(value)} is no whole number", column, "give a whole number")
        point = point_of(value)
        if not column.allowed.has(point):
            hint = "give one of the values that the table allows"
            _unfit(f"{said(value)} is not among the allowed values", column, hint)
        truths = [cell.has(point) for cell in column.cells]
        alive = [number for number in alive if truths[column.of_rule[number]]]
    return tuple(number + 1 for number in alive)


def _output(column: Given, entry: Expression, data: Mapping[str, Value]) -> Value:
    value = entry.value(data)
    if entry.names:
        _refuse_unlike(value, column.kind, column)
        if not column.allowed.has(point_of(value)):
            hint = "list it among the output values"
            _unfit(f"{said(value)} is not among the output values", column, hint)
    return value


def _refuse_unlike(value: Value, kind: Kind | None, column: Asked | Given) -> None:
    found = kind_of(value)
    if kind is not None and found != kind:
        _unfit(f"{said(value)} is a {found}", column, f"give a {kind}")


def _unfit(fact: str, column: Asked | Given, hint: str) -> None:
    raise BadExpression("TF518", fact, place=column.place, hint=hint)
