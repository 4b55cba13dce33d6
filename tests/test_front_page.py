"""The front page that was kept by hand, and the same page from the sheets, as readers see them.

`front_page/before.md` is the page as it was, `front_page/about.md` the page with its Education,
Publications and Industrial Experiences sections replaced by includes. Both are built with real
Jekyll, the second from the sheets in `data/`, and compared item by item.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mdgen.cli import main
from tests.jekyll.build import SITE, build_site, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

HERE = Path(__file__).parent
PROJECT = HERE.parent
SECTIONS = ("Education", "Publications", "Industrial Experiences")
# Words that lead over from one fact to the next, on the page as it was and as it is.
LABELS_BEFORE = frozenset("authors available advisors mentor in".split())
LABELS_NOW = frozenset("advised by bibtex".split())
MONTHS = {"june": 6, "march": 3, "april": 4, "july": 7, "augu": 8, "august": 8}
MONTHS |= {"september": 9, "nov": 11, "november": 11}
DATE = re.compile(r"(?P<name>[A-Z][a-z]+)\.? (?P<year>\d{4})|(?P<iso>\d{4})\.(?P<month>\d{1,2})")


@dataclass(frozen=True)
class Item:
    """What a reader takes from one paper or job."""

    title: str
    links: tuple[tuple[str, str], ...]
    bold: tuple[str, ...]
    dates: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LexborHTMLParser]:
    """Build both pages; the new one from the project's own sheets, by the command line."""
    root = tmp_path_factory.mktemp("front-page")
    source = root / "source"
    shutil.copytree(SITE, source)
    shutil.copytree(PROJECT / "data", source / "data")
    config = source / "_config.yml"
    config.write_text(config.read_text().replace("Ada Lovelace", "Runyu Lu"))
    shutil.copy(HERE / "front_page" / "about.md", source / "_pages")
    before = (HERE / "front_page" / "before.md").read_text(encoding="utf-8")
    before = re.sub(r"permalink: /\n|redirect_from:.*?(?=---)", "", before, flags=re.DOTALL)
    (source / "before.md").write_text(before, encoding="utf-8")
    for command in ("includes", "sync"):
        result = CliRunner().invoke(main, [command, "--site", str(source)])
        assert result.exit_code == 0, result.output
    built = build_site(source, root / "site")
    return {"before": built.read("/before"), "about": built.read("/")}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_fact_of_the_old_page_is_on_the_new_one(
    section: str, pages: dict[str, LexborHTMLParser]
) -> None:
    old, new = (list(_items(pages[name], section)) for name in ("before", "about"))
    assert len(old) == len(new) > 1
    for before, now in zip(old, new, strict=True):
        assert now.title == before.title
        assert [link for link in now.links if link in before.links] == list(before.links)
        assert before.bold == now.bold
        assert before.dates == now.dates
        assert [word for word in before.words if word not in now.words] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_else_is_on_the_new_page(section: str, pages: dict[str, LexborHTMLParser]) -> None:
    for before, now in zip(
        _items(pages["before"], section), _items(pages["about"], section), strict=True
    ):
        assert {word for word in now.words if word not in before.words} <= LABELS_NOW


def test_authors_are_in_the_same_order(pages: dict[str, LexborHTMLParser]) -> None:
    authors = "Jiangfei Duan, Runyu Lu, Haojie Duanmu, Xiuhong Li, Xingcheng Zhang, Dahua Lin,"
    for page in pages.values():
        assert f"{authors} Ion Stoica, Hao Zhang" in seen(page.body)


def test_what_was_in_comments_is_not_shown(pages: dict[str, LexborHTMLParser]) -> None:
    source = (HERE / "front_page" / "before.md").read_text(encoding="utf-8")
    hidden = re.findall(r'<!-- <h3>.*?<span class="emph">(.*?)</span>', source)
    assert len(hidden) == 4
    before, now = (seen(pages[name].body) for name in ("before", "about"))
    for title in {*hidden, "Academic Experiences", "La Jolla", "Champaign", "UCSD Hao AI Lab"}:
        assert now.count(title) == before.count(title), title


def test_the_rest_of_the_page_is_as_it_was(pages: dict[str, LexborHTMLParser]) -> None:
    for section in ("Biography", "Hobbies"):
        before, now = (
            " ".join(seen(node) for node in _nodes(pages[name], section))
            for name in ("before", "about")
        )
        assert now == before


def test_the_new_page_aligns_nothing_with_spaces(pages: dict[str, LexborHTMLParser]) -> None:
    html = pages["about"].html or ""
    assert "\u2003" not in html
    assert "&emsp;" not in html
    assert "\u2003" in (pages["before"].html or "")


def _nodes(page: LexborHTMLParser, section: str) -> Iterator[LexborNode]:
    """Give what stands between one heading and the next."""
    heading = next(node for node in page.css("h2") if seen(node) == section)
    node = heading.next
    while node is not None and node.tag != "h2":
        if node.tag not in {"-text", "_comment", "-comment"}:
            yield node
        node = node.next


def _items(page: LexborHTMLParser, section: str) -> Iterator[Item]:
    nodes = list(_nodes(page, section))
    ours = [item for node in nodes for item in node.css(".mdgen-item")]
    listed = [item for node in nodes if node.tag == "ul" for item in node.css("li")]
    if ours:
        groups = [[item] for item in ours]
    elif any(node.css_first("h3") for node in nodes):
        groups = []
        for node in nodes:
            if node.css_first("h3"):
                groups.append([])
            groups[-1].append(node)
    else:
        groups = [[item] for item in listed]
    return map(_item, groups, [section] * len(groups))


def _item(nodes: list[LexborNode], section: str) -> Item:
    text = " ".join(seen(node) for node in nodes)
    heading = next((node.css_first("h3") for node in nodes if node.css_first("h3")), None)
    # In Education the page as it was has no headings.
    title = "" if section == "Education" else seen(heading)
    words = re.findall(r"[\w+&]+", DATE.sub(" ", text).replace("Arxiv", "arXiv").casefold())
    return Item(
        title=title,
        links=tuple(
            (_named(seen(link)), link.attributes["href"] or "")
            for node in nodes
            for link in node.css("a")
            if not (link.attributes["href"] or "").startswith(("#", "/"))
        ),
        bold=tuple(seen(bold) for node in nodes for bold in node.css("b, strong")),
        dates=tuple(sorted(map(_date, DATE.finditer(text)))),
        words=tuple(word for word in words if word not in LABELS_BEFORE),
    )


def _named(text: str) -> str:
    return text.removeprefix("@").casefold()


def _date(found: re.Match[str]) -> tuple[int, int]:
    if found["iso"]:
        return int(found["iso"]), int(found["month"])
    return int(found["year"]), MONTHS.get(found["name"].casefold(), 0)
