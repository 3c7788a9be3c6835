"""Who may come in: this host, this start's token, this page; what goes out with every answer."""

from __future__ import annotations

import pytest

from tthc_flow.web.guard import SAFE_HEADERS, Door
from web.asking import DOOR, IN_A_ROW, OWN, Page


def code_of(answer) -> str:
    return answer.json()["error"]["code"]


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:80", "localhost:8001"),
        *("127.0.0.1:8000.evil.example", "[::1]:8000", "0.0.0.0:8000", "127.0.0.1:8000 ", ""),
    ],
)
def test_a_request_for_another_host_is_refused_even_with_the_token(page, host):
    answer = page.client.get(f"/?token={DOOR.token}", headers={"Host": host})
    assert (answer.status_code, code_of(answer)) == (403, "TF801")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", DOOR.hosts)
def test_both_names_of_this_machine_are_taken(page, host):
    assert page.client.get("/api/projects", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/api/projects", "/api/words", "/static/x", "/nothing"])
def test_nothing_is_answered_without_the_token(address):
    answer = Page(known=False).client.get(address)
    assert (answer.status_code, code_of(answer)) == (403, "TF802")


@pytest.mark.parametrize(
    "token", ["", "x", DOOR.token[:-1], DOOR.token + "x", DOOR.token.upper(), "é", "%FF%00"]
)
def test_a_wrong_token_opens_nothing(token):
    stranger = Page(known=False).client
    for answer in (
        stranger.get(f"/?token={token}"),
        stranger.get("/api/projects", headers={"Cookie": f"{DOOR.cookie}={token}".encode()}),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "TF802")


def test_the_token_is_not_taken_twice_or_at_another_address():
    stranger = Page(known=False).client
    twice = f"token={DOOR.token}&token={DOOR.token}"
    assert stranger.get(f"/?{twice}").status_code == 403
    assert stranger.get(f"/api/projects?token={DOOR.token}").status_code == 403
    assert stranger.post(f"/?token={DOOR.token}", headers=OWN).status_code == 403


def test_the_printed_address_gives_a_cookie_that_no_script_reads_and_leads_to_the_page():
    stranger = Page(known=False).client
    answer = stranger.get(f"/?token={DOOR.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"studio-8000={DOOR.token};")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {each.strip() for each in cookie.split(";")}
    assert stranger.get("/api/projects").status_code == 200


def test_cookies_of_other_programs_do_not_lock_one_out():
    others = f'a={{"b": [1]}}; =; ;;; c="; {DOOR.cookie}={DOOR.token}; d=é'
    answer = Page(known=False).client.get("/api/projects", headers={"Cookie": others.encode()})
    assert answer.status_code == 200


def test_the_cookie_of_a_studio_at_another_port_is_another():
    assert Door(port=8001, token=DOOR.token).cookie != DOOR.cookie


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Studio": "0"},
        {**OWN, "Origin": "http://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Origin": "https://127.0.0.1:8000"},
        {**OWN, "Origin": "http://127.0.0.1:9000"},
        {**OWN, "Origin": ""},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_what_another_page_sends_is_refused(page, headers, method):
    answer = page.client.request(method, "/api/projects", headers=headers, content=IN_A_ROW)
    assert (answer.status_code, code_of(answer)) == (403, "TF803")
    assert page.get("/api/projects") == []


@pytest.mark.parametrize(
    "headers",
    [OWN, {**OWN, "Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}],
)
def test_what_our_own_page_sends_is_taken(page, headers):
    answer = page.client.post("/api/projects", headers=headers, content=IN_A_ROW)
    assert answer.status_code == 201


def test_another_page_cannot_read_ours_through_the_browser(page):
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
        assert page.client.get("/api/projects", headers=headers).status_code == 403
        assert page.client.get("/", headers=headers).status_code == 403


def test_a_link_in_another_page_may_lead_to_ours(page):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = page.client.get(f"/?token={DOOR.token}", headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("address", "known"),
    [("/", True), ("/api/words", True), ("/api/none", True), ("/", False), ("/?token=x", False)],
)
def test_every_answer_has_the_safe_headers(address, known):
    answer = Page(known=known).client.get(address)
    assert {name: answer.headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS
    assert "access-control-allow-origin" not in answer.headers


def test_the_policy_lets_nothing_be_loaded_or_framed_from_elsewhere():
    policy = SAFE_HEADERS["content-security-policy"]
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "script-src" not in rules  # as default-src: no inline script, no eval
    assert not any("http" in rule or "*" in rule for rule in rules.values())


def test_a_call_that_there_is_not_is_told_as_such(page):
    for method, address in (
        ("PUT", "/api/projects"),
        ("POST", "/"),
        ("DELETE", "/api/projects/p1"),
    ):
        answer = page.client.request(method, address, headers=OWN)
        assert (answer.status_code, code_of(answer)) == (405, "TF810")


def test_a_web_socket_is_closed(page):
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), page.client.websocket_connect("/"):
        pass


@pytest.mark.parametrize(("lang", "words"), [("vi", "mã vào"), ("en", "token"), ("xx", "mã vào")])
def test_a_refusal_is_told_in_the_language_asked(lang, words):
    answer = Page(known=False).client.get(f"/api/projects?lang={lang}")
    assert words in answer.json()["error"]["message"]
