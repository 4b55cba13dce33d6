"""Pages that exist already, into sheets and back: a reader of the built site sees what was there."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mdgen.cli import main
from tests.jekyll.build import SITE, build, seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result

    from tests.jekyll.build import Built

LONG = "\n\n".join(
    f"Chapter {number} tells of words.{' And of readers.' * 20}" for number in range(9)
)
# As the theme's samples and its notebooks make them, as older ones did, and as people do by hand.
PAGES = {
    "_publications/2009-10-01-eyes-one.md": """\
        ---
        title: "Eyes, Part &quot;One&quot;"
        collection: publications
        category: manuscripts
        permalink: /publication/2009-10-01-eyes-one
        excerpt: 'How eyes move &amp; rest.'
        date: 2009-10-01
        venue: 'Letters &amp; Lines'
        slidesurl: 'https://example.org/eyes-slides.pdf'
        paperurl: 'https://example.org/eyes.pdf'
        bibtexurl: 'https://example.org/eyes.bib'
        citation: 'Lovelace, A. (2009). &quot;Eyes, Part One.&quot; <i>Letters</i>. 1(1).'
        ---
        What stands here is *more* than the list shows.
        """,
    "_publications/2010-10-01-eyes-two.md": """\
        ---
        title: "Eyes, Part Two"
        collection: publications
        category: books
        permalink: /publication/2010-10-01-eyes-two
        excerpt: 'How eyes come back.'
        date: 2010-10-01
        venue: 'Letters'
        paperurl: 'https://example.org/two(2).pdf'
        citation: 'Lovelace, A. (2010). &quot;Eyes, Part Two.&quot; <i>Letters</i>. 1(2).'
        ---
        How eyes come back.

        [Download paper here](https://example.org/two(2).pdf)

        Recommended citation: Lovelace, A. (2010). "Eyes, Part Two." <i>Letters</i>. 1(2).
        """,
    "_publications/2011-05-05-eyes-seen.md": """\
        ---
        title: "Eyes, Seen"
        collection: publications
        category: manuscripts
        permalink: /publication/2011-05-05-eyes-seen
        excerpt: 'Eyes in <span class="big">pictures</span>.'
        date: 2011-05-05
        venue: 'Lines'
        citation: 'Lovelace, A. (2011). "Eyes, Seen." <i>Lines</i>.'
        ---

        See [the slides]({{ site.url }}/files/seen.pdf){:target="_blank"}, {% if true %}now{% endif %}.

        <iframe src="https://example.org/embed" width="560"></iframe>

        <p align="center">In the middle</p>
        """,
    "_publications/2025-06-08-eyes-three.md": """\
        ---
        title: "Eyes with math $$E=mc^2$$"
        collection: publications
        category: conferences
        permalink: /publication/eyes-3
        excerpt: 'On $$E=mc^2$$'
        date: 2024-02-17
        venue: 'Lines'
        paperurl: '/files/three.pdf'
        citation: 'Lovelace, A. (2024). "Eyes." <i>Lines</i>.'
        tags: [reading, eyes]
        header: {teaser: eyes.png}
        grant: ABC-7
        ---

        Written by [hand](https://example.org/hand) - with `code` and $$x$$.

        * one
        * two
        """,
    "_talks/2012-03-01-talk-1.md": """\
        ---
        title: "A Talk on Reading"
        collection: talks
        type: "Talk"
        talk_type: "Talk"
        permalink: /talks/2012-03-01-talk-1
        venue: "Institute of Letters"
        date: 2012-03-01
        location: "Oslo, Norway"
        ---

        What it was about, in **bold**.
        """,
    "_talks/2013-03-01-tutorial-1.md": """\
        ---
        title: "A Tutorial"
        collection: talks
        type: "Tutorial"
        permalink: /talks/2013-03-01-tutorial-1
        venue: "School of Lines"
        date: 2013-03-01
        location: "Lima, Peru"
        ---

        [More information here](https://example.org/tutorial)

        For beginners.
        """,
    "_talks/2014-04-16-long.md": f"""\
        ---
        title: "A Long One"
        collection: talks
        type: "Talk"
        permalink: /talks/2014-04-16-long
        # venue: "not any more"
        date: 2014-04-16
        location: "Bergen, Norway"
        ---

        {LONG.replace(chr(10), chr(10) + " " * 8)}
        """,
    "_teaching/2014-spring-teaching-1.md": """\
        ---
        title: "Teaching experience 1"
        collection: teaching
        type: "Undergraduate course"
        permalink: /teaching/2014-spring-teaching-1
        venue: "University of Oslo, Letters"
        date: 2014-01-01
        location: "Oslo, Norway"
        ---

        How to read, for beginners.

        Heading 1
        ======

        Heading 2
        ======
        """,
    "_teaching/workshop.md": """\
        ---
        title: "A workshop, without a permalink"
        type: "Workshop"
        venue: "Library"
        date: 2015-01-01 10:00:00
        ---
        """,
    "_experience/2020-07-01-intern.md": """\
        ---
        title: "Intern"
        organization: "Lab of Letters"
        permalink: /experience/2020-07-01-intern
        date: 2020-07-01
        ---

        Counted words.
        """,
}
ADDRESSES = (
    "/publication/2009-10-01-eyes-one", "/publication/2010-10-01-eyes-two",
    "/publication/2011-05-05-eyes-seen", "/publication/eyes-3",
    "/talks/2012-03-01-talk-1", "/talks/2013-03-01-tutorial-1", "/talks/2014-04-16-long",
    "/teaching/2014-spring-teaching-1", "/teaching/workshop/", "/experience/2020-07-01-intern",
)  # fmt: skip
LISTS = ("/publications/", "/talks/", "/teaching/", "/experience/", "/cv/")

# What a reader sees only before, and only after; everything else is the same, and so is each link.
DIFFERENCES = {
    # Quotes that had been escaped are typeset like all others.
    "/publications/": ({'Eyes, Part "One"'}, {"Eyes, Part “One”"}),
    "/publication/2009-10-01-eyes-one": ({'Eyes, Part "One"'}, {"Eyes, Part “One”"}),
    # The theme shows link and citation from the front matter; the notebook had put them in twice.
    "/publication/2010-10-01-eyes-two": (
        {
            "Download paper here",
            "Recommended citation: Lovelace, A. (2010). “Eyes, Part Two.” Letters. 1(2).",
        },
        set(),
    ),
    # The link is below the text, of which the list shows the first paragraph.
    "/talks/": ({"More information here"}, {"Talk, Bergen, Norway,", "For beginners."}),
    "/talks/2013-03-01-tutorial-1": (
        {"More information here"},
        {"More information", "Tutorial at School of Lines, Lima, Peru"},
    ),
    # The place stands in for a venue that is missing; the theme shows no talk without one.
    "/cv/": (set(), {"Talk at Bergen, Norway,"}),
    "/talks/2014-04-16-long": (set(), {"Talk at Bergen, Norway,"}),
    # What the theme itself does not show of a course and of a job.
    "/teaching/2014-spring-teaching-1": (set(), {"Oslo, Norway"}),
    "/experience/": (
        {"Counted words.", "Published in , 2020"},
        {"July 1, 2020 – present", "Published in Lab of Letters, 2020"},
    ),
    "/experience/2020-07-01-intern": (
        {"July 01, 2020"},
        {"July 1, 2020 – present", "Published in Lab of Letters, 2020"},
    ),
}


def texts(pages: Mapping[str, str]) -> dict[str, str]:
    return {path: dedent(text) for path, text in pages.items()}


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments), prog_name="mdgen")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shown(site: Built, url: str) -> tuple[set[str], set[str]]:
    """Return the texts of a page, block by block, and where its links lead."""
    page = site.read(url)
    blocks = {seen(node) for node in page.css("main h1, main h2, main p, main li, main time")}
    blocks |= {seen(node) for node in page.css(".item h2, .item p")}
    links = {node.attributes["href"] or "" for node in page.css("main a, .item a")}
    return blocks - {""}, links


def written(root: Path) -> Path:
    (root / "_config.yml").write_bytes((SITE / "_config.yml").read_bytes())
    for path, text in texts(PAGES).items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a site with pages and without sheets the working directory."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """Build the site as it was, and as it is once its pages come from sheets."""
    root = written(tmp_path_factory.mktemp("root"))
    assert run("import", "pages", "--site", str(root)).exit_code == 0
    done = run("sync", "--adopt", "--site", str(root))
    assert done.exit_code == 0, done.output
    after = {path: (root / path).read_text(encoding="utf-8") for path in PAGES}
    before = tmp_path_factory.mktemp("before")
    return build(texts(PAGES), before), build(after, tmp_path_factory.mktemp("after"))


def test_a_reader_sees_the_same_items_links_and_texts(sites: tuple[Built, Built]) -> None:
    before, after = sites
    texts, links = {}, {}
    for url in (*LISTS, *ADDRESSES):
        (old, old_links), (new, new_links) = shown(before, url), shown(after, url)
        if old != new:
            texts[url] = (old - new, new - old)
        if old_links != new_links:
            links[url] = (old_links - new_links, new_links - old_links)
    assert texts == DIFFERENCES
    # The list of talks showed the link as what the talk is about.
    assert links == {"/talks/": ({"https://example.org/tutorial"}, set())}


def test_every_list_has_the_same_items_in_the_same_order(sites: tuple[Built, Built]) -> None:
    before, after = sites
    for url in LISTS:
        assert list(before.items(url)) == list(after.items(url))


def test_what_no_column_holds_stays_on_its_page(workspace: Path) -> None:
    result = run("import", "pages")
    assert result.exit_code == 0
    assert result.stderr == (
        "warning: _publications/2011-05-05-eyes-seen.md: its text would show otherwise in a cell;"
        " it stays on the page, below the keep line\n"
        "warning: _publications/2011-05-05-eyes-seen.md: excerpt: stays on the page,"
        " as its text does\n"
        "warning: _publications/2025-06-08-eyes-three.md: tags: stays on the page;"
        " no column holds it\n"
        "warning: _publications/2025-06-08-eyes-three.md: header: stays on the page;"
        " no column holds it\n"
        "_publications/ -> data/publications.csv: 4 added, 0 cells filled\n"
        "warning: _talks/2014-04-16-long.md: its text is too long for a cell;"
        " it stays on the page, below the keep line\n"
        "_talks/ -> data/talks.csv: 3 added, 0 cells filled\n"
        "_experience/ -> data/experience.csv: 1 added, 0 cells filled\n"
        "_teaching/ -> data/teaching.csv: 2 added, 0 cells filled\n"
        "`mdgen sync --adopt` now takes over the pages\n"
    )
    assert run("sync", "--adopt", "-q").exit_code == 0
    page = (workspace / "_publications/2025-06-08-eyes-three.md").read_text(encoding="utf-8")
    front, _, below = page.partition("# mdgen: yours below\n")
    assert 'grant: "ABC-7"\n' in front
    assert below == (
        "tags: [reading, eyes]\nheader: {teaser: eyes.png}\n---\n\n"
        "Written by [hand](https://example.org/hand) - with `code` and $$x$$.\n\n* one\n* two\n"
    )
    long = (workspace / "_talks/2014-04-16-long.md").read_text(encoding="utf-8")
    assert long.endswith(f"---\n\n<!-- mdgen: yours below -->\n{LONG}\n")


def test_file_names_and_addresses_stay_as_they_are(workspace: Path) -> None:
    run("import", "pages")
    run("sync", "--adopt")
    assert {path: (workspace / path).is_file() for path in PAGES} == dict.fromkeys(PAGES, True)
    addresses = [
        line.removeprefix("permalink: ").strip('"')
        for path in PAGES
        for line in (workspace / path).read_text(encoding="utf-8").splitlines()
        if line.startswith("permalink: ")
    ]
    assert addresses == list(ADDRESSES)
    assert run("check").exit_code == 0


def test_a_second_import_changes_nothing_before_and_after_the_pages_are_taken_over(
    workspace: Path,
) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}

    run("import", "pages")
    first = files()
    again = run("import", "pages", "-q")
    assert (again.exit_code, again.stderr, files()) == (0, "", first)
    run("sync", "--adopt")
    adopted = files()
    last = run("import", "pages")
    assert (last.exit_code, last.stderr) == (
        0,
        "all pages are from sheets already; nothing to import\n",
    )
    assert files() == adopted


@pytest.mark.parametrize(
    ("sheet", "body", "below"),
    [
        # The page has link and citation of the notebook's lines: nothing is left of the body.
        (
            "A,2020-01-01,a,https://example.org/a.pdf,By A.",
            "[Download paper here](https://example.org/a.pdf)\n\nRecommended citation: By <b>A</b>.",
            "",
        ),
        # It has another link: the lines stay as they are.
        (
            "A,2020-01-01,a,https://example.org/b.pdf,By A.",
            "[Download paper here](https://example.org/a.pdf)\n\nRecommended citation: By A.",
            "[Download paper here](https://example.org/a.pdf)\n\nRecommended citation: By A.",
        ),
        # Beside them stands what a person wrote.
        (
            "A,2020-01-01,a,https://example.org/a.pdf,By A.",
            "Mine.\n\n[Download paper here](https://example.org/a.pdf)",
            "Mine.",
        ),
        # No sheet could hold this body.
        ("A,2020-01-01,a,https://example.org/a.pdf,By A.", "A bell: \x07.", "A bell: \x07."),
    ],
)
def test_the_notebooks_lines_are_taken_over_only_where_the_page_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: str, body: str, below: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "_publications").mkdir()
    (tmp_path / "_config.yml").touch()
    rows = f"title,pub_date,url_slug,paper_url,citation\n{sheet}\n"
    (tmp_path / "data/publications.csv").write_text(rows, encoding="utf-8")
    page = tmp_path / "_publications/2020-01-01-a.md"
    page.write_text(f"---\ntitle: A\n---\n{body}\n", encoding="utf-8")
    assert run("publications", "--adopt", "-q").exit_code == 0
    _, line, yours = page.read_text(encoding="utf-8").partition("<!-- mdgen: yours below -->\n")
    assert (bool(line), yours) == (bool(below), f"{below}\n" if below else "")


def test_a_place_that_stands_in_for_the_venue_is_not_said_twice(workspace: Path) -> None:
    run("import", "pages", "talks")
    run("talks", "--adopt")
    page = (workspace / "_talks/2014-04-16-long.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if "Bergen" in line] == ['venue: "Bergen, Norway"']
