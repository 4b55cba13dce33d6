"""Which town a text means, of all that bear a name in it.

The rules, in order. A part between commas that is a town's name, lying in every country and region
that the parts after it name; where several parts are, the first of those that lie close together
("Shinjuku, Tokyo"), or in the region that is called after the other ("Ronda, Málaga"). Then a
town's name within a part ("University of Guelph"). Then a part that names a region or country and
is a town there ("Columbia University, New York").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mdgen.places.areas import is_code
from mdgen.places.evidence import CITY, TOWN, Evidence, in_any, supports
from mdgen.places.text import COMMON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdgen.places.areas import Areas
    from mdgen.places.evidence import Span
    from mdgen.places.geonames import Town
    from mdgen.places.text import Part, Phrase, PlaceText

# A village in no named country is meant only if its name is all that the text says, or unique.
_VILLAGE = 1_000
# A city that bears the name of a region or country where it does not lie, such as Washington or
# Victoria, is meant from this fame on: not Jamaica, NY.
_CAPITAL = 1_000_000
# A town that bears a word of an institution's name is meant without a word from this fame on.
_FAMOUS = 200_000
_CLOSE_KM = 60
# Another town of the same name is worth a word from this share of the first one's people on,
_RIVAL_SHARE = 0.1
# and, where no country was named, from this size on.
_RIVAL = 15_000
# A second town in a text is worth a word, too; one found by another name must weigh this much.
_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class Choice:
    """The town that is meant, and the likeliest other that the text may mean as well.

    `despite` is the part of the text that names an area which was not believed. A `guess` is a
    small town that bears a word of the text, and nothing says where that is.
    """

    town: Town
    rival: Town | None = None
    despite: str = ""
    guess: bool = False


def choose(text: PlaceText, towns: Mapping[str, Sequence[Town]], areas: Areas) -> Choice | None:
    """Give the town that the text means, out of `towns` by folded name, or None."""
    vain = Evidence(text, towns, areas).vain_area
    if vain is not None:
        parts = (replace(part, areas=()) if part is vain else part for part in text.parts)
        text = replace(text, parts=tuple(parts))
    chooser = _Chooser(text, Evidence(text, towns, areas))
    choice = chooser.town_of_a_part() or chooser.town_in_a_part() or chooser.town_of_an_area()
    return replace(choice, despite=vain.text) if choice and vain else choice


class _Chooser:
    """The rules, one method for each."""

    def __init__(self, text: PlaceText, evidence: Evidence) -> None:
        self._text = text
        self._evidence = evidence

    def town_of_a_part(self) -> Choice | None:
        by_part = {
            place: found
            for place, part in enumerate(self._text.parts)
            if (found := self._towns_of(place, part))
        }
        if not by_part:
            return None
        heaviest = max(by_part, key=lambda place: by_part[place][0].weight)
        likeliest = by_part[heaviest][0]
        place, town = next(
            (place, town)
            for place, found in by_part.items()
            for town in found
            if _close(town, likeliest)
        )
        if place == heaviest and (before := self._town_in_region(heaviest, by_part)):
            place, town = before
        others = [
            found[0]
            for other, found in by_part.items()
            if other != place
            and not is_code(self._text.parts[other].text)
            and not (self._evidence.is_region(other, found[0]) and town.region == found[0].region)
        ]
        whole = len(self._text.parts) == 1 and town.primary
        sure = self._evidence.sure or whole or self._evidence.supported(place, town)
        choice = self._choice([town, *by_part[place]], others)
        return replace(choice, guess=not sure and town.population < TOWN)

    def _town_in_region(
        self, place: int, by_part: Mapping[int, Sequence[Town]]
    ) -> tuple[int, Town] | None:
        """Give the town named before a region that is called after its capital: "Ronda, Málaga"."""
        capital = by_part[place][0]
        if not self._evidence.is_region(place, capital):
            return None
        towns = ((before, town) for before in range(place) for town in by_part.get(before, ()))
        inside = (
            (before, town)
            for before, town in towns
            if town.country == capital.country
            and (town.region == capital.region or town.population >= CITY)
        )
        return next(inside, None)

    def town_in_a_part(self) -> Choice | None:
        choices: list[tuple[tuple[bool, int, float], Choice]] = []
        for part, inside in zip(self._text.parts, self._evidence.inside, strict=True):
            for phrase in () if part.areas else self._text.phrases(part):
                if found := self._towns_within(phrase, inside):
                    supported = [town for town in found if supports(inside, phrase, town)]
                    choice = self._choice(supported or found, self._evidence.capitals)
                    if not (supported or self._evidence.sure or choice.town.fame >= _FAMOUS):
                        choice = replace(choice, guess=True)
                    rank = (bool(supported), phrase.text.count(" "), choice.town.weight)
                    choices.append((rank, choice))
        return max(choices, key=lambda ranked: ranked[0])[1] if choices else None

    def town_of_an_area(self) -> Choice | None:
        for place, part in reversed([*enumerate(self._text.parts)]):
            if place and part.areas:
                found = self._evidence.fitting(part.text, self._text.qualifiers_of(place))
                own = [town for town in found if in_any(part.areas, town)]
                if own:
                    return self._choice(own)
        return None

    def _towns_of(self, place: int, part: Part) -> list[Town]:
        if place and part.areas:
            return []
        qualifiers = self._text.qualifiers_of(place)
        if whole := self._towns_of_the_whole(place, part, qualifiers):
            return whole
        found = self._evidence.fitting(part.text, qualifiers)
        if part.areas:
            large = [town for town in found if town.population >= CITY]
            inside = [town for town in large if in_any(part.areas, town)]
            return inside or [town for town in large if town.fame >= _CAPITAL]
        if supported := [town for town in found if self._evidence.supported(place, town)]:
            return supported
        if self._evidence.sure or len(self._text.parts) == 1:
            return found
        large = [town for town in found if town.population >= TOWN]
        return large or [town for town in found if self._is_the_only(town, part.text)]

    def _towns_of_the_whole(self, place: int, part: Part, qualifiers: Sequence[Part]) -> list[Town]:
        """Give the towns whose name is this part and the next: "Frankfurt (Oder)"."""
        # The part that follows is the end of this one: it cannot say where the whole is.
        whole = self._evidence.fitting(part.whole, qualifiers[1:])
        large = [town for town in whole if town.population >= TOWN]
        return large or self._evidence.fitting(self._text.doubled(place), qualifiers)

    def _is_the_only(self, town: Town, name: str) -> bool:
        """Tell whether it is a village whose name no other place on earth has: Oberwolfach."""
        alone = len(self._evidence.named(name)) == 1 and name.lower() not in COMMON
        return alone and town.primary and town.population >= _VILLAGE

    def _towns_within(self, phrase: Phrase, inside: Sequence[Span]) -> list[Town]:
        found = self._evidence.fitting(phrase.text, self._text.qualifiers)
        found = [town for town in found if town.primary or town.population >= CITY]
        if not self._evidence.sure:
            found = [town for town in found if town.population >= TOWN]
        for span in inside:
            if span.start < phrase.end and phrase.start < span.end:
                found = [t for t in found if in_any(span.areas, t) and t.population >= CITY]
        return found

    def _choice(self, found: Sequence[Town], others: Sequence[Town] = ()) -> Choice:
        """Choose the first; `others` are the likeliest towns that the text names beside it."""
        town = found[0]
        rivals = [other for other in others if self._is_another(town, other)]
        rivals += [other for other in found if self._rivals(town, other)]
        return Choice(town, next(iter(rivals), None))

    def _is_another(self, town: Town, other: Town) -> bool:
        """Tell whether the text names a second place: "Berlin; Munich"."""
        large = other.weight >= _KNOWN or (other.primary and other.population >= _RIVAL)
        return large and not _close(town, other)

    def _rivals(self, town: Town, other: Town) -> bool:
        if _close(town, other):
            return False
        return other.weight >= town.weight * _RIVAL_SHARE or (
            not self._evidence.sure and other.primary and other.population >= _RIVAL
        )


def _close(town: Town, other: Town) -> bool:
    return town.coordinates.kilometres_to(other.coordinates) <= _CLOSE_KM
