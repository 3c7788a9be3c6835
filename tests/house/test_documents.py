"""The Python of README and docs runs: with prompts as a dialogue, without as a program.

What a program prints is what the comment behind its ``print`` says, up to a colon or an ellipsis.
"""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from inspect import currentframe
from pathlib import Path

import pytest

from house.tree import ROOT, files, short

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LARGEST_PICTURE = 150_000
PRINTED = re.compile(r"^\s*print\(.*\)  # (.+)$")


def blocks(path: Path) -> list[str]:
    """Return the Python blocks of a Markdown file."""
    return BLOCK.findall(path.read_text(encoding="utf-8"))


def wrong_comments(text: str, path: Path, names: dict[str, object]) -> Iterator[str]:
    """Run a program and yield what it printed first where the comment behind says otherwise."""
    told: dict[int, str] = {}

    def tell(*parts: object) -> None:
        frame = currentframe()
        assert frame is not None
        assert frame.f_back is not None
        told.setdefault(frame.f_back.f_lineno, " ".join(map(str, parts)))

    names["print"] = tell
    exec(compile(text, str(path), "exec"), names)  # noqa: S102 (our own document)
    for number, line in enumerate(text.splitlines(), 1):
        said, printed = PRINTED.match(line), told.get(number)
        if said and said[1] != printed and not said[1].startswith((f"{printed}: ", f"{printed} …")):
            yield f"{line.strip()} but it prints {printed}"


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
            assert list(wrong_comments(text, path, names)) == []


def test_a_comment_that_is_not_what_its_line_prints_is_noticed() -> None:
    text = """
for number in (1, 2):
    print(number)  # 1 …
print(3, 4)  # 3 4: both
print(5)  # 6
if number == 1:
    print(7)  # 7
"""
    wrong = list(wrong_comments(text, Path("x.md"), {}))
    assert wrong == ["print(5)  # 6 but it prints 5", "print(7)  # 7 but it prints None"]


def is_there(place: Path) -> bool:
    """Return whether a page stands there, or is made there by the documentation's own build.

    That build stops at a link to a page that it has not made.
    """
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    made = [ROOT / each for each in ignored if each.startswith("docs/")]
    here = place.resolve()
    return here.exists() or any(here == each or each in here.parents for each in made)


def test_every_link_between_documents_leads_somewhere() -> None:
    lost = [
        f"{short(path)}: {target}"
        for path in files(".md")
        for target in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not is_there(path.parent / target)
    ]
    assert lost == []


DOCS = ROOT / "docs"
TRANSLATED = sorted(
    each.relative_to(DOCS / "vi")
    for folder in (DOCS / "vi", DOCS / "vi" / "how-to")
    for each in folder.glob("*.md")
)


@pytest.mark.parametrize("page", TRANSLATED, ids=str)
def test_a_page_and_its_translation_lead_to_each_other(page: Path) -> None:
    up = "../" * len(page.parents)
    assert f"]({up}{page})" in (DOCS / "vi" / page).read_text(encoding="utf-8")
    back = f"{'../' * (len(page.parents) - 1)}vi/{page}"
    assert f"]({back})" in (DOCS / page).read_text(encoding="utf-8")


def test_pictures_are_small_enough_to_keep() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST_PICTURE} == {}


def test_the_picture_of_the_readme_is_what_the_demonstration_gives() -> None:
    from tthc_flow.verbs.papers import papers
    from tthc_flow.verbs.propose import propose

    flow = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    shown = (ROOT / "docs" / "images" / "before-after.svg").read_bytes()
    assert papers(propose(flow))["svg_both"] == shown, "run `make picture`"
