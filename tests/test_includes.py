"""The includes, built with real Jekyll on a small site: what a reader sees of the sheets' rows."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mdgen.cli import main
from mdgen.includes import include_assets
from tests.bounds import stamps
from tests.jekyll.build import SITE, Built, build_site, seen
from tests.jekyll.nasty import STRINGS, folded
from tests.jekyll.safety import dangers
from tests.talkmap.browser import running_browser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    Run = Callable[..., Result]

PAPERS = """\
title,pub_date,venue,venue_short,location,authors,category,status,award,paper_url,slides_url,code_url,doi,arxiv,published
Oldest,2019,Old Letters,,,Lovelace A,books,,,,,,,,
First of May,2024-05-01,Journal of R&D <b>,,Oslo,Ada Lovelace*; Charles Babbage*; Mary S,manuscripts,in press,Best *Paper*,/files/p.pdf,https://s.example,https://c.example,10.1000/182,,
Also May,2024-05-01,,,,Charles Babbage,conferences,,,,,,10.1000/183,,
Meeting 2023,2023,Meeting 2023,M’23,Rome,"Ada King; A. Lovelace",conferences,,,,,,,2310.01234,
No authors,2018,A Book,,,,books,,,,,,,,
Hidden,2025,J,,,Ada Lovelace,books,,,,,,,,no
"""
JOBS = """\
title,organization,url,start_date,end_date,kind,role,location,advisors,highlights,more_url,published
Ended late,Alpha & Sons,/alpha/,2010,2024-01,industry,,,,,,
Ended *early*,Beta,https://b.example,2022-03,2022-09,Industry,Intern,Oslo,[C](/c) & D,"One [x](/x)
Two | three
3. Preis
# 4
>50 users",https://m.example,
Going on,Gamma,,2020-01,,research,,,,,,
Going on since,Delta,,2024,present,R&D,,,,,,
Secret,Agency,,2024,,industry,,,,,,no
"""
TALKS = "title,date,type,venue\nNo job,2024-01-01,Talk,Hall\n"
PAGE = "---\ntitle: {title}\npermalink: /{title}/\n---\nBefore *it*.\n\n{include}\n\nAfter *it*.\n"
PAGES = {
    "all": "{% include mdgen/publications.html %}\n{% include mdgen/experience.html %}",
    "conferences": '{% include mdgen/publications.html category="conferences" limit=1 %}',
    "heading": '{% include mdgen/publications.html category="conference papers" limit=1 %}',
    "oldest": '{% include mdgen/publications.html order="oldest" %}',
    "industry": '{% include mdgen/experience.html kind="industry" %}',
    "rnd": '{% include mdgen/experience.html kind="R&D" %}',
    "first": '{% include mdgen/experience.html limit=2 order="oldest" %}',
    "none": '{% include mdgen/experience.html kind="nothing" %}',
}
HAND_MADE = """\
---
title: By hand
date: 2022-01-01
venue: A Journal
citation: 'Ada. (2022). "By hand."'
paperurl: /files/by-hand.pdf
---
"""
STOCK = [
    "_includes/mdgen/experience.html",
    "_includes/mdgen/publications.html",
    "assets/css/mdgen.css",
]


def run(source: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--site", str(source)])


def a_site(source: Path, sheets: dict[str, str], config: tuple[str, str] = ("", "")) -> Path:
    shutil.copytree(SITE, source)
    path = source / "_config.yml"
    path.write_text(path.read_text().replace(*config))
    (source / "data").mkdir()
    for kind, text in sheets.items():
        (source / "data" / f"{kind}.csv").write_text(text, encoding="utf-8")
    for command in ("includes", "sync"):
        result = run(source, command, "--quiet")
        assert result.exit_code == 0, result.output
    for title, include in PAGES.items():
        (source / f"{title}.md").write_text(PAGE.format(title=title, include=include))
    return source


@pytest.fixture(scope="module", params=["experience", "talks"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site with jobs in a collection of their own, and with jobs among the talks."""
    root = tmp_path_factory.mktemp("includes")
    declared = '  experience: {output: true, permalink: "/:collection/:path/"}\n'
    talks = (declared, "") if request.param == "talks" else ('baseurl: ""', "baseurl: /home")
    sheets = {"publications": PAPERS, "experience": JOBS, "talks": TALKS}
    source = a_site(root / "source", sheets, talks)
    assert (source / "_experience").exists() == (request.param == "experience")
    (source / "_publications" / "2022-01-01-by-hand.md").write_text(HAND_MADE)
    return build_site(source, root / "site")


def items(page: LexborHTMLParser, kind: str = "publications") -> list[LexborNode]:
    return page.css(f".mdgen-{kind} .mdgen-item")


def titles(page: LexborHTMLParser, kind: str = "publications") -> list[str]:
    return [seen(item.css_first(".mdgen-title")) for item in items(page, kind)]


def links(item: LexborNode) -> list[tuple[str, str]]:
    return [(seen(link), link.attributes["href"] or "") for link in item.css("a")]


