from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mdgen.bibsheet import bibtex_table
from mdgen.bibtex import entry_from
from mdgen.importers.bibtex import read_bibtex, read_bibtex_text
from mdgen.names import parse_authors
from mdgen.names.author import Author
from mdgen.work import Work

ENTRY = "@article{key, title = {Über}, author = {Gödel, Kurt}, year = 1931, journal = {J}}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_gives_the_same_row(encoding: str) -> None:
    [item] = read_bibtex(ENTRY.encode(encoding), "refs.bib").items
    assert item.values["title"] == "Über"
    assert item.values["authors"] == "Gödel, Kurt"
    assert item.key == "key"


def test_a_guessed_encoding_is_said() -> None:
    [note] = read_bibtex(ENTRY.encode("latin-1"), "refs.bib").notes
    assert str(note) == "refs.bib: read as cp1252; save it as UTF-8 to be sure"


def test_a_file_of_another_format_is_said() -> None:
    [problem] = read_bibtex(b'[{"title": "A"}]', "refs.json").problems
    assert str(problem) == "refs.json: has no entry: none of its lines begins '@article{'"
    assert read_bibtex(b"\n", "refs.bib").problems == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_does(newline: str) -> None:
    text = newline.join(["", "", "@article{a, title = {A}, year = 1}", "@article{b,", "title = {B"])
    imported = read_bibtex_text(text, "refs.bib")
    assert [item.place.row for item in imported.items] == [3]
    assert [problem.place.row for problem in imported.problems] == [4]


def test_the_site_says_which_categories_there_are() -> None:
    text = (
        "@phdthesis{a, title={A}, year=2001}\n@article{b, title={B}, year=2001}"
        "@misc{c, title={C}, year=2001, eprint={2101.00001}}"
    )
    items = read_bibtex_text(text, "refs.bib", ("thesis", "preprints", "journal")).items
    assert [item.values.get("category") for item in items] == ["thesis", "journal", "preprints"]
    items = read_bibtex_text(text, "refs.bib", ("elsewhere",)).items
    assert [item.values.get("category") for item in items] == [None, None, None]


@pytest.mark.parametrize(
    "typed",
    [
        r"Lovelace, A., Babbage, C., {\'E}cole, J.",
        r"Lovelace, A., Babbage, C. and {\'E}cole, J.",
        r"Lovelace, A.; Babbage, C.; {\'E}cole, J.",
    ],
)
def test_a_list_of_names_that_is_no_bibtex_is_left_to_the_reader_of_the_cell(typed: str) -> None:
    [item] = read_bibtex_text(f"@misc{{a, title={{T}}, author={{{typed}}}, year=2001}}", "").items
    assert [author.family for author in parse_authors(item.values["authors"])] == [
        "Lovelace",
        "Babbage",
        "École",
    ]


def test_an_entry_without_a_key_is_named_by_its_place() -> None:
    imported = read_bibtex_text("@article{, author={A}}\n@misc{, title={B}}", "refs.bib")
    assert list(map(str, imported.problems)) == ["refs.bib:1: this entry has no title; give it one"]
    assert list(map(str, imported.notes)) == [
        "refs.bib:2: its BibTeX is not kept: '@misc{, title={B}}', line 1 of the BibTeX:"
        " the entry has no key; write @misc{key, …}",
        "refs.bib:2: this entry has no year; give one in pub_date",
    ]


def test_an_entry_is_kept_with_braces_behind_backslashes_where_they_are_in_pairs() -> None:
    text = r"@misc{a, title={A \{x\}}, year=2001} @misc{b, title={B}, note={\}}, year=2001}"
    assert ["bibtex" in item.values for item in read_bibtex_text(text, "").items][:1] == [True]


def test_in_a_bib_file_that_is_a_sheet_a_preprint_and_its_publication_are_one_row() -> None:
    data = b"""
@misc{pre, title={Fox}, author={Fuchs, R.}, year=2023, eprint={2310.15991}}
@article{pub, title={Fox}, author={Fuchs, R.}, year=2024, journal={Fables}, doi={10.1000/1}}
@article{one, title={Editorial}, year=2020, journal={J}, doi={10.1000/2}}
@article{two, title={Editorial}, year=2020, journal={J}, doi={10.1000/3}}
@article{, title={Editorial}, year=2021, journal={J}, doi={10.1000/4}}
"""
    table = bibtex_table(data, "refs.bib")
    shown = [table.header.index(name) for name in ("pub_date", "title", "arxiv", "url_slug")]
    assert [(row.number, *(row.cells[at] for at in shown)) for row in table.rows] == [
        (2, "2024", "Fox", "2310.15991", ""),
        (4, "2020", "Editorial", "", "one"),
        (5, "2020", "Editorial", "", "two"),
        (6, "2021", "Editorial", "", ""),
    ]


