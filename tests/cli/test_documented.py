"""The page about the command line names every command, exit code and option there is."""

from __future__ import annotations

from importlib import import_module

import click

from cli.calling import ROOT, SCHEMA
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.main import VERBS

PAGE = (ROOT / "docs/how-to/command-line.md").read_text("utf-8")


def test_every_command_has_its_part_and_an_example():
    for verb in VERBS:
        assert f"\n## {verb}\n" in PAGE, verb
        assert f"$ tthc-flow {verb} " in PAGE, verb


def test_every_exit_code_is_explained():
    for code in Code:
        assert f"\n| {code.value} | " in PAGE


def test_every_long_option_is_named():
    missing = []
    for verb in VERBS:
        command = import_module(f"tthc_flow.cli.{verb}").command
        assert isinstance(command, click.Command)
        for option in command.params:
            missing += [
                f"{verb} {name}"
                for name in option.opts
                if name.startswith("--") and name not in PAGE
            ]
    assert missing == []


def test_every_command_that_prints_json_has_its_shape_in_the_schema():
    told = {
        shape["properties"]["command"]["const"]
        for shape in SCHEMA["$defs"].values()
        if "command" in shape.get("properties", {})
    }
    for verb in VERBS:
        command = import_module(f"tthc_flow.cli.{verb}").command
        if any("--json" in option.opts for option in command.params):
            assert verb in told
