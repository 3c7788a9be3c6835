"""Cut the files of a source into shards: what one worker does at a time, and may do again.

Where a shard ends is told by the names of the files, so a file that comes, goes or changes
touches the shard that it is in and leaves the others as they were.
"""

from __future__ import annotations

from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.portfolio.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.portfolio.settings import Settings

LARGEST: Final = 256
"""Files of a shard in the mean: over a second of one processor for procedures of eight steps."""

SMALLEST: Final = 4
SHARES: Final = 16
"""A small portfolio is cut into about so many shards, so that several workers have some."""

MOST_BYTES: Final = 8 * 1024 * 1024
"""A shard ends after so many bytes, however few files: it travels to its worker."""


@frozen(kw_only=True)
class Shard:
    """Some files and the name of what is made of them: other content, another name."""

    key: str
    items: tuple[Item, ...]


def size_for(count: int) -> int:
    """Return how many files a shard has in the mean, for a source of *count* files.

    Example:
        >>> size_for(10), size_for(53), size_for(1_000), size_for(1_000_000)
        (4, 4, 32, 256)
    """
    size = SMALLEST
    while size < LARGEST and size * 2 * SHARES <= count:
        size *= 2
    return size


def shards(items: Iterable[Item], size: int, settings: Settings) -> Iterator[Shard]:
    """Yield *items* in their order as shards of about *size*, twice as many at most.

    Example:
        >>> from tthc_flow.portfolio.settings import Settings
        >>> given = [Item(key=f"{number}.bpmn") for number in range(100)]
        >>> cut = list(shards(given, 8, Settings()))
        >>> [item for shard in cut for item in shard.items] == given
        True
        >>> max(len(shard.items) for shard in cut) <= 16
        True

    Source: content-defined chunking, Muthitacharoen et al., A Low-Bandwidth Network File System
        (2001).
    """
    held, large, least = list[Item](), 0, max(1, size // 2)
    for item in items:
        held.append(item)
        large += len(item.data)
        full = len(held) >= 2 * size or large >= MOST_BYTES
        if full or (len(held) >= least and _ends(item, least)):
            yield _shard(held, settings)
            held, large = [], 0
    if held:
        yield _shard(held, settings)


def _ends(item: Item, one_in: int) -> bool:
    told = blake2b(item.key.encode(), digest_size=8).digest()
    return int.from_bytes(told, "big") % one_in == 0


def _shard(items: list[Item], settings: Settings) -> Shard:
    told = sha256(settings.mark)
    for item in items:
        told.update(item.mark)
    return Shard(key=told.hexdigest()[:20], items=tuple(items))
