"""Calling the command line inside the tests: what it prints, and how it leaves."""

from __future__ import annotations

import io
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from tthc_flow.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted(ROOT.glob("processes/*/*/flow.bpmn"))
TABLES = sorted(ROOT.glob("processes/*/*/steps.yaml"))
PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la"  # what `make run` shows

SCHEMA = json.loads(
    files("tthc_flow.report").joinpath("schema/tthc-flow-1.schema.json").read_text("utf-8")
)


@frozen(kw_only=True)
class Left:
    """How a call left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Calls:
    """Calls `tthc-flow` with arguments, with something on standard input where given."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self.patch, self.capture = patch, capture

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Left:
        self.capture.readouterr()
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as leaving:
            main([str(each) for each in arguments])
        printed = self.capture.readouterr()
        assert isinstance(leaving.value.code, int)
        return Left(code=leaving.value.code, out=printed.out.decode(), err=printed.err.decode())


def problems(record: Any) -> list[str]:
    """Return where *record* is not what the published schema says."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    validator = Draft202012Validator(SCHEMA)
    worst = best_match(validator.iter_errors(record))
    return [] if worst is None else [f"{worst.json_path}: {worst.message[:300]}"]
