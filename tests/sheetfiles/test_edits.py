"""From a file to import to the sheet's own bytes, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdgen.importers.bibtex import read_bibtex_text
from mdgen.merging import merge
from mdgen.sheetfiles import Edits, edits_of, rewritten, sheet_rows
from mdgen.sheets import Row, Table, read_table
from tests.sheetfiles.books import book, cell

if TYPE_CHECKING:
    from collections.abc import Sequence

BIBLIOGRAPHY = r"""
@inproceedings{fox, title = {The {Fox}}, author = {G{\"o}del, Kurt and others}, year = 2024,
  booktitle = {Proc. of "X", Y}, doi = {10.1000/1}}
@article{new, title = {New; or Not}, author = {Ng, A},
  year = 2023, journal = {J}}
"""
OWN_NAMES = {"Title": "title", "Year": "pub_date", "Journal": "venue", "Where": "venue"}


def read(data: bytes) -> Table:
    def recognize(titles: Sequence[str]) -> int:
        return sum(title in OWN_NAMES or title == "title" for title in titles)

    return read_table("sheet", data, recognize=recognize)


def names_of(table: Table) -> list[str]:
    return [OWN_NAMES.get(title, title) for title in table.header]


def imported(data: bytes) -> tuple[bytes, bool]:
    """Return the sheet with the bibliography in it, and whether that changes anything."""
    table = read(data)
    names = names_of(table)
    items = read_bibtex_text(BIBLIOGRAPHY, "refs.bib").items
    merged = merge(names, sheet_rows(table, names), items)
    return rewritten(data, table, edits_of(merged, table, names)), merged.changes


@pytest.mark.parametrize(
    "data",
    [
        b"Title,Year,Journal\r\nthe fox,,\r\n",
        b'"Title"\t"Where"\n"The Fox"\t""\n',
        "Title;Journal\nThe Fox;\nÉtude;\n".encode("cp1252"),
        "\ufeffTitle,Year\nThe Fox,2024".encode("utf-16"),
        b"Title\n",
        book(f'<row r="1">{cell("A1", "Title")}{cell("B1", "Year")}</row><row r="2">{cell("A2", "The fox")}</row>'),
    ],
    ids=["csv", "tsv", "cp1252", "utf-16", "header", "xlsx"],
)  # fmt: skip
def test_a_second_import_changes_nothing(data: bytes) -> None:
    after, changed = imported(data)
    assert changed
    titles = [row.cells[0] for row in read(after).rows]
    assert len(titles) == len(set(titles))
    assert "New; or Not" in titles
    assert imported(after) == (after, False)


def test_the_sheet_after_an_import() -> None:
    after, _ = imported(b"Title,Journal,Year\nThe fox,,\n")
    assert after.decode() == (
        "Title,Journal,Year,authors,category,doi,bibtex\n"
        'The fox,"Proc. of ""X"", Y",2024,"Gödel, Kurt; et al.",conferences,10.1000/1,'
        '"@inproceedings{fox, title = {The {Fox}}, author = {G{\\""o}del, Kurt and others}, '
        'year = 2024,\n  booktitle = {Proc. of ""X"", Y}, doi = {10.1000/1}}"\n'
        'New; or Not,J,2023,"Ng, A",manuscripts,,'
        '"@article{new, title = {New; or Not}, author = {Ng, A},\n  year = 2023, journal = {J}}"\n'
    )


def table_of(
    header: tuple[str, ...], *rows: tuple[str, ...], links: dict[tuple[int, int], str]
) -> Table:
    letters = tuple("ABCDEF"[: len(header)])
    return Table(
        "s", "", header, letters, tuple(Row(at, row) for at, row in enumerate(rows, 2)), links
    )


def test_of_two_columns_for_one_the_first_filled_counts() -> None:
    table = table_of(
        ("venue", "Journal", ""), ("", "J", "x"), ("K", "L", ""), ("", "", ""), links={}
    )
    names = ["venue", "venue", ""]
    assert sheet_rows(table, names) == [{"venue": "J"}, {"venue": "K"}, {}]
    items = read_bibtex_text(BIBLIOGRAPHY, "refs.bib").items
    merged = merge(names, [{"venue": "J", "title": "The Fox"}], items[:1], update=("venue",))
    cells = edits_of(merged, table, names).cells
    assert cells[2, 1] == 'Proc. of "X", Y'


def test_a_cell_that_shows_the_words_of_a_link_counts_as_the_link() -> None:
    links = {(2, 0): "https://doi.org/10.1000/1", (2, 1): "https://x.org", (3, 0): "https://y.org"}
    table = table_of(("paper_url", "title"), ("PDF", "A"), ("http://z.org", "B"), links=links)
    assert sheet_rows(table, ["paper_url", "title"]) == [
        {"paper_url": "https://doi.org/10.1000/1", "title": "A"},
        {"paper_url": "http://z.org", "title": "B"},
    ]


def test_edits_that_are_none() -> None:
    assert not Edits(columns=("doi",))
    assert Edits(rows=(("A",),))
