"""Rows of a delimited text as RFC 4180 reads them, with the places of their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cell(NamedTuple):
    """Where a cell stands in the text, and what it says."""

    start: int
    end: int
    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A row's cells, and where its line ends; `mended` where its own quotes say something else."""

    cells: tuple[Cell, ...]
    end: int
    mended: bool = False


@lru_cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    stop = re.escape(delimiter)
    return re.compile(
        rf'[ ]*"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"[ ]*(?=[{stop}\r\n]|\Z)|(?P<plain>[^{stop}\r\n]*)'
    )


def record_at(text: str, start: int, limit: int, delimiter: str) -> Record:
    """Return the record at `start`, as RFC 4180 reads it; it begins before `limit`."""
    pattern = _cell_pattern(delimiter)
    cells = []
    position = start
    while True:
        found = pattern.match(text, position, limit)
        if found is None:  # pragma: no cover - an empty cell matches anywhere
            raise AssertionError(text[position:limit])
        quoted = found["quoted"]
        value = found["plain"] if quoted is None else quoted.replace('""', '"')
        cells.append(Cell(found.start(), found.end(), value, quoted is not None))
        position = found.end()
        if position >= limit or text[position] != delimiter:
            return Record(tuple(cells), position)
        position += 1


def quoted_cell(text: str, delimiter: str, *, quoted: bool = False) -> str:
    """Return `text` as a cell is written: in quotes where it must be, or where `quoted` says so."""
    if quoted or needs_quotes(text, delimiter):
        return '"' + text.replace('"', '""') + '"'
    return text


def needs_quotes(text: str, delimiter: str) -> bool:
    """Say whether a cell with this text would be read otherwise without quotes."""
    return text != text.strip() or any(char in text for char in (delimiter, '"', "\n", "\r"))


def line_of(cells: Iterable[str]) -> str:
    """Return a line of a CSV file, with quotes where they must be."""
    return ",".join(quoted_cell(cell, ",") for cell in cells)
