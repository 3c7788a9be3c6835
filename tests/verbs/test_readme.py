"""The Python of the README: right by its types, and no trap where times are unknown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tthc_flow.bpmn.read import read

ROOT = Path(__file__).resolve().parents[2]
SNIPPET = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)[0]
FLOW = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"


def test_the_snippet_passes_a_strict_type_check(tmp_path):
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET, "utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(snippet)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_snippet_runs_where_no_time_is_known(tmp_path, monkeypatch, capsys):
    source = FLOW.read_text("utf-8")
    untimed = re.sub(r"<tthc:time [^>]*[^/]>.*?</tthc:time>", "", source, flags=re.DOTALL)
    steps = read(untimed.encode()).procedures[0].flow.steps
    assert [step.id for step in steps if step.time.duration] == []
    (tmp_path / "flow.bpmn").write_text(untimed, "utf-8")
    monkeypatch.chdir(tmp_path)
    snippet = re.sub(r'read\("[^"]*"\)', 'read("flow.bpmn")', SNIPPET)
    exec(compile(snippet, "README.md", "exec"), {})  # noqa: S102 - our own document
    assert capsys.readouterr().out.startswith("unknown")
    assert (tmp_path / "out" / "report.html").is_file()