def test_a_bib_file_is_a_sheet_too() -> None:
    data = b"@article{a, title={A}, year=2001}\n\n@misc{b, title={B}}\n@misc{c"
    table = bibtex_table(data, "refs.bib")
    assert table.header == ("pub_date", "title", "category", "bibtex")
    assert [(row.number, row.cells[:3]) for row in table.rows] == [
        (1, ("2001", "A", "manuscripts")),
        (3, ("", "B", "manuscripts")),
    ]
    assert str(table.place(table.rows[1], 0)) == "refs.bib:3: pub_date"
    assert [problem.place.row for problem in table.problems] == [4]
    assert list(map(str, table.notices)) == ["refs.bib:3: 'b' has no year; give one in pub_date"]


def test_nothing_gives_nothing() -> None:
    assert read_bibtex_text("", "refs.bib").items == ()


def test_an_entry_that_is_its_own_parent_is_read_once() -> None:
    [item] = read_bibtex_text("@book{a, title={A}, year=2000, crossref={A, }}", "x").items
    assert item.values["title"] == "A"


def test_unbalanced_quotes_and_braces_keep_their_text() -> None:
    text = '@article{a, title = {A \\{ b}, journal = "J {"} K", year = 2000, note = {{}}}'
    [item] = read_bibtex_text(text, "x").items
    assert item.values["title"] == "A { b"
    assert item.values["venue"] == 'J " K'
    assert "note" not in item.values


@pytest.mark.parametrize("value", ["{A} # ", '"A" # ', "A", "{A} #\n"])
def test_a_join_with_nothing_is_what_there_is(value: str) -> None:
    [item] = read_bibtex_text(f"@article{{a, journal = , title = {value}, year = 2000}}", "x").items
    assert item.values["title"] == "A"


def test_a_brace_that_nothing_closes_ends_with_the_quotes() -> None:
    [item] = read_bibtex_text('@article{a, title = "A {", year = 2000}', "x").items
    assert item.values["title"] == "A"


@given(st.text(alphabet=st.sampled_from('@article{},="#%\\ \nab1()'), max_size=120))
def test_no_text_is_an_error(text: str) -> None:
    imported = read_bibtex_text(f"@article{{a, title = {{A}}}}\n{text}", "refs.bib")
    assert imported.items or imported.problems


LETTERS = st.characters(categories=["L", "Nd"], max_codepoint=0x17F)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join)
NAME = st.text(
    st.characters(categories=["Lu"], max_codepoint=0x17F), min_size=1, max_size=1
).flatmap(
    lambda first: st.text(
        st.characters(categories=["Ll"], max_codepoint=0x17F), min_size=2, max_size=7
    ).map(lambda rest: first + rest)
)
PEOPLE = st.lists(
    st.builds(Author, given=NAME, family=NAME) | st.builds(Author, literal=NAME), max_size=4
).map(tuple)
# TeX sets ` and ' as the quotation marks that they stand for.
PLAIN = st.text(
    st.characters(categories=["L", "Nd", "P", "S"], max_codepoint=0x2FF, exclude_characters="`'"),
    max_size=12,
)


@given(
    st.builds(
        Work,
        title=WORDS,
        year=st.integers(1583, 2099),
        month=st.none() | st.integers(1, 12),
        authors=PEOPLE,
        category=st.sampled_from(["manuscripts", "conferences"]),
        venue=WORDS,
        volume=st.integers(1, 999).map(str),
        issue=st.integers(1, 99).map(str),
        pages=st.just("12–34"),
        publisher=PLAIN.map(str.strip),
        doi=st.from_regex(r"10\.\d{4}/[a-z0-9]{1,8}", fullmatch=True),
        arxiv=st.from_regex(r"[0-9]{4}\.[0-9]{5}", fullmatch=True),
    )
)
def test_a_row_written_to_bibtex_and_imported_is_the_same_row(work: Work) -> None:
    assume(not work.venue.lower().startswith(("arxiv", "corr")))
    [item] = read_bibtex_text(entry_from(work), "refs.bib").items
    cells = item.values
    assert cells["title"] == work.title
    assert cells["venue"] == work.venue
    month = f"-{work.month:02d}" if work.month else ""
    assert cells["pub_date"] == f"{work.year}{month}"
    names = [author.plain for author in parse_authors(cells.get("authors", ""))]
    assert names == [author.plain for author in work.authors]
    for name in ("category", "volume", "issue", "pages", "doi", "arxiv"):
        assert cells[name] == getattr(work, name)
    assert re.sub(r"\s", "", cells.get("publisher", "")) == re.sub(r"\s", "", work.publisher)
    assert cells["bibtex"] == entry_from(work)
