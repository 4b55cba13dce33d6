from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.places.coordinates import Coordinates
from mdgen.places.table import Known, key, read_places, with_places
from mdgen.problems import SheetError

VIENNA = Coordinates(48.20849, 16.37208)


def test_what_the_table_knows() -> None:
    text = (
        "place,latitude,longitude,note\n"
        '"Vienna, Austria",48.20849,16.37208,corrected\n'
        "\n"
        "Atlantis,,\n"
        "My kitchen,-,-\n"
        '"VIENNA, AUSTRIA",48.2,16.3\n'
        ",1,2\n"
    )
    assert read_places(text, "data/places.csv") == {
        "vienna, austria": Known(Coordinates(48.2, 16.3)),
        "atlantis": Known(None),
        "my kitchen": Known(None, hidden=True),
    }


@pytest.mark.parametrize("text", ["", "place,latitude,longitude\n"])
def test_an_empty_table_knows_nothing(text: str) -> None:
    assert read_places(text, "data/places.csv") == {}


def test_a_spreadsheet_program_may_have_saved_it() -> None:
    text = "\ufeffPlace;Latitude;Longitude\r\nWien;48,2;16,3\r\n"
    assert read_places(text, "p.csv") == {"wien": Known(Coordinates(48.2, 16.3))}


def test_lines_that_cannot_be_read_are_all_named() -> None:
    text = 'place,latitude,longitude\nA,x,1\n"B\nC",1,2\nD,1,200\n'
    with pytest.raises(SheetError) as error:
        read_places(text, "data/places.csv")
    assert str(error.value) == (
        "data/places.csv:2: 'x' is no latitude; write degrees with a decimal point, such as "
        "51.5074 or -0.1278\n"
        "data/places.csv:5: '200' is no longitude; it lies between -180 and 180"
    )


def test_another_table_is_refused() -> None:
    with pytest.raises(SheetError) as error:
        read_places("a,b\n1,2\n", "data/places.csv")
    assert str(error.value) == (
        "data/places.csv:1: has no columns place, latitude, longitude; "
        "its first line must name them"
    )


def test_a_new_table_has_its_header() -> None:
    assert with_places("", [("Vienna, Austria", VIENNA), ("Atlantis", None)]) == (
        'place,latitude,longitude\n"Vienna, Austria",48.20849,16.37208\nAtlantis,,\n'
    )


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("place,latitude,longitude\nA,1,2", '\n"V, A",48.20849,16.37208\n'),
        ("place;latitude;longitude\r\nA;1;2\r\n", "V, A;48.20849;16.37208\r\n"),
        ("\ufeffplace,longitude,note,latitude\n", '"V, A",16.37208,,48.20849\n'),
    ],
)
def test_new_lines_have_the_form_of_the_old_ones(before: str, added: str) -> None:
    assert with_places(before, [("V, A", VIENNA)]) == before + added


def test_nothing_found_changes_nothing() -> None:
    assert with_places("place,latitude,longitude\nA,1,2", []) == "place,latitude,longitude\nA,1,2"


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
                lambda place: place.strip() == place and key(place)
            ),
            st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180)),
        ),
        unique_by=lambda line: key(line[0]),
    )
)
def test_what_is_written_is_read_again(found: list[tuple[str, Coordinates]]) -> None:
    known = read_places(with_places("", found), "p.csv")
    assert known.keys() == {key(place) for place, _ in found}
    for place, point in found:
        again = known[key(place)].coordinates
        assert again
        assert again.latitude == pytest.approx(point.latitude, abs=1e-6)
        assert again.longitude == pytest.approx(point.longitude, abs=1e-6)
