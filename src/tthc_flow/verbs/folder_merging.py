"""Merge procedures of a folder for good: built, laid out, proven for every case, run, read back."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.engine.run import BranchRun, run_every_branch
from tthc_flow.errors import TthcFlowError
from tthc_flow.graph.merged import Merged, case_of, told_in
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers.merge_procedures import one_of
from tthc_flow.model.lever import Candidate, Precondition, Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.prove import prove
from tthc_flow.proof.soundness import soundness
from tthc_flow.report.sentences import names_of
from tthc_flow.verbs.resolve import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tthc_flow.model.folder import Folder
    from tthc_flow.model.procedure import Procedure

_LONGEST: Final = 100
"""Letters of a name made of several: what file systems and people still take."""


@frozen(kw_only=True)
class MergedFile:
    """Procedures that became one: its *key* in the folder, what became of each, the written file.

    *proofs* are of the one flow (first), then of every case against its procedure; *executed* is
    every branch of the one.
    """

    key: str
    candidate: Candidate
    whole: Merged
    written: Reading
    proofs: tuple[tuple[Proof, ...], ...]
    executed: BranchRun


def merged_file(
    folder: Folder, candidate: Candidate, taken: Collection[str] = ()
) -> MergedFile | Precondition:
    """Return the procedures of *candidate* as one written file, or what keeps it from being one.

    Args:
        folder: The folder as it is when they are merged.
        candidate: One that :mod:`tthc_flow.levers.merge_procedures` found.
        taken: Keys that a new file must not have.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> merged_file(Folder(), Candidate(lever="merge_procedures", targets=("a", "b"))).name
        'still-alike'

    Source: domain rule of this project: whatever is emitted is sound, keeps the laws, and runs.
    """
    whole = one_of(folder, candidate)
    if whole is None:
        return Precondition(name="still-alike", verdict=Verdict.UNKNOWN)
    cases = range(len(whole.sources))
    proofs = (
        (soundness(whole.procedure.flow),),
        *(prove(told_in(whole, number), case_of(whole, number)) for number in cases),
    )
    for proof in (each for every in proofs for each in every):
        if proof.verdict is Verdict.FAIL:
            return _broken(proof, whole.procedure)
    try:
        executed = run_every_branch(whole.procedure)
        written = _written(whole.procedure)
    except TthcFlowError as error:
        because = (("error", error.code),)
        return Precondition(name="can-be-rewritten", verdict=Verdict.UNKNOWN, because=because)
    if not executed.completed or not _says(written, whole.procedure):
        return Precondition(name="runs-as-one", verdict=Verdict.UNKNOWN)
    return MergedFile(
        key=key_of(candidate.targets, taken),
        candidate=candidate,
        whole=whole,
        written=written,
        proofs=proofs,
        executed=executed,
    )


def _broken(proof: Proof, procedure: Procedure) -> Precondition:
    """Return a law that one of the cases would break, in the words of people."""
    names = names_of(procedure)
    because = tuple(
        (name, f"“{names[value]}”" if value in names else value) for name, value in proof.because
    )
    return Precondition(name=f"keeps-{proof.name}", verdict=Verdict.UNKNOWN, because=because)


def _written(procedure: Procedure) -> Reading:
    return read(build(procedure, lay_out(procedure)).data)


def _says(written: Reading, procedure: Procedure) -> bool:
    """Return whether the written file says what *procedure* does, in its flow and beside it."""
    (again,) = written.procedures
    return same(again.flow, procedure.flow) and _beside(again) == _beside(procedure)


def _beside(procedure: Procedure) -> tuple[object, ...]:
    facts = (procedure.name, procedure.agency, procedure.documents, procedure.total_time)
    return (*facts, procedure.answers, set(procedure.pools), set(procedure.messages))


def key_of(keys: Sequence[str], taken: Collection[str] = ()) -> str:
    """Return the key of what the members *keys* become: named as they are, their parts joined.

    Example:
        >>> key_of(("cap.bpmn", "cap-lai.bpmn"))
        'cap+cap-lai.bpmn'
        >>> key_of(("dat-dai/1.01/flow.bpmn", "dat-dai/1.02/flow.bpmn"))
        'dat-dai/1.01+1.02/flow.bpmn'
        >>> key_of(("cap.bpmn", "so/cap-lai.bpmn"), taken=("cap+cap-lai.bpmn",))
        'cap+cap-lai-2.bpmn'

    Source: contract of this project: a folder keeps the way in which its files are named.
    """
    files = [file_of(each) for each in keys]
    ending = next((each for each in SUFFIXES if files[0].endswith(each)), ".bpmn")
    stems = [_stem(each) for each in keys]
    parents = [PurePosixPath(each).parent.parts for each in files]
    place, name = list(parents[0]), stems[0]
    if len(set(stems)) > 1 or len({len(each) for each in parents}) > 1:
        name = _joined(stems)
    else:
        place = [_joined(parts) for parts in zip(*parents, strict=True)]
    number, wish = 1, name
    while "/".join((*place, f"{name}{ending}")) in taken:
        number += 1
        name = f"{wish}-{number}"
    return "/".join((*place, f"{name}{ending}"))


def file_of(key: str) -> str:
    """Return the file of the member *key*; the key of one of several processes ends in its id.

    Example:
        >>> file_of("so/a#1.bpmn"), file_of("so/a#1.bpmn#Process_2")
        ('so/a#1.bpmn', 'so/a#1.bpmn')
    """
    return key if key.endswith(SUFFIXES) else key.rpartition("#")[0]


def _stem(key: str) -> str:
    """Return the name of a file without its ending; a process of several adds its id."""
    file = file_of(key)
    name, process = PurePosixPath(file).name, key.removeprefix(file).removeprefix("#")
    ending = next((each for each in SUFFIXES if name.endswith(each)), "")
    return "-".join(filter(None, (name.removesuffix(ending), process)))


def _joined(names: Sequence[str]) -> str:
    """Return different *names* as one; the first and how many more where that is too long."""
    several = list(dict.fromkeys(names))
    whole = "+".join(several)
    return whole if len(whole) <= _LONGEST else f"{several[0]}+{len(several) - 1}"
