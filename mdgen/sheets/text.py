"""CSV, TSV and their kin → `Table`: each cell as typed, on the line where the editor shows it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem
from mdgen.sheets.encodings import decode
from mdgen.sheets.headers import without_doubled_gaps
from mdgen.sheets.layouts import first_width, layout
from mdgen.sheets.limits import MAX_COLUMNS, check_cells, check_lengths, refusal
from mdgen.sheets.quotes import with_quotes_mended
from mdgen.sheets.table import Grid, Table, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pandas import DataFrame

_CONFLICT: Final = re.compile(rb"^<<<<<<< .*?^=======$.*?^>>>>>>> ", re.MULTILINE | re.DOTALL)


def read_text(
    source: str, data: bytes, recognize: Callable[[Sequence[str]], int], encoding: str | None = None
) -> Table:
    """Return the table in a text file; raise SheetError where it is none."""
    decoded = decode(source, data, encoding)
    content = _without_blank_end(decoded.content)
    found = layout(content, recognize)
    content = with_quotes_mended(content, found.delimiter, found.width)
    # pandas takes the surplus of a first row for an index.
    width = max(found.width, first_width(content, found.delimiter))
    columns = _columns(source, content, found.delimiter, width)
    _refuse_conflict(source, content, columns[0])
    numbers = _numbers(columns, content.count(b"\n") + 1)
    cells = list(zip(*[map(str.strip, column) for column in columns], strict=True))
    check_lengths(source, numbers, cells)
    grid, assumed = without_doubled_gaps(Grid(cells, numbers, found.header, found.width))
    notices = list(decoded.notices)
    if assumed:
        notices.append(Problem(Place(source, numbers[found.header]), assumed))
    return replace(table(grid, Place(source), delimiter=found.delimiter), notices=tuple(notices))


def _without_blank_end(content: bytes) -> bytes:
    """Leave out the blank rows below the table, of which there may be millions.

    The last row keeps its empty cells: by their number it is told how its quotes are meant.
    """
    end = content.find(b"\n", len(content.rstrip(b"\n\t ,;")))
    return content if end < 0 else content[:end]


def _refuse_conflict(source: str, content: bytes, first_cells: Sequence[str]) -> None:
    """Refuse a sheet in which git left both sides of a merge."""
    if any(cell.startswith("<<<<<<< ") for cell in first_cells):
        found = _CONFLICT.search(content)
        if found:
            row = content.count(b"\n", 0, found.start()) + 1
            message = "a merge that git could not settle begins here; keep one side"
            raise refusal(source, f"{message} and remove the marks", row=row)


def _columns(source: str, content: bytes, delimiter: str, width: int) -> list[list[str]]:
    """Read each column with pandas, as many as the longest row needs."""
    lines = content.count(b"\n") + 1
    while True:
        check_cells(source, lines, width)
        frame = _frame(content, delimiter, width)
        if frame is not None:
            return [frame[index].tolist() for index in frame]
        width = min(2 * width, MAX_COLUMNS) if width < MAX_COLUMNS else width + 1


def _frame(content: bytes, delimiter: str, width: int) -> DataFrame | None:
    """Return all rows as text, or None where one has more than `width` cells."""
    import pandas as pd  # noqa: PLC0415 - start-up time

    try:
        # dtype, na_filter: 007 and NA are text. skip_blank_lines: row 9 must not become row 8.
        return pd.read_csv(
            io.BytesIO(content),
            sep=delimiter,
            header=None,
            names=range(width),
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            low_memory=False,
            engine="c",
            encoding="utf-8",
        )
    except pd.errors.ParserError:
        return None


def _numbers(columns: list[list[str]], lines: int) -> Sequence[int]:
    """Return the line on which each record begins: line breaks in cells push the next down."""
    records = len(columns[0])
    if records == lines:
        return range(1, records + 1)
    breaks = [0] * records
    for column in columns:
        breaks = [count + cell.count("\n") for count, cell in zip(breaks, column, strict=True)]
    return [number + pushed for number, pushed in enumerate(accumulate(breaks[:-1], initial=0), 1)]
