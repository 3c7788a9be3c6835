"""What gates ask about a whole procedure is looked up once, however many candidates ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from attrs import evolve

from levers.office import AGENCY, case, step
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.gates import questions, signing
from tthc_flow.proof.gates.conditions import asked, barred_by_answer

MANY = 200
OPEN = "step-does-nothing-else"


def counted(patch: pytest.MonkeyPatch, room: object, name: str) -> Counter[str]:
    """Count the calls of the function *name* of *room* from here on."""
    calls: Counter[str] = Counter()
    real: Callable[..., object] = getattr(room, name)

    def again(*told: object) -> object:
        calls[name] += 1
        return real(*told)

    patch.setattr(room, name, again)
    return calls


def office() -> Procedure:
    """A procedure of many rows, each of which is answered about."""
    rows = [step(f"a{n}", "draft", AGENCY["officer"]) for n in range(MANY)]
    answers = " ".join(f"{OPEN}@{each.id}=no" for each in rows)
    return case(*rows, step("z", "sign", AGENCY["head"]), answers=answers)


def test_answers_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = office()
    calls = counted(monkeypatch, questions, "is_sourced")
    for each in procedure.flow.steps[:MANY]:
        assert barred_by_answer(procedure, OPEN, each) is not None
        assert asked(procedure, OPEN, each).verdict is Verdict.FAIL
    assert calls.total() == MANY


def test_who_prepares_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = office()
    calls = counted(monkeypatch, signing, "identity")
    head = procedure.flow.by_id["z"]
    for each in procedure.flow.steps[:MANY]:
        found = signing.preparer_is_not_signer(procedure, each)
        assert (found.verdict, found.because) == (Verdict.FAIL, (("preparer", "a0"),))
        assert signing.preparer_is_not_signer(procedure, head).verdict is Verdict.PASS
    assert calls.total() == 3 * MANY  # each row once, and each time the signer


def test_a_preparer_whom_nobody_names_leaves_it_open_unless_the_signer_prepares() -> None:
    nobody = step("b", "draft", None)
    head = step("z", "sign", AGENCY["head"])
    found = signing.preparer_is_not_signer(case(nobody, head), head)
    assert (found.verdict, found.because) == (Verdict.UNKNOWN, (("performer-unknown", "b"),))
    own = evolve(nobody, id="c", performer=AGENCY["head"])
    found = signing.preparer_is_not_signer(case(nobody, own, head), head)
    assert (found.verdict, found.because) == (Verdict.FAIL, (("preparer", "c"),))
    nameless = evolve(head, performer=None)
    assert signing.preparer_is_not_signer(case(nameless), nameless).verdict is Verdict.UNKNOWN
