"""ODS, before calamine reads it: how far its cells reach, those written once for many included."""

from __future__ import annotations

from typing import Final

from mdgen.sheets.extents import Extent
from mdgen.sheets.markup import local, walk

_VALUES: Final = (
    "value",
    "value-type",
    "string-value",
    "date-value",
    "time-value",
    "boolean-value",
)


def check_tables(source: str, content: bytes) -> None:
    """Raise SheetError where a table reaches too far, or repeats too long a text."""
    tables = _Tables()
    walk(content, tables.start, tables.end, tables.text)
    for extent in tables.extents:
        extent.check(source)


class _Tables:
    """Counts rows and columns as they come; `number-rows-repeated` makes many of one."""

    def __init__(self) -> None:
        self.extents = [Extent()]
        self._row = self._rows = 0
        self._column = self._columns = 0
        self._cell_characters: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.extents.append(Extent())
            self._row = self._rows = 0
        elif name == "table-row":
            self._row += self._rows
            self._rows = _count(local(attributes, "number-rows-repeated"))
            self._column = self._columns = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._column += self._columns
            self._columns = _count(local(attributes, "number-columns-repeated"))
            self._cell_characters = 0
            if any(local(attributes, value) for value in _VALUES):
                self._take(sum(map(len, attributes.values())))
        elif self._cell_characters is not None:
            self._take(0)

    def end(self, name: str) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            self._cell_characters = None

    def text(self, text: str) -> None:
        if self._cell_characters is not None:
            self._take(len(text))

    def _take(self, characters: int) -> None:
        repeated = self._rows * self._columns
        self.extents[-1].take(
            self._row + self._rows, self._column + self._columns, characters * repeated
        )


def _count(told: str) -> int:
    return int(told[:20]) if told.isascii() and told.isdigit() else 1
