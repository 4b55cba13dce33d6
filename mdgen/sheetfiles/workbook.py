"""An XLSX workbook with edits in one worksheet, every other part of it as it was.

openpyxl would load and save it whole: charts, pictures, sparklines, form controls, the saved values
of formulas and whatever a newer Excel added are gone then. So only the XML of the worksheet is
changed, and of that only the cells.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from mdgen.problems import MdgenError
from mdgen.sheetfiles.worksheet import Worksheet, cell_reference, column_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mdgen.sheetfiles.edits import Edits
    from mdgen.sheets.table import Table

_OFFICE_DOCUMENT: Final = "/officeDocument"
_TABLE: Final = "/table"
_STYLES: Final = "/styles"
_LARGEST_PART: Final = 2**28
# ECMA-376, part 1, 18.8.30: the built-in formats that show a date.
_DATE_FORMATS: Final = frozenset(map(str, (*range(14, 18), 22, *range(27, 37), *range(50, 59))))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# The elements that the schema has before `calcPr`, of those that may be there.
_BEFORE_CALC = re.compile(
    rb"</?((?:\w+:)?)(?:definedNames|externalReferences|functionGroups|sheets)\s*/?>"
)
_CALC = re.compile(rb"<((?:\w+:)?calcPr)\b([^<>]*?)(/?>)")

Elements = list[tuple[str, dict[str, str]]]


def rewritten_workbook(data: bytes, table: Table, edits: Edits) -> bytes:
    """Return the workbook `data`, of which a worksheet was read as `table`, with `edits`.

    New rows stand below the last row that holds anything, and look as that one does; new columns to
    the right of everything. A table of Excel's that ended at the last row grows with it. Formulas
    stay, and are computed anew when the workbook is opened. Raises `MdgenError` for a workbook that
    is not built as the standard says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            changed = _changed_parts(package, table, edits)
            if all(package.read(name) == content for name, content in changed.items()):
                return data  # what a formula keeps from being filled in
            return _written(package, changed)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
        raise MdgenError(f"{table.source}: the workbook is damaged: {error}") from error
    except MdgenError as error:
        raise MdgenError(f"{table.source}: {error}") from error


def _changed_parts(package: zipfile.ZipFile, table: Table, edits: Edits) -> Mapping[str, bytes]:
    book = next(_related(package, "", _OFFICE_DOCUMENT), "")
    part = _worksheet_part(package, book, table.worksheet)
    dates = _date_styles(package, book)
    sheet = Worksheet(_read(package, part), dates)
    texts, like = _texts(sheet, table, edits)
    changed = {part: sheet.with_texts(texts, like)}
    if sheet.has_formulas or "xl/calcChain.xml" in package.namelist():
        changed[book] = _computed_anew(_read(package, book))
    last = table.rows[-1].number if table.rows else table.header_number
    for name in _related(package, part, _TABLE):
        xml = _read(package, name)
        grown = _grown_table(xml, last, last + len(edits.rows))
        if grown != xml:
            changed[name] = grown
    return changed


def _texts(
    sheet: Worksheet, table: Table, edits: Edits
) -> tuple[dict[tuple[int, int], str], dict[int, int]]:
    """Return the texts by row and column of the worksheet, and the model row of each new row."""
    last = table.rows[-1].number if table.rows else table.header_number
    columns = [column_index(letter) for letter in table.letters]
    beyond = sheet.next_column([table.header_number, *(row.number for row in table.rows)])
    columns += range(beyond, beyond + len(edits.columns))
    texts = {
        (table.header_number, column): name
        for column, name in zip(columns[len(table.letters) :], edits.columns, strict=True)
    }
    texts |= {(number, columns[at]): text for (number, at), text in edits.cells.items()}
    like = {}
    for number, row in enumerate(edits.rows, last + 1):
        texts |= {(number, column): text for column, text in zip(columns, row, strict=True) if text}
        like[number] = last if table.rows else 0
    return texts, like


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    info = package.getinfo(name)
    if info.file_size > _LARGEST_PART:
        raise MdgenError(f"its part {name} is larger than {_LARGEST_PART >> 20} MB")
    return package.read(info)


