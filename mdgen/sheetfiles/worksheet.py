"""The XML of one worksheet with texts in some cells, spliced in where the cells stand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

# A tag from its `<` on; an attribute's value may hold a `>`.
_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
# How Excel writes characters that XML lacks; a text that looks like it is written so itself.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_DAY_ZERO: Final = dt.date(1899, 12, 30)  # counting Excel's 29 February 1900
_FIRST_RIGHT_DAY: Final = dt.date(1900, 3, 1)


@dataclass(slots=True)
class _Cell:
    """A cell: from which byte to which, its style, and whether it holds a number or a formula."""

    column: int
    start: int
    end: int
    style: str
    is_number: bool
    has_formula: bool = False
    has_value: bool = False


@dataclass(slots=True)
class _Row:
    """A row: its number, where it starts, where its tag ends and where it ends; its cells."""

    number: int
    start: int
    tag_end: int
    end: int
    cells: list[_Cell] = field(default_factory=list)

    def cell(self, column: int) -> _Cell | None:
        """Return the cell in a column, or None where none is written."""
        return next((cell for cell in self.cells if cell.column == column), None)


class _Splice(NamedTuple):
    start: int
    end: int
    text: bytes


def cell_reference(column: int, row: int) -> str:
    """Return `D7` for column 3 (counted from 0), row 7."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def column_index(letters: str) -> int:
    """Return 3 for `D`."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


@dataclass(slots=True)
class _Scan:
    """What a pass over the XML finds."""

    rows: list[_Row] = field(default_factory=list)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    dimension: tuple[int, int] | None = None
    data: tuple[int, int] = (0, 0)
    prefix: str = ""
    has_formulas: bool = False


class _Scanner:
    """The pass itself: expat says which element is where."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._open: list[tuple[str, int]] = []
        self.found = _Scan()
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.XmlDeclHandler = _refuse_encoding
        self._parser = parser
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position
        except expat.ExpatError as error:
            raise MdgenError(f"the worksheet is damaged: {error}") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        at = self._parser.CurrentByteIndex
        tag_end = self._tag_end(at)
        parent = self._open[-1][0] if self._open else ""
        self._open.append((local, tag_end))
        if local == "c" and parent == "row":
            self._start_cell(at, attributes)
        elif parent == "c":
            self._inside_cell(local)
        elif local == "row" and parent == "sheetData":
            rows = self.found.rows
            number = int(attributes.get("r") or (rows[-1].number if rows else 0) + 1)
            rows.append(_Row(number, at, tag_end, tag_end))
        elif local == "sheetData":
            self.found.prefix = f"{prefix}:" if prefix else ""
            self.found.data = tag_end, tag_end
        elif local == "dimension":
            self.found.dimension = at, tag_end
        elif local == "col" and attributes.get("style"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.found.column_styles.append((first, last, attributes["style"]))

    def _start_cell(self, at: int, attributes: dict[str, str]) -> None:
        cells = self.found.rows[-1].cells
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        following = cells[-1].column + 1 if cells else 0
        column = column_index(reference[1]) if reference else following
        is_number = attributes.get("t", "n") == "n"
        cells.append(_Cell(column, at, at, attributes.get("s", ""), is_number))

    def _inside_cell(self, local: str) -> None:
        cell = self.found.rows[-1].cells[-1]
        if local == "f":
            self.found.has_formulas = cell.has_formula = True
        cell.has_value = True

    def _end(self, _name: str) -> None:
        local, end = self._open.pop()
        # At the end of `<row/>` expat stands behind it, where another end tag may begin.
        if not self._xml.endswith(b"/>", end - 2, end):
            at = self._parser.CurrentByteIndex
            if local == "sheetData":
                self.found.data = self.found.data[0], at
            end = self._tag_end(at)
        parent = self._open[-1][0] if self._open else ""
        if local == "c" and parent == "row":
            self.found.rows[-1].cells[-1].end = end
        elif local == "row" and parent == "sheetData":
            self.found.rows[-1].end = end

    def _tag_end(self, at: int) -> int:
        found = _TAG.match(self._xml, at)
        if found is None:  # pragma: no cover - expat has seen the whole tag
            raise AssertionError(self._xml[at : at + 80])
        return found.end()


def _refuse_doctype(*_declared: object) -> None:
    raise MdgenError("the worksheet declares a document type, which no spreadsheet program does")


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
        raise MdgenError(f"the worksheet is written in {encoding}; save the workbook anew")


class Worksheet:
    """A worksheet's XML, and texts to be put into its cells.

    Rows are numbered as the person sees them, columns counted from 0. Raises `MdgenError` for what
    is no worksheet's XML in UTF-8, or has a document type, which no spreadsheet program writes.
    """

    def __init__(self, xml: bytes, date_styles: Collection[str] = ()) -> None:
        self._xml = xml
        self._date_styles = date_styles
        self._scan = _Scanner(xml).found
        self._rows = {row.number: row for row in self._scan.rows}

    @property
    def has_formulas(self) -> bool:
        """Say whether any cell is computed from others."""
        return self._scan.has_formulas

    def next_column(self, rows: Iterable[int]) -> int:
        """Return the first column to the right of everything that stands in `rows`."""
        found = (self._rows[number] for number in rows if number in self._rows)
        filled = (cell.column for row in found for cell in row.cells if cell.has_value)
        return max(filled, default=-1) + 1

    def with_texts(self, texts: Mapping[tuple[int, int], str], like: Mapping[int, int]) -> bytes:
        """Return the XML with `texts` by row and column; every other byte stays.

        A cell that is there keeps its style. One that is new takes that of its row's model in the
        same column, where `like` names one, or of its column; and, as the model does, holds whole
        numbers and days of the calendar as such. A cell with a formula is never written over.
        """
        by_row: dict[int, dict[int, str]] = {}
        for (number, column), text in texts.items():
            by_row.setdefault(number, {})[column] = text
        splices: list[_Splice] = []
        for number, cells in sorted(by_row.items()):
            model = self._rows.get(like.get(number, 0))
            row = self._rows.get(number)
            splices += (
                self._new_row(number, cells, model)
                if row is None
                else self._changed_row(row, cells, model)
            )
        splices += self._grown_dimension(texts)
        return _spliced(self._xml, splices)

    def _new_row(self, number: int, cells: Mapping[int, str], model: _Row | None) -> list[_Splice]:
        p = self._scan.prefix
        inside = b"".join(
            self._cell(number, column, text, None, model) for column, text in sorted(cells.items())
        )
        xml = f'<{p}row r="{number}">'.encode() + inside + f"</{p}row>".encode()
        below = next((row for row in self._scan.rows if row.number > number), None)
        at = below.start if below else self._scan.data[1]
        return [_Splice(at, at, xml)]

    def _changed_row(
        self, row: _Row, cells: Mapping[int, str], model: _Row | None
    ) -> Iterator[_Splice]:
        tag = self._xml[row.start : row.tag_end]
        is_empty = tag.endswith(b"/>")
        opened = _SPANS.sub(b"", tag)
        if is_empty:
            opened = opened[:-2].rstrip() + b">"
        yield _Splice(row.start, row.tag_end, opened)
        inner_end = row.tag_end if is_empty else self._xml.rindex(b"</", row.tag_end, row.end)
        for column, text in sorted(cells.items()):
            there = row.cell(column)
            if there and there.has_formula:
                continue
            new = self._cell(row.number, column, text, there, model)
            if there:
                yield _Splice(there.start, there.end, new)
            else:
                right = next((cell for cell in row.cells if cell.column > column), None)
                at = right.start if right else inner_end
                yield _Splice(at, at, new)
        if is_empty:
            yield _Splice(row.tag_end, row.tag_end, f"</{self._scan.prefix}row>".encode())

    def _cell(
        self, number: int, column: int, text: str, there: _Cell | None, model: _Row | None
    ) -> bytes:
        alike = model.cell(column) if model else None
        style = there.style if there else alike.style if alike else self._column_style(column)
        p = self._scan.prefix
        start = f"<{p}c r={quoteattr(cell_reference(column, number))}"
        start += f" s={quoteattr(style)}" if style else ""
        if alike and alike.is_number and alike.has_value and not alike.has_formula:
            value = _as_number(text, is_date=style in self._date_styles)
            if value:
                return f"{start}><{p}v>{value}</{p}v></{p}c>".encode()
        shown = escape(_NOT_IN_XML.sub("", _LOOKS_ESCAPED.sub("_x005F_", text)))
        inline = f'<{p}is><{p}t xml:space="preserve">{shown}</{p}t></{p}is>'
        return f'{start} t="inlineStr">{inline}</{p}c>'.encode()

    def _column_style(self, column: int) -> str:
        styles = self._scan.column_styles
        return next((style for first, last, style in styles if first <= column <= last), "")

    def _grown_dimension(self, texts: Iterable[tuple[int, int]]) -> Iterator[_Splice]:
        if self._scan.dimension is None:
            return
        start, end = self._scan.dimension
        tag = self._xml[start:end]
        found = re.search(rb'(ref\s*=\s*["\'])([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?', tag)
        if found is None:
            return
        letters, row = (found[4] or found[2]).decode(), int(found[5] or found[3])
        last_column = max([column_index(letters), *(column for _, column in texts)])
        last_row = max([row, *(number for number, _ in texts)])
        reference = found[2] + found[3] + b":" + cell_reference(last_column, last_row).encode()
        at = start + found.start(2)
        yield _Splice(at, start + found.end(), reference)


def _as_number(text: str, *, is_date: bool) -> str:
    """Return what a cell with a number holds for `text`, or nothing where it is not one."""
    if not is_date:
        return text if _WHOLE.fullmatch(text) else ""
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2024-02-28") else None
    except ValueError:
        return ""
    return str((day - _DAY_ZERO).days) if day and day >= _FIRST_RIGHT_DAY else ""


def _spliced(xml: bytes, splices: Iterable[_Splice]) -> bytes:
    parts, at = [], 0
    # The sort is stable: what goes in at one place stays in the order of its rows and columns.
    for splice in sorted(splices, key=lambda each: each.start):
        parts += [xml[at : splice.start], splice.text]
        at = splice.end
    return b"".join([*parts, xml[at:]])
