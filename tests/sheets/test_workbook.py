"""Workbooks: what the person sees in each cell, and where."""

from __future__ import annotations

import datetime as dt

import pytest

from mdgen.problems import Place, SheetError
from mdgen.sheets import Row, Table, read_table
from mdgen.sheets.workbook import reading
from tests.sheets.makers import (
    STRICT,
    TRANSITIONAL,
    Cell,
    archive,
    ods,
    ods_cell,
    ods_row,
    worksheet,
    xls,
    xlsx,
    xlsx_parts,
)
from tests.sheets.reading import cells, notices, numbered, recognize, refusal, table

ROWS: list[list[Cell]] = [["title", "date"], ["WhiteFox", "2024"], [None], ["MuxServe", "7"]]


@pytest.mark.parametrize(
    "data",
    [
        xlsx({"Talks": ROWS}),
        xlsx({"Talks": ROWS}, ns=STRICT),
        xls({"Talks": ROWS}),
        ods({"Talks": "".join(ods_row(*row) for row in ROWS)}),
    ],
    ids=["xlsx", "strict xlsx", "xls", "ods"],
)
def test_a_workbook_becomes_a_table(data: bytes) -> None:
    assert table(data) == Table(
        source="sheet",
        worksheet="Talks",
        header=("title", "date"),
        letters=("A", "B"),
        rows=(Row(2, ("WhiteFox", "2024")), Row(4, ("MuxServe", "7"))),
        links={},
        notices=(),
        problems=(),
        header_number=1,
    )


def test_places_name_worksheet_and_cell() -> None:
    found = table(xlsx({"Talks": [[None], [None, "title", "date"], [None, "A", "soon"]]}))
    [row] = found.rows
    assert found.place(row, 1) == Place("sheet", 3, "date", "Talks", "C")
    assert found.place(row) == Place("sheet", 3, worksheet="Talks")
    assert found.place(column=0) == Place("sheet", 2, "title", "Talks", "B")
    assert found.place() == Place("sheet", worksheet="Talks")


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (7, "7"),
        (7.0, "7"),
        (-3, "-3"),
        (0.1 + 0.2, "0.3"),
        (1.5, "1.5"),
        (9780262033848, "9780262033848"),
        (1e20, "1E+20"),
        (1e-7, "1E-07"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2024, 5, 31), "2024-05-31"),
        (dt.datetime(2024, 5, 31, 14, 30), "2024-05-31 14:30"),  # noqa: DTZ001 - as in Excel
        (" two\nlines ", "two\nlines"),
        ('<c r="B2" t="str"><f>1+1</f><v>as saved</v></c>', "as saved"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="d"><v>2024-05-31</v></c>', "2024-05-31"),
        ('<c r="B2" s="1"><v>0.5</v></c>', "12:00"),
        ('<c r="B2" s="1"><v>45443.000011574</v></c>', "2024-05-31 00:00:01"),
    ],
)
def test_a_cell_is_what_the_person_sees(cell: str | float | bool | dt.date, seen: str) -> None:  # noqa: FBT001 - a cell
    assert cells(xlsx({"Talks": [["title", "date"], ["A", cell]]}))[1] == ("A", seen)


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    sheets = {"Talks": worksheet([["title", "date"], ["A", '<c r="B2" s="1"><v>1</v></c>']])}
    data = archive(xlsx_parts(sheets, settings='<workbookPr date1904="1"/>'))
    assert cells(data)[1] == ("A", "1904-01-02")


def test_numbers_and_dates_of_the_other_formats() -> None:
    old = xls({"Talks": [["title", "date"], ["A", 7], ["B", 0.30000000000000004], ["C", True]]})
    assert cells(old)[1:] == [("A", "7"), ("B", "0.3"), ("C", "TRUE")]
    free = ods({"T": ods_row("title", "date") + ods_row(7.5, dt.date(2024, 5, 31))})
    assert cells(free)[1:] == [("7.5", "2024-05-31")]


