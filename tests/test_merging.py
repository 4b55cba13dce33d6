from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.importers import Item
from mdgen.importers.sameness import equivalent, same_work
from mdgen.merging import Difference, Filled, Merge, merge
from mdgen.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = ("title", "pub_date", "venue", "doi", "arxiv", "authors", "bibtex")
PLACE = Place("refs.bib", 7)


def item(**cells: str) -> Item:
    return Item(cells, PLACE)


def applied(rows: Sequence[Mapping[str, str]], merged: Merge) -> list[dict[str, str]]:
    after = [dict(row) for row in rows]
    for filled in merged.filled:
        after[filled.row][filled.column] = filled.new
    return [*after, *map(dict, merged.added)]


PREPRINT = item(
    title="The Fox", pub_date="2023", authors="Fuchs, R.", doi="10.1101/2023.01.02.123456",
    venue="bioRxiv",
)  # fmt: skip
PUBLISHED = item(
    title="The Fox!", pub_date="2024", authors="Fuchs, Reineke", doi="10.1000/1", venue="Fables"
)


@pytest.mark.parametrize("items", [[PREPRINT, PUBLISHED], [PUBLISHED, PREPRINT]])
def test_a_preprint_with_a_doi_of_its_own_is_one_row_with_what_was_published(
    items: list[Item],
) -> None:
    first = merge((), (), items)
    link = "https://doi.org/10.1101/2023.01.02.123456"
    assert [dict(row) for row in first.added] == [{**PUBLISHED.values, "preprint_url": link}]
    again = merge(first.columns, first.added, items)
    assert not again.changes
    assert not again.differences


def test_what_is_true_of_a_preprint_alone_is_not_said_of_what_was_published() -> None:
    preprint = item(
        title="The Fox", pub_date="2023", arxiv="2310.15991", venue="arXiv", keywords="foxes",
        status="prepublished", paper_url="http://arxiv.org/abs/2310.15991", pages="1–30",
    )  # fmt: skip
    published = item(title="The Fox", pub_date="2024", doi="10.1000/1", venue="Fables", volume="7")
    merged = merge(("title",), [published.values], [preprint, published])
    assert {cell.column: cell.new for cell in merged.filled} == {
        "arxiv": "2310.15991",
        "keywords": "foxes",
    }
    assert not merged.differences


@pytest.mark.parametrize(
    ("typed", "imported"),
    [
        ("The <i>Fox</i> &amp; CO<sub>2</sub>", "The *Fox* & CO₂"),
        ("The Fox &lt; the Bear", "The Fox < the Bear"),
    ],
)
def test_a_title_is_the_same_however_its_markup_is_written(typed: str, imported: str) -> None:
    row = {"title": typed, "pub_date": "2023"}
    merged = merge(("title", "pub_date"), [row], [item(title=imported, pub_date="2023")])
    assert not merged.changes
    assert not merged.differences


def test_what_was_published_of_a_preprint_in_the_sheet_is_a_difference_and_no_new_row() -> None:
    merged = merge(COLUMNS, [PREPRINT.values], [PUBLISHED, PREPRINT])
    assert not merged.changes
    assert [(each.column, each.new) for each in merged.differences] == [
        ("pub_date", "2024"),
        ("doi", "10.1000/1"),
        ("venue", "Fables"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Another"},
        {"authors": "Owl, A."},
        {"authors": ""},
        {"pub_date": "2029"},
        {"doi": "10.1101/2023.01.02.999999"},
    ],
)
def test_a_preprint_with_a_doi_of_its_own_is_not_any_other_work(other: dict[str, str]) -> None:
    values = {**PUBLISHED.values, **other}
    assert not same_work(PREPRINT.values, values)
    assert not same_work(values, PREPRINT.values)


def test_a_doi_that_only_begins_like_a_preprints_is_a_journals() -> None:
    journal = {**PUBLISHED.values, "doi": "10.1101/gr.123.1"}
    assert same_work(PREPRINT.values, journal)
    assert not same_work(PUBLISHED.values, journal)


def test_empty_cells_are_filled_and_filled_ones_stay() -> None:
    rows = [{"title": "A", "pub_date": " 2020 ", "venue": "Mine", "doi": " "}]
    new = item(title="a!", pub_date="2020-06", venue="Theirs", doi="10.1000/1", award="Gold")
    assert merge(COLUMNS, rows, [new]) == Merge(
        filled=(Filled(0, "doi", " ", "10.1000/1"), Filled(0, "award", "", "Gold")),
        columns=("award",),
        differences=(Difference(0, "venue", "Mine", "Theirs"),),
    )


