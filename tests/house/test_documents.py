"""The Python of README and docs runs: with prompts as a dialogue, without as a program."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from house.tree import ROOT, files, short

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path) -> list[str]:
    """Return the Python blocks of a Markdown file."""
    return BLOCK.findall(path.read_text(encoding="utf-8"))


WITH_PYTHON = [path for path in files(".md") if blocks(path)]


@pytest.mark.parametrize("path", WITH_PYTHON, ids=short)
def test_the_python_of_a_document_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for text in blocks(path):
        if ">>>" in text:
            test = doctest.DocTestParser().get_doctest(text, names, short(path), str(path), 0)
            runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
            assert runner.run(test, clear_globs=False).failed == 0
            names.update(test.globs)
        else:
            exec(compile(text, str(path), "exec"), names)  # noqa: S102 (our own document)


def test_every_link_between_documents_leads_somewhere() -> None:
    lost = [
        f"{short(path)}: {target}"
        for path in files(".md")
        for target in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert lost == []


def test_the_picture_of_the_readme_is_what_the_demonstration_gives() -> None:
    from tthc_flow.verbs.papers import papers
    from tthc_flow.verbs.propose import propose

    flow = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    shown = (ROOT / "docs" / "images" / "before-after.svg").read_bytes()
    assert papers(propose(flow))["svg_both"] == shown, "run `make picture`"
