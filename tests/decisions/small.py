"""Decision tables in one line a rule: ``"> 5 | 'A' => 'cao' | 3"``."""

from __future__ import annotations

from tthc_flow.model.decision import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputColumn,
    OutputColumn,
    Rule,
)


def table(
    policy: str,
    inputs: str | tuple[InputColumn, ...],
    outputs: str | tuple[OutputColumn, ...],
    *rules: str,
    aggregation: str | None = None,
) -> DecisionTable:
    """Return a table; columns are names with "|" between them, or the columns themselves."""
    if isinstance(inputs, str):
        inputs = tuple(InputColumn(expression=each.strip()) for each in inputs.split("|"))
    if isinstance(outputs, str):
        outputs = tuple(OutputColumn(name=each.strip()) for each in outputs.split("|"))
    return DecisionTable(
        id="T",
        name="Bảng",
        inputs=inputs,
        outputs=outputs,
        rules=tuple(rule(each) for each in rules),
        hit_policy=HitPolicy(policy),
        aggregation=None if aggregation is None else Aggregation(aggregation),
    )


def rule(text: str) -> Rule:
    """Return one rule of its line."""
    asked, _, given = text.partition("=>")
    cells = ([cell.strip() for cell in side.split("|")] for side in (asked, given))
    first, second = map(tuple, cells)
    return Rule(inputs=first, outputs=second)
