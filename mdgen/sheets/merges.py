"""Merged cells: files keep the value of the top-left one alone, and people see it in every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdgen.sheets.extents import Extent
from mdgen.sheets.packages import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a range: row and column, counted from 0."""


def below(ranges: Sequence[Range], header: int) -> list[Range]:
    """Return the ranges that reach over several rows, all of them below the row of the header."""
    return [each for each in ranges if header < each[0][0] < each[1][0]]


def filled_down(
    source: str, cells: Sequence[tuple[str, ...]], start: tuple[int, int], ranges: Sequence[Range]
) -> Sequence[tuple[str, ...]]:
    """Return `cells`, which begin at `start`, with what a person sees in `ranges`.

    Each row has the value of the range's first cell, in the range's first column. Rows without a
    cell of their own stay blank: one item that is merged as a whole is one item. SheetError for
    ranges that overlap so often that no program wrote them.
    """
    found = list(_columns(cells, start, ranges))
    if sum(len(rows) for _, _, rows in found) > len(cells) * len(cells[0] if cells else ()):
        raise damaged(source)
    texts = [(cells[top][column], column, rows) for top, column, rows in found]
    Extent(characters=sum(len(text) * len(rows) for text, _, rows in texts)).check(source)
    changed: dict[int, list[str]] = {}
    for text, column, rows in texts:
        for row in rows:
            if any(cells[row]):
                changed.setdefault(row, list(cells[row]))[column] = text
    if not changed:
        return cells
    return [tuple(changed.get(row, own)) for row, own in enumerate(cells)]


def linked_down(
    links: Mapping[tuple[int, int], str], ranges: Sequence[Range]
) -> dict[tuple[int, int], str]:
    """Return `links`, by row and column from 1, with those of a range's first cell in each row."""
    found = dict(links)
    for (top, left), (bottom, _) in ranges:
        target = found.get((top + 1, left + 1)) if links else None
        if target:
            found |= dict.fromkeys(((row + 1, left + 1) for row in range(top, bottom + 1)), target)
    return found


def _columns(
    cells: Sequence[tuple[str, ...]], start: tuple[int, int], ranges: Sequence[Range]
) -> Iterator[tuple[int, int, range]]:
    """Give of each range its first row, its first column and the rows below, within `cells`."""
    for (top, left), (bottom, _) in ranges:
        row, column = top - start[0], left - start[1]
        rows = range(row + 1, min(bottom - start[0] + 1, len(cells)))
        if rows and 0 <= column < len(cells[0]):
            yield row, column, rows
