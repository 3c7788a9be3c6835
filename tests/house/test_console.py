"""The commands of README and docs run, page by page, and print what the page says they print.

A page is one terminal in one folder. `$ cat NAME` with its output makes that file, as a reader
would; `$ tthc-flow studio` is stopped once it has said where its page is. An ellipsis stands for
what is left out, and a moment for any moment: pages are not dated.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import ROOT, files, short

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = {"", "sh", "bash", "shell", "text"}
COMMAND = re.compile(r"^\$ ", re.MULTILINE)
MOMENT = re.compile(r"\d\d:\d\d|\d\d/\d\d/\d{4}|thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật")
DEMO = ROOT / "docs" / "demo"
HANDED_DOWN = ROOT / "tests" / "levers" / "hand_down_decision" / "finds"
SON_LA = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la"
HA_TINH = ROOT / "processes" / "giam-dinh"
PREPARED = {
    "flow.bpmn": SON_LA / "flow.bpmn",
    "steps.yaml": SON_LA / "steps.yaml",
    "quy-trinh.bpmn": SON_LA / "flow.bpmn",
    "quy-trinh/bo-nhiem.bpmn": HA_TINH / "bo-nhiem-giam-dinh-vien-ha-tinh" / "flow.bpmn",
    "quy-trinh/mien-nhiem.bpmn": HA_TINH / "mien-nhiem-giam-dinh-vien-ha-tinh" / "flow.bpmn",
    "bang-cac-buoc.docx": DEMO / "bang-cac-buoc.docx",
    "bang-cac-buoc.xlsx": DEMO / "bang-cac-buoc.xlsx",
    "mau-rieng.docx": DEMO / "mau-rieng.docx",
    "cap-giay-phep.bpmn": ROOT / "docs" / "how-to" / "cap-giay-phep.bpmn",
    "phan-cap.bpmn": HANDED_DOWN / "two-levels-of-handling.bpmn",
    "docs/demo/cap-giay-phep.bpmn": DEMO / "cap-giay-phep.bpmn",
}
END = "--8<-- end of one command"
STUDIO = """{command} --no-open > studio.out 2> studio.err & __studio=$!
for __try in $(seq 300); do [ -s studio.err ] && break; sleep 0.1; done
kill -INT $__studio; wait $__studio; cat studio.out"""
PATIENCE = 110


def commands(path: Path) -> list[tuple[str, str]]:
    """Return every command of a page with what the page says it prints."""
    found = []
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        for each in COMMAND.split(block)[1:]:
            command, _, printed = each.partition("\n")
            while command.endswith("\\"):
                more, _, printed = printed.partition("\n")
                command = f"{command[:-1]}{more.strip()}"
            found.append((command, printed.strip()))
    return found


def script(told: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of one terminal that runs all commands of a page."""
    for command, printed in told:
        if command.startswith("cat ") and printed:
            name = command.removeprefix("cat ")
            yield f"cat > {name} <<'{END}'\n{printed}\n{END}"
        run = STUDIO.format(command=command) if command.startswith("tthc-flow studio") else command
        yield f"{run}\n__code=$?\necho; echo '{END}'\n(exit $__code)"


def matches(printed: str, said: str) -> bool:
    """Return whether *printed* is what a page *said*, up to ellipses and moments."""
    pattern = re.escape(MOMENT.sub("…", said)).replace("\\\n…\\\n", "\n(?:.*\n)?")
    pattern = pattern.replace("…", ".*")
    return re.fullmatch(rf"\s*{pattern}\s*", MOMENT.sub("…", printed), re.DOTALL) is not None


def run_in(folder: Path, told: list[tuple[str, str]]) -> list[str]:
    """Run all commands of a page in *folder*; return what each printed."""
    for name, source in PREPARED.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / name)
    search = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["/bin/bash"],
        input="exec 2>&1\nset -m\n" + "\n".join(script(told)),
        cwd=folder,
        env={**os.environ, "PATH": search, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    shown = run.stdout.split(END)
    assert len(shown) == len(told) + 1, run.stdout[-2_000:]
    return shown[:-1]


WITH_CONSOLE = [path for path in files(".md") if commands(path)]


@pytest.mark.parametrize("path", WITH_CONSOLE, ids=short)
def test_the_commands_of_a_document_run(path: Path, tmp_path: Path) -> None:
    told = commands(path)
    shown = list(zip(told, run_in(tmp_path, told), strict=True))
    wrong = [
        f"$ {command}\n{printed.strip()}"
        for (command, said), printed in shown
        if said and not matches(printed, said)
    ]
    assert wrong == []
    silent = [
        f"$ {command}\n{printed.strip()}"
        for (command, said), printed in shown
        if not said and re.search(r"\bTF\d{3}\b|Traceback|command not found|No such file", printed)
    ]
    assert silent == []


def test_no_command_hides_in_a_block_that_is_not_run() -> None:
    hidden = [
        f"{short(path)}: {line}"
        for path in files(".md")
        for kind, block in FENCED.findall(path.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if kind in NOT_RUN and re.match(r"(?:\$ )?(?:\w+=\S+ )?tthc-flow ", line)
    ]
    assert hidden == []


def test_a_page_that_says_something_else_is_noticed() -> None:
    assert matches("a 08:00 b\n", "a 09:30 b")
    assert matches("one\ntwo\nthree", "one\n…\nthree")
    assert matches("one\nthree", "one\n…\nthree")
    assert not matches("one\ntwo", "one")
