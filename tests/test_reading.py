"""Tables read as records: what each cell gives, and what is said of those that give nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mdgen.cells.dates import PartialDate
from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course
from mdgen.problems import Problem, Refusal
from mdgen.reading import Reading, read_records
from mdgen.settings import Site
from mdgen.sheets.table import Row, Table

SITE = Site(root=Path("/nowhere"), categories={"books": "Books", "manuscripts": "Journal Articles"})


def table(header: str, *rows: str, links: dict[tuple[int, int], str] | None = None) -> Table:
    """Return a table of rows written with bars; row numbers begin at 2."""
    titles = tuple(cell.strip() for cell in header.split("|"))
    return Table(
        "data/sheet.csv",
        "",
        titles,
        ("",) * len(titles),
        tuple(
            Row(number, tuple(cell.strip() for cell in row.split("|")))
            for number, row in enumerate(rows, start=2)
        ),
        links or {},
    )


def said(
    reading: Reading[Publication] | Reading[Talk] | Reading[Job],
) -> list[str]:
    return [str(problem) for problem in reading.problems]


def test_a_row_becomes_a_record() -> None:
    reading = read_records(table("pub_date|title|IF", "2024-10|On *Reading*|3"), Publication, SITE)
    [record] = reading.records
    assert (record.pub_date, record.title, record.own) == (
        PartialDate(2024, 10),
        "On *Reading*",
        {"if": 3},
    )
    assert str(record.place) == "data/sheet.csv:2"


def test_every_bad_cell_of_a_sheet_is_reported_in_its_order() -> None:
    reading = read_records(
        table(
            "pub_date|title|category|published",
            "2024|Good||",
            "31/02/2024||Novels|perhaps",
            "forthcoming|Later||",
        ),
        Publication,
        SITE,
    )
    assert [record.title for record in reading.records] == ["Good"]
    assert said(reading) == [
        "data/sheet.csv:3: pub_date: '31/02/2024' is no day of the calendar; write it as 2024-02-28",
        "data/sheet.csv:3: title: is empty; write Markdown, one line",
        "data/sheet.csv:3: category: 'Novels' is no category of this site: `books` (Books),"
        " `manuscripts` (Journal Articles)",
        "data/sheet.csv:3: published: 'perhaps' is neither yes nor no; write `yes` or `no`",
        "data/sheet.csv:4: pub_date: 'forthcoming' is a status, not a date; give a year in"
        " `pub_date` and put the word in `status`",
    ]


def test_a_missing_column_is_one_problem_not_one_for_each_row() -> None:
    reading = read_records(table("name|employer", "A|B", "C|D"), Job, SITE)
    assert said(reading) == [
        "data/sheet.csv: has no column `start_date`; `mdgen columns experience` lists them"
    ]
    assert reading.records == ()


def test_a_missing_column_may_be_one_typo_away() -> None:
    assert said(read_records(table("tilte|date", "A|2024"), Talk, SITE)) == [
        "data/sheet.csv: has no column `title`; did you mean that with 'tilte'?"
        " `mdgen columns talks` lists them"
    ]


@pytest.mark.parametrize(("numbers", "issues"), [("123", ["", "", ""]), ("134", ["1", "3", "4"])])
def test_a_column_that_counts_the_rows_is_no_issue(numbers: str, issues: list[str]) -> None:
    rows = [f"{number}|Paper|2024|7" for number in numbers]
    reading = read_records(table("No.|title|pub_date|volume", *rows), Publication, SITE)
    assert [record.issue for record in reading.records] == issues


def test_a_column_of_numbers_is_told_from_text() -> None:
    typed = table("title|year|citations", "A|2024|12", "B|2023|")
    assert read_records(typed, Publication, SITE).records[0].own == {"citations": 12}
    typed = table("title|year|citations", "A|2024|Doe. A.")
    assert read_records(typed, Publication, SITE).records[0].citation == "Doe. A."


def test_a_column_without_title_is_not_used_and_said() -> None:
    reading = read_records(table("title|date|", "A|2024|x"), Talk, SITE)
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv: column 3 has no title; its cells are not used"
    ]
    assert len(reading.records) == 1


def test_a_typo_in_a_title_refuses_the_sheet() -> None:
    reading = read_records(table("title|date|venuee", "A|2024|x"), Talk, SITE)
    assert reading.records == ()
    assert said(reading) == [
        "data/sheet.csv:1: venuee: is no column that mdgen knows; did you mean `venue`?"
    ]


def test_the_year_in_one_column_completes_the_date_in_another() -> None:
    reading = read_records(
        table("title|date|year|season", "A|March 3|2017|", "B||2018|Fall", "C|2019-01-02|2019|"),
        Course,
        SITE,
    )
    assert reading.problems == ()
    assert [str(record.date.first) for record in reading.records] == [
        "2017-03-03",
        "2018-09-01",
        "2019-01-02",
    ]
    assert reading.records[1].date.shown == "Fall 2018"


def test_all_urls_of_all_columns_for_a_link_are_kept() -> None:
    reading = read_records(
        table("date|title|paper_url|url|hal_url", "2024|A|a.org/1|https://b.org|https://hal.org/x"),
        Publication,
        SITE,
    )
    [record] = reading.records
    assert record.paper_url == ("https://a.org/1", "https://b.org")
    assert record.links == {"Hal": ("https://hal.org/x",)}


def test_a_hyperlink_of_a_workbook_fills_an_empty_cell_of_urls() -> None:
    reading = read_records(
        table(
            "date|title|url", "2024|A|", links={(2, 2): "https://a.org", (2, 1): "https://b.org"}
        ),
        Publication,
        SITE,
    )
    assert reading.records[0].paper_url == ("https://a.org",)
    assert reading.records[0].title == "A"


def test_a_hyperlink_counts_where_the_text_of_a_cell_is_no_address() -> None:
    links = {(2, column): f"https://x.org/{column}" for column in range(2, 6)} | {
        (3, 5): "https://doi.org/10.1000/5"
    }
    typed = table(
        "date|title|url|pdf|blog_url|doi",
        "2024|A|https://typed.org|PDF|here|10.1000/182",
        "2024|B||||DOI",
        links=links,
    )
    one, two = read_records(typed, Publication, SITE).records
    assert one.paper_url == ("https://x.org/3", "https://typed.org")
    assert (one.links, one.doi) == ({"Blog": ("https://x.org/4",)}, "10.1000/182")
    assert two.doi == "10.1000/5"


def test_an_unsafe_slug_and_a_missing_file_are_said_and_used() -> None:
    reading = read_records(
        table("date|title|url_slug|pdf|venue", "2024|A|my slug|files/a.pdf|V"), Publication, SITE
    )
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:2: url_slug: 'my slug' is not safe in an address; the page is 'my-slug'",
        "data/sheet.csv:2: pdf: '/files/a.pdf': the site has no file files/a.pdf",
    ]
    assert (reading.records[0].url_slug, reading.records[0].paper_url) == (
        "my-slug",
        ("/files/a.pdf",),
    )


def test_a_slug_that_says_nothing_is_made_from_the_title() -> None:
    reading = read_records(table("date|title|url_slug|venue", "2024|A|n/a|V"), Publication, SITE)
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:2: url_slug: 'n/a' counts as an empty cell"
    ]
    assert reading.records[0].url_slug == ""


@pytest.mark.parametrize(
    "said", ["-", "–", "--", "n/a", "N/A", "#N/A", "NA", "None", "nan", "NULL"]
)
def test_a_cell_that_says_it_is_empty_is_so_where_no_text_may_stand(said: str) -> None:
    rows = (f"2024|A|{said}|{said}|{said}|{said}", f"2025|B|books|{said}|{said}|{said}")
    header = "pub_date|title|category|authors|venue|mood"
    reading = read_records(table(header, *rows), Publication, SITE)
    told = [
        f"data/sheet.csv:2: category: '{said}' counts as an empty cell",
        f"data/sheet.csv:2: authors: '{said}' counts as an empty cell",
    ]
    assert [str(notice) for notice in reading.notices] == (told if said.strip("-–") else [])
    assert reading.problems == ()
    assert [(paper.category, paper.authors) for paper in reading.records] == [
        ("", ()),
        ("books", ()),
    ]
    assert [paper.venue for paper in reading.records] == [said, said]
    assert [paper.own for paper in reading.records] == [{"mood": said}, {"mood": said}]


def test_text_that_says_nothing_does_not_win_over_other_text() -> None:
    sheet = table("date|title|venue|conference", "2024|A|n/a|Reading Days")
    assert read_records(sheet, Talk, SITE).records[0].venue == "Reading Days"


def test_a_title_may_be_none() -> None:
    [talk] = read_records(table("date|title", "2024|None"), Talk, SITE).records
    assert talk.title == "None"


def test_of_two_dates_the_one_that_says_nothing_does_not_count() -> None:
    [talk] = read_records(table("date|year|title", "-|2024|A"), Talk, SITE).records
    assert talk.date.iso == "2024"


def test_lists_are_what_the_settings_say() -> None:
    site = Site(root=Path(), lists=frozenset({"topics"}))
    reading = read_records(table("date|title|topics|more", "2024|A|x; y;|x; y"), Publication, site)
    assert reading.records[0].own == {"topics": ["x", "y"], "more": "x; y"}


def test_files_beside_the_sheet_are_read() -> None:
    def beside(name: str) -> str:
        if name == "a.md":
            return "Two\n\nparagraphs\n"
        raise Refusal(f"'{name}' is not there")

    reading = read_records(
        table("date|title|description_file", "2024|A|a.md", "2023|B|b.md"),
        Publication,
        SITE,
        beside,
    )
    assert [record.text for record in reading.records] == ["Two\n\nparagraphs"]
    assert said(reading) == ["data/sheet.csv:3: description_file: 'b.md' is not there"]


def test_without_a_file_there_is_nothing_beside_it() -> None:
    reading = read_records(table("date|title|description_file", "2024|A|a.md"), Publication, SITE)
    assert said(reading) == [
        "data/sheet.csv:2: description_file: 'a.md': only a sheet in a file can name a file beside it"
    ]


def test_an_ongoing_job_has_no_end() -> None:
    reading = read_records(
        table("title|organization|start|end", "A|B|2024-03|present", "A|B|2024-03|", "A|B|1|2"),
        Job,
        SITE,
    )
    assert [record.end_date for record in reading.records] == [None, None]
    assert len(reading.problems) == 2


def test_a_sheet_of_another_kind_is_one_message() -> None:
    talks = "title|type|url_slug|venue|date|location|talk_url|description"
    reading = read_records(table(talks, "A|||||||", "B|||||||"), Publication, SITE)
    assert said(reading) == [
        "data/sheet.csv: looks like a sheet of talks, not of publications; run `mdgen talks`"
    ]
    reading_jobs = read_records(table("pub_date|title|citation", "1|2|3"), Job, SITE)
    assert said(reading_jobs) == [
        "data/sheet.csv: has no column `organization`; `mdgen columns experience`"
        " lists them; it may be one of publications: `mdgen publications`"
    ]


def test_a_sheet_without_header_is_one_message() -> None:
    reading = read_records(table("Lovelace, Ada|1843|Notes", "A|B|C"), Publication, SITE)
    assert said(reading) == [
        "data/sheet.csv: the first row holds no column's title ('Lovelace, Ada', '1843', 'Notes' …);"
        " write the titles of the columns into a row above it: `mdgen columns publications` lists"
        " them"
    ]


def test_two_columns_that_become_one_key_lose_nothing() -> None:
    header = "title|date|Tags|keywords|foo_url|Foo URL"
    good = table(header, "A|2020|x||/a/|", "B|2020||y|/a/|https://b.example")
    records = read_records(good, Talk, SITE).records
    assert [record.own for record in records] == [{"keywords": "x"}, {"keywords": "y"}]
    assert records[1].links == {"Foo": ("/a/", "https://b.example")}
    assert said(read_records(table(header, "A|2020|x|y||", "B|2020|x|x||"), Talk, SITE)) == [
        "data/sheet.csv:2: keywords: gives the key `keywords`, as 'Tags' does;"
        " call one of them otherwise"
    ]


def test_a_citation_is_html_in_every_kind() -> None:
    typed = "R. Lu, <script>alert(1)</script> <i>Notes"
    site = Site(root=Path("/nowhere"), author=("Runyu Lu",))
    [record] = read_records(table("title|date|citation", f"A|2020|{typed}"), Course, site).records
    assert record.own == {"citation": "<b>R. Lu</b>, <i>Notes</i>"}


def test_a_category_of_a_site_without_categories_is_text() -> None:
    site = Site(root=Path("/nowhere"))
    typed = table("title|date|category", "A|2020|<b>R&D</b>")
    [record] = read_records(typed, Publication, site).records
    assert record.category == "&lt;b&gt;R&amp;D&lt;/b&gt;"


@pytest.mark.parametrize(
    "typed", ["/a%00b", "/a%ff", "/a%zz", "/%2e%2e/a", "/a.b", "/../a", "a", "/", "//a"]
)
def test_an_address_that_stops_a_build_or_leads_elsewhere_is_refused(typed: str) -> None:
    [problem] = said(read_records(table("title|date|permalink", f"A|2020|{typed}"), Talk, SITE))
    assert problem.startswith(f"data/sheet.csv:2: permalink: '{typed}' is no address of a page")


def test_a_cell_that_another_column_goes_before_is_said_once() -> None:
    header = "title|date|event|institution"
    rows = ("A|2020|Days|MIT", "B|2020|Days|", "C|2020||MIT", "D|2020|X|MIT")
    reading = read_records(table(header, *rows), Talk, SITE)
    assert [record.venue for record in reading.records] == ["Days", "Days", "MIT", "X"]
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:2: institution: not shown where 'event' is filled, for both mean `venue`;"
        " call it otherwise to keep both"
    ]
    export = table("title|date|Library Catalog|author|authors|venue", "A|2020||B C|C B|V")
    assert read_records(export, Publication, SITE).notices == ()


def test_a_status_beside_a_date_is_the_papers_status() -> None:
    header = "title|pub_date|status|year"
    rows = ("A|2024 (in press)||", "B|in press, 2024|accepted|", "C|forthcoming||2025")
    good = read_records(table(header, *rows), Publication, SITE)
    assert said(good) == []
    pages = [record.page(SITE) for record in good.records]
    assert [page.front["status"] for page in pages] == ["in press", "accepted", "forthcoming"]
    assert pages[0].front["citation"] == "&quot;A.&quot; (2024, in press)."
    bad = table("title|pub_date", "A|in press", "B|31/02/2024 (in press)", "C|perhaps 2024")
    assert [
        message.partition(": pub_date: ")[2][:40]
        for message in said(read_records(bad, Publication, SITE))
    ] == [
        "'in press' is a status, not a date; give",
        "'31/02/2024 (in press)' holds a date and",
        "'perhaps 2024' is no date; write it as 2",
    ]
    # A talk has no status: what stands beside its date is not lost.
    assert (
        "holds a date and a status"
        in said(read_records(table("title|date", "A|2024 (tba)"), Talk, SITE))[0]
    )


def test_months_of_one_column_and_the_year_of_another() -> None:
    typed = table("title|Publication Date|Publication Year", "A|JUL-AUG|2018", "B|MAR 15|2017")
    records = read_records(typed, Publication, SITE).records
    assert [record.pub_date.iso for record in records] == ["2018-07", "2017-03-15"]


@pytest.mark.parametrize(
    ("row", "iso"),
    [
        ("2018|July|", "2018-07"),
        ("2018|3|", "2018-03"),
        ("2018|3|9", "2018-03-09"),
        ("2018|May|12", "2018-05-12"),
        ("2018|May 12|", "2018-05-12"),
        ("2018|n/a|", "2018"),
        ("2018||", "2018"),
    ],
)
def test_year_month_and_day_may_stand_apart(row: str, iso: str) -> None:
    [paper] = read_records(table("title|year|month|day", f"A|{row}"), Publication, SITE).records
    [talk] = read_records(table("title|year|month|day", f"A|{row}"), Talk, SITE).records
    assert (paper.pub_date.iso, talk.date.iso) == (iso, iso)


def test_a_whole_date_needs_no_parts() -> None:
    typed = table("title|date|month|day", "A|2018-03-04|May|Sunday")
    assert read_records(typed, Talk, SITE).records[0].date.iso == "2018-03-04"


def test_a_day_without_its_month_is_refused() -> None:
    typed = table("title|year|month|day", "A|2018||12")
    assert said(read_records(typed, Talk, SITE)) == [
        "data/sheet.csv:2: day: '12' is no date; write it as 2024-02-28, 2024-02 or 2024"
    ]


@pytest.mark.parametrize(
    ("row", "iso", "shown"),
    [
        ("1|2020", "2020-01", "Semester 1, 2020"),
        ("II|2020/21", "2020-07", "Semester II, 2020/21"),
        ("WS|2020", "2020-10", "WS 2020"),
        ("Fall|2020-2021", "2020-09", "Fall 2020-2021"),
        ("Fall 2020|2020", "2020-09", "Fall 2020"),
        ("|2020/21", "2020", "2020/21"),
    ],
)
def test_the_number_of_a_term_and_its_year_may_stand_apart(row: str, iso: str, shown: str) -> None:
    [course] = read_records(table("title|Semester|Year", f"A|{row}"), Course, SITE).records
    assert (course.date.iso, course.date.shown) == (iso, shown)


def test_the_parts_of_a_place_are_joined_each_once() -> None:
    typed = table(
        "title|date|country|place|city|state",
        "A|2018|USA||Boston|MA",
        "B|2018|Norway|Oslo||",
        "C|2018|USA|Boston, USA||",
        "D|2018|Singapore||Singapore|",
        "E|2018||||",
    )
    assert [record.location for record in read_records(typed, Talk, SITE).records] == [
        "Boston, MA, USA",
        "Oslo, Norway",
        "Boston, USA",
        "Singapore",
        "",
    ]


def test_a_setting_that_names_no_column_is_a_problem() -> None:
    site = Site(root=Path("/nowhere"), columns={"talks": {"Titulo": "titel", "X": "ninety"}})
    near, far = said(read_records(table("title|date", "A|2020"), Talk, site))
    begin = "_config.yml: mdgen.columns.talks: "
    assert near == f"{begin}Titulo: 'titel' is no column of talks; did you mean `title`?"
    assert far.startswith(f"{begin}X: 'ninety' is no column of talks; known: title, date, type, ")
    assert said(read_records(table("title|pub_date", "A|2020"), Publication, site)) == []


@pytest.mark.parametrize(
    ("header", "row", "pages"),
    [
        ("Page start|Page end", "11|20", "11-20"),
        ("Page start|Page end", "11|", "11"),
        ("Page end|Page start", "7|7", "7"),
        ("Start Page|End Page|Article Number", "||e17", "e17"),
        ("Pages|Page start|Page end", "11–20|11|20", "11–20"),
    ],
)
def test_pages_may_stand_apart(header: str, row: str, pages: str) -> None:
    typed = table(f"title|date|{header}", f"A|2020|{row}")
    [record] = read_records(typed, Publication, SITE).records
    assert record.pages == pages


def test_a_paper_without_venue_is_published_by_its_publisher_or_on_arxiv() -> None:
    header = "title|date|authors|publisher|arxiv"
    rows = ("A|2020|R. Lu|Springer|2001.00001", "B|2020|R. Lu||2001.00002", "C|2020|R. Lu||")
    records = read_records(table(header, *rows), Publication, SITE).records
    pages = [record.page(SITE).front for record in records]
    assert [page.get("venue") for page in pages] == ["Springer", "arXiv", None]
    assert pages[0]["citation"] == "Lu, R. (2020). &quot;A.&quot; <i>Springer</i>."
    [preprint] = records[1].assets(SITE)
    assert preprint.text.startswith("@misc{")
    assert "eprint = {2001.00002}" in preprint.text
    assert records[2].assets(SITE) == ()


def test_text_in_a_column_that_only_its_title_calls_a_url_is_said() -> None:
    reading = read_records(
        table("title|date|hotel_url", "A|2024|It was a small hotel", "B|2023|example.org/b"),
        Talk,
        SITE,
    )
    assert [record.links for record in reading.records] == [
        {},
        {"Hotel": ("https://example.org/b",)},
    ]
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:2: hotel_url: 'It was a small hotel' is no URL; the page does not show it"
    ]


def test_papers_without_a_venue_are_said_once_of_a_sheet() -> None:
    header = "date|title|venue|publisher|arxiv|published"
    shown = ("2020|A|V|||", "2020|B||P||", "2020|C|||2404.02015|", "2020|D||||no")
    assert read_records(table(header, *shown), Publication, SITE).notices == ()
    bare = [f"202{number}|E{number}||||" for number in range(6)]
    said_of = [
        [str(notice) for notice in read_records(table(header, *rows), Publication, SITE).notices]
        for rows in (["2020|A|V|||", *bare[1:2]], bare[:5], bare)
    ]
    words = "the theme shows “Published in , 202{}”; fill `venue`"
    assert said_of == [
        [f"data/sheet.csv: 1 row has no venue (3): {words.format(1)}"],
        [f"data/sheet.csv: 5 rows have no venue (2, 3, 4, 5, 6): {words.format(0)}"],
        [f"data/sheet.csv: 6 rows have no venue (2, 3, 4, 5, 6, …): {words.format(0)}"],
    ]


def test_dates_that_only_their_column_makes_plain_are_read_with_a_word() -> None:
    dates = ("11/1/2016", "8/1/2016", "5/1/2016", "Dec-13", "Jun-14", "Oct-14", "14-Sep")
    reading = read_records(table("title|date", *(f"A talk|{date}" for date in dates)), Talk, SITE)
    assert [talk.date.iso for talk in reading.records] == [
        "2016-11-01",
        "2016-08-01",
        "2016-05-01",
        "2013-12",
        "2014-06",
        "2014-10",
        "2014-09",
    ]
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:1: date: the dates are read month first, as first days of months;"
        " set `date_order` to MDY under `mdgen:` in _config.yml to be sure",
        "data/sheet.csv:8: date: '14-Sep' is taken for Sep-14, a month as the others; write it so",
    ]


def test_the_semesters_of_a_course_are_no_months() -> None:
    reading = read_records(table("title|date", "A|2020.1", "B|2020.2", "C|2021"), Course, SITE)
    shown = [(course.date.iso, course.date.shown) for course in reading.records]
    assert shown == [("2020-01", "2020.1"), ("2020-07", "2020.2"), ("2021", "2021")]
    assert [str(notice) for notice in reading.notices] == [
        "data/sheet.csv:1: date: 1 and 2 behind a year are read as its semesters;"
        " write 2020-02 for a month"
    ]
    months = read_records(table("title|date", "A|2020.1", "B|2020.2", "C|2020.11"), Course, SITE)
    assert [course.date.iso for course in months.records] == ["2020-01", "2020-02", "2020-11"]
    assert months.notices == ()


def test_a_date_that_is_open_is_told_in_the_words_of_the_kind() -> None:
    assert said(read_records(table("title|date", "A|TBD"), Talk, SITE)) == [
        "data/sheet.csv:2: date: 'TBD' is no date; give the month or the year that is known"
    ]


def test_what_is_said_comes_in_the_order_of_the_rows() -> None:
    sheet = table("title|date|url_slug|venue", "A|2024|a/b|V", "B|2024|b c|V", "C|soon|c|V")
    reading = read_records(sheet, Talk, SITE)
    assert [notice.place.row for notice in reading.notices] == [2, 3]
    sheet = table("slides_url|title|date|url_slug", "http://x|A|2024|a/b", "http://y|B|2024|b c")
    sheet = replace(sheet, notices=(Problem(sheet.place(sheet.rows[1]), "is so"),))
    assert [n.place.row for n in read_records(sheet, Talk, SITE).notices] == [2, 3, 3]
