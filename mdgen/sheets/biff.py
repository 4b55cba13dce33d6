"""XLS, before calamine reads it: how far the cells in its records reach ([MS-XLS])."""

from __future__ import annotations

import struct
from collections import Counter
from typing import TYPE_CHECKING, Final

from mdgen.sheets.compound import CompoundError
from mdgen.sheets.extents import Extent
from mdgen.sheets.limits import MAX_UNPACKED, PROTECTED, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECORD: Final = struct.Struct("<HH")
_FORMATTED: Final = struct.Struct("<HHH")
_REFERRING: Final = struct.Struct("<6xI")
_RK: Final = 6
_PASSWORD: Final = 0x002F
_WORKSHEET: Final = 0x0085
_START: Final = 0x0809
_ONE_CELL: Final = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK."""
_MANY_CELLS: Final = 0x00BD
_MERGED: Final = 0x00E5
_RANGE: Final = 8
_SHARED_CELL: Final = 0x00FD
_SHARED: Final = 0x00FC
_CONTINUED: Final = 0x003C
_LONGEST: Final = 65_535


def check_records(source: str, content: bytes) -> None:
    """Raise SheetError where a worksheet reaches too far, or its cells share too long a text."""
    extents = [Extent()]
    shared: list[bytes] = []
    used: Counter[int] = Counter()
    in_shared = False
    for kind, record in _records(content):
        in_shared = kind == _SHARED or (in_shared and kind == _CONTINUED)
        if in_shared:
            shared.append(record)
        elif kind == _PASSWORD:
            raise refusal(source, PROTECTED)
        elif kind == _WORKSHEET and int.from_bytes(record[:4], "little") >= len(content):
            raise CompoundError
        elif kind == _START:
            extents.append(Extent())
        elif kind == _MERGED:
            extents[-1].merged += len(record) // _RANGE
        elif (kind in _ONE_CELL or kind == _MANY_CELLS) and len(record) >= _FORMATTED.size:
            row, column, _ = _FORMATTED.unpack_from(record)
            more = (len(record) - _FORMATTED.size) // _RK if kind == _MANY_CELLS else 1
            extents[-1].take(row + 1, column + more)
            if kind == _SHARED_CELL and len(record) >= _REFERRING.size:
                used[_REFERRING.unpack_from(record)[0]] += 1
    extents[0].characters = _characters(shared, used)
    for extent in extents:
        extent.check(source)


def _characters(shared: list[bytes], used: Counter[int]) -> int:
    """Return at most how many characters of shared texts the cells show; 0 if that is few."""
    if used.total() * _LONGEST <= MAX_UNPACKED:
        return 0
    lengths = dict(enumerate(_lengths(shared)))
    return sum(count * lengths.get(index, 0) for index, count in used.items())


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + _RECORD.size <= len(content):
        kind, length = _RECORD.unpack_from(content, position)
        position += _RECORD.size
        yield kind, content[position : position + length]
        position += length


def _lengths(shared: list[bytes]) -> list[int]:
    """Return how many characters each shared text has, as far as the records go."""
    texts = _Texts(shared)
    lengths: list[int] = []
    try:
        while True:
            lengths.append(texts.next_length())
    except (IndexError, struct.error):
        return lengths


class _Texts:
    """Walks the shared texts, which run over from one record into the next."""

    def __init__(self, records: list[bytes]) -> None:
        self._records = records
        self._index = 0
        self._position = 8  # after two counts of texts

    def next_length(self) -> int:
        """Return the characters of the text at hand; IndexError or struct.error at the end."""
        if self._position >= len(self._records[self._index]):
            self._index, self._position = self._index + 1, 0
        length, flags = self._read("<HB")
        runs = self._read("<H")[0] if flags & 8 else 0
        more = self._read("<I")[0] if flags & 4 else 0
        self._skip_characters(length, 1 + (flags & 1))
        self._skip(4 * runs + more)
        return length

    def _read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._records[self._index], self._position)
        self._position += struct.calcsize(layout)
        return values

    def _skip_characters(self, count: int, width: int) -> None:
        while (here := (len(self._records[self._index]) - self._position) // width) < count:
            count -= max(here, 0)
            # The next record says anew whether characters take one byte or two.
            self._index, self._position = self._index + 1, 1
            width = 1 + (self._records[self._index][0] & 1)
        self._position += count * width

    def _skip(self, count: int) -> None:
        self._position += count
        while self._position > len(self._records[self._index]):
            self._position -= len(self._records[self._index])
            self._index += 1
