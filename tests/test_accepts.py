"""Cells of each sort: what is read, and what is refused with which words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdgen import accepts
from mdgen.cells.dates import PartialDate
from mdgen.columns import Accepts, Cells
from mdgen.problems import Refusal
from mdgen.settings import Site

if TYPE_CHECKING:
    from mdgen.frontmatter import Value

CATEGORIES = {
    "books": "Books",
    "manuscripts": "Journal Articles",
    "conferences": "Conference Papers",
}
SITE = Site(root=Path("/nowhere"), categories=CATEGORIES)


def read(sort: Accepts[object], text: str, site: Site = SITE) -> object:
    def beside(name: str) -> str:
        return f"@misc{{{name[:1]}, title = {{T}}}}"

    return sort.reader(Cells([text], [[text]], site, lambda _: None, beside))(text)


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "x", "Show", "Ja", "WAHR", "sí", "是"])
def test_yes(text: str) -> None:
    assert read(accepts.YesNo(), text) is True


def test_a_citation_is_refused_by_its_column() -> None:
    with pytest.raises(Refusal, match=r"U\+0007"):
        read(accepts.Html(), "A &#7;")
    assert read(accepts.Html(), "A &#233;\n& <i>B") == "A &#233; & <i>B"


@pytest.mark.parametrize("text", ["no", "N", "False", "0", "hide", "Nein", "FALSCH", "FAUX", "否"])
def test_no(text: str) -> None:
    assert read(accepts.YesNo(), text) is False


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("manuscripts", "manuscripts"),
        ("Journal Articles", "manuscripts"),
        ("journal article", "manuscripts"),
        ("JOURNAL", "manuscripts"),
        ("01_Journal", "manuscripts"),
        ("Book", "books"),
        ("In Proceedings", "conferences"),
        ("conference_papers", "conferences"),
    ],
)
def test_a_category_is_known_by_key_title_case_number_and_custom(text: str, category: str) -> None:
    assert read(accepts.Category(), text) == category


def test_an_unknown_category_is_refused_with_those_of_the_site_and_the_nearest() -> None:
    with pytest.raises(Refusal) as caught:
        read(accepts.Category(), "Jurnal Articles")
    assert str(caught.value) == (
        "'Jurnal Articles' is no category of this site: `books` (Books), `manuscripts` (Journal"
        " Articles), `conferences` (Conference Papers); did you mean `manuscripts`?"
    )


def test_without_categories_any_word_will_do() -> None:
    assert read(accepts.Category(), "Novels", Site(root=Path())) == "Novels"


def test_custom_counts_only_where_the_site_has_the_category() -> None:
    site = Site(root=Path(), categories={"novels": "Novels"})
    assert accepts.category_of("article", site) == ""
    assert accepts.category_of("Novel", site) == "novels"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("7", 7),
        ("-12", -12),
        ("0", 0),
        ("007", "007"),
        ("1,000", "1,000"),
        ("1e3", "1e3"),
        ("1234567890123456", "1234567890123456"),
        ("2.5", "2.5"),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("2023-02-29", "2023-02-29"),
        ("2024-2-9", "2024-2-9"),
        ("A &amp; B", "A & B"),
        ("~", "~"),
        ("٣", "٣"),
    ],
)
def test_own_values_are_typed_where_there_is_no_doubt(text: str, value: Value) -> None:
    read_value = accepts.own_value(text)
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize(
    "text", ["/publication/a", "/a/b/", "/papers/2024-x_y.html", "/~me/%41", "/a/gpt-4.5/"]
)
def test_a_permalink_is_kept(text: str) -> None:
    assert read(accepts.Permalink(), text) == text


@pytest.mark.parametrize(
    "text", ["publication/a", "/gpt-4.5", "//host/x", "/a b", "/", "/é", "/../a/"]
)
def test_an_address_that_jekyll_or_a_browser_would_get_wrong_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is no address of a page; write a path"):
        read(accepts.Permalink(), text)


def test_a_page_file_is_kept_and_one_that_gives_no_good_address_is_warned_of() -> None:
    said: list[str] = []
    sort = accepts.PageFile()
    reader = sort.reader(Cells([], [], SITE, said.append, lambda _: ""))
    assert [reader("2014-spring-reading"), reader("gpt-4.5")] == ["2014-spring-reading", "gpt-4.5"]
    assert said == [
        "'gpt-4.5': Jekyll makes no HTML page of an address with a dot;"
        " give the page a `permalink` without one"
    ]


def test_a_doi_is_bare_and_another_address_stays_a_link() -> None:
    assert read(accepts.Doi(), "https://doi.org/10.1000/182") == "10.1000/182"
    assert read(accepts.Doi(), "https://example.org/x") == "https://example.org/x"
    with pytest.raises(Refusal, match="is no DOI"):
        read(accepts.Doi(), "none of it")


def test_a_bibtex_cell_holds_an_entry_or_names_a_file() -> None:
    entry = "@misc{a, title = {T}}"
    assert read(accepts.Bibtex(), entry) == entry
    assert read(accepts.Bibtex(), "a.bib") == entry
    with pytest.raises(Refusal):
        read(accepts.Bibtex(), "@misc{")


def test_the_settings_order_of_dates_goes_before_the_columns() -> None:
    site = Site(root=Path(), date_order="MDY")
    assert read(accepts.Day(), "3/4/2021", site) == PartialDate(2021, 3, 4)
    assert read(accepts.EndDay(), "3/4/2021", site) == PartialDate(2021, 3, 4)


def test_a_year_in_the_row_tells_where_the_year_of_a_dashed_date_stands() -> None:
    cells = Cells(["19-06-17"], [["19-06-17", "A (2019)."]], SITE, lambda _: None, str)
    assert accepts.Day().reader(cells)("19-06-17") == PartialDate(2019, 6, 17)


@pytest.mark.parametrize(
    ("titles", "cells", "text"),
    [
        (["date"], ["2024"], "2024"),
        (["date", "year"], ["", "2024"], "2024"),
        (["date", "year"], ["", ""], ""),
        (["date", "year"], ["6-3", "2017"], "6-3-2017"),
        (["date", "year"], ["March 3", "2017"], "March 3 2017"),
        (["date", "year"], ["MAR", "2017"], "MAR 2017"),
        (["date", "year"], ["17.02.26", "2026"], "17.02.26"),
        (["date", "year"], ["2016-03-01", "2017"], "2016-03-01"),
        (["season", "year"], ["Fall", "2017"], "Fall 2017"),
        (["year", "season"], ["2017", "Fall"], "Fall 2017"),
    ],
)
def test_columns_that_hold_parts_of_a_date_are_put_together(
    titles: list[str], cells: list[str], text: str
) -> None:
    assert accepts.Day().gather(titles, cells) == text


@pytest.mark.parametrize(
    "name",
    "../_config.yml _config.yml /etc/passwd ../_pages/about.md _pages/about.md a/../../b.md"
    " ..\\b.md notes page.html".split(),
)
def test_no_cell_puts_a_file_of_the_site_on_a_page(name: str) -> None:
    with pytest.raises(Refusal, match=r"lies outside the sheet's folder|is no Markdown file"):
        read(accepts.MarkdownFile(), name)
    with pytest.raises(Refusal, match=r"no name of a \.bib file"):
        read(accepts.Bibtex(), name)