def base(built: Built) -> str:
    """Return what paths on the site begin with."""
    style = built.read("/all/").css_first("link[rel=stylesheet]")
    assert style is not None
    return (style.attributes["href"] or "").removesuffix("/assets/css/mdgen.css")


def test_papers_come_newest_first_and_hidden_ones_not_at_all(built: Built) -> None:
    assert titles(built.read("/all/")) == [
        "First of May", "Also May", "Meeting 2023", "By hand", "Oldest", "No authors"
    ]  # fmt: skip
    assert titles(built.read("/oldest/"))[::5] == ["No authors", "First of May"]


def test_category_and_limit_choose(built: Built) -> None:
    assert titles(built.read("/conferences/")) == ["Also May"]
    assert titles(built.read("/heading/")) == ["Also May"]


def test_what_is_seen_of_papers(built: Built) -> None:
    assert [seen(item) for item in items(built.read("/all/"))] == [
        "First of May Ada Lovelace*, Charles Babbage*, Mary S Journal of R&D <b>, Oslo, 2024"
        " in press Best *Paper* Paper Slides Code DOI BibTeX",
        "Also May Charles Babbage 2024 DOI",
        "Meeting 2023 Ada King, A. Lovelace Meeting 2023 (M’23), Rome arXiv BibTeX",
        'By hand Ada. (2022). "By hand." A Journal, 2022 Paper',
        "Oldest A Lovelace Old Letters, 2019 BibTeX",
        'No authors "No authors." (2018). A Book.',
    ]


def test_titles_lead_to_pages_and_links_to_files(built: Built) -> None:
    first, _, third, fourth, *_ = items(built.read("/all/"))
    home = base(built)
    assert links(first) == [
        ("First of May", f"{home}/publication/2024-05-01-first-of-may"),
        ("Paper", f"{home}/files/p.pdf"),
        ("Slides", "https://s.example"),
        ("Code", "https://c.example"),
        ("DOI", "https://doi.org/10.1000/182"),
        ("BibTeX", f"{home}/files/bibtex/2024-05-01-first-of-may.bib"),
    ]
    assert links(third)[1] == ("arXiv", "https://arxiv.org/abs/2310.01234")
    assert links(fourth)[1] == ("Paper", f"{home}/files/by-hand.pdf")


def test_the_own_name_is_bold_in_every_spelling(built: Built) -> None:
    bold = [[seen(b) for b in item.css("b")] for item in items(built.read("/all/"))]
    assert bold == [["Ada Lovelace"], [], ["A. Lovelace"], [], ["A Lovelace"], []]


def test_what_goes_on_comes_before_what_ended(built: Built) -> None:
    assert titles(built.read("/all/"), "experience") == [
        "Going on since", "Going on", "Ended late", "Ended early"
    ]  # fmt: skip
    assert titles(built.read("/first/"), "experience") == ["Ended early", "Ended late"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [("industry", ["Ended late", "Ended early"]), ("rnd", ["Going on since"]), ("none", [])],
)
def test_kind_chooses(page: str, expected: list[str], built: Built) -> None:
    assert titles(built.read(f"/{page}/"), "experience") == expected


def test_what_is_seen_of_jobs(built: Built) -> None:
    since, on, late, early = items(built.read("/all/"), "experience")
    home = base(built)
    assert seen(since) == "Going on since 2024 – present Delta"
    assert seen(on) == "Going on January 2020 – present Gamma"
    assert seen(late) == "Ended late 2010 – January 2024 Alpha & Sons"
    assert links(late) == [("Alpha & Sons", f"{home}/alpha/")]
    assert seen(early) == (
        "Ended early March 2022 – September 2022 Intern, Beta, Oslo"
        " One x Two | three 3. Preis # 4 >50 users Advised by C & D More"
    )
    assert [seen(bullet) for bullet in early.css(".mdgen-highlights li")] == [
        "One x", "Two | three", "3. Preis", "# 4", ">50 users", "Advised by C & D"
    ]  # fmt: skip
    assert early.css("ol, blockquote, h1") == []
    assert links(early) == [
        ("Beta", "https://b.example"),
        ("x", f"{home}/x"),
        ("C", f"{home}/c"),
        ("More", "https://m.example"),
    ]


def test_the_text_around_stays_markdown_and_the_style_comes_once(built: Built) -> None:
    for name in PAGES:
        page = built.read(f"/{name}/")
        assert seen(page.css_first("#text")).startswith("Before it. ")
        assert "After it." in seen(page.css_first("#text"))
        assert len(page.css("link[rel=stylesheet]")) == 1
        assert "Generated by mdgen" not in (page.html or "")
        assert page.css_first("#text pre, #text table") is None
    assert (built.root / "assets/css/mdgen.css").read_text().startswith("/* Generated by mdgen")


