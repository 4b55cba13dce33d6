"""Where the table stands in a text: its delimiter, and the line of its header."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from mdgen.sheets.table import title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DELIMITERS: Final = ("\t", ",", ";", "|")

_HEAD_BYTES: Final = 100_000
_HEAD_RECORDS: Final = 30
_CLEAR: Final = 2
_ROWS_ABOVE: Final = 6
"""How far down the header may stand: people put a heading and a date above a table, hardly more."""

_SEP: Final = re.compile(r'"?sep=([ -/:-@\[-`{-~\t])"?\n', re.IGNORECASE)
"""Excel's own first line, which it obeys and writes: https://stackoverflow.com/q/17953679"""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands between cells, which record is the header, and how many cells it has."""

    delimiter: str
    header: int
    width: int


def layout(content: bytes, recognize: Callable[[Sequence[str]], int]) -> Layout:
    """Return the layout under which most titles are known; the likeliest where none is."""
    head = content[:_HEAD_BYTES].decode(errors="ignore")
    told = _SEP.match(head)
    if told:
        return _layout(told[1], head, recognize, first=1)[1]
    delimiters = [*DELIMITERS, *_other_delimiters(head)]
    return max(
        (_layout(delimiter, head, recognize) for delimiter in delimiters), key=lambda pair: pair[0]
    )[1]


def first_width(content: bytes, delimiter: str) -> int:
    """Return how many cells the first record has; quotes are as a CSV reader wants them."""
    return len(_records(content[:_HEAD_BYTES].decode(errors="ignore"), delimiter)[0])


def _records(head: str, delimiter: str) -> list[list[str]]:
    # The standard library looks at the first lines; pandas would take a millisecond for each try.
    records = islice(csv.reader(head.split("\n"), delimiter=delimiter), _HEAD_RECORDS)
    return [_unwrapped(record, delimiter) for record in records]


def _unwrapped(record: list[str], delimiter: str) -> list[str]:
    """Return the cells of a record that was quoted as a whole."""
    wrapped = len(record) == 1 and delimiter in record[0]
    return next(csv.reader(record, delimiter=delimiter)) if wrapped else record


def header_index(
    rows: Sequence[Sequence[str]], recognize: Callable[[Sequence[str]], int]
) -> tuple[int, int]:
    """Return how many titles are known, and in which row.

    That is the first row that holds anything, unless none of its cells is a known title and at
    least two cells of one soon below it are.
    """
    filled = [index for index, cells in enumerate(rows) if any(map(str.strip, cells))][:_ROWS_ABOVE]
    scores = {index: recognize([title(cell) for cell in rows[index]]) for index in filled}
    if not filled:
        return 0, 0
    below = max(filled, key=lambda index: scores[index])
    best = filled[0] if scores[filled[0]] or scores[below] < _CLEAR else below
    return scores[best], best


def _other_delimiters(head: str) -> list[str]:
    first = next((line for line in head.split("\n") if line.strip()), "")
    odd = {
        char
        for char in first
        if char.isascii() and not char.isalnum() and char not in " _-.'\"()/&#*\n"
    }
    return sorted(odd - set(DELIMITERS))


def _layout(
    delimiter: str, head: str, recognize: Callable[[Sequence[str]], int], first: int = 0
) -> tuple[tuple[int, int], Layout]:
    """Return the layout under this delimiter, after how good it is."""
    records = _records(head, delimiter)
    known, header = header_index(records[first:], recognize)
    width = len(records[first + header])
    alike = sum(len(record) == width > 1 for record in records) if delimiter in DELIMITERS else 0
    return (known, alike), Layout(delimiter, first + header, width)
