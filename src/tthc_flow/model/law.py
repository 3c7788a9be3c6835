"""Legal basis of a step, and the answers to the questions that law asks before a change."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from tthc_flow.model.source import Source


class LegalRank(StrEnum):
    """Rank of a text, highest first; who may change a step follows from it."""

    TREATY = "treaty"
    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    PROVINCIAL = "provincial"
    AGENCY = "agency"


@frozen(kw_only=True)
class LegalBasis:
    """The text that demands a step: document, clause (điểm, khoản, điều) and rank."""

    document: str
    rank: LegalRank
    clause: str | None = None


class Authority(StrEnum):
    """Who may make a change: the province itself, or a ministry or higher (kiến nghị)."""

    WITHIN = "within"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Reply(StrEnum):
    """An answer to a gate question; unknown stays unknown, it never passes silently."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Answer:
    """An answer to one gate question, for one step or (``step=None``) the whole procedure."""

    question: str
    reply: Reply
    step: str | None = None
    source: Source | None = None
