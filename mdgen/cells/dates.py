"""Date cells: whatever a person understands at a glance, and never a guess.

A day, a month or a year stays just that (`2024-10` is not 1 October). Of a range the first day
counts; a span of years (`2018-2019`) is shown as typed.

- `Jan-20` is how Excel shows January 2020 (20 January it shows as `20-Jan`), so it is a month;
  `14-Sep` and `Jan 20` say no year and are refused. In a column of such months, though, `14-Sep` is
  one of them, with its numbers turned round (`month_and_year`).
- `2024-03-00` and `2024-00-00`, which databases write for what they do not know, are a month and a
  year. `2019.0` is a year that went through a number.
- `2020/21` is an academic year, `2018/04` a month. `2010/11` and `2010–11` (with an en dash)
  could be both and are refused, while `2010-11` is a month by ISO 8601.
- Five digits are a day as Excel counts them, from 1950 to 2099.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from mdgen.cells.dateorder import (
    ORDER_WORDS,
    DateOrder,
    column_order,
    full_year,
    habitual_order,
    read_triple,
    stated_years,
)
from mdgen.cells.datewords import (
    MONTH_NUMBERS,
    PRESENT,
    WEEKDAYS,
    common_era,
    folded,
    is_status,
    split_status,
    straight,
)
from mdgen.cells.partialdate import PartialDate, checked
from mdgen.cells.quoted import quoted
from mdgen.cells.terms import SEASONS, read_term
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ORDER_WORDS",
    "DateOrder",
    "PartialDate",
    "column_order",
    "habitual_order",
    "holds_months",
    "is_status",
    "month_and_year",
    "parse_date",
    "parse_end",
    "split_status",
    "stated_years",
]

LONGEST = 100
"""No date is longer; what is, is refused unread."""

_ISO = re.compile(r"([0-9]{4})(?:-(0[0-9]|1[0-2])(?:-([0-9]{2})(?:[ T]00:00:00(?:\.0+)?)?)?)?")


def parse_date(text: str, order: DateOrder | None = None) -> PartialDate:
    """Read a date cell; `order` is what its column proves or the site's `date_order` says.

    Raises Refusal for what is no date, has no year, can be read in two ways, or is a status.
    """
    return _parse(text.strip(), order)


def parse_end(text: str, order: DateOrder | None = None) -> PartialDate | None:
    """Read the end of a period; None if it goes on ("present", "ongoing", "now", nothing).

    Of a range whose end has its own year (`2018-2019`, `May - June 2020`) that end counts.
    """
    if folded(text).strip(" .()") in PRESENT:
        return None
    first = parse_date(text, order)
    for found in _TO_END.finditer(straight(text)):
        last = found[1]
        if last.casefold() in PRESENT:
            return None
        with suppress(Refusal):
            if (end := parse_date(last, order)) > first:
                return end
    return first


_MONTH_OF_YEAR = re.compile(r"[A-Za-z]{3}-[0-9]{2}")
_YEAR_OF_MONTH = re.compile(r"([0-9]{2})-([A-Za-z]{3})")
_ENOUGH = 3  # months with their years, for what else a column may hold


def holds_months(texts: Iterable[str]) -> bool:
    """Tell whether a column holds months with their years (`Dec-13`, `Jun-14`): most of its words.

    A `14-Sep` among them is one as well. Read as a day it would have no year.
    """
    texts = list(texts)
    months = sum(bool(_MONTH_OF_YEAR.fullmatch(text)) for text in texts)
    turned = sum(bool(_YEAR_OF_MONTH.fullmatch(text)) for text in texts)
    return months >= _ENOUGH and months > turned > 0


def month_and_year(text: str) -> str:
    """Return the `14-Sep` of a column that `holds_months` as `Sep-14`, any other text as it is."""
    return _YEAR_OF_MONTH.sub(r"\2-\1", text) if _YEAR_OF_MONTH.fullmatch(text) else text


# Where the end of a period begins; not the dashes and slashes inside of one date.
_TO_END = re.compile(
    r"(?=(?: --? | to | until |(?<=[0-9]{4})[-/](?=[0-9]{4})|(?<=-[0-9]{2})/(?=[0-9]{4}-)"
    r"|(?<=[^\W\d])-(?=[^\W\d])|(?<=[0-9])-(?=[^\W\d]{3}))\s*([^-\s].*))"
)


@lru_cache(maxsize=8192)
def _parse(text: str, order: DateOrder | None) -> PartialDate:
    if found := _ISO.fullmatch(text):
        return _known(quoted(text), *found.groups())
    value = quoted(text)
    if len(text) > LONGEST:
        raise Refusal(_no_date(value))
    date = _read_whole(value, text, order) or _first_of(text, order)
    if date is None:
        raise Refusal(_why_not(value, text, _canonical(text)))
    return date


def _read_whole(value: str, text: str, order: DateOrder | None) -> PartialDate | None:
    return _read(value, _canonical(text), order) or read_term(value, text)


def _known(value: str, year: str, month: str | None, day: str | None) -> PartialDate:
    """Read year, month and day in digits; zeros at the end stand for what is not known."""
    number = int(month) if month else 0
    date = int(day) if day else 0
    return checked(value, int(year), None if number == date == 0 else number, date or None)


# --- one spelling for all: `Sunday, October 9th, 2019, 10:00` becomes `M10 9 2019` ---

_TIME = re.compile(
    r"(?:t|[ ,@]+(?:at |um )?)"
    r"(?:[0-9]{1,2}(?::[0-9]{2}){1,2}(?:[.,][0-9]+)? ?(?:[ap]\.?m\.?)?"
    r"(?: ?- ?[0-9]{1,2}:[0-9]{2} ?(?:[ap]\.?m\.?)?)?"
    r"|[0-9]{1,2}(?: ?- ?[0-9]{1,2})? ?(?:[ap]\.?m\.?|h(?:[0-9]{2})?|(?:[.:][0-9]{2} ?)?uhr))"
    r" ?(?:z|[a-z]{3,4}|(?:utc|gmt)?[+-][0-9]{2}:?[0-9]{2})?$"
)
_CJK = (
    (re.compile(r"([0-9]) ?[年년] ?"), r"\1-"),
    (re.compile(r"([0-9]) ?[月월] ?"), r"\1-"),
    (re.compile(r"([0-9]) ?[日号號일]"), r"\1"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_ROMAN |= {"vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_ROMAN_MONTH = re.compile(r"(?<=[0-9])([. /-]+)([ivx]+)(?=[. /-]+[0-9]{4})")
_YEAR_SIGN = re.compile(r"(?<=[0-9]{4}) (?:r|roku|г|года)\.?$")  # `12 maja 2020 r.`
_ORDINAL = re.compile(r"(?<![0-9])([0-9]{1,2}) ?(?:st|nd|rd|th|er|º|ª)(?![a-z])")
_BRACKETS = re.compile(r"[()\[\]]")
_DAY_LIST = re.compile(r"(?<![0-9])([0-9]{1,2}) ?, ?(?=[0-9]{1,2}(?![0-9]))")
_WORD = re.compile(r"([^\W\d_]+)(\.?)")
_JOINERS = {"to", "until", "till", "thru", "through", "bis", "and", "und", "et", "au", "al", "y"}
_DROPPED = {"of", "the", "de", "del", "den", "der", "le", "el", "am", "on", "from"}
_DROPPED |= {"early", "mid", "late", "circa", "ca", "c", "approx"}


def _canonical(text: str) -> str:
    plain = common_era(straight(text).casefold())
    for pattern, mark in _CJK:
        plain = pattern.sub(mark, plain)
    plain = _TIME.sub("", _BRACKETS.sub(" ", folded(plain)).strip(" -.,;~'\""))
    plain = _ROMAN_MONTH.sub(_roman_month, _YEAR_SIGN.sub("", plain))
    plain = _DAY_LIST.sub(r"\1-", _ORDINAL.sub(r"\1", plain)).replace("&", " - ")
    plain = _WORD.sub(_token, plain).replace(",", " ")
    return " ".join(plain.split()).strip(" .-")


def _roman_month(found: re.Match[str]) -> str:
    """Write `12.V.2020` as `12.M05 .2020`; other letters stay."""
    number = _ROMAN.get(found[2])
    return f"{found[1]}M{number:02d} " if number else found[0]


def _token(found: re.Match[str]) -> str:
    word, dot = found.groups()
    if word in MONTH_NUMBERS:
        return f"M{MONTH_NUMBERS[word]:02d} "
    if word in WEEKDAYS or word in _DROPPED:
        return dot
    return "-" if word in _JOINERS else word + dot


# --- the forms ---

_Y, _M, _D = "(?P<y>[0-9]{4})", "M(?P<m>[0-9]{2})", r"(?P<d>[0-9]{1,2})\.?"
_DAY, _MONTH, _TO, _GAP, _SKIP = r"[0-9]{1,2}\.?", r"M[0-9]{2}", r" ?[-/] ?", r"[ ./-]+", r"[ ./-]*"
_NAMED = tuple(
    re.compile(form)
    for form in (
        rf"{_M}{_SKIP}{_D}(?:{_TO}(?:{_MONTH}{_SKIP})?{_DAY})*{_GAP}{_Y}",
        rf"{_D}(?:{_TO}{_DAY})*{_SKIP}{_M}(?:{_TO}{_DAY}{_SKIP}{_MONTH})?{_SKIP}{_Y}",
        rf"{_Y}{_SKIP}{_M}(?:{_SKIP}{_D}(?:{_TO}(?:{_MONTH}{_SKIP})?{_DAY})*)?",
        rf"{_M}(?:{_TO}{_MONTH})*{_SKIP}{_Y}",
        rf"{_Y}{_SKIP}{_M}(?:{_TO}{_MONTH})*",
        rf"{_D}{_SKIP}{_M}{_GAP}'?(?P<yy>[0-9]{{2}})",
        rf"{_M}{_SKIP}{_D} ?'(?P<yy>[0-9]{{2}})",
        rf"{_M}[ .]*(?:-'?|')(?P<yy>[0-9]{{2}})",
    )
)
_NUMBERED = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}( ?[-./] ?| )(?P<m>[0-9]{{1,2}})\2(?P<d>[0-9]{{1,2}})(?:(?: ?[-/] ?|\.\.){_DAY})?",
        rf"{_Y}(?:[-./ ]| ?[-.] )(?P<m>[0-9]{{1,2}})",
        r"(?P<m>[0-9]{1,2}) ?[-./ ] ?" + _Y,
        rf"{_Y}(?:\.0+|[a-d])",  # `2019b`, as in a list of references
        _Y,
        r"(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])",
        r"(?P<y>(?:19|20)(?:1[3-9]|[2-9][0-9]))(?P<m>0[1-9]|1[0-2])",  # never yymmdd nor ddmmyy
    )
)
_TRIPLE = re.compile(r"([0-9]{1,2}) ?([-./ ]) ?([0-9]{1,2}) ?\2 ?'?([0-9]{4}|[0-9]{2})")
_DAYS_OF_MONTH = re.compile(r"([0-9]{1,2})\.? ?- ?[0-9]{1,2}([./])([0-9]{1,2})\2([0-9]{4})")
_TWO_DAYS = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})\.? ?- ?[0-9]{1,2}\2[0-9]{1,2}\2([0-9]{4})")
_TWO_YEARS = re.compile(r"([0-9]{4}) ?([-/]) ?([0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_NO_YEAR = re.compile(
    rf"{_MONTH}|{_MONTH}{_SKIP}{_DAY}(?:{_TO}(?:{_MONTH}{_SKIP})?{_DAY})*"
    rf"|{_DAY}(?:{_TO}{_DAY})*{_SKIP}{_MONTH}|[0-9]{{1,2}}[-./][0-9]{{1,2}}\.?"
)

# Excel counts from here since it takes 1900 for a leap year. 1 January 1950 to 31 December 2099.
_EXCEL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(18264, 73051)


def _read(value: str, plain: str, order: DateOrder | None) -> PartialDate | None:
    return _read_one(value, plain, order) or _read_range(
        value,
        plain,
        order or column_order([plain]),  # 3/5/2021 - 15/5/2021 settles itself
    )


def _read_one(value: str, plain: str, order: DateOrder | None) -> PartialDate | None:
    if found := _TRIPLE.fullmatch(plain):
        one, mark, two, three = found.groups()
        return read_triple(value, (one, two, three), mark, order)
    if (found := _TWO_YEARS.fullmatch(plain)) and (years := _academic_year(value, *found.groups())):
        return years
    for form in _NAMED if "M" in plain else _NUMBERED:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            year = parts.get("y") or str(full_year(parts["yy"]))
            return _known(value, year, parts.get("m"), parts.get("d"))
    if (found := _SERIAL.fullmatch(plain)) and int(found[1]) in _SERIALS:
        day = _EXCEL_ZERO + dt.timedelta(days=int(found[1]))
        return PartialDate(day.year, day.month, day.day)
    return _read_days(value, plain, order)


def _read_days(value: str, plain: str, order: DateOrder | None) -> PartialDate | None:
    """Read `18-20.08.2011`, which is day first, and `28.10.-01.11.2019`."""
    if found := _DAYS_OF_MONTH.fullmatch(plain):
        day, _, month, year = found.groups()
        return _known(value, year, month, day)
    if found := _TWO_DAYS.fullmatch(plain):
        one, mark, two, year = found.groups()
        return read_triple(value, (one, two, year), mark, order)
    return None


def _academic_year(value: str, year: str, mark: str, short: str) -> PartialDate | None:
    """Read `2020/21`; `2010/11` and `2010–11` could be a month as well."""
    if int(short) != (int(year) + 1) % 100:
        return None  # 2018/04: a month
    if int(short) > 12 or short == "00":  # noqa: PLR2004 - months
        return PartialDate(checked(value, int(year)).year, term=f"{year}{mark}{short}")
    raise Refusal(
        f"{value} can be the month {year}-{short} or the years {year} to {int(year) + 1};"
        f" write it as {year}-{short} or {year}-{int(year) + 1}"
    )


def _read_range(value: str, plain: str, order: DateOrder | None) -> PartialDate | None:
    """Read a range of two whole dates, or of one and the present; the first of them counts."""
    for found in re.finditer(r" ?(?:--+|\.\.|[-/]) ?", plain):
        first, last = plain[: found.start()], plain[found.end() :]
        if _is_year(first):
            continue  # a span of years, shown as typed
        date = _read_one(value, first, order) if first else None
        if date is None:
            continue
        end = date if last in PRESENT else _read_one(value, last, order)
        if end is not None and date <= end:
            return date
    return None


def _first_of(text: str, order: DateOrder | None) -> PartialDate | None:
    """Read the first of several whole dates, each with its year: `12 May 2020, 3 June 2021`."""
    first, *others = _LISTED.split(text)
    if not others or not all(_HAS_YEAR.search(part) for part in (first, *others)):
        return None
    with suppress(Refusal):
        dates = [_read_whole(quoted(text), part, order) for part in (first, *others)]
        return dates[0] if all(dates) else None
    return None


_LISTED = re.compile(r"\s*[,;]\s*")
_HAS_YEAR = re.compile("[0-9]{4}")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit()  # noqa: PLR2004


def _why_not(value: str, text: str, plain: str) -> str:
    rest, status = split_status(text)
    if status and not rest:
        return (
            f"{value} is a status, not a date; give a year in `pub_date`"
            " and put the word in `status`"
        )
    if status and re.search("[0-9]", rest):
        return (
            f"{value} holds a date and a status; leave {quoted(rest)} here"
            f" and put {quoted(status)} in `status`"
        )
    if _NO_YEAR.fullmatch(plain) or plain in SEASONS:
        return f"{value} has no year; write it with its year, as 2024-02-28 or 2024-02"
    if part := _date_before(text):
        return (
            f"{value} holds more than a date; leave {quoted(part)} here and put the rest in a"
            " column of its own"
        )
    return _no_date(value)


_LONGEST_DATE = 8  # words


def _date_before(text: str) -> str:
    """Return the date with which `text` begins, before other words; nothing where there is none."""
    words = text.split()
    for end in range(min(len(words) - 1, _LONGEST_DATE), 0, -1):
        part = " ".join(words[:end])
        bare = part.rstrip(" ,;:")
        rest = [word for word, _ in _WORD.findall(folded(" ".join(words[end:])))]
        if not rest or not MONTH_NUMBERS.keys().isdisjoint(rest) or not _HAS_YEAR.search(bare):
            continue
        with suppress(Refusal):
            # After a bare year, what is not set apart may be a month that was mistyped.
            date = _read_whole(quoted(bare), bare, None)
            if date and (date.month or bare != part or words[end][0] in "(["):
                return bare
    return ""


def _no_date(value: str) -> str:
    return f"{value} is no date; write it as 2024-02-28, 2024-02 or 2024"
