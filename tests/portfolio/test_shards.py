"""Shards: nothing lost or doubled, steady where a file comes or goes, named by their content."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.model.plan import Targets
from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.settings import ProvinceFrom, Settings
from tthc_flow.portfolio.shards import LARGEST, MOST_BYTES, SMALLEST, shards, size_for
from tthc_flow.units import Convention

NAMES = st.lists(st.text("abcde/", min_size=1, max_size=8), unique=True, max_size=120)


def items(names: list[str]) -> list[Item]:
    return [Item(key=name, data=name.encode() * 3) for name in sorted(names)]


def keys(given_: list[Item], size: int, settings: Settings) -> list[str]:
    return [each.key for each in shards(given_, size, settings)]


SETTINGS = Settings(program="1")


@given(NAMES, st.integers(1, 40))
def test_nothing_is_lost_doubled_or_moved(names: list[str], size: int) -> None:
    given_ = items(names)
    cut = list(shards(given_, size, SETTINGS))
    assert [each for shard in cut for each in shard.items] == given_
    assert all(0 < len(shard.items) <= 2 * size for shard in cut)
    assert len({shard.key for shard in cut}) == len(cut)


def test_a_file_more_touches_few_shards() -> None:
    names = [f"tinh-{n % 34}/thu-tuc-{n}.bpmn" for n in range(4_000)]
    before = set(keys(items(names), 64, SETTINGS))
    for more in ("tinh-0/a.bpmn", "tinh-17/moi.bpmn", "tinh-9/zz.bpmn"):
        after = keys(items([*names, more]), 64, SETTINGS)
        assert len(set(after) - before) <= 3
        assert len(before) >= 40


@given(NAMES.filter(bool), st.data())
def test_other_content_is_another_shard_and_only_that(
    names: list[str], data: st.DataObject
) -> None:
    given_ = items(names)
    place = data.draw(st.integers(0, len(given_) - 1))
    changed = data.draw(
        st.sampled_from(
            [
                {"data": b"x"},
                {"answers": b""},
                {"answers": b"y"},
                {"data": given_[place].data + b"z"},
            ]
        )
    )
    other = [*given_]
    other[place] = evolve(given_[place], **changed)
    before, after = keys(given_, 4, SETTINGS), keys(other, 4, SETTINGS)
    assert len(before) == len(after)
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 1


def test_other_settings_are_other_shards() -> None:
    given_ = items(["a", "b"])
    told = [
        SETTINGS,
        evolve(SETTINGS, program="2"),
        evolve(SETTINGS, targets=Targets(time="0.3")),
        evolve(SETTINGS, targets=Targets(cost="0.3")),
        evolve(SETTINGS, targets=Targets(hand_offs=3)),
        evolve(SETTINGS, province=ProvinceFrom.FOLDER),
        evolve(SETTINGS, convention=Convention.named("strict")),
    ]
    assert len({key for each in told for key in keys(given_, 4, each)}) == len(told)


def test_parts_of_a_name_and_of_its_content_are_not_mixed_up() -> None:
    one, two = Item(key="ab", data=b"c"), Item(key="a", data=b"bc")
    assert one.mark != two.mark
    assert Item(key="a", answers=None).mark != Item(key="a", answers=b"").mark


def test_large_files_make_short_shards() -> None:
    large = [Item(key=str(n), data=b"x" * (MOST_BYTES // 2)) for n in range(7)]
    assert [len(each.items) for each in shards(large, 64, SETTINGS)] == [2, 2, 2, 1]


@given(st.integers(0, 10**7))
def test_a_portfolio_of_any_size_has_a_size_of_shards(count: int) -> None:
    size = size_for(count)
    assert SMALLEST <= size <= LARGEST
    assert size_for(count + 1) in (size, 2 * size)
