"""How much a phrase counts by the clause it stands in.

A step's main deed is said in its main clause. What stands under a condition ("trường hợp
thiếu thì …"), in a circumstance before the comma ("sau khi …,"), or after the dossier is handed
on ("trình Lãnh đạo Sở ký") is done in another case, at another time or by somebody else.
"""

from __future__ import annotations

from typing import Final

from tthc_flow.words.lexicon import Hit, Text, hits

SENTENCE_ENDS: Final = frozenset(".;\n•+")
FIRST: Final = 1.0
LATER: Final = 0.8
AFTER_COMMA: Final = 0.95
"""A deed named first counts a little more than those that follow it."""

IN_BRACKETS: Final = 0.4
SUBORDINATE: Final = {"condition": 0.35, "circumstance": 0.3, "purpose": 0.15, "handed_on": 0.12}


def _ends_sentence(gap: str) -> bool:
    return bool(SENTENCE_ENDS & set(gap)) or " - " in f"{gap} " or ":" in gap


def _markers(read: Text) -> dict[int, Hit]:
    return {hit.after - 1: hit for hit in hits("clauses", read) if hit["clause"]}


def clause_weights(read: Text) -> tuple[float, ...]:
    """Return for each word of *read* how much a phrase that starts there counts (0 to 1).

    Example:
        >>> from tthc_flow.words.lexicon import text
        >>> clause_weights(text("Xem xét, trình Lãnh đạo ký"))
        (1.0, 1.0, 0.95, 0.12, 0.12, 0.12)
    """
    markers = _markers(read)
    weights = []
    sentence = segment = FIRST
    base = FIRST
    brackets = 0
    opened = 0
    for place, word in enumerate(read.words):
        brackets = max(0, brackets + word.gap.count("(") - word.gap.count(")"))
        if place and _ends_sentence(word.gap):
            base = sentence = segment = LATER if place > opened else base
            opened = place
        elif "," in word.gap:
            segment = sentence * AFTER_COMMA
            opened = place
        weights.append(min(segment, IN_BRACKETS) if brackets else segment)
        if (marker := markers.get(place)) is None:
            continue
        if marker["scope"] == "sentence":
            sentence = segment = min(segment, SUBORDINATE[marker["clause"]])
        elif marker["scope"] == "segment" or marker.first == opened:
            segment = min(segment, SUBORDINATE[marker["clause"]])
    return tuple(weights)
