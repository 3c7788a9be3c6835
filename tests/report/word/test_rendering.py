"""The papers as LibreOffice prints them: every word is there, no page too many."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter

import pytest

from report.word.cases_of import council
from report.word.paper import Read
from tthc_flow.report.word.papers import (
    annex_document,
    decision_document,
    results_document,
    workflow_document,
)

PAPERS = {
    "annex": (annex_document, range(12, 24)),
    "decision": (decision_document, range(2, 4)),
    "results": (results_document, range(2, 6)),
    "workflow": (workflow_document, range(2, 5)),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    tools = {name: shutil.which(name) for name in ("soffice", "pdftotext")}
    if None in tools.values():
        pytest.skip("soffice and pdftotext are not installed: nothing can be printed")
    folder = tmp_path_factory.mktemp("word")
    for name, (made, _) in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(made((council(),)))
    every = [str(each) for each in sorted(folder.glob("*.docx"))]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [tools["soffice"], "--headless", profile, "--convert-to", "pdf", "--outdir"]
    subprocess.run([*convert, str(folder), *every], check=True, capture_output=True, timeout=110)
    told = {}
    for name in PAPERS:
        text = [tools["pdftotext"], "-layout", str(folder / f"{name}.pdf"), "-"]
        told[name] = subprocess.run(text, check=True, capture_output=True).stdout.decode()
    return told


def letters(text):
    return Counter(re.sub(r"\s+", "", unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("name", PAPERS)
def test_no_letter_is_lost_on_the_pages_it_takes(printed, name):
    made, pages = PAPERS[name]
    sheets = printed[name].removesuffix("\f").split("\f")
    assert len(sheets) in pages
    written = letters(Read(made((council(),))).words)
    assert written - letters(printed[name]) == Counter()
    numbers = [sheet.split(maxsplit=1)[0] for sheet in sheets]
    assert numbers[1:] == [str(each) for each in range(2, len(sheets) + 1)]
    assert numbers[0] != "1"
