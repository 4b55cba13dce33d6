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
Rows = "Sequence[Sequence[Cell]]"

TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times have no zone


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of `parts`, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def letters(column: int) -> str:
    """Return the letters of the column with this index: A for 0, AA for 26."""
    column, last = divmod(column, 26)
    return (letters(column - 1) if column else "") + chr(ord("A") + last)


def xlsx_cell(reference: str, cell: Cell) -> str:
    """Return one `<c>`; raw XML (a text that starts with `<`) goes in as it is."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{reference}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, dt.date):
        moment = (
            cell if isinstance(cell, dt.datetime) else dt.datetime(cell.year, cell.month, cell.day)
        )  # noqa: DTZ001
        serial = (moment - _DAY_ZERO) / dt.timedelta(days=1)
        return f'<c r="{reference}" s="1"><v>{serial!r}</v></c>'
    if isinstance(cell, float | int):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    if cell.startswith("<c"):
        return cell
    return (
        f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    )


def worksheet(rows: Rows, *, ns: str = TRANSITIONAL, extra: str = "") -> str:
    """Return the XML of a worksheet; `extra` stands after its cells."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(xlsx_cell(f"{letters(index)}{number}", cell) for index, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = ns + ("spreadsheetml/2006/main" if ns == TRANSITIONAL else "spreadsheetml/main")
    relations = ns + (
        "officeDocument/2006/relationships"
        if ns == TRANSITIONAL
        else "officeDocument/relationships"
    )
    return f'<worksheet xmlns="{main}" xmlns:r="{relations}"><sheetData>{lines}</sheetData>{extra}</worksheet>'


def xlsx_parts(
    sheets: Mapping[str, str],
    *,
    ns: str = TRANSITIONAL,
    hidden: Sequence[str] = (),
    epoch_1904: bool = False,
) -> dict[str, str]:
    """Return the parts of a workbook whose worksheets have this XML."""
    main = ns + ("spreadsheetml/2006/main" if ns == TRANSITIONAL else "spreadsheetml/main")
    relations = ns + (
        "officeDocument/2006/relationships"
        if ns == TRANSITIONAL
        else "officeDocument/relationships"
    )
    package = "http://schemas.openxmlformats.org/package/2006/"
    numbered = list(enumerate(sheets, 1))
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for number, name in numbered
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">'
        + ('<workbookPr date1904="1"/>' if epoch_1904 else "")
        + f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}relationships">{targets}<Relationship Id="rIdS" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    return parts | {f"xl/worksheets/sheet{number}.xml": sheets[name] for number, name in numbered}


def xlsx(
    sheets: Mapping[str, Rows], *, ns: str = TRANSITIONAL, hidden: Sequence[str] = ()
) -> bytes:
    """Return a workbook that Excel would open."""
    return archive(
        xlsx_parts(
            {name: worksheet(rows, ns=ns) for name, rows in sheets.items()}, ns=ns, hidden=hidden
        )
    )


def ods(sheets: Mapping[str, str]) -> bytes:
    """Return an OpenDocument spreadsheet whose tables have these rows, as XML."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        for name, rows in sheets.items()
    )
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0"'
        f' xmlns:text="{names}text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*cells: Cell, repeated: int = 1) -> str:
    """Return one `<table:table-row>`."""
    texts = "".join(
        "<table:table-cell/>"
        if cell is None
        else f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        if isinstance(cell, float | int)
        else f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
        for cell in cells
    )
    more = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{more}>{texts}</table:table-row>"


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff_cell(row: int, column: int, cell: Cell) -> bytes:
    if isinstance(cell, bool):
        return _biff(0x0205, struct.pack("<HHHBB", row, column, 0, int(cell), 0))
    if isinstance(cell, float | int):
        return _biff(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    text = str(cell)
    return _biff(
        0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")
    )


def xls_stream(sheets: Mapping[str, Rows]) -> bytes:
    """Return the BIFF8 records of a workbook."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    bodies = [
        _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
        + b"".join(
            _biff_cell(row, column, cell)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
            if cell is not None
        )
        + _biff(0x000A)
        for rows in sheets.values()
    ]
    head = (
        _biff(0x0809, bof)
        + _biff(0x0042, struct.pack("<H", 1200))
        + _biff(0x00E0, struct.pack("<HH", 0, 0) + bytes(16))
    )
    sizes = [4 + 8 + 2 * len(name) for name in sheets]
    position = len(head) + sum(sizes) + 4
    entries = b""
    for name, body in zip(sheets, bodies, strict=True):
        entries += _biff(
            0x0085, struct.pack("<IBBBB", position, 0, 0, len(name), 1) + name.encode("utf-16-le")
        )
        position += len(body)
    return head + entries + _biff(0x000A) + b"".join(bodies)


def compound(name: str, stream: bytes) -> bytes:
    """Return an OLE compound file with one stream, as old Excel and Word files are."""
    stream = stream.ljust(4096, b"\0")  # shorter streams live elsewhere in such a file
    sectors = -(-len(stream) // 512)
    chain = [*range(1, sectors), 0xFFFFFFFE]
    fat_sectors = -(-(sectors + 2) // 127)
    directory = sectors
    fat = [*chain, 0xFFFFFFFE, *[0xFFFFFFFD] * fat_sectors]
    fat += [0xFFFFFFFF] * (fat_sectors * 128 - len(fat))
    starts = [directory + 1 + index for index in range(fat_sectors)]
    difat = starts + [0xFFFFFFFF] * (109 - fat_sectors)
    header = (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack(
            "<IIIIIIIII", 0, fat_sectors, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
        )
        + struct.pack("<109I", *difat)
    )

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le")
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    entries = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(name, 2, 0xFFFFFFFF, 0, len(stream))
        + bytes(256)
    )
    return (
        header + stream.ljust(sectors * 512, b"\0") + entries + struct.pack(f"<{len(fat)}I", *fat)
    )


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """Return a workbook as Excel 97 to 2003 wrote them."""
    return compound("Workbook", xls_stream(sheets))
