"""A place as a person typed it, taken apart: its parts, and whether it was online."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mdgen.places.areas import is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdgen.places.areas import Area, Areas

_LONGEST_AREA = 6  # words: "The former Yugoslav Republic of Macedonia"
_LONGEST_NAME = 4  # words: "Ho Chi Minh City"

_NOTHING = {
    *("", "-", "--", "?", "n/a", "na", "none", "tba", "tbd", "tbc", "to be announced"),
    *("hybrid", "in person", "in-person", "on-site", "onsite"),
}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ONLINE = re.compile(
    r"""\b(?:online|on-line|virtual(?:ly)?|virtuell|virtuelle|remote(?:ly)?|zoom|webinar|web|internet
          |teleconference|videoconference|skype|webex|teams|google\ meet
          |youtube|live-?stream(?:ed|ing)?|en\ ligne|en\ línea|em\ linha|discord|gather\.?town)\b
        |オンライン|線上|线上|在线|온라인""",
    re.VERBOSE | re.IGNORECASE,
)
_HYBRID = re.compile(r"\b(?:hybrid|and|und|et|y|&|\+|via|on|also)\b", re.IGNORECASE)
_BREAK = re.compile(r"[,;:/|()\[\]\n·•、，；（）،؛]|\s[-–—]\s|\s@\s")
_WORD = re.compile(r"[^\W_]+(?:[.\-'’][^\W_]+)*\.?")
_BOUND = {
    "of",
    "de",
    "du",
    "des",
    "del",
    "della",
    "di",
    "da",
    "do",
    "von",
    "van",
    "der",
    "and",
    "&",
}
_AT = {"in", "at", "near", "bei", "à", "en", "em", "zu", "from"}
_INSTITUTION = re.compile(
    r"""(?i:universi|institu|colleg|hochschul|\bschool|école|ecole|escuela|polytech|politec|politéc
       |academ|akadem|\bcampus|\bcent(?:er|re|ro|rum)\b|zentrum|hospital|klinik|clinic|museum|musée
       |observator|laborator|\blabs?\b|hotel|hôtel|bibliot|library|cathedral|theat|théât
       |facult|research|dep(?:artmen)?t)
       |\b[^\WA-Z]*+[A-Z][^\WA-Z]*+[A-Z]\w*+\ \w[^\W\d_A-Z]""",
    re.VERBOSE,
)
# Words of an institution's name that are towns' names too ("Of" and "Center" are towns).
COMMON = frozenset(
    """academy advanced applied arts association bank building campus center central centre
    church city college company conference congress council department division east engineering
    europe event festival forum general george global group hall hospital hotel house industry
    institut institute international invited keynote laboratory lecture library main meeting
    museum national new north of office old online open park physics plaza point program project
    public regional research resort room royal school science sciences section seminar society
    south spring state station summer summit symposium technical technology the theater theatre
    tower union university video virtual west winter workshop
    world""".split()  # noqa: SIM905 - ninety words as lines of strings
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_UNSPACED_NAMES = range(2, 6)
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two commas, and the areas that it names as a whole.

    A part that ends in an area ("Berkeley CA") becomes two; the first then keeps the text of both
    in `whole`, because that may be a town after all ("Fort Washington").
    """

    text: str
    areas: tuple[Area, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a part that may be a town's name, and where they stand among its words."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A place taken apart. Without parts, nothing in it can be looked up."""

    typed: str
    parts: tuple[Part, ...]
    online: bool = False

    @property
    def qualifiers(self) -> tuple[Part, ...]:
        """The parts that say in which country or region the place is."""
        return self.qualifiers_of(0) or self.qualifiers_of(1)

    def qualifiers_of(self, place: int) -> tuple[Part, ...]:
        """Give the areas after a part; where there are none, the one before all: "USA: Boston"."""
        later = tuple(part for part in self.parts[place + 1 :] if part.areas)
        first = self.parts[:1] if 0 < place < len(self.parts) else ()
        return later or tuple(part for part in first if part.areas)

    def names(self) -> Iterator[str]:
        """Give everything in the text that may be a town's name."""
        for place, part in enumerate(self.parts):
            yield from filter(None, (part.text, part.whole, self.doubled(place)))
            for phrase in self.phrases(part):
                yield phrase.text

    def doubled(self, place: int) -> str:
        """Give the name that a part and the next make together, as GeoNames writes it.

        `Frankfurt (Oder)` and `Frankfurt/Oder` are one town, though they are two parts.
        """
        two = self.parts[place : place + 2]
        return f"{two[0].text} ({two[1].text})" if len(two) > 1 else ""

    def phrases(self, part: Part) -> tuple[Phrase, ...]:
        """Give the words within a part that may name a town, where the context allows for one.

        It does where a country or region is given, in the name of an institution, and after "in".
        """
        if unspaced := _UNSPACED.findall(part.text):
            return tuple(_unspaced_phrases(unspaced))
        if self.qualifiers or _INSTITUTION.search(part.text):
            return tuple(_phrases(words(part.text), 0))
        typed = words(part.text)
        after = [place for place, word in enumerate(typed, 1) if word.lower() in _AT]
        return tuple(_phrases(typed, after[0])) if after else ()


def is_nothing(text: str) -> bool:
    """Tell whether a cell names no place at all: it is empty, or says `TBA`."""
    return text.strip(" .").casefold() in _NOTHING


def is_online(text: str) -> bool:
    """Tell whether a cell says that a talk was held on the net, and nothing else."""
    return bool(_ONLINE.search(text)) and not any(_pieces(text, online=True))


def words(text: str) -> list[str]:
    """Split into words; hyphens join them only in the name as a whole."""
    return [word.strip(".") for word in _WORD.findall(text.replace("-", " "))]


def read_place(typed: str, areas: Areas) -> PlaceText:
    """Take a place apart; `areas` tells which words name a country or a region."""
    online = bool(_ONLINE.search(typed))
    pieces = _pieces(typed, online=online)
    parts = [
        part
        for place, piece in enumerate(pieces)
        for part in (place and _short(piece, areas)) or _parts(piece, areas)
    ]
    return PlaceText(typed, _agreeing(parts, areas), online)


def _pieces(typed: str, *, online: bool) -> Iterator[str]:
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFC", typed))
    if online:
        text = _HYBRID.sub(",", _ONLINE.sub(",", text))
    for piece in _BREAK.split(text):
        bare = " ".join(piece.split()).strip(" .:*\"'“”")
        if bare and not (online and bare.casefold() in COMMON):
            yield bare


def _agreeing(parts: list[Part], areas: Areas) -> tuple[Part, ...]:
    """Drop the areas that the last one does not contain: "New Brunswick, NJ" is no province.

    Nor is a code one if the country after it does: in "Milano (MI), Italia" MI is not Michigan.
    """
    last = next((part.areas for part in reversed(parts) if part.areas), ())
    between = [part for part in parts[1:-1] if part.areas and is_code(part.text)]
    country = areas.weak(parts[-1].text) if between and not parts[-1].areas else ()
    return tuple(
        replace(part, areas=_within(_within(part.areas, last), country if part in between else ()))
        for part in parts
    )


def _within(areas: tuple[Area, ...], others: tuple[Area, ...]) -> tuple[Area, ...]:
    """Give the areas that lie in one of the others or contain one; all where there are none."""
    if not others:
        return areas
    return tuple(area for area in areas if _inside(area, others))


def _inside(area: Area, others: Iterable[Area]) -> bool:
    return any(other.contains(area) or area.contains(other) for other in others)


def _short(text: str, areas: Areas) -> list[Part]:
    named = areas.short(text)
    return [Part(text, named)] if named else []


def _parts(text: str, areas: Areas) -> list[Part]:
    if named := areas.strong(text):
        return [Part(text, named)]
    typed = text.split(" ")
    for size in range(min(_LONGEST_AREA, len(typed) - 1), 0, -1):
        head, tail = typed[:-size], " ".join(typed[-size:])
        named = areas.strong(tail)
        if named and head[-1].lower() in _BOUND:
            break
        if named:
            before = " ".join(head[:-1] if head[-1].lower() in _AT else head).strip(" .:")
            first = [Part(before, areas.strong(before), text)] if before else []
            return [*first, Part(tail, named)]
    return [Part(text)]


def _phrases(typed: list[str], first: int) -> Iterator[Phrase]:
    for start in range(first, len(typed)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(typed)) + 1):
            if _may_be_name(typed[start:end]):
                yield Phrase(" ".join(typed[start:end]), start, end)


def _may_be_name(typed: list[str]) -> bool:
    if not typed[0][0].isupper() or typed[-1].lower() in _BOUND:
        return False
    if len(typed) > 1:
        return any(word.lower() not in COMMON for word in typed)
    [word] = typed
    common = word.lower() in COMMON or word.isupper() or _INSTITUTION.search(word)
    # "Queen's University" is not in Queens.
    return not (common or word.endswith(("'s", "’s"))) and len(word) >= _SHORTEST_NAME


def _unspaced_phrases(runs: list[str]) -> Iterator[Phrase]:
    for run in runs:
        for size in _UNSPACED_NAMES:
            for start in range(len(run) - size + 1):
                yield Phrase(run[start : start + size], start, start + size)
