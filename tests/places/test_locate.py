from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from mdgen.places.coordinates import Coordinates
from mdgen.places.locate import Located, locate
from mdgen.places.stops import Stop
from mdgen.places.table import Known
from mdgen.problems import MdgenError, Place

if TYPE_CHECKING:
    from mdgen.places.gazetteer import Gazetteer

VIENNA = Coordinates(48.20849, 16.37208)
ELSEWHERE = Coordinates(1.5, 2.5)


def stop(place: str, row: int = 2, point: Coordinates | None = None) -> Stop:
    here = (point.latitude, point.longitude) if point else (None, None)
    where = Place("data/talks.csv", row, "location")
    return Stop("A talk", "/talks/a", "A venue", place, "March 2024", where, *here)


def not_needed() -> Gazetteer:
    raise AssertionError


def points(located: Located) -> dict[str, Coordinates]:
    return {stop.place: point for stop, point in located.stops}


@dataclass
class Server:
    """A geocoder that knows some places; it is down from the call on whose number `down` is."""

    known: dict[str, Coordinates]
    down: int = 100
    asked: list[str] = field(default_factory=list)

    def find(self, place: str) -> Coordinates | None:
        self.asked.append(place)
        if len(self.asked) >= self.down:
            raise MdgenError("the server does not answer")
        return self.known.get(place)


def test_the_rows_own_coordinates_come_first() -> None:
    known = {"vienna": Known(VIENNA)}
    located = locate([stop("Vienna", point=ELSEWHERE)], known, not_needed)
    assert points(located) == {"Vienna": ELSEWHERE}


def test_the_table_comes_before_the_gazetteer() -> None:
    located = locate([stop("VIENNA")], {"vienna": Known(ELSEWHERE)}, not_needed)
    assert located == Located(stops=((stop("VIENNA"), ELSEWHERE),))


def test_the_gazetteers_answers_become_lines_of_the_table(few_towns: Gazetteer) -> None:
    stops = [stop("Vienna, Austria"), stop("vienna, austria", 3), stop("Oberwolfach", 4)]
    located = locate(stops, {}, lambda: few_towns)
    assert [point for _, point in located.stops] == [VIENNA, VIENNA, Coordinates(48.31698, 8.21525)]
    assert located.found == (
        ("Vienna, Austria", VIENNA),
        ("Oberwolfach", Coordinates(48.31698, 8.21525)),
    )
    assert not located.problems
    assert not located.notices


def test_talks_online_have_no_point_and_no_word(few_towns: Gazetteer) -> None:
    stops = [stop("Zoom"), stop("Virtual, Germany", 3)]
    located = locate(stops, {}, lambda: few_towns)
    assert located == Located(online=tuple(stops))
    assert locate([stop("Online")], {}, not_needed).online == (stop("Online"),)


@pytest.mark.parametrize("place", ["", "TBA", "-"])
def test_a_talk_without_a_place_is_left_out(place: str, few_towns: Gazetteer) -> None:
    assert locate([stop(place)], {}, lambda: few_towns) == Located()
    assert locate([replace(stop(place), venue="")], {}, not_needed) == Located()


def test_a_venue_stands_in_for_an_empty_place_where_it_is_one_beyond_doubt(
    few_towns: Gazetteer,
) -> None:
    venues = ["Vienna, Austria", "London", "EMBL, Germany", "The Web Conference", "Zoom", "My room"]
    stops = [replace(stop(""), venue=venue) for venue in venues]
    located = locate(stops, {"my room": Known(ELSEWHERE)}, lambda: few_towns)
    assert [(each.place, each.venue, point) for each, point in located.stops] == [
        ("Vienna, Austria", "", VIENNA),
        ("My room", "", ELSEWHERE),
    ]
    assert located.online == ()  # "Web" in a conference's name says nothing of where it was
    assert located.found == (("Vienna, Austria", VIENNA),)
    assert (located.problems, located.notices) == ((), ())


def test_a_point_without_a_place_has_the_name_of_its_venue_or_its_numbers() -> None:
    here = stop("", point=ELSEWHERE)
    located = locate([here, replace(here, venue="")], {}, not_needed)
    assert [(each.place, each.venue) for each, _ in located.stops] == [
        ("A venue", ""),
        ("1.5, 2.5", ""),
    ]


