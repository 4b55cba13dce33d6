"""A workbook's bytes → bytes that calamine may have: bounded in every way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mdgen.sheets.biff import check_records
from mdgen.sheets.compound import CompoundError, compound, stream
from mdgen.sheets.formats import Format
from mdgen.sheets.limits import PROTECTED, refusal
from mdgen.sheets.markup import MarkupError
from mdgen.sheets.opendocument import check_tables
from mdgen.sheets.openxml import check_worksheets
from mdgen.sheets.packages import damaged, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

_STREAMS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
"""Excel 97 and later, Excel 5 and 95; some programs write them in capitals."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What may be read, and an XLSX's parts by name."""

    data: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)


def inspected(source: str, data: bytes, form: Format) -> Inspected:
    """Return the workbook as it may be read; raise SheetError for a damaged or a hostile one."""
    try:
        if form is Format.XLS:
            records = stream(data, _STREAMS)
            check_records(source, records)
            return Inspected(compound("Workbook", records))
        parts = unpack(source, data)
        if form is Format.ODS:
            if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
                raise refusal(source, PROTECTED)
            check_tables(source, parts.get("content.xml", b"<none/>"))
            return Inspected(pack(parts))
        check_worksheets(source, parts)
        return Inspected(pack(parts), parts)
    except (CompoundError, MarkupError):
        raise damaged(source) from None
