"""What a text says of where its town lies: the countries and regions that it names or hints at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mdgen.places.areas import is_code
from mdgen.places.folding import fold
from mdgen.places.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.places.areas import Area, Areas
    from mdgen.places.geonames import Town
    from mdgen.places.text import Part, Phrase, PlaceText

# People in a place that is no village, and in one that every reader knows.
TOWN = 5_000
CITY = 100_000


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


class Evidence:
    """What each part of a text says about the others."""

    def __init__(self, text: PlaceText, towns: Mapping[str, Sequence[Town]], areas: Areas) -> None:
        """Take a text, the towns that it may name (by folded name), and the areas."""
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
        towns = [town for name in names for town in self.named(name)]
        known = any(town.weight >= CITY for town in towns)
        return area if known and not any(in_any(area.areas, town) for town in towns) else None

    def is_region(self, place: int, capital: Town) -> bool:
        """Tell whether the part that names the town names a region of its country as well."""
        regions = self._areas.weak(self._text.parts[place].text)
        return any(area.country == capital.country for area in regions)

    def named(self, name: str) -> Sequence[Town]:
        """Give the towns that bear a name, none where it is rather the code of an area."""
        towns = self._towns.get(fold(name), ())
        if not is_code(name):
            return towns
        # GeoNames knows towns by their airports' codes too: "MIT" is one in California.
        large = [town for town in towns if town.primary or town.population >= CITY]
        return [] if self._areas.strong(name) else large

    def fitting(self, name: str, parts: Iterable[Part]) -> list[Town]:
        """Give the towns of a name that lie where `parts` say, the likeliest first."""
        towns = self.named(name)
        qualifiers = [part.areas for part in parts]
        if not qualifiers:
            return [town for town in towns if not self._hinted or town.country in self._hinted]
        strict = [town for town in towns if all(in_any(areas, town) for areas in qualifiers)]
        # A region may be misspelt or misplaced, the country after it stays.
        inside = strict or [
            town for town in towns if len(qualifiers) > 1 and in_any(qualifiers[-1], town)
        ]
        return sorted(inside, key=lambda town: (_unlikely(qualifiers[0], town), -town.weight))

    @cached_property
    def sure(self) -> bool:
        """Whether the text says in which country or region to look."""
        return bool(self._text.qualifiers or self._hinted)

    @cached_property
    def inside(self) -> list[list[Span]]:
        """The areas that are named within each part, none for a part that is one."""
        return [[] if part.areas else spans(part, self._areas) for part in self._text.parts]

    def supported(self, place: int, town: Town) -> bool:
        """Tell whether an institution named before or after the town is named after its state."""
        others = [*self.inside[:place], *self.inside[place + 1 :]]
        areas = [span.areas for found in others for span in found]
        # "University of Western Ontario" is two parts, and the second an area.
        areas += [part.areas for part in self._text.parts[:place] if part.areas]
        return any(in_any(one, town) for one in areas)

    @cached_property
    def capitals(self) -> list[Town]:
        """The towns that the areas after the first part are called after: Québec, New York."""
        return [
            town
            for part in self._text.parts[1:]
            for town in self.named(part.text)[:1]
            if part.areas and town.primary and in_any(part.areas, town)
        ]

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
        return any(in_any([area], town) for part in before for town in self.named(part.text))

    def _is_town(self, name: str) -> bool:
        return any(town.population >= TOWN for town in self.named(name))


def in_any(areas: Iterable[Area], town: Town) -> bool:
    """Tell whether a town lies in one of the areas."""
    return any(area.holds(town.country, town.region) for area in areas)


def _unlikely(areas: Sequence[Area], town: Town) -> int:
    """Rank by which of the readings of a code holds: California before Canada for "CA"."""
    readings = (place for place, area in enumerate(areas) if area.holds(town.country, town.region))
    return next(readings, 0) if town.population >= TOWN else len(areas)


def supports(inside: Iterable[Span], phrase: Phrase, town: Town) -> bool:
    """Tell whether the areas named within a part, beside a phrase of it, hold a town."""
    return any(
        in_any(span.areas, town)
        for span in inside
        if span.end <= phrase.start or phrase.end <= span.start
    )
