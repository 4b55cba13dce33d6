from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdgen.places.areas import Areas
from mdgen.places.text import is_nothing, is_online, read_place
from tests.bounds import processor_time

if TYPE_CHECKING:
    from mdgen.places.text import PlaceText

AREAS = Areas({})


def shown(text: PlaceText) -> list[str]:
    """Each part, areas in brackets."""
    return [f"[{part.text}]" if part.areas else part.text for part in text.parts]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Vienna, Austria", ["Vienna", "[Austria]"]),
        ("Berkeley CA, USA", ["Berkeley", "[CA]", "[USA]"]),
        ("Baltimore, United States.", ["Baltimore", "[United States]"]),
        ("Guadalajara, Jalisco. México", ["Guadalajara", "Jalisco", "[México]"]),
        ("Santa Fe, New Mexico", ["Santa Fe", "[New Mexico]"]),
        ("University of Georgia", ["University of Georgia"]),
        ("recorded in Malta", ["recorded", "[Malta]"]),
        ("in Malta", ["[Malta]"]),
        ("Cambridge, Mass.", ["Cambridge", "[Mass]"]),
        ("Miss", ["Miss"]),
        ("القاهرة، مصر", ["القاهرة", "مصر"]),
        ("Paris (France)", ["Paris", "[France]"]),
        ("Nancy,France", ["Nancy", "[France]"]),
        ("Rutgers, New Brunswick, NJ", ["Rutgers", "New Brunswick", "[NJ]"]),
        ("https://example.org/talk", []),
        ("Virtual (Zoom)", []),
        ("Online conference", []),
        ("Virtual, France", ["[France]"]),
        ("Hybrid: Paris and Zoom", ["Paris"]),
        ("", []),
    ],
)
def test_the_parts_of_a_place(typed: str, parts: list[str]) -> None:
    assert shown(read_place(typed, AREAS)) == parts


def test_a_part_that_ends_in_an_area_may_be_a_town_as_a_whole() -> None:
    first, second = read_place("Fort Washington", AREAS).parts
    assert (first.text, first.whole, second.text) == ("Fort", "Fort Washington", "Washington")


@pytest.mark.parametrize(
    ("typed", "inside"),
    [
        ("University of Guelph", {"Guelph"}),
        ("RWTH Aachen", {"Aachen"}),
        ("Reading group", set()),
        ("recorded in Arusha", {"Arusha"}),
        ("Reading group, UK", {"Reading", "Reading group"}),
        ("北京大学", {"北京", "京大", "大学", "北京大", "京大学", "北京大学"}),
        ("École Normale Supérieure de Lyon", {"Normale", "Supérieure", "Lyon"}),
        ("Institute of XYZ, London", {"Institute of XYZ"}),
    ],
)
def test_names_within_a_part_are_sought_where_the_context_allows(
    typed: str, inside: set[str]
) -> None:
    text = read_place(typed, AREAS)
    phrases = {phrase.text for phrase in text.phrases(text.parts[0])}
    assert inside <= phrases
    assert bool(phrases) == bool(inside)


@pytest.mark.parametrize("typed", ["Queen's University Belfast", "Queen’s University, UK"])
def test_a_patron_is_no_town(typed: str) -> None:
    text = read_place(typed, AREAS)
    assert "Queen" not in {phrase.text[:-2] for phrase in text.phrases(text.parts[0])}


@pytest.mark.parametrize(
    "typed", ["Online", "virtual (Zoom)", "Remote", "オンライン", "Zoom webinar", "Teams"]
)
def test_online_and_nothing_else(typed: str) -> None:
    assert is_online(typed)


@pytest.mark.parametrize("typed", ["Vienna", "Virtual, France", "Paris and online", ""])
def test_not_only_online(typed: str) -> None:
    assert not is_online(typed)


def test_no_place_is_named() -> None:
    assert all(map(is_nothing, ["", " ", "-", "TBA", "n/a", "tbd.", "Hybrid", "in person"]))
    assert not is_nothing("Of")


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(typed: str) -> None:
    text = read_place(typed, AREAS)
    assert text.typed == typed
    assert all(part.text.strip() == part.text != "" for part in text.parts)
    assert all(text.names())


def test_a_long_word_in_capitals_is_read_in_bounded_time() -> None:
    with processor_time(1):
        names = [*read_place("A" * 4000, AREAS).names()]
    assert names == ["A" * 4000]
