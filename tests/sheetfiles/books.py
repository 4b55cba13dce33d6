"""Workbooks for the tests: as openpyxl writes them, and as other programs do."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from mdgen.sheets import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KNOWN = {"title", "venue", "date", "year", "doi", "authors"}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(data: bytes, worksheet: str | None = None) -> Table:
    def recognize(titles: Sequence[str]) -> int:
        return len(KNOWN.intersection(titles))

    return read_table("s.xlsx", data, recognize=recognize, worksheet=worksheet)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def package_of(parts: Mapping[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def cell(reference: str, text: str, style: str = "") -> str:
    styled = f' s="{style}"' if style else ""
    return f'<c r="{reference}"{styled} t="inlineStr"><is><t>{text}</t></is></c>'


def book(
    sheet_data: str,
    *,
    before: str = "",
    after: str = "",
    workbook: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook with one worksheet "Papers", written by hand."""
    kind = f"{OFFICE}/officeDocument"
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="r1" Type="{kind}" Target="/xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f'<sheets><sheet name="Papers" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId0" Type="{OFFICE}/hyperlink" Target="https://x.org" TargetMode="External"/>'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
            '<numFmt numFmtId="164" formatCode="[$-407]d. mmm yyyy"/>'
            '<numFmt numFmtId="165" formatCode="0.0&quot; d&quot;"/></numFmts>'
            '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>'
            '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
            '<xf numFmtId="165"/></cellXfs>'
            '<cellStyles count="1"><cellStyle xfId="0" name="Normal"/></cellStyles></styleSheet>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">'
            f"{before}<sheetData>{sheet_data}</sheetData>{after}</worksheet>"
        ),
    }
    return package_of({**parts, **(more or {})})
