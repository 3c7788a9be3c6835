"""Wrong arguments: every one a coded error with a hint, none a TypeError from deep inside."""

from __future__ import annotations

import inspect
from fractions import Fraction
from pathlib import Path

import pytest

import tthc_flow
from tthc_flow.errors import BadQuantity, TthcFlowError, UnreadableInput
from tthc_flow.model.plan import Targets

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la"
FLOW = PRESS / "flow.bpmn"
OPENING = (
    tthc_flow.read,
    tthc_flow.check,
    tthc_flow.measure,
    tthc_flow.propose,
    tthc_flow.run,
    tthc_flow.show,
    tthc_flow.annotate,
)


@pytest.mark.parametrize("verb", OPENING, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("given", [None, 7, [FLOW], {"a": 1}], ids=repr)
def test_what_is_no_file_is_refused(verb, given):
    with pytest.raises(UnreadableInput) as refused:
        verb(given)
    assert refused.value.code == "TF232"
    assert refused.value.hint


def test_a_file_opened_as_text_is_refused():
    with FLOW.open(encoding="utf-8") as file, pytest.raises(UnreadableInput, match="TF232"):
        tthc_flow.measure(file)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"%PDF-1.7 \xff", "export the diagram"),
        (b"PK\x03\x04\0\0", "export the diagram"),
        ((PRESS / "steps.yaml").read_bytes(), "tthc-flow convert"),
        (b"- no: 1\n", "tthc-flow convert"),
    ],
    ids=["pdf", "docx", "yaml", "rows"],
)
def test_another_kind_of_file_is_named_with_what_to_do(data, hint):
    with pytest.raises(UnreadableInput) as refused:
        tthc_flow.read(data)
    assert refused.value.code == "TF212"
    assert hint in refused.value.hint


def test_a_csv_is_known_by_its_name(tmp_path):
    table = tmp_path / "steps.csv"
    table.write_text("no,content\n1,a\n")
    with pytest.raises(UnreadableInput, match="TF212"):
        tthc_flow.read(table)


def test_a_convention_may_be_given_by_its_name():
    named = tthc_flow.measure(FLOW, "strict")
    assert named.convention == "strict"
    assert tthc_flow.compare(FLOW, FLOW, "strict").before == named
    for verb in (tthc_flow.measure, tthc_flow.check):
        with pytest.raises(BadQuantity, match="TF103"):
            verb(FLOW, "lenient")
    with pytest.raises(BadQuantity, match="TF103"):
        tthc_flow.propose(FLOW, convention=5)


def test_a_language_without_words_is_refused():
    with pytest.raises(BadQuantity, match="TF108"):
        tthc_flow.show(FLOW, lang="fr")
    with pytest.raises(BadQuantity, match="TF108"):
        tthc_flow.papers(tthc_flow.propose(FLOW), lang="fr")


def test_targets_are_exact_shares():
    assert Targets(time=0.3, cost="1/2") == Targets(time=Fraction(3, 10), cost=Fraction(1, 2))
    for wrong in (30, -0.1, "30%", [], object()):
        with pytest.raises(TthcFlowError) as refused:
            Targets(time=wrong)
        assert refused.value.code in {"TF101", "TF109"}


def test_help_for_propose_is_short():
    assert len(str(inspect.signature(tthc_flow.propose))) < 400
    assert tthc_flow.propose(FLOW, levers=()).plan.offers == ()


def test_the_papers_are_saved_by_their_names(tmp_path):
    paths = tthc_flow.save(tthc_flow.papers(tthc_flow.propose(FLOW)), tmp_path / "out")
    assert Path(paths["report"]).name == "report.html"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        Path(each).name for each in paths.values()
    )
