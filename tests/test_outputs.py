"""Pages and files of many records: each name once."""

from __future__ import annotations

from pathlib import Path

from mdgen.cells.dates import PartialDate
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.names import parse_authors
from mdgen.outputs import outputs_of
from mdgen.problems import Place
from mdgen.settings import Site

SITE = Site(root=Path())


def talk(row: int, slug: str, permalink: str = "") -> Talk:
    return Talk(
        title="T",
        date=PartialDate(2024),
        url_slug=slug,
        permalink=permalink,
        place=Place("t.csv", row),
    )


def test_each_record_gives_its_page_and_its_files_in_order() -> None:
    paper = Publication(
        title="P",
        pub_date=PartialDate(2024),
        venue="J",
        authors=parse_authors("Ada Lovelace"),
        url_slug="p",
    )
    outputs, problems = outputs_of([paper, talk(3, "a")], SITE)
    assert [output.path for output in outputs] == [
        "_publications/2024-01-01-p.md",
        "files/bibtex/2024-01-01-p.bib",
        "_talks/2024-01-01-a.md",
    ]
    assert problems == []


def test_two_rows_with_one_page_name_are_a_problem_that_names_both() -> None:
    outputs, problems = outputs_of([talk(2, "a"), talk(3, "b"), talk(4, "A"), talk(5, "a")], SITE)
    assert [output.path for output in outputs] == ["_talks/2024-01-01-b.md"]
    assert [str(problem) for problem in problems] == [
        "t.csv:2: the page _talks/2024-01-01-a.md is also that of rows 4, 5;"
        " give one of them another `url_slug`",
        "t.csv:4: the page _talks/2024-01-01-A.md is also that of rows 2, 5;"
        " give one of them another `url_slug`",
        "t.csv:5: the page _talks/2024-01-01-a.md is also that of rows 2, 4;"
        " give one of them another `url_slug`",
    ]


def test_two_rows_with_one_address_are_a_problem() -> None:
    outputs, problems = outputs_of([talk(2, "a"), talk(3, "b", "/talks/2024-01-01-a")], SITE)
    assert outputs == []
    assert [str(problem) for problem in problems] == [
        "t.csv:2: the address /talks/2024-01-01-a is also that of row 3;"
        " give one of them another `permalink`",
        "t.csv:3: the address /talks/2024-01-01-a is also that of row 2;"
        " give one of them another `permalink`",
    ]


def test_what_no_page_can_show_is_a_problem_of_its_row() -> None:
    bad = Talk(title="A\x07", date=PartialDate(2024), place=Place("t.csv", 7))
    outputs, problems = outputs_of([bad], SITE)
    assert outputs == []
    assert [str(problem)[:9] for problem in problems] == ["t.csv:7: "]


def test_only_papers_are_known_again_in_another_sheet() -> None:
    assert talk(2, "a").identities == ()
