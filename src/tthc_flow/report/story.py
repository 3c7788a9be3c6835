"""The story of a proposal: the record's facts in the order and the words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report import figures
from tthc_flow.report.answering import answering
from tthc_flow.report.blocks import Paragraph, Picture, Section, Story
from tthc_flow.report.cases import cases
from tthc_flow.report.grounds import grounds
from tthc_flow.report.ledger import cost, findings, proof, roles
from tthc_flow.report.outcome import changes, result
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping


def story(record: Mapping[str, Any], lang: str = "vi") -> Story:
    """Return the report of *record* as blocks, in *lang*.

    Args:
        record: What ``tthc-flow propose --json --lang`` *lang* prints.
        lang: ``vi`` or ``en``.

    Returns:
        The same story for the page and for the text.

    Source: the parts of Phần II of the published annexes (nội dung, lý do, kiến nghị, lợi ích);
        group reviews must carry the diagram before and after.
    """
    plan, procedure = record["plan"], record["procedure"]
    convention = figures.convention(plan["before"], lang)
    return Story(
        lang=lang,
        title=text("title", lang, name=procedure["name"] or procedure["process"]),
        facts=_facts(record, lang),
        draft=text("draft", lang),
        sections=(
            result(record, lang),
            changes(record, lang),
            _pictures(plan, lang),
            *cases(record, lang),
            *answering(record, lang),
            *grounds(record, lang),
            roles(plan, lang),
            cost(plan, lang),
            *_simulation(record, lang),
            proof(record, lang),
            findings(record["findings"], lang),
        ),
        footer=(text("convention-line", lang, words=convention), text("footer", lang)),
    )


def _simulation(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return the part about a simulation, where one was asked for."""
    if "simulation" not in record:
        return ()
    from tthc_flow.report.simulation.trial import trial_sections

    return trial_sections(record, lang)


def _facts(record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    procedure = record["procedure"]
    facts = [text(f"kind-{procedure['kind']}", lang)]
    facts += [procedure[key] for key in ("field", "locality", "agency") if procedure[key]]
    if procedure["code"]:
        facts.insert(0, text("code-of", lang, code=procedure["code"]))
    if procedure["source"]:
        facts.append(
            text("source-of", lang, source=figures.source_words(procedure["source"], lang))
        )
    if line := figures.others_line(record, lang):
        facts.append(line)
    return tuple(facts)


def _pictures(plan: Mapping[str, Any], lang: str) -> Section:
    """Return both pictures; where nothing changed, the one there is."""
    if not plan["changes"]:
        return Section(
            id="so-do",
            title=text("picture-now", lang),
            blocks=(
                Paragraph(text=text("picture-heat", lang), tone="soft"),
                Picture(name="svg_before", title=text("picture-now", lang)),
            ),
        )
    return Section(
        id="so-do",
        title=text("pictures", lang),
        blocks=(
            Paragraph(text=text("picture-note", lang), tone="soft"),
            Picture(name="svg_before", title=text("picture-before", lang)),
            Picture(name="svg_after", title=text("picture-after", lang)),
        ),
    )
