"""Headers that do not stand above their columns, for a gap between titles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mdgen.sheets.table import Grid

_GAP: Final = re.compile(r"\s{2,}")


def without_doubled_gaps(grid: Grid) -> tuple[Grid, str]:
    """Return the grid with its titles above their columns, and what was assumed ("" if nothing).

    Titles set apart by two tabs, above rows whose cells are set apart by one, stand side by side.
    """
    titles = grid.cells[grid.header][: grid.width]
    close = [cell for cell in titles if cell]
    if len(close) > 1 and titles == _doubled(close) and 1 < _span(grid) <= len(close):
        cells = list(grid.cells)
        blank = len(cells[grid.header]) - len(close)
        cells[grid.header] = tuple(close + [""] * blank)
        assumed = (
            "the titles are set apart doubly, and the cells below are not; read as if both were"
        )
        return replace(grid, cells=cells, width=len(close)), assumed
    return grid, ""


def double_title(grid: Grid) -> str:
    """Return the title that is two, with spaces where the delimiter should be; "" if there is none.

    The rows say so: they have as many cells as there would be titles.
    """
    titles = grid.cells[grid.header][: grid.width]
    double = [cell for cell in titles if _GAP.search(cell)]
    parts = sum(len(_GAP.split(cell)) for cell in titles)
    return double[0] if double and parts == _span(grid) > grid.width else ""


def _doubled(titles: list[str]) -> tuple[str, ...]:
    return tuple(part for title in titles for part in (title, ""))[:-1]


def _span(grid: Grid) -> int:
    """Return how many cells the longest row has, up to the last that holds anything."""
    rows = grid.cells[grid.header + 1 :]
    return max((len(cells) - _blank_end(cells) for cells in rows), default=0)


def _blank_end(cells: tuple[str, ...]) -> int:
    return next((index for index, cell in enumerate(reversed(cells)) if cell), len(cells))