def test_update_takes_the_new_value_of_a_column() -> None:
    rows = [{"title": "A", "pub_date": "2020", "venue": "Mine"}]
    new = [item(title="A", pub_date="2020-06", venue="Theirs")]
    merged = merge(COLUMNS, rows, new, update=("pub_date", "venue"))
    assert merged.filled == (
        Filled(0, "pub_date", "2020", "2020-06"),
        Filled(0, "venue", "Mine", "Theirs"),
    )
    assert merged.differences == ()
    assert not merge(COLUMNS, applied(rows, merged), new, update=("pub_date", "venue")).changes


def test_of_two_items_for_one_row_the_first_is_the_one_that_updates() -> None:
    rows = [{"title": "A", "doi": "10.1000/1", "venue": "Mine"}]
    items = [item(title="A", doi="10.1000/1", venue=venue) for venue in ("First", "Second")]
    merged = merge(COLUMNS, rows, items, update=("venue",))
    assert merged.filled == (Filled(0, "venue", "Mine", "First"),)
    assert not merge(COLUMNS, applied(rows, merged), items, update=("venue",)).changes


def test_new_rows_come_last_in_the_order_of_the_import() -> None:
    items = [
        item(title="Preprint", venue="arXiv"),
        item(title="Paper", venue="J", doi="10.1000/1"),
        item(title="Other", zebra="z", keywords="k"),
    ]
    merged = merge((), (), items)
    assert [row["title"] for row in merged.added] == ["Preprint", "Paper", "Other"]
    assert merged.columns == ("title", "venue", "doi", "keywords", "zebra")


def test_a_preprint_and_its_publication_become_one_row() -> None:
    preprint = item(
        title="The Fox", pub_date="2022", venue="arXiv", arxiv="2201.00001", authors="Lu, R."
    )
    paper = item(
        title="The fox.", pub_date="2024", venue="ICML", doi="10.1000/1", authors="Lu, Runyu"
    )
    other = item(title="The Fox", pub_date="2024", venue="Fables", authors="Aesop")
    merged = merge((), (), [preprint, other, paper])
    assert [dict(row) for row in merged.added] == [
        {**paper.values, "arxiv": "2201.00001"},
        dict(other.values),
    ]


def test_a_preprint_says_nothing_about_a_row_that_is_published() -> None:
    rows = [{"title": "The Fox", "pub_date": "2024", "venue": "ICML", "doi": "10.1000/1"}]
    preprint = item(title="The Fox", pub_date="2023", venue="arXiv", arxiv="2301.00001")
    merged = merge(COLUMNS, rows, [preprint], update=("venue",))
    assert merged.filled == (Filled(0, "arxiv", "", "2301.00001"),)
    assert merged.differences == ()


def test_what_could_be_several_rows_is_left_to_the_person() -> None:
    rows = [{"title": "Editorial", "doi": "10.1000/1"}, {"title": "Editorial", "doi": "10.1000/2"}]
    merged = merge(COLUMNS, rows, [item(title="Editorial", venue="J")])
    assert not merged.changes
    assert list(map(str, merged.problems)) == [
        "refs.bib:7: 'Editorial' could be any of 2 rows; give the right one its DOI"
    ]


def test_an_identifier_settles_which_of_several_rows_it_is() -> None:
    key = "@article{ed1, title={Editorial}}"
    rows = [{"title": "Editorial", "bibtex": key}, {"title": "Editorial"}]
    merged = merge(COLUMNS, rows, [item(title="Editorial", venue="J" * 80, bibtex=key)])
    assert merged.filled == (Filled(0, "venue", "", "J" * 80),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"doi": "10.1000/A"}, {"paper_url": "https://doi.org/10.1000/a"}, True),
        ({"doi": "10.1000/1"}, {"doi": "10.1000/2", "title": "A"}, False),
        ({"arxiv": "2301.00001v2"}, {"doi": "10.48550/arXiv.2301.00001"}, True),
        ({"arxiv": "2301.00001"}, {"paper_url": "https://arxiv.org/abs/2301.00002"}, False),
        ({"bibtex": "@a{k,}", "pub_date": "2020", "title": "Old", "authors": "Lu, R"},
         {"bibtex": "@b(K, x=1)", "pub_date": "2020", "title": "New", "authors": "R. Lu"}, True),
        ({"bibtex": "@a{k,}", "pub_date": "2020", "title": "Old", "authors": "Lu, R"},
         {"bibtex": "@a{k,}", "pub_date": "2021", "title": "New", "authors": "Lu, R"}, False),
        ({"bibtex": "@a{k,}", "pub_date": "2020", "title": "Old"},
         {"bibtex": "@a{k,}", "pub_date": "2020", "title": "New"}, False),
        ({"title": "Old", "pub_date": "2020"}, {"title": "New", "pub_date": "2020"}, False),
        ({"title": "Étude *A*", "pub_date": "5/6/2020"}, {"title": "etude a", "pub_date": "2020"}, True),
        ({"title": "A", "pub_date": ""}, {"title": "A", "pub_date": "2020"}, True),
        ({"title": "A", "pub_date": "2018", "venue": "J"}, {"title": "A", "pub_date": "2020", "venue": "K"}, False),
        ({"title": "A", "pub_date": "2018", "venue": "SSRN"}, {"title": "A", "pub_date": "2020", "venue": "K"}, True),
        ({"title": "A", "pub_date": "2017"}, {"title": "A", "pub_date": "2020", "venue": "K"}, False),
        ({"title": "A", "date": "2020-05-01"}, {"title": "A", "date": "May 1, 2020"}, True),
        ({"title": "A", "date": "2020-05-01"}, {"title": "A", "date": "2020-06-01"}, False),
        ({"title": "A"}, {"title": "A", "date": "2020-06-01"}, False),
        ({"title": "A", "start_date": "2020"}, {"title": "A", "start_date": "2020"}, True),
        ({"page_file": "x"}, {"page_file": "x", "title": "A"}, True),
        ({"page_file": "x", "title": "A"}, {"date": "2020", "url_slug": "y", "title": "A"}, False),
    ],
)  # fmt: skip
def test_which_rows_are_one_work(one: dict[str, str], other: dict[str, str], *, same: bool) -> None:
    assert same_work(one, other) is same
    assert same_work(other, one) is same


