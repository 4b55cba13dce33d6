"""What a reader of the built site sees of each cell, in a real Jekyll build."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from mdgen import markup
from mdgen.pages import Page
from mdgen.problems import Place
from tests.jekyll import sheets
from tests.jekyll.build import build, need, page, read_pages, seen
from tests.jekyll.nasty import REFUSED, STRINGS, Nasty, folded
from tests.jekyll.safety import dangers

if TYPE_CHECKING:
    from pathlib import Path

    from selectolax.lexbor import LexborNode

    from mdgen.frontmatter import FrontMatter
    from tests.jekyll.build import Built

NUMBERED = list(enumerate(STRINGS))
# What the small site's own layouts are made of.
FRAME = {"<nav>", "<main>", "<section>", "<footer>", "<time>"}
EACH = pytest.mark.parametrize(
    ("number", "item"), NUMBERED, ids=[ascii(item.typed)[:40] for item in STRINGS]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One build for all that this module looks at."""
    rows = nasty_pages() | contract_pages() | excerpt_pages()
    return build(rows, tmp_path_factory.mktemp("site"))


@cache
def items(site: Built, url: str) -> dict[str, LexborNode]:
    return site.items(url)


# What people type


@cache
def nasty_pages() -> dict[str, str]:
    papers = [
        {
            "title": item.typed,
            "pub_date": "2020-01-01",
            "url_slug": f"n{number}",
            "venue": item.typed,
            "excerpt": item.typed,
            "description": item.typed,
            "citation": "Somebody.",
            "category": "books",
            "remark": item.typed,
        }
        for number, item in NUMBERED
    ]
    talks = [
        {
            "title": "A talk",
            "date": "2020-01-01",
            "url_slug": f"n{number}",
            "type": item.typed,
            "venue": item.typed,
            "location": item.typed,
            "description": f"Before.\n\n{item.typed}",
        }
        for number, item in NUMBERED
    ]
    return (
        sheets.pages("publications", papers)
        | sheets.pages("talks", talks)
        | sheets.pages("teaching", [own_columns(number, item.typed) for number, item in NUMBERED])
    )


def own_columns(number: int, typed: str) -> dict[str, str]:
    """Return a course with `typed` in columns of its own, some of which themes and Jekyll read."""
    keys = ("citation", "tag", "category", "sidebar", "related", "lang", "image", "robots")
    return {"title": "A course", "date": "2020-01-01", "url_slug": f"n{number}"} | dict.fromkeys(
        keys, typed
    )


@EACH
def test_a_title_is_seen_as_typed_wherever_the_theme_shows_it(
    site: Built, number: int, item: Nasty
) -> None:
    url = f"/publication/2020-01-01-n{number}"
    own = site.read(url)
    expected = item.seen("title")
    assert folded(seen(items(site, "/publications/")[url].css_first("h2"))) == expected
    assert folded(seen(items(site, "/cv/")[url].css_first("h3"))) == expected
    assert folded(seen(own.css_first("h1"))) == expected
    titles = [own.css_first("title"), own.css_first("meta[property='og:title']")]
    assert folded(titles[0].text() if titles[0] else "") == f"{expected} - A Site"
    assert folded((titles[1].attributes["content"] or "") if titles[1] else "") == expected
    # The breadcrumbs print it raw: there `*` stays `*`, but nothing may break out.
    assert folded(seen(own.css_first(".here"))) in {expected, folded(item.typed)}
    assert seen(own.css_first("#end")) == "The end"


@EACH
def test_a_title_breaks_no_attribute_of_its_neighbours(
    site: Built, number: int, item: Nasty
) -> None:
    following = f"/publication/2020-01-01-n{(number + 1) % len(STRINGS)}"
    links = [
        link
        for url in (following, f"/publication/2020-01-01-n{number - 1}")
        if number and number + 1 < len(STRINGS)
        for link in site.read(url).css(".pager a")
    ]
    for link in links:
        assert set(link.attributes) == {"class", "href", "title"}
        if link.attributes["href"] == f"/publication/2020-01-01-n{number}":
            assert folded(link.attributes["title"] or "") == item.seen("title")