def test_rows_and_cells_that_are_written_once_for_many_count_as_many() -> None:
    row = f"<table:table-row>{ods_cell('A', repeated=2)}{ods_cell(None, repeated=900)}"
    rows = ods_row("title", "date") + ods_row(None, repeated=3) + row + "</table:table-row>"
    assert numbered(ods({"T": rows + ods_row(None, repeated=1_048_000)})) == {5: ("A", "A")}


def test_the_first_worksheet_whose_header_makes_sense_is_taken() -> None:
    data = xlsx(
        {
            "Notes": [["buy milk"]],
            "Hidden": [["title", "date"], ["H", "1"]],
            "Talks": [["title", "date"], ["A", "2"]],
            "More": [["title", "date", "venue"], ["B", "3", "C"]],
        },
        hidden=["Hidden"],
    )
    assert cells(data) == [("title", "date"), ("A", "2")]
    assert notices(data) == [
        "sheet: worksheet 'Talks' taken of 'Notes', 'Talks', 'More'; --worksheet names another"
    ]


@pytest.mark.parametrize("kind", ["talks", "teaching", "publications"])
def test_of_several_worksheets_the_one_called_after_the_kind_goes_first(kind: str) -> None:
    rows = [["title", "date"], ["A", "2"]]
    book = xlsx({"Cover": [["My CV"]], "Teaching": rows, "My talks": rows, "PUBLICATIONS": rows})
    found = read_table("sheet", book, recognize=recognize, kind=kind)
    assert kind in found.worksheet.casefold()


def test_a_worksheet_that_is_only_called_after_the_kind_is_not_taken() -> None:
    book = xlsx({"Talks": [["buy milk"]], "Sheet1": [["title", "date"], ["A", "2"]]})
    assert read_table("sheet", book, recognize=recognize, kind="talks").worksheet == "Sheet1"


@pytest.mark.parametrize("name", ["Hidden", " hidden"])
def test_a_worksheet_may_be_named(name: str) -> None:
    data = xlsx({"Talks": ROWS, "Hidden": [["foo"], ["bar"]]}, hidden=["Hidden"])
    found = table(data, worksheet=name)
    assert (found.worksheet, found.header, found.notices) == ("Hidden", ("foo",), ())


def test_an_encoding_named_for_a_workbook_is_said_to_do_nothing() -> None:
    found = table(xlsx({"Talks": ROWS}), encoding="cp1252")
    assert [str(notice) for notice in found.notices] == [
        "sheet: a workbook knows its encoding: --encoding does nothing here"
    ]


def test_a_worksheet_that_is_not_there_is_refused() -> None:
    assert refusal(xlsx({"Talks": ROWS, "Notes": []}), worksheet="Papers") == (
        "sheet: has no worksheet 'Papers'; it has 'Talks', 'Notes'"
    )


def test_where_no_header_makes_sense_the_first_worksheet_with_content_is_taken() -> None:
    data = xlsx({"Empty": [], "Foo": [["a", "b"], ["1", "2"]], "Bar": [["c"]]})
    assert cells(data) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    "data",
    [xlsx({"Talks": []}), xlsx({"Talks": ROWS}, hidden=["Talks"]), xls({"Talks": []})],
    ids=["blank", "hidden", "xls"],
)
def test_a_workbook_without_content_is_refused(data: bytes) -> None:
    assert refusal(data) == ("sheet: is empty; its first row should hold the titles of the columns")


def test_a_blank_worksheet_that_is_asked_for_is_refused_by_name() -> None:
    assert refusal(xlsx({"Talks": ROWS, "Blank": []}), worksheet="Blank") == (
        "sheet[Blank]: is empty; its first row should hold the titles of the columns"
    )


def test_a_note_beside_the_table_has_no_title() -> None:
    assert cells(xlsx({"T": [["title", "date"], ["A", "1", None, "todo"]]})) == [
        ("title", "date", ""),
        ("A", "1", "todo"),
    ]


