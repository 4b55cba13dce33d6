"""A CSV or TSV file with edits in it, changed at the places of its cells and nowhere else."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from mdgen.problems import MdgenError
from mdgen.sheetfiles.records import Cell, Record, needs_quotes, quoted_cell, record_at
from mdgen.sheets.table import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdgen.sheetfiles.edits import Edits
    from mdgen.sheets.table import Table

_DELIMITERS: Final = (",", "\t", ";", "|")
_LONGEST_LINE: Final = 100_000
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The codecs that the reader of sheets tries where a file is not UTF-8; its notice names which.
_NAMED: Final = re.compile(r"read as (?P<name>[\w-]+)")
_CODECS: Final = {"shift_jis": "cp932", "big5": "big5hkscs", "euc_kr": "cp949"}
_LINE_END = re.compile(r"\r\n|\r|\n")


def rewritten_text(data: bytes, table: Table, edits: Edits) -> bytes:
    """Return `data`, which was read as `table`, with `edits`; all other bytes stay as they are.

    A new cell is quoted where it must be, or where its column's other cells are. New rows stand
    after the last row that holds anything. A new column is written in the header and where it has
    a value, and closes off the rows that hold quotes. A row whose quotes make no sense by
    themselves, so that the reader had to mend them, is written anew when a cell of it changes.
    """
    bom, encoding = _encoding(data, table)
    text = data[len(bom) :].decode(encoding)
    changed = _Text(text, table).with_edits(edits)
    try:
        return bom + changed.encode(encoding)
    except UnicodeEncodeError as error:
        lacking = error.object[error.start]
        raise MdgenError(
            f"{table.source}: is written in {encoding}, which has no '{lacking}'; "
            "save it as UTF-8 first"
        ) from error


@dataclass(frozen=True, slots=True)
class _Layout:
    """The text as one delimiter parts it; `columns` says where the table's columns stand."""

    delimiter: str
    header: Record
    columns: list[int]
    records: list[Record]


class _Splice(NamedTuple):
    start: int
    end: int
    text: str


class _Text:
    """A text file's text beside the table that was read from it."""

    def __init__(self, text: str, table: Table) -> None:
        self._text = text
        self._table = table
        ends = [found.end() for found in _LINE_END.finditer(text)]
        self._starts = [0, *ends]
        newline = _LINE_END.search(text)
        self._newline = newline[0] if newline else "\n"
        layouts = (self._layout(delimiter, header) for delimiter, header in self._headers())
        candidates = [layout for layout in layouts if layout is not None]
        if not candidates:
            raise MdgenError(
                f"{table.source}: its titles do not stand over their columns as they are "
                "written, so it is not filled in; save it as a plain CSV file (UTF-8) first"
            )
        layout = min(candidates, key=lambda each: sum(one.mended for one in each.records))
        self._delimiter, self._header = layout.delimiter, layout.header
        self._columns, self._records = layout.columns, layout.records
        self._habits: dict[int, tuple[bool, bool]] = {}

    def _headers(self) -> Iterator[tuple[str, Record]]:
        """Yield each delimiter under which the header is the table's, and the header."""
        start = self._starts[self._table.header_number - 1]
        wanted = [name for name in self._table.header if name]
        line = _LINE_END.split(self._text[start : start + _LONGEST_LINE], maxsplit=1)[0]
        odd = sorted({char for char in line if not char.isalnum() and char not in " _-.'\"()/&#*"})
        for delimiter in dict.fromkeys((*_DELIMITERS, *odd)):
            record = record_at(self._text, start, len(self._text), delimiter)
            if [name for cell in record.cells if (name := title(cell.text))] == wanted:
                yield delimiter, record

    def _layout(self, delimiter: str, header: Record) -> _Layout | None:
        """Return the text as `delimiter` parts it; None where that are other columns."""
        records = [
            record_at(self._text, start, limit, delimiter) for start, limit in self._row_spans()
        ]
        columns = [
            position
            for position, cell in enumerate(header.cells)
            if title(cell.text) or _has_content(records, position)
        ]
        if len(columns) != len(self._table.header):
            return None
        for at, (row, span) in enumerate(zip(self._table.rows, self._row_spans(), strict=True)):
            if not _agrees(records[at], columns, row.cells):
                records[at] = Record((), self._last_filled(*span, delimiter), mended=True)
        return _Layout(delimiter, header, columns, records)

    def _row_spans(self) -> Iterator[tuple[int, int]]:
        """Yield where each row of the table begins, and where the next one does."""
        starts = [self._starts[row.number - 1] for row in self._table.rows]
        return zip(starts, [*starts[1:], len(self._text)], strict=False)

    def _last_filled(self, start: int, limit: int, delimiter: str) -> int:
        """Return the end of the last line before `limit` that holds more than delimiters."""
        blank = rf"[\s{re.escape(delimiter)}]*\Z"
        return start + len(re.sub(blank, "", self._text[start:limit]))

    def with_edits(self, edits: Edits) -> str:
        splices = list(self._header_splice(edits.columns))
        by_number: dict[int, dict[int, str]] = {}
        for (number, column), text in edits.cells.items():
            by_number.setdefault(number, {})[self._position(column)] = text
        last = len(self._header.cells) + len(edits.columns) - 1
        for row, record in zip(self._table.rows, self._records, strict=True):
            texts = by_number.get(row.number, {})
            if edits.columns and '"' in self._text[self._starts[row.number - 1] : record.end]:
                # Readers that mend stray quotes go by whether a row is as wide as the header.
                texts.setdefault(last, "")
            if texts:
                splices += self._row_splices(row.cells, row.number, record, texts)
        if edits.rows:
            splices.append(self._added(edits.rows))
        return _spliced(self._text, splices)

    def _position(self, column: int) -> int:
        """Return where a column of the table, or one after its last, stands in the file."""
        if column < len(self._columns):
            return self._columns[column]
        return len(self._header.cells) + column - len(self._columns)

    def _header_splice(self, columns: tuple[str, ...]) -> Iterable[_Splice]:
        if not columns:
            return
        cells = self._header.cells
        quoted = all(cell.quoted for cell in cells)
        written = "".join(
            self._delimiter + quoted_cell(name, self._delimiter, quoted=quoted) for name in columns
        )
        yield _Splice(self._header.end, self._header.end, written)

    def _row_splices(
        self, cells: Sequence[str], number: int, record: Record, texts: dict[int, str]
    ) -> Iterable[_Splice]:
        if record.mended:
            known = dict(zip(self._columns, cells, strict=True)) | texts
            line = [known.get(position, "") for position in range(max(known) + 1)]
            yield _Splice(self._starts[number - 1], record.end, self._line(line))
            return
        beyond: list[str] = []
        for position, text in sorted(texts.items()):
            if position < len(record.cells):
                cell = record.cells[position]
                written = self._cell(text, position, quoted=cell.quoted)
                yield _Splice(cell.start, cell.end, written)
            else:
                first = len(record.cells) + len(beyond)
                beyond += [self._cell("", at) for at in range(first, position)]
                beyond.append(self._cell(text, position))
        if beyond:
            written = "".join(self._delimiter + cell for cell in beyond)
            yield _Splice(record.end, record.end, written)

    def _added(self, rows: Iterable[tuple[str, ...]]) -> _Splice:
        end = self._records[-1].end if self._records else self._header.end
        lines = []
        for row in rows:
            texts = {self._position(column): text for column, text in enumerate(row)}
            lines.append(self._line([texts.get(at, "") for at in range(max(texts) + 1)]))
        return _Splice(end, end, "".join(self._newline + line for line in lines))

    def _line(self, texts: Sequence[str]) -> str:
        return self._delimiter.join(self._cell(text, at) for at, text in enumerate(texts))

    def _cell(self, text: str, position: int, *, quoted: bool = False) -> str:
        filled, empty = self._habit(position)
        quoted = quoted or (filled if text else empty)
        return quoted_cell(text.replace("\n", self._newline), self._delimiter, quoted=quoted)

    def _habit(self, position: int) -> tuple[bool, bool]:
        """Say whether the filled, and the empty, cells of a column stand in quotes."""
        if position not in self._habits:
            self._habits[position] = _habit(position, self._header, self._records, self._delimiter)
        return self._habits[position]


