"""The real gazetteer on places as people type them, all looked up in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdgen.places.gazetteer import Found, Gazetteer, Online

if TYPE_CHECKING:
    from collections.abc import Mapping

TOWNS = {
    "Berkeley CA, USA": "Berkeley, CA, United States",
    "ShenZhen, China": "Shenzhen, China",
    "La Jolla": "La Jolla, CA, United States",
    "UCL, London, UK": "London, United Kingdom",
    "Vienna, Austria": "Vienna, Austria",
    "München": "Munich, Germany",
    "北京": "Beijing, China",
    "北京大学": "Beijing, China",
    "NYC": "New York City, NY, United States",
    "New York, New York": "New York City, NY, United States",
    "New York, New York, USA": "New York City, NY, United States",
    "Columbia University, New York": "New York City, NY, United States",
    "University of Chicago": "Chicago, IL, United States",
    "University of Guelph": "Guelph, Canada",
    "University of Washington Tacoma": "Tacoma, WA, United States",
    "University of California, San Diego": "San Diego, CA, United States",
    "Indiana University, Bloomington": "Bloomington, IN, United States",
    "St. Pete Beach, FL": "Saint Pete Beach, FL, United States",
    "Washington": "Washington, DC, United States",
    "Washington, DC": "Washington, DC, United States",
    "Seattle, Washington": "Seattle, WA, United States",
    "Prague, Czechia": "Prague, Czechia",
    "Cambridge, MA": "Cambridge, MA, United States",
    "Cambridge, UK": "Cambridge, United Kingdom",
    "Cambridge, Ontario": "Cambridge, Canada",
    "Seoul, Korea": "Seoul, South Korea",
    "Hong Kong": "Hong Kong",
    "Hong Kong, China": "Hong Kong",
    "Macau SAR, China": "Macau, Macao",
    "Singapore": "Singapore",
    "Luxembourg": "Luxembourg",
    "Perth, WA": "Perth, Australia",
    "Portland, ME": "Portland, ME, United States",
    "Tokyo, JP": "Tokyo, Japan",
    "Wien, Österreich": "Vienna, Austria",
    "Córdoba, España": "Córdoba, Spain",
    "Heraklion, Kreta": "Irákleion, Greece",
    "Heraklion, Crete": "Irákleion, Greece",
    "Córdoba, Veracruz": "Córdoba, Mexico",
    "Campinas, São Paulo, Brazil": "Campinas, Brazil",
    "Benasque, Huesca, Spain": "Benasque, Spain",
    "Rosario, Santa Fe, Argentina": "Rosario, Argentina",
    "Frankfurt (Oder), Germany": "Frankfurt (Oder), Germany",
    "Frankfurt/Oder": "Frankfurt (Oder), Germany",
    "Frankfurt am Main, Germany": "Frankfurt am Main, Germany",
    "San Sebastián, Spain": "Donostia / San Sebastián, Spain",
    "Cambridge, Mass.": "Cambridge, MA, United States",
    "Athens, Ga., USA": "Athens, GA, United States",
    "Kingston, Ont.": "Kingston, Canada",
    "ETH, Zürich": "Zürich, Switzerland",
    "Victoria, London": "London, United Kingdom",
    "USA: Boston": "Boston, MA, United States",
    "Recife, PE, Brasil": "Recife, Brazil",
    "Vitória, ES, Brasil": "Vitória, Brazil",
    "Salvador, BA": "Salvador, Brazil",
    "Trento (TN), Italia": "Trento, Italy",
    "Snowbird, Salt Lake City, UT": "Salt Lake City, UT, United States",
    "Queen's University Belfast": "Belfast, United Kingdom",
    "University of Western Ontario, London": "London, Canada",
    "القاهرة، مصر": "Cairo, Egypt",
    "USA - Boston": "Boston, MA, United States",
    "New York, Courant Institute": "New York City, NY, United States",
    "KU Leuven": "Leuven, Belgium",
    "Oberwolfach": "Oberwolfach, Germany",
    "MFO, Oberwolfach": "Oberwolfach, Germany",
    "Les Houches, France": "Les Houches, France",
    "Institut d’Études Scientifiques de Cargèse, Corsica": "Cargèse, France",
    "Shinjuku, Tokyo, Japan": "Shinjuku, Japan",
    "Jakarta Indonesia": "Jakarta, Indonesia",
    "Utrecht, Netherlans": "Utrecht, The Netherlands",
    "Rutgers University, New Brunswick, NJ, USA": "New Brunswick, NJ, United States",
    "Springfield, Massachusets, USA": "Springfield, MA, United States",
    "Pasadena, United States": "Pasadena, CA, United States",
    "Princeton University": "Princeton, NJ, United States",
    "Victoria": "Victoria, Canada",
    "Fort Washington, Maryland": "Fort Washington, MD, United States",
    "recorded in Arusha": "Arusha, Tanzania",
    "Room 5, Oxford": "Oxford, United Kingdom",
    "virtually in Nuremberg, Germany": "Nuremberg, Germany",
    "Kloster Seeon, Munich, Germany": "Munich, Germany",
}

SEATS = {
    "Germany": "Berlin, Germany",
    "Deutschland": "Berlin, Germany",
    "EPFL, Switzerland": "Bern, Switzerland",
    "Hawaii": "Honolulu, HI, United States",
    "University of New Mexico": "Albuquerque, NM, United States",
    "University of Georgia": "Atlanta, GA, United States",
    "Georgia": "Tbilisi, Georgia",
    "Jamaica": "Kingston, Jamaica",
    "Ontario": "Toronto, Canada",
    "Åland": "Mariehamn, Aland Islands",
    "Snowbird, UT": "Salt Lake City, UT, United States",
    "Wachington, USA": "Washington, DC, United States",
    "Universidad Nacional de Colombia": "Bogotá, Colombia",
    "Jondaryan, Queensland, Australia": "Brisbane, Australia",
}

# A second town that a text names, or None: what is taken, and what it is not.
SECONDS = {
    "Berlin; Munich; Hamburg": ("Berlin, Germany", "Munich, Germany"),
    "Napoli, Milano": ("Naples, Italy", "Milan, Italy"),
    "Mar del Plata, Buenos Aires": ("Mar del Plata, Argentina", "Buenos Aires, Argentina"),
    "Segovia, Madrid": ("Madrid, Spain", "Segovia, Spain"),
    "Vitoria": ("Vitória, Brazil", "Gasteiz / Vitoria, Spain"),
    "Université Laval, Québec": ("Laval, Canada", "Québec, Canada"),
    "Campinas, São Paulo, Brazil": ("Campinas, Brazil", None),
    "Changchun, Jilin, China": ("Changchun, China", None),
    "NTU, Taipei": ("Taipei, Taiwan", None),
    "Shinjuku, Tokyo, Japan": ("Shinjuku, Japan", None),
    "Columbia University, New York": ("New York City, NY, United States", None),
}

# What is not believed, or rests on a name alone, is said.
GUESSES = {
    "Belo Horizonte, MG": ("Belo Horizonte, Brazil", "in spite of 'MG'"),
    "ETH, Zürich": ("Zürich, Switzerland", "in spite of 'ETH'"),
    "Johns Hopkins University": ("Hopkins, MN, United States", "for its name alone"),
    "Varenna, Lake Como": ("Lake Como, NJ, United States", "for its name alone"),
    "Lake Tahoe": ("Stateline, NV, United States", "for its name alone"),
    "Oberwolfach": ("Oberwolfach, Germany", ""),
    "Universität Tübingen": ("Tübingen, Germany", ""),
    "Hopkins, MN": ("Hopkins, MN, United States", ""),
}

ONLINE = ["Online", "Virtual (Zoom)", "Virtual, USA", "online conference"]

UNKNOWN = ["Reading group", "Invited keynote", "Beatrix Theater, Zaal 217", "MIT", "", "AQ",
           "https://example.org/somewhere"]  # fmt: skip


@pytest.fixture(scope="module")
def found(gazetteer: Gazetteer) -> Mapping[str, Found | Online | None]:
    more = ["London", "Springfield, US", "Paris"]
    return gazetteer.find([*TOWNS, *SEATS, *ONLINE, *UNKNOWN, *SECONDS, *GUESSES, *more])


@pytest.mark.parametrize("place", TOWNS)
def test_towns(found: Mapping[str, Found | Online | None], place: str) -> None:
    town = found[place]
    assert isinstance(town, Found)
    assert (town.name, town.exact) == (TOWNS[place], True)


@pytest.mark.parametrize("place", SEATS)
def test_a_region_or_country_alone_is_put_at_its_seat_with_a_word(
    found: Mapping[str, Found | Online | None], place: str
) -> None:
    town = found[place]
    assert isinstance(town, Found)
    assert (town.name, town.exact) == (SEATS[place], False)
    assert town.doubt.startswith("put at ")


@pytest.mark.parametrize("place", ONLINE)
def test_online(found: Mapping[str, Found | Online | None], place: str) -> None:
    assert isinstance(found[place], Online)


@pytest.mark.parametrize("place", UNKNOWN)
def test_what_names_no_place_is_not_guessed(
    found: Mapping[str, Found | Online | None], place: str
) -> None:
    assert found[place] is None


def test_a_choice_among_namesakes_is_said(found: Mapping[str, Found | Online | None]) -> None:
    doubts = {place: town.doubt for place in ("London", "Springfield, US", "Vienna, Austria")
              if isinstance(town := found[place], Found)}  # fmt: skip
    assert doubts["London"].startswith("taken for London, United Kingdom (")
    assert "not London, Canada (" in doubts["London"]
    assert doubts["Springfield, US"].startswith("taken for Springfield, MA, United States (")
    assert "not Springfield, IL, United States (" in doubts["Springfield, US"]
    assert doubts["Vienna, Austria"] == ""


@pytest.mark.parametrize("place", SECONDS)
def test_a_second_place_is_left_out_with_a_word(
    found: Mapping[str, Found | Online | None], place: str
) -> None:
    town, second = found[place], SECONDS[place][1]
    assert isinstance(town, Found)
    assert town.name == SECONDS[place][0]
    assert (f", not {second} (" in town.doubt) if second else town.doubt == ""


@pytest.mark.parametrize("place", GUESSES)
def test_a_guess_is_said(found: Mapping[str, Found | Online | None], place: str) -> None:
    town, (name, why) = found[place], GUESSES[place]
    assert isinstance(town, Found)
    assert (town.name, town.doubt.partition(" people), ")[2]) == (name, why)


def test_a_country_without_a_known_capital_is_not_found(few_towns: Gazetteer) -> None:
    places = ["Canada", "Somewhere, Ontario", "Antarctica"]
    canada, ontario, antarctica = few_towns.find(places).values()
    assert (canada, antarctica) == (None, None)
    assert isinstance(ontario, Found)
    assert ontario.doubt == "put at London, the largest town of Ontario: no town was recognized"
