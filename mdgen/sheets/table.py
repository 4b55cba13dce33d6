"""Rows of cells as a sheet holds them → `Table`: titles, rows below them, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem
from mdgen.sheets.headers import double_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INVISIBLE: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\xad"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header.

    `number` is the line of a text file on which it begins, or the row of a worksheet. `cells` are
    as many as the table has titles, without the spaces (also no-break ones) around them; line
    breaks in them are LF.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its titles, and the rows below them that hold anything.

    Columns with neither title nor content are left out; one with content and no title has the title
    "". `letters` are those of a workbook's columns, "" for each column of a text file. `links` are
    the targets of a workbook's hyperlinks, by row number and column index. `notices` say what was
    assumed; `problems` name rows that do not fit below the header (they are among `rows`, cut to
    its length).
    """

    source: str
    worksheet: str
    header: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[Row, ...]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    header_number: int = 1

    def place(self, row: Row | None = None, column: int | None = None) -> Place:
        """Return the place of a cell, of a row, of a column's title, or of the whole table."""
        number = row.number if row else None if column is None else self.header_number
        if column is None:
            return Place(self.source, number, worksheet=self.worksheet)
        return Place(self.source, number, self.header[column], self.worksheet, self.letters[column])


def title(cell: str) -> str:
    """Return a column's title without the characters that nobody sees."""
    return cell.translate(_INVISIBLE).strip()


def column_letters(index: int) -> str:
    """Return the letters of a worksheet's column: A for 0, AA for 26."""
    before, last = divmod(index, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a sheet as they stand in it, blank ones too: stripped, and of one length."""

    cells: Sequence[tuple[str, ...]]
    numbers: Sequence[int]
    header: int
    width: int
    """Cells of the header; content beyond them fits nowhere."""


def table(
    grid: Grid, place: Place, *, delimiter: str = "", first_column: int | None = None
) -> Table:
    """Return the table of `grid` at `place`.

    `first_column` is the index of a worksheet's first column; `delimiter` what stands between the
    cells of a text.
    """
    titles = tuple(map(title, grid.cells[grid.header]))
    below = grid.cells[grid.header + 1 :]
    numbers = grid.numbers[grid.header + 1 :]
    kept = [
        index
        for index in range(grid.width)
        if titles[index] or any(cells[index] for cells in below)
    ]
    problems = _overlong(grid, place, titles, delimiter)
    if kept != list(range(len(titles))):
        below = [tuple([cells[index] for index in kept]) for cells in below]
    header = tuple(titles[index] for index in kept)
    again = header if len(header) > 1 else None  # people repeat it where a printed page begins
    filled = [any(cells) and cells != again for cells in below]
    return Table(
        place.source,
        place.worksheet,
        header,
        tuple(
            "" if first_column is None else column_letters(first_column + index) for index in kept
        ),
        tuple(map(Row, compress(numbers, filled), compress(below, filled))),
        problems=problems,
        header_number=grid.numbers[grid.header],
    )


_SHOWN: Final = 60
_NAMES: Final = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def _overlong(
    grid: Grid, place: Place, titles: tuple[str, ...], delimiter: str
) -> tuple[Problem, ...]:
    """Name each row with content beyond the header, by the first value there."""
    if grid.width == len(titles):
        return ()
    name = _NAMES.get(delimiter, f"'{delimiter}'")
    double = double_title(grid)
    cause = (
        f"probably '{double}' in the header should be two titles: put a {name} between them"
        if double
        else f"probably a {name} inside an earlier cell splits it: put that cell in double quotes,"
        f" or take the {name} out"
    )
    last = next((text for text in reversed(titles[: grid.width]) if text), "")
    problems = []
    below = slice(grid.header + 1, None)
    for number, cells in zip(grid.numbers[below], grid.cells[below], strict=True):
        extra = next(filter(None, cells[grid.width :]), "")
        if extra:
            message = f"'{_shortened(extra)}' stands beyond the last column, '{last}'; {cause}"
            problems.append(Problem(Place(place.source, number), message))
    return tuple(problems)


def _shortened(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
