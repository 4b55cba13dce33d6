"""A date of which only the year, or the year and the month, may be known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import total_ordering

from mdgen.problems import Refusal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Before 1583 Ruby's dates are Julian and Python's are Gregorian: one text would mean
# two days. Past 2199 there is nothing to announce, only a slip of the finger (2204 for 2024).
FIRST_YEAR, LAST_YEAR = 1583, 2199


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day; `term` is how a course's time was typed, if it was one.

    `status` is what a cell said besides, of a paper that has not appeared yet: "in press".
    Dates sort by year, month and day; what is not known sorts before what is.
    """

    year: int
    month: int | None = None
    day: int | None = None
    term: str = ""
    status: str = field(default="", compare=False)

    @property
    def first(self) -> dt.date:
        """The day that dates a page: a year alone is 1 January, a month alone its first day."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """`2024`, `2024-10` or `2024-10-20`: as much as is known."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def shown(self) -> str:
        """`2024`, `October 2024`, `October 20, 2024`, or the term as it was typed."""
        if self.term:
            return self.term
        if self.month is None:
            return f"{self.year}"
        month = MONTHS[self.month - 1]
        return f"{month} {self.year}" if self.day is None else f"{month} {self.day}, {self.year}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int, str]:
        return self.year, self.month or 0, self.day or 0, self.term


def checked(value: str, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """Return the date; refuse, naming `value`, what no calendar has and years out of all reason."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(
            f"{value} lies outside the years {FIRST_YEAR} to {LAST_YEAR}; write it as 2024-02-28"
        )
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Refusal(f"{value} is no day of the calendar; write it as 2024-02-28") from None
    return PartialDate(year, month, day)
