"""Requests that no browser would send, at a server that listens: it stays, and stays small."""

from __future__ import annotations

import json
import resource
import socket
from contextlib import suppress

import pytest

from web.asking import IN_A_ROW

MEGABYTE = 1024 * 1024


def ask(where, text: bytes, *parts: bytes) -> bytes:
    """Send *text* and *parts* as they are; return what comes back, as far as it comes."""
    with socket.create_connection(("127.0.0.1", where.door.port), timeout=20) as line:
        with suppress(ConnectionError):  # refused while we are still sending
            line.sendall(text)
            for part in parts:
                line.sendall(part)
        back = b""
        with suppress(ConnectionError, TimeoutError):
            while True:
                more = line.recv(65_536)
                if not more:
                    break
                back += more
        return back


def request(where, line: bytes, *more: str) -> bytes:
    door = where.door
    headers = [f"Host: 127.0.0.1:{door.port}", f"Cookie: {door.cookie}={door.token}"]
    headers += ["X-Studio: 1", "Connection: close", *more]
    return line + b"\r\n" + "\r\n".join(headers).encode() + b"\r\n\r\n"


def status(back: bytes) -> int:
    return int(back.split(b" ", 2)[1])


@pytest.fixture(autouse=True)
def _still_there(listening):
    yield
    assert status(ask(listening, request(listening, b"GET /api/projects HTTP/1.1"))) == 200


@pytest.mark.parametrize(
    "path",
    [
        b"/static/../app.py",
        b"/static/../../errors.py",
        b"/static/%2e%2e/app.py",
        b"/static/..%2fapp.py",
        b"/static/..%5capp.py",
        b"/static/%2e%2e%2f%2e%2e%2ferrors.py",
        b"/static//etc/passwd",
        b"/static/%2fetc%2fpasswd",
        b"/static/....//app.py",
        b"/static/index.html%00.js",
        b"/static/index.html/",
        b"/static/./index.html",
        b"/static/%252e%252e/app.py",
        b"/static/",
        b"/static/vendor",
        b"/static/\\..\\app.py",
        b"/static/%c0%ae%c0%ae/app.py",
        b"/../../etc/passwd",
        b"/api/projects/..%2f..%2f..%2fetc%2fpasswd",
        b"/api/projects/p1/files/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_address_leads_out_of_the_page(listening, path):
    back = ask(listening, request(listening, b"GET " + path + b" HTTP/1.1"))
    assert status(back) in {400, 404}
    assert b"root:" not in back
    assert b"import" not in back


@pytest.mark.parametrize(
    "text",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:%d\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n",
        (
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 5\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET"
        ),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"GET /%ff%fe?token=%ff HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_is_no_request_of_ours_is_refused(listening, text):
    port = b"%d" % listening.door.port
    back = ask(
        listening,
        text.replace(b"%d", port).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1),
    )
    assert not back or status(back) in {400, 403, 404, 405, 431}


def test_absolute_addresses_of_our_own_are_no_way_round(listening):
    line = b"GET http://127.0.0.1/api/projects HTTP/1.1"
    assert status(ask(listening, request(listening, line))) in {400, 404}


def test_200_megabytes_by_their_length_are_refused_before_they_are_read(listening):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = request(listening, b"POST /api/projects HTTP/1.1", "Content-Length: 209715200")
    back = ask(listening, text)
    assert status(back) == 413
    assert json.loads(back.partition(b"\r\n\r\n")[2])["error"]["code"] == "TF805"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_200_megabytes_in_chunks_are_refused_and_memory_stays_flat(listening):
    text = request(listening, b"POST /api/projects HTTP/1.1", "Transfer-Encoding: chunked")
    chunk = b"%x\r\n" % MEGABYTE + b" " * MEGABYTE + b"\r\n"
    ask(listening, text, *[chunk] * 24, b"0\r\n\r\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    back = ask(listening, text, *[chunk] * 200, b"0\r\n\r\n")
    assert not back or status(back) == 413  # or the line is cut while we still send
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "9" * 400, "5, 6", "٣"])
def test_a_length_that_is_none_is_refused(listening, length):
    text = request(listening, b"POST /api/projects HTTP/1.1", f"Content-Length: {length}")
    back = ask(listening, text, b"<a/>")
    assert not back or status(back) in {400, 413}


def test_a_body_that_breaks_off_opens_nothing(listening):
    text = request(listening, b"POST /api/projects HTTP/1.1", "Content-Length: 100000")
    with socket.create_connection(("127.0.0.1", listening.door.port), timeout=5) as line:
        line.sendall(text + IN_A_ROW.encode())
    listed = ask(listening, request(listening, b"GET /api/projects HTTP/1.1"))
    assert listed.endswith(b"[]")
