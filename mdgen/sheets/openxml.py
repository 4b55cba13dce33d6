"""XLSX, before calamine reads it: how far its cells reach, and how much text they share."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mdgen.sheets.extents import Extent, column_number
from mdgen.sheets.limits import MAX_UNPACKED
from mdgen.sheets.markup import MarkupError, local, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

_BARE_CELL: Final = re.compile(rb"<c[>/\t\n\r]")
_PREFIXED_CELL: Final = re.compile(rb"<[^\s<>/]+:c[\s/>]")
_USUAL_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)>')
_SECOND_REFERENCE: Final = re.compile(rb"\br\s*=")
_A_ROW: Final = re.compile(r"[0-9]{1,7}")
_A_CELL: Final = re.compile(r"([A-Za-z]{0,3})([0-9]{1,7})")
_SHARED: Final = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_VALUE: Final = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>\s*(?:([0-9]+)|[<&])")


def check_worksheets(source: str, parts: Mapping[str, bytes]) -> None:
    """Raise SheetError where a worksheet reaches too far, or its cells share too long a text."""
    shared = [
        length
        for name, part in parts.items()
        if name.lower().endswith("sharedstrings.xml")
        for length in _lengths(part)
    ]
    for part in parts.values():
        if b"sheetData" in part:
            cells = _count_cells(part)
            extent = _extent(part, cells)
            extent.characters += _shared_characters(part, cells, shared)
            extent.merged = part.count(b"mergeCell")
            extent.check(source)


def _lengths(part: bytes) -> list[int]:
    """Return at least how many characters each shared text has."""
    texts = _SHARED.split(part) if b":si" in part else part.split(b"<si")
    return list(map(len, texts[1:]))


def _count_cells(part: bytes) -> int:
    cells = part.count(b"<c ") + len(_BARE_CELL.findall(part))
    return cells + (len(_PREFIXED_CELL.findall(part)) if b":c" in part else 0)


def _extent(part: bytes, cells: int) -> Extent:
    """Read the references as every program writes them; a true parser reads all others.

    calamine forgives what is no XML, and of two references in one cell takes the last.
    """
    usual = _USUAL_CELL.findall(part)
    if usual and len(usual) == cells:
        letters, rows, rests = map(set, zip(*usual, strict=True))
        extent = Extent(max(map(int, rows)), max(map(_column_number, letters)))
        if extent.is_bounded() and not any(map(_SECOND_REFERENCE.search, rests)):
            return extent
    return _Cells().extent(part)


def _column_number(letters: bytes) -> int:
    return column_number(letters.decode())


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
            told = _A_ROW.fullmatch(local(attributes, "r", "0"))
            self._row = max(self._row + 1, int(_told(told)[0]))
            self._column = 0
        elif name == "c":
            letters, row = _told(_A_CELL.fullmatch(local(attributes, "r", "0"))).groups()
            # Where the reference is missing, or not in order, readers differ: the larger counts.
            self._row = max(self._row, int(row))
            self._column = max(self._column + 1, column_number(letters))
            self._in_cell = True
        elif self._in_cell:
            self._extent.take(self._row, self._column)

    def _end(self, name: str) -> None:
        if name == "c":
            self._in_cell = False


def _told(reference: re.Match[str] | None) -> re.Match[str]:
    if reference is None:
        raise MarkupError("a reference leads nowhere")  # some numbers come around in calamine
    return reference


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
