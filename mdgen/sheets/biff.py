"""XLS, before calamine reads it: how far the cells in its records reach ([MS-XLS])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from mdgen.sheets.extents import Extent
from mdgen.sheets.limits import MAX_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECORD: Final = struct.Struct("<HH")
_CELL: Final = struct.Struct("<HH")
_START: Final = 0x0809
_ONE_CELL: Final = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK."""
_MANY_CELLS: Final = 0x00BD
_SHARED_CELL: Final = 0x00FD
_SHARED: Final = 0x00FC
_CONTINUED: Final = 0x003C
_LONGEST: Final = 65_535


def check_records(source: str, content: bytes) -> None:
    """Raise SheetError where a worksheet reaches too far, or its cells share too long a text."""
    extents = [Extent()]
    shared: list[bytes] = []
    used: dict[int, int] = {}
    before = 0
    for kind, record in _records(content):
        if kind == _START:
            extents.append(Extent())
        elif kind == _SHARED or (kind == _CONTINUED and before == _SHARED):
            shared.append(record)
            kind = _SHARED
        elif len(record) >= 6 and (kind in _ONE_CELL or kind == _MANY_CELLS):
            row, column = _CELL.unpack_from(record)
            more = (len(record) - 6) // 6 if kind == _MANY_CELLS else 1
            extents[-1].take(row + 1, column + more)
            if kind == _SHARED_CELL and len(record) >= 10:
                (index,) = struct.unpack_from("<I", record, 6)
                used[index] = used.get(index, 0) + 1
        before = kind
    if sum(used.values()) * _LONGEST > MAX_UNPACKED:
        lengths = _lengths(shared)
        extents[0].characters = sum(
            count * (lengths[index] if index < len(lengths) else 0) for index, count in used.items()
        )
    for extent in extents:
        extent.check(source)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + _RECORD.size <= len(content):
        kind, length = _RECORD.unpack_from(content, position)
        position += _RECORD.size
        yield kind, content[position : position + length]
        position += length


def _lengths(shared: list[bytes]) -> list[int]:
    """Return how many characters each shared text has.

    A text that runs over into the next record says there anew whether its characters take one byte
    or two.
    """
    lengths: list[int] = []
    record, position = 0, 8
    try:
        while True:
            if position >= len(shared[record]):
                record, position = record + 1, 0
            count, flags = struct.unpack_from("<HB", shared[record], position)
            lengths.append(count)
            position += 3
            skipped = 0
            if flags & 8:
                skipped += 4 * struct.unpack_from("<H", shared[record], position)[0]
                position += 2
            if flags & 4:
                skipped += struct.unpack_from("<I", shared[record], position)[0]
                position += 4
            width = 1 + (flags & 1)
            while count:
                taken = min(count, (len(shared[record]) - position) // width)
                count -= taken
                position += taken * width
                if count:
                    record, position = record + 1, 1
                    width = 1 + (shared[record][0] & 1)
            position += skipped
            while position > len(shared[record]):
                position -= len(shared[record])
                record += 1
    except (IndexError, struct.error):
        return lengths
