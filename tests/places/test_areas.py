from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from mdgen.places.areas import Area, Areas, is_code
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterable


def codes(areas: Iterable[Area]) -> list[str]:
    return [f"{area.country}-{area.region}" if area.region else area.country for area in areas]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("France", ["FR"]),
        ("the netherlands", ["NL"]),
        ("UK", ["GB"]),
        ("U.S.A.", ["US"]),
        ("Korea", ["KR"]),
        ("Republic of Korea", ["KR"]),
        ("Czech Republic", ["CZ"]),
        ("Viet Nam", ["VN"]),
        ("DEU", ["DE"]),
        ("California", ["US-CA"]),
        ("CA", ["US-CA", "CA"]),
        ("ca", []),
        ("WA", ["US-WA", "AU-08"]),
        ("Ontario", ["CA-08"]),
        ("Nova Scotia", ["CA-07"]),
        ("NSW", ["AU-02"]),
        ("Scotland", ["GB-SCT"]),
        ("Georgia", ["GE", "US-GA"]),
        ("Bayern", []),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_the_areas_that_a_text_names(areas: Areas, text: str, named: list[str]) -> None:
    assert codes(areas.strong(text)) == named


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("Deutschland", ["DE"]),
        ("ESPAÑA", ["ES"]),
        ("中国", ["CN"]),
        ("Bayern", ["DE"]),
        ("Corsica", ["FR"]),
        ("Crete", ["GR"]),
        ("Jiangsu Sheng", ["CN"]),
        ("nowhere", []),
    ],
)
def test_names_in_other_languages_hint_at_countries(
    areas: Areas, text: str, hinted: list[str]
) -> None:
    assert codes(areas.weak(text)) == hinted


def test_older_short_forms_of_states_and_provinces(areas: Areas) -> None:
    short = {form: codes(areas.short(form)) for form in ("Mass.", "Pa", "Ont.", "Vic", "mass", "X")}
    assert short == {
        "Mass.": ["US-MA"],
        "Pa": ["US-PA"],
        "Ont.": ["CA-08"],
        "Vic": ["AU-07"],
        "mass": [],
        "X": [],
    }


def test_an_address_names_some_territories_under_their_state(areas: Areas) -> None:
    [china], [britain] = areas.strong("China"), areas.strong("UK")
    assert china.holds("HK", "")
    assert not britain.holds("HK", "")
    assert not Area("US", "CA", "California").holds("US", "NY")
    assert britain.contains(Area("GB", "ENG", "England"))
    assert not Area("GB", "ENG", "England").contains(britain)


def test_codes_are_two_or_three_capitals() -> None:
    assert [text for text in ("CA", "U.K.", "USA", "Ca", "C", "UTAH") if is_code(text)] == [
        "CA",
        "U.K.",
        "USA",
    ]


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycountry", None)
    with pytest.raises(MdgenError, match=r"pip install 'mdgen\[map\]'"):
        Areas({})
