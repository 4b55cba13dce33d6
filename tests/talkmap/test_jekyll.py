"""The map from a sheet to the reader: `mdgen map` on a site, built by Jekyll, seen in a browser."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from mdgen.cli import main
from tests.jekyll.build import SITE, build_site
from tests.talkmap.browser import running_browser, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page

TALKS = """\
title,date,venue,location
Why *we* skip & hop,2024-05-01,Reading <Days>,"Vienna, Austria"
Looms,2023-04-02,Institut,"Vienna, Austria"
Far away,2022-03-03,Sea Days,"Cape Town, South Africa"
Farther,2021-02-04,Bay Days,"Berkeley CA, USA"
From home,2020-01-05,Web Days,Online
"""
# As the theme's own page does it.
FRAMED = """\
---
title: Talk map
permalink: /talkmap.html
---
<iframe src="/talkmap/map.html" height="700" width="850" style="border:none;"></iframe>
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site made from one sheet."""
    folder = tmp_path_factory.mktemp("talks")
    source = folder / "source"
    shutil.copytree(SITE, source)
    (source / "data").mkdir()
    (source / "data" / "talks.csv").write_text(TALKS, "utf-8")
    (source / "_pages" / "talkmap.html").write_text(FRAMED, "utf-8")
    for command in ("map", "sync"):
        done = CliRunner().invoke(main, [command, "--site", str(source)])
        assert done.exit_code == 0, done.output
    built = build_site(source, folder / "site")
    assert _published(built.root) == {"map.html", "org-locations.js"}
    with served(built.root) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page with the frame; nobody else may be asked for anything, whatever happens."""
    opened = browser.new_page(viewport={"width": 1000, "height": 900}, reduced_motion="reduce")
    opened.set_default_timeout(5000)
    hosts: set[str] = set()
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    opened.goto(f"{address}/talkmap.html")
    yield opened
    opened.close()
    assert hosts == {urlsplit(address).netloc}


def _published(site: Path) -> set[str]:
    return {path.name for path in (site / "talkmap").iterdir()}


def _frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def test_every_place_has_its_marker(page: Page) -> None:
    frame = _frame(page)
    expect(frame.locator(".marker")).to_have_count(3)
    expect(frame.locator(".marker", has_text=re.compile("^2$"))).to_have_count(1)
    expect(frame.locator(".summary")).to_have_text("4 talks in 3 places, 1 talk online")


def test_a_click_opens_the_popup_and_its_link_the_talk(page: Page, address: str) -> None:
    frame = _frame(page)
    frame.get_by_role("button", name="Vienna, Austria: 2 talks").click()
    popup = frame.get_by_role("dialog")
    expect(popup.get_by_role("link")).to_have_text(["Why we skip & hop", "Looms"])
    expect(popup).to_contain_text("Reading <Days> · May 1, 2024")
    popup.get_by_role("link", name="Looms").click()
    page.wait_for_url(f"{address}/talks/2023-04-02-looms")
    expect(page.locator("h1")).to_have_text("Looms")


def test_the_keyboard_does_the_same(page: Page, address: str) -> None:
    frame = _frame(page)
    marker = frame.get_by_role("button", name="Cape Town, South Africa: 1 talk")
    marker.focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/talks/2022-03-03-far-away")
    expect(page.locator("h1")).to_have_text("Far away")


def test_a_talk_online_is_linked_from_the_list(page: Page, address: str) -> None:
    _frame(page).get_by_role("link", name="From home").click()
    page.wait_for_url(f"{address}/talks/2020-01-05-from-home")


def test_the_points_are_a_script_that_the_theme_s_own_maps_read(page: Page, address: str) -> None:
    page.add_script_tag(url=f"{address}/talkmap/org-locations.js")
    points = page.evaluate("addressPoints.map(([html, north, east]) => [north, east])")
    assert [[round(each) for each in point] for point in points] == [
        [38, -122],
        [-34, 18],
        [48, 16],
    ]
