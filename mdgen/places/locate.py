"""Where each stop is: from its row, from `data/places.csv`, a gazetteer, or a geocoder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from mdgen.places.coordinates import Coordinates, decimal
from mdgen.places.gazetteer import Found, Online
from mdgen.places.table import Known, key
from mdgen.places.text import is_nothing, is_online
from mdgen.problems import MdgenError, Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mdgen.places.gazetteer import Gazetteer
    from mdgen.places.stops import Stop


class Geocoder(Protocol):
    """Answers where one place is; an `MdgenError` says that it cannot be asked."""

    def find(self, place: str) -> Coordinates | None:
        """Give where the place is, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Located:
    """Where the stops are, and what is to be said about it.

    `stops` has each stop with its point; `online` those held on the net; the others name no place,
    or one that is among the `problems` (each names the row and how to settle it). `notices` say
    what was decided where a text left a choice. `found` are the lines to add to the table.
    """

    stops: tuple[tuple[Stop, Coordinates], ...] = ()
    online: tuple[Stop, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    found: tuple[tuple[str, Coordinates | None], ...] = ()


def locate(
    stops: Iterable[Stop],
    known: Mapping[str, Known],
    gazetteer: Callable[[], Gazetteer],
    geocoder: Geocoder | None = None,
    table: str = "data/places.csv",
) -> Located:
    """Find every stop: by its own coordinates, then `known`, the gazetteer, and the geocoder.

    `known` comes from `table.read_places`. `gazetteer` is called only where a place is not known
    yet, because that takes a second. The geocoder is asked, where there is one, about places in
    which the gazetteer recognized no town; once it fails, it is asked no more.

    A venue stands in for a place that is empty, if it names one beyond doubt ("Vienna, Austria");
    what is no place is no problem there.
    """
    search = _Search(known, table)
    listed = [_named(stop) for stop in stops]
    places = [stop.place for stop in listed if search.must_look_up(stop)]
    venues = [stop.venue for stop in listed if _only_venue(stop)]
    asked = [*places, *(venue for venue in venues if key(venue) not in known)]
    answers = gazetteer().find(asked) if asked else {}
    listed = [search.at_venue(stop, answers.get(stop.venue)) for stop in listed]
    for same in _by_place(stop for stop in listed if search.must_look_up(stop)).values():
        search.settle(same, answers[same[0].place], geocoder)
    return search.result(listed)


def _by_place(stops: Iterable[Stop]) -> dict[str, list[Stop]]:
    same: dict[str, list[Stop]] = {}
    for stop in stops:
        same.setdefault(key(stop.place), []).append(stop)
    return same


class _Search:
    def __init__(self, known: Mapping[str, Known], table: str) -> None:
        self._known = dict(known)
        self._table = table
        self._online: set[str] = set()
        self._problems: list[Problem] = []
        self._notices: list[Problem] = []
        self._found: list[tuple[str, Coordinates | None]] = []
        self._geocoder_failed = False
        self._asked = False

    def must_look_up(self, stop: Stop) -> bool:
        if _own(stop) or is_nothing(stop.place):
            return False
        entry = self._known.get(key(stop.place))
        if entry is None and is_online(stop.place):
            self._online.add(key(stop.place))
            return False
        return entry is None or (entry.coordinates is None and not entry.hidden)

    def at_venue(self, stop: Stop, answer: Found | Online | None) -> Stop:
        if not _only_venue(stop):
            return stop
        entry = self._known.get(key(stop.venue))
        sure = isinstance(answer, Found) and answer.exact and not answer.doubt
        if sure or (entry and entry.coordinates):
            return replace(stop, place=stop.venue, venue="")
        return stop

    def settle(
        self, same: Sequence[Stop], answer: Found | Online | None, geocoder: Geocoder | None
    ) -> None:
        first = same[0]
        if isinstance(answer, Online):
            self._online.add(key(first.place))
        elif answer is not None and answer.exact:
            self._take(first, answer)
        elif point := self._ask(first, geocoder):
            self._keep(first, point)
        elif answer is not None:
            self._take(first, answer)
        else:
            if self._asked:
                self._found.append((first.place, None))
            self._problems.append(Problem(first.where, self._unknown(same)))

    def result(self, stops: Iterable[Stop]) -> Located:
        placed: list[tuple[Stop, Coordinates]] = []
        online: list[Stop] = []
        for stop in stops:
            entry = self._known.get(key(stop.place))
            if point := _own(stop) or (entry.coordinates if entry else None):
                placed.append((stop, point))
            elif key(stop.place) in self._online:
                online.append(stop)
        said = tuple(self._problems), tuple(self._notices)
        return Located(tuple(placed), tuple(online), *said, found=tuple(self._found))

    def _take(self, stop: Stop, found: Found) -> None:
        self._keep(stop, found.coordinates)
        if found.doubt:
            self._notices.append(Problem(stop.where, self._doubt(stop, found)))

    def _keep(self, stop: Stop, point: Coordinates) -> None:
        # A line that is there already, without coordinates, stays as it is.
        if key(stop.place) not in self._known:
            self._found.append((stop.place, point))
        self._known[key(stop.place)] = Known(point)

    def _ask(self, stop: Stop, geocoder: Geocoder | None) -> Coordinates | None:
        self._asked = False
        if geocoder is None or self._geocoder_failed or key(stop.place) in self._known:
            return None
        try:
            point = geocoder.find(stop.place)
        except MdgenError as error:
            self._geocoder_failed = True
            self._problems.append(Problem(stop.where, str(error)))
            return None
        self._asked = True
        return point

    def _unknown(self, same: Sequence[Stop]) -> str:
        rows = ", ".join(str(stop.where.row) for stop in same[1:] if stop.where.row)
        also = f" (also in row {rows})" if rows else ""
        return (
            f"'{shorten(same[0].place)}' is no place that is known{also}; write the town and its "
            "country, fill in latitude and longitude in the sheet, or give it a line in "
            f"{self._table} (with - for both it gets no marker)"
        )

    def _doubt(self, stop: Stop, found: Found) -> str:
        return (
            f"'{shorten(stop.place)}' {found.doubt}; "
            f"if that is wrong, add the state or country, or correct its line in {self._table}"
        )


def _own(stop: Stop) -> Coordinates | None:
    if stop.latitude is None or stop.longitude is None:
        return None
    return Coordinates(stop.latitude, stop.longitude)


def _only_venue(stop: Stop) -> bool:
    return bool(stop.venue) and not stop.place.strip() and not _own(stop)


def _named(stop: Stop) -> Stop:
    """Give a stop that has a point and no place its venue for one, or the point's numbers."""
    if stop.place.strip() or stop.latitude is None or stop.longitude is None:
        return stop
    numbers = f"{decimal(stop.latitude)}, {decimal(stop.longitude)}"
    return replace(stop, place=stop.venue or numbers, venue="")
