"""What came of simulating a proposal, as a record and as a part of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report.blocks import Bullets, Item, Paragraph, Section
from tthc_flow.report.proposal import of_precondition
from tthc_flow.report.sentences import labels_of, reasons
from tthc_flow.report.simulation.record import of_lacking, of_simulation
from tthc_flow.report.simulation.rows import late_words, percent, say
from tthc_flow.report.simulation.sections import narrow_plots_of, plots_of, simulated
from tthc_flow.report.texts import text
from tthc_flow.simulation.gate import condition
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.plan import Plan
    from tthc_flow.report.blocks import Block
    from tthc_flow.report.record import Json
    from tthc_flow.simulation.trial import Trial


def of_trial(trial: Trial, plan: Plan, lang: str = "vi") -> Json:
    """Return what came of simulating *plan*, as plain values.

    ``figures`` is the record of the simulation, ``None`` where something is ``lacking`` (each with
    its text and what to do); ``barred`` are the candidates that were taken out, with the failed
    condition; ``remaining`` what is still above its limit; ``held`` whether all that was asked is
    known and kept. ``together`` are those along with which alone one brings too much.
    """
    labels = labels_of(plan.before, plan.after, lang=lang)
    found = trial.found
    lacking = [] if trial.lacking is None else of_lacking(trial.lacking, (plan.before,), lang)
    if trial.no_limit:
        told = message("simulate-need-limit", {}, lang)
        lacking.append({"element": "", "what": "limit", "text": told.text, "hint": told.hint})
    above = () if found is None else (condition(e, found.settings) for e in trial.remaining)
    return {
        "figures": None if found is None else of_simulation(found, lang),
        "late_share": trial.late_share,
        "held": trial.held,
        "lacking": lacking,
        "barred": [
            {
                **_named(each.candidate, labels, lang),
                "condition": of_precondition(each.condition, labels, lang),
                "together": [_named(other, labels, lang) for other in each.together],
            }
            for each in trial.barred
        ],
        "remaining": ["; ".join(reasons(each, labels, lang)) for each in above],
    }


def _named(candidate: str, labels: Mapping[str, str], lang: str) -> Json:
    lever, _, targets = candidate.partition(":")
    steps = ", ".join(labels.get(each, each) for each in targets.split("+"))
    return {"candidate": candidate, "title": f"{text(f'lever-{lever}', lang)}: {steps}"}


def barred_told(barred: Mapping[str, Any], lang: str) -> str:
    """Return why a candidate was taken out, and along with what alone it brings too much.

    Args:
        barred: One of the ``barred`` of :func:`of_trial`.
        lang: ``vi`` or ``en``.
    """
    because = "; ".join(barred["condition"]["because"])
    told = say("barred-one", lang, title=barred["title"], because=because)
    if not barred["together"]:
        return told
    titles = "; ".join(each["title"] for each in barred["together"])
    return f"{told}. {say('barred-together', lang, titles=titles)}"


def trial_plots(record: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the plots of the record of a proposal; none where nothing was simulated.

    Example:
        >>> trial_plots({}, "vi")
        {}
    """
    trial = record.get("simulation")
    if trial is None or trial["figures"] is None:
        return {}
    return plots_of(trial["figures"], lang, trial["late_share"])


def narrow_trial_plots(record: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the same plots for a telephone, which belong on the page alone.

    Example:
        >>> narrow_trial_plots({}, "vi")
        {}
    """
    trial = record.get("simulation")
    if trial is None or trial["figures"] is None:
        return {}
    return narrow_plots_of(trial["figures"], lang, trial["late_share"])


def trial_sections(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return the part about the simulation of the record of a proposal, where there was one.

    Example:
        >>> trial_sections({}, "vi")
        ()
    """
    trial = record.get("simulation")
    if trial is None:
        return ()
    blocks = (*_lacking(trial, lang), *_barred(trial, lang), *_figures(trial, lang))
    return (Section(id="mo-phong", title=say("section", lang), blocks=blocks),)


def _lacking(trial: Mapping[str, Any], lang: str) -> Iterator[Block]:
    if not trial["lacking"]:
        return
    code = "lacking-told" if trial["figures"] is None else "lacking"
    yield Paragraph(text=say(code, lang), tone="ask")
    yield Bullets(items=tuple(_open(trial["lacking"])))


def _open(lacking: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    """Yield what lacks; what to do is said once, under the last of a kind."""
    last = {each["what"]: number for number, each in enumerate(lacking)}
    for number, each in enumerate(lacking):
        yield Item(text=each["text"], under=(each["hint"],) if last[each["what"]] == number else ())


def _barred(trial: Mapping[str, Any], lang: str) -> Iterator[Block]:
    if trial["late_share"] is not None:
        yield Paragraph(text=gate_told(trial, lang), tone="good" if trial["held"] else "bad")
    if trial["barred"]:
        yield Paragraph(text=say("barred-told", lang))
        told = (barred_told(each, lang) for each in trial["barred"])
        yield Bullets(items=tuple(Item(text=each) for each in told))
    for each in trial["remaining"]:
        yield Paragraph(text=say("remains", lang, because=each), tone="bad")


def _figures(trial: Mapping[str, Any], lang: str) -> Iterator[Block]:
    if trial["figures"] is not None:
        yield from simulated(trial["figures"], lang)
        yield Paragraph(text=say("limit-today", lang), tone="soft")


def gate_told(trial: Mapping[str, Any], lang: str) -> str:
    """Return in one sentence whether the late share that was asked for is kept.

    Args:
        trial: What :func:`of_trial` returned, with a ``late_share``.
        lang: ``vi`` or ``en``.
    """
    required = percent(trial["late_share"], lang)
    if trial["lacking"]:
        return say("gate-unknown", lang, required=required, count=str(len(trial["lacking"])))
    sides = trial["figures"]
    case = (sides["after"] or sides["before"])["cases"][0]
    code = "gate-held" if trial["held"] else "gate-failed"
    if not (trial["held"] or trial["remaining"]) and case["late"]["least"] <= trial["late_share"]:
        code = "gate-open"
    return say(code, lang, required=required, late=late_words(case, lang))
