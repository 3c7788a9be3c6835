"""The Word papers of one or several reviewed procedures, each as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.totals import of_totals
from tthc_flow.report.word.annex import annex
from tthc_flow.report.word.catalogue import in_order, numbered
from tthc_flow.report.word.decision import decidable, decision
from tthc_flow.report.word.drawing import drawn
from tthc_flow.report.word.results import results
from tthc_flow.report.word.workflow import workflow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.report.word.reviewed import Reviewed


def annex_document(reviewed: Sequence[Reviewed]) -> bytes:
    """Return the annex "Phương án đơn giản hóa" as a .docx file, with tables and diagrams.

    Procedures without a proposal are left out where others have one: the report tells of them.

    Args:
        reviewed: Records in Vietnamese and their diagrams, at least one.
    """
    return drawn(annex([each for each in reviewed if each.changed] or reviewed))


def decision_document(reviewed: Sequence[Reviewed]) -> bytes | None:
    """Return the draft decision, or ``None`` where there is nothing that it may approve.

    Args:
        reviewed: Records in Vietnamese, at least one.

    Source: Luật 72/2025/QH15 Điều 13: a phân cấp needs a legal normative text.
    """
    return drawn(decision(in_order(reviewed))) if decidable(reviewed) else None


def workflow_document(reviewed: Sequence[Reviewed]) -> bytes:
    """Return the new internal workflows, one table a procedure.

    Args:
        reviewed: Records in Vietnamese, at least one.
    """
    return drawn(workflow(in_order(reviewed)))


def results_document(reviewed: Sequence[Reviewed]) -> bytes:
    """Return the report of the results, the totals against the targets.

    It numbers procedures as the annex does; those without a proposal come last.

    Args:
        reviewed: Records in Vietnamese, at least one.
    """
    ordered = numbered(reviewed)
    return drawn(results(ordered, of_totals([each.record for each in ordered])))
