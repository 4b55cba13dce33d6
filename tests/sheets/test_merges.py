"""Merged cells: what a person sees in every row of them."""

from __future__ import annotations

import struct

import pytest

from mdgen.problems import SheetError
from mdgen.sheets.biff import check_records
from mdgen.sheets.limits import MAX_MERGED, MAX_UNPACKED
from mdgen.sheets.merges import filled_down, linked_down
from tests.sheets.makers import (
    Cell,
    archive,
    biff,
    biff_cell,
    ole,
    worksheet,
    xls_records,
    xlsx_parts,
)
from tests.sheets.reading import numbered, refusal, table

ROWS: list[list[Cell]] = [
    ["title", "venue", "date"],
    ["Fables", "Fabulae", "2020"],
    ["Fabliaux", None, "2021"],
    ["Sagas", "Edda", "2022"],
]


def merged(rows: list[list[Cell]], *ranges: str, extra: str = "") -> bytes:
    """Return a workbook in which these ranges are merged."""
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    xml = worksheet(rows, extra=f"<mergeCells>{cells}</mergeCells>{extra}")
    return archive(xlsx_parts({"Papers": xml}))


def test_every_row_of_a_merged_range_has_its_value() -> None:
    assert numbered(merged(ROWS, "B2:B3")) == {
        2: ("Fables", "Fabulae", "2020"),
        3: ("Fabliaux", "Fabulae", "2021"),
        4: ("Sagas", "Edda", "2022"),
    }


def test_an_xls_tells_its_ranges_too() -> None:
    cells = b"".join(
        biff_cell(row, column, cell)
        for row, line in enumerate(ROWS)
        for column, cell in enumerate(line)
        if cell is not None
    )
    ranges = biff(0x00E5, struct.pack("<5H", 1, 1, 2, 1, 1))
    data = ole("Workbook", xls_records({"Papers": cells + ranges}))
    assert numbered(data)[3] == ("Fabliaux", "Fabulae", "2021")


def test_a_table_that_starts_further_in_is_filled_at_the_same_cells() -> None:
    rows: list[list[Cell]] = [[], *[[None, *row] for row in ROWS]]
    assert numbered(merged(rows, "C3:C4"))[4] == ("Fabliaux", "Fabulae", "2021")


def test_of_a_range_across_columns_the_first_column_is_filled() -> None:
    rows: list[list[Cell]] = [
        ["title", "venue", "date"],
        ["Fables", "Fabulae", None],
        ["Sagas"],
        ["Eddas", "Norse", None],
    ]
    assert numbered(merged(rows, "B2:C3", "B4:C4")) == {
        2: ("Fables", "Fabulae", ""),
        3: ("Sagas", "Fabulae", ""),
        4: ("Eddas", "Norse", ""),
    }


def test_what_lies_hidden_under_a_range_is_not_what_a_person_sees() -> None:
    rows: list[list[Cell]] = [["title", "venue"], ["Fables", "Fabulae"], ["Sagas", "old"]]
    assert numbered(merged(rows, "B2:B3"))[3] == ("Sagas", "Fabulae")


def test_an_item_merged_as_a_whole_is_one_item() -> None:
    rows: list[list[Cell]] = [["title", "venue"], ["Fables", "Fabulae"], [], ["Sagas", "Edda"]]
    assert numbered(merged(rows, "A2:A3", "B2:B3")) == {
        2: ("Fables", "Fabulae"),
        4: ("Sagas", "Edda"),
    }


@pytest.mark.parametrize("reference", ["B1:B3", "A1:C1", "F2:F3", "B9:B12", "B3:B2"])
def test_ranges_that_hold_no_value_for_a_row_fill_nothing(reference: str) -> None:
    assert numbered(merged(ROWS, reference))[3] == ("Fabliaux", "", "2021")


def test_a_range_may_reach_below_the_table() -> None:
    rows: list[list[Cell]] = [["title", "venue"], ["Fables", "Fabulae"], ["Sagas"]]
    assert numbered(merged(rows, "B2:B40")) == {2: ("Fables", "Fabulae"), 3: ("Sagas", "Fabulae")}


def test_the_link_of_a_range_goes_with_its_text() -> None:
    rows: list[list[Cell]] = [
        ["title", "url"],
        ["Fables", '<c r="B2" t="str"><f>HYPERLINK("https://example.org")</f><v>here</v></c>'],
        ["Sagas"],
    ]
    found = table(merged(rows, "A3:A4", "B2:B3"))
    assert found.links == {(2, 1): "https://example.org", (3, 1): "https://example.org"}
    assert linked_down({}, [((1, 1), (9, 1))]) == {}


def test_a_worksheet_of_nothing_but_ranges_is_refused() -> None:
    message = f"merges cells in more than {MAX_MERGED:,} places; take the merging back"
    assert message in refusal(merged(ROWS, *["B2:B3"] * (MAX_MERGED + 1)))
    ranges = biff(0x00E5, struct.pack("<H", 8000) + struct.pack("<4H", 1, 2, 1, 1) * 8000)
    with pytest.raises(SheetError, match=message):
        check_records("sheet", xls_records({"Papers": biff_cell(0, 0, "title") + ranges * 13}))


def test_ranges_one_upon_the_other_are_no_workbook() -> None:
    assert "damaged" in refusal(merged(ROWS, *["B2:B4"] * 9))


def test_a_long_text_is_not_pulled_over_a_whole_worksheet() -> None:
    rows: list[list[Cell]] = [["title", "venue"], ["Fables", "x" * 900_000]]
    rows += [["Sagas"] for _ in range(300)]
    assert f"holds more than {MAX_UNPACKED // 2**20} MB" in refusal(merged(rows, "B2:B302"))


def test_an_empty_worksheet_stays_empty() -> None:
    assert filled_down("sheet", [], (0, 0), [((1, 0), (2, 0))]) == []
