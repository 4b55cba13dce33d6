from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.places.coordinates import Coordinates, decimal, latitude, longitude, point
from mdgen.problems import Refusal


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("51.5074", 51.5074),
        (" 51,5074 ", 51.5074),
        ("-33.87", -33.87),
        ("−33.87", -33.87),
        ("33.87 S", -33.87),
        ("51°30'N", 51.5),
        ("51° 30' 36\" N", 51.51),
        ("48°12′30″", 48.208333),
        ("+90", 90.0),
        ("0", 0.0),
        ("-0", 0.0),
    ],
)
def test_latitudes_as_people_write_them(typed: str, meant: float) -> None:
    assert latitude(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("-0.1278", -0.1278), ("0°7'40\"W", -0.127778), ("4,5 O", -4.5), ("151.2 e", 151.2)],
)
def test_longitudes_as_people_write_them(typed: str, meant: float) -> None:
    assert longitude(typed) == meant


@pytest.mark.parametrize("typed", ["north", "", "91", "-90.1", "51.5 E", "1.2.3", "51°30"])
def test_what_is_no_latitude_is_refused_with_a_way_out(typed: str) -> None:
    with pytest.raises(Refusal, match=rf"^'{typed}' is no latitude; "):
        latitude(typed)


def test_a_longitude_beyond_the_date_line_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        longitude("181")
    assert str(refusal.value) == "'181' is no longitude; it lies between -180 and 180"


@given(st.text(max_size=20))
def test_any_text_is_an_angle_or_refused(text: str) -> None:
    with suppress(Refusal):
        assert -90 <= latitude(text) <= 90


def test_distances_are_those_along_the_surface() -> None:
    london, vienna = Coordinates(51.5085, -0.1257), Coordinates(48.2085, 16.3721)
    assert london.kilometres_to(london) == 0
    assert london.kilometres_to(vienna) == pytest.approx(1235, abs=5)
    assert Coordinates(0, 0).kilometres_to(Coordinates(0, 180)) == pytest.approx(20015, abs=5)


def test_a_point_is_two_cells_or_none() -> None:
    assert point(48.2, 16.4) == Coordinates(48.2, 16.4)
    assert point(None, None) is None
    with pytest.raises(
        Refusal, match=r"^has a latitude and no longitude; fill in both, or neither$"
    ):
        point(0.0, None)
    with pytest.raises(
        Refusal, match=r"^has a longitude and no latitude; fill in both, or neither$"
    ):
        point(None, 0.0)


@pytest.mark.parametrize(
    ("degrees", "text"), [(48.0, "48"), (-0.0, "0"), (16.37208, "16.37208"), (1e-7, "0")]
)
def test_degrees_are_written_without_idle_digits(degrees: float, text: str) -> None:
    assert decimal(degrees) == text
