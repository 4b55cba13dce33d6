"""A workbook with cells filled in: the worksheet changes, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as ExcelTable

from mdgen.problems import MdgenError
from mdgen.sheetfiles import Edits, rewritten
from mdgen.sheetfiles.worksheet import Worksheet
from tests.sheetfiles.books import MAIN, book, cell, package_of, parts_of, read

SHEET = "xl/worksheets/sheet1.xml"
HEADER = f'<row r="1">{cell("A1", "title")}{cell("B1", "venue")}</row>'
ROW = f'<row r="2">{cell("A2", "A")}</row>'


def rich_book() -> bytes:
    """Return a workbook with what people have in theirs."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Papers & co"
    sheet.append(["title", "date", "year", "venue", "cites"])
    sheet.append(["A", dt.date(2024, 1, 2), 2024, None, "=1+2"])
    sheet.append(["B", dt.date(2023, 1, 2), 2023, "J", None])
    sheet["A3"].font = Font(bold=True)
    sheet["A3"].hyperlink = "https://example.org"
    sheet.column_dimensions["A"].width = 40
    sheet.add_table(ExcelTable(displayName="Papers", ref="A1:E3"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart, "H1")
    other = workbook.create_sheet("Other")
    other["A1"] = "=SUM(B1:B2)"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def filled(data: bytes, edits: Edits) -> str:
    return parts_of(rewritten(data, read(data), edits))[SHEET].decode()


def test_cells_columns_and_rows_are_read_back() -> None:
    data = rich_book()
    edits = Edits(
        {(2, 3): "K & <L>", (3, 5): "10.1000/1"},
        ("doi",),
        (("C", "2022-03-04", "2022", "é\n_x0041_", "", ""), ("D", "2021", "in press", "", "", "x")),
    )
    table = read(rewritten(data, read(data), edits))
    assert table.header == ("title", "date", "year", "venue", "cites", "doi")
    assert [row.cells[:4] + row.cells[5:] for row in table.rows] == [
        ("A", "2024-01-02", "2024", "K & <L>", ""),
        ("B", "2023-01-02", "2023", "J", "10.1000/1"),
        ("C", "2022-03-04", "2022", "é\n_x0041_", ""),
        ("D", "2021", "in press", "", "x"),
    ]


def test_every_other_part_stays_and_new_rows_look_like_the_last() -> None:
    data = rich_book()
    after = rewritten(data, read(data), Edits(rows=(("C", "2022-03-04", "2022", "J", ""),)))
    old, new = parts_of(data), parts_of(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {SHEET, "xl/tables/table1.xml"}
    assert b'ref="A1:E4"' in new["xl/tables/table1.xml"]
    workbook = load_workbook(io.BytesIO(after))
    sheet = workbook["Papers & co"]
    assert sheet["A4"].font.bold
    assert sheet["B4"].value == dt.datetime(2022, 3, 4)  # noqa: DTZ001 - as Excel has it
    assert sheet["B4"].number_format == sheet["B3"].number_format
    assert sheet["C4"].value == 2022
    assert sheet["E2"].value == "=1+2"
    assert sheet.column_dimensions["A"].width == 40
    assert sheet.dimensions == "A1:E4"
    assert workbook["Other"]["A1"].value == "=SUM(B1:B2)"
    assert workbook.calculation.fullCalcOnLoad


def test_all_but_the_cells_of_the_worksheet_stays() -> None:
    data = rich_book()
    before = parts_of(data)[SHEET].decode()
    after = filled(data, Edits({(2, 3): "K"}))
    written = '<c r="D2" t="inlineStr"><is><t xml:space="preserve">K</t></is></c>'
    assert after.replace(written, "", 1) == before


def test_a_formula_is_never_written_over() -> None:
    data = rich_book()
    [first, _] = read(data).rows
    assert first.cells[4] in {"", "0"}
    assert rewritten(data, read(data), Edits({(2, 4): "7"})) != b""
    again = rewritten(data, read(data), Edits({(2, 4): "7"}))
    assert rewritten(again, read(again), Edits({(2, 4): "7"})) is again


def test_a_cell_keeps_its_style_and_others_take_their_columns() -> None:
    data = book(
        HEADER + f'<row r="2" spans="1:1">{cell("A2", "A")}<c r="B2" s="3"/></row>',
        before='<cols><col min="3" max="4" style="2"/><col min="5" max="5" width="9"/></cols>',
    )
    after = filled(data, Edits({(2, 1): "J", (2, 2): "x"}, ("doi",)))
    assert after.endswith(
        f'<row r="1">{cell("A1", "title")}{cell("B1", "venue")}'
        '<c r="C1" s="2" t="inlineStr"><is><t xml:space="preserve">doi</t></is></c></row>'
        f'<row r="2">{cell("A2", "A")}'
        '<c r="B2" s="3" t="inlineStr"><is><t xml:space="preserve">J</t></is></c>'
        '<c r="C2" s="2" t="inlineStr"><is><t xml:space="preserve">x</t></is></c></row>'
        "</sheetData></worksheet>"
    )


def test_cells_stand_in_the_order_of_their_columns() -> None:
    header = "".join(
        cell(f"{letter}1", name)
        for letter, name in zip("ABC", ("title", "venue", "doi"), strict=True)
    )
    data = book(f'<row r="1">{header}</row><row r="2">{cell("A2", "A")}{cell("C2", "x")}</row>')
    after = filled(data, Edits({(2, 1): "J"}))
    assert re.findall(r'<c r="(\w+)"', after) == ["A1", "B1", "C1", "A2", "B2", "C2"]


def test_rows_and_cells_without_numbers_and_rows_that_are_empty() -> None:
    data = book(
        f"<row><c t='inlineStr'><is><t>title</t></is></c><c t='inlineStr'><is><t>venue</t></is></c></row>"
        f'<row>{cell("A2", "A")}</row><row r="3" ht="20"/><row r="6"/>'
    )
    after = filled(data, Edits(rows=(("B", "J"), ("C", ""))))
    table = read(rewritten(data, read(data), Edits(rows=(("B", "J"), ("C", "")))))
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert '<row r="3" ht="20"><c r="A3"' in after
    assert re.findall(r'<row r="(\d)"', after) == ["3", "4", "6"]


def test_a_sheet_with_a_header_alone() -> None:
    table = read(rewritten(book(HEADER), read(book(HEADER)), Edits(rows=(("A", "2024"),))))
    assert [row.cells for row in table.rows] == [("A", "2024")]


def test_prefixes_of_strict_and_other_programs() -> None:
    parts = parts_of(book(HEADER + ROW))
    xml = parts[SHEET].decode().replace("</", "</x:").replace("<x:", "</x:")
    xml = re.sub(r"<(?=[a-zA-Z])", "<x:", parts[SHEET].decode())
    xml = re.sub(r"</(?=[a-zA-Z])", "</x:", xml).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    data = package_of({**parts, SHEET: xml})
    after = filled(data, Edits({(2, 1): "J"}, rows=(("B", "K"),)))
    assert after.count("<x:row") == after.count("</x:row>") == 3
    table = read(rewritten(data, read(data), Edits({(2, 1): "J"}, rows=(("B", "K"),))))
    assert [row.cells for row in table.rows] == [("A", "J"), ("B", "K")]


@pytest.mark.parametrize(
    ("style", "text", "value"),
    [
        ("1", "2024-02-28", "45350"),
        ("2", "2024-02-28", "45350"),
        ("2", "2024-02-30", None),
        ("1", "1899-01-01", None),
        ("1", "2024", None),
        ("3", "2024", "2024"),
        ("3", "007", None),
        ("", "2024-02-28", None),
    ],
)
def test_numbers_and_days_are_written_as_such_where_the_last_row_has_them(
    style: str, text: str, value: str | None
) -> None:
    styled = f' s="{style}"' if style else ""
    row = f'<row r="2">{cell("A2", "A")}<c r="B2"{styled}><v>7</v></c></row>'
    data = book(HEADER + row)
    after = filled(data, Edits(rows=(("B", text),)))
    assert (f'<c r="B3"{styled}><v>{value}</v></c>' in after) is (value is not None)
    assert (f">{text}</t>" in after) is (value is None)


def test_a_workbook_that_counts_from_1904_gets_dates_as_text() -> None:
    row = f'<row r="2">{cell("A2", "A")}<c r="B2" s="1"><v>7</v></c></row>'
    data = book(HEADER + row, workbook='<workbookPr date1904="1"/>')
    assert ">2024-02-28</t>" in filled(data, Edits(rows=(("B", "2024-02-28"),)))


def test_the_dimension_grows_with_the_cells() -> None:
    for reference, grown in (("A1", "A1:C3"), ("A1:D9", "A1:D9")):
        data = book(HEADER + ROW, before=f'<dimension ref="{reference}"/>')
        after = filled(data, Edits(columns=("doi",), rows=(("B", "", "x"),)))
        assert re.findall(r'<dimension ref="(.*?)"', after) == [grown]
    xml = b"<worksheet><dimension/><sheetData/></worksheet>"
    assert b"<dimension/>" in Worksheet(xml).with_texts({(1, 0): "A"}, {})


@pytest.mark.parametrize(
    ("workbook", "changed"),
    [
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ("<definedNames></definedNames><oleSize/>",
         '<definedNames></definedNames><calcPr fullCalcOnLoad="1"/><oleSize/>'),
        ("", '<calcPr fullCalcOnLoad="1"/>'),
    ],
)  # fmt: skip
def test_formulas_are_computed_anew_when_the_workbook_is_opened(
    workbook: str, changed: str
) -> None:
    row = f'<row r="2">{cell("A2", "A")}<c r="C2"><f>1+1</f><v>2</v></c></row>'
    data = book(HEADER + row, workbook=workbook)
    new = parts_of(rewritten(data, read(data), Edits({(2, 1): "J"})))
    assert new["xl/workbook.xml"].decode().endswith(f"</sheets>{changed}</workbook>")


@pytest.mark.parametrize(
    ("table", "reference"),
    [
        ('ref="A1:B2"', 'ref="A1:B3"'),
        ('ref="A1:B9"', 'ref="A1:B9"'),
        ('ref="A1:B2" totalsRowCount="1"', 'ref="A1:B2" totalsRowCount="1"'),
        ("", ""),
    ],
)
def test_a_table_of_excels_grows_when_it_ends_with_the_rows(table: str, reference: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="t" Type="{office}/table" Target="../tables/t.xml"/>'
    data = book(
        HEADER + ROW,
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/tables/t.xml": f'<table xmlns="{MAIN}" {table}/>',
        },
    )
    new = parts_of(rewritten(data, read(data), Edits(rows=(("B", "J"),))))
    assert new["xl/tables/t.xml"].decode() == f'<table xmlns="{MAIN}" {reference}/>'


def test_a_workbook_without_styles() -> None:
    parts = parts_of(book(HEADER + ROW))
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = re.sub(r'<Relationship Id="rId2".*?/>', "", rels).encode()
    data = package_of(parts)
    assert ">J</t>" in filled(data, Edits({(2, 1): "J"}))


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        (SHEET, "<worksheet><sheetData>", "the worksheet is damaged: no element found"),
        (SHEET, '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "the worksheet declares a document type"),
        (SHEET, '<?xml version="1.0" encoding="iso-8859-1"?><worksheet/>',
         "the worksheet is written in iso-8859-1"),
        ("xl/workbook.xml", "<workbook/>", "it has no worksheet 'Papers'"),
        ("xl/workbook.xml", "<workbook>", "it is damaged: no element found"),
        ("xl/workbook.xml", "<!DOCTYPE x><workbook/>", "it declares a document type"),
        ("_rels/.rels", "<Relationships/>", "the workbook is damaged"),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>", "the workbook is damaged"),
        (SHEET, None, "the workbook is damaged"),
        (SHEET, f"<worksheet>{' ' * (2**28)}</worksheet>", "its part xl/worksheets/sheet1.xml is larger"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_not_as_it_should_be(
    part: str, content: str | None, message: str
) -> None:
    data = book(HEADER + ROW)
    table = read(data)
    parts: dict[str, bytes | str] = {**parts_of(data)}
    if content is None:
        del parts[part]
    else:
        parts[part] = content
    with pytest.raises(MdgenError) as raised:
        rewritten(package_of(parts), table, Edits({(2, 1): "J"}))
    assert str(raised.value).startswith(f"s.xlsx: {message}")


def test_no_archive_at_all() -> None:
    table = read(book(HEADER + ROW))
    with pytest.raises(MdgenError, match="the workbook is damaged"):
        rewritten(b"PK\3\4 xl/", table, Edits({(2, 1): "J"}))


def test_other_formats_are_not_filled_in() -> None:
    table = read(book(HEADER + ROW))
    with pytest.raises(MdgenError, match="an XLS file is not filled in; save it as CSV or XLSX"):
        rewritten(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, table, Edits({(2, 1): "J"}))
