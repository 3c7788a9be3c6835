"""A page of the studio without a browser: it asks and gets JSON."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.exceptions import StarletteDeprecationWarning

from tthc_flow.web.app import app_of
from tthc_flow.web.guard import Door
from tthc_flow.web.shelf import Shelf

with warnings.catch_warnings():
    # It would rather have another client than httpx, which is the one that everybody has.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
LONG = ROOT / "processes/khoa-hoc-cong-nghe/1.014438-lang-son-hoi-dong/flow.bpmn"
DOOR = Door(port=8000, token="the-token-of-this-start")  # noqa: S106 - of no real start
OWN = {"X-Studio": "1"}
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'


def flow(nodes: str, *arrows: str, name: str = "Cấp giấy") -> str:
    """Return a drawing of *nodes* (BPMN) and *arrows* ("id: source target [name]")."""
    drawn = []
    for each in arrows:
        id_, ends = each.split(": ")
        source, target, *named = ends.split(" ", 2)
        label = f' name="{named[0]}"' if named else ""
        drawn.append(f'<sequenceFlow id="{id_}" sourceRef="{source}" targetRef="{target}"{label}/>')
    return f'{HEAD}<process id="P" name="{name}">{nodes}{"".join(drawn)}</process></definitions>'


IN_A_ROW = flow(
    '<startEvent id="s"/><task id="A" name="Ký"/><endEvent id="e"/>', "f: s A", "g: A e"
)
STUCK = flow(
    '<startEvent id="s"/><parallelGateway id="j"/><exclusiveGateway id="x"/>'
    '<task id="A" name="Ký"/><task id="B" name="Dấu"/><endEvent id="e"/>',
    *("f0: s x", "f1: x A", "f2: x B", "f3: A j", "f4: B j", "f5: j e"),
    name="Kẹt",
)


class Page:
    """The page as it asks the server; *client* is what it asks with."""

    def __init__(self, door: Door = DOOR, *, known: bool = True) -> None:
        self.shelf = Shelf()
        base = f"http://127.0.0.1:{door.port}"
        self.client = TestClient(app_of(self.shelf, door), base_url=base, follow_redirects=False)
        if known:
            self.client.cookies.set(door.cookie, door.token)

    def send(self, address: str, body: object, status: int = 200) -> Any:
        answer = self.client.post(address, json=body, headers=OWN)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, address: str, status: int = 200) -> Any:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return answer.json()

    def upload(self, data: bytes | str, name: str = "a.bpmn", status: int = 201) -> Any:
        content = data.encode() if isinstance(data, str) else data
        headers = {**OWN, "X-File-Name": quote(name)}
        answer = self.client.post("/api/projects", content=content, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def act(self, view: Any, status: int = 200, **action: Any) -> Any:
        address = f"/api/projects/{view['id']}/actions"
        return self.send(address, {"version": view["version"], "action": action}, status)

    def walk(self, view: Any, *taken: tuple[str, Any], side: str = "before") -> Any:
        told = [{"element": element, "choice": choice} for element, choice in taken]
        return self.send(f"/api/projects/{view['id']}/walk", {"side": side, "taken": told})


def shown(view: Any) -> Any:
    """Return what a view shows, whichever project and version it is."""
    return {name: value for name, value in view.items() if name not in {"id", "version"}}
