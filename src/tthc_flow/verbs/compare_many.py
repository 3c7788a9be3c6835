"""Compare two folders of procedures, pair by pair: a year before with a year after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.compare import compare
from tthc_flow.verbs.folder import drawings_under
from tthc_flow.verbs.opening import opened, picked

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Pairs:
    """The comparisons by name, their files, and the files that have no other half."""

    found: Mapping[str, Comparison]
    files: Mapping[str, tuple[Path, Path]]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


def compare_many(
    before: str | os.PathLike[str],
    after: str | os.PathLike[str],
    convention: Convention | str = DEFAULT_CONVENTION,
) -> Pairs:
    """Return the comparison of every procedure of folder *before* with its file of *after*.

    A file is the other half of the file of the same path under its folder; what is left is paired
    by the code of the procedure, where one file alone bears it on each side.

    Args:
        before: A folder with BPMN files, its sub-folders included.
        after: The same.
        convention: The rule that turns printed units into working minutes.

    Raises:
        UnreadableInput: TF233 where a folder holds no BPMN file; TF2xx where one cannot be read.

    Example:
        >>> import tempfile
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.bpmn").write_bytes(text)
        ...     sorted(compare_many(folder, folder).found)
        ['a.bpmn']

    Source: domain rule of this project.
    """
    one, two = drawings_under(before), drawings_under(after)
    pairs = {name: (one[name], two[name]) for name in one if name in two}
    left = {name: path for name, path in one.items() if name not in pairs}
    right = {name: path for name, path in two.items() if name not in pairs}
    codes = _by_code(right)
    for code, name in _by_code(left).items():
        if code in codes:
            pairs[name] = (left.pop(name), right.pop(codes[code]))
    return Pairs(
        found={name: compare(*pairs[name], convention) for name in sorted(pairs)},
        files=pairs,
        only_before=tuple(left),
        only_after=tuple(right),
    )


def _by_code(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the file of each code that one file alone bears."""
    codes = {name: picked(opened(path)).code for name, path in files.items()}
    every = list(codes.values())
    return {code: name for name, code in codes.items() if code and every.count(code) == 1}