@EACH
def test_text_is_seen_as_typed(site: Built, number: int, item: Nasty) -> None:
    expected = item.seen("text")
    paper, talk = f"/publication/2020-01-01-n{number}", f"/talks/2020-01-01-n{number}"
    for where in (items(site, "/publications/")[paper], site.read(paper)):
        assert folded(seen(where.css_first(".where i"))) == expected
    at = f"{expected} at {expected}, {expected}"
    assert folded(seen(site.read(talk).css_first(".where"))) == at
    assert folded(seen(items(site, "/cv/")[talk].css_first(".where"))) == at
    listed = folded(seen(items(site, "/talks/")[talk].css_first(".where")))
    assert listed == f"{expected}, {expected}, {expected}"


@EACH
def test_an_excerpt_is_seen_as_markdown_means_it(site: Built, number: int, item: Nasty) -> None:
    listed = items(site, "/publications/")[f"/publication/2020-01-01-n{number}"]
    parts = [item.seen("title"), "Published in", f"{item.seen('text')}, 2020", item.seen("blocks")]
    citation = "Recommended citation: Somebody."
    assert folded(seen(listed.css_first("article"))) == folded(" ".join([*parts, citation]))


@EACH
def test_a_description_is_seen_as_markdown_means_it(site: Built, number: int, item: Nasty) -> None:
    paper = site.read(f"/publication/2020-01-01-n{number}").css_first("#text")
    expected = f"{item.seen('blocks')} Recommended citation: Somebody.".strip()
    assert folded(seen(paper)) == expected


def test_no_cell_runs_anything(site: Built) -> None:
    for url in ("/publications/", "/talks/", "/cv/"):
        tree = site.read(url)
        assert tree.css("script, style, iframe, object, embed, svg, form, base") == []
        for node in tree.css("*"):
            assert not any(name.startswith("on") for name in node.attributes)
            for name in ("href", "src"):
                address = (node.attributes.get(name) or "").replace("\n", "").strip().lower()
                assert not address.startswith(("javascript:", "data:", "vbscript:"))


@EACH
def test_no_column_of_ones_own_runs_anything(site: Built, number: int, item: Nasty) -> None:
    course = site.read(f"/teaching/2020-01-01-n{number}")
    body = course.css_first("body")
    assert body is not None
    assert [what for what in dangers(body.html or "") if what not in FRAME] == [], item.typed
    assert seen(course.css_first("#end")) == "The end"
    assert course.css(".taxonomy") == []


def test_a_column_of_ones_own_holds_the_text_that_was_typed() -> None:
    papers = [text for path, text in nasty_pages().items() if path.startswith("_publications/")]
    for item, read in zip(STRINGS, read_pages(papers), strict=True):
        assert read is not None
        remark = read[0]["remark"]
        # A date that stands there is a date to Ruby, as it is to Python.
        shown = remark["date"] if isinstance(remark, dict) else remark
        assert folded(str(shown)) == item.seen("text")


@pytest.mark.parametrize("typed", REFUSED, ids=ascii)
@pytest.mark.parametrize("column", ["title", "venue", "excerpt", "description", "remark"])
def test_what_no_page_can_show_is_refused_by_name(column: str, typed: str) -> None:
    row = {"title": "T", "pub_date": "2020", "venue": "V"} | {column: typed}
    made, problems = sheets.read("publications", [row])
    assert made == {}
    assert len(problems) == 1
    assert problems[0].place.column == column
    assert REFUSED[typed] in problems[0].message


# Every key of the contract

PAPER = {
    "title": "A *Paper*",
    "pub_date": "2019-05-17",
    "venue": "Nature & Science",
    "excerpt": "What it *says*.",
    "description": "All of it.\n\nIn two paragraphs.",
    "category": "Journal Articles",
    "citation": "Lovelace, A. (2019). <i>Nature</i>.",
    "paper_url": "https://x.example/p.pdf?a=1&b=2",
    "slides_url": "/files/s.pdf",
    "bibtex_url": "/files/b.bib",
    "code_url": "https://x.example/code",
    "video_url": "https://x.example/video",
    "url_slug": "paper",
}
TALK = {
    "title": "A *Talk*",
    "date": "2019-03-01",
    "type": "Tutorial",
    "venue": "UC & Co.",
    "location": "Berkeley, CA",
    "talk_url": "https://x.example/talk",
    "slides_url": "https://x.example/slides",
    "excerpt": "A *word* before.",
    "description": "About it.",
    "url_slug": "talk",
}
COURSE = {
    "title": "A *Course*",
    "date": "Spring 2018",
    "type": "Lecture",
    "venue": "ETH & Co.",
    "location": "Zürich",
    "description": "Week by week.",
    "excerpt": "In *short*.",
    "url_slug": "course",
}
JOB = {
    "title": "A *Role*",
    "organization": "Firm & Sons",
    "start_date": "March 2024",
    "end_date": "July 2024",
    "kind": "industry",
    "location": "Oslo",
    "highlights": "Did this.\nDid that.",
    "url_slug": "job",
}


