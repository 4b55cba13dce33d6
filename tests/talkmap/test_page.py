from __future__ import annotations

import html
import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.places.coordinates import Coordinates
from mdgen.places.locate import Located
from mdgen.places.stops import Stop
from mdgen.problems import Place, Refusal
from mdgen.talkmap.page import MapSettings, map_html, org_locations_js
from tests.talkmap.site import located, stop

VIENNA = Coordinates(48.20849, 16.37208)


class Seen(HTMLParser):
    """What a parser makes of a page: its elements with attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"style", "script"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.texts.append(data)


def at(point: Coordinates, *stops: Stop) -> Located:
    return Located(tuple((each, point) for each in stops))


def test_the_page_says_everything_without_a_script() -> None:
    talks = at(VIENNA, stop(0, "Institut Wien, Vienna"), stop(1, "Vienna"))
    page = map_html(talks, MapSettings(title="Where I spoke", baseurl="/me/"))
    assert "<title>Where I spoke</title>" in page
    assert (
        '<li id="place-1" data-x="5455" data-y="-1533"><h3>Vienna</h3><ul class="talks">'
        '<li><a href="/me/talks/2012-03-01-talk-0" target="_top">Learning to schedule</a>'
        '<span class="what">ICML · Institut Wien, Vienna · '
        '<span class="date">March 1, 2012</span></span></li>'
        '<li><a href="/me/talks/2019-03-02-talk-1" target="_top">Why test oracles fail</a>'
        '<span class="what">Department seminar · <span class="date">March 2, 2019</span></span>'
        "</li></ul></li>"
    ) in page
    assert (
        '<a href="#place-1" aria-label="Vienna"><circle cx="5455" cy="-1533" r="38"/></a>' in page
    )
    assert '<p class="summary">2 talks in 1 place</p>' in page
    assert "<h2>Online</h2>" not in page


def test_talks_online_are_listed_apart() -> None:
    page = map_html(Located(online=(stop(0, "Zoom"),)))
    assert '<p class="summary">1 talk online</p>' in page
    assert '<h2>Online</h2>\n<ul class="talks"><li><a href="/talks/2012-03-01-talk-0"' in page


def test_positions_are_counted_beside_talks() -> None:
    job = replace(stop(1, "Vienna"), what="position")
    page = map_html(at(VIENNA, job, job, stop(0, "Vienna")))
    assert '<p class="summary">1 talk and 2 positions in 1 place</p>' in page
    assert page.count('<li data-what="position"><a href="/talks/2019-03-02-talk-1"') == 2


def test_a_map_without_talks_is_a_map() -> None:
    assert "No talk with a place yet" in map_html(Located())
    assert org_locations_js(Located()) == "var addressPoints = [];\n"


def test_a_talk_may_have_no_page_no_venue_and_no_date() -> None:
    bare = Stop("A talk", "", "", "Vienna", "", Place("data/talks.csv", 2))
    assert '<li><span class="title">A talk</span></li>' in map_html(at(VIENNA, bare))
    away = Stop("A talk", "https://example.org/t", "", "Vienna", "", Place("data/talks.csv", 2))
    assert '<a href="https://example.org/t"' in map_html(at(VIENNA, away), MapSettings("T", "/x"))


def test_the_same_talks_give_the_same_bytes() -> None:
    assert map_html(located()) == map_html(located())


def test_nothing_on_the_page_asks_another_host() -> None:
    seen = Seen(map_html(located()))
    assert not {tag for tag, _ in seen.tags} & {"img", "link", "iframe", "object", "base", "form"}
    assert all("src" not in attributes for _, attributes in seen.tags)
    [policy] = [a["content"] for tag, a in seen.tags if a.get("http-equiv")]
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_tiles_only_where_settings_ask_for_them() -> None:
    url = "https://tiles.example.org/{z}/{x}/{y}.png"
    page = map_html(located(), MapSettings(tiles=url, tiles_credit="© Someone & Co"))
    assert f'<g id="tiles" data-url="{url}"></g>' in page
    assert "img-src https://tiles.example.org; " in page
    assert "Tiles: © Someone &amp; Co</p>" in page
    assert "img-src 'self'; " in map_html(Located(), MapSettings(tiles="/t/{z}/{x}/{y}.png"))
    assert 'id="tiles"' not in map_html(located())
    assert "img-src" not in map_html(located())


@pytest.mark.parametrize(
    "url", ["https://example.org/", "tiles", "https://a.b/{z}/{x}/{y}; script-src *", "x:{z}{x}{y}"]
)
def test_an_address_that_is_none_of_tiles_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match="is no address of map tiles; write one such as https://"):
        map_html(Located(), MapSettings(tiles=url))


@pytest.mark.parametrize("different", [0, 200])
def test_two_hundred_talks_are_small(different: int) -> None:
    places = [(f"Town {n}, Country", n % 60 + 0.5, n * different / 200 % 170) for n in range(200)]
    assert len(map_html(located(places)).encode()) < 250_000


def test_the_points_are_as_the_themes_pages_read_them() -> None:
    talks = at(VIENNA, stop(0, "Vienna"), stop(5, "Wien"))
    text = org_locations_js(talks, MapSettings(baseurl="/me"))
    assert text.startswith("var addressPoints = [\n")
    [[shown, *where]] = json.loads(text.removeprefix("var addressPoints = ").removesuffix(";\n"))
    assert where == [48.2085, 16.3721]
    assert shown == (
        '<a href="/me/talks/2012-03-01-talk-0" target="_top">Learning to schedule</a>'
        "<br />ICML; Vienna<br />March 1, 2012<br /><br />"
        '<a href="/me/talks/2017-03-06-talk-5" target="_top">On the complexity of tilings</a>'
        "<br />ICML; Wien<br />March 6, 2017"
    )


NASTY = st.text(max_size=20) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "<!--",
        "-->",
        '"><b onclick=x>',
        "&amp;",
        "]]>",
        "\u2028",
        "</style>",
        "{{ site }}",
        "\\",
        "'",
    ]
)


@given(venue=NASTY, place=NASTY.filter(bool), date=NASTY)
def test_no_text_becomes_markup(venue: str, place: str, date: str) -> None:
    talk = Stop("Title", "/talks/a", venue, place, date, Place("data/talks.csv", 2))
    plain = Stop("Title", "/talks/a", "v" * bool(venue), "p", "d" * bool(date), talk.where)
    seen, same = Seen(map_html(at(VIENNA, talk))), Seen(map_html(at(VIENNA, plain)))
    assert [tag for tag, _ in seen.tags] == [tag for tag, _ in same.tags]
    text = "".join(seen.texts)
    # A parser reads CR LF and CR as LF.
    for typed in (venue, place, date):
        assert typed.replace("\r\n", "\n").replace("\r", "\n") in text.replace("\r", "\n")


@given(title=NASTY, venue=NASTY, place=NASTY.filter(bool))
def test_the_points_are_a_script_whatever_they_hold(title: str, venue: str, place: str) -> None:
    talk = Stop(html.escape(title), "/talks/a", venue, place, "", Place("data/talks.csv", 2))
    text = org_locations_js(at(VIENNA, talk))
    assert text.isascii()
    assert not set("<>&") & set(text)
    [[shown, *_]] = json.loads(text.removeprefix("var addressPoints = ").removesuffix(";\n"))
    assert html.escape(title) in shown
    assert html.escape("; ".join(filter(None, [venue, place]))) in shown
