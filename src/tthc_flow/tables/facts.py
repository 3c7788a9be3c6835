"""What a table's head or a row may say beyond the usual columns: law, cost, answers, data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import fields_dict

from tthc_flow.model.actor import Role
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    Crew,
    Document,
    Volume,
    YearCount,
)
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.model.step import Database, Harm, Severity
from tthc_flow.tables.basis_text import read_basis
from tthc_flow.tables.step_table import StepFacts
from tthc_flow.tables.values import (
    count,
    known_only,
    length,
    one_of,
    quantity,
    source,
    texts,
    truth,
)

if TYPE_CHECKING:
    from tthc_flow.tables.notes import Notes
    from tthc_flow.tables.tree import Node

FACT_FIELDS: Final = tuple(fields_dict(StepFacts))


def step_facts(node: Node, notes: Notes) -> StepFacts:
    """Return the facts of a row; what is not written stays unknown."""
    work = node.get("work")
    return StepFacts(
        work=None if work is None else length(work, notes),
        reads=texts(node, "reads"),
        writes=texts(node, "writes"),
        criteria=texts(node, "criteria"),
        decides=truth(node, "decides", notes),
        checked=count(node, "checked", notes),
        rejected=count(node, "rejected", notes),
        amended=count(node, "amended", notes),
        legal_basis=tuple(filter(None, (_basis(each, notes) for each in node.each("legal_basis")))),
        mandatory=truth(node, "mandatory", notes),
        discretion=truth(node, "discretion", notes),
        harm=_harm(node, notes),
        paper=truth(node, "paper", notes),
        databases=tuple(filter(None, (_database(each, notes) for each in node.each("databases")))),
        separate_from=texts(node, "separate_from") or frozenset(),
        applicant_visit=truth(node, "applicant_visit", notes),
        inspects=node.text_of("inspects"),
    )


def _basis(node: Node, notes: Notes) -> LegalBasis | None:
    cited = None if node.text is None else read_basis(node.text)
    if cited is not None:
        return cited
    known_only(node, ("document", "rank", "clause"), notes)
    document, rank = node.text_of("document"), one_of(node, "rank", LegalRank, notes)
    if document is None or rank is None:
        notes.warn("table-basis-incomplete", line=node.line, value=document or node.text or "")
        return None
    return LegalBasis(document=document, rank=rank, clause=node.text_of("clause"))


def _harm(node: Node, notes: Notes) -> Harm | None:
    field = node.get("harm")
    if field is None:
        return None
    known_only(field, ("severity", "reversible", "amount"), notes)
    amount = quantity(field, "amount", notes)
    if amount is None and field.get("amount") is not None:
        notes.warn("table-field-missing", line=field.line, field="harm.amount")
    harm = Harm(
        severity=one_of(field, "severity", Severity, notes),
        reversible=truth(field, "reversible", notes),
        amount=amount,
    )
    return None if harm == Harm() else harm


def _database(node: Node, notes: Notes) -> Database | None:
    if node.text is not None:
        return Database(name=node.text.strip())
    known_only(node, ("name", "connected", "authoritative"), notes)
    name = node.text_of("name")
    if name is None:
        notes.warn("table-field-missing", line=node.line, field="databases.name")
        return None
    connected, authoritative = truth(node, "connected", notes), truth(node, "authoritative", notes)
    return Database(name=name, connected=connected, authoritative=authoritative)


def answers(node: Node, notes: Notes) -> tuple[Answer, ...]:
    """Return the answers to gate questions; one without a source is kept and reported."""
    given = []
    for each in node.each("answers"):
        known_only(each, ("question", "reply", "step", "source", "by", "on", "about"), notes)
        question, reply = each.text_of("question"), one_of(each, "reply", Reply, notes)
        if question is None or reply is None:
            notes.warn(
                "table-field-missing", line=each.line, field="answers.question, answers.reply"
            )
            continue
        origin = source(each.get("source"), notes)
        if origin is None:
            notes.warn("table-answer-without-source", line=each.line, question=question)
        given.append(
            Answer(
                question=question,
                reply=reply,
                step=each.text_of("step"),
                source=origin,
                by=each.text_of("by"),
                on=each.text_of("on"),
                about=each.text_of("about"),
            )
        )
    return tuple(given)


def documents(node: Node, notes: Notes) -> tuple[Document, ...] | None:
    """Return the dossier's components; ``None`` where the table does not list them."""
    if node.get("documents") is None:
        return None
    listed = []
    for each in node.each("documents"):
        known_only(each, ("name", "copies", "original", "known_in"), notes)
        name = each.text or each.text_of("name")
        if name is None:
            notes.warn("table-field-missing", line=each.line, field="documents.name")
            continue
        listed.append(
            Document(
                name=name.strip(),
                copies=count(each, "copies", notes),
                original=truth(each, "original", notes),
                known_in=each.text_of("known_in"),
            )
        )
    return tuple(listed)


