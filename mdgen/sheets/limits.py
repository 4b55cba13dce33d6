"""How much a sheet may hold, so that a hostile one ends in a message, in seconds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem, SheetError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES: Final = 100 * 2**20
"""The file: a hundred thousand publications with their abstracts are some 40 MB of CSV."""

MAX_UNPACKED: Final = 256 * 2**20
"""All that a workbook unpacks to: XML takes six times the room of the CSV with the same cells."""

MAX_COLUMNS: Final = 1000
"""Titles and cells of a row: Zotero's export has 87 columns, and no kind of page has more."""

MAX_CELLS: Final = 5_000_000
"""Rows times columns, blank ones between them included: readers lay a sheet out as a full
rectangle.
"""

MAX_MERGED: Final = 100_000
"""Ranges of merged cells in a worksheet: one for each year or venue makes some hundreds."""

MAX_CELL: Final = 1_000_000
"""Characters of a cell: Excel takes 32 767; a book of 500 pages has a million."""

PROTECTED: Final = "is protected by a password; save it without one"
"""What is said of a workbook that cannot be looked into."""

MAX_PARTS: Final = 10_000
"""Files within a workbook: each worksheet is one, and so is each picture."""


def refusal(
    source: str, message: str, *, row: int | None = None, worksheet: str = ""
) -> SheetError:
    """Return the error for a sheet that is refused as a whole, for one reason."""
    return SheetError([Problem(Place(source, row, worksheet=worksheet), message)])


def check_cells(source: str, rows: int, columns: int, *, worksheet: str = "") -> None:
    """Raise SheetError where a rectangle of cells is larger than any sheet of pages."""
    if columns > MAX_COLUMNS:
        message = f"has more than {MAX_COLUMNS:,} columns; remove those that are not needed"
        raise refusal(source, message, worksheet=worksheet)
    if rows * columns > MAX_CELLS:
        message = (
            f"spans {rows:,} rows of {columns:,} columns; more than {MAX_CELLS:,} cells are not"
            " read: delete blank rows and columns, or split the sheet"
        )
        raise refusal(source, message, worksheet=worksheet)


def check_lengths(
    source: str, numbers: Sequence[int], rows: Sequence[tuple[str, ...]], *, worksheet: str = ""
) -> None:
    """Raise SheetError for the longest cell where it is longer than any text of a page."""
    if max(map(len, chain.from_iterable(rows)), default=0) <= MAX_CELL:
        return
    lengths = [max(map(len, cells)) for cells in rows]
    longest = max(lengths)
    message = f"a cell holds {longest:,} characters; shorten it to {MAX_CELL:,}"
    raise refusal(source, message, row=numbers[lengths.index(longest)], worksheet=worksheet)
