"""Sheets on the web, had from a real server on this machine."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from mdgen.problems import SheetError
from mdgen.sheets import is_address
from mdgen.sheets.remote import (
    export_address,
    fetch,
    refuse_login,
    status_message,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = b"title,date\nWhiteFox,2024-10-20\n"


class _Handler(BaseHTTPRequestHandler):
    """Answers each path in its own way, good and bad."""

    def do_GET(self) -> None:
        """Answer by the method of the path's name."""
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name}")(rest)

    def _start(self, code: int, **headers: str | int) -> None:
        self.send_response(code)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), str(value))
        self.end_headers()

    def _sheet(self, _: str) -> None:
        self._start(200, Content_Length=len(SHEET))
        self.wfile.write(SHEET)

    def _endless(self, _: str) -> None:
        self._start(200)
        self.wfile.write(b"x" * 2_000_000)

    def _huge(self, _: str) -> None:
        self._start(200, Content_Length=10**12)

    def _short(self, _: str) -> None:
        self._start(200, Content_Length=1_000)
        self.wfile.write(SHEET)

    def _slow(self, _: str) -> None:
        self._start(200)
        while True:
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def _silent(self, _: str) -> None:
        time.sleep(0.5)

    def _status(self, code: str) -> None:
        self._start(int(code), Content_Length=0)

    def _to(self, address: str) -> None:
        self._start(302, Location=address)

    def _again(self, rest: str) -> None:
        self._start(302, Location=f"/again/{rest}x")

    def _garbage(self, _: str) -> None:
        self.wfile.write(b"this is no HTTP\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in its base
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def _refusal(url: str, **bounds: float) -> str:
    with pytest.raises(SheetError) as caught:
        fetch(url, seconds=bounds.get("seconds", 20), size=int(bounds.get("size", 2**20)))
    return str(caught.value)


def test_a_sheet_is_fetched(server: str) -> None:
    assert fetch(f"{server}/sheet") == SHEET


def test_redirects_are_followed(server: str) -> None:
    assert fetch(f"{server}/to//to//sheet") == SHEET


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("status/404", "is not there (404 Not Found)"),
        (
            "status/403",
            "is not for everyone to read (403 Forbidden); make it public or save it here",
        ),
        ("status/500", "cannot be had: the server answers 500 Internal Server Error"),
        ("again/", "leads from one address to another without end"),
        (
            "to/http://a.example/",
            "is not read: it leads to 'http://a.example/', which does not begin with https://",
        ),
        (
            "to/file:///etc/passwd",
            "is not read: it leads to an address that does not begin with https://",
        ),
        ("endless", "is larger than 1 MB, which no sheet of pages is; split it"),
        ("huge", "is larger than 1 MB, which no sheet of pages is; split it"),
        ("short", f"broke off after {len(SHEET)} of 1,000 bytes; try again"),
        ("garbage", "cannot be reached: this is no HTTP"),
    ],
)
def test_what_a_server_answers_instead_is_said(server: str, path: str, message: str) -> None:
    assert _refusal(f"{server}/{path}") == f"{server}/{path}: {message}"


def test_a_server_that_drips_is_left_in_time(server: str) -> None:
    start = time.monotonic()
    assert _refusal(f"{server}/slow", seconds=0.5) == (
        f"{server}/slow: did not arrive within 0.5 seconds; try again, or save the sheet here"
    )
    assert time.monotonic() - start < 20


def test_a_server_without_an_answer_is_left_soon(server: str) -> None:
    with pytest.raises(SheetError) as caught:
        fetch(f"{server}/silent", wait=0.2)
    assert str(caught.value) == f"{server}/silent: cannot be reached: the server does not answer"


def test_a_server_without_encryption_is_no_https_server(server: str) -> None:
    url = server.replace("http:", "https:")
    assert _refusal(url).startswith(
        f"{url}: cannot be reached: its certificate or encryption fails ("
    )


def test_a_name_without_server_is_said() -> None:
    assert _refusal("https://nowhere.invalid/x") == (
        "https://nowhere.invalid/x: cannot be reached: no server of this name is known"
    )


GOOGLE = "https://docs.google.com/spreadsheets/d/1aB/edit"
NOT_SHARED = "is not shared; in Google Sheets choose Share > General access > Anyone with the link"


def test_a_google_sheet_that_is_not_shared_is_said() -> None:
    assert status_message(GOOGLE, 401, "Unauthorized") == NOT_SHARED
    with pytest.raises(SheetError) as caught:
        refuse_login(GOOGLE, "https://accounts.google.com/ServiceLogin?x=1")
    assert str(caught.value) == f"{GOOGLE}: {NOT_SHARED}"


def test_no_server_is_said() -> None:
    assert _refusal("http://127.0.0.1:1/x") == (
        "http://127.0.0.1:1/x: cannot be reached: connection refused"
    )


@pytest.mark.parametrize(
    "url",
    ["http://a.example/talks.csv", "file:///etc/passwd", "ftp://a.example/talks.csv", "https:/"],
)
def test_other_addresses_are_refused(url: str) -> None:
    expected = (
        "cannot be reached: no host given"
        if url == "https:/"
        else ("is not read: it does not begin with https://")
    )
    assert _refusal(url) == f"{url}: {expected}"


@pytest.mark.parametrize(
    ("address", "export"),
    [
        (
            "https://docs.google.com/spreadsheets/d/1aB-c_D/edit?usp=sharing",
            "https://docs.google.com/spreadsheets/d/1aB-c_D/export?format=xlsx",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1aB-c_D/edit#gid=0",
            "https://docs.google.com/spreadsheets/d/1aB-c_D/export?format=csv&gid=0",
        ),
        (
            "https://docs.google.com/spreadsheets/u/1/d/1aB-c_D/edit?gid=42#gid=42",
            "https://docs.google.com/spreadsheets/d/1aB-c_D/export?format=csv&gid=42",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml?gid=7&single=true",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=csv&single=true&gid=7",
        ),
        (
            "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=xlsx",
        ),
        (
            "https://docs.google.com/spreadsheets/d/1aB-c_D/export?format=csv&gid=0",
            "https://docs.google.com/spreadsheets/d/1aB-c_D/export?format=csv&gid=0",
        ),
        (
            "https://docs.google.com/document/d/1aB/edit",
            "https://docs.google.com/document/d/1aB/edit",
        ),
        ("https://a.example/talks.csv?x=1#y", "https://a.example/talks.csv?x=1#y"),
    ],
)
def test_the_edit_link_of_a_google_sheet_is_understood(address: str, export: str) -> None:
    assert export_address(address) == export


@pytest.mark.parametrize(
    ("sheet", "answer"),
    [("https://a.example/x", True), ("HTTP://localhost/x", True), ("data/https.csv", False)],
)
def test_an_address_is_told_from_a_path(sheet: str, answer: bool) -> None:  # noqa: FBT001 - the answer
    assert is_address(sheet) is answer
