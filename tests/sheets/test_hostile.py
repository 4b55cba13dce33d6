"""Sheets that mean harm, or were harmed: a message, soon, and in little memory."""

from __future__ import annotations

import io
import os
import struct
import zipfile

import pytest

from mdgen.sheets import limits
from mdgen.sheets.compound import CompoundError, compound, stream
from tests.bounds import processor_time
from tests.sheets.makers import (
    archive,
    biff,
    biff_cell,
    ods,
    ods_cell,
    ods_row,
    ole,
    worksheet,
    xls,
    xls_records,
    xlsx,
    xlsx_parts,
)
from tests.sheets.reading import cells, refusal

DAMAGED = (
    "sheet: is a workbook that is damaged or was cut off; open it in a spreadsheet program and"
    " save it anew"
)
TITLE = [["title"], ["A"]]


def _sheet(data: str) -> str:
    return f"<worksheet><sheetData>{data}</sheetData></worksheet>"


def _xlsx(data: str, **parts: bytes) -> bytes:
    more = {f"xl/{name}.xml": part for name, part in parts.items()}
    return archive(xlsx_parts({"T": _sheet(data)}) | more)


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = archive(xlsx_parts({"T": worksheet(TITLE)}) | {"xl/bomb.xml": bytes(300 * 2**20)})
    assert len(bomb) < 2**20
    with processor_time(5):
        assert refusal(bomb) == "sheet: unpacks to more than 256 MB; split it"


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    bomb = bytearray(archive({"xl/bomb.xml": bytes(300 * 2**20)}))
    directory = bomb.index(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = struct.pack("<I", 10)
    assert refusal(bytes(bomb)) == "sheet: unpacks to more than 256 MB; split it"


def test_archives_within_archives_are_left_alone() -> None:
    inner = archive({"b.zip": archive({"c.zip": bytes(1000)})})
    parts = xlsx_parts({"T": worksheet(TITLE)})
    assert cells(archive(parts | {"a.zip": inner})) == [("title",), ("A",)]


def test_an_archive_of_very_many_parts_is_refused() -> None:
    parts = {f"xl/{number}.xml": "" for number in range(10_001)}
    assert refusal(archive(parts)) == (
        "sheet: consists of 10,001 parts; more than 10,000 are not read"
    )


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE x [<!ENTITY a "aaaa">]>', '<!doctype x SYSTEM "file:///etc/passwd">'],
)
def test_xml_entities_are_refused(declaration: str) -> None:
    parts = xlsx_parts({"T": declaration + worksheet(TITLE)})
    assert refusal(archive(parts)) == (
        "sheet: its part 'xl/worksheets/sheet1.xml' declares XML entities, as attacks do;"
        " open it in a spreadsheet program and save it anew"
    )


def test_xml_in_another_encoding_is_refused() -> None:
    parts = xlsx_parts({"T": ""}) | {"xl/worksheets/sheet1.xml": worksheet(TITLE).encode("utf-16")}
    assert refusal(archive(parts)) == (
        "sheet: its part 'xl/worksheets/sheet1.xml' is not in UTF-8;"
        " open it in a spreadsheet program and save it anew"
    )


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c t="n" r="XFD1"><v>1</v></c></row>',
        "<row>" + "<c/>" * 16_383 + "<c><v>1</v></c></row>",
    ],
)
def test_a_cell_in_the_last_column_is_refused(cell: str) -> None:
    message = "sheet: has more than 1,000 columns; remove those that are not needed"
    assert refusal(_xlsx(cell)) in {message, DAMAGED}


@pytest.mark.parametrize("row", ['<row r="1048576">', '<row r="1048575"/><row>'])
def test_a_cell_in_the_last_row_of_a_wide_sheet_is_refused(row: str) -> None:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    cell = '<c r="Z1048576">' if "8576" in row else "<c/>" * 25 + "<c>"
    assert refusal(_xlsx(f"{first}{row}{cell}<v>1</v></c></row>")) == (
        "sheet: spans 1,048,576 rows of 26 columns; more than 5,000,000 cells are not read:"
        " delete blank rows and columns, or split the sheet"
    )


def test_a_long_text_that_a_million_cells_share_is_refused() -> None:
    shared = b"<sst><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    data = '<row r="1">' + '<c r="A1" t="s"><v>0</v></c>' * 3_000 + "</row>"
    assert refusal(_xlsx(data, sharedStrings=shared)) == (
        "sheet: holds more than 256 MB of text; split it"
    )
    hidden = data.replace("<v>0", "<v><![CDATA[0]]>")
    assert refusal(_xlsx(hidden, sharedStrings=shared)) == (
        "sheet: holds more than 256 MB of text; split it"
    )


