"""The geocoder against a real server on this machine that speaks Nominatim's form."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from mdgen.places.coordinates import Coordinates
from mdgen.places.nominatim import USER_AGENT, Nominatim
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterator

# As https://nominatim.org/release-docs/latest/api/Search/ shows it.
VIENNA = {
    "place_id": 100149,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0. https://osm.org/copyright",
    "osm_type": "relation",
    "osm_id": 109166,
    "boundingbox": ["48.1179069", "48.3226679", "16.1818310", "16.5775132"],
    "lat": "48.2083537",
    "lon": "16.3725042",
    "display_name": "Wien, Österreich",
    "class": "place",
    "type": "city",
    "importance": 0.76,
}


class Handler(BaseHTTPRequestHandler):
    requests: ClassVar[list[tuple[float, str, str]]] = []

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)["q"][0]
        self.requests.append((time.monotonic(), query, self.headers["User-Agent"]))
        seen = [text for _, text, _ in self.requests].count(query)
        if query == "Busy":
            self.send_error(429)
        elif query == "Slow":
            time.sleep(0.5)
        elif query == "Hiccup" and seen == 1:
            self.send_error(503)
        else:
            body = json.dumps([] if query == "Atlantis" else [VIENNA]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the tests' output clean."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[str]:
    Handler.requests.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_places_are_asked_for_by_name(server: str) -> None:
    geocoder = Nominatim(server, seconds_between=0)
    assert geocoder.find("Wien, Österreich") == Coordinates(48.20835, 16.3725)
    assert geocoder.find("Atlantis") is None
    assert [(query, agent) for _, query, agent in Handler.requests] == [
        ("Wien, Österreich", USER_AGENT),
        ("Atlantis", USER_AGENT),
    ]


def test_requests_keep_their_distance(server: str) -> None:
    geocoder = Nominatim(server, seconds_between=0.3)
    for place in ("A", "B", "C"):
        geocoder.find(place)
    times = [at for at, _, _ in Handler.requests]
    assert min(later - sooner for sooner, later in itertools.pairwise(times)) >= 0.25


def test_a_server_that_fails_once_is_asked_again(server: str) -> None:
    assert Nominatim(server, seconds_between=0).find("Hiccup") == Coordinates(48.20835, 16.3725)


@pytest.mark.parametrize("place", ["Busy", "Slow"])
def test_a_server_that_goes_on_failing_is_a_clear_error(server: str, place: str) -> None:
    with pytest.raises(MdgenError, match=r"does not answer \(.+\); run it again later"):
        Nominatim(server, seconds_between=0, timeout=0.1).find(place)
    assert len(Handler.requests) == 3


def test_a_server_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(MdgenError, match=r"^http://127\.0\.0\.1:9 does not answer"):
        Nominatim("http://127.0.0.1:9", seconds_between=0, timeout=0.2).find("Vienna")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopy.geocoders", None)
    with pytest.raises(MdgenError, match=r"pip install 'mdgen\[map\]'"):
        Nominatim()
