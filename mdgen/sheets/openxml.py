"""XLSX, before calamine reads it: how far its cells reach, and how much text they share."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mdgen.sheets.extents import Extent, column_number, row_and_column
from mdgen.sheets.limits import MAX_UNPACKED
from mdgen.sheets.markup import local, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

_CELL: Final = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_USUAL_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"')
_REFERENCE: Final = re.compile(rb"\br\s*=\s*[\"']?\s*([A-Za-z]{1,9})([0-9]{1,10})")
_DIGITS: Final = 10
_SHARED: Final = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_VALUE: Final = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>\s*(?:([0-9]+)|[<&])")


def check_worksheets(source: str, parts: Mapping[str, bytes]) -> None:
    """Raise SheetError where a worksheet reaches too far, or its cells share too long a text."""
    shared = [
        len(text)
        for name, part in parts.items()
        if name.lower().endswith("sharedstrings.xml")
        for text in _SHARED.split(part)[1:]
    ]
    for part in parts.values():
        if b"sheetData" in part:
            cells = len(_CELL.findall(part))
            extent = _extent(part, cells)
            extent.characters += _shared_characters(part, cells, shared)
            extent.check(source)


def _extent(part: bytes, cells: int) -> Extent:
    """Read the references as every program writes them; a true parser reads all others.

    calamine forgives what is not XML (it takes the last of two references in one cell), so every
    reference counts, wherever it stands.
    """
    if len(_USUAL_CELL.findall(part)) == cells:
        references = _REFERENCE.findall(part)
        extent = Extent(
            max(map(int, {row for _, row in references}), default=0),
            max(
                (column_number(letters.decode()) for letters in {cell[0] for cell in references}),
                default=0,
            ),
        )
        if extent.is_bounded():
            return extent
    return _Cells().extent(part)


class _Cells:
    """Finds the cells that hold anything: programs format empty ones to the end of a row."""

    def __init__(self) -> None:
        self._extent = Extent()
        self._row = 0
        self._column = 0
        self._in_cell = False

    def extent(self, part: bytes) -> Extent:
        walk(part, self._start, self._end)
        return self._extent

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            told = local(attributes, "r")[:_DIGITS]
            self._row = max(self._row + 1, int(told) if told.isascii() and told.isdigit() else 0)
            self._column = 0
        elif name == "c":
            row, column = row_and_column(local(attributes, "r")) or (0, 0)
            # Where the reference is missing, or not in order, readers differ: the larger counts.
            self._row = max(self._row, row)
            self._column = max(self._column + 1, column)
            self._in_cell = True
        elif self._in_cell:
            self._extent.take(self._row, self._column)

    def _end(self, name: str) -> None:
        if name == "c":
            self._in_cell = False


def _shared_characters(part: bytes, cells: int, shared: list[int]) -> int:
    """Return at most how many characters of shared texts the cells show; 0 if that is few.

    A thousand characters there and a million cells that refer to them make a thousand million.
    """
    longest = max(shared, default=0)
    if longest * cells <= MAX_UNPACKED:
        return 0
    counted = Counter(_VALUE.findall(part))
    return sum(
        count * (_length(digits, shared) if digits else longest)
        for digits, count in counted.items()
    )


def _length(digits: bytes, shared: list[int]) -> int:
    index = int(digits[:20])
    return shared[index] if index < len(shared) else 0
