"""Terms that somebody set: a lever's candidates carry them from the moment they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.lever import Candidate, Find, Lever
    from tthc_flow.model.procedure import Procedure


def with_terms(
    levers: Sequence[Lever], terms: Mapping[str, Mapping[str, str]]
) -> tuple[Lever, ...]:
    """Return *levers* whose candidates have the *terms* that were set for them, by candidate id.

    Example:
        >>> with_terms((), {"inspect_afterwards:a": {"share": "0.2"}})
        ()

    Source: contract of this project: an edit is a ruling, replayed on the next version.
    """
    touched = {candidate.partition(":")[0] for candidate in terms}
    return tuple(
        evolve(each, find=_finding(each.find, terms)) if each.id in touched else each
        for each in levers
    )


def _finding(find: Find, terms: Mapping[str, Mapping[str, str]]) -> Find:
    def found(procedure: Procedure) -> Iterator[Candidate]:
        for candidate in find(procedure):
            given = {**dict(candidate.terms), **terms.get(candidate.id, {})}
            yield evolve(candidate, terms=tuple(given.items()))

    return found