def test_a_place_with_dashes_in_the_table_has_no_marker() -> None:
    known = {"my kitchen": Known(None, hidden=True)}
    assert locate([stop("My kitchen")], known, not_needed) == Located()


def test_an_unknown_place_is_a_problem_and_the_rest_is_drawn(few_towns: Gazetteer) -> None:
    stops = [stop("Atlantis", 7), stop("Paris", 8), stop("Atlantis", 9)]
    located = locate(stops, {}, lambda: few_towns)
    assert list(points(located)) == ["Paris"]
    [problem] = located.problems
    assert str(problem) == (
        "data/talks.csv:7: location: 'Atlantis' is no place that is known (also in row 9); "
        "write the town and its country, fill in latitude and longitude in the sheet, or give it "
        "a line in data/places.csv (with - for both it gets no marker)"
    )
    assert located.found == (("Paris", Coordinates(48.85341, 2.3488)),)


def test_a_long_place_is_shortened_in_a_message(few_towns: Gazetteer) -> None:
    [problem] = locate([stop("x" * 80)], {}, lambda: few_towns).problems
    assert f"'{'x' * 59}…'" in problem.message


def test_a_choice_is_said_once_for_each_place(few_towns: Gazetteer) -> None:
    located = locate([stop("London", 2), stop("london", 3)], {}, lambda: few_towns)
    [notice] = located.notices
    assert str(notice) == (
        "data/talks.csv:2: location: 'London' taken for London, United Kingdom (8,961,989 people), "
        "not London, Canada (422,324); if that is wrong, add the state or country, or correct its line in "
        "data/places.csv"
    )
    assert len(located.stops) == 2


def test_the_geocoder_is_asked_only_where_no_town_was_recognized(few_towns: Gazetteer) -> None:
    server = Server({"Atlantis": ELSEWHERE, "EMBL, Germany": ELSEWHERE})
    stops = [stop("Paris"), stop("Atlantis", 3), stop("EMBL, Germany", 4), stop("Mu", 5)]
    located = locate(stops, {}, lambda: few_towns, server)
    assert server.asked == ["Atlantis", "EMBL, Germany", "Mu"]
    assert points(located)["EMBL, Germany"] == ELSEWHERE
    assert located.found == (
        ("Paris", Coordinates(48.85341, 2.3488)),
        ("Atlantis", ELSEWHERE),
        ("EMBL, Germany", ELSEWHERE),
        ("Mu", None),
    )
    assert [problem.place.row for problem in located.problems] == [5]


def test_what_the_geocoder_does_not_know_is_put_at_the_capital(few_towns: Gazetteer) -> None:
    located = locate([stop("EMBL, Germany")], {}, lambda: few_towns, Server({}))
    assert located.found == (("EMBL, Germany", Coordinates(52.52437, 13.41053)),)
    assert located.notices[0].message == (
        "'EMBL, Germany' put at Berlin, the capital of Germany: no town was recognized; "
        "if that is wrong, add the state or country, or correct its line in data/places.csv"
    )


def test_a_place_asked_for_in_vain_is_not_asked_for_again(few_towns: Gazetteer) -> None:
    server = Server({"Mu": ELSEWHERE})
    known = {"mu": Known(None), "vienna": Known(None)}
    located = locate([stop("Mu", 4), stop("Vienna", 5)], known, lambda: few_towns, server)
    assert server.asked == []
    assert located.found == ()  # the lines are there, and people's to fill in
    assert [problem.place.row for problem in located.problems] == [4]
    assert points(located) == {"Vienna": VIENNA}


def test_a_geocoder_that_is_down_is_asked_no_more(few_towns: Gazetteer) -> None:
    server = Server({}, down=1)
    located = locate([stop("Mu"), stop("Atlantis", 3)], {}, lambda: few_towns, server)
    assert server.asked == ["Mu"]
    assert [problem.message[:26] for problem in located.problems] == [
        "the server does not answer",
        "'Mu' is no place that is k",
        "'Atlantis' is no place tha",
    ]
    assert located.found == ()
