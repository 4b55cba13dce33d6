"""Year, month and day, or term and year, that stand in columns of their own → one date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.columns import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR: Final = re.compile(r"(?:1[5-9]|2[01])\d\d")
# The folded titles of columns that hold a part.
MONTHS: Final = ("month", "publicationmonth", "pubmonth", "monat", "mois", "mes", "mese")
DAYS: Final = ("day",)
TERMS: Final = ("term", "semester", "semestre", "trimester", "quarter", "season")
# `2`, `II`: the number of what the title of such a column says.
NUMBER: Final = re.compile(r"[1-4]|I{1,3}|IV")
YEARS: Final = re.compile(r"\d{4} ?[-/–] ?(?:\d{4}|\d\d)")
NOTHING: Final = re.compile(r"\W*|0+|n/a|na", re.IGNORECASE)


def from_parts(titles: Sequence[str], cells: Sequence[str]) -> str:
    """Return the date that a bare year and the parts beside it make, or a term and the years.

    Nothing where there is no such year, or where a cell holds more than a part.
    """
    year, term, month, day = "", "", "", ""
    for title, cell in zip(titles, cells, strict=True):
        name = fold(title)
        if NOTHING.fullmatch(cell):
            continue
        if YEAR.fullmatch(cell) or YEARS.fullmatch(cell):
            year = year or cell
        elif name in TERMS:
            term = f"{title} {cell}," if NUMBER.fullmatch(cell) else cell
        elif name in MONTHS:
            month = cell
        elif name in DAYS and cell.isdigit():
            day = cell
        else:
            return ""
    if not year or re.search(r"\d{4}", term):
        return ""
    if term or YEARS.fullmatch(year):
        return f"{term} {year}".strip()
    if month.isdigit():
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    return f"{day} {month} {year}".strip() if month or not day else ""
