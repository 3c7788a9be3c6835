"""A reviewed procedure as the papers need it: its record and its two diagrams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.report.outcome import named
from tthc_flow.report.word.citing import in_full
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

AUTHORITIES: Final = ("within", "outside", "unknown")
DECENTRALISATION: Final = "decentralisation"


@frozen(kw_only=True)
class Reviewed:
    """What ``tthc-flow propose --json`` prints of one procedure, in Vietnamese, and its pictures.

    *before* and *after* are the SVG of the two diagrams; a paper that shows none needs none.
    """

    record: Mapping[str, Any]
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        """Return what the procedure is called."""
        procedure = self.record["procedure"]
        return str(procedure["name"] or procedure["process"])

    @property
    def changed(self) -> bool:
        """Return whether anything is proposed."""
        return bool(self.record["plan"]["applied"])


def candidates(one: Reviewed) -> dict[str, Mapping[str, Any]]:
    """Return the candidates of the record by their id."""
    return {each["id"]: each for each in one.record["candidates"]}


def applied(one: Reviewed) -> list[Mapping[str, Any]]:
    """Return the applied candidates in the order in which the plan applies them."""
    known = candidates(one)
    return [known[each["id"]] for each in one.record["plan"]["applied"]]


def called(one: Reviewed, candidate: Mapping[str, Any]) -> str:
    """Return a change inside a sentence: what is done, and to which steps.

    Example:
        >>> one = Reviewed(record={"labels": {"a": "bước 4 “Ký”"}})
        >>> called(one, {"title": "Bỏ bước trung chuyển", "targets": ["a"], "handing": None})
        'bỏ bước trung chuyển (bước 4 “Ký”)'
    """
    handing = candidate["handing"]
    title = say("handing", form=handing["form_text"]) if handing else candidate["title"]
    lowered = title if title[:2].isupper() else title[:1].lower() + title[1:]
    about = named(one.record["labels"], candidate["targets"])
    return f"{lowered} ({about})" if about else lowered


def stages(one: Reviewed, authority: str) -> Iterator[tuple[Mapping[str, Any] | None, list[Any]]]:
    """Yield each text to amend under *authority* (``None``: nobody said which), and its changes."""
    known = candidates(one)
    for stage in one.record["plan"]["roadmap"]:
        if stage["authority"] == authority:
            yield stage["instrument"], [known[each] for each in stage["candidates"]]


def hands_down(candidate: Mapping[str, Any]) -> bool:
    """Return whether *candidate* is a phân cấp, which only a legal normative text can order."""
    handing = candidate["handing"]
    return handing is not None and handing["form"] == DECENTRALISATION


def listed(texts: Iterable[str]) -> str:
    """Return *texts* once each, in one sentence."""
    return "; ".join(dict.fromkeys(texts))


def text_of(instrument: Mapping[str, Any] | None) -> str:
    """Return a text as a proposal names it: the clause that stands in the way, and the text."""
    if instrument is None:
        return say("no-text")
    amends = instrument["amends"]
    if amends is None:
        return in_full(instrument["title"])
    named_whole = amends["document"] in instrument["title"]
    document = instrument["title"] if named_whole else amends["document"]
    clause = amends["clause"]
    return in_full(f"{clause} {document}" if clause and clause not in document else document)