@cache
def contract_pages() -> dict[str, str]:
    more = [
        PAPER | {"url_slug": "hidden", "published": "no"},
        PAPER
        | {
            "url_slug": "bare",
            "paper_url": "",
            "slides_url": "",
            "bibtex_url": "",
            "code_url": "",
            "video_url": "",
            "excerpt": "",
            "description": "",
        },
        PAPER | {"url_slug": "book", "category": "books"},
        PAPER | {"url_slug": "built", "citation": ""},
    ]
    return (
        sheets.pages("publications", [PAPER, *more])
        | sheets.pages("talks", [TALK])
        | sheets.pages("teaching", [COURSE])
        | sheets.pages("experience", [JOB])
    )


def hrefs(node: LexborNode | None) -> dict[str, str]:
    assert node is not None
    return {seen(link): link.attributes["href"] or "" for link in node.css("a[href]")}


def test_a_paper_in_the_list(site: Built) -> None:
    listed = items(site, "/publications/")["/publication/2019-05-17-paper"]
    assert seen(listed.css_first("h2 em")) == "Paper"
    assert seen(listed.css_first(".where")) == "Published in Nature & Science, 2019"
    assert "What it says." in seen(listed)
    assert "Lovelace, A. (2019). Nature." in seen(listed.css_first(".citation"))
    links = hrefs(listed)
    assert links["Download Paper"] == "https://x.example/p.pdf?a=1&b=2"
    assert links["Download Slides"] == "/files/s.pdf"
    assert links["Download Bibtex"] == "/files/b.bib"
    assert "Code" not in links


def test_a_paper_on_its_own_page(site: Built) -> None:
    own = site.read("/publication/2019-05-17-paper")
    assert seen(own.css_first("h1")) == "A Paper"
    assert seen(own.css_first(".where")) == "Published in Nature & Science, 2019"
    text = own.css_first("#text")
    assert "All of it. In two paragraphs." in seen(text)
    links = hrefs(text)
    assert links["Code"] == "https://x.example/code"
    assert links["Video"] == "https://x.example/video"
    # What the theme shows by itself stands there once.
    assert seen(text).count("Lovelace") == 1
    assert [seen(link) for link in own.css("#text a")].count("Download Paper") == 1
    assert text is not None
    assert text.css("table") == []


def test_a_paper_on_the_cv(site: Built) -> None:
    item = items(site, "/cv/")["/publication/2019-05-17-paper"]
    assert seen(item) == "A Paper Lovelace, A. (2019). Nature."


def test_categories_group_the_list(site: Built) -> None:
    heads = [seen(head) for head in site.read("/publications/").css("h2.category")]
    assert heads == ["Books", "Journal Articles"]
    assert "/publication/2019-05-17-book" in items(site, "/publications/")


def test_published_no_hides_a_page(site: Built) -> None:
    assert "/publication/2019-05-17-hidden" not in items(site, "/publications/")
    assert not (site.root / "publication/2019-05-17-hidden.html").exists()


def test_a_paper_with_nothing_but_what_is_needed_shows_no_empty_things(site: Built) -> None:
    listed = items(site, "/publications/")["/publication/2019-05-17-bare"]
    assert seen(listed) == (
        "A Paper Published in Nature & Science, 2019"
        " Recommended citation: Lovelace, A. (2019). Nature."
    )


def test_a_citation_is_built_where_none_was_typed(site: Built) -> None:
    own = site.read("/publication/2019-05-17-built")
    cited = seen(own.css_first(".citation"))
    assert cited.startswith("Recommended citation: ")
    assert "A Paper" in cited
    assert "(2019)" in cited