def test_a_long_shared_text_does_no_harm_where_few_cells_show_it() -> None:
    shared = b"<sst><si><t>title</t></si><si><t>" + b"x" * 100_000 + b"</t></si></sst>"
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{7 if row == 9 else row == 2:d}</v></c></row>'
        for row in range(1, 3_000)
        if row != 9
    )
    found = cells(_xlsx(rows, sharedStrings=shared))
    assert (found[0], found[1], found[2]) == (("title",), ("x" * 100_000,), ("title",))


def test_a_reference_beyond_the_shared_texts_is_damage() -> None:
    shared = b"<sst><si><t>" + b"x" * 900_000 + b"</t></si></sst>"
    data = '<row r="1">' + '<c r="A1" t="s"><v>9</v></c>' * 400 + "</row>"
    assert refusal(_xlsx(data, sharedStrings=shared)) == DAMAGED


def test_opendocument_cells_written_once_for_very_many_are_refused() -> None:
    wide = f"<table:table-row>{ods_cell('x', repeated=99_999)}</table:table-row>"
    assert refusal(ods({"T": wide})) == (
        "sheet: has more than 1,000 columns; remove those that are not needed"
    )
    assert refusal(ods({"T": ods_row("x", "y", repeated=9_999_999)})) == (
        "sheet: spans 9,999,999 rows of 2 columns; more than 5,000,000 cells are not read:"
        " delete blank rows and columns, or split the sheet"
    )
    assert refusal(ods({"T": ods_row("x" * 1000, repeated=1_000_000)})) == (
        "sheet: holds more than 256 MB of text; split it"
    )


def test_an_old_workbook_that_reaches_too_far_is_refused() -> None:
    wide = ole("Workbook", xls_records({"T": biff_cell(0, 60_000, 1)}))
    assert refusal(wide) == "sheet: has more than 1,000 columns; remove those that are not needed"
    many = biff(0x00BD, struct.pack("<HH", 65_535, 0) + bytes(6 * 100 + 2))
    assert refusal(ole("Workbook", xls_records({"T": many}))) == (
        "sheet: spans 65,536 rows of 100 columns; more than 5,000,000 cells are not read:"
        " delete blank rows and columns, or split the sheet"
    )


def _shared(*texts: bytes) -> bytes:
    return struct.pack("<II", 1, len(texts)) + b"".join(texts)


