"""The small validator agrees with the real one on records that are whole and on broken ones."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from report.told import COUNCIL, PRESS, record
from tthc_flow.report.conforming import misfit, published

WORDS = {
    "$ref", "description", "type", "properties", "required", "additionalProperties", "items",
    "enum", "const", "anyOf", "oneOf", "minimum", "minItems",
}  # fmt: skip
REAL = Draft202012Validator({**published(), "oneOf": [{"$ref": "#/$defs/propose"}]})
WHOLE = [
    {"schema_version": 1, "command": "propose", **record(path, lang)}
    for path in (PRESS, COUNCIL)
    for lang in ("vi", "en")
]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at]
    if isinstance(value, (dict, list)):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inside:
            found += places(each, (*at, key))
    return found


PLACES = places(WHOLE[0])[1:]


def words_of(schema: Any, seen: set[str]) -> set[str]:
    """Return the words that *schema* is written in, with every shape that it refers to."""
    if isinstance(schema, list):
        return {word for each in schema for word in words_of(each, seen)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, each in schema.items():
        if key == "$ref" and each not in seen:
            seen.add(each)
            found |= words_of(published()["$defs"][each.rpartition("/")[2]], seen)
        elif key == "properties":
            found |= {word for part in each.values() for word in words_of(part, seen)}
        elif key not in {"enum", "const", "required"}:
            found |= words_of(each, seen)
    return found


def test_the_shape_of_a_proposal_uses_no_word_that_the_validator_does_not_know():
    assert words_of({"$ref": "#/$defs/propose"}, set()) <= WORDS


def test_whole_records_conform():
    for each in WHOLE:
        assert misfit(json.loads(json.dumps(each)), "propose") is None


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.sampled_from((None, True, 1, 1.5, -1, "x", [], {}, [1], {"a": 1}, "cut", "dropped")),
    st.booleans(),
)
def test_a_broken_record_is_refused_where_the_real_validator_refuses_it(path, value, more):
    broken = copy.deepcopy(WHOLE[0])
    at = broken
    for key in path[:-1]:
        at = at[key]
    if value == "dropped":
        del at[path[-1]]
    elif more and isinstance(at, dict):
        at["unheard of"] = value
    else:
        at[path[-1]] = value
    assert (misfit(broken, "propose") is None) is REAL.is_valid(broken)


def test_a_misfit_says_where_and_what():
    broken = copy.deepcopy(WHOLE[0])
    broken["plan"]["steps"]["before"][2]["minutes"] = "viele"
    found = misfit(broken, "propose")
    assert (found.place, found.what) == ("plan.steps.before[2].minutes", "not number or null")
    del broken["plan"]["steps"]["before"][2]["minutes"]
    assert misfit(broken, "propose").what == "'minutes' is missing"
    broken = copy.deepcopy(WHOLE[0])
    broken["candidates"][0]["preconditions"][0]["source"] = {"document": 1}
    assert misfit(broken, "propose").place.startswith("candidates[0].preconditions[0].source")
