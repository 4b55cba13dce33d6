from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdgen.cells.dates import PartialDate
from mdgen.kinds.experience import Job
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course
from mdgen.places.stops import Stop
from mdgen.problems import Place
from mdgen.settings import Site
from mdgen.talkmap.stops import stops_of

if TYPE_CHECKING:
    from mdgen.records import Record

SITE = Site(root=Path("/nowhere"))


def stops(*records: Record) -> list[Stop]:
    return list(stops_of((record, record.page(SITE)) for record in records))


def test_a_talk_is_shown_as_its_page_shows_it() -> None:
    talk = Talk(
        title="Fish & *chips* <x>",
        date=PartialDate(2024, 5),
        venue="R&amp;D",
        location="Oslo, Norway",
        latitude=59.9,
        longitude=10.7,
        permalink="/talks/fish",
        place=Place("data/talks.xlsx", 7, worksheet="A"),
    )
    assert stops(talk) == [
        Stop(
            title="Fish &amp; <em>chips</em> &lt;x&gt;",
            url="/talks/fish",
            venue="R&D",
            place="Oslo, Norway",
            date="May 2024",
            where=Place("data/talks.xlsx", 7, "location", worksheet="A"),
            latitude=59.9,
            longitude=10.7,
        )
    ]


def test_a_job_is_a_position_with_its_years() -> None:
    [stop] = stops(Job(title="Keeper", organization="Mill", start_date=PartialDate(2020)))
    assert (stop.what, stop.venue, stop.date) == ("position", "Mill", "2020 – present")


def test_what_the_site_does_not_show_and_what_was_at_no_place_has_no_stop() -> None:
    hidden = Talk(title="T", date=PartialDate(2024), published=False)
    course = Course(title="C", date=PartialDate(2024))
    assert stops(hidden, course) == []