def applicant_work(node: Node, origin: Source | None, notes: Notes) -> tuple[ApplicantWork, ...]:
    """Return the rows of the cost sheet, the printed fee among them."""
    rows = []
    for each in node.each("work"):
        known_only(each, ("item", "name", "hours", "service", "other", "document"), notes)
        item = one_of(each, "item", CostItem, notes)
        if item is None:
            notes.warn("table-field-missing", line=each.line, field="work.item")
            continue
        rows.append(
            ApplicantWork(
                item=item,
                name=each.text_of("name") or item.value,
                hours=quantity(each, "hours", notes),
                service=quantity(each, "service", notes),
                other=quantity(each, "other", notes),
                document=each.text_of("document"),
            )
        )
    fee = _fee(node, origin, notes)
    return (*rows, fee) if fee is not None else tuple(rows)


def _fee(node: Node, origin: Source | None, notes: Notes) -> ApplicantWork | None:
    text = node.text_of("fee")
    if text is None:
        return None
    amount = re.fullmatch(r"([\d.\s]+)\s*(?:đồng|đ|VND)?", text)
    if text.casefold() in {"không", "miễn phí"}:
        value = 0
    elif amount is not None:
        value = int(re.sub(r"\D", "", amount[1]) or 0)
    else:
        notes.warn("table-fee-unknown", line=node.line, value=text)
        return None
    cost = Quantity(value=value, evidence=EvidenceKind.LEGAL_LIMIT, source=origin)
    return ApplicantWork(item=CostItem.FEE, name="Phí, lệ phí", other=cost)


def volume(node: Node, notes: Notes) -> Volume:
    """Return how often the procedure happens."""
    field = node.get("volume")
    if field is None:
        return Volume()
    known_only(field, tuple(fields_dict(Volume)), notes)
    names = ("subjects", "times", "dossiers", "hourly_income")
    return Volume(
        **{name: quantity(field, name, notes) for name in names}, by_year=_by_year(field, notes)
    )


def _by_year(node: Node, notes: Notes) -> tuple[YearCount, ...]:
    counts = []
    for each in node.each("by_year"):
        known_only(each, ("year", "dossiers", "source"), notes)
        year, dossiers = count(each, "year", notes), count(each, "dossiers", notes)
        if year is None or dossiers is None:
            notes.warn("table-field-missing", line=each.line, field="volume.by_year.year, dossiers")
            continue
        origin = source(each.get("source"), notes)
        counts.append(YearCount(year=year, dossiers=dossiers, source=origin))
    return tuple(counts)


def crews(node: Node, notes: Notes) -> tuple[Crew, ...]:
    """Return the people of each role and office, as far as they are counted."""
    found = []
    for each in node.each("crews"):
        known_only(each, ("office", "role", "people", "hours", "other_load"), notes)
        office, role = each.text_of("office"), one_of(each, "role", Role, notes)
        people, hours = quantity(each, "people", notes), quantity(each, "hours", notes)
        if office is None or role is None or people is None or hours is None:
            notes.warn(
                "table-field-missing", line=each.line, field="crews.office, role, people, hours"
            )
            continue
        other = quantity(each, "other_load", notes)
        found.append(Crew(office=office, role=role, people=people, hours=hours, other_load=other))
    return tuple(found)
