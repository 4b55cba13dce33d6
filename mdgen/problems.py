"""What is wrong with the input, and where: the words that every module uses for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60  # characters of a text in a message


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sheet as the person who keeps it sees it.

    `row` is the line of a text file or the row of a worksheet, counted from 1; `column` is the
    column's title as typed, `letter` its letters in a workbook. What is unknown stays empty.
    """

    source: str
    row: int | None = None
    column: str = ""
    worksheet: str = ""
    letter: str = ""

    def __str__(self) -> str:
        """`data/talks.csv:7: date`, or `data/talks.xlsx[Sheet1]!D7: date` for a workbook."""
        place = self.source
        if self.worksheet:
            place += f"[{self.worksheet}]"
            if self.row is not None:
                place += f"!{self.letter}{self.row}"
        elif self.row is not None:
            place += f":{self.row}"
        return f"{place}: {self.column}" if self.column else place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, and in words that name the value and the way out."""

    place: Place
    message: str

    def __str__(self) -> str:
        """Return the line that the person reads."""
        return f"{self.place}: {self.message}"


class MdgenError(Exception):
    """Anything that mdgen refuses; the command line prints it and exits 2."""


class InputError(MdgenError):
    """Input that a person must correct, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep `problems` in the order in which the input shows them."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SheetError(InputError):
    """A sheet that cannot become pages."""


class SettingsError(InputError):
    """A `_config.yml` that cannot be read, or settings in it that mean nothing."""


class Refusal(ValueError):  # noqa: N818 - it is what a cell gets, not what went wrong in mdgen
    """A cell's text is not what its column accepts; the message names the value and the way out."""


def from_the_top(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what is wrong with an input as a whole, then with its rows in their order."""
    return tuple(sorted(problems, key=lambda problem: problem.place.row or 0))


def shorten(text: str) -> str:
    """Return `text` on one line and short enough to stand in a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
