"""What the papers say of a decision that is handed down: phân cấp and ủy quyền are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report.word.reviewed import applied, called, hands_down, listed
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.report.word.reviewed import Reviewed


def handing_lines(one: Reviewed) -> Iterator[str]:
    """Yield a sentence for each delegation, with what it demands, then one for what is phân cấp.

    A phân cấp is ordered by a legal normative text, never by a decision of this kind.

    Source: Luật 72/2025/QH15 Điều 13, Điều 14.
    """
    for handing, titles in _delegations(one):
        yield say(
            "delegation",
            giver=handing["giver"],
            receiver=handing["receiver"],
            titles=titles,
            period=handing["period"] or say("blank"),
            conditions=listed(map(_clause, handing["conditions"])),
            republish=listed(map(_clause, handing["republish"])),
        )
    told = _decentralised(one)
    if told:
        yield told[:1].upper() + told[1:]


def handing_notes(one: Reviewed) -> Iterator[str]:
    """Yield what a draft decision says of both: neither is ordered by it."""
    delegated = [titles for _, titles in _delegations(one)]
    if delegated:
        yield say("delegation-note", titles=listed(delegated))
    told = _decentralised(one)
    if told:
        yield told


def _delegations(one: Reviewed) -> list[tuple[Mapping[str, Any], str]]:
    """Return each delegation once, with every change that it is for."""
    found: list[tuple[Mapping[str, Any], list[str]]] = []
    for each in applied(one):
        handing = each["handing"]
        if handing is None or hands_down(each):
            continue
        same = next((titles for known, titles in found if known == handing), None)
        if same is None:
            found.append((handing, [called(one, each)]))
        else:
            same.append(called(one, each))
    return [(handing, listed(titles)) for handing, titles in found]


def _decentralised(one: Reviewed) -> str:
    down = [called(one, each) for each in applied(one) if hands_down(each)]
    return say("decentralisation", titles=listed(down)) if down else ""


def _clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