def test_a_talk_in_the_list_and_on_the_cv(site: Built) -> None:
    listed = items(site, "/talks/")["/talks/2019-03-01-talk"]
    assert seen(listed.css_first("h2 em")) == "Talk"
    assert seen(listed.css_first(".when")) == "March 01, 2019"
    assert seen(listed.css_first(".where")) == "Tutorial, UC & Co., Berkeley, CA"
    assert "A word before." in seen(listed)
    on_cv = items(site, "/cv/")["/talks/2019-03-01-talk"]
    assert seen(on_cv.css_first(".where")) == "Tutorial at UC & Co., Berkeley, CA"


def test_a_talk_on_its_own_page(site: Built) -> None:
    own = site.read("/talks/2019-03-01-talk")
    assert seen(own.css_first("h1")) == "A Talk"
    assert seen(own.css_first(".when")) == "March 01, 2019"
    assert seen(own.css_first(".where")) == "Tutorial at UC & Co., Berkeley, CA"
    assert "About it." in seen(own.css_first("#text"))
    assert "https://x.example/slides" in hrefs(own.css_first("#text")).values()
    assert "https://x.example/talk" in hrefs(own.css_first("main")).values()
    assert own.css("#text table") == []


def test_a_course(site: Built) -> None:
    url, listed = (
        "/teaching/2018-03-01-course",
        items(site, "/teaching/")["/teaching/2018-03-01-course"],
    )
    assert seen(listed.css_first(".where")) == "Lecture, ETH & Co., 2018"
    assert "In short." in seen(listed)
    own = site.read(url)
    assert seen(own.css_first("h1 em")) == "Course"
    assert seen(own.css_first(".where")) == "Lecture, ETH & Co., 2018"
    assert "Week by week." in seen(own.css_first("#text"))


def test_a_job(site: Built) -> None:
    [(url, listed)] = items(site, "/experience/").items()
    assert seen(listed.css_first("h2 em")) == "Role"
    own = site.read(url)
    assert seen(own.css_first("h1")) == "A Role"
    text = seen(own.css_first("#text"))
    assert "March 2024 – July 2024" in text
    assert "Did this." in text
    assert "Did that." in text


def test_nothing_is_said_while_the_site_is_built(site: Built) -> None:
    assert "Warning" not in site.said
    assert "Conflict" not in site.said
    assert "Error" not in site.said


# What the list shows of a page without excerpt

BODIES = {
    "nothing": "",
    "links": f"{markup.NO_EXCERPT}\n\n[Code](https://x.example)",
    "own": f"{markup.NO_EXCERPT}\n\n<!-- mdgen: yours below -->\nMine.",
    "own-apart": "<!-- mdgen: yours below -->\n\nMine.",
    "prose": "First.\n\nSecond.",
    "cut": "```\n{{ a }}\n\n{% raw %}\n```\n\nAfter.",
}


@cache
def excerpt_pages() -> dict[str, str]:
    found = {}
    for name, body in BODIES.items():
        front: FrontMatter = {
            "title": name,
            "permalink": f"/talks/e-{name}",
            "venue": "V",
            "type": "T",
        }
        path = f"_talks/2018-01-01-e-{name}.md"
        found[path] = page(Page(path, front, markup.liquid_proof(body), Place("data/talks.csv")))
    return found


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nothing", ""),
        ("links", ""),
        ("own", ""),
        ("own-apart", ""),
        ("prose", "First."),
        ("cut", "``` {{ a }}"),
    ],
)
def test_the_list_shows_prose_for_an_excerpt_and_nothing_else(
    site: Built, name: str, shown: str
) -> None:
    listed = items(site, "/talks/")[f"/talks/e-{name}"]
    expected = f"{name} January 01, 2018 T, V, {shown}".strip()
    assert seen(listed) == expected


def test_what_the_list_leaves_out_stands_on_the_page(site: Built) -> None:
    assert seen(site.read("/talks/e-links").css_first("#text")) == "Code"
    assert seen(site.read("/talks/e-own").css_first("#text")) == "Mine."
    assert seen(site.read("/talks/e-cut").css_first("pre")) == "{{ a }} {% raw %}"


def test_without_jekyll_these_tests_fail_and_say_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = "^no-such-jekyll is not installed; install it with: apt-get install jekyll ruby-"
    with pytest.raises(pytest.fail.Exception, match=message):
        need("no-such-jekyll")
