"""Which of the three numbers is the day, in dates with the year last or in two digits.

A column is written in one order. `15/5/2020` anywhere in it is day first, and so settles
`3/4/2021`. What neither the date nor its column decides is never guessed: that the dates would be
sorted, or near each other, in one of the orders is no proof. Two conventions hold, which the
separator itself tells (compare the date formats of the Unicode CLDR):

- With dots the day comes first (`3.4.2020`, `17.02.26`): no locale puts the month first there.
- With slashes or dots a year of two digits comes last (`28/07/20`). With dashes it need not: people
  write both `28-07-20` and `20-07-28`.

A column that proves another order wins over them, and so does the setting `date_order`.

Where nothing is proven, one habit decides, and is told: who knows only the month writes its first
day. Of 29 sheets whose order was known, and which would not have proven it, all 18 with three
such dates had them in this order.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from mdgen.cells.datewords import straight
from mdgen.cells.partialdate import PartialDate, checked
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class DateOrder(StrEnum):
    """In which order the three numbers of a date stand."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


ORDER_WORDS = {
    DateOrder.DMY: "day first",
    DateOrder.MDY: "month first",
    DateOrder.YMD: "year first",
}
_LAST_MONTH, _LAST_DAY = 12, 31
_ENOUGH = 3  # firsts of a month

_STATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)

# POSIX (and `%y` of every strptime): 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
_PIVOT = 69

_TRIPLE = re.compile(
    r"(?<![0-9])(?<![0-9][-/.])([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})"
    r"(?![0-9]|\2[0-9])"
)


def full_year(digits: str) -> int:
    """Return the year that two or four digits mean."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - two digits are what this is about
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def column_order(texts: Iterable[str], stated: Sequence[frozenset[int]] = ()) -> DateOrder | None:
    """Return the one order in which all dates of a column can be read.

    None where several can, and where none can: a column with both 15/5/2020 and 5/15/2020 proves
    nothing about 3/4/2021. `stated` are for each text the years that the rest of its row speaks of:
    beside a citation of 2019, `19-06-17` is not of 2017.
    """
    left = _possible(texts, stated)
    return left.pop() if len(left) == 1 else None


def habitual_order(texts: Iterable[str]) -> DateOrder | None:
    """Return the order in which the dates of a column, that proves none, are first days of months.

    Three different ones are asked for, and none that were such a day in the other order. `1/1/2020`
    is one in both, and says nothing.
    """
    texts = list(texts)
    if _possible(texts, ()) != {DateOrder.DMY, DateOrder.MDY}:
        return None
    dates = {tuple(map(int, parts)) for text in texts for parts, _ in _triples(text)}
    firsts = {
        DateOrder.DMY: sum(one == 1 != two for one, two, _ in dates),
        DateOrder.MDY: sum(two == 1 != one for one, two, _ in dates),
    }
    left = [order for order, count in firsts.items() if count]
    return left[0] if len(left) == 1 and firsts[left[0]] >= _ENOUGH else None


def _possible(texts: Iterable[str], stated: Sequence[frozenset[int]]) -> set[DateOrder]:
    """Return the orders in which every date of a column can be read."""
    left = set(DateOrder)
    dashed_short_year = False
    for number, text in enumerate(texts):
        for parts, mark in _triples(text):
            can = _structural(*parts)
            years = stated[number] if stated else frozenset()
            left &= {order for order in can if _ordered(parts, order)[0] in years} or can
            dashed_short_year |= mark == "-" and len(parts[2]) == 2  # noqa: PLR2004 - as above
    if not dashed_short_year and len(left) > 1:
        left.discard(DateOrder.YMD)
    return left


def _triples(text: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield the dates of three numbers in a cell, with the mark between them."""
    plain = text if text.isascii() else straight(text)
    for first, mark, second, third in _TRIPLE.findall(plain):
        yield (first, second, third), mark


def stated_years(cells: Iterable[str]) -> frozenset[int]:
    """Return the years that the cells of a row speak of, in four digits."""
    return frozenset(int(year) for cell in cells for year in _STATED.findall(cell))


def read_triple(
    value: str, parts: tuple[str, str, str], mark: str, order: DateOrder | None
) -> PartialDate:
    """Read three numbers of which the first is no four-digit year; `mark` stood between them.

    Refuses what no calendar has and what can be read in two ways; `value` names it in messages.
    """
    can = _structural(*parts)
    if order in can:
        can = {order}
    if mark != "-" and len(can) > 1:
        can.discard(DateOrder.YMD)
    if mark == "." and DateOrder.DMY in can:
        can = {DateOrder.DMY}
    if not can:
        raise Refusal(f"{value} is no day of the calendar; write it as 2024-02-28")
    readings = {order: _ordered(parts, order) for order in DateOrder if order in can}
    if len(set(readings.values())) == 1:
        return checked(value, *next(iter(readings.values())))
    raise Refusal(_ambiguous(value, readings))


def _structural(first: str, second: str, third: str) -> set[DateOrder]:
    one, two, three = int(first), int(second), int(third)
    can: set[DateOrder] = set()
    if 0 in (one, two):
        return can
    if one <= _LAST_DAY and two <= _LAST_MONTH:
        can.add(DateOrder.DMY)
    if one <= _LAST_MONTH and two <= _LAST_DAY:
        can.add(DateOrder.MDY)
    if len(third) == 2 == len(first) and two <= _LAST_MONTH and three <= _LAST_DAY:  # noqa: PLR2004
        can.add(DateOrder.YMD)
    return can


def _ordered(parts: tuple[str, str, str], order: DateOrder) -> tuple[int, int, int]:
    one, two, three = parts
    if order is DateOrder.YMD:
        return full_year(one), int(two), int(three)
    day, month = (one, two) if order is DateOrder.DMY else (two, one)
    return full_year(three), int(month), int(day)


def _ambiguous(value: str, readings: dict[DateOrder, tuple[int, int, int]]) -> str:
    spelled = []
    for order, (year, month, day) in readings.items():
        try:
            what = checked(value, year, month, day).iso
        except Refusal:
            what = "no day of the calendar"
        spelled.append(f"{what} ({ORDER_WORDS[order]})")
    return (
        f"{value} can be {' or '.join(spelled)}, and its column does not say which;"
        f" write it so, or set `date_order` to {' or '.join(readings)}"
        " under `mdgen:` in _config.yml"
    )
