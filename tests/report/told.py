"""Records of proposals for the tests of the report: real ones, and ones written to do harm."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from tthc_flow.verbs.papers import papers, proposal_record
from tthc_flow.verbs.propose import propose

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted(ROOT.glob("processes/*/*/flow.bpmn"))
PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
COUNCIL = ROOT / "processes/khoa-hoc-cong-nghe/1.014438-lang-son-hoi-dong/flow.bpmn"
HARM = '<script>alert("x")</script>'


@cache
def _record(path: Path, lang: str) -> dict[str, Any]:
    return proposal_record(propose(path), lang)


def record(path: Path, lang: str = "vi") -> dict[str, Any]:
    """Return a record that a test may change."""
    return copy.deepcopy(_record(path, lang))


@cache
def made(path: Path, lang: str = "vi") -> dict[str, str]:
    """Return the papers of a proposal as text; those for Word and Excel have others."""
    every = papers(propose(path), lang).items()
    binary = ("word_", "excel")
    return {name: data.decode() for name, data in every if not name.startswith(binary)}


def harmful(value: Any) -> Any:
    """Return a record in which every text that a file could bring is a script."""
    if isinstance(value, dict):
        kept = {"verdict", "kind", "code", "convention", "agreement", "method", "severity"}
        kept |= {"objective", "cost_method", "question_id", "level", "body"}
        fixed = {*kept, "authority", "evidence", "lever", "passes_on", "role", "name"}
        return {
            key: [f"work:{HARM}"]
            if key in {"missing", "unlike"} and each
            else each
            if key in fixed and isinstance(each, str)
            else harmful(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [harmful(each) for each in value]
    return HARM if isinstance(value, str) else value


PICTURES = {"svg_before": "<svg/>", "svg_after": "<svg/>"}
