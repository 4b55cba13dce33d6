"""Headers that do not stand above their columns, because of what looks like a gap between
titles.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mdgen.sheets.table import Grid

_GAP: Final = re.compile(r"\s{2,}")


def with_header_mended(grid: Grid) -> tuple[Grid, str]:
    """Return the grid with its titles above their columns, and what was assumed ("" if nothing).

    Two titles with some spaces between them, where the rows have one cell more, are two; titles that are set apart
    by two tabs, above rows whose cells are set apart by one, stand side by side.
    """
    titles = grid.cells[grid.header][: grid.width]
    rows = grid.cells[grid.header + 1 :]
    span = max((len(cells) - _blank_end(cells) for cells in rows), default=0)
    spread = [part for cell in titles for part in _GAP.split(cell)]
    if len(spread) == span > grid.width:
        split = next(cell for cell in titles if _GAP.search(cell))
        return _with(
            grid, spread
        ), f"'{split}' is read as more than one title: the rows have {span} cells"
    close = [cell for cell in titles if cell]
    doubled = len(titles) == 2 * len(close) - 1 and not any(titles[1::2])
    if doubled and 1 < span <= len(close):
        return _with(
            grid, close
        ), "the titles are set apart doubly, the cells below them are not; read as if they were"
    return grid, ""


def _blank_end(cells: tuple[str, ...]) -> int:
    return next((index for index, cell in enumerate(reversed(cells)) if cell), len(cells))


def _with(grid: Grid, titles: list[str]) -> Grid:
    cells = list(grid.cells)
    cells[grid.header] = tuple(titles + [""] * (len(cells[grid.header]) - len(titles)))
    return replace(grid, cells=cells, width=len(titles))
