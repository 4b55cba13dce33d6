"""From the rows of the sheets to the stops on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdgen.cells.periods import period
from mdgen.citations.titles import inline_title
from mdgen.kinds.experience import Job
from mdgen.kinds.talks import Talk
from mdgen.markup import plain
from mdgen.places.stops import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdgen.pages import Page
    from mdgen.records import Record


def stops_of(rows: Iterable[tuple[Record, Page]]) -> Iterator[Stop]:
    """Give the stops of talks and jobs with their pages, in their order, as readers see them.

    A row of another kind, and one whose page the site does not show, has none.
    """
    for record, page in rows:
        if not record.published:
            continue
        if isinstance(record, Talk):
            last = record.end_date or record.date
            yield _stop(record, page, record.venue, period(record.date, last))
        elif isinstance(record, Job):
            dates = period(record.start_date, record.end_date)
            yield replace(_stop(record, page, record.organization, dates), what="position")


def _stop(record: Talk | Job, page: Page, venue: str, date: str) -> Stop:
    return Stop(
        title=inline_title(record.title),
        url=str(page.front["permalink"]),
        venue=plain(venue),
        place=plain(record.location),
        date=date,
        where=replace(record.place, column="location"),
        latitude=record.latitude,
        longitude=record.longitude,
    )
