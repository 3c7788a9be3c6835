"""What is typed to `tthc-flow engine`, and that each of its verbs is documented and tested."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import click
import pytest

from cli.calling import ROOT, SCHEMA
from tthc_flow.cli import engine as engine_verbs
from tthc_flow.cli.engine import opening
from tthc_flow.cli.engine.values import value_of
from tthc_flow.errors import BadExpression
from tthc_flow.units import Duration

PAGE = (ROOT / "docs/how-to/command-line.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("-0.5", Fraction(-1, 2)),
        ("đúng", True),
        ("False", False),
        ("31/12/2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("5 ngày làm việc", Duration(amount=5, unit="working_day")),
        ("0912345678", "0912345678"),
        ("'12'", "12"),
        ("H01-2026-0001", "H01-2026-0001"),
        ("5 ngày nữa", "5 ngày nữa"),
        ("phí > 5", "phí > 5"),
        ("", ""),
        ("a" * 2000, "a" * 2000),
        ("__import__('os')", "__import__('os')"),
    ],
)
def test_a_value_is_what_it_reads_as_else_text(typed, value):
    assert value_of(typed) == value
    assert type(value_of(typed)) is type(value)


def test_a_date_that_is_none_is_refused_and_not_taken_for_text(desk):
    with pytest.raises(BadExpression, match="TF505"):
        value_of("31/02/2026")
    for wrong in ("hạn=31/02/2026", "no equals", "=5"):
        assert desk("start", "P", "H1", "--by", "An", "--set", wrong).code == 2
    assert desk("start", "P", "H1", "--by", "An", "--set", "a=1", "--set", "a=2").code == 2
    assert desk("start", "P", "H1", "--by", "An", "--limit", "năm ngày").code == 2


def leaves(group: click.Group, *before: str) -> list[tuple[tuple[str, ...], click.Command]]:
    """Return every command under *group* with the words by which it is called."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += leaves(command, *before, name)
        else:
            found.append(((*before, name), command))
    return found


WORK = import_module("tthc_flow.cli.work").command
ALL = [*leaves(engine_verbs.command), (("work",), WORK)]


def test_the_page_shows_every_verb_and_names_every_option():
    missing = [
        f"{' '.join(words)} {option}"
        for words, command in ALL
        for each in command.params
        for option in each.opts
        if option.startswith("--") and f"`{option}" not in PAGE
    ]
    shown = [" ".join(words) for words, _ in ALL if f"engine {' '.join(words)}" not in PAGE]
    assert (missing, shown) == ([], ["work"])


def test_every_verb_prints_json_and_has_its_shape_in_the_schema():
    verbs = {
        verb
        for shape in SCHEMA["$defs"].values()
        for verb in shape.get("properties", {}).get("verb", {}).get("enum", ())
    }
    assert verbs == {" ".join(words) for words, _ in ALL} - {"work"}


def test_every_help_is_whole_in_vietnamese(tthc):
    for words, _ in ALL:
        printed = tthc(*(() if words == ("work",) else ("engine",)), *words, "-h").out
        assert printed.startswith("Cách gọi: tthc-flow ")
        assert not re.search(r"\b(Usage|Options|required|OPTIONS|COMMAND|ARGS)\b", printed), words


def test_no_verb_is_without_a_test():
    tests = Path(__file__).parent.glob("test_engine*.py")
    told = "".join(each.read_text("utf-8") for each in tests)
    spelt = {f'"{words[-1]}"' for words, _ in ALL if words != ("work",)}
    assert [each for each in spelt if each not in told] == []


def test_a_moment_is_read_by_the_clock_on_the_wall():
    assert abs(opening.now() - datetime.now().astimezone()) < timedelta(minutes=1)
