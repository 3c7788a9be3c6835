"""The files that a project gives away: listed before they are made, each whole."""

from __future__ import annotations

import io
import zipfile

import pytest

from tthc_flow.projects import files
from web.asking import IN_A_ROW, PRESS, STUCK, flow


@pytest.fixture
def view(page):
    return page.upload(PRESS.read_bytes(), "cấp.bpmn")


def test_the_list_of_files_is_there_before_any_paper_is_made(page, view, monkeypatch):
    def never(*_given):
        pytest.fail("a paper was made for the list")

    monkeypatch.setattr(files, "papers", never)
    listed = page.get(f"/api/projects/{view['id']}/files")
    assert [each["group"] for each in listed][:2] == ["papers", "papers"]
    assert listed[0]["title"] == "Phương án đơn giản hóa (Word)"


@pytest.mark.parametrize("text", [PRESS.read_bytes(), IN_A_ROW.encode(), STUCK.encode()])
def test_the_zip_holds_what_is_listed(page, text):
    address = f"/api/projects/{page.upload(text)['id']}/files"
    names = [each["name"] for each in page.get(address)]
    data = page.client.get(f"{address}/everything.zip").content
    assert names[-1] == "everything.zip"
    assert sorted(zipfile.ZipFile(io.BytesIO(data)).namelist()) == sorted(names[:-1])


def test_every_file_that_is_listed_is_given_and_holds_what_it_says(page):
    view = page.upload(flow('<startEvent id="s"/><task id="A" name="Ký"/>', "f: s A"), "a<b>.bpmn")
    listed = page.get(f"/api/projects/{view['id']}/files")
    names = [each["name"] for each in listed]
    assert {"before.bpmn", "answers.yaml", "rulings.yaml", "everything.zip"} <= set(names)
    for each in listed:
        answer = page.client.get(f"/api/projects/{view['id']}/files/{each['name']}")
        assert answer.content
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "html" not in answer.headers["content-type"]
    assert page.get(f"/api/projects/{view['id']}/files/none", 404)["error"]["code"] == "TF804"
