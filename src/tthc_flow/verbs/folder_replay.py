"""Rulings on candidates about several procedures, replayed on the folder as it is now.

A ruling is about procedures as they were. Where one was moved to another file, it still holds;
where one does other work, nobody has ruled on it. A gate always goes before an acceptance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.model.ruling import Seen
from tthc_flow.plan.replay import carried_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.model.folder import Folder
    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.ruling import Ruling
    from tthc_flow.plan.replay import Replay


def replayed_together(
    rulings: Sequence[Ruling], folder: Folder, candidates: Iterable[Candidate]
) -> Replay:
    """Return what *rulings* mean for *candidates*, which were found on *folder* now.

    A finding is each ruling that cannot be carried out: ``ruling-procedure-lost`` (it is gone),
    ``ruling-procedure-stale`` (it does other work now), ``ruling-no-candidate``,
    ``ruling-barred``, ``ruling-open``, ``ruling-twice``, ``ruling-unknown-term``.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> from tthc_flow.model.ruling import Ruling, Stand
        >>> one = Ruling(lever="abolish_unused", targets=("a.bpmn",), stand=Stand.ACCEPT)
        >>> [each.code for each in replayed_together([one], Folder(), ()).findings]
        ['ruling-procedure-lost']

    Source: contract of this project: decisions are data, and a conflict is a finding.
    """
    marks = {each.key: procedure_fingerprint(each.procedure) for each in folder.members}
    return carried_out(rulings, candidates, marks, about="procedure")


def seen_together(folder: Folder, keys: Iterable[str]) -> tuple[Seen, ...]:
    """Return the members *keys* as they are now, for a ruling on them or an answer about them.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> seen_together(Folder(), ())
        ()
    """
    members = {each.key: each.procedure for each in folder.members}
    return tuple(
        Seen(
            id=key,
            name=" ".join(members[key].name.split()),
            fingerprint=procedure_fingerprint(members[key]),
        )
        for key in keys
    )
