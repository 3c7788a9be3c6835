"""The steps of one side as rows of the record: who, how long, on what evidence, in whose clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.by_role import row_of
from tthc_flow.measures.norm_time import step_minutes
from tthc_flow.measures.wording import performer_words, step_time_words
from tthc_flow.report.english import english
from tthc_flow.report.record import Json, figure, of_source
from tthc_flow.report.sentences import on_one_line

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.measures.norm_time import StepMinutes
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention


def of_steps(procedure: Procedure, convention: Convention, lang: str) -> list[Json]:
    """Return the steps of *procedure* in the order of the file.

    The known ``minutes`` add up to the workload, and by ``role`` to the cut-by-role table.
    ``clock`` says whether a step's time counts: ``inside`` the applicant's time, ``after`` the
    grant, or not at all (``outside``).

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> given = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký", number="1"),)))
        >>> row = of_steps(given, DEFAULT_CONVENTION, "vi")[0]
        >>> row["number"], row["name"], row["time"], row["minutes"], row["role"], row["clock"]
        ('1', 'Ký', 'chưa rõ thời gian', None, 'other', 'inside')

    Source: columns of a published quy trình nội bộ (bước, nội dung, người thực hiện, thời gian,
    kết quả).
    """
    minutes = step_minutes(procedure.flow, convention)
    worked = {**minutes.known, **minutes.after}
    return [_row(procedure, step, minutes, worked, lang) for step in procedure.flow.steps]


def _row(
    procedure: Procedure,
    step: Step,
    minutes: StepMinutes,
    worked: dict[str, Fraction],
    lang: str,
) -> Json:
    who = performer_of(procedure.flow, step)
    time = step_time_words(step.time)
    return {
        "id": step.id,
        "number": step.number,
        "name": on_one_line(step.name),
        "performer": None if who is None else on_one_line(performer_words(who)),
        "role": row_of(step, who).value,
        "time": english(time) if lang == "en" else on_one_line(time),
        "minutes": figure(worked.get(step.id)),
        "clock": _clock(step.id, minutes),
        "evidence": step.time.evidence.value,
        "source": of_source(step.time.source),
        "result": None if step.result is None else on_one_line(step.result),
        "automatic": step.automatic,
    }


def _clock(step: str, minutes: StepMinutes) -> str:
    if step in minutes.known or step in minutes.unknown:
        return "inside"
    return "after" if step in minutes.after or step in minutes.after_unknown else "outside"
