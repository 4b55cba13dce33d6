"""The ZIP archives that workbooks are: unpacked within bounds, and packed anew.

What an archive says about its sizes may be a lie, and two readers may see two archives in the same
bytes. So every part is unpacked here, up to a limit, and calamine gets an archive of just those
parts: what is read is what was looked at.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from mdgen.sheets.limits import MAX_PARTS, MAX_UNPACKED, PROTECTED, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAVE_ANEW: Final = "open it in a spreadsheet program and save it anew"
_LOCAL_HEADER: Final = struct.Struct("<26xHH")
_PARTS: Final = re.compile(r"\.(?:xml|rels)\Z|\Amimetype\Z", re.IGNORECASE)
_DECLARATIONS: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def unpack(source: str, data: bytes) -> dict[str, bytes]:
    """Return the XML parts by name; raise SheetError for a damaged or a hostile archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            message = f"consists of {len(entries):,} parts; more than {MAX_PARTS:,} are not read"
            raise refusal(source, message)
        parts: dict[str, bytes] = {}
        room = MAX_UNPACKED
        for entry in entries:
            if _PARTS.search(entry.filename):
                part = _part(source, data, entry, room)
                room -= len(part)
                _refuse_hostile(source, entry.filename, part)
                parts[entry.filename] = part
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        UnicodeError,
        ValueError,
    ):
        raise damaged(source) from None
    return parts


def damaged(source: str) -> Exception:
    """Return the error for a workbook that cannot be unpacked."""
    return refusal(source, f"is a workbook that is damaged or was cut off; {_SAVE_ANEW}")


def _part(source: str, data: bytes, entry: zipfile.ZipInfo, room: int) -> bytes:
    if entry.flag_bits & 1:
        raise refusal(source, PROTECTED)
    name_length, extra_length = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, room + 1)
    else:
        raise damaged(source)
    if len(part) > room:
        message = f"unpacks to more than {MAX_UNPACKED // 2**20} MB; split it"
        raise refusal(source, message)
    return part


def _refuse_hostile(source: str, name: str, part: bytes) -> None:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(source, f"its part '{name}' is not in UTF-8; {_SAVE_ANEW}")
    if _DECLARATIONS.search(part):
        message = f"its part '{name}' declares XML entities, as attacks do; {_SAVE_ANEW}"
        raise refusal(source, message)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of `parts`, not compressed: it is read at once."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()
