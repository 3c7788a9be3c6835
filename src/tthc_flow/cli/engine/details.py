"""What else `show` tells of a dossier: its data, its forms, what the engine itself waits for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from tthc_flow.model.step import FieldKind
from tthc_flow.moments import moment_of
from tthc_flow.report.dossier_words import moment_words, node_name, say, short_id
from tthc_flow.store.database import reading
from tthc_flow.store.instances import jobs_at
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import Dossier
    from tthc_flow.expressions.expression import Value
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import FormField
    from tthc_flow.store.rows import JobRow


def value_words(value: Value, lang: str) -> str:
    """Return *value* as it is typed to ``--set``.

    Example:
        >>> [value_words(each, "vi") for each in (True, 1500000, Fraction(3, 2), date(2026, 3, 2))]
        ['đúng', '1500000', '1,5', '02/03/2026']
    """
    match value:
        case bool():
            return say(f"truth-{str(value).lower()}", lang)
        case Fraction() | float():
            exact = str(float(value)).removesuffix(".0")
            return exact.replace(".", ",") if lang == "vi" else exact
        case date():
            return f"{value:%d/%m/%Y}"
        case Duration():
            amount = value_words(value.amount, lang)
            return f"{amount} {say(f'unit-{value.unit}', lang)}"
        case tuple():
            return ", ".join(value_words(each, lang) for each in value)
        case frozenset():
            return ", ".join(sorted(value_words(each, lang) for each in value))
        case _:
            return " ".join(str(value).split())


def data_lines(engine: Engine, dossier: Dossier, lang: str) -> Iterator[str]:
    """Yield the data of *dossier*, a line each."""
    data = engine.data(dossier.id)
    if data:
        yield say("data", lang)
    for name, value in sorted(data.items()):
        yield f"  {name} = {value_words(value, lang)}"


def form_lines(engine: Engine, dossier: Dossier, lang: str) -> Iterator[str]:
    """Yield what is to be filled in to complete each open task, a line a field."""
    for task in dossier.tasks:
        for each in engine.work.form(task.id) or ():
            yield f"  {short_id(task)}  --set {each.name}={_field(each, lang)}"


def _field(field: FormField, lang: str) -> str:
    choice = field.kind is FieldKind.CHOICE
    kind = "|".join(field.choices) if choice else say(f"field-{field.kind}", lang)
    needed = f" ({say('field-required', lang)})" if field.required else ""
    label = f": {field.label}" if field.label and field.label != field.name else ""
    return f"{kind}{needed}{label}"


def waiting_jobs(engine: Engine, dossier: Dossier) -> tuple[JobRow, ...]:
    """Return what the engine itself waits for; not the events that stand among the tasks."""
    with reading(engine.database) as here:
        jobs = sorted(jobs_at(here, dossier.id).values(), key=lambda job: job.due_at or "~")
    open_nodes = {task.node for task in dossier.tasks}
    return tuple(
        job
        for job in jobs
        if job.status != "done" and (job.due_at or job.error or job.node not in open_nodes)
    )


def job_lines(engine: Engine, dossier: Dossier, flow: Flow, lang: str) -> Iterator[str]:
    """Yield a line for each thing that the engine itself waits for."""
    told = [job_words(job, flow, lang) for job in waiting_jobs(engine, dossier)]
    if told:
        yield say("system-waits", lang)
    yield from (f"  {words}" for words in told)


def job_words(job: JobRow, flow: Flow, lang: str) -> str:
    """Return what *job* is, when it is done, and why it was not."""
    at = "" if job.due_at is None else moment_words(moment_of(job.due_at), lang)
    values = {"node": node_name(flow, job.node), "at": at, "tries": job.tries, "error": job.error}
    if job.status in {"incident", "held"}:
        return say(f"job-{job.status}", lang, **values)
    if job.error:
        return say("job-failed", lang, **values)
    known = {"timer", "message", "signal", "function", "call", "called"}
    return say(f"job-{job.kind if job.kind in known else 'other'}", lang, **values)