def test_any_text_is_seen_as_typed_and_breaks_out_of_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("nasty")
    rows = [
        nasty for nasty in STRINGS
        if not re.search(r'[\n\r]|""', nasty.typed) and len(nasty.typed) < 500
    ]  # fmt: skip

    def sheet(header: str, row: Callable[[int, str], str]) -> str:
        lines = (row(n, nasty.typed.replace('"', '""')) for n, nasty in enumerate(rows))
        return header + "".join(f"{line}\n" for line in lines)

    sheets = {
        "publications": sheet(
            "pub_date,url_slug,title,venue,location\n", lambda n, t: f'2020,n{n},"{t} z","{t} z",x'
        ),
        "experience": sheet(
            "start_date,url_slug,title,organization,highlights\n",
            lambda n, t: f'2020,n{n},"{t} z","{t} z","{t} z"',
        ),
    }
    source = root / "source"
    shutil.copytree(SITE, source)
    (source / "data").mkdir()
    for kind, text in sheets.items():
        (source / "data" / f"{kind}.csv").write_text(text, encoding="utf-8")
    run(source, "includes")
    run(source, "sync", "--keep-going")
    (source / "all.md").write_text(PAGE.format(title="all", include=PAGES["all"]))
    page = build_site(source, root / "site").read("/all/")
    assert len(items(page)) > 100
    assert len(items(page, "experience")) > 100
    section = page.css_first("#text")
    assert section is not None
    assert {*dangers(section.html or "")} <= {"<section>", "<link>", "<cite>"}
    assert seen(section).endswith("After it.")
    for item in items(page):
        [(_, address), *_] = links(item)
        nasty = rows[int(address.rpartition("-n")[2])]
        assert folded(seen(item.css_first(".mdgen-venue"))) == f"{nasty.seen('text')} z"


def test_long_words_and_badges_stay_within_a_narrow_screen(tmp_path: Path) -> None:
    css = next(asset.text for asset in include_assets() if asset.path.endswith(".css"))
    word, award = "https://a.example/" + 60 * "long", "Best paper of the year, " * 5
    (tmp_path / "page.html").write_text(
        f"""<!doctype html><meta name="viewport" content="width=device-width"><style>{css}</style>
        <div class="mdgen"><div class="mdgen-item">
        <div class="mdgen-head"><h3 class="mdgen-title">{word}</h3><p class="mdgen-period">2020</p>
        </div><p class="mdgen-where"><span class="mdgen-award">{award}</span></p>
        <ul class="mdgen-highlights"><li>{word}</li></ul></div></div>"""
    )
    with running_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 700})
        page.goto((tmp_path / "page.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text("name: Ada\n")
    return tmp_path


def files(site: Path) -> list[str]:
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.name != "_config.yml"
    )


def test_three_files_are_written_and_a_second_run_touches_none(site: Path) -> None:
    result = run(site, "includes", "--verbose")
    assert result.exit_code == 0
    assert "added: _includes/mdgen/publications.html\n" in result.output
    assert files(site) == STOCK
    before = stamps(site / name for name in STOCK)
    assert "0 changed" in run(site, "includes").output
    assert stamps(site / name for name in STOCK) == before


def test_check_and_diff_write_nothing(site: Path) -> None:
    result = run(site, "includes", "--check", "--diff")
    assert result.exit_code == 1
    assert "+++ b/assets/css/mdgen.css\n" in result.output
    assert files(site) == []


def test_a_file_edited_by_hand_is_left_alone(site: Path) -> None:
    run(site, "includes")
    path = site / "_includes" / "mdgen" / "experience.html"
    path.write_text(path.read_text().replace("Advised by", "Mentors:"))
    result = run(site, "includes")
    assert result.exit_code == 1
    assert (
        "_includes/mdgen/experience.html: was edited by hand; copy it under another name and"
        " include the copy, or overwrite it with --force\n"
    ) in result.output
    assert "Mentors:" in path.read_text()
    assert run(site, "includes", "--force").exit_code == 0
    assert "Mentors:" not in path.read_text()


def test_a_file_of_somebody_else_is_left_alone(site: Path) -> None:
    path = site / "assets" / "css" / "mdgen.css"
    path.parent.mkdir(parents=True)
    path.write_text("a {}\n")
    result = run(site, "includes", "--quiet")
    assert result.exit_code == 1
    assert "assets/css/mdgen.css: is in the way" in result.output
    assert path.read_text() == "a {}\n"


def test_sync_and_check_keep_them_up_to_date_where_they_are(site: Path) -> None:
    (site / "data").mkdir()
    (site / "data" / "talks.csv").write_text("title,date\nA,2020\n")
    run(site, "sync")
    assert not (site / "_includes").exists()
    run(site, "includes")
    assert run(site, "check").exit_code == 0
    (site / "assets" / "css" / "mdgen.css").unlink()
    assert run(site, "check").exit_code == 1
    assert run(site, "sync").exit_code == 0
    assert run(site, "check").exit_code == 0
    for name in STOCK:
        (site / name).unlink()
    run(site, "sync")
    assert not (site / STOCK[0]).exists()
