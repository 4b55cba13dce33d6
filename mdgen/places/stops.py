"""A talk as the map needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdgen.problems import Place


@dataclass(frozen=True, slots=True)
class Stop:
    """One talk or job at one place, with everything as the reader is to see it.

    All of it is plain text but `title`, which is HTML (the page's title with its inline Markdown
    rendered). `url` is the page's path on the site, without the `baseurl`. `date` is the text that
    is shown; `latitude` and `longitude` are the row's own, where it has them; `where` is the row.
    `what` names it where the map counts: a talk, a position.
    """

    title: str
    url: str
    venue: str
    place: str
    date: str
    where: Place
    latitude: float | None = None
    longitude: float | None = None
    what: str = "talk"
