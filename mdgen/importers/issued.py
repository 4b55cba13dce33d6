"""When a work appeared, as bibliographies say it, to `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from mdgen.bibtex.entries import MONTHS

_ISO = re.compile(r"(?<!\d)(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
# Not what only begins like a month: "Marine", "Mayor", "Decision".
_MONTH = re.compile(
    r"\b(jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:in[\s-]press|in[\s-]preparation|in[\s-]revision|in[\s-]review"
    r"|to appear(?: (?:at|in)\b[^.;]*)?|forthcoming"
    r"|submitted(?: to\b[^.;]*)?|under review(?: at\b[^.;]*)?"
    r"|accepted(?: (?:at|to|by|for)\b[^.;]*)?"
    r"|conditionally accepted|unpublished|work in progress|ahead of print|early access)",
    re.IGNORECASE,
)
_PUBSTATES: Final = {
    "inpress": "in press", "inpreparation": "in preparation", "prepublished": "prepublished",
}  # fmt: skip


def partial_date(year: str, month: str = "", day: str = "") -> str:
    """Return the date in ISO form, as far as its parts are a day of the calendar; or nothing.

    `month` is a number, or a text with an English month's name and perhaps a day ("June 3--5",
    "1 jun"); `year` may hold more than the year ("c. 1999", "2003 [1998]"): the first counts.
    """
    found = _YEAR.search(year)
    if found is None:
        return ""
    number, named_day = _month_and_day(month)
    day = day.strip() or named_day
    if not 1 <= number <= len(MONTHS):
        return found[0]
    if day.isdecimal():
        try:
            return dt.date(int(found[0]), number, int(day)).isoformat()
        except ValueError:
            pass
    return f"{found[0]}-{number:02d}"


def _month_and_day(text: str) -> tuple[int, str]:
    text = text.strip()
    if text.isdecimal():
        return int(text), ""
    named = _MONTH.search(text)
    if named is None:
        return 0, ""
    day = _DAY.search(text)
    return MONTHS.index(named[0][:3].lower()) + 1, day[0] if day else ""


def date_of(text: str) -> str:
    """Return what a whole date says: ISO (of a range its first day), or "June 2019", or nothing.

    Biblatex's seasons (`2020-21` is the spring of 2020) count as their year alone.
    """
    first = text.strip().lstrip("/").split("/" if "-" in text else "\n")[0]
    if found := _ISO.match(first):
        return partial_date(found[1], found[2] or "", found[3] or "")
    year = _YEAR.search(text)
    return partial_date(year[0], text.replace(year[0], " ")) if year else ""


def status_in(text: str) -> str:
    """Return the word for what has not appeared yet ("in press", "to appear in …"), or nothing."""
    if not text or text.isdecimal():
        return ""
    if state := _PUBSTATES.get(text.strip().lower()):
        return state
    found = _STATUS.search(text)
    if found is None:
        return ""
    return found[0][0].lower() + found[0][1:].strip().rstrip(".")