def test_a_failed_formula_leaves_an_empty_cell_and_a_notice() -> None:
    failed = '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    beside = '<c r="D2" t="e"><v>#REF!</v></c>'
    data = xlsx({"T": [["title", "date"], ["A", failed, None, beside]]})
    assert cells(data)[1] == ("A", "")
    assert notices(data) == [
        "sheet[T]!B2: date: '#DIV/0!' is what a failed formula left here; the cell counts as empty"
    ]


def _linked(links: str, relations: str, rows: list[list[str | None]]) -> bytes:
    extra = f"<hyperlinks>{links}</hyperlinks>"
    parts = xlsx_parts({"Talks": worksheet(rows, extra=extra)})
    relationships = f"<Relationships>{relations}</Relationships>"
    return archive(parts | {"xl/worksheets/_rels/sheet1.xml.rels": relationships})


def test_links_lead_from_their_cells() -> None:
    data = _linked(
        '<hyperlink ref="C2" r:id="rId1"/><hyperlink ref="C3:C4" r:id="rId2"/>'
        '<hyperlink ref="A1:XFD1048576" r:id="rId1"/><hyperlink ref="?" r:id="rId1"/>'
        '<hyperlink ref="A2" location="Sheet2!A1"/><hyperlink ref="Z9" r:id="rId1"/>',
        '<Relationship Id="rId1" Target="https://a.example/?x=1&amp;y=2" TargetMode="External"/>'
        '<Relationship Id="rId2" Target="mailto:a@b.example" TargetMode="External"/>',
        [["title", None, "url"], ["A", None, "PDF"], ["B", None, "mail"]],
    )
    assert table(data).links == {
        (2, 1): "https://a.example/?x=1&y=2",
        (3, 1): "mailto:a@b.example",
        (4, 1): "mailto:a@b.example",
    }


def test_links_by_formula_lead_from_their_cells_too() -> None:
    formula = (
        '<c r="B2" t="str"><f>HYPERLINK("https://a.example/?x=1&amp;y=2","PDF")</f><v>PDF</v></c>'
    )
    data = xlsx({"T": [["title", "url"], ["A", formula]]})
    assert cells(data)[1] == ("A", "PDF")
    assert table(data).links == {(2, 1): "https://a.example/?x=1&y=2"}


def test_prefixes_of_elements_do_not_matter() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{TRANSITIONAL[0]}"><x:sheetData>'
        '<x:row><x:c t="str"><x:v>title</x:v></x:c></x:row>'
        '<x:row><x:c t="str"><x:v>A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert cells(archive(xlsx_parts({"T": sheet}))) == [("title",), ("A",)]


def test_formats_of_empty_cells_to_the_end_of_the_worksheet_do_no_harm() -> None:
    far = ['<c r="XFD2" s="1"/>', '<c r="XFD1048576" s="1"></c>']
    assert cells(xlsx({"T": [["title"], ["A", *far]]})) == [("title",), ("A",)]


class PanicException(BaseException):
    """What comes of a panic in Rust."""


def test_a_panic_of_the_reader_is_a_damaged_workbook() -> None:
    with pytest.raises(SheetError), reading("sheet"):
        raise PanicException
    with pytest.raises(KeyboardInterrupt), reading("sheet"):
        raise KeyboardInterrupt


def test_an_older_workbook_may_be_long() -> None:
    rows: list[list[Cell]] = [["title", "date"]]
    rows += [["WhiteFox " * 9, number] for number in range(9_000)]
    found = table(xls_of_many_sectors(rows))
    assert (len(found.rows), found.rows[-1].cells[1]) == (9_000, "8999")


def xls_of_many_sectors(rows: list[list[Cell]]) -> bytes:
    """Return a file whose allocation table is longer than its header has room for."""
    from mdgen.sheets.compound import compound  # noqa: PLC0415 - the only writer of such files here
    from tests.sheets.makers import biff_cell, xls_records  # noqa: PLC0415 - beside it

    records = b"".join(
        biff_cell(row, column, cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    )
    return compound("Book", xls_records({"T": records * 5}))
