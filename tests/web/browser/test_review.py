"""What is decided under review: rulings, answers, facts, targets, drawing, a walked dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.browser.window import Window

SON_LA = "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
RELAY = "drop_relay:Step_4"


@pytest.fixture
def reviewing(window: Window, root: Path) -> Window:
    """Return a window in which the workflow of Sơn La is under review."""
    window.review(root / SON_LA)
    return window


def test_a_rejected_proposal_moves_the_totals_at_once_and_comes_back(reviewing: Window):
    page = reviewing.page
    assert "25 %" in reviewing.cut()
    reviewing.click(f"reject-{RELAY}")
    page.keyboard.type("Chưa liên thông được")
    reviewing.click(f"send-rule-{RELAY}-reject")
    assert "25 %" not in reviewing.cut()
    assert "Chưa liên thông được" in reviewing.text(f'[data-candidate="{RELAY}"] .ruled')
    reviewing.click("undo")
    assert "25 %" in reviewing.cut()
    reviewing.click("redo")
    assert "25 %" not in reviewing.cut()
    reviewing.click(f"withdraw-{RELAY}")
    assert "25 %" in reviewing.cut()
    reviewing.click(f"accept-{RELAY}")
    reviewing.click(f"send-rule-{RELAY}-accept")
    assert "Đã chấp nhận" in reviewing.text(f'[data-candidate="{RELAY}"] .ruled')


def test_a_candidate_tells_its_evidence_conditions_and_what_opens_it(reviewing: Window):
    page = reviewing.page
    reviewing.click(f"card-{RELAY}")
    told = reviewing.text(f'[data-candidate="{RELAY}"]')
    assert "QĐ 2031/QĐ-UBND tỉnh Cao Bằng" in told
    assert "0,25 ngày" in told
    assert page.locator("#stage .djs-element.target, #stage .djs-element.chosen").count() == 1
    reviewing.page.click(".card.unknown [data-key^='answer-'] >> nth=0")
    assert page.evaluate("document.activeElement.closest('[data-question]') !== null")
    reviewing.panel("candidates")
    reviewing.page.click(".card.unknown .title >> nth=0")
    page.click(".card.unknown .check button >> nth=0")
    assert page.evaluate("document.activeElement.closest('[data-question]') !== null")


def test_an_answer_needs_its_source_and_changes_the_review(reviewing: Window):
    page = reviewing.page
    reviewing.panel("questions")
    lead = reviewing.text("#tabpanel .lead")
    page.click(".question.open:not(.all) summary >> nth=0")
    form = page.locator(".question.open:not(.all) form").first
    form.get_by_label("Không", exact=True).check()
    form.locator("button").click()
    assert "TF145" in reviewing.said()
    assert form.get_by_label("Không", exact=True).is_checked()
    form.get_by_label("Nguồn").fill("QĐ 1/QĐ-UBND")
    form.locator("button").click()
    page.wait_for_selector(".question.answered")
    reviewing.rest()
    assert reviewing.text("#tabpanel .lead") != lead
    page.keyboard.press("Enter")  # the question is shut, and the focus is on it
    assert "QĐ 1/QĐ-UBND" in page.locator(".question.answered[open]").first.inner_text()


def test_one_answer_is_given_for_several_steps_at_once(reviewing: Window):
    page = reviewing.page
    reviewing.panel("questions")
    lead = reviewing.text("#tabpanel .lead")
    group = page.locator(".same", has=page.locator(".question.all")).first
    steps = group.locator(".question:not(.all)").count()
    group.locator(".question.all > summary").click()
    form = group.locator(".question.all form")
    form.wait_for()
    ticks = form.locator(".ticks input")
    assert [each.is_checked() for each in ticks.all()] == [True] * ticks.count()
    ticks.first.uncheck()
    form.get_by_label("Không", exact=True).check()
    form.locator("button.primary").click()
    assert "TF145" in reviewing.said()
    assert not ticks.first.is_checked()
    form.get_by_label("Nguồn").fill("QĐ 1/QĐ-UBND")
    form.locator("button.primary").click()
    page.wait_for_selector(".question.answered >> nth=0", state="attached")
    reviewing.rest()
    assert page.locator(".question.answered").count() == steps - 1
    assert page.locator(".notice").count() == 0
    assert reviewing.text("#tabpanel .lead") != lead
    reviewing.click("undo")
    assert page.locator(".question.answered").count() == 0
    assert reviewing.text("#tabpanel .lead") == lead


def test_facts_are_typed_as_staff_write_them(reviewing: Window):
    page = reviewing.page
    reviewing.panel("step")
    page.select_option("#step-picked", "Step_2_2")
    field = page.locator('[data-key="fact-Step_2_2-time"]')
    field.fill("hai tuần rưỡi")
    reviewing.click("facts-send")
    assert "TF143" in reviewing.said()
    assert "Thời hạn theo quy trình" in reviewing.said()
    assert "Step_2_2" not in reviewing.said()
    assert field.input_value() == "hai tuần rưỡi"
    field.fill("4 ngày")
    page.locator('[data-key="fact-Step_2_2-source"]').fill("QĐ 9/QĐ-UBND")
    reviewing.click("facts-send")
    assert "6 → 5,25 ngày" in reviewing.text('[data-gauge="time"]')
    assert page.locator('#stage .badge:text("4 ngày")').count() == 1


def test_the_facts_of_the_procedure_are_reached_from_the_cost_and_typed(reviewing: Window):
    page = reviewing.page
    page.click('[data-key="cost-missing"]')
    reviewing.click("cost-missing-go")
    page.fill('[data-key="whole-dossiers"]', "nhiều lắm")
    reviewing.click("facts-send")
    assert "Số hồ sơ một năm" in reviewing.said()
    page.fill('[data-key="whole-dossiers"]', "1.200")
    page.fill('[data-key="whole-hourly_income"]', "50.000")
    page.fill('[data-key="whole-name"]', "Cấp giấy phép thử")
    reviewing.click("facts-send")
    assert page.locator(".notice").count() == 0
    assert page.input_value('[data-key="whole-dossiers"]') == "1.200"
    assert "1.440.000.000 đồng → 1.080.000.000 đồng" in reviewing.text('[data-gauge="cost"]')
    assert "Cấp giấy phép thử" in page.title()


def test_unknown_stays_unknown_in_words_and_a_target_of_the_office_is_marked(reviewing: Window):
    assert "chưa tính được" in reviewing.text('[data-gauge="cost"]')
    reviewing.page.click('[data-key="targets"]')
    reviewing.page.fill('[data-key="target-time"]', "20")
    reviewing.click("targets-send")
    assert "đạt mục tiêu 20 %" in reviewing.text('[data-gauge="time"]')


def test_the_heat_is_switched_and_told_in_a_legend(reviewing: Window):
    page = reviewing.page
    assert "ngày làm việc" in reviewing.text(".legend")
    page.select_option('[data-key="heat"]', "level")
    assert "tỉnh" in reviewing.text(".legend")
    page.select_option('[data-key="heat"]', "none")
    assert page.locator("#stage .badge").count() == 0


def test_before_and_after_move_together_and_tell_each_change(reviewing: Window):
    page = reviewing.page
    reviewing.mode("compare")
    assert page.locator('[data-side="before"] .mark-removed').count() >= 1
    page.locator("#stage .changes button").last.focus()
    page.keyboard.press("n")
    assert "Bỏ bước 4" in reviewing.text(".changes .said")
    where = """(side) => document.querySelector(`[data-side="${side}"] .viewport`)
        .transform.baseVal.consolidate().matrix.a"""
    page.click('[data-key="zoom-in"]')
    scales = [page.evaluate(where, side) for side in ("before", "after")]
    assert scales[0] == pytest.approx(scales[1])
    page.keyboard.press("p")
    assert page.locator("#stage .changes [aria-current]").count() == 1


def test_a_dossier_is_walked_to_its_end_and_back(reviewing: Window):
    page = reviewing.page
    reviewing.mode("walk")
    page.wait_for_selector(".waiting button")
    assert page.locator("#stage .token-dot").count() == 1
    for count in range(1, 10):
        page.click(".waiting button >> nth=0")
        page.wait_for_selector(f'.walk .place:text("Đã qua {count} bước")')
    assert "kết thúc" in reviewing.text(".walk [role=status]")
    page.click('[data-key="walk-back"]')
    page.wait_for_selector(".waiting button")


RENAME = """async () => {
    const shape = document.querySelector('#stage .djs-element[data-element-id="Step_3"]');
    const box = shape.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""


def test_a_drawing_is_edited_saved_and_keeps_every_fact(reviewing: Window):
    page = reviewing.page
    reviewing.panel("step")
    page.select_option("#step-picked", "Step_3")
    known = reviewing.text("form.facts") and page.input_value('[data-key="fact-Step_3-time"]')
    reviewing.mode("draw")
    page.mouse.dblclick(*page.evaluate(RENAME))
    page.keyboard.press("Control+A")
    page.keyboard.type("Ký trình UBND tỉnh")
    page.mouse.click(
        *page.evaluate("""() => {
        const { x, y, height } = document.querySelector('#stage .room').getBoundingClientRect();
        return [x + 300, y + height - 12];
    }""")
    )
    page.wait_for_selector('[data-key="draw-save"]:not(:disabled)')
    reviewing.page.click('[data-key="mode-look"]')
    assert page.locator("dialog").count() == 1
    page.click("dialog button.primary")
    page.wait_for_selector("dialog", state="detached")
    reviewing.drawn()
    page.select_option("#step-picked", "Step_3")
    assert page.input_value('[data-key="fact-Step_3-name"]') == "Ký trình UBND tỉnh"
    assert page.input_value('[data-key="fact-Step_3-time"]') == known
    assert "25 %" in reviewing.cut()


def test_another_kind_of_task_keeps_its_facts(reviewing: Window):
    """The modeler copies only what it has a description of: tthc-flow.moddle.json."""
    reviewing.mode("draw")
    kept = reviewing.page.evaluate("""async () => {
        const [xml, tthc] = await Promise.all([
            fetch('/api/projects/' + new URLSearchParams(location.hash.slice(1)).get('project'))
                .then((got) => got.json()).then((view) => view.xml),
            fetch('/static/tthc-flow.moddle.json').then((got) => got.json())]);
        const box = document.createElement('div');
        document.querySelector('#stage .room').append(box);
        const modeler = new BpmnJS({ container: box, moddleExtensions: { tthc } });
        await modeler.importXML(xml);
        const step = modeler.get('elementRegistry').get('Step_3');
        modeler.get('bpmnReplace').replaceElement(step, { type: 'bpmn:ManualTask' });
        const told = (await modeler.saveXML()).xml;
        modeler.destroy();
        box.remove();
        return [xml, told];
    }""")
    assert kept[1].count("<tthc:step ") == kept[0].count("<tthc:step ")
    assert "<bpmn:manualTask" in kept[1]
