"""The record of a folder: candidates about several procedures, and what each comes to alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Verdict
from tthc_flow.report import amounts
from tthc_flow.report.explaining import of_grounds
from tthc_flow.report.proposal import of_evidence, of_precondition
from tthc_flow.report.record import Json, figure
from tthc_flow.report.texts import text
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from tthc_flow.errors import TthcFlowError
    from tthc_flow.model.folder import Folder, Member
    from tthc_flow.model.lever import Candidate


def of_folder_candidate(
    candidate: Candidate, folder: Folder, lang: str, *, applied: bool = False
) -> Json:
    """Return a candidate about members of *folder*, and whether it was carried out.

    Example:
        >>> from tthc_flow.model.folder import Folder, Member
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.lever import Candidate
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Member(key="a", place="a.bpmn", procedure=Procedure(flow=Flow(id="p"), name="A"))
        >>> given = Candidate(lever="abolish_unused", targets=("a",))
        >>> of_folder_candidate(given, Folder(members=(one,)), "en")["title"]
        'Abolish an unused procedure'

    Source: shape of ``candidate`` in the published schema.
    """
    members = {each.key: each for each in folder.members}
    labels = {key: f"“{each.procedure.name or key}”" for key, each in members.items()}
    first = members[candidate.targets[0]].procedure
    return {
        "id": candidate.id,
        "lever": candidate.lever,
        "title": text(f"lever-{candidate.lever}", lang),
        "targets": list(candidate.targets),
        "verdict": candidate.verdict.value,
        "applied": applied,
        "preconditions": [of_precondition(each, labels, lang) for each in candidate.preconditions],
        "authority": candidate.authority.value,
        "instrument": candidate.instrument,
        "evidence": [of_evidence(each, first, lang) for each in candidate.evidence],
        "effect": None,
        "expected": None,
        **of_grounds(candidate, lang),
    }


def of_member(  # noqa: PLR0913 - what a summary holds
    member: Member,
    verdicts: Sequence[tuple[str, Verdict]],
    applied: Sequence[str],
    cut: Fraction | None,
    refused: TthcFlowError | None,
    lang: str,
    *,
    gone: str | None = None,
) -> Json:
    """Return what one member comes to by itself, or why nothing can be proposed for it.

    *gone* is the candidate about several procedures that takes it out of the folder.

    Example:
        >>> from tthc_flow.model.folder import Member
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Member(key="a", place="a.bpmn", procedure=Procedure(flow=Flow(id="p"), name="A"))
        >>> of_member(one, (), (), None, None, "en")["cut"] is None
        True

    Source: shape of ``propose_folder`` in the published schema.
    """
    return {
        "key": member.key,
        "name": member.procedure.name,
        "code": member.procedure.code,
        "candidates": [{"id": id_, "verdict": verdict.value} for id_, verdict in verdicts],
        "applied": list(applied),
        "cut": figure(cut),
        "refused": None if refused is None else _of_error(refused, lang),
        "gone": gone,
    }


def _of_error(error: TthcFlowError, lang: str) -> Json:
    said = message(f"error-{error.code}", {"choices": ", ".join(error.choices)}, lang)
    return {"code": error.code, "place": error.place, "fact": error.fact, "text": said.text}


def candidate_lines(record: Json, lang: str) -> list[str]:
    """Return each candidate about several procedures in words, with what is open or bars it."""
    names = {each["key"]: each["name"] or each["key"] for each in record["members"]}
    lines = []
    for each in record["candidates"]:
        values = {
            "title": each["title"],
            "names": "; ".join(f"“{names[key]}” ({key})" for key in each["targets"]),
            "verdict": _stand(each, record, lang),
        }
        lines.append(text("folder-candidate", lang, **values))
        lines += [f"  {shown['text']}" for shown in each["evidence"]]
        lines += [f"  → {_open(asked)}" for asked in each["preconditions"] if not _passes(asked)]
    return lines or [text("folder-no-candidate", lang)]


def _stand(candidate: Json, record: Json, lang: str) -> str:
    """Return the verdict of a candidate, and whether it was carried out or rejected."""
    verdict = text(f"verdict-{candidate['verdict']}", lang)
    if candidate["applied"]:
        return f"{verdict}, {text('folder-applied', lang)}"
    if candidate["id"] in record["rejected"]:
        return f"{verdict}, {text('folder-rejected', lang)}"
    return verdict


def _passes(condition: Mapping[str, str]) -> bool:
    return condition["verdict"] == Verdict.PASS.value


def _open(condition: Json) -> str:
    """Return the question that is open, else the condition that fails and why."""
    because = "; ".join(condition["because"])
    if condition["question"]:
        return str(condition["question"])
    return f"{condition['text']}: {because}" if because else str(condition["text"])


def member_rows(record: Json, lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the table of members: candidates by verdict, how many are applied, the cut."""
    verdicts = [each.value for each in Verdict]
    heading = (
        text("pair-procedure", lang),
        *(text(f"verdict-{each}", lang) for each in verdicts),
        text("folder-applied", lang),
        text("cut", lang),
    )
    rows = [heading]
    for each in record["members"]:
        if each["refused"]:
            said = text(
                "folder-refused", lang, code=each["refused"]["code"], why=each["refused"]["text"]
            )
            rows.append((each["key"], *("–" for _ in (*verdicts, "applied")), said))
            continue
        gone = each["gone"] and text(f"folder-gone-{each['gone'].partition(':')[0]}", lang)
        if each["gone"] and each["gone"].startswith("abolish_unused:"):
            rows.append((each["key"], *("–" for _ in (*verdicts, "applied")), gone))
            continue
        found = [one["verdict"] for one in each["candidates"]]
        counts = [str(found.count(verdict)) for verdict in verdicts]
        cut = ", ".join(filter(None, (amounts.cut_words(each["cut"], lang), gone)))
        rows.append((each["key"], *counts, str(len(each["applied"])), cut))
    return tuple(rows)