def test_a_long_text_that_cells_of_an_old_workbook_share_is_refused() -> None:
    head = struct.pack("<HB", 60_000, 0)
    first = biff(0x00FC, _shared(head + b"x" * 8_000))
    rest = b"".join(biff(0x003C, b"\0" + b"x" * 8_000) for _ in range(6))
    last = biff(0x003C, b"\1" + b"x\0" * 4_000)
    cell = b"".join(biff(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(5_000))
    data = xls_records({"T": cell}, first + rest + last)
    assert refusal(compound("Workbook", data)) == "sheet: holds more than 256 MB of text; split it"


def test_short_texts_that_cells_of_an_old_workbook_share_do_no_harm() -> None:
    rich = struct.pack("<HBH", 5, 8, 1) + b"title" + bytes(4)
    phonetic = struct.pack("<HBI", 1, 5, 6) + b"A\0" + bytes(3)
    rest = bytes(3) + struct.pack("<HB", 1, 0) + b"B"
    texts = biff(0x00FC, _shared(rich, phonetic)) + biff(0x003C, rest)
    cell = b"".join(
        biff(0x00FD, struct.pack("<HHHI", row, 0, 0, min(row, 1))) for row in range(5_000)
    )
    found = cells(compound("Workbook", xls_records({"T": cell}, texts)))
    assert (found[0], found[1], len(found)) == (("title",), ("A",), 5_000)


@pytest.mark.parametrize("length", [100, 600, 5_000])
def test_a_workbook_that_was_cut_off_is_refused(length: int) -> None:
    assert refusal(xls({"T": TITLE * 200})[:length]) == DAMAGED


def _patched(data: bytes, position: int, *words: int) -> bytes:
    return (
        data[:position] + struct.pack(f"<{len(words)}I", *words) + data[position + 4 * len(words) :]
    )


@pytest.mark.parametrize(
    "data",
    [
        _patched(ole("Workbook", bytes(9_000)), 512 + 512 * 20, *[1, 0] * 9),
        _patched(ole("Workbook", bytes(900)), 512 + 512 * 3, 0, 0),
        _patched(ole("Workbook", bytes(9_000)), 68, 2, 1),
        _patched(ole("Workbook", bytes(9_000)), 30, 0x00060005),
        ole("Something", bytes(9_000)),
    ],
    ids=["circle", "small circle", "circle of tables", "odd sectors", "no workbook"],
)
def test_a_compound_file_that_leads_nowhere_is_refused(data: bytes) -> None:
    with pytest.raises(CompoundError):
        stream(data, ("Workbook",))
    assert refusal(data) == DAMAGED


def test_damaged_workbooks_are_refused() -> None:
    whole = xlsx({"T": TITLE})
    assert refusal(whole[:-40]) == DAMAGED
    assert refusal(whole.replace(b"<", b"[")) == DAMAGED
    assert refusal(_xlsx("<row><c></row>")) == DAMAGED
    assert refusal(_xlsx(f'<row><c r="A{"3" * 40}"><v>1</v></c></row>')) == DAMAGED
    assert refusal(_xlsx(f'<row r="{"3" * 40}"><c><v>1</v></c></row>')) == DAMAGED
    assert refusal(_xlsx('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')) == DAMAGED
    assert refusal(archive({"xl/workbook.xml": "<workbook/>"})) == DAMAGED


def test_a_worksheet_beyond_the_end_of_an_old_workbook_is_refused() -> None:
    records = xls_records({"T": biff_cell(0, 0, "title")})
    entry = records.index(struct.pack("<HH", 0x0085, 10))
    assert refusal(ole("Workbook", _patched(records, entry + 4, 10**6))) == DAMAGED


def test_a_panic_of_the_reader_is_a_message_and_no_more(capfd: pytest.CaptureFixture[str]) -> None:
    short = biff(0x0042, b"\0")  # where two bytes should be
    assert refusal(ole("Workbook", xls_records({"T": b""}, short))) == DAMAGED
    assert capfd.readouterr().err == ""


def test_a_workbook_is_read_where_there_is_no_standard_error() -> None:
    kept = os.dup(2)
    os.close(2)
    try:
        assert cells(xlsx({"T": TITLE})) == [("title",), ("A",)]
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def test_packing_that_no_spreadsheet_program_uses_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(buffer.getvalue()) == DAMAGED


def test_a_part_behind_a_password_is_refused() -> None:
    data = bytearray(archive({"xl/workbook.xml": "<workbook/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "sheet: is protected by a password; save it without one"


def test_an_opendocument_behind_a_password_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = archive({"content.xml": b"\x83\x12", "META-INF/manifest.xml": manifest})
    assert refusal(data) == "sheet: is protected by a password; save it without one"


def test_an_old_workbook_behind_a_password_is_refused() -> None:
    data = ole("Workbook", xls_records({"T": b""}, biff(0x002F, bytes(6))))
    assert refusal(data) == "sheet: is protected by a password; save it without one"


def test_a_million_columns_of_text_are_refused() -> None:
    with processor_time(5):
        assert refusal("title" + ",x" * 1_000_000) == (
            "sheet: has more than 1,000 columns; remove those that are not needed"
        )
        assert refusal("title,date\nA" + ",x" * 1_000_000) == (
            "sheet: has more than 1,000 columns; remove those that are not needed"
        )


def test_a_wide_row_far_below_the_header_is_refused() -> None:
    sheet = "title,date\n" + "A,2024\n" * 50_000 + "B" + ",x" * 2_000
    assert refusal(sheet).startswith("sheet: spans 50,002 rows of 128 columns; more than 5,000,000")
    assert refusal("title,date\n" + "A,2024\n" * 50 + "B" + ",x" * 2_000) == (
        "sheet: has more than 1,000 columns; remove those that are not needed"
    )


def test_ten_million_blank_rows_below_the_table_do_no_harm() -> None:
    with processor_time(5):
        assert cells("title,date\nA,2024\n" + ",\n" * 10_000_000) == [
            ("title", "date"),
            ("A", "2024"),
        ]


def test_ten_million_blank_rows_within_the_table_are_refused() -> None:
    assert refusal("title,date\nA,2024\n" + "\n" * 10_000_000 + "B,2025\n") == (
        "sheet: spans 10,000,003 rows of 2 columns; more than 5,000,000 cells are not read:"
        " delete blank rows and columns, or split the sheet"
    )


def test_a_very_long_cell_is_refused_with_its_place() -> None:
    assert refusal("title\nA\n" + "x" * (limits.MAX_CELL + 1)) == (
        "sheet:3: a cell holds 1,000,001 characters; shorten it to 1,000,000"
    )
    assert refusal(xlsx({"T": [["title"], ["x" * (limits.MAX_CELL + 1)]]})) == (
        "sheet[T]!2: a cell holds 1,000,001 characters; shorten it to 1,000,000"
    )
