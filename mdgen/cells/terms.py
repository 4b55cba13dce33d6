"""Terms of a course (`Spring 2024`, `WS 2020/21`, `2019 Q3`, `2020-2021`): when they start.

The month only dates the page and sorts it within its year; the page shows the term as typed.
Seasons start where the universities that name terms after them start: spring in March, after the
winter quarter and the J-term of January; WS and SS are the German October and April.
"""

from __future__ import annotations

import re
from itertools import pairwise

from mdgen.cells.dateorder import full_year
from mdgen.cells.datewords import folded, straight
from mdgen.cells.partialdate import PartialDate, checked

SEASONS = {
    "spring": 3, "sp": 3, "spr": 3, "summer": 6, "su": 6, "sum": 6,
    "fall": 9, "fa": 9, "autumn": 9, "au": 9, "aut": 9, "winter": 1, "wi": 1, "win": 1,
    "jterm": 1, "interim": 1, "intersession": 1, "mayterm": 5, "maymester": 5,
    "ws": 10, "wise": 10, "wintersemester": 10,
    "ss": 4, "sose": 4, "sommersemester": 4, "sommer": 4,
    "fs": 2, "fruhjahr": 3, "fruhling": 3, "fruhjahrssemester": 2, "fruhlingssemester": 2,
    "hs": 9, "herbst": 9, "herbstsemester": 9,
    "michaelmas": 10, "martinmas": 9, "candlemas": 1, "hilary": 1, "lent": 1, "epiphany": 1,
    "trinity": 4, "easter": 4, "whitsun": 4, "monsoon": 8,
    "primavera": 3, "verano": 6, "otono": 9, "invierno": 1,
    "printemps": 3, "ete": 6, "automne": 9, "hiver": 1,
}  # fmt: skip
_UNITS = {
    "quarter": (1, 4, 7, 10), "q": (1, 4, 7, 10), "term": (1, 4, 7, 10), "t": (1, 4, 7, 10),
    "trimester": (1, 5, 9), "semester": (1, 7), "sem": (1, 7), "s": (1, 7),
    "half": (1, 7), "h": (1, 7), "semestre": (1, 7), "trimestre": (1, 4, 7, 10),
}  # fmt: skip
_ORDINALS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "four": 4,
}  # fmt: skip
_OTHER_WORDS = (
    "academic year ay session block module period part school teaching of the and to until through"
    " since from each every in present now ongoing onwards onward st nd rd th de du y et und bis le"
)
_FILLERS = frozenset(_OTHER_WORDS.split())
_JOINED = (
    (re.compile(r"\bj(?:an(?:uary)?)?[ -]?term\b"), "jterm"),
    (re.compile(r"\bmay[ -]?(?:term|mester)\b"), "mayterm"),
    (re.compile(r"\bmi[ -]?semester\b"), "semester"),
)
_TOKEN = re.compile(r"[0-9]+|[a-z]+")
_ALLOWED = re.compile(r"[0-9a-z ,.;:&+/'()-]+")
_TWO_YEARS = re.compile(r"[0-9]{4} ?[-/] ?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_SHORT_TWO_YEARS = re.compile(r"(?<![0-9])([0-9]{2}) ?[-/] ?([0-9]{2})(?![0-9])")


def read_term(value: str, text: str) -> PartialDate | None:
    """Read a term or a span of years; None if `text` is neither. `value` names it in messages."""
    low = folded(text)
    for pattern, word in _JOINED:
        low = pattern.sub(word, low)
    tokens = _TOKEN.findall(low)
    if not _ALLOWED.fullmatch(low) or not all(map(_is_known, tokens)):
        return None
    year = _year(tokens, low)
    if year is None or not _is_term(tokens):
        return None
    month = _month(tokens, two_years=bool(_TWO_YEARS.search(low) or _SHORT_TWO_YEARS.search(low)))
    found = checked(value, year, month)
    return PartialDate(found.year, month, term=straight(text).strip(" .,;"))


def _is_known(token: str) -> bool:
    if token.isdigit():
        return len(token) in {1, 2, 4}
    return token in SEASONS or token in _UNITS or token in _FILLERS or token in _ORDINALS


def _is_term(tokens: list[str]) -> bool:
    """Tell terms and spans of years from mere numbers: a word says so, or all are years."""
    if any(token in SEASONS for token in tokens) or _units(tokens):
        return True
    if {"ay", "academic", "since", "from"} & set(tokens):
        return True
    numbers = [token for token in tokens if token.isdigit()]
    return all(len(number) == 4 for number in numbers) and len(tokens) > 1  # noqa: PLR2004


def _year(tokens: list[str], low: str) -> int | None:
    for token in tokens:
        if len(token) == 4 and token.isdigit():  # noqa: PLR2004
            return int(token)
    short = [token for token in tokens if len(token) == 2 and token.isdigit()]  # noqa: PLR2004
    if len(short) == 1 or _SHORT_TWO_YEARS.search(low):
        return full_year(short[0])
    return None


def _month(tokens: list[str], *, two_years: bool) -> int | None:
    for word in tokens:
        if word == "winter" and two_years:  # Winter 2020/21 is the European one
            return SEASONS["ws"]
        if word in SEASONS:
            return SEASONS[word]
    for unit, number in _units(tokens):
        starts = _UNITS[unit]
        if number <= len(starts):
            return starts[number - 1]
    return None


def _units(tokens: list[str]) -> list[tuple[str, int]]:
    """Return the numbered parts of a year: `semester 1`, `q3`, `2nd term`, `second semester`."""
    found = []
    bare = [token for token in tokens if token not in {"st", "nd", "rd", "th"}]
    for one, two in pairwise(bare):
        if one in _UNITS and two in _ORDINALS:
            found.append((one, _ORDINALS[two]))
        elif two in _UNITS and one in _ORDINALS:
            found.append((two, _ORDINALS[one]))
    return found