def _habit(
    position: int, header: Record, records: Sequence[Record], delimiter: str
) -> tuple[bool, bool]:
    """Return the habit of a column; one of which nothing is known goes with the whole sheet.

    Quotes that a cell cannot do without say nothing about habits.
    """
    everywhere = [cell for record in records for cell in record.cells]
    column = [record.cells[position] for record in records if position < len(record.cells)]
    filled = _free_choices(column, delimiter) or _free_choices(everywhere, delimiter)
    filled = filled or _free_choices(header.cells, delimiter) or [False]
    empty = [cell.quoted for cell in column if not cell.text.strip()]
    empty = empty or [cell.quoted for cell in everywhere if not cell.text.strip()] or filled
    return all(filled), all(empty)


def _free_choices(cells: Iterable[Cell], delimiter: str) -> list[bool]:
    return [
        cell.quoted
        for cell in cells
        if cell.text.strip() and not needs_quotes(cell.text, delimiter)
    ]


def _has_content(records: Iterable[Record], position: int) -> bool:
    return any(
        position < len(record.cells) and record.cells[position].text.strip() for record in records
    )


def _agrees(record: Record, columns: Sequence[int], cells: Sequence[str]) -> bool:
    texts = [cell.text for cell in record.cells]
    return all(
        (_lf(texts[position]).strip() if position < len(texts) else "") == cell
        for position, cell in zip(columns, cells, strict=True)
    )


def _spliced(text: str, splices: Iterable[_Splice]) -> str:
    parts, at = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


def _lf(text: str) -> str:
    return _LINE_END.sub("\n", text) if "\r" in text else text


def _encoding(data: bytes, table: Table) -> tuple[bytes, str]:
    """Return the file's byte order mark, and the encoding as which the sheet was read."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return bom, encoding
    if b"\0" in data:
        # Without a mark UTF-16 is told by where the NULs of its line breaks are.
        is_big = data[::2].count(0) > data[1::2].count(0)
        candidates = ["utf-16-be" if is_big else "utf-16-le"]
    else:
        named = filter(None, (_NAMED.match(each.message) for each in table.notices))
        candidates = ["utf-8", *(found["name"] for found in named)]
    for name in candidates:
        encoding = _CODECS.get(name, name)
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return b"", encoding
    raise MdgenError(f"{table.source}: mixes encodings; save it as UTF-8 first")
