"""The map in a real browser: what a person with a mouse, a finger or a keyboard can do with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from mdgen.places.locate import Located
from mdgen.talkmap.page import MapSettings, map_html
from tests.talkmap.browser import running_browser, served
from tests.talkmap.site import PLACES, located, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

CAPE_TOWN = "Cape Town, South Africa: 1 talk"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "_site"
    write_site(folder, located())
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Open the map's page by itself; it must ask no other host, and write no error."""
    context = browser.new_context(
        viewport={"width": 850, "height": 700}, reduced_motion="reduce", has_touch=True
    )
    context.set_default_timeout(5000)
    page = context.new_page()
    said: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{address}/talkmap/map.html")
    expect(page.locator(".marker").first).to_be_visible()
    yield page
    context.close()
    assert hosts == {urlsplit(address).netloc}
    assert [text for text in said if "favicon" not in text and "404" not in text] == []


def marker(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def shown_talks(page: Page) -> int:
    """Add up the talks of all markers: the number on them, or one."""
    return sum(int(text or 1) for text in page.locator(".marker").all_text_contents())


def scale(page: Page) -> float:
    box = page.locator("#world").get_attribute("viewBox")
    assert box
    return float(box.split()[2])


def test_every_talk_is_on_the_map(opened: Page) -> None:
    assert shown_talks(opened) == len(PLACES)
    assert opened.locator(".marker").count() < len({place for place, _, _ in PLACES})
    assert opened.locator(".places > li").count() == 54


def test_a_popup_opens_by_click_and_closes(opened: Page) -> None:
    popup = opened.get_by_role("dialog")
    expect(popup).to_be_hidden()
    marker(opened, CAPE_TOWN).click()
    expect(popup).to_be_visible()
    expect(popup).to_contain_text("What spreadsheets know about us")
    expect(popup).to_contain_text("Workshop on Languages and Systems · March 1, 2021")
    marker(opened, "Honolulu, HI: 1 talk").click()
    expect(popup).to_contain_text("Honolulu, HI")
    expect(popup).not_to_contain_text("Cape Town")
    popup.get_by_role("button", name="Close").click()
    expect(popup).to_be_hidden()


def test_a_popup_opens_by_touch(opened: Page) -> None:
    marker(opened, CAPE_TOWN).tap()
    expect(opened.get_by_role("dialog")).to_contain_text("Cape Town")
    opened.touchscreen.tap(300, 480)
    expect(opened.get_by_role("dialog")).to_be_hidden()


def test_a_popup_opens_by_keyboard_and_its_link_is_followed(opened: Page, address: str) -> None:
    opened.keyboard.press("Tab")
    expect(opened.locator("#world")).to_be_focused()
    for _ in range(60):
        opened.keyboard.press("Tab")
        name = opened.evaluate("document.activeElement.getAttribute('aria-label')")
        if name == CAPE_TOWN:
            break
    opened.keyboard.press("Enter")
    popup = opened.get_by_role("dialog")
    expect(popup).to_be_focused()
    opened.keyboard.press("Escape")
    expect(popup).to_be_hidden()
    expect(marker(opened, CAPE_TOWN)).to_be_focused()
    opened.keyboard.press("Space")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    expect(popup.get_by_role("link")).to_be_focused()
    opened.keyboard.press("Enter")
    opened.wait_for_url(f"{address}/talks/2021-03-01-talk-27")
    assert opened.title() == "Cape Town, South Africa"


def test_the_link_leaves_the_themes_frame(opened: Page, address: str) -> None:
    opened.goto(f"{address}/talkmap.html")
    frame = opened.frame_locator("iframe")
    frame.get_by_role("button", name=CAPE_TOWN, exact=True).click()
    frame.get_by_role("dialog").get_by_role("link").click()
    opened.wait_for_url(f"{address}/talks/2021-03-01-talk-27")


def test_several_talks_at_one_place_share_a_popup(browser: Browser, tmp_path: Path) -> None:
    paris = [("Paris, France", 48.85, 2.35), ("Institut Curie, Paris, France", 48.85, 2.35)]
    write_site(tmp_path / "_site", located([*paris, ("Vienna, Austria", 48.21, 16.37)]))
    page = browser.new_page()
    page.goto((tmp_path / "_site" / "talkmap" / "map.html").as_uri())
    marker(page, "Paris, France: 2 talks").click(timeout=5000)
    popup = page.get_by_role("dialog")
    expect(popup.get_by_role("link")).to_have_count(2)
    expect(popup).to_contain_text("Institut Curie, Paris, France")
    page.close()


def test_talks_and_positions_are_counted_apart(browser: Browser, tmp_path: Path) -> None:
    vienna = [("Vienna, Austria", 48.21, 16.37)] * 3
    (one, point), *rest = located(vienna).stops
    job = replace(one, what="position")
    write_site(tmp_path / "_site", Located(((job, point), *rest)))
    page = browser.new_page()
    page.goto((tmp_path / "_site" / "talkmap" / "map.html").as_uri())
    expect(marker(page, "Vienna, Austria: 2 talks and 1 position")).to_be_visible()
    page.close()


def test_a_cluster_opens_into_its_places(opened: Page) -> None:
    before = scale(opened)
    cluster = opened.locator(".marker.cluster").filter(has_text="21")
    cluster.focus()
    opened.keyboard.press("Enter")
    assert scale(opened) < before / 1.9
    assert opened.locator(".marker.cluster").filter(has_text="21").count() == 0
    assert opened.evaluate("document.activeElement.classList.contains('marker')")
    assert shown_talks(opened) == len(PLACES)


def test_zoom_and_pan_by_buttons_keys_wheel_and_drag(opened: Page) -> None:
    world = opened.locator("#world")
    whole = world.get_attribute("viewBox")
    expect(opened.get_by_role("button", name="Zoom out")).to_be_disabled()
    opened.get_by_role("button", name="Zoom in").click()
    first = scale(opened)
    opened.mouse.move(400, 250)
    opened.keyboard.down("Control")
    opened.mouse.wheel(0, -200)
    opened.keyboard.up("Control")
    opened.wait_for_function(f"+world.getAttribute('viewBox').split(' ')[2] < {first}")
    closer = world.get_attribute("viewBox")
    opened.mouse.down()
    opened.mouse.move(300, 200, steps=4)
    opened.mouse.up()
    dragged = world.get_attribute("viewBox")
    assert dragged != closer
    world.focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        opened.keyboard.press(key)
    assert world.get_attribute("viewBox") == dragged
    opened.keyboard.press("-")
    assert scale(opened) > first / 1.8
    opened.keyboard.press("+")
    opened.get_by_role("button", name="Show all places").click()
    assert world.get_attribute("viewBox") == whole


def test_the_plain_wheel_scrolls_the_page(opened: Page) -> None:
    before = opened.locator("#world").get_attribute("viewBox")
    opened.mouse.move(400, 250)
    opened.mouse.wheel(0, 200)
    opened.wait_for_function("scrollY > 100")
    assert opened.locator("#world").get_attribute("viewBox") == before


def test_two_fingers_pinch(opened: Page) -> None:
    before = scale(opened)
    fingers = opened.context.new_cdp_session(opened)
    for kind, apart in (("touchStart", 20), ("touchMove", 60), ("touchMove", 100)):
        points = [{"x": 400 - apart, "y": 250, "id": 0}, {"x": 400 + apart, "y": 250, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert scale(opened) < before / 2


def test_tiles_are_asked_for_where_they_are_seen(
    browser: Browser, site: Path, address: str
) -> None:
    settings = MapSettings(tiles="/tiles/{z}/{x}/{y}.png")
    (site / "talkmap" / "tiles.html").write_text(map_html(located(), settings), "utf-8")
    page = browser.new_page(viewport={"width": 850, "height": 700}, reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}/talkmap/tiles.html")
    expect(page.locator("#tiles image")).to_have_count(12)
    tiles = [url for url in asked if "/tiles/" in url]
    assert sorted(tiles) == [f"/tiles/2/{x}/{y}.png" for x in range(4) for y in range(3)]
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator('#tiles image[href^="/tiles/3/"]')).not_to_have_count(0)
    assert page.locator('#tiles image[href^="/tiles/2/"]').count() == 0
    page.close()


def test_it_works_from_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page(offline=True)
    page.goto((site / "talkmap" / "map.html").as_uri())
    assert shown_talks(page) == len(PLACES)
    page.close()


def test_without_script_the_dots_lead_to_the_list(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / "talkmap" / "map.html").as_uri())
    expect(page.locator(".controls")).to_be_hidden()
    page.locator('a[aria-label="Cape Town, South Africa"] circle').click()
    assert page.url.endswith("#place-12")
    expect(page.locator("#place-12 h3")).to_have_text("Cape Town, South Africa")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 850, 1600])
