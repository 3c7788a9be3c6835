"""Gates: the cuts a script requires; an unknown cut fails, it is never taken for enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli.leaving import Code
from tthc_flow.report.amounts import cut_words, share
from tthc_flow.report.figures import input_words
from tthc_flow.report.outcome import named
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


def gates(
    record: Mapping[str, Any], time: Fraction | None, cost: Fraction | None, lang: str
) -> list[dict[str, Any]]:
    """Return the verdict on every cut that was required, with a sentence that says why.

    Args:
        record: ``cut``, ``before``, ``after``, ``benefits`` and ``labels``, as ``compare`` prints.
        time: The required cut in norm time, as a share.
        cost: The required cut in compliance cost by TT 02/2017/TT-VPCP.
        lang: ``vi`` or ``en``.
    """
    asked = (("time", time), ("cost", cost))
    return [_gate(record, name, required, lang) for name, required in asked if required is not None]


def _gate(record: Mapping[str, Any], name: str, required: Fraction, lang: str) -> dict[str, Any]:
    cut = record["cut"][name]
    passed = cut is not None and cut >= float(required)
    values = {"required": share(float(required), lang)}
    if cut is None:
        lacking = _missing(record, name, lang)
        sentence = text(f"gate-{name}-unknown", lang, missing=lacking, **values)
    else:
        verdict = text("verdict-pass" if passed else "verdict-fail", lang)
        sentence = text(f"gate-{name}", lang, cut=cut_words(cut, lang), verdict=verdict, **values)
    told = {"name": name, "required": float(required), "cut": cut}
    return {**told, "passed": passed, "sentence": sentence}


def _missing(record: Mapping[str, Any], name: str, lang: str) -> str:
    """Return what would have to be known to tell the cut."""
    if name == "time":
        sides = (record["before"], record["after"])
        unknown = list(dict.fromkeys(each for side in sides for each in side["unknown_times"]))
        return named(record["labels"], unknown) or text("gate-some-step", lang)
    official = next(each for each in record["benefits"] if each["method"] == "tt02_2017")
    return "; ".join(input_words(each, lang) for each in official["missing"])


def leave_by(judged: list[dict[str, Any]]) -> None:
    """Say every verdict on standard error; leave with code 1 where a gate did not hold."""
    for gate in judged:
        click.echo(gate["sentence"], err=True)
    if not all(gate["passed"] for gate in judged):
        raise click.exceptions.Exit(Code.GATE_FAILED)
