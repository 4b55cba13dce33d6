"""OLE compound files, in which XLS keeps its records: one stream out of one, and into another.

The format is a small file system ([MS-CFB]); a damaged one can lead a reader in circles for ever.
Here each sector is
read at most once, and calamine gets a file that holds nothing but the workbook.
"""

from __future__ import annotations

import struct
from typing import Final

_END: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFF
_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_CUTOFF: Final = 4096
_ENTRY: Final = 128


class CompoundError(Exception):
    """The file is damaged."""


def stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Return the first stream of the compound file that has one of these names."""
    try:
        return _File(data).stream(names)
    except (struct.error, LookupError, UnicodeDecodeError):
        raise CompoundError from None


class _File:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        directory, mini_fat, tables = self._header()
        if (shift, mini_shift) not in {(9, 6), (12, 6)}:
            raise CompoundError
        self._size = 1 << shift
        self._fat = self._words(b"".join(map(self._sector, self._table_sectors(tables))))
        self._directory = self._chain(directory)
        self._mini_fat_start = mini_fat

    def _header(self) -> tuple[int, int, int]:
        directory, mini_fat = struct.unpack_from("<I8xI", self._data, 48)
        (tables,) = struct.unpack_from("<I", self._data, 68)
        return directory, mini_fat, tables

    def _sector(self, index: int) -> bytes:
        start = (index + 1) * self._size
        if start >= len(self._data):
            raise CompoundError
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    @staticmethod
    def _words(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _table_sectors(self, more: int) -> list[int]:
        """Return where the allocation table lies: the header names 109 sectors, a chain more."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while more < _END:
            if more in seen:
                raise CompoundError
            seen.add(more)
            *found, more = self._words(self._sector(more))
            sectors += found
        return [sector for sector in sectors if sector < _END]

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _END:
            if len(parts) > len(self._fat):
                raise CompoundError
            parts.append(self._sector(sector))
            sector = self._fat[sector]
        return b"".join(parts)

    def stream(self, names: tuple[str, ...]) -> bytes:
        entries = {}
        for start in range(0, len(self._directory), _ENTRY):
            entry = self._directory[start : start + _ENTRY]
            (length,) = struct.unpack_from("<H", entry, 64)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le")
            entries[name] = struct.unpack_from("<II", entry, 116)
        for name in names:
            if name in entries:
                start, size = entries[name]
                mini = size < _MINI_CUTOFF
                content = (
                    self._mini_chain(start, *entries["Root Entry"]) if mini else self._chain(start)
                )
                return content[:size]
        raise CompoundError

    def _mini_chain(self, sector: int, root: int, size: int) -> bytes:
        """Return a short stream: such share the stream of the root entry, in small sectors."""
        room = self._chain(root)[:size]
        fat = self._words(self._chain(self._mini_fat_start))
        parts: list[bytes] = []
        while sector < _END:
            if len(parts) > len(fat):
                raise CompoundError
            parts.append(room[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = fat[sector]
        return b"".join(parts)


def compound(name: str, content: bytes) -> bytes:
    """Return a compound file that holds one stream."""
    size = max(
        len(content), _MINI_CUTOFF
    )  # a shorter one would have to lie among the small sectors
    sectors = -(-size // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < sectors + 1 + tables + -(-max(0, tables - 109) // 127):
        tables += 1
    extra = -(-max(0, tables - 109) // 127)
    first_table = sectors + 1
    places = [first_table + index for index in range(tables)]
    fat = [*range(1, sectors), _END, _END, *[0xFFFFFFFD] * tables, *[0xFFFFFFFC] * extra]
    fat += [_FREE] * (tables * (_SECTOR // 4) - len(fat))
    first_extra = first_table + tables if extra else _END
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, sectors, 0, _MINI_CUTOFF, _END, 0, first_extra, extra)
    header += _padded(places[:109], 109)
    more = b"".join(
        _padded(places[start : start + 127], 127)
        + struct.pack("<I", first_extra + index + 1 if index + 1 < extra else _END)
        for index, start in enumerate(range(109, tables, 127))
    )
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 0, size) + bytes(2 * _ENTRY)
    )
    return (
        header + content.ljust(sectors * _SECTOR, b"\0") + directory + _padded(fat, len(fat)) + more
    )


def _padded(words: list[int], length: int) -> bytes:
    return struct.pack(f"<{length}I", *words, *[_FREE] * (length - len(words)))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    tree = struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, size)
