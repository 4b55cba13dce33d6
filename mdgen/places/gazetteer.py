"""From the text of a place to a point on the map, without asking anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen.places.areas import Area, Areas
from mdgen.places.choice import Choice, choose
from mdgen.places.evidence import spans
from mdgen.places.folding import fold
from mdgen.places.geonames import Town, Towns
from mdgen.places.text import PlaceText, read_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.places.coordinates import Coordinates


@dataclass(frozen=True, slots=True)
class Found:
    """Where a place is. `exact` is false where only its region or country was recognized.

    `name` is the town with its country; `doubt` says, where there is any, what was decided.
    """

    coordinates: Coordinates
    name: str
    doubt: str = ""
    exact: bool = True


class Online:
    """The talk was held on the net: there is no place to find."""


ONLINE = Online()


class Gazetteer:
    """Places by their text, from the packages of the extra `mdgen[map]`."""

    def __init__(self, towns: Towns, areas: Areas) -> None:
        """Take the towns and the countries to look in."""
        self._towns = towns
        self._areas = areas

    @classmethod
    def installed(cls) -> Gazetteer:
        """Take the installed packages; where they are not, an `MdgenError` names the extra."""
        towns = Towns.installed()
        return cls(towns, Areas(towns.countries))

    def find(self, places: Iterable[str]) -> dict[str, Found | Online | None]:
        """Find each place; None is one of which nothing was recognized.

        All places are looked up in one go, so ask for all that are wanted at once.
        """
        texts = [read_place(place, self._areas) for place in dict.fromkeys(places)]
        wanted = {name for text in texts for name in text.names()}
        wanted |= {self._capital(area) for text in texts for area in self._named_areas(text)}
        towns = self._towns.named(sorted(wanted))
        return {text.typed: self._resolve(text, towns) for text in texts}

    def _resolve(
        self, text: PlaceText, towns: Mapping[str, Sequence[Town]]
    ) -> Found | Online | None:
        if choice := choose(text, towns, self._areas):
            return self._found(choice)
        if text.online:
            return ONLINE
        return self._seat(text, towns)

    def _found(self, choice: Choice) -> Found:
        town, rival = choice.town, choice.rival
        name = self._name(town)
        doubts = (
            f"not {self._name(rival)} ({rival.population:,})" if rival else "",
            f"in spite of '{choice.despite}'" if choice.despite else "",
            "for its name alone" if choice.guess and not rival else "",
        )
        said = ", ".join(filter(None, doubts))
        doubt = f"taken for {name} ({town.population:,} people), {said}" if said else ""
        return Found(town.coordinates, name, doubt)

    def _seat(self, text: PlaceText, towns: Mapping[str, Sequence[Town]]) -> Found | None:
        """Give the largest town of the region, or the capital of the country, that is named."""
        named = self._named_areas(text) or [
            area for part in reversed(text.parts) for area in self._areas.weak(part.text)
        ]
        for area in named:
            if area.region:
                town = self._towns.largest(area.country, area.region)
                what = f"the largest town of {area.name}"
            else:
                town = self._in_country(area, towns)
                what = f"the capital of {area.name}"
            if town is not None:
                # Where the capital is the whole country (Singapore), to name one is to name both.
                exact = area in self._areas.strong(town.name)
                doubt = "" if exact else f"put at {town.name}, {what}: no town was recognized"
                return Found(town.coordinates, self._name(town), doubt, exact)
        return None

    def _in_country(self, area: Area, towns: Mapping[str, Sequence[Town]]) -> Town | None:
        name = self._capital(area)
        bearing = towns.get(fold(name)) or self._towns.named([name]).get(fold(name), ())
        return next((town for town in bearing if town.country == area.country), None)

    def _named_areas(self, text: PlaceText) -> list[Area]:
        """Give the areas that the text may mean, the likeliest first, regions before countries."""
        inside = [
            area
            for part in text.parts
            if not part.areas
            for span in spans(part, self._areas)
            for area in sorted(span.areas, key=lambda area: not area.region)
        ]
        named = [part.areas for part in text.parts if part.areas]
        if not named:
            return inside
        *before, last = named
        narrower = [area for areas in [*before, inside] for area in areas]
        return [*(area for area in narrower if any(a.contains(area) for a in last)), *last]

    def _capital(self, area: Area) -> str:
        return self._towns.capitals.get(area.country, "")

    def _name(self, town: Town) -> str:
        country = self._areas.country_name(town.country)
        if town.country == "US":
            country = f"{town.region}, {country}"
        return town.name if town.name == country else f"{town.name}, {country}"
