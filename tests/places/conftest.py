"""A gazetteer of a few towns, as small files in the form of the real ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mdgen.places.areas import Areas
from mdgen.places.gazetteer import Gazetteer
from mdgen.places.geonames import Towns

if TYPE_CHECKING:
    from pathlib import Path

# name, other names, country, region, latitude, longitude, people
TOWNS: list[tuple[str, list[str], str, str, float, float, int]] = [
    ("London", ["Londres", "Londinium"], "GB", "ENG", 51.50853, -0.12574, 8961989),
    ("London", ["London"], "CA", "08", 42.98339, -81.23304, 422324),
    ("Vienna", ["Wien", "Vienna"], "AT", "09", 48.20849, 16.37208, 1691468),
    ("Paris", ["Lutetia"], "FR", "11", 48.85341, 2.3488, 2138551),
    ("Springfield", [], "US", "MO", 37.21533, -93.29824, 170188),
    ("Springfield", [], "US", "MA", 42.10148, -72.58981, 154341),
    ("Princeton", [], "US", "FL", 25.53844, -80.40894, 39308),
    ("Princeton", [*"123456789"], "US", "NJ", 40.34872, -74.65905, 29603),
    ("Oberwolfach", [], "DE", "01", 48.31698, 8.21525, 2758),
    ("Berlin", ["Berlin"], "DE", "16", 52.52437, 13.41053, 3426354),
    ("Washington", ["Washington D.C."], "US", "DC", 38.89511, -77.03637, 689545),
]


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Towns:
    folder: Path = tmp_path_factory.mktemp("geonames")
    records = {
        str(number): {
            "geonameid": number,
            "name": name,
            "latitude": latitude,
            "longitude": longitude,
            "countrycode": country,
            "population": people,
            "timezone": "Etc/UTC",
            "admin1code": region,
            "alternatenames": others,
        }
        for number, (name, others, country, region, latitude, longitude, people) in enumerate(TOWNS)
    }
    countries = {
        "AT": {"name": "Austria", "capital": "Vienna"},
        "CA": {"name": "Canada", "capital": "Ottawa"},
        "DE": {"name": "Germany", "capital": "Berlin"},
        "FR": {"name": "France", "capital": "Paris"},
        "GB": {"name": "United Kingdom", "capital": "London"},
        "US": {"name": "United States", "capital": "Washington"},
    }
    (folder / "cities500.json").write_text(json.dumps(records), "utf-8")
    (folder / "countries.json").write_text(json.dumps(countries), "utf-8")
    return Towns(folder)


@pytest.fixture(scope="session")
def areas(towns: Towns) -> Areas:
    return Areas(towns.countries)


@pytest.fixture(scope="session")
def few_towns(towns: Towns, areas: Areas) -> Gazetteer:
    return Gazetteer(towns, areas)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.installed()
