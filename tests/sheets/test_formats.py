"""What a file is, whatever it is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mdgen.problems import SheetError
from mdgen.sheets import read_bytes
from mdgen.sheets.limits import MAX_BYTES
from tests.sheets.makers import ODS_TYPE, archive, ods, ole
from tests.sheets.reading import refusal

COPY = "copy the table into a spreadsheet program and save that as CSV or XLSX"
SAVE_AS = "open it in a spreadsheet program and save it as CSV or XLSX"
NUMBERS = "is a document of Apple Numbers; File > Export To > CSV there makes a sheet of it"
EMPTY = "is empty; its first row should hold the titles of the columns"
ARCHIVE = "is a ZIP archive, not a sheet; unpack it first (if it was a workbook, it was cut off)"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", EMPTY),
        (b"\xef\xbb\xbf\r\n ,,\r\n", EMPTY),
        (b"%PDF-1.7 ...", f"is a PDF document, not a sheet; {COPY}"),
        (b"{\\rtf1 ...", f"is an RTF document, not a sheet; {COPY}"),
        (b"\x1f\x8b\x08...", "is packed with gzip; unpack it first"),
        (b"\x89PNG\r\n\x1a\n", "is a picture, not a sheet"),
        (
            b"SQLite format 3\0...",
            "is an SQLite database, not a sheet; export the table as CSV",
        ),
        (
            b"\x09\x04\x06\x00\0\0",
            f"is a workbook of Excel 4, older than what is read; {SAVE_AS}",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "is a pointer that Git LFS left in place of the sheet; `git lfs pull` brings the sheet",
        ),
        (
            b"\xef\xbb\xbf\n<!DOCTYPE html><table>",
            f"is a web page, not a sheet; {SAVE_AS}",
        ),
        (
            b"<?xml version='1.0'?><!-- x --><html>",
            f"is a web page, not a sheet; {SAVE_AS}",
        ),
        ("<table><tr>".encode("utf-16"), f"is a web page, not a sheet; {SAVE_AS}"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "is a workbook in Excel's XML of 2003, which is not read; save it as XLSX",
        ),
        (
            b'<?xml version="1.0"?><office:document office:version="1.2">',
            "is a flat OpenDocument file (FODS), which is not read; save it as ODS",
        ),
        (
            b'<?xml version="1.0"?><records>',
            f"is an XML document, not a sheet; {SAVE_AS}",
        ),
        (archive({"a.txt": "title"}), ARCHIVE),
        (b"PK\x03\x04", ARCHIVE),
        (archive({"Index/Document.iwa": "x"}), NUMBERS),
        (archive({"index.numbers/x": "x"}), NUMBERS),
        (archive({"word/document.xml": "x"}), f"is a Word document, not a sheet; {COPY}"),
        (archive({"ppt/presentation.xml": "x"}), "is a presentation, not a sheet"),
        (
            archive({"xl/workbook.bin": "x"}),
            "is a binary workbook (XLSB), which is not read; save it as XLSX",
        ),
        (ods({}, ODS_TYPE.replace("spreadsheet", "text")), ARCHIVE),
        (ole("WordDocument", b"x"), f"is a Word document, not a sheet; {COPY}"),
        (ole("EncryptedPackage", b"x"), "is protected by a password; save it without one"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_way_out(data: bytes, message: str) -> None:
    assert refusal(data) == f"sheet: {message}"


def test_the_bytes_of_a_file(tmp_path: Path) -> None:
    sheet = tmp_path / "talks.csv"
    sheet.write_bytes(b"title\r\n")
    assert read_bytes(sheet) == b"title\r\n"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read_bytes(tmp_path / "talks.csv")
    assert str(caught.value) == f"{tmp_path}/talks.csv: is not there"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read_bytes(tmp_path)
    assert str(caught.value) == f"{tmp_path}: is a folder, not a sheet"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "talks.csv"
    loop.symlink_to(loop)
    with pytest.raises(SheetError) as caught:
        read_bytes(loop)
    assert str(caught.value) == f"{loop}: cannot be read: Too many levels of symbolic links"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_or_a_device_is_no_sheet(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.csv", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link, Path("/dev/zero")):
        with pytest.raises(SheetError, match="is a pipe or a device, not a file; save the sheet"):
            read_bytes(path)
    assert read_bytes(Path(os.devnull), pipes=True) == b""


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "talks.csv"
    with sheet.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SheetError) as caught:
        read_bytes(sheet)
    assert str(caught.value) == (
        f"{sheet}: is larger than 100 MB, which no sheet of pages is; split it"
    )
