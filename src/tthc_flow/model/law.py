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


class Body(StrEnum):
    """Who issues and amends a text."""

    NATIONAL_ASSEMBLY = "national_assembly"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PROVINCE = "province"
    AGENCY = "agency"


@frozen(kw_only=True)
class Instrument:
    """A text to be issued or amended before a change may be made, and who may do that.

    *authority* is whether the province may, *because* what tells so; *amends* the basis in it that
    stands in the way. *question* is the id of the gate question that would settle an unknown
    authority.
    """

    title: str
    authority: Authority
    body: Body | None = None
    amends: LegalBasis | None = None
    because: tuple[tuple[str, str], ...] = ()
    question: str | None = None


class HandingForm(StrEnum):
    """How a decision is handed to a lower level (Luật 72/2025/QH15 Điều 13 and 14)."""

    DELEGATION = "delegation"
    DECENTRALISATION = "decentralisation"


class Reply(StrEnum):
    """An answer to a gate question; unknown stays unknown, it never passes silently."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Answer:
    """An answer to one gate question, for one step or (``step=None``) the whole procedure.

    *by* and *on* say who answered and on which day; *about* is the fingerprint of what was asked
    about, so that an answer given for other work is not taken for this.
    """

    question: str
    reply: Reply
    step: str | None = None
    source: Source | None = None
    by: str | None = None
    on: str | None = None
    about: str | None = None
