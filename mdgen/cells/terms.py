"""Terms of a course (`Spring 2024`, `WS 2020/21`, `2019 Q3`, `2020-2021`): when they start.

The month only dates the page and sorts it within its year; the page shows the term as typed.
Seasons start where the universities that name terms after them start: spring in March, after the
winter quarter and the J-term of January; WS and SS are the German October and April.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mdgen.cells.dateorder import full_year
from mdgen.cells.datewords import common_era, folded, straight
from mdgen.cells.partialdate import checked

if TYPE_CHECKING:
    from mdgen.cells.partialdate import PartialDate

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
    "mt": 10, "tt": 4, "vt": 1, "var": 1, "vartermin": 1, "varterminen": 1,
    "host": 9, "hosttermin": 9, "hostterminen": 9, "forar": 2, "foraret": 2,
    "efterar": 9, "efteraret": 9, "najaar": 9, "herfst": 9, "voorjaar": 2, "lente": 3, "zomer": 6,
    "zimni": 9, "zimny": 9, "zimowy": 10, "letni": 2, "letny": 2, "zs": 9, "ls": 2,
    "kevat": 1, "syksy": 9, "guz": 9, "bahar": 2, "весна": 2, "весеннии": 2, "осень": 9,
    "осеннии": 9, "zenki": 4, "koki": 10, "odd": 7, "even": 1,
}  # fmt: skip
_UNITS = {
    "quarter": (1, 4, 7, 10), "q": (1, 4, 7, 10), "term": (1, 4, 7, 10), "t": (1, 4, 7, 10),
    "trimester": (1, 5, 9), "semester": (1, 7), "sem": (1, 7), "s": (1, 7),
    "half": (1, 7), "h": (1, 7), "semestre": (1, 7), "trimestre": (1, 4, 7, 10),
    "hakki": (3, 9),
}  # fmt: skip
_ORDINALS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "four": 4,
    "primer": 1, "segundo": 2, "tercer": 3, "primeiro": 1, "primo": 1, "secondo": 2, "premier": 1,
    "deuxieme": 2,
}  # fmt: skip
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th", "er", "ro", "do", "o", "a"})
# Beside a number or the years, one of these makes a term. HT is Hilary or the Swedish autumn.
_TELLING_WORDS = (
    "academic year ay session block module period p mini ht wt since seit depuis desde from"
    " accademico academico universitaire academique curso studienjahr lasar jaar"
)
_TELLING = frozenset(_TELLING_WORDS.split())
_OTHER_WORDS = (
    "part school teaching of the and to until through each every in present now ongoing onwards"
    " onward de du y et und bis le b c anno ano annee academisch semestr семестр год"
)
_FILLERS = _TELLING | _ORDINAL_ENDS | frozenset(_OTHER_WORDS.split())
# `F23`, `2024S`: the letter is a season in one country and another season in the next.
_LETTER_YEAR = re.compile(r"[efsw]['-]? ?(?P<short>[0-9]{2}|[0-9]{4})|(?P<long>[0-9]{4})[efsw]")
_JOINED = (
    (re.compile(r"\ba\. ?a\.|\ba\.?a\.?(?= ?[0-9])"), "ay"),
    (re.compile("(?:春|봄)(?:季|学期|學期| ?학기)*"), " spring "),
    (re.compile("(?:夏|여름)(?:季|学期|學期| ?학기)*"), " summer "),
    (re.compile("(?:秋|가을)(?:季|学期|學期| ?학기)*"), " fall "),
    (re.compile("(?:冬|겨울)(?:季|学期|學期| ?학기)*"), " winter "),
    (re.compile("前期"), " zenki "),
    (re.compile("[後后]期"), " koki "),
    (re.compile("([12]) ?학기"), r" \1 hakki "),
    (re.compile("[第上下]?[一二三1-3]?[学學]期|[学學]?年度?|년도?"), " year "),
    (re.compile(r"\bj(?:an(?:uary)?)?[ -]?term\b"), "jterm"),
    (re.compile(r"\bmay[ -]?(?:term|mester)\b"), "mayterm"),
    (re.compile(r"\bmi[ -]?semester\b"), "semester"),
)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ALLOWED = re.compile(r"[\w ,.;:&+/'()-]+")
_TWO_YEARS = re.compile(r"[0-9]{4} ?[-/] ?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_SHORT_TWO_YEARS = re.compile(r"(?<![0-9])([0-9]{2}) ?[-/] ?([0-9]{2})(?![0-9])")


def read_term(value: str, text: str) -> PartialDate | None:
    """Read a term or a span of years; None if `text` is neither. `value` names it in messages."""
    low = folded(common_era(straight(text)))
    if letter := _LETTER_YEAR.fullmatch(low):
        year = full_year(letter["short"] or letter["long"])
        return replace(checked(value, year), term=straight(text))
    for pattern, word in _JOINED:
        low = pattern.sub(word, low)
    tokens = _TOKEN.findall(low)
    if not _ALLOWED.fullmatch(low) or not all(map(_is_known, tokens)):
        return None
    stated = _year(tokens, low)
    if stated is None or not _is_term(tokens):
        return None
    month = _month(tokens, two_years=bool(_TWO_YEARS.search(low) or _SHORT_TWO_YEARS.search(low)))
    return replace(checked(value, stated, month), term=straight(text).strip(" .,;"))


def _is_known(token: str) -> bool:
    if token.isdigit():
        return len(token) in {1, 2, 4}
    return token in SEASONS or token in _UNITS or token in _FILLERS or token in _ORDINALS


def _is_term(tokens: list[str]) -> bool:
    """Tell terms and spans of years from mere numbers: a word says so, or all are years."""
    if any(token in SEASONS for token in tokens) or _units(tokens):
        return True
    if not _TELLING.isdisjoint(tokens):
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
    bare = [token for token in tokens if token not in _ORDINAL_ENDS]
    for one, two in pairwise(bare):
        if one in _UNITS and two in _ORDINALS:
            found.append((one, _ORDINALS[two]))
        elif two in _UNITS and one in _ORDINALS:
            found.append((two, _ORDINALS[one]))
    return found
