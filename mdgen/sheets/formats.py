"""What a file is, by its first bytes: names lie (workbooks called `.tsv`, web pages called
`.xls`).
"""

from __future__ import annotations

import enum
import re
from typing import Final

from mdgen.sheets.limits import refusal


class Format(enum.Enum):
    """The sorts of sheet that are read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


_SAVE_AS: Final = "open it in a spreadsheet program and save it as CSV or XLSX"

_FOREIGN: Final = (
    (
        b"%PDF",
        f"is a PDF document, not a sheet; copy the table into a spreadsheet and save that as CSV or XLSX",
    ),
    (
        b"{\\rtf",
        f"is an RTF document, not a sheet; copy the table into a spreadsheet and save that as CSV or XLSX",
    ),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"BZh", "is packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "is packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd; unpack it first"),
    (b"\x89PNG", "is a picture, not a sheet"),
    (b"\xff\xd8\xff", "is a picture, not a sheet"),
    (b"GIF8", "is a picture, not a sheet"),
    (b"SQLite format 3", "is an SQLite database, not a sheet; export the table as CSV"),
    (b"PAR1", "is a Parquet file, not a sheet; export the table as CSV"),
    (b"\x09\x00\x04\x00", f"is a workbook of Excel 2, older than what is read; {_SAVE_AS}"),
    (b"\x09\x02\x06\x00", f"is a workbook of Excel 3, older than what is read; {_SAVE_AS}"),
    (b"\x09\x04\x06\x00", f"is a workbook of Excel 4, older than what is read; {_SAVE_AS}"),
    (
        b"version https://git-lfs.github.com/spec/",
        "is a pointer that Git LFS left in place of the sheet; `git lfs pull` brings the sheet itself",
    ),
)

_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|table|script|style|[a-z:]+)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD: Final = 4096


def format_of(source: str, data: bytes) -> Format:
    """Say what `data` is; raise SheetError, with the way out, for what is no sheet."""
    if not data.strip(b"\0\t\n\r ,;|\xef\xbb\xbf\xff\xfe\xa0\xc2"):
        raise refusal(source, "is empty; its first row should hold the titles of the columns")
    if data.startswith(b"PK"):
        return _packed(source, data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(source, data)
    for start, message in _FOREIGN:
        if data.startswith(start):
            raise refusal(source, message)
    _refuse_markup(source, data[:_HEAD])
    return Format.TEXT


def _packed(source: str, data: bytes) -> Format:
    """Tell apart what is a ZIP archive inside; the names stand readable in its directory."""
    directory = data[-2 * 65_536 :]
    if b"xl/workbook.bin" in directory:
        raise refusal(source, "is a binary workbook (XLSB), which is not read; save it as XLSX")
    if b"xl/" in directory:
        return Format.XLSX
    if b"opendocument.spreadsheet" in data[:200] or b"content.xml" in directory:
        return Format.ODS
    foreign = {
        b"index.numbers": f"is a document of Apple Numbers; in Numbers, File > Export To > CSV (or Excel) gives a sheet",
        b"Index/": f"is a document of Apple Numbers; in Numbers, File > Export To > CSV (or Excel) gives a sheet",
        b"word/": "is a Word document, not a sheet; copy the table into a spreadsheet and save that as CSV or XLSX",
        b"ppt/": "is a presentation, not a sheet",
    }
    for name, message in foreign.items():
        if name in directory:
            raise refusal(source, message)
    raise refusal(
        source,
        "is a ZIP archive, not a sheet; unpack it first (or it is a workbook that was cut off)",
    )


def _compound(source: str, data: bytes) -> Format:
    """Tell apart what lies in an OLE compound file, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal(source, "is protected by a password; save it without one")
    if "WordDocument".encode("utf-16-le") in data:
        raise refusal(
            source,
            "is a Word document, not a sheet; copy the table into a spreadsheet and save that as CSV or XLSX",
        )
    return Format.XLS


def _refuse_markup(source: str, head: bytes) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = head.replace(b"\0", b"")[2:]
    found = _MARKUP.match(text)
    if not found:
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise refusal(
            source, "is a workbook in Excel's XML of 2003, which is not read; save it as XLSX"
        )
    if b"office:document" in text:
        raise refusal(
            source, "is a flat OpenDocument file (FODS), which is not read; save it as ODS"
        )
    if text.lstrip().startswith(b"<?xml") and b"<html" not in text.lower():
        raise refusal(source, f"is an XML document, not a sheet; {_SAVE_AS}")
    if found[1].lower().split()[0] in {
        b"!doctype",
        b"html",
        b"head",
        b"body",
        b"meta",
        b"table",
        b"script",
        b"style",
    }:
        raise refusal(source, f"is a web page, not a sheet; {_SAVE_AS}")
