"""What a file is, by its first bytes: names lie (workbooks called `.tsv`, pages called `.xls`)."""

from __future__ import annotations

import enum
import re
from typing import Final

from mdgen.sheets.limits import PROTECTED, refusal


class Format(enum.Enum):
    """The sorts of sheet that are read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


_SAVE_AS: Final = "open it in a spreadsheet program and save it as CSV or XLSX"
_COPY: Final = "copy the table into a spreadsheet program and save that as CSV or XLSX"
_EMPTY: Final = "is empty; its first row should hold the titles of the columns"
_NUMBERS: Final = "is a document of Apple Numbers; File > Export To > CSV there makes a sheet of it"
_WORD: Final = f"is a Word document, not a sheet; {_COPY}"

_FOREIGN: Final = {
    b"%PDF": f"is a PDF document, not a sheet; {_COPY}",
    b"{\\rtf": f"is an RTF document, not a sheet; {_COPY}",
    b"\x1f\x8b": "is packed with gzip; unpack it first",
    b"7z\xbc\xaf\x27\x1c": "is a 7z archive; unpack it first",
    b"Rar!": "is a RAR archive; unpack it first",
    b"BZh": "is packed with bzip2; unpack it first",
    b"\xfd7zXZ": "is packed with xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "is packed with zstd; unpack it first",
    b"\x89PNG": "is a picture, not a sheet",
    b"\xff\xd8\xff": "is a picture, not a sheet",
    b"GIF8": "is a picture, not a sheet",
    b"SQLite format 3": "is an SQLite database, not a sheet; export the table as CSV",
    b"PAR1": "is a Parquet file, not a sheet; export the table as CSV",
    b"\x09\x00\x04\x00": f"is a workbook of Excel 2, older than what is read; {_SAVE_AS}",
    b"\x09\x02\x06\x00": f"is a workbook of Excel 3, older than what is read; {_SAVE_AS}",
    b"\x09\x04\x06\x00": f"is a workbook of Excel 4, older than what is read; {_SAVE_AS}",
    b"version https://git-lfs.github.com/spec/": (
        "is a pointer that Git LFS left in place of the sheet; `git lfs pull` brings the sheet"
    ),
}

_IN_ARCHIVE: Final = {
    b"index.numbers": _NUMBERS,
    b"Index/": _NUMBERS,
    b"word/": _WORD,
    b"ppt/": "is a presentation, not a sheet",
}

_XML: Final = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLANK: Final = b"\0\t\n\r ,;|\xef\xbb\xbf\xff\xfe\xa0\xc2"
_HEAD: Final = 4096
_DIRECTORY: Final = 2**17
"""Bytes at the end of an archive in which the names of its parts stand readable."""


def format_of(source: str, data: bytes) -> Format:
    """Say what `data` is; raise SheetError, with the way out, for what is no sheet."""
    if not data.strip(_BLANK):
        raise refusal(source, _EMPTY)
    if data.startswith(b"PK"):
        return _packed(source, data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(source, data)
    foreign = next((words for start, words in _FOREIGN.items() if data.startswith(start)), None)
    if foreign := foreign or _markup(data[:_HEAD]):
        raise refusal(source, foreign)
    return Format.TEXT


def _packed(source: str, data: bytes) -> Format:
    directory = data[-_DIRECTORY:]
    if b"xl/workbook.bin" in directory:
        raise refusal(source, "is a binary workbook (XLSB), which is not read; save it as XLSX")
    if b"xl/" in directory:
        return Format.XLSX
    if b"content.xml" in directory and b"opendocument.text" not in data[:_HEAD]:
        return Format.ODS
    foreign = next((words for name, words in _IN_ARCHIVE.items() if name in directory), None)
    unknown = (
        "is a ZIP archive, not a sheet; unpack it first (if it was a workbook, it was cut off)"
    )
    raise refusal(source, foreign or unknown)


def _compound(source: str, data: bytes) -> Format:
    """Tell apart what lies in an OLE compound file, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal(source, PROTECTED)
    if "WordDocument".encode("utf-16-le") in data:
        raise refusal(source, _WORD)
    return Format.XLS


def _markup(head: bytes) -> str:
    """Return the words for a document in HTML or XML; "" for what is neither."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[2:].replace(b"\0", b"")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text and _XML.match(text):
        return "is a workbook in Excel's XML of 2003, which is not read; save it as XLSX"
    if _HTML.match(text):
        return f"is a web page, not a sheet; {_SAVE_AS}"
    if b"office:document" in text and _XML.match(text):
        return "is a flat OpenDocument file (FODS), which is not read; save it as ODS"
    return f"is an XML document, not a sheet; {_SAVE_AS}" if _XML.match(text) else ""
