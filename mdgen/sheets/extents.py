"""How far the cells of a worksheet reach, before a reader lays them out in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mdgen.sheets.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_UNPACKED,
    check_cells,
    refusal,
)

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,8})([0-9]{1,10})\Z")


@dataclass(slots=True)
class Extent:
    """The last row and column that hold anything, the text they share, and merged ranges."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    merged: int = 0

    def take(self, row: int, column: int, characters: int = 0) -> None:
        """Take in a cell; rows and columns count from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        self.characters += characters

    def is_bounded(self) -> bool:
        """Say whether a reader may lay it out."""
        return self.columns <= MAX_COLUMNS and self.rows * self.columns <= MAX_CELLS

    def check(self, source: str) -> None:
        """Raise SheetError where no reader should try."""
        check_cells(source, self.rows, self.columns)
        if self.characters > MAX_UNPACKED:
            message = f"holds more than {MAX_UNPACKED // 2**20} MB of text; split it"
            raise refusal(source, message)
        if self.merged > MAX_MERGED:
            message = f"merges cells in more than {MAX_MERGED:,} places; take the merging back"
            raise refusal(source, message)


def row_and_column(reference: str) -> tuple[int, int] | None:
    """Return row and column, counted from 1, of a reference such as `D7`."""
    found = _REFERENCE.match(reference)
    return (int(found[2]), column_number(found[1])) if found else None


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
