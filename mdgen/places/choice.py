"""Which town a text means, of all that bear a name in it.

The rules, in order. A part between commas that is a town's name, lying in every country and region
that the parts after it name; where several parts are, the first of those that lie close together
("Shinjuku, Tokyo"), or in the region that is called after the other ("Ronda, Málaga"). Then a
town's name within a part ("University of Guelph"). Then a part that names a region or country and
is a town there ("Columbia University, New York").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mdgen.places.areas import is_code
from mdgen.places.folding import fold
from mdgen.places.text import COMMON, Part, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.places.areas import Area, Areas
    from mdgen.places.geonames import Town
    from mdgen.places.text import Phrase, PlaceText

# A village in no named country is meant only if its name is all that the text says, or unique.
_TOWN = 5_000
_VILLAGE = 1_000
# A town that bears the name of a region or country ("Washington") is meant from this size on.
_CITY = 100_000
# One that lies elsewhere, such as that Washington or Victoria, from this fame on: not Jamaica, NY.
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


@dataclass(frozen=True, slots=True)
class Span:
    """Words within a part that name an area: "New Mexico" in "University of New Mexico"."""

    start: int
    end: int
    areas: tuple[Area, ...]


def spans(part: Part, areas: Areas) -> list[Span]:
    """Give the areas that are named within a part, the longest name where names overlap."""
    typed = words(part.text)
    found: list[Span] = []
    start = 0
    while start < len(typed):
        for end in range(min(len(typed), start + 4), start, -1):
            named = areas.strong(" ".join(typed[start:end]))
            # Two capitals are more often an institute than a state: "MS", "IN", "ME".
            if named and (end - start > 1 or not typed[start].isupper()):
                found.append(Span(start, end, named))
                start = end - 1
                break
        start += 1
    return found


def choose(text: PlaceText, towns: Mapping[str, Sequence[Town]], areas: Areas) -> Choice | None:
    """Give the town that the text means, out of `towns` by folded name, or None."""
    vain = _Chooser(text, towns, areas).vain_area
    if vain is not None:
        parts = (replace(part, areas=()) if part is vain else part for part in text.parts)
        text = replace(text, parts=tuple(parts))
    chooser = _Chooser(text, towns, areas)
    choice = chooser.town_of_a_part() or chooser.town_in_a_part() or chooser.town_of_an_area()
    return replace(choice, despite=vain.text) if choice and vain else choice


class _Chooser:
    def __init__(self, text: PlaceText, towns: Mapping[str, Sequence[Town]], areas: Areas) -> None:
        self._text = text
        self._towns = towns
        self._areas = areas

    @property
    def vain_area(self) -> Part | None:
        """The only area that is named, first or last, in which the town cannot lie.

        "ETH, Zürich" is not in Ethiopia, "Victoria, London" not in Australia, and "Belo Horizonte,
        MG" not in Madagascar. A country's name is believed.
        """
        parts = self._text.parts
        named = [part for part in parts if part.areas]
        if len(named) != 1 or len(parts) == 1 or named[0] not in {parts[0], parts[-1]}:
            return None
        [area] = named
        code = is_code(area.text)
        if not (code or (area is parts[0] and all(each.region for each in area.areas))):
            return None
        names = [part.text for part in parts if part is not area and not is_code(part.text)]
        towns = [town for name in names for town in self._named(name)]
        known = any(town.weight >= _CITY for town in towns)
        return area if known and not any(_in_any(area.areas, town) for town in towns) else None

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
            and not (self._is_region(other, found[0]) and town.region == found[0].region)
        ]
        whole = len(self._text.parts) == 1 and town.primary
        sure = self._sure or whole or self._supported(place, town)
        choice = self._choice([town, *by_part[place]], others)
        return replace(choice, guess=not sure and town.population < _TOWN)

    def _town_in_region(
        self, place: int, by_part: Mapping[int, Sequence[Town]]
    ) -> tuple[int, Town] | None:
        """Give the town named before a region that is called after its capital: "Ronda, Málaga"."""
        capital = by_part[place][0]
        if not self._is_region(place, capital):
            return None
        towns = ((before, town) for before in range(place) for town in by_part.get(before, ()))
        inside = (
            (before, town)
            for before, town in towns
            if town.country == capital.country
            and (town.region == capital.region or town.population >= _CITY)
        )
        return next(inside, None)

    def _is_region(self, place: int, capital: Town) -> bool:
        """Tell whether the part that names the town names a region of its country as well."""
        regions = self._areas.weak(self._text.parts[place].text)
        return any(area.country == capital.country for area in regions)

    def town_in_a_part(self) -> Choice | None:
        choices: list[tuple[tuple[bool, int, float], Choice]] = []
        for part, inside in zip(self._text.parts, self._inside, strict=True):
            for phrase in () if part.areas else self._text.phrases(part):
                if found := self._towns_within(phrase, inside):
                    supported = [town for town in found if _supports(inside, phrase, town)]
                    choice = self._choice(supported or found, self._capitals)
                    if not (supported or self._sure or choice.town.fame >= _FAMOUS):
                        choice = replace(choice, guess=True)
                    rank = (bool(supported), phrase.text.count(" "), choice.town.weight)
                    choices.append((rank, choice))
        return max(choices, key=lambda ranked: ranked[0])[1] if choices else None

    def town_of_an_area(self) -> Choice | None:
        for place, part in reversed([*enumerate(self._text.parts)]):
            if place and part.areas:
                found = self._fitting(self._named(part.text), self._text.qualifiers_of(place))
                own = [town for town in found if _in_any(part.areas, town)]
                if own:
                    return self._choice(own)
        return None

    def _towns_of(self, place: int, part: Part) -> list[Town]:
        if place and part.areas:
            return []
        qualifiers = self._text.qualifiers_of(place)
        if whole := self._towns_of_the_whole(place, part, qualifiers):
            return whole
        found = self._fitting(self._named(part.text), qualifiers)
        if part.areas:
            large = [town for town in found if town.population >= _CITY]
            inside = [town for town in large if _in_any(part.areas, town)]
            return inside or [town for town in large if town.fame >= _CAPITAL]
        if supported := [town for town in found if self._supported(place, town)]:
            return supported
        if self._sure or len(self._text.parts) == 1:
            return found
        large = [town for town in found if town.population >= _TOWN]
        return large or [town for town in found if self._is_the_only(town, part.text)]

    def _towns_of_the_whole(self, place: int, part: Part, qualifiers: Sequence[Part]) -> list[Town]:
        """Give the towns whose name is this part and the next: "Frankfurt (Oder)"."""
        # The part that follows is the end of this one: it cannot say where the whole is.
        whole = self._fitting(self._named(part.whole), qualifiers[1:]) if part.whole else []
        large = [town for town in whole if town.population >= _TOWN]
        return large or self._fitting(self._named(self._text.doubled(place)), qualifiers)

    def _is_the_only(self, town: Town, name: str) -> bool:
        """Tell whether it is a village whose name no other place on earth has: Oberwolfach."""
        alone = len(self._named(name)) == 1 and name.lower() not in COMMON
        return alone and town.primary and town.population >= _VILLAGE

    def _towns_within(self, phrase: Phrase, inside: Sequence[Span]) -> list[Town]:
        found = self._fitting(self._named(phrase.text), self._text.qualifiers)
        found = [town for town in found if town.primary or town.population >= _CITY]
        if not self._sure:
            found = [town for town in found if town.population >= _TOWN]
        for span in inside:
            if span.start < phrase.end and phrase.start < span.end:
                found = [t for t in found if _in_any(span.areas, t) and t.population >= _CITY]
        return found

    def _named(self, name: str) -> Sequence[Town]:
        towns = self._towns.get(fold(name), ())
        if not is_code(name):
            return towns
        # GeoNames knows towns by their airports' codes too: "MIT" is one in California.
        large = [town for town in towns if town.primary or town.population >= _CITY]
        return [] if self._areas.strong(name) else large

    def _fitting(self, towns: Iterable[Town], parts: Iterable[Part]) -> list[Town]:
        """Give those of `towns` that lie where `parts` say, the likeliest first."""
        qualifiers = [part.areas for part in parts]
        if not qualifiers:
            return [town for town in towns if not self._hinted or town.country in self._hinted]
        listed = [*towns]
        strict = [town for town in listed if all(_in_any(areas, town) for areas in qualifiers)]
        # A region may be misspelt or misplaced, the country after it stays.
        inside = strict or [
            town for town in listed if len(qualifiers) > 1 and _in_any(qualifiers[-1], town)
        ]
        return sorted(inside, key=lambda town: (_unlikely(qualifiers[0], town), -town.weight))

    @cached_property
    def _hinted(self) -> frozenset[str]:
        """The countries hinted at by parts that name no area, and no town that is likelier."""
        if self._text.qualifiers:
            return frozenset()
        return frozenset(
            area.country
            for place, part in enumerate(self._text.parts[1:], 1)
            for area in self._areas.weak(part.text)
            # "Ba" is a region of Fiji, BA one of Brazil.
            if not is_code(part.text)
            and (not self._is_town(part.text) or self._has_town_in(area, place))
        )

    def _has_town_in(self, area: Area, place: int) -> bool:
        """Tell whether a part before names a town in the area: "Córdoba, Veracruz"."""
        before = self._text.parts[:place]
        return any(_in_any([area], town) for part in before for town in self._named(part.text))

    @cached_property
    def _sure(self) -> bool:
        """Whether the text says in which country or region to look."""
        return bool(self._text.qualifiers or self._hinted)

    @cached_property
    def _inside(self) -> list[list[Span]]:
        return [[] if part.areas else spans(part, self._areas) for part in self._text.parts]

    def _supported(self, place: int, town: Town) -> bool:
        """Tell whether an institution named before or after the town is named after its state."""
        others = [*self._inside[:place], *self._inside[place + 1 :]]
        areas = [span.areas for found in others for span in found]
        # "University of Western Ontario" is two parts, and the second an area.
        areas += [part.areas for part in self._text.parts[:place] if part.areas]
        return any(_in_any(one, town) for one in areas)

    def _is_town(self, name: str) -> bool:
        return any(town.population >= _TOWN for town in self._named(name))

    @cached_property
    def _capitals(self) -> list[Town]:
        """The towns that the areas after the first part are called after: Québec, New York."""
        return [
            town
            for part in self._text.parts[1:]
            for town in self._named(part.text)[:1]
            if part.areas and town.primary and _in_any(part.areas, town)
        ]

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
            not self._sure and other.primary and other.population >= _RIVAL
        )


def _close(town: Town, other: Town) -> bool:
    return town.coordinates.kilometres_to(other.coordinates) <= _CLOSE_KM


def _in_any(areas: Iterable[Area], town: Town) -> bool:
    return any(area.holds(town.country, town.region) for area in areas)


def _unlikely(areas: Sequence[Area], town: Town) -> int:
    """Rank by which of the readings of a code holds: California before Canada for "CA"."""
    readings = (place for place, area in enumerate(areas) if area.holds(town.country, town.region))
    return next(readings, 0) if town.population >= _TOWN else len(areas)


def _supports(inside: Iterable[Span], phrase: Phrase, town: Town) -> bool:
    return any(
        _in_any(span.areas, town)
        for span in inside
        if span.end <= phrase.start or phrase.end <= span.start
    )
