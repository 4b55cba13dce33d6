"""Headers that do not stand above their columns, for a gap between titles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mdgen.sheets.table import Grid

_GAP: Final = re.compile(r"\s{2,}")


def with_header_mended(grid: Grid) -> tuple[Grid, str]:
    """Return the grid with its titles above their columns, and what was assumed ("" if nothing).

    Two titles with spaces between them, where the rows have one cell more, are two. Titles set
    apart by two tabs, above rows whose cells are set apart by one, stand side by side.
    """
    titles = grid.cells[grid.header][: grid.width]
    spread = [part for cell in titles for part in _GAP.split(cell)]
    close = [cell for cell in titles if cell]
    is_doubled = len(close) > 1 and titles == _doubled(close)
    if len(spread) == grid.width and not is_doubled:
        return grid, ""
    span = max(
        (len(cells) - _blank_end(cells) for cells in grid.cells[grid.header + 1 :]), default=0
    )
    if grid.width < len(spread) == span:
        split = next(cell for cell in titles if _GAP.search(cell))
        assumed = f"'{split}' is read as more than one title: the rows have {span} cells"
        return _with(grid, spread), assumed
    if is_doubled and 1 < span <= len(close):
        assumed = (
            "the titles are set apart doubly, and the cells below are not; read as if both were"
        )
        return _with(grid, close), assumed
    return grid, ""


def _doubled(titles: list[str]) -> tuple[str, ...]:
    return tuple(part for title in titles for part in (title, ""))[:-1]


def _blank_end(cells: tuple[str, ...]) -> int:
    return next((index for index, cell in enumerate(reversed(cells)) if cell), len(cells))


def _with(grid: Grid, titles: list[str]) -> Grid:
    cells = list(grid.cells)
    cells[grid.header] = tuple(titles + [""] * (len(cells[grid.header]) - len(titles)))
    return replace(grid, cells=cells, width=len(titles))
