"""Many requests at once: of two actions on one version one wins, and nothing is half done."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tthc_flow.projects.saved import loaded
from tthc_flow.web import shelf
from web.asking import IN_A_ROW, LONG, OWN, PRESS

AT_ONCE = 6


@pytest.fixture
def client(listening):
    door = listening.door
    base = f"http://127.0.0.1:{door.port}"
    with httpx.Client(base_url=base, cookies={door.cookie: door.token}, timeout=60) as made:
        yield made


def all_at_once(ask, many):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, many))


def opened(client, data=IN_A_ROW):
    answer = client.post("/api/projects", content=data, headers=OWN)
    assert answer.status_code == 201
    return answer.json()


def test_of_many_actions_on_one_version_one_wins_and_the_others_are_told(client):
    view = opened(client)
    address = f"/api/projects/{view['id']}/actions"

    def name(number):
        action = {"kind": "facts", "element": "A", "fields": {"name": f"Ký {number}"}}
        return client.post(address, json={"version": 1, "action": action}, headers=OWN)

    answers = all_at_once(name, range(12))
    (won,) = [each.json() for each in answers if each.status_code == 200]
    lost = [each.json() for each in answers if each.status_code == 409]
    assert len(lost) == 11
    assert {each["version"] for each in lost} == {2}
    now = client.get(f"/api/projects/{view['id']}").json()
    assert now == won
    assert loaded(client.get(f"/api/projects/{view['id']}/save").content).past[1:] == ()


def test_uploads_at_once_are_all_opened_and_none_is_mixed_with_another(client):
    files = [PRESS.read_bytes(), LONG.read_bytes(), IN_A_ROW.encode()] * 3
    views = all_at_once(lambda data: opened(client, data), files)
    assert len({each["id"] for each in views}) == len(files)
    for data, view in zip(files, views, strict=True):
        saved = client.get(f"/api/projects/{view['id']}/save").content
        assert loaded(saved).original == data


def test_readers_see_whole_versions_while_somebody_acts(client):
    view = opened(client)
    done = threading.Event()

    def act():
        version = 1
        for number in range(8):
            fields = {"name": f"Ký {number}", "result": f"Giấy {number}"}
            action = {"kind": "facts", "element": "A", "fields": fields}
            body = {"version": version, "action": action}
            answer = client.post(f"/api/projects/{view['id']}/actions", json=body, headers=OWN)
            version = answer.json()["version"]
        done.set()

    thread = threading.Thread(target=act)
    thread.start()
    while not done.is_set():
        now = client.get(f"/api/projects/{view['id']}").json()
        facts = now["facts"]["A"]
        assert now["version"] == 1 or facts["name"][-1] == facts["result"][-1]
        assert f'name="{facts["name"]}"' in now["xml"]
    thread.join()


def test_a_slow_project_holds_up_no_other(client, monkeypatch):
    slow, began = threading.Event(), threading.Event()
    plain = shelf.view

    def wait(project, lang):
        if project.file == "slow.bpmn":
            began.set()
            slow.wait(20)
        return plain(project, lang)

    monkeypatch.setattr(shelf, "view", wait)
    headers = {**OWN, "X-File-Name": "slow.bpmn"}
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(client.post, "/api/projects", content=IN_A_ROW, headers=headers)
        assert began.wait(10)
        begun = time.monotonic()
        opened(client)
        client.get("/api/projects")
        assert time.monotonic() - begun < 10
        assert not later.done()
        slow.set()
        assert later.result(20).status_code == 201
