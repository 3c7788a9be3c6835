"""What several procedures ask or do again: the same document, an inspection of the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.portfolio.asking import answered, opened
from tthc_flow.portfolio.spellings import SPELLED

if TYPE_CHECKING:
    import os


@frozen(kw_only=True)
class AskedAgain:
    """A document that several procedures of a province ask for.

    *keys* are the procedures in order, *agencies* those that ask, *known_in* the databases that
    hold it already by what any of the procedures says.
    """

    name: str
    province: str | None
    keys: tuple[str, ...]
    agencies: tuple[str, ...]
    known_in: tuple[str, ...]


@frozen(kw_only=True)
class InspectedAgain:
    """One thing that several steps of a province inspect: *steps* as keys with step ids."""

    subject: str
    province: str | None
    steps: tuple[tuple[str, str], ...]
    offices: tuple[str, ...]


_DOCUMENTS: Final = f"""
WITH {SPELLED.format(table="procedures", column="agency", counted="agency IS NOT NULL")}
SELECT min(d.name), p.province, list(DISTINCT d.key ORDER BY d.key),
  coalesce(list(DISTINCT s.shown ORDER BY s.shown) FILTER (s.shown IS NOT NULL), []),
  coalesce(list(DISTINCT d.known_in ORDER BY d.known_in) FILTER (d.known_in IS NOT NULL), [])
FROM documents d JOIN procedures p USING (key) LEFT JOIN spelled s USING (agency)
GROUP BY d.name_key, p.province HAVING count(DISTINCT p.file) > 1
ORDER BY count(DISTINCT d.key) DESC, min(d.name), p.province NULLS LAST"""  # noqa: S608 - ours

_INSPECTIONS: Final = f"""
WITH {SPELLED.format(table="inspections", column="office", counted="office IS NOT NULL")}
SELECT min(subject), province, list({{'key': key, 'step': step}} ORDER BY key, step),
  coalesce(list(DISTINCT shown ORDER BY shown) FILTER (shown IS NOT NULL), [])
FROM inspections LEFT JOIN spelled USING (office) WHERE subject_key IS NOT NULL
GROUP BY subject_key, province HAVING count(*) > 1
ORDER BY count(*) DESC, min(subject), province NULLS LAST"""  # noqa: S608 - ours


def asked_again(out: str | os.PathLike[str]) -> tuple[AskedAgain, ...]:
    """Return the documents that more than one file of a province asks for, the most asked first.

    Documents are one where their names are, by syllables; what a law calls otherwise in another
    procedure is not known to be the same.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: plan 949/KH-UBND III.3.1: data are given once.
    """
    with opened(out) as connection:
        rows = answered(connection, _DOCUMENTS).rows
    return tuple(
        AskedAgain(
            name=name,
            province=province,
            keys=tuple(keys),
            agencies=tuple(agencies),
            known_in=tuple(known),
        )
        for name, province, keys, agencies, known in rows
    )


def inspected_again(out: str | os.PathLike[str]) -> tuple[InspectedAgain, ...]:
    """Return what more than one step of a province inspects, the most inspected first.

    Only steps that name what they inspect are told: a thing without a name is no other thing.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: plan 949/KH-UBND III.1.2(b): one inspection contact.
    """
    with opened(out) as connection:
        rows = answered(connection, _INSPECTIONS).rows
    return tuple(
        InspectedAgain(
            subject=subject,
            province=province,
            steps=tuple((each["key"], each["step"]) for each in steps),
            offices=tuple(offices),
        )
        for subject, province, steps, offices in rows
    )
