"""inspect_afterwards: what the sample costs, whether it pays, and how it runs."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from levers.inspect_afterwards.cases import (
    BOX,
    EXAMINE,
    FINDS,
    OPEN,
    SIGN,
    VISIT,
    applied,
    conditions,
)
from levers.office import (
    AGENCY,
    case,
    found,
    not_passed,
    step,
    the_one,
)
from tthc_flow.bpmn.build import build
from tthc_flow.dossiers.sampling import Sampling
from tthc_flow.errors import BadQuantity
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers.inspect_afterwards import LEVER
from tthc_flow.measures.compliance_cost import tt02_2017
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    PostCheck,
    ProcedureKind,
    Volume,
)
from tthc_flow.model.source import Quantity, Source
from tthc_flow.model.step import Harm
from tthc_flow.testing.desk import Desk
from tthc_flow.units import Dong, Duration, TimeUnit
from tthc_flow.words.messages import message

FEE = ApplicantWork(item=CostItem.FEE, name="Phí", other=Quantity(value=100_000))
VOLUME = Volume(
    subjects=Quantity(value=200), times=Quantity(value=1), hourly_income=Quantity(value=50_000)
)
SAMPLED = PostCheck(share=Quantity(value=Fraction(1, 5)), hours=Quantity(value=8))


SERVE = ApplicantWork(
    item=CostItem.INSPECTION, name="Đón đoàn", hours=Quantity(value=8), other=Quantity(value=50_000)
)


def test_the_cost_after_is_unknown_until_the_sample_is_stated():
    given = evolve(FINDS["site-visit"], work=(FEE,), volume=VOLUME)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert tt02_2017(given).yearly == Dong(20_000_000)
    assert (tt02_2017(after).yearly, tt02_2017(after).missing) == (None, ("post_check",))


def test_a_stated_sample_is_paid_for_after_and_not_before():
    # 200 cases × (100,000 fee) before; 20 % of 200 cases × 8 hours × 50,000 more after.
    given = evolve(FINDS["site-visit"], work=(FEE,), volume=VOLUME, post_check=SAMPLED)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert tt02_2017(given).yearly == Dong(20_000_000)
    assert tt02_2017(after).yearly == Dong(20_000_000 + 16_000_000)


def test_the_agencys_own_time_after_the_grant_is_told_apart():
    given = FINDS["site-visit"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert norm_time(after.flow).work.days == 5
    assert not_passed(the_one(LEVER, given)) == {}


def test_what_the_applicant_does_for_the_visit_is_paid_for_in_the_sample_only():
    # Before: 100,000 + 8 × 50,000 + 50,000 = 550,000 a case. After: 100,000 + 1/5 × 450,000.
    given = evolve(FINDS["site-visit"], work=(FEE, SERVE), volume=VOLUME)
    assert tt02_2017(given).yearly == Dong(200 * 550_000)
    after = applied(given, ("share", "1/5"))
    assert (after.work, after.post_check.hours.value) == ((FEE,), 8)
    assert tt02_2017(after).yearly == Dong(200 * (100_000 + 90_000))
    assert tt02_2017(applied(given)).yearly is None


def test_of_two_visits_the_cost_moves_with_the_last():
    two = step("two", "inspect", AGENCY["officer"], 1)
    given = case(EXAMINE, VISIT, two, SIGN, answers=OPEN, work=(FEE, SERVE), volume=VOLUME)
    first = evolve(found(LEVER, given)[0], terms=(("share", "1/5"),))
    one = LEVER.apply(given, first)
    assert (one.work, one.post_check) == ((FEE, SERVE), None)
    both = LEVER.apply(one, evolve(the_one(LEVER, one), terms=(("share", "1/5"),)))
    assert tt02_2017(both).yearly == Dong(200 * (100_000 + 90_000))


def test_officers_own_hours_are_the_cost_where_no_applicant_is():
    visit = evolve(VISIT, work=Duration(amount="0.5", unit=TimeUnit.WORKING_DAY))
    given = case(EXAMINE, visit, SIGN, answers=OPEN, kind=ProcedureKind.WITHIN_AGENCY)
    after = applied(given, ("share", "1/4"))
    assert (after.post_check.share.value, after.post_check.hours.value) == (Fraction(1, 4), 4)


def test_of_two_checks_by_officers_the_cost_is_unknown_and_never_that_of_one():
    hours = Duration(amount=4, unit=TimeUnit.WORKING_HOUR)
    visits = (evolve(VISIT, work=hours), evolve(VISIT, id="two", work=hours))
    after = case(EXAMINE, *visits, SIGN, answers=OPEN, kind=ProcedureKind.WITHIN_AGENCY)
    for _ in visits:
        first = evolve(found(LEVER, after)[0], terms=(("share", "1/4"),))
        after = LEVER.apply(after, first)
    assert after.post_check is None


def test_another_share_than_the_stated_one_is_counted():
    given = evolve(FINDS["site-visit"], work=(FEE,), volume=VOLUME, post_check=SAMPLED)
    after = applied(given, ("share", "1/10"))
    assert tt02_2017(after).yearly == Dong(20_000_000 + 8_000_000)


def told(given):
    """The facts of the candidate about what a sample costs."""
    evidence = the_one(LEVER, given).evidence
    return {e.name: e.value for e in evidence if e.name.startswith(("break-even", "harm"))}


def test_the_break_even_share_is_told_or_what_it_lacks():
    given = evolve(FINDS["site-visit"], work=(FEE, SERVE), volume=VOLUME)
    assert told(given) == {"break-even-needs-rejected": "unknown"}

    def counted(rejected, **facts):
        visit = evolve(VISIT, checked=100, rejected=rejected)
        flow = case(EXAMINE, visit, SIGN, answers=OPEN).flow
        return evolve(given, flow=flow, **facts)

    # Nothing is rejected and both checks cost 450,000: any share below the whole pays.
    assert told(counted(0)) == {
        "break-even-below": "100 %",
        "break-even-formula": "450.000 : 450.000",
    }
    # A stated check afterwards takes 16 hours, 800,000: 450,000 / 800,000 = 9/16.
    dear = PostCheck(share=Quantity(value=Fraction(1, 5)), hours=Quantity(value=16))
    assert told(counted(0, post_check=dear)) == {
        "break-even-below": "56,25 %",
        "break-even-formula": "450.000 : 800.000",
    }
    # One in ten is rejected; what a wrong grant costs nobody knows. With 1/5 inspected:
    # (450,000 − 160,000) / (1/10 × 4/5) = 3,625,000.
    assert told(counted(10, post_check=dear)) == {
        "break-even-needs-harm": "unknown",
        "harm-borne": "3.625.000 đồng",
    }
    assert told(FINDS["site-visit"]) == {
        "break-even-needs-cost": "unknown",
        "break-even-needs-rejected": "unknown",
    }


REPORT = Source(document="BC 7/BC-SXD", place="mục 3")


def with_harm(amount, rejected=10, **facts):
    """The site visit with one in ten rejected, and what one wrong grant costs."""
    harm = Harm(amount=None if amount is None else Quantity(value=amount, source=REPORT))
    visit = evolve(VISIT, checked=100, rejected=rejected, harm=harm)
    return case(EXAMINE, visit, SIGN, answers=OPEN, work=(FEE, SERVE), volume=VOLUME, **facts)


DEAR = PostCheck(share=Quantity(value=Fraction(1, 5)), hours=Quantity(value=16))


@pytest.mark.parametrize(
    ("amount", "name", "share"),
    [
        # Before 450,000, after 800,000, one in ten rejected. Harm 2,000,000 → 200,000 a case:
        # (450,000 − 200,000) / (800,000 − 200,000) = 5/12.
        (2_000_000, "break-even-below", "41,67 %"),
        # 4,500,000 → 450,000 a case: nothing is left for any sample.
        (4_500_000, "break-even-never", "0 %"),
        # 10,000,000 → 1,000,000 a case: (450 − 1,000) / (800 − 1,000) = 2.75: above the whole.
        (10_000_000, "break-even-never", "0 %"),
        (0, "break-even-below", "56,25 %"),
    ],
)
def test_with_the_harm_in_dong_the_break_even_share_is_worked_out(amount, name, share):
    found = told(with_harm(amount, post_check=DEAR))
    assert found[name] == share
    assert found["harm-amount-assumed"] == f"{amount:,} đồng".replace(",", ".")
    risk = f"10/100 × {amount:,}".replace(",", ".")
    assert found["break-even-formula"] == f"(450.000 − {risk}) : (800.000 − {risk})"
    assert "harm-borne" not in found


def test_a_check_afterwards_that_costs_less_than_it_saves_pays_above_the_share():
    # After: 8 hours, 400,000. Harm 4,400,000: (450 − 440) / (400 − 440) < 0: at any share.
    cheap = evolve(DEAR, hours=Quantity(value=8))
    assert told(with_harm(4_400_000, post_check=cheap))["break-even-always"] == "100 %"
    # Harm 4,600,000: (450 − 460) / (400 − 460) = 1/6.
    assert told(with_harm(4_600_000, post_check=cheap))["break-even-above"] == "16,67 %"


def test_the_harm_names_its_source_and_evidence():
    given = with_harm(2_000_000, post_check=DEAR)
    (shown,) = [e for e in the_one(LEVER, given).evidence if e.name == "harm-amount-assumed"]
    assert (shown.source, shown.element) == (REPORT, "visit")


def test_a_harm_without_an_amount_is_asked_for_and_of_whom():
    given = with_harm(None, post_check=DEAR)
    assert told(given)["break-even-needs-harm"] == "unknown"
    for lang, asked in (("vi", "hỏi: Cơ quan chuyên môn"), ("en", "ask: the specialised agency")):
        assert asked in message("evidence-break-even-needs-harm", {}, lang).text


@pytest.mark.parametrize(("risk", "inspected"), [("cao", True), ("thấp", False), ("?", True)])
def test_the_running_engine_draws_the_sample_after_the_wait(risk, inspected):
    after = applied(FINDS["site-visit"], ("share", "cao=1; thấp=0"), ("wait", "P1D"))
    sampling = Sampling(shares={"cao": 1, "thấp": 0}, by="mức rủi ro", seed="2026")
    with Desk(build(after, lay_out(after)).data, sampling=sampling) as desk:
        desk.start({"mức rủi ro": risk})
        for done in ("examine", "sign", "return"):
            desk.do(done)
        assert desk.dossier.status == "running"
        assert desk.dossier.answered_at is not None
        desk.pass_time(timedelta(days=2))
        if inspected:
            desk.do(f"{BOX}_Inspect", {"kết quả hậu kiểm": "yêu cầu khắc phục"})
            desk.do(f"{BOX}_Correct", {"kết quả khắc phục": "chưa khắc phục"})
            desk.do(f"{BOX}_Suspend", {"kết quả khắc phục": "đã khắc phục"})
        assert desk.dossier.status == "completed"


@pytest.mark.parametrize("share", ["2", "-1", "một nửa", "cao=3"])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(BadQuantity):
        applied(FINDS["site-visit"], ("share", share))


def test_shares_by_class_sample_as_the_draw_of_the_running_engine_does():
    by_class = {"cao": 1, "trung bình": Fraction(1, 5), "thấp": Fraction(1, 20)}
    said = "; ".join(f"{name}={share}" for name, share in by_class.items())
    given = applied(FINDS["site-visit"], ("share", said))
    holds = compile_expression(conditions(given, "Sample")["Inspect"]).holds
    drawn = Sampling(shares=by_class, by="mức rủi ro", seed="2026")
    for class_ in (*by_class, "chưa xếp"):
        data = {"mức rủi ro": class_}
        share = drawn.draw("H01", "x", data).share
        for number in (0, Fraction(1, 20), Fraction(1, 5), Fraction(99, 100)):
            assert holds({**data, "số rút thăm": number}) is (number < share)
