"""ORCID: iDs, and its public API as a real server on this machine speaks it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from mdgen.importers.orcid import fetch_orcid, orcid_id, read_orcid
from mdgen.importers.web import get_json
from mdgen.problems import MdgenError, Refusal, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterator

IDENTITY = "0000-0002-1825-0097"


def summary(code: int) -> dict[str, object]:
    return {"put-code": code, "title": {"title": {"value": f"Work {code}"}}}


def full(code: int) -> dict[str, object]:
    names = [{"credit-name": {"value": "Ada Lovelace"}}]
    year = {"year": {"value": "2020"}}
    more = {"contributors": {"contributor": names}, "publication-date": year}
    return {"work": {**summary(code), **more, "type": "journal-article"}}


class Service(BaseHTTPRequestHandler):
    """The form of ORCID's answers, for a person with 101 works."""

    asked: ClassVar[list[str]] = []
    failures: ClassVar[list[tuple[int, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.failures:
            status, headers = self.failures.pop(0)
            return self._answer(status, b"", headers)
        if self.headers["Accept"] != "application/json":
            return self._answer(406, b"", {})
        answer = self._found()
        return self._answer(200 if answer else 404, answer, {})

    def _found(self) -> bytes:
        match self.path.removeprefix("/v3.0/").split("/"):
            case [identity, "works"] if identity == IDENTITY:
                groups = [{"work-summary": [summary(code)]} for code in range(101)]
                return json.dumps({"group": groups}).encode()
            case [identity, "works", codes] if identity == IDENTITY:
                return json.dumps({"bulk": [full(int(code)) for code in codes.split(",")]}).encode()
            case ["list"]:
                return b"[]"
            case ["large"]:
                return b" " * (2**26 + 1)
            case ["short"]:
                return b"short"
        return b""

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        more = 10 if self.path.endswith("short") else 0
        self.send_header("Content-Length", str(len(body) + more))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked.clear()
    Service.failures.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v3.0"
        server.shutdown()
        thread.join()


def test_works_are_asked_for_in_full_a_hundred_at_a_time(service: str) -> None:
    imported = fetch_orcid(f"https://orcid.org/{IDENTITY}", get_json, base=service)
    assert len(imported.items) == 101
    assert imported.items[100].values["authors"] == "Ada Lovelace"
    assert str(imported.items[0].place) == f"orcid.org/{IDENTITY}"
    assert [len(path.split(",")) for path in Service.asked] == [1, 100, 1]


def test_a_person_who_is_not_there(service: str) -> None:
    with pytest.raises(MdgenError, match=r"there is nothing at this address \(404\)"):
        fetch_orcid("0000-0001-5109-3700", get_json, base=service)


def test_an_answer_of_another_form(service: str) -> None:
    with pytest.raises(MdgenError, match="the answer is no list of works"):
        fetch_orcid(IDENTITY, lambda _: get_json(f"{service}/list"), base=service)


def test_a_busy_service_is_asked_again_after_the_pause_it_names(service: str) -> None:
    Service.failures[:] = [(503, {}), (429, {"Retry-After": "7"})]
    pauses: list[float] = []
    assert get_json(f"{service}/list", pause=pauses.append) == b"[]"
    assert pauses == [1.0, 7.0]


def test_a_service_that_stays_busy_is_left_alone(service: str) -> None:
    Service.failures[:] = [(500, {"Retry-After": "tomorrow"})] * 2
    with pytest.raises(MdgenError, match="the service answers 500; try again later"):
        get_json(f"{service}/list", tries=2, pause=lambda _: None)


def _not_again(_seconds: float) -> None:
    pytest.fail("asked again")


def test_a_refusal_is_final(service: str) -> None:
    Service.failures[:] = [(403, {})]
    with pytest.raises(MdgenError, match=r"the service refuses \(403\)"):
        get_json(f"{service}/list", pause=_not_again)


def test_an_answer_that_breaks_off(service: str) -> None:
    with pytest.raises(MdgenError, match="the answer breaks off"):
        get_json(f"{service}/short", tries=1)


def test_an_answer_without_end(service: str) -> None:
    with pytest.raises(MdgenError, match="the answer is larger than 64 MB"):
        get_json(f"{service}/large")


def test_no_service() -> None:
    with pytest.raises(MdgenError, match=r"no answer \(.*\); try again later"):
        get_json("http://127.0.0.1:1/", tries=2, timeout=1, pause=lambda _: None)


def test_no_web_address() -> None:
    with pytest.raises(MdgenError, match="is no web address"):
        get_json("file:///etc/hostname")


@pytest.mark.parametrize(
    "text",
    [IDENTITY, f" https://orcid.org/{IDENTITY} ", "http://www.orcid.org/0000-0002-1825-0097/"],
)
def test_an_id_in_all_its_forms(text: str) -> None:
    assert orcid_id(text) == IDENTITY


def test_an_id_may_end_in_x() -> None:
    assert orcid_id("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Josiah Carberry",
            "'Josiah Carberry' is no ORCID iD; it has the form 0000-0002-1825-0097",
        ),
        (
            "0000-0002-1825-0079",
            "'0000-0002-1825-0079' is no ORCID iD: its last character does not fit the others; "
            "look it up again",
        ),
    ],
)
def test_what_is_no_id(text: str, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        orcid_id(text)
    assert str(refused.value) == message


def test_one_work_alone() -> None:
    imported = read_orcid(json.dumps(full(1)["work"]).encode(), "work.json")
    assert [item.values["title"] for item in imported.items] == ["Work 1"]


@pytest.mark.parametrize("text", ["null", "[]", "3", '{"title": "x"}', '{"group": 7}'])
def test_json_of_another_sort_gives_nothing(text: str) -> None:
    assert read_orcid(text.encode(), "x.json").items == ()


def test_no_json_at_all() -> None:
    with pytest.raises(SheetError) as raised:
        read_orcid(b'{\n"a": \n', "x.json")
    assert str(raised.value) == "x.json:3: is no JSON: Expecting value (column 1); export it anew"
