"""The annex "Phương án đơn giản hóa thủ tục hành chính", with its tables and diagrams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.word.blocks import Line, Look, Paper, Rule, Sheet
from tthc_flow.report.word.catalogue import catalogue, in_order, part
from tthc_flow.report.word.cost_sheet import cost_sheet
from tthc_flow.report.word.decision import decidable
from tthc_flow.report.word.diagrams import diagrams, legend
from tthc_flow.report.word.evidence import evidence
from tthc_flow.report.word.issuer import issuer_of
from tthc_flow.report.word.proposal_block import proposal_block
from tthc_flow.report.word.role_table import role_table
from tthc_flow.report.word.simulated import simulated
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.issuer import Issuer
    from tthc_flow.report.word.reviewed import Reviewed


def annex(reviewed: Sequence[Reviewed]) -> Paper:
    """Return the annex of one or several procedures.

    Phần I lists them by level and field, Phần II holds a numbered block each; the tables by role,
    the cost sheets and the diagrams follow under the same numbers.

    Source: QĐ 2816/QĐ-UBND and 2813/QĐ-UBND Đồng Nai (20/11/2025), field by field.
    """
    ordered, issuer = in_order(reviewed), issuer_of(reviewed)
    numbered = list(enumerate(ordered, start=1))
    name = say("annex-name")
    blocks: list[Block] = [
        Line(text=say("draft"), look=Look.DRAFT),
        Line(text=say("annex"), look=Look.TITLE),
        Line(text=name, look=Look.TITLE),
        Line(text=issuer.scope.upper(), look=Look.TITLE),
        Line(text=_of(ordered, issuer), look=Look.ABOUT),
        Rule(),
        *catalogue(ordered),
        *part(2),
        *(block for number, one in numbered for block in proposal_block(one, number)),
        Sheet(),
        *part(3),
    ]
    for number, one in numbered:
        blocks += [
            *role_table(one, number),
            *cost_sheet(one, number),
            *evidence(one, number),
            *simulated(one, number),
        ]
    if any(one.changed for one in ordered):
        blocks.append(Line(text=legend(), look=Look.NOTE))
    for number, one in numbered:
        blocks += diagrams(one, number)
    subject = "; ".join(one.name for one in ordered)
    return Paper(title=name, subject=subject, author=issuer.agency, blocks=tuple(blocks))


def _of(ordered: Sequence[Reviewed], issuer: Issuer) -> str:
    """Return what it is annexed to: the report, where there is nothing to be decided."""
    if decidable(ordered):
        return say("annex-of", number=issuer.number, issuer=issuer.chair)
    return say("annex-of-report", number=say("number-report"))
