"""The pytest plugin: fixtures, what was taken told and judged, over workers; else inert."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from testing.small import LICENCE

pytest_plugins = ["pytester"]

HALF = """
from tthc_flow.testing import completed_with, waits_at

def test_granted(tthc_desk):
    desk = tthc_desk("cap-giay-phep.bpmn")
    desk.start()
    desk.do("Thẩm định hồ sơ")
    desk.choose("Đủ?", "Đủ")
    desk.do("Ký duyệt")
    completed_with(desk, outcome="grant")
"""
OTHER_HALF = """
from tthc_flow.testing import waits_at

def test_late(tthc_desk):
    desk = tthc_desk("cap-giay-phep.bpmn")
    desk.start()
    desk.pass_time("10 ngày làm việc")
    desk.do("Xin lỗi")

def test_supplement(tthc_desk):
    with tthc_desk("cap-giay-phep.bpmn") as desk:
        desk.start()
        desk.do("check")
        desk.choose("full", "no")
        desk.do("more")
        waits_at(desk, "check")
"""
COVER = "--bpmn-cover=cap-giay-phep.bpmn"


@pytest.fixture
def project(pytester: pytest.Pytester):
    """Return a folder with a procedure and two files of tests, and how pytest is run in it."""
    Path("cap-giay-phep.bpmn").write_text(LICENCE, encoding="utf-8")
    pytester.makepyfile(test_half=HALF, test_other=OTHER_HALF)

    def run(*options: str) -> pytest.RunResult:
        plain = ("-p", "no:cacheprovider", "-p", "no:benchmark", "-W", "error", "--color=no")
        return pytester.runpytest_subprocess(*plain, *options)

    return run


def summary(result: pytest.RunResult) -> list[str]:
    lines = iter(result.outlines)
    for line in lines:
        if "BPMN coverage" in line:
            break
    return [line for line in iter(lambda: next(lines, "=== end"), "=== end") if line[:3] != "==="]


WHOLE = ["cap-giay-phep.bpmn P: 10 of 10 ways, 100 % (3 dossiers)"]


def test_what_the_tests_take_is_told_after_them(project):
    result = project(COVER)
    assert result.ret == 0
    assert summary(result) == [*WHOLE, "all ways: 100 %"]


def test_what_was_never_taken_is_told_in_words(project):
    result = project(COVER, "test_half.py", "--bpmn-cover-fail-under=50")
    assert result.ret == 0
    assert summary(result) == [
        "cap-giay-phep.bpmn P: 5 of 10 ways, 50 % (1 dossier)",
        "  never taken: 'Đủ?' (full): 'Không đủ' (no) to 'Bổ sung hồ sơ' (more)",
        "  never taken: 'Bổ sung hồ sơ' (more): (f5) to back",
        "  never taken: 'Quá hạn' (late): (f8) to 'Xin lỗi' (sorry)",
        "  never taken: 'Xin lỗi' (sorry): (f9) to 'Không cấp' (refused)",
        "  never taken: event 'Quá hạn' (late)",
        "all ways: 50 %; asked for were 50 %",
    ]


def test_too_few_ways_fail_a_run_that_was_well(project):
    result = project(COVER, "test_half.py", "--bpmn-cover-fail-under=50.1")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    assert summary(result)[-1] == "all ways: 50 %; fewer than 50.1 %"


def test_what_was_wrong_already_keeps_its_exit_code(project, pytester):
    pytester.makepyfile(test_half="def test_none(): pass")
    assert project(COVER, "-k", "nothing", "--bpmn-cover-fail-under=90").ret == 5
    result = project("test_half.py", "--collect-only", COVER, "--bpmn-cover-fail-under=90")
    assert (result.ret, summary(result)) == (0, [])


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_workers_are_added_up(project, workers):
    result = project(COVER, workers, "--dist=each" if workers == "-n0" else "--dist=load")
    assert result.ret == 0
    assert summary(result) == [*WHOLE, "all ways: 100 %"]


def test_a_worker_that_was_killed_is_told_of(project, pytester):
    pytester.makepyfile(test_half="import os\ndef test_gone(tthc_desk):\n    os._exit(3)\n")
    result = project(COVER, "-n1", "--max-worker-restart=0", "test_half.py")
    assert result.ret == 1
    assert "1 worker ended early; what it ran is not counted" in summary(result)


def test_a_page_is_written_for_each_process(project):
    result = project(COVER, "--bpmn-cover-html=out/pages")
    (page,) = Path("out/pages").iterdir()
    assert page.name == "cap-giay-phep-P.html"
    assert f"page: {page.resolve()}" in summary(result)
    text = page.read_text(encoding="utf-8")
    assert "Độ bao phủ kiểm thử: Cấp giấy phép" in text
    assert "<b>10 / 10</b>" in text
    assert "Số hồ sơ thử: 3" in text
    project(COVER, "--bpmn-cover-html=out/pages", "--bpmn-cover-lang=en")
    assert "10 of 10" in page.read_text(encoding="utf-8")


def test_pages_that_cannot_be_written_fail_the_run(project):
    Path("out").write_text("a file", encoding="utf-8")
    result = project(COVER, "--bpmn-cover-html=out")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert re.match(r"TF601 .*/out/.*: cannot write: ", summary(result)[-2])


def test_a_folder_stands_for_its_files_and_what_no_test_runs_counts_too(project):
    Path("more/inner").mkdir(parents=True)
    other = LICENCE.replace('<process id="P"', '<process id="Q"')
    Path("more/inner/khac.bpmn").write_text(other, encoding="utf-8")
    result = project(COVER, "--bpmn-cover=more", "--bpmn-cover=more/inner/khac.bpmn")
    told = summary(result)
    assert (told[0], told[1]) == (
        *WHOLE,
        "more/inner/khac.bpmn Q: 0 of 10 ways, 0 % (0 dossiers)",
    )
    assert told[-1] == "all ways: 50 %"


def test_a_procedure_that_is_not_asked_for_is_named(project):
    Path("cap-giay-phep.bpmn").write_text(LICENCE + " ", encoding="utf-8")
    Path("other.bpmn").write_text(LICENCE, encoding="utf-8")
    told = summary(project("--bpmn-cover=other.bpmn"))
    assert told[0] == "other.bpmn P: 0 of 10 ways, 0 % (0 dossiers)"
    assert told[-2] == "not among these files as they are: P (3 dossiers)"


def test_of_many_missed_ways_the_first_ten_are_told(project):
    longer = LICENCE.replace(
        "</process>", '<task id="x"/><sequenceFlow id="x1" sourceRef="x" targetRef="x"/></process>'
    )
    Path("other.bpmn").write_text(longer, encoding="utf-8")
    told = summary(project("--bpmn-cover=other.bpmn", "test_half.py"))
    assert len([line for line in told if line.startswith("  never taken")]) == 10
    assert "  … and 1 more" in told


def test_dossiers_of_an_engine_of_ones_own_are_counted_on_request(project, pytester):
    pytester.makepyfile(
        test_own="""
        from pathlib import Path
        from tthc_flow.dossiers.engine import Engine

        def test_own(tthc_cover, tthc_clock):
            with Engine("sqlite://", now=tthc_clock) as engine:
                engine.deploy(Path("cap-giay-phep.bpmn").read_bytes())
                engine.start("P", "H01-1", by="dân")
                tthc_cover(engine)
        """
    )
    told = summary(project(COVER, "test_own.py"))
    assert told[0] == "cap-giay-phep.bpmn P: 2 of 10 ways, 20 % (1 dossier)"
    assert project("test_own.py").ret == 0


def test_desks_share_the_clock_and_take_files_from_beside_the_test(project):
    Path("inner").mkdir()
    Path("inner/here.bpmn").write_text(LICENCE, encoding="utf-8")
    Path("inner/test_inner.py").write_text(
        "def test_two(tthc_desk, tthc_clock):\n"
        "    one, two = tthc_desk('here.bpmn'), tthc_desk('cap-giay-phep.bpmn')\n"
        "    assert one.clock is two.clock is tthc_clock\n"
        "    assert tthc_clock().isoformat() == '2026-03-02T08:00:00+07:00'\n",
        encoding="utf-8",
    )
    project("inner").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--bpmn-cover=none.bpmn"], "--bpmn-cover: TF201 .*none.bpmn: no such file"),
        (["--bpmn-cover=empty"], "--bpmn-cover: TF251 .*empty: no .bpmn file in the folder"),
        (["--bpmn-cover=test_half.py"], "--bpmn-cover: TF208 .*test_half.py"),
        (["--bpmn-cover-html=out"], "--bpmn-cover-html needs --bpmn-cover PATH"),
        (["--bpmn-cover-fail-under=9"], "--bpmn-cover-fail-under needs --bpmn-cover PATH"),
        ([COVER, "--bpmn-cover-fail-under=101"], "'101' is no number from 0 to 100"),
        ([COVER, "--bpmn-cover-fail-under=x"], "'x' is no number from 0 to 100"),
        ([COVER, "--bpmn-cover-fail-under=nan"], "'nan' is no number from 0 to 100"),
    ],
)
def test_a_wrong_option_is_a_usage_error_before_any_test(project, options, told):
    Path("empty").mkdir()
    result = project(*options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert re.search(told, result.stderr.str())


HEAVY = ("lxml", "SpiffWorkflow", "sqlalchemy", "networkx", "attrs", "tthc_flow.dossiers")


def test_without_its_options_the_plugin_imports_nothing_and_says_nothing(project, pytester):
    pytester.makepyfile(
        test_light=f"""
        import sys

        def test_light(request):
            assert request.config.pluginmanager.get_plugin("tthc_flow") is not None
            loaded = [name for name in sys.modules if name.startswith("tthc_flow")]
            light = ["", ".front", ".testing", ".testing.plugin"]
            assert sorted(loaded) == [f"tthc_flow{{each}}" for each in light]
            assert [each for each in {HEAVY[:4]!r} if each in sys.modules] == []
        """
    )
    result = project("test_light.py")
    result.assert_outcomes(passed=1)
    assert "BPMN" not in result.stdout.str()


def test_the_plugin_can_be_left_out(project):
    result = project("-p", "no:tthc_flow", "test_half.py")
    result.assert_outcomes(errors=1)
    assert "fixture 'tthc_desk' not found" in result.stdout.str()


def test_the_example_of_the_documentation_is_told_as_printed(pytester, root):
    page = (root / "docs" / "how-to" / "test-a-procedure.md").read_text(encoding="utf-8")
    example, session = re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    flow = (root / "docs" / "how-to" / "cap-giay-phep.bpmn").read_bytes()
    Path("cap-giay-phep.bpmn").write_bytes(flow)
    Path("test_cap_giay_phep.py").write_text(example, encoding="utf-8")
    command, _, printed = session.partition("\n")
    options = command.removeprefix("$ pytest ").split()
    result = pytester.runpytest_subprocess("--color=no", "-p", "no:benchmark", *options)
    result.assert_outcomes(passed=2)
    told = [line.replace(f"{Path.cwd()}/", "") for line in summary(result)]
    assert told == [line for line in printed.splitlines() if "BPMN coverage" not in line]
