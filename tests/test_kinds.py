"""What the pages of each kind depend on, beside their row: the site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mdgen.cells.dates import PartialDate
from mdgen.kinds import KINDS
from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course
from mdgen.names import parse_authors
from mdgen.problems import MdgenError, Refusal
from mdgen.settings import Site

ROOT = Path("/nowhere")
PAPER = Publication(
    title="Looms",
    pub_date=PartialDate(1843),
    venue="Weaving",
    authors=parse_authors("Ada Lovelace; Charles Babbage"),
    paper_url=("/files/looms.pdf",),
    slides_url=("https://example.org/slides",),
    url_slug="looms",
)


def test_every_kind_says_what_it_is() -> None:
    assert {name: record.KIND for name, record in KINDS.items()} == {
        name: name for name in ("publications", "talks", "experience", "teaching")
    }


@pytest.mark.parametrize(
    ("categories", "default", "category"),
    [
        ({}, "", None),
        ({"a": "A", "manuscripts": "M"}, "", "manuscripts"),
        ({"a": "A", "b": "B"}, "", "a"),
        ({"a": "A", "b": "B"}, "b", "b"),
    ],
)
def test_a_paper_without_category_has_the_usual_one(
    categories: dict[str, str], default: str, category: str | None
) -> None:
    site = Site(root=ROOT, categories=categories, default_category=default)
    assert PAPER.page(site).front.get("category") == category


def test_a_link_that_the_citation_shows_is_not_shown_again() -> None:
    site = Site(root=ROOT, bibtex=False)
    page = replace(PAPER, doi="10.1000/182", code_url=("https://example.org/c",)).page(site)
    assert 'href="https://doi.org/10.1000/182"' in str(page.front["citation"])
    assert page.body == "<!-- no excerpt -->\n\n[Code](https://example.org/c)"
    assert "[DOI](https://doi.org/10.1000/182)" in page.front["links"]  # type: ignore[operator]
    typed = replace(PAPER, doi="10.1000/182", citation="Looms. doi:10.1000/182").page(site)
    assert "[DOI](https://doi.org/10.1000/182)" in typed.body


def test_links_that_the_theme_does_not_read_go_into_the_body() -> None:
    old = Site(root=ROOT, theme=frozenset({"paperurl", "citation"}))
    page = PAPER.page(old)
    assert "slidesurl" not in page.front
    assert page.body == (
        "<!-- no excerpt -->\n\n[Slides](https://example.org/slides)"
        " · [BibTeX](/files/bibtex/1843-01-01-looms.bib)"
    )
    new = PAPER.page(Site(root=ROOT))
    assert (new.front["slidesurl"], new.body) == ("https://example.org/slides", "")


def test_the_owner_is_bold_in_the_citation_and_the_byline() -> None:
    front = PAPER.page(Site(root=ROOT, author=("Ada Lovelace",))).front
    assert front["byline"] == "<b>Ada Lovelace</b>, Charles Babbage"
    assert str(front["citation"]).startswith("<b>Lovelace, Ada</b>; Babbage, Charles. (1843). ")


def test_no_bibtex_where_the_settings_say_so() -> None:
    site = Site(root=ROOT, bibtex=False)
    assert PAPER.assets(site) == ()
    assert "bibtexurl" not in PAPER.page(site).front


def test_a_citation_in_a_csl_style() -> None:
    site = Site(
        root=ROOT,
        citation_style="apa",
        author=("Ada Lovelace",),
        categories={"manuscripts": "Journal Articles"},
    )
    assert PAPER.page(site).front["citation"] == (
        "<b>Lovelace, A.</b>, &amp; Babbage, C. (1843). Looms. <i>Weaving</i>."
    )
    with pytest.raises(MdgenError, match="no-such-style"):
        PAPER.page(Site(root=ROOT, citation_style="no-such-style"))


def test_several_urls_of_a_link_all_stand_in_the_body() -> None:
    talk = Talk(title="T", date=PartialDate(2024), slides_url=("/a.pdf", "/b.pdf"), venue="V")
    assert talk.page(Site(root=ROOT)).body.endswith("[Slides](/a.pdf) · [Slides 2](/b.pdf)")


def test_jobs_are_kept_where_the_site_shows_them() -> None:
    job = Job(title="J", organization="O", start_date=PartialDate(2024, 3), url_slug="j")
    assert job.page(Site(root=ROOT)).path == "_talks/2024-03-01-j.md"
    own = Site(root=ROOT, collections=frozenset({"experience"}))
    page = job.page(own)
    assert (page.path, page.front["permalink"]) == (
        "_experience/2024-03-01-j.md",
        "/experience/2024-03-01-j",
    )


def test_a_permalink_of_ones_own_is_kept() -> None:
    course = Course(title="C", date=PartialDate(2024), permalink="/old/address")
    assert course.page(Site(root=ROOT)).front["permalink"] == "/old/address"


def test_liquid_is_left_alone_where_the_settings_say_so() -> None:
    course = Course(title="C", date=PartialDate(2024), description="{{ site.title }}")
    assert course.page(Site(root=ROOT)).body == '{{ "{{" }} site.title }}'
    assert course.page(Site(root=ROOT, liquid=True)).body == "{{ site.title }}"


def test_own_columns_never_replace_what_a_page_has() -> None:
    course = Course(title="C", date=PartialDate(2024), own={"permalink": "/x", "credits": 6})
    front = course.page(Site(root=ROOT)).front
    assert (front["permalink"], front["credits"]) == ("/teaching/2024-01-01-c", 6)


def test_a_latitude_needs_its_longitude() -> None:
    site = Site(root=ROOT)
    talk = Talk(title="T", date=PartialDate(2024), latitude=48.2)
    with pytest.raises(
        Refusal, match=r"^has a latitude and no longitude; fill in both, or neither$"
    ):
        talk.page(site)
    job = Job(title="T", organization="O", start_date=PartialDate(2024), longitude=0.0)
    with pytest.raises(
        Refusal, match=r"^has a longitude and no latitude; fill in both, or neither$"
    ):
        job.page(site)