def test_it_is_readable_narrow_and_wide_light_and_dark(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page.goto((site / "talkmap" / "map.html").as_uri())
    expect(page.locator(".marker").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    luminance = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]"
    )
    assert (luminance < 80) == (scheme == "dark")
    page.close()


def test_a_marker_at_the_edge_that_gets_the_focus_does_not_push_the_map_away(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 700}, reduced_motion="reduce")
    page.goto((site / "talkmap" / "map.html").as_uri())
    page.locator("#closer").click()
    page.locator("#world").focus()
    for _ in range(page.locator(".marker:visible").count()):
        page.keyboard.press("Tab")
        edges = (
            "[document.getElementById('map').scrollLeft, document.getElementById('map').scrollTop]"
        )
        assert page.evaluate(edges) == [0, 0]
    page.close()


def test_it_follows_the_themes_switch(opened: Page, address: str) -> None:
    opened.goto(f"{address}/talkmap.html")
    opened.evaluate("document.documentElement.style.setProperty('--global-bg-color', '#474747')")
    opened.evaluate("document.documentElement.dataset.theme = 'dark'")
    frame = opened.frame_locator("iframe")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    expect(frame.locator("body")).to_have_css("background-color", "rgb(71, 71, 71)")
    opened.evaluate("delete document.documentElement.dataset.theme")
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")


def test_a_script_in_a_title_does_not_run(browser: Browser, tmp_path: Path) -> None:
    talks = located([("Vienna, Austria", 48.21, 16.37)])
    [(talk, point)] = talks.stops
    hostile = type(talk)(
        "<img src=x onerror='document.title=1'><script>document.title = 1</script>",
        talk.url, talk.venue, talk.place, talk.date, talk.where,
    )  # fmt: skip
    write_site(tmp_path / "_site", type(talks)(((hostile, point),)))
    page = browser.new_page()
    page.goto((tmp_path / "_site" / "talkmap" / "map.html").as_uri())
    page.locator(".marker").click()
    assert page.title() == "Talk map"
    page.close()


def test_a_comment_before_the_doctype_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text(f"<!-- Generated by mdgen. -->\n{map_html(located())}", "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert shown_talks(page) == len(PLACES)
    page.close()