def _elements(xml: bytes) -> Elements:
    """Return every element's local name and attributes, in order."""
    found: Elements = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        # `r:id` names the part, `id` elsewhere another thing.
        local["rid"] = next((text for key, text in attributes.items() if key.endswith(":id")), "")
        found.append((name.rpartition(":")[2], local))

    def refuse(*_declared: object) -> None:
        raise MdgenError("it declares a document type, which no spreadsheet program does")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise MdgenError(f"it is damaged: {error}") from error
    return found


def _relations(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, type and target of what `part` refers to; the package itself is the part ""."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package.namelist():
        return
    for local, attributes in _elements(_read(package, rels)):
        if local == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            yield attributes["Id"], attributes["Type"], posixpath.normpath(path)


def _related(package: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    return (target for _, type_, target in _relations(package, part) if type_.endswith(kind))


def _worksheet_part(package: zipfile.ZipFile, book: str, worksheet: str) -> str:
    targets = {identity: target for identity, _, target in _relations(package, book)}
    for local, attributes in _elements(_read(package, book)):
        if local == "sheet" and attributes.get("name") == worksheet:
            return targets[attributes["rid"]]
    raise MdgenError(f"it has no worksheet '{worksheet}'")


def _date_styles(package: zipfile.ZipFile, book: str) -> frozenset[str]:
    """Return the styles that show a number as a date; none where days count from 1904."""
    is_1904 = any(
        local == "workbookPr" and attributes.get("date1904") in {"1", "true"}
        for local, attributes in _elements(_read(package, book))
    )
    part = next(_related(package, book, _STYLES), None)
    if is_1904 or part is None:
        return frozenset()
    dates = set(_DATE_FORMATS)
    styles: list[str] = []
    inside = False
    for local, attributes in _elements(_read(package, part)):
        if local == "numFmt" and re.search(
            "[ymd]", _NOT_FORMAT.sub("", attributes["formatCode"].lower())
        ):
            dates.add(attributes["numFmtId"])
        elif local in {"cellXfs", "cellStyles"}:
            inside = local == "cellXfs"
        elif local == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(str(at) for at, number in enumerate(styles) if number in dates)


def _computed_anew(book: bytes) -> bytes:
    """Return the workbook's XML with the word that its formulas are computed on opening."""
    if found := _CALC.search(book):
        attributes = re.sub(rb"\s+fullCalcOnLoad\s*=\s*[\"'][^\"']*[\"']", b"", found[2]).rstrip()
        tag = b"<" + found[1] + attributes + b' fullCalcOnLoad="1"' + found[3]
        return book[: found.start()] + tag + book[found.end() :]
    *_, last = _BEFORE_CALC.finditer(book)  # at least the end of its sheets
    tag = b"<" + (last[1] or b"") + b'calcPr fullCalcOnLoad="1"/>'
    return book[: last.end()] + tag + book[last.end() :]


def _grown_table(xml: bytes, last: int, new_last: int) -> bytes:
    """Return a table's XML with its end moved from row `last` to `new_last`; without totals."""
    _, attributes = _elements(xml)[0]
    corners = re.fullmatch(r"([A-Z]+[0-9]+):([A-Z]+)([0-9]+)", attributes.get("ref", ""))
    if corners is None or int(corners[3]) != last or attributes.get("totalsRowCount", "0") != "0":
        return xml
    old = corners[0].encode()
    new = f"{corners[1]}:{cell_reference(column_index(corners[2]), new_last)}".encode()
    return re.sub(rb"(\bref\s*=\s*[\"'])" + re.escape(old), rb"\g<1>" + new, xml)


def _written(package: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        written.comment = package.comment
        for info in package.infolist():
            content = changed.get(info.filename)
            written.writestr(info, package.read(info) if content is None else content)
    return target.getvalue()
