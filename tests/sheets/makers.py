"""Small workbooks, written by hand: the tests decide every byte of them."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = str | float | bool | dt.date | None

PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = (
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of `parts`, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, content, stored)
    return buffer.getvalue()


def letters(column: int) -> str:
    """Return the letters of the column with this index: A for 0, AA for 26."""
    column, last = divmod(column, 26)
    return (letters(column - 1) if column else "") + chr(ord("A") + last)


def serial(moment: dt.date) -> float:
    """Return the number with which Excel writes a day, or a day and a time."""
    days = moment.toordinal() - dt.date(1899, 12, 30).toordinal()
    if isinstance(moment, dt.datetime):
        return days + (moment.hour * 60 + moment.minute) / 1440
    return float(days)


def xlsx_cell(reference: str, cell: Cell) -> str:
    """Return one `<c>`; a text that starts with `<c` goes in as it is."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{reference}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, dt.date):
        return f'<c r="{reference}" s="1"><v>{serial(cell)!r}</v></c>'
    if isinstance(cell, float | int):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    if cell.startswith("<c"):
        return cell
    text = f'<t xml:space="preserve">{escape(cell)}</t>'
    return f'<c r="{reference}" t="inlineStr"><is>{text}</is></c>'


def worksheet(
    rows: Sequence[Sequence[Cell]], *, ns: tuple[str, str] = TRANSITIONAL, extra: str = ""
) -> str:
    """Return the XML of a worksheet; `extra` stands after its cells."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(xlsx_cell(f"{letters(index)}{number}", cell) for index, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        f'<worksheet xmlns="{ns[0]}" xmlns:r="{ns[1]}"><sheetData>{lines}</sheetData>{extra}'
        "</worksheet>"
    )


def xlsx_parts(
    sheets: Mapping[str, str],
    *,
    ns: tuple[str, str] = TRANSITIONAL,
    hidden: Sequence[str] = (),
    settings: str = "",
) -> dict[str, str | bytes]:
    """Return the parts of a workbook whose worksheets have this XML."""
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for number, name in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{ns[1]}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    root = f'<Relationship Id="r" Type="{ns[1]}/officeDocument" Target="xl/workbook.xml"/>'
    styles = f'<Relationship Id="rIdS" Type="{ns[1]}/styles" Target="styles.xml"/>'
    xfs = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{ns[0]}" xmlns:r="{ns[1]}">'
        f"{settings}<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
        f"{targets}{styles}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{ns[0]}">{xfs}</styleSheet>',
        **{
            f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)
        },
    }


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    ns: tuple[str, str] = TRANSITIONAL,
    hidden: Sequence[str] = (),
) -> bytes:
    """Return a workbook that Excel would open."""
    parts = {name: worksheet(rows, ns=ns) for name, rows in sheets.items()}
    return archive(xlsx_parts(parts, ns=ns, hidden=hidden))


def ods(sheets: Mapping[str, str], kind: str = ODS_TYPE) -> bytes:
    """Return an OpenDocument spreadsheet whose tables have these rows, as XML."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        for name, rows in sheets.items()
    )
    names = " ".join(
        f'xmlns:{name}="{OPEN_DOCUMENT}{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{OPEN_DOCUMENT}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_cell(cell: Cell, *, repeated: int = 1) -> str:
    """Return one `<table:table-cell>`."""
    many = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    if cell is None:
        return f"<table:table-cell{many}/>"
    if isinstance(cell, float | int):
        value = f'office:value-type="float" office:value="{cell}"'
    elif isinstance(cell, dt.date):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    else:
        value = 'office:value-type="string"'
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f"<table:table-cell {value}{many}>{text}</table:table-cell>"


def ods_row(*cells: Cell, repeated: int = 1) -> str:
    """Return one `<table:table-row>`."""
    many = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{many}>{''.join(map(ods_cell, cells))}</table:table-row>"


def biff(kind: int, content: bytes = b"") -> bytes:
    """Return one record of an XLS."""
    return struct.pack("<HH", kind, len(content)) + content


def biff_cell(row: int, column: int, cell: Cell) -> bytes:
    """Return the record of one cell."""
    if isinstance(cell, bool):
        return biff(0x0205, struct.pack("<HHHBB", row, column, 0, int(cell), 0))
    if isinstance(cell, float | int):
        return biff(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    text = str(cell)
    start = struct.pack("<HHHHB", row, column, 0, len(text), 1)
    return biff(0x0204, start + text.encode("utf-16-le"))


def xls_records(sheets: Mapping[str, bytes], shared: bytes = b"") -> bytes:
    """Return the records of a workbook whose worksheets have these."""
    start = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    format_ = struct.pack("<HH", 0, 0) + bytes(16)
    head = biff(0x0809, start) + biff(0x0042, struct.pack("<H", 1200)) + biff(0x00E0, format_)
    head += shared
    below = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    bodies = {name: biff(0x0809, below) + cells + biff(0x000A) for name, cells in sheets.items()}
    position = len(head) + sum(12 + 2 * len(name) for name in sheets) + 4
    entries = b""
    for name, body in bodies.items():
        entry = struct.pack("<IBBBB", position, 0, 0, len(name), 1) + name.encode("utf-16-le")
        entries += biff(0x0085, entry)
        position += len(body)
    return head + entries + biff(0x000A) + b"".join(bodies.values())


def xls(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return a workbook as Excel 97 to 2003 wrote them."""
    records = {
        name: b"".join(
            biff_cell(row, column, cell)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell is not None
        )
        for name, rows in sheets.items()
    }
    return ole("Workbook", xls_records(records))


FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(name: str, stream: bytes) -> bytes:
    """Return an OLE compound file with one stream; a short one lies among the small sectors."""
    small = len(stream) < 4096
    content = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    sectors = len(content) // 512
    # The content, the directory, the table of small sectors, and the table of sectors.
    fat = [*range(1, sectors), END, END, END, TABLE]
    mini = [*range(1, sectors * 8), END] if small else []
    root = (0, len(content)) if small else (END, 0)
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<9I", 0, 1, sectors, 0, 4096, sectors + 1 if small else END, int(small), END, 0
    )
    header += struct.pack("<109I", sectors + 2, *[FREE] * 108)
    directory = ole_entry("Root Entry", 5, 1, *root)
    directory += ole_entry(name, 2, FREE, 0, len(stream)) + bytes(256)
    tables = b"".join(
        struct.pack("<128I", *words, *[FREE] * (128 - len(words))) for words in (mini, fat)
    )
    return header + content + directory + tables


def ole_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """Return one entry of a compound file's directory."""
    text = name.encode("utf-16-le")
    tree = struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, size)
