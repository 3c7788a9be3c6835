"""A folder as it is after: abolished, merged, each made lighter with the people it shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.abolish_unused.test_abolish_unused import unused
from levers.merge_procedures.test_merge_procedures import FREE, LONGER, ROW, of_the_agency
from levers.office import AGENCY, COMMITTEE, case, step
from proof.gates.test_capacity import hours, people
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import CannotWrite
from tthc_flow.graph.merged import origins
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.many import yearly
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document, Volume
from tthc_flow.model.ruling import Stand
from tthc_flow.model.source import Quantity
from tthc_flow.proof.soundness import soundness
from tthc_flow.verbs.compare_many import compare_many
from tthc_flow.verbs.decide import OF_FOLDER, Given
from tthc_flow.verbs.decide_folder import decide_folder
from tthc_flow.verbs.folder_papers import folder_papers, folder_record, save_folder
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.propose_folder import propose_folder

MERGE = "merge_procedures:cap.bpmn+gia-han.bpmn"
ABOLISH = "abolish_unused:bo.bpmn"
STAMPED = f"{FREE} paper-original-required=no"
POWERS = (
    "power-is-own=yes delegation-barred=no superior-rarely-overrules=yes rule-names-the-step=no"
)


def written(where, **procedures):
    """Write *procedures* into *where*, ``so__cap`` as ``so/cap.bpmn``; return the folder."""
    for name, procedure in procedures.items():
        path = where / f"{name.replace('__', '/').replace('_', '-')}.bpmn"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(procedure, lay_out(procedure)).data)
    return where


def yearly_volume(dossiers):
    return Volume(dossiers=Quantity(value=dossiers))


@pytest.fixture
def folder(tmp_path):
    """Return a folder: two that become one, one that nobody uses, one of another agency."""
    return written(
        tmp_path / "truoc",
        cap=of_the_agency("Cấp giấy phép", answers=STAMPED, volume=yearly_volume(10)),
        gia_han=of_the_agency(
            "Gia hạn giấy phép", *LONGER, answers=STAMPED, volume=yearly_volume(30)
        ),
        bo=evolve(unused(), name="Cấp thẻ"),
        khac=evolve(case(*ROW, answers=STAMPED), name="Cấp giấy phép", agency="Sở Y tế"),
    )


def test_what_passes_is_carried_out_and_the_sources_stay_as_they_are(folder):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    found = propose_folder(folder)
    assert [each.id for each in found.applied] == [ABOLISH, MERGE]
    assert [each.key for each in found.after.members] == ["cap+gia-han.bpmn", "khac.bpmn"]
    assert {each.member.key: each.gone for each in found.summaries} == {
        "bo.bpmn": ABOLISH,
        "cap.bpmn": MERGE,
        "gia-han.bpmn": MERGE,
        "khac.bpmn": None,
    }
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_merged_file_is_sound_runs_reads_back_and_tells_each_step_where_it_came_from(folder):
    (one,) = propose_folder(folder).merged
    again = read(one.written.document.data)
    (procedure,) = again.procedures
    assert same(procedure.flow, one.whole.procedure.flow)
    assert procedure.name == procedure.flow.name == "Cấp giấy phép / Gia hạn giấy phép"
    assert soundness(procedure.flow).verdict is Verdict.PASS
    assert run_every_branch(procedure).completed
    assert again.document.drawings[0].shapes.keys() >= procedure.flow.by_id.keys()
    verdicts = {(each.name, each.verdict) for every in one.proofs for each in every}
    assert {verdict for _, verdict in verdicts} <= {Verdict.PASS, Verdict.UNKNOWN}
    assert {"soundness", "duties", "read-after-write", "signature"} <= {
        name for name, _ in verdicts
    }
    told = [(each.step.name, len(each.sources)) for each in origins(one.whole)]
    assert {name for name, _ in told} == {each.name for each in procedure.flow.steps}
    assert [name for name, many in told if many == 1] == ["Kiểm tra thực địa"]


def test_the_folder_after_is_written_whole_and_can_be_compared_with_before(folder, tmp_path):
    goal = tmp_path / "sau"
    found = propose_folder(folder)
    paths = save_folder(folder_papers(found), goal, folder)
    assert sorted(paths) == ["cap+gia-han.bpmn", "folder.json", "khac.bpmn"]
    alone = propose(folder / "khac.bpmn").written.document.data
    assert (goal / "khac.bpmn").read_bytes() == alone
    pairs = compare_many(folder, goal)
    assert list(pairs.found) == ["khac.bpmn"]
    assert pairs.only_after == ("cap+gia-han.bpmn",)
    row = next(each for each in found.summaries if each.member.key == "khac.bpmn")
    assert row.applied != ()
    assert pairs.found["khac.bpmn"].time_cut == row.cut
    assert sorted(save_folder(folder_papers(found), goal, folder)) == sorted(paths)


def test_a_place_that_would_be_read_for_procedures_is_refused(folder, tmp_path):
    made = folder_papers(propose_folder(folder))
    for place in (folder, folder / "sau"):
        with pytest.raises(CannotWrite, match="TF606"):
            save_folder(made, place, folder)
    other = tmp_path / "sau"
    other.mkdir()
    (other / "cu.bpmn").write_text("<a/>", encoding="utf-8")
    with pytest.raises(CannotWrite, match="TF606"):
        save_folder(made, other, folder)
    assert [each.name for each in other.iterdir()] == ["cu.bpmn"]


def test_the_figures_are_those_of_a_sum_by_hand(folder):
    """Half a day of stamping becomes automatic in either; 10 and 30 dossiers a year."""
    found = propose_folder(folder)
    pairs = {each.member.key: each.compared for each in found.summaries if each.compared}
    assert {key: pair.before.norm_time.work.days for key, pair in pairs.items()} == {
        "cap.bpmn": Fraction(11, 2),
        "gia-han.bpmn": Fraction(13, 2),
        "khac.bpmn": Fraction(11, 2),
    }
    whole = yearly(pairs, "minutes")
    assert whole.before == (10 * Fraction(11, 2) + 30 * Fraction(13, 2)) * 480
    assert whole.unknown == ("khac.bpmn",)
    assert whole.before - whole.after == (10 + 30) * 240
    assert yearly(pairs, "cost").cut is None
    figures = folder_record(found)["figures"]
    assert figures["procedures"] == {"before": 4, "after": 2, "abolished": ["bo.bpmn"]}
    assert figures["yearly"][0]["pairs"] == 2


def test_an_unanswered_question_leaves_everything_as_it_is(tmp_path):
    given = written(
        tmp_path,
        cap=of_the_agency("Cấp giấy phép", answers=""),
        gia_han=of_the_agency("Gia hạn giấy phép", *LONGER, answers=""),
        bo=unused(answers=""),
    )
    found = propose_folder(given)
    assert {each.id: each.verdict for each in found.candidates} == {
        ABOLISH: Verdict.UNKNOWN,
        MERGE: Verdict.UNKNOWN,
    }
    assert (found.applied, found.merged) == ((), ())
    assert [each.key for each in found.after.members] == ["bo.bpmn", "cap.bpmn", "gia-han.bpmn"]


def test_procedures_that_are_no_longer_alike_once_made_lighter_stay_two_and_it_is_said(tmp_path):
    """One loses three relays of twelve nodes, which nobody answered for in the other."""
    relays = [
        step(f"r{at}", "transfer receive", COMMITTEE["clerk"], 1, paper=False) for at in "123"
    ]
    row = (*ROW[:3], *relays, *ROW[3:])
    given = written(
        tmp_path,
        cap=of_the_agency("Cấp giấy phép", *row, answers=f"{FREE} registers-legal-record=no"),
        gia_han=of_the_agency(
            "Gia hạn giấy phép", *row, answers=f"{FREE} registers-legal-record=yes"
        ),
    )
    found = propose_folder(given)
    assert len(found.summaries[0].applied) >= 1
    (candidate,) = found.candidates
    assert [(each.name, each.verdict) for each in candidate.preconditions][-1] == (
        "still-alike",
        Verdict.UNKNOWN,
    )
    assert (found.merged, len(found.after.members)) == ((), 2)


def test_what_was_rejected_stays_out_and_an_acceptance_beats_no_gate(folder):
    found = propose_folder(folder)
    decide_folder(
        found,
        [
            Given(candidate=MERGE, stand=Stand.REJECT, reason="Chờ liên thông"),
            Given(candidate=ABOLISH, stand=Stand.ACCEPT),
        ],
        folder / OF_FOLDER,
    )
    after = propose_folder(folder)
    assert [each.id for each in after.applied] == [ABOLISH]
    assert after.rejected == (MERGE,)
    assert after.findings == ()
    record = folder_record(after)
    assert record["rejected"] == [MERGE]
    assert [each["applied"] for each in record["candidates"]] == [True, False]


def test_a_procedure_whose_abolition_was_rejected_stays(folder):
    given = Given(candidate=ABOLISH, stand=Stand.REJECT, reason="Còn dùng cho trường hợp khẩn")
    decide_folder(propose_folder(folder), [given], folder / OF_FOLDER)
    after = propose_folder(folder)
    assert [each.id for each in after.applied] == [MERGE]
    assert "bo.bpmn" in {each.key for each in after.after.members}


def test_more_years_set_by_a_decision_keep_a_procedure_that_was_counted_for_fewer(folder):
    given = Given(candidate=ABOLISH, stand=Stand.EDIT, terms=(("years", "5"),))
    decide_folder(propose_folder(folder), [given], folder / OF_FOLDER)
    assert [each.id for each in propose_folder(folder).applied] == [MERGE]


def signed_twice(dossiers, name, **facts):
    """Return a procedure whose decision could be handed to the head who signs before."""
    steps = (
        step("d", "examine draft", AGENCY["officer"], 2),
        step("a", "sign", AGENCY["head"], 9, work=hours(1)),
        step("t", "transfer", AGENCY["clerk"], 1),
        step("b", "sign", COMMITTEE["chair"], 9, work=hours(1)),
    )
    given = case(*steps, answers=POWERS, volume=yearly_volume(dossiers), **facts)
    return evolve(given, name=name, agency=name)


@pytest.mark.parametrize(
    ("dossiers", "verdicts"),
    [
        (100, ["pass", "unknown"]),  # what the first adds (a report) has no stated work
        (284, ["fail", "fail"]),  # 284 h × (own + handed + the other's own) = 85.2 %
    ],
)
def test_capacity_is_judged_by_all_procedures_that_name_the_people(tmp_path, dossiers, verdicts):
    crews = (people(),)
    given = written(
        tmp_path,
        mot=signed_twice(dossiers, "Một", crews=crews),
        hai=signed_twice(dossiers, "Hai", crews=crews),
    )
    alone = [
        [
            each.candidate.verdict.value
            for each in propose(path).plan.offers
            if _hands(each.candidate)
        ]
        for path in sorted(given.glob("*.bpmn"))
    ]
    assert alone == [["pass"], ["pass"]]
    found = propose_folder(given)
    together = [
        verdict.value
        for each in found.summaries
        for id_, verdict in each.verdicts
        if id_.startswith("hand_down_decision:")
    ]
    assert together == verdicts
    (load,) = found.loads[0]
    assert (load.load.crew.role, load.load.most) == (Role.AGENCY_HEAD, Fraction(2 * dossiers, 1000))
    assert len(load.parts) == 2


def _hands(candidate):
    return candidate.lever == "hand_down_decision"


def test_the_dossiers_of_an_abolished_procedure_load_nobody(tmp_path):
    crews = (people(),)
    gone = evolve(
        unused(step("a", "sign", AGENCY["head"], work=hours(1))), name="Cấp thẻ", crews=crews
    )
    given = written(tmp_path, mot=signed_twice(300, "Một", crews=crews), bo=gone)
    found = propose_folder(given)
    assert [len(each.parts) for each in found.loads[0]] == [2]
    assert [len(each.parts) for each in found.loads[1]] == [1]
    (row,) = [each for each in found.summaries if each.gone is None]
    assert {verdict for id_, verdict in row.verdicts if id_.startswith("hand_down")} == {
        Verdict.PASS
    }


def test_documents_of_the_merged_procedure_are_those_of_all_with_the_case_named(tmp_path):
    given = written(
        tmp_path,
        cap=of_the_agency("Cấp giấy phép", documents=(Document(name="Đơn"),)),
        gia_han=of_the_agency(
            "Gia hạn giấy phép", documents=(Document(name="Đơn"), Document(name="Giấy phép cũ"))
        ),
    )
    (one,) = propose_folder(given).merged
    names = [each.name for each in one.written.procedures[0].documents or ()]
    assert names == ["Đơn", "Giấy phép cũ (Gia hạn giấy phép)"]
