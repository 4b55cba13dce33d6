"""Cells of dates."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mdgen.accepts.base import One
from mdgen.accepts.dateparts import YEAR, from_parts
from mdgen.cells import dates
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mdgen.cells.dates import PartialDate
    from mdgen.columns import Cells


class Day(One):
    """A date, known to the day, the month or the year."""

    wants = "a date: `2024-10-20`, `October 2024`, `2024`"

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:
        """Return the date of the parts, or the first filled cell with its year from another."""
        first, *others = (cell for cell in cells if cell) if any(cells) else ("",)
        years = [cell for cell in others if YEAR.fullmatch(cell)]
        if parts := from_parts(titles, cells):
            return parts
        if years and YEARLESS.fullmatch(first):
            return (
                f"{first}-{years[0]}"
                if first[-1].isdigit() and "-" in first
                else f"{first} {years[0]}"
            )
        return first

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates in the order that the column or the settings prove."""
        read_day = _reader(cells)

        def read(text: str) -> PartialDate:
            try:
                return read_day(text)
            except Refusal:
                if not dates.is_status(text):
                    raise
                message = f"'{shorten(text)}' is no date; give the month or the year that is known"
                raise Refusal(message) from None

        return read


class TermDay(Day):
    """The date of a course: a day, or a term."""

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates and terms; it takes `2020.1` and `2020.2` for semesters.

        Where the column also has other numbers behind a year, they are months.
        """
        read_day = super().reader(cells)
        numbered = [found[2] for text in cells.texts if (found := NUMBERED.fullmatch(text))]
        if set(numbered) != {"1", "2"}:
            return read_day
        cells.warn("1 and 2 behind a year are read as its semesters; write 2020-02 for a month")

        def read(text: str) -> PartialDate:
            if (found := NUMBERED.fullmatch(text)) is None:
                return read_day(text)
            return replace(read_day(f"semester {found[2]} {found[1]}"), term=text)

        return read


class PublicationDay(Day):
    """The date of a paper, and with it the word for one that has not appeared yet."""

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates, which keeps the words of `2024 (in press)` as its status."""
        read_day = _reader(cells)

        def read(text: str) -> PartialDate:
            try:
                return read_day(text)
            except Refusal:
                rest, status = dates.split_status(text)
                if not (rest and status):
                    raise
                with suppress(Refusal):
                    return replace(read_day(rest), status=status)
                raise

        return read


class EndDay(One):
    """A date, or a word for what has not ended."""

    wants = "a date; empty or `present`: ongoing"

    def reader(self, cells: Cells) -> Callable[[str], PartialDate | None]:
        """Return the parser of dates, which gives None for `present`."""
        order, plain = _order(cells), _turn(cells)
        return lambda text: dates.parse_end(plain(text), order)


# `6-3`, `March 3`, `3. März`, `JUL-AUG`: without the year that stands in another column.
YEARLESS: Final = re.compile(
    r"\d\d?[-/.]\d\d?\.?|(?:\d\d?\.?[ -]?)?[^\W\d]{3,}\.?(?:[-/][^\W\d]{3,}\.?|[ -]?\d\d?)?"
)
# `2020.1`: a semester of Latin American and Korean universities, or a month.
NUMBERED: Final = re.compile(r"(\d{4})[./-](\d\d?)")
# `19-06-17`: alone it does not say which end is the year.
DASHED: Final = re.compile(r"(?<!\d)\d\d?-\d\d?-\d\d(?!\d)")


def _reader(cells: Cells) -> Callable[[str], PartialDate]:
    order, plain = _order(cells), _turn(cells)
    return lambda text: dates.parse_date(plain(text), order)


def _order(cells: Cells) -> dates.DateOrder | None:
    if cells.site.date_order:
        return dates.DateOrder(cells.site.date_order)
    order = dates.column_order(cells.texts)
    if order is None and any(DASHED.search(text) for text in cells.texts):
        order = dates.column_order(cells.texts, [dates.stated_years(row) for row in cells.rows])
    if order is None and (order := dates.habitual_order(cells.texts)):
        cells.warn(
            f"the dates are read {dates.ORDER_WORDS[order]}, as first days of months;"
            f" set `date_order` to {order} under `mdgen:` in _config.yml to be sure"
        )
    return order


def _turn(cells: Cells) -> Callable[[str], str]:
    """Return what reads `14-Sep` as the column means it."""
    if not dates.holds_months(cells.texts):
        return str

    def turn(text: str) -> str:
        turned = dates.month_and_year(text)
        if turned != text:
            cells.warn(f"'{text}' is taken for {turned}, a month as the others; write it so")
        return turned

    return turn
