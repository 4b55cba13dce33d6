"""Pages as the theme's notebooks wrote them, and as people write them by hand."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mdgen.boilerplate import without_boilerplate
from mdgen.importers.pages import LONGEST_DESCRIPTION, read_pages
from mdgen.merging import merge

PAPER = "_publications/2009-10-01-deep-reading.md"
NOTEBOOK = """\
---
title: "Deep &quot;Reading&quot;"
collection: publications
permalink: /publication/2009-10-01-deep-reading
excerpt: 'About A &amp; B.'
date: 2009-10-01
venue: 'Journal &amp; Co'
paperurl: 'https://example.org/p(1).pdf'
citation: 'You. (2009). &quot;Deep Reading.&quot; <i>Journal</i>.'
---
About A &amp; B.

[Download paper here](https://example.org/p(1).pdf)

Recommended citation: You. (2009). "Deep Reading." <i>Journal</i>.
"""


def page(front: str, body: str = "") -> str:
    return f"---\n{dedent(front).strip()}\n---\n{body}"


def test_a_page_of_the_notebook() -> None:
    [item] = read_pages("publications", {PAPER: NOTEBOOK}).items
    assert dict(item.values) == {
        "pub_date": "2009-10-01",
        "title": 'Deep "Reading"',
        "excerpt": "About A & B.",
        "venue": "Journal & Co",
        "paper_url": "https://example.org/p(1).pdf",
        "citation": 'You. (2009). "Deep Reading." <i>Journal</i>.',
        "url_slug": "deep-reading",
    }
    assert str(item.place) == PAPER


def test_links_and_citation_of_the_body_are_kept_where_the_front_matter_has_none() -> None:
    body = dedent("""
        What I wrote.
        <a href='https://example.org/a?b=1&amp;c=2'>Download paper here</a>

        [Download slides here](/files/s.pdf){:target="_blank"}
        [Download bibtex](/files/p.bib)
        [Another link](https://example.org)

        Recommended citation: You &amp; me.
          2009.

        Use [Google Scholar](https://scholar.google.com/scholar?q=x){:target="_blank"} for full citation
    """)
    [item] = read_pages(
        "publications",
        {PAPER: page("title: A\npermalink: /publication/2009-10-01-deep-reading", body)},
    ).items
    assert dict(item.values) == {
        "pub_date": "2009-10-01",
        "title": "A",
        "paper_url": "https://example.org/a?b=1&c=2",
        "slides_url": "/files/s.pdf",
        "bibtex_url": "/files/p.bib",
        "citation": "You & me. 2009.",
        "description": "What I wrote.\n\n[Another link](https://example.org)",
        "url_slug": "deep-reading",
    }


def test_a_talk() -> None:
    text = page(
        """
        title: A Talk
        collection: talks
        type: Talk
        talk_type: Keynote
        permalink: /talks/2012-03-01-talk-1
        venue: X
        date: 2012-03-01
        """,
        "[More information here](http://example.org)\n\nWhat it was about.",
    )
    [item] = read_pages("talks", {"_talks/2012-03-01-talk-1.md": text}).items
    assert dict(item.values) == {
        "date": "2012-03-01",
        "title": "A Talk",
        "type": "Talk",
        "venue": "X",
        "talk_url": "http://example.org",
        "description": "What it was about.",
        "url_slug": "talk-1",
    }


@pytest.mark.parametrize(
    ("path", "front", "kept"),
    [
        ("_teaching/2014-spring-x.md", "date: 2014-01-01\npermalink: /teaching/2014-spring-x",
         {"page_file": "2014-spring-x"}),
        ("_teaching/2014-01-01-x.md", "date: 2014-01-01\npermalink: /teaching/other",
         {"url_slug": "x", "permalink": "/teaching/other"}),
        ("_teaching/2014-01-01-x.md", "date: 2015-01-01\npermalink: /teaching/2014-01-01-x",
         {"page_file": "2014-01-01-x"}),
        ("_teaching/2014-01-01-x.markdown", "date: 2014-01-01 10:30:00",
         {"url_slug": "x", "permalink": "/teaching/2014-01-01-x/"}),
        ("_teaching/2014-01-01-gpt-4.5.md", "permalink: /teaching/2014-01-01-gpt-4.5",
         {"page_file": "2014-01-01-gpt-4.5"}),
        ("_teaching/course.html", "date: 2014-01-01", {"page_file": "course", "permalink": "/teaching/course/"}),
        ("_teaching/2014-01-01-l\u00e9 b.md", "",
         {"page_file": "2014-01-01-l\u00e9 b", "permalink": "/teaching/2014-01-01-l%C3%A9%20b/"}),
        ("_teaching/x.md", "date: 2014-01-01\npermalink: teaching/a%20b",
         {"page_file": "x", "permalink": "/teaching/a%20b"}),
    ],
)  # fmt: skip
def test_file_names_and_permalinks_stay_as_they_are(
    path: str, front: str, kept: dict[str, str]
) -> None:
    [item] = read_pages("teaching", {path: page(f"title: T\n{front}")}).items
    addresses = ("url_slug", "page_file", "permalink")
    assert {name: item.values[name] for name in addresses if name in item.values} == kept


def test_other_keys_become_columns_and_what_no_cell_holds_is_said() -> None:
    front = """
        title: A
        impact: 1.5
        grant: 007
        invited: true
        published: false
        topics: [a, "b &amp; c"]
        nothing:
        header: {teaser: x.png}
        links: {a: b}
        redirect_from: [/old]
        authors: [{name: A}]
    """
    imported = read_pages("talks", {"_talks/2012-03-01-a.md": page(front)}, {"topics"})
    [item] = imported.items
    assert item.values["impact"] == "1.5"
    assert item.values["grant"] == "7"
    assert item.values["invited"] == "true"
    assert item.values["published"] == "no"
    assert item.values["topics"] == "a; b & c"
    assert not {"nothing", "header", "links", "redirect_from"} & set(item.values)
    assert [note.message for note in imported.notes] == [
        "header: stays on the page; no column holds it",
        "links: stays on the page; no column holds it",
        "redirect_from: stays on the page; no column holds it",
        "authors: stays on the page; no column holds it",
    ]


def test_pages_that_cannot_be_read_are_set_aside() -> None:
    pages = {
        "_talks/2012-03-01-a.md": page("title: A"),
        "_talks/2012-03-01-b.md": "No front matter.\n",
        "_talks/2012-03-01-c.md": page('title: "open'),
        "_talks/2012-03-01-d.md": page("title: A: B"),
    }
    imported = read_pages("talks", pages)
    assert [item.values["title"] for item in imported.items] == ["A"]
    [no_front, broken, colon] = map(str, imported.problems)
    assert no_front == (
        "_talks/2012-03-01-b.md: has no front matter, so Jekyll does not take it for a page; "
        "mend it, or enter it in the sheet by hand"
    )
    assert broken.startswith("_talks/2012-03-01-c.md: line ")
    # The first line is the `---`.
    assert colon == (
        "_talks/2012-03-01-d.md: line 2: mapping values are not allowed in this context; "
        "mend it, or enter it in the sheet by hand"
    )


def test_a_long_body_stays_on_its_page() -> None:
    long = "x" * (LONGEST_DESCRIPTION + 1)
    imported = read_pages("talks", {"_talks/2012-03-01-a.md": page("title: A", long)})
    assert "description" not in imported.items[0].values
    [note] = imported.notes
    assert str(note) == (
        "_talks/2012-03-01-a.md: its text is too long for a cell; it stays on the page, "
        "below the keep line"
    )


@pytest.mark.parametrize(
    ("body", "is_cell"),
    [
        ("A **bold** [link](https://example.org), 5 < 6 | 7, $$x^2$$ and A & B.", True),
        ("<a href='/files/a.pdf'>A</a><br>and <img src='/images/a.png' width=300/>", True),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. one\n\n```\ncode\n```", True),
        ('<a href="/a.pdf" target="_blank">A</a>', False),
        ('<iframe src="https://example.org/embed"></iframe>', False),
        ("<!-- not yet -->\nText", False),
        ("[A](/a.pdf){: .btn}", False),
        ("* TOC\n{:toc}", False),
        ("*[HTML]: a language\n\nHTML", False),
        ("<p>unclosed", False),
        ("[A]({{ site.url }}/a.pdf)", False),
        ("{% include video.html %}", False),
        ("A bell: \x07", False),
    ],
)
def test_a_body_that_a_cell_would_not_show_the_same_stays_on_its_page(
    *, body: str, is_cell: bool
) -> None:
    front = "title: A\nexcerpt: 'Short'\nabstract: Long"
    pages = {"_publications/2012-03-01-a.md": page(front, body)}
    imported = read_pages("publications", pages)
    told = imported.items[0].values
    assert told.get("description") == (body if is_cell else None)
    assert ("excerpt" in told, "abstract" in told) == (is_cell, is_cell)
    assert [str(note).partition(".md: ")[2] for note in imported.notes] == (
        []
        if is_cell
        else [
            "its text would show otherwise in a cell; it stays on the page, below the keep line",
            "excerpt: stays on the page, as its text does",
            "abstract: stays on the page, as its text does",
        ]
    )


def test_liquid_is_a_cells_text_where_the_site_wants_it() -> None:
    pages = {"_publications/2012-03-01-a.md": page("title: A", "{{ site.title }}")}
    [item] = read_pages("publications", pages, liquid=True).items
    assert item.values["description"] == "{{ site.title }}"


def test_an_excerpt_that_a_cell_would_not_show_the_same_stays_on_its_page() -> None:
    front = "title: A\nexcerpt: '<span class=\"big\">A</span>'"
    imported = read_pages("publications", {"_publications/2012-03-01-a.md": page(front, "Text")})
    assert (imported.items[0].values["description"], len(imported.notes)) == ("Text", 1)
    assert "excerpt" not in imported.items[0].values


@pytest.mark.parametrize(
    ("cited", "is_cell"),
    [("A &amp; B. (2012). &quot;C.&quot; <i>J</i>", True), ("B. (2012). C. J", False)],
)
def test_a_text_that_cites_otherwise_than_its_front_matter_stays_on_its_page(
    *, cited: str, is_cell: bool
) -> None:
    text = page(
        f"title: A\ncitation: '{cited}'", 'Text.\n\nRecommended citation: A & B. (2012). "C." *J*'
    )
    [item] = read_pages("publications", {"_publications/2012-03-01-a.md": text}).items
    assert item.values["citation"] == cited.replace("&amp;", "&").replace("&quot;", '"')
    assert item.values.get("description") == ("Text." if is_cell else None)


def test_lines_that_only_look_like_the_notebooks_stay() -> None:
    body = "Please download paper here: [PDF](x.pdf)\n\n[My site](https://example.org)\n\nabout a"
    assert without_boilerplate(body, "Another").text == body
    assert without_boilerplate("", "").text == ""


def test_of_several_links_of_one_sort_the_first_is_the_items_own() -> None:
    body = "[Download paper here](/a.pdf)\n[Download paper here](/a.pdf)\n[Download paper](/b.pdf)"
    found = without_boilerplate(body, "")
    assert (found.links, found.text) == ({"link": "/a.pdf"}, "[Download paper](/b.pdf)")


def test_a_second_citation_stays() -> None:
    found = without_boilerplate("Recommended citation: A.\n\nRecommended citation: B.", "")
    assert (found.citation, found.text) == ("A.", "Recommended citation: B.")


def test_jobs() -> None:
    text = page(
        "title: Intern\norganization: Lab\nkind: industry\ndate: 2020-01-01\nurl: https://x.org"
    )
    imported = read_pages("experience", {"_experience/2020-01-01-intern.md": text})
    [item] = imported.items
    assert item.values["start_date"] == "2020-01-01"
    assert item.values["kind_of_job"] == "industry"


def test_a_second_import_changes_nothing() -> None:
    pages = {
        f"_teaching/{year}-{when}-course.md": page(f"title: Course\ndate: {year}-01-01")
        for year in (2014, 2015)
        for when in ("spring", "01-01")
    }
    items = read_pages("teaching", pages).items
    first = merge((), (), items)
    assert len(first.added) == 4
    assert not merge(first.columns, first.added, items).changes
