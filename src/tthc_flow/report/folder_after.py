"""The record of a folder as it is after: what was merged, from where; figures; people's load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.merged import choices, origins
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.aggregate import AggregateMethod
from tthc_flow.measures.many import Yearly, overall, yearly
from tthc_flow.model.lever import Verdict
from tthc_flow.report import amounts
from tthc_flow.report.overall import of_overall, overall_lines
from tthc_flow.report.proposal import of_proof
from tthc_flow.report.record import Json, figure, of_run
from tthc_flow.report.sentences import labels_of, on_one_line
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.engine.run import BranchRun
    from tthc_flow.graph.merged import Merged, Origin
    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.measures.pools import PoolLoad
    from tthc_flow.model.plan import Proof


def of_merged(
    key: str,
    sources: Sequence[str],
    whole: Merged,
    proofs: Sequence[Sequence[Proof]],
    executed: BranchRun,
    lang: str,
) -> Json:
    """Return what several procedures became: each step with the steps that it was.

    Args:
        key: Of the one in the folder.
        sources: The keys of the procedures, in the order of *whole*.
        whole: The one procedure.
        proofs: Those of the one flow, then those of each case.
        executed: What executing every branch of the one came to.
        lang: The language of the texts.

    Source: shape of ``propose_folder`` in the published schema.
    """
    labels = labels_of(whole.procedure, lang=lang)
    cases = ("", *whole.cases)
    return {
        "key": key,
        "name": whole.procedure.name,
        "sources": [
            {"key": key_, "name": source.name, "case": case}
            for key_, source, case in zip(sources, whole.sources, whole.cases, strict=True)
        ],
        "steps": [_of_origin(each, whole, sources) for each in origins(whole)],
        "choices": [_before(whole, each.id) for each in choices(whole)],
        "proof": {
            "sound": all(each.verdict is Verdict.PASS for each in proofs[0]),
            "laws": [
                {"case": case, **of_proof(proof, labels, lang)}
                for case, every in zip(cases, proofs, strict=True)
                for proof in every
            ],
            "executed_branches": of_run(executed),
        },
    }


def _of_origin(origin: Origin, whole: Merged, keys: Sequence[str]) -> Json:
    step = origin.step
    who = performer_of(whole.procedure.flow, step)
    times = {each.time.duration for _, each in origin.sources}
    return {
        "id": step.id,
        "number": step.number,
        "name": on_one_line(step.name),
        "performer": None if who is None else who.name,
        "every_case": len(origin.sources) == len(keys),
        "time_differs": len(times) > 1,
        "sources": [
            {
                "key": keys[number],
                "id": each.id,
                "number": each.number,
                "name": on_one_line(each.name),
            }
            for number, each in origin.sources
        ],
    }


def _before(whole: Merged, choice: str) -> str | None:
    """Return the name of what stands before a choice by case."""
    flow = whole.procedure.flow
    before = next((edge.source for edge in flow.incoming[choice]), None)
    return None if before is None else on_one_line(flow.by_id[before].name) or None


def of_figures(
    pairs: Mapping[str, Comparison], count: tuple[int, int], abolished: Sequence[str]
) -> Json:
    """Return the figures of a folder: how many procedures, what they take in a year, the cuts.

    Example:
        >>> of_figures({}, (3, 2), ("a.bpmn",))["procedures"]
        {'before': 3, 'after': 2, 'abolished': ['a.bpmn']}

    Source: no official formula says how to aggregate, so every figure names its own.
    """
    return {
        "procedures": {"before": count[0], "after": count[1], "abolished": list(abolished)},
        "yearly": [_of_yearly(yearly(pairs, of)) for of in ("minutes", "cost")],
        "overall": [
            of_overall(overall(pairs, of, method))
            for of in ("time", "cost")
            for method in AggregateMethod
        ],
    }


def _of_yearly(found: Yearly) -> Json:
    return {
        "of": found.of,
        "before": figure(found.before) if found.pairs else None,
        "after": figure(found.after) if found.pairs else None,
        "cut": figure(found.cut),
        "pairs": found.pairs,
        "unknown": list(found.unknown),
    }


def of_crews(before: Sequence[PoolLoad], after: Sequence[PoolLoad], lang: str) -> list[Json]:
    """Return how busy the people of each role and office are over the folder, before and after.

    Example:
        >>> of_crews((), (), "en")
        []

    Source: domain rule of this project: people are loaded by all that names them.
    """
    now = {_pool(each): each.load for each in after}
    return [_of_crew(each, now.get(_pool(each)), lang) for each in before]


def _pool(each: PoolLoad) -> tuple[str | None, str, str]:
    return each.locality, each.load.crew.office, each.load.crew.role.value


def _of_crew(before: PoolLoad, after: CrewLoad | None, lang: str) -> Json:
    crew = before.load.crew
    return {
        "locality": before.locality,
        "office": crew.office,
        "role": crew.role.value,
        "role_text": text(f"performer-{crew.role.value}", lang),
        "people": figure(crew.people.value),
        "hours": figure(crew.hours.value),
        "other_load": None if crew.other_load is None else figure(crew.other_load.value),
        "before": _of_load(before.load),
        "after": None if after is None else _of_load(after),
        "procedures": [
            {
                "name": each.procedure,
                "minutes": {"least": figure(each.least), "most": figure(each.most)},
                "missing": list(each.missing),
            }
            for each in before.parts
        ],
    }


def _of_load(load: CrewLoad) -> Json:
    return {"least": figure(load.least), "most": figure(load.most)}


def merged_lines(record: Json, lang: str) -> list[str]:
    """Return of each merged procedure its steps and which steps of which procedure they were."""
    lines = []
    for each in record["merged"]:
        told = {"key": each["key"], "name": each["name"], "count": len(each["steps"])}
        lines.append(text("folder-merged", lang, **told))
        cases = {source["key"]: source["case"] for source in each["sources"]}
        for step in each["steps"]:
            sources = "; ".join(_source(source, lang) for source in step["sources"])
            only = ", ".join(cases[source["key"]] for source in step["sources"])
            case = "" if step["every_case"] else text("folder-merged-case", lang, cases=only)
            lines.append(
                text("folder-merged-step", lang, name=step["name"], case=case, sources=sources)
            )
        lines += [
            text("folder-merged-choice", lang, name=before or "–") for before in each["choices"]
        ]
        open_ = [step["name"] for step in each["steps"] if step["time_differs"]]
        if open_:
            lines.append(text("folder-merged-times", lang, names="; ".join(open_)))
    return lines


def _source(source: Json, lang: str) -> str:
    step = source["number"] or f"“{source['name']}”"
    return text("folder-merged-source", lang, key=source["key"], step=step)


def figure_lines(record: Json, lang: str) -> list[str]:
    """Return the figures of the folder as sentences, with what each leaves out."""
    found, count = record["figures"], record["figures"]["procedures"]
    lines = [
        text("folder-procedures", lang, before=count["before"], after=count["after"]),
        *_yearly_lines(found, lang),
        *overall_lines({"overall": [each for each in found["overall"] if each["pairs"]]}, lang),
    ]
    if count["abolished"]:
        names = ", ".join(count["abolished"])
        lines.append(text("folder-abolished", lang, names=names))
    return lines


def _yearly_lines(found: Json, lang: str) -> list[str]:
    lines = []
    for each in found["yearly"]:
        if not each["pairs"]:
            lines.append(text(f"folder-unknown-{each['of']}", lang))
            continue
        say = amounts.days if each["of"] == "minutes" else amounts.money
        values = {
            "before": say(each["before"], lang),
            "after": say(each["after"], lang),
            "count": each["pairs"],
            "cut": amounts.cut_words(each["cut"], lang),
        }
        lines.append(text(f"folder-yearly-{each['of']}", lang, **values))
        if each["unknown"]:
            names = ", ".join(each["unknown"])
            lines.append("  " + text("overall-unknown", lang, names=names))
    return lines


def crew_lines(record: Json, lang: str) -> list[str]:
    """Return how busy the people of each role are over the folder, before and after."""
    return [
        text(
            "folder-crew",
            lang,
            role=each["role_text"],
            office=each["office"],
            before=_load(each["before"], lang),
            after=_load(each["after"] or each["before"], lang),
            count=len(each["procedures"]),
        )
        for each in record["crews"]
    ]


def _load(load: Json, lang: str) -> str:
    least, most = load["least"], load["most"]
    if most is None:
        return text("folder-load-at-least", lang, share=amounts.share(least, lang))
    if most == least:
        return amounts.share(least, lang)
    return f"{amounts.share(least, lang)} – {amounts.share(most, lang)}"
