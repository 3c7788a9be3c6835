"""What `tthc-flow propose` does where the proposal is to be simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tthc_flow.cli import options, simulate_options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_open, print_table
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from tthc_flow.simulation.trial import Trial
    from tthc_flow.verbs.opening import Openable
    from tthc_flow.verbs.propose import Proposal


Command = TypeVar("Command", bound="Callable[..., Any]")

_OWN: Final = frozenset({"simulating", "late_share"})
_OPTIONS: Final = (
    click.option(
        "--simulate",
        "simulating",
        is_flag=True,
        help="Mô phỏng trước và sau với số người, số hồ sơ, thời gian của quy trình; "
        "báo cáo có thêm biểu đồ. Thiếu gì thì nêu bằng --people, --arrivals, --share, --time, "
        "--basis, --limit.",
    ),
    click.option(
        "--require-late-share",
        "late_share",
        metavar="5%",
        callback=options.share,
        help="Mô phỏng; không chọn phương án làm quá hạn vượt mức này hoặc làm ai bận quá 85 %; "
        "mã thoát 1 nếu vẫn vượt, hoặc không rõ.",
    ),
)


def simulating(command: Command) -> Command:
    """Add the options about simulating a proposal, and those that state facts for it."""
    command = simulate_options.known(command)
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def tried(
    given: Openable,
    trying: Mapping[str, Any],
    **asked: Any,  # noqa: ANN401 - as propose() names them
) -> tuple[Proposal, Trial | None]:
    """Return the proposal, and what came of simulating it where that was asked for.

    Args:
        given: The file with its answers.
        trying: What the options of :func:`simulating` came to: whether to simulate, the share late
            that is not to be passed (then what overloads is barred too), and facts.
        asked: The other arguments of ``propose``.

    Raises:
        UsageError: For facts that nothing asks for.
    """
    stated: Any = {name: each for name, each in trying.items() if each and name not in _OWN}
    late_share: Fraction | None = trying["late_share"]
    if late_share is None and not trying["simulating"]:
        if stated.keys() - {"basis"}:
            message = said("facts for a simulation go with --simulate or --require-late-share")
            raise click.UsageError(message)
        return propose(given, **asked), None
    from tthc_flow.verbs.within_capacity import trial_of, within_capacity

    if late_share is not None:
        return within_capacity(given, late_share=float(late_share), facts=stated, **asked)
    found = propose(given, **asked)
    return found, trial_of(found, stated)


def late_gate(record: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Return the verdict on the share late that was asked for, as the other gates have theirs."""
    trial = record.get("simulation")
    if trial is None or trial["late_share"] is None:
        return []
    from tthc_flow.report.simulation.trial import gate_told

    return [
        {
            "name": "late_share",
            "required": trial["late_share"],
            "cut": None,
            "left": None,
            "method": None,
            "passed": trial["held"],
            "sentence": gate_told(trial, lang),
            "findings": [],
        }
    ]


def tell_trial(record: Mapping[str, Any], lang: str) -> None:
    """Print what a simulation of the proposal says, or what lacks for one."""
    trial = record.get("simulation")
    if trial is None:
        return
    from tthc_flow.report.simulation.role_rows import role_rows
    from tthc_flow.report.simulation.rows import case_rows, say, warnings
    from tthc_flow.report.simulation.trial import barred_told

    click.secho(f"\n{say('section', lang)}", bold=True)
    print_open(trial["lacking"], "what")
    for each in trial["barred"]:
        click.echo(f"✗ {barred_told(each, lang)}")
    for each in trial["remaining"]:
        click.secho(say("remains", lang, because=each), fg="red")
    figures = trial["figures"]
    if figures is not None:
        print_table(list(case_rows(figures, 0, lang)))
        click.echo()
        print_table(role_rows(figures, lang))
        told = (*dict.fromkeys(warnings(figures, lang)), *figures["statements"], *figures["notes"])
        for line in told:
            click.echo(line)
    click.echo()
