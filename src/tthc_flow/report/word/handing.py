"""What the papers say of a decision that is handed down: phân cấp and ủy quyền are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.outcome import named
from tthc_flow.report.word.reviewed import applied, hands_down, listed
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.report.word.reviewed import Reviewed

_REMOVED: Final = "removed"
_DECIDES: Final = "decides-now"  # the evidence that names who signs today


def handing_lines(one: Reviewed) -> Iterator[str]:
    """Yield a sentence for each delegation, with what it demands, then one for what is phân cấp.

    A phân cấp is ordered by a legal normative text, never by a decision of this kind.

    Source: Luật 72/2025/QH15 Điều 13, Điều 14.
    """
    for handing, steps in _delegations(one):
        yield say(
            "delegation",
            giver=handing["giver"],
            receiver=handing["receiver"],
            steps=steps,
            period=handing["period"] or say("blank"),
            conditions=listed(map(_clause, handing["conditions"])),
            republish=listed(map(_clause, handing["republish"])),
        )
    told = _decentralised(one)
    if told:
        yield told[:1].upper() + told[1:]


def handing_notes(one: Reviewed) -> Iterator[str]:
    """Yield what a draft decision says of both: neither is ordered by it."""
    delegated = [steps for _, steps in _delegations(one)]
    if delegated:
        yield say("delegation-note", steps=", ".join(delegated))
    told = _decentralised(one)
    if told:
        yield told


def gone_words(one: Reviewed, change: Mapping[str, Any]) -> str:
    """Return the sentence of a change; of a step that goes because another signs, just that.

    The decision itself is not dropped: a paper that says so would be sent back.
    """
    handing = next(
        (
            each["handing"]
            for each in applied(one)
            if each["handing"] and change["element"] in each["targets"]
        ),
        None,
    )
    steps = {each["id"]: each for each in one.record["plan"]["steps"]["before"]}
    step = steps.get(change["element"] or "")
    if change["kind"] != _REMOVED or handing is None or step is None:
        return str(change["sentence"])
    return say(
        "content-handed",
        step=named(one.record["labels"], [step["id"]]),
        giver=step["performer"] or handing["giver"],
        time=step["time"],
        receiver=handing["receiver"],
        form=handing["form_text"],
    )


def _delegations(one: Reviewed) -> list[tuple[Mapping[str, Any], str]]:
    """Return each delegation once, with every step whose decision it hands down."""
    found: list[tuple[Mapping[str, Any], list[str]]] = []
    for each in applied(one):
        handing = each["handing"]
        if handing is None or hands_down(each):
            continue
        same = next((steps for known, steps in found if known == handing), None)
        if same is None:
            found.append((handing, _decided(each)))
        else:
            same += _decided(each)
    return [(handing, named(one.record["labels"], steps)) for handing, steps in found]


def _decentralised(one: Reviewed) -> str:
    down = [step for each in applied(one) if hands_down(each) for step in _decided(each)]
    return say("decentralisation", steps=named(one.record["labels"], down)) if down else ""


def _decided(candidate: Mapping[str, Any]) -> list[str]:
    """Return the steps in which it is decided, without those that only lead there."""
    told = [each["element"] for each in candidate["evidence"] if each["name"] == _DECIDES]
    return [each for each in told if each] or [*candidate["targets"]]


def _clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
