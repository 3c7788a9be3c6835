"""Each way in which a log is broken ends in a finding; nothing is mended without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from attrs import evolve

from by_hand import procedure_of
from calibrate.simulating import CALENDAR, FLOW, PROCEDURE, Log
from calibrate.writing import table, xes
from tthc_flow.calibration.calibrate import Reading, what_tells
from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.event import Case, LogEvent, Transition
from tthc_flow.calibration.found import LogFound
from tthc_flow.calibration.logs import read_log
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Finding
from tthc_flow.words.messages import message

WHOLE = tuple(Log(1).cases(30))
READING = Reading(calendar=CALENDAR, names={})


def told(cases, procedure=PROCEDURE, reading=READING) -> LogFound:
    return what_tells(cases, procedure, reading)


def each(change: Callable[[LogEvent], LogEvent | None]) -> list[Case]:
    """Return the cases with every event changed, or left out where it becomes ``None``."""
    return [
        evolve(case, events=tuple(e for e in map(change, case.events) if e is not None))
        for case in WHOLE
    ]


def of(found: LogFound, code: str) -> Finding:
    return next(finding for finding in found.findings if finding.code == code)


def count(found: LogFound, code: str) -> int:
    return sum(
        int(dict(finding.values)["count"]) for finding in found.findings if finding.code == code
    )


CLEAN = told(WHOLE)
CHECKS = next(step for step in CLEAN.steps if step.element == "check").done


def test_a_whole_log_has_no_doubts_but_that_few_cases_say_little():
    assert {finding.code for finding in CLEAN.findings} <= {"log-few"}


def test_missing_ends_leave_the_time_out():
    found = told(each(lambda e: None if (e.name, e.transition) == ("check", "complete") else e))
    assert count(found, "log-end-missing") == CHECKS
    (check,) = [step for step in found.steps if step.element == "check"]
    assert (check.done, check.open, check.handling) == (0, CHECKS, None)


def test_missing_starts_leave_the_time_of_work_unknown_and_say_where():
    found = told(each(lambda e: None if e.transition is Transition.START else e))
    assert of(found, "log-start-missing").element is not None
    assert all(step.handling is None for step in found.steps)
    assert all(step.whole is not None for step in found.steps if step.done > 1)
    assert all(set(step.waits) <= {"calendar", "unknown"} for step in found.steps)


def test_a_log_without_zones_is_taken_for_vietnamese_time_and_says_so():
    naive = each(lambda e: evolve(e, zoned=False))
    assert count(told(naive), "log-zone-missing") == sum(len(c.events) for c in WHOLE)
    mixed = each(lambda e: evolve(e, zoned=e.name != "sign"))
    found = told(mixed)
    assert count(found, "log-zones-mixed") > 0
    assert not [f for f in found.findings if f.code == "log-zone-missing"]


def test_an_event_written_twice_counts_once():
    twice = [evolve(case, events=(*case.events, case.events[4])) for case in WHOLE]
    found = told(twice)
    assert count(found, "log-event-twice") == len(WHOLE)
    assert found.steps == CLEAN.steps


def test_events_out_of_order_are_taken_by_their_moments():
    turned = [evolve(case, events=case.events[::-1]) for case in WHOLE]
    found = told(turned)
    assert count(found, "log-out-of-order") == len(WHOLE)
    assert found.conformance.fitness == 1.0
    assert {s.element: s.mean for s in found.steps} == {s.element: s.mean for s in CLEAN.steps}


def test_an_end_before_its_start_has_no_time():
    def turn(event: LogEvent) -> LogEvent:
        if (event.name, event.transition) != ("receive", Transition.COMPLETE):
            return event
        return evolve(event, at=event.at - timedelta(days=20))

    found = told(each(turn))
    (receive,) = [step for step in found.steps if step.element == "receive"]
    assert receive.handling is None
    assert count(found, "log-end-before-start") == len(WHOLE)
    assert count(found, "log-end-missing") == len(WHOLE)


def test_an_activity_that_the_diagram_does_not_have_is_asked_for():
    alien = each(lambda e: evolve(e, activity="", name="Đóng dấu") if e.name == "sign" else e)
    found = told(alien)
    finding = of(found, "log-activity-unknown")
    assert finding.name == "Đóng dấu"
    hint = message(finding.code, {"name": finding.name, **dict(finding.values)}, "en").hint
    assert hint == 'Map it to an element: --map "Đóng dấu=ID"'
    assert found.conformance.strange == sum(
        e.name == "sign" and e.transition is Transition.COMPLETE for c in WHOLE for e in c.events
    )
    mapped = told(alien, reading=evolve(READING, names={"đóng dấu": "sign"}))
    assert mapped.steps == CLEAN.steps


def test_a_name_is_known_however_it_is_typed_and_not_where_two_have_it():
    named = procedure_of(
        evolve(
            FLOW,
            nodes=tuple(
                evolve(n, name="Ký duyệt kết quả") if n.id == "sign" else n for n in FLOW.nodes
            ),
        )
    )
    cases = each(
        lambda e: evolve(e, activity="", name="KÍ DUYỆT KẾT QUẢ") if e.name == "sign" else e
    )
    found = told(cases, named)
    assert of(found, "log-activity-by-name").element == "sign"
    assert found.conformance.fitness == 1.0
    both = evolve(
        named.flow,
        nodes=tuple(evolve(n, name="Ký duyệt kết quả") if n.id == "decide" else n
                    for n in named.flow.nodes),
    )  # fmt: skip
    ambiguous = told(cases, procedure_of(both))
    assert dict(of(ambiguous, "log-activity-ambiguous").values)["elements"] == "decide, sign"


def test_a_case_in_two_places_is_told():
    found = told((*WHOLE, WHOLE[0]))
    assert count(found, "log-case-twice") == 1


def test_doings_of_one_case_that_overlap_without_instance_are_told():
    def doubled(case: Case) -> Case:
        (start,) = [e for e in case.events if (e.name, e.transition) == ("receive", "start")]
        later = evolve(start, at=start.at + timedelta(minutes=1))
        return evolve(case, events=(*case.events, later))

    found = told([doubled(evolve(c, events=tuple(evolve(e, instance="") for e in c.events)))
                  for c in WHOLE])  # fmt: skip
    assert count(found, "log-overlap") == len(WHOLE)


def test_a_moment_that_is_not_read_leaves_its_event_out(tmp_path):
    path = table(WHOLE, tmp_path / "a.csv")
    text = path.read_text("utf-8-sig").replace("T08:", " lúc 8 giờ kém ")
    path.write_text(text, "utf-8")
    doubts = Doubts()
    found = what_tells(read_log(path, doubts), PROCEDURE, READING, doubts=doubts)
    assert count(found, "log-time-unread") == text.count("lúc 8 giờ kém")
    assert "log-columns-guessed" in {finding.code for finding in found.findings}


def test_a_row_without_case_is_left_out_and_a_trace_without_name_is_called_by_its_place(tmp_path):
    path = table(WHOLE[:3], tmp_path / "a.csv")
    path.write_text(path.read_text("utf-8-sig") + "\n;check;2026-03-02T09:00:00+07:00;complete")
    doubts = Doubts()
    assert len(list(read_log(path, doubts))) == 3
    assert "log-case-missing" in {finding.code for finding in doubts.findings()}
    nameless = [evolve(case, id="") for case in WHOLE[:3]]
    doubts = Doubts()
    path = xes(nameless, tmp_path / "a.xes")
    path.write_text(path.read_text().replace('<string key="concept:name" value=""/>', ""))
    assert [case.id for case in read_log(path, doubts)] == ["#1", "#2", "#3"]
    assert "log-case-unnamed" in {finding.code for finding in doubts.findings()}


def test_a_year_without_calendar_has_no_times():
    late = timedelta(days=365 * 40)
    found = told(each(lambda e: evolve(e, at=e.at + late)))
    assert count(found, "log-year-without-calendar") > 0
    assert all(step.handling is None for step in found.steps)


def test_a_log_of_another_procedure_is_refused():
    other = each(lambda e: evolve(e, procedure="Khác"))
    with pytest.raises(UnreadableInput, match="TF275"):
        told(other)
    found = told((*other, *(evolve(c, id=f"x{c.id}") for c in WHOLE)))
    assert count(found, "log-other-procedure") == len(WHOLE)
    assert found.cases == len(WHOLE)


def test_a_log_in_other_words_is_refused_with_its_words():
    alien = each(lambda e: evolve(e, activity="", name=f"Việc {e.name}"))
    with pytest.raises(UnreadableInput, match="TF275") as refused:
        told(alien)
    assert "Việc receive, Việc check" in refused.value.fact


def test_a_name_mapped_to_nothing_is_refused_with_what_there_is():
    with pytest.raises(UnreadableInput, match="TF274") as refused:
        told(WHOLE, reading=evolve(READING, names={"Ký": "nowhere"}))
    assert "sign" in refused.value.choices


def test_every_finding_has_its_words_in_both_languages():
    codes = {row for row in _codes() if not row.startswith(("log-say", "log-head", "log-wait-"))}
    for code in codes:
        for lang in ("vi", "en"):
            assert message(code, {"name": "A"}, lang).text


def _codes() -> list[str]:
    from tthc_flow.words.messages import texts

    return list(texts("log"))
