"""What the JSON of dossiers may say: the schema knows what the program has words for."""

from __future__ import annotations

import json
from importlib.resources import files

from tthc_flow.words.messages import texts

SCHEMA = json.loads(
    files("tthc_flow.report").joinpath("schema/tthc-flow-1.schema.json").read_text("utf-8")
)


def test_the_schema_knows_every_reason_for_which_a_chain_is_broken():
    begin = "engine-break-"
    worded = [code.removeprefix(begin) for code in texts("engine") if code.startswith(begin)]
    known = SCHEMA["$defs"]["chain_break"]["properties"]["why"]["enum"]
    assert sorted(each.replace(" ", "-") for each in known) == sorted(worded)
