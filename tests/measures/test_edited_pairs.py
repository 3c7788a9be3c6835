"""Differences of generated pairs: exactly what was edited is found, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from measures.edited_pairs import ANEW, DRAWN, EDITS, Pair, drawn, grown, pairs_of
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.verbs.opening import drawings_of, picked

CHUNKS = 4
RANDOM, EACH = 64, 9
"""How many random procedures, and how many pairs of each."""


def found(pair: Pair) -> Counter:
    """What the comparison of the two files says, as the edits say it."""
    readings = read(pair.before), read(pair.after)
    one, two = (picked(*each) for each in zip(readings, pair.processes, strict=True))
    drawings = drawings_of(readings[0], one), drawings_of(readings[1], two)
    changes = differences(one, two, drawings)
    assert not any("{" in sentence(each) for each in changes)
    return Counter((each.kind, frozenset(each.was), frozenset(each.now)) for each in changes)


def wrong(pairs: Iterable[Pair]) -> list[str]:
    """Each change that was missed (recall), and each that was not made (precision)."""
    told = []
    for pair in pairs:
        got = found(pair)
        place = f"{pair.source} {'+'.join(pair.edits)}"
        told += [f"{place}: missed {each}" for each in pair.told - got]
        told += [f"{place}: not made {each}" for each in got - pair.told]
    return told


@cache
def shipped(root: Path) -> tuple[Pair, ...]:
    paths = sorted(root.glob("processes/*/*/flow.bpmn"))
    return tuple(pair for path in paths for pair in pairs_of(path.parent.name, read(path), 16))


@cache
def of_a_seed(seed: int) -> tuple[Pair, ...]:
    return tuple(pairs_of(*grown(seed), EACH))


def random_pairs(seeds: Iterable[int]) -> list[Pair]:
    return [pair for seed in seeds for pair in of_a_seed(seed)]


def real(files: Iterable[Path]) -> Iterator[tuple[str, Reading]]:
    for path in files:
        reading = drawn(path)
        if reading is not None:
            yield path.as_posix().rpartition("/data/bpmn/files/")[2], reading  # wherever it lies


def test_edits_of_shipped_procedures_are_told_exactly(root):
    pairs = shipped(root)
    assert len(pairs) >= 300
    assert wrong(pairs) == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_edits_of_random_procedures_are_told_exactly(chunk):
    pairs = random_pairs(range(chunk, RANDOM, CHUNKS))
    assert len(pairs) >= 120
    assert wrong(pairs) == []


def test_edits_of_real_drawings_are_told_exactly(shared):
    files = sorted((shared / "data" / "bpmn" / "files").rglob("*.bpmn"))[::7]
    pairs = [pair for name, file in islice(real(files), 80) for pair in pairs_of(name, file, 4)]
    assert len(pairs) >= 250
    assert wrong(pairs) == []


def test_every_edit_is_among_the_pairs_and_also_with_every_id_new(root):
    pairs = [*shipped(root), *random_pairs(range(24))]
    alone = Counter(pair.edits for pair in pairs if len(pair.edits) == 1)
    assert all(alone[(name,)] >= 2 for name in (*EDITS, ANEW, DRAWN))
    anew = Counter(name for pair in pairs if ANEW in pair.edits for name in pair.edits)
    assert all(anew[name] >= 4 for name in EDITS)
    assert sum(len(pair.edits) > 2 for pair in pairs) >= 20
    assert all(pair.before != pair.after for pair in pairs)


@pytest.mark.nightly
def test_edits_of_every_real_drawing_are_told_exactly(shared):
    files = sorted((shared / "data" / "bpmn" / "files").rglob("*.bpmn"))
    pairs = (pair for name, file in real(files) for pair in pairs_of(name, file, 30, seed=1))
    assert wrong(pairs) == []


@pytest.mark.nightly
def test_edits_of_many_random_procedures_are_told_exactly():
    pairs = (pair for seed in range(1_000, 1_600) for pair in pairs_of(*grown(seed), 20))
    assert wrong(pairs) == []