@pytest.mark.parametrize(
    ("column", "one", "other", "alike"),
    [
        ("venue", "J. of X", "j of x", True),
        ("venue", "—", "…", False),
        ("pub_date", "June 2020", "2020-06-15", True),
        ("pub_date", "3/4/2021", "2021-04-03", True),
        ("pub_date", "3/4/2021", "2020", False),
        ("pub_date", "soon", "2020", False),
        ("authors", "Ada Lovelace, Charles Babbage", "Lovelace, Ada; Babbage, Charles", True),
        ("authors", "Ada Lovelace", "Alan Turing", False),
        ("doi", "https://doi.org/10.1000/A", "10.1000/a", True),
        ("doi", "none", "n/a", False),
        ("arxiv", "arXiv:2301.00001v1", "2301.00001", True),
        ("arxiv", "x", "y", False),
        ("paper_url", "http://www.x.org/", "https://x.org", True),
        ("paper_url", "https://x.org/a", "https://x.org/b", False),
        ("category", "Journal Articles", "manuscripts", True),
        ("title", "A  B", "A B", True),
    ],
)
def test_which_cells_say_the_same(column: str, one: str, other: str, *, alike: bool) -> None:
    assert equivalent(column, one, other) is alike


def test_pages_are_known_by_their_file() -> None:
    rows = [{"title": "", "date": "1 May 2020", "url_slug": "x"}, {"title": "?!"}]
    merged = merge(
        ("date", "url_slug"), rows, [item(title="", page_file="2020-05-01-x", venue="V")]
    )
    assert merged.filled == (
        Filled(0, "page_file", "", "2020-05-01-x"),
        Filled(0, "venue", "", "V"),
    )


def few(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *texts))


ROWS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(("A", "a", "B")),
        "pub_date": few("2020", "2021-05", "2023"),
        "venue": few("arXiv", "J", "K"),
        "doi": few("10.1000/1", "10.1000/2", "https://doi.org/10.1000/1"),
        "arxiv": few("2301.00001", "2301.00002v1"),
        "authors": few("Lu, R", "Runyu Lu; Ada Ng", "Ng, A"),
        "bibtex": few("@a{k1, x=1}", "@a{k2, y=2}"),
    }
)
ITEMS = st.lists(ROWS.map(lambda row: item(**{name: text for name, text in row.items() if text})))


@given(st.lists(ROWS, max_size=4), ITEMS, few("venue", "pub_date", "doi", "title"))
def test_a_second_merge_changes_nothing(
    rows: list[dict[str, str]], items: list[Item], column: str
) -> None:
    first = merge(COLUMNS, rows, items, update=(column,))
    after = applied(rows, first)
    assert not merge(COLUMNS, after, items, update=(column,)).changes


@given(st.lists(ROWS, max_size=4), ITEMS)
def test_nothing_that_stands_in_the_sheet_is_lost(
    rows: list[dict[str, str]], items: list[Item]
) -> None:
    after = applied(rows, merge(COLUMNS, rows, items))
    for before, now in zip(rows, after, strict=False):
        assert {name: now[name] for name, text in before.items() if text} == {
            name: text for name, text in before.items() if text
        }
