"""`data/places.csv`: where places are, written by mdgen, corrected by people, never rewritten."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen.places.coordinates import Coordinates, decimal, latitude, longitude
from mdgen.places.folding import fold
from mdgen.problems import Place, Problem, Refusal, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADER = ("place", "latitude", "longitude")
_DELIMITERS = ",;\t"
_NO_MARKER = {"-", "–", "—"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the table says of a place: where it is, that it has no marker, or nothing yet."""

    coordinates: Coordinates | None
    hidden: bool = False


def key(place: str) -> str:
    """Give what two spellings of one place have in common: all but case, spaces and accents."""
    return fold(place)


def read_places(text: str, source: str) -> Mapping[str, Known]:
    """Read the table: what is known of each place, by its `key`.

    A line without latitude and longitude is a place that was asked for in vain; one with `-` for
    both has no marker. Other columns are left to people. Of two lines for one place the last
    counts. `source` is the file's name for the `SheetError` with the lines that cannot be read.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, delimiter=_delimiter(text))
    titles = [title.strip().casefold() for title in next(reader, [])]
    if titles and not set(HEADER) <= set(titles):
        message = f"has no columns {', '.join(HEADER)}; its first line must name them"
        raise SheetError([Problem(Place(source, 1), message)])
    known: dict[str, Known] = {}
    problems: list[Problem] = []
    line = reader.line_num + 1
    for cells in reader:
        row = {title: cell.strip() for title, cell in zip(titles, cells, strict=False)}
        try:
            if row.get("place"):
                known[key(row["place"])] = _known(row)
        except Refusal as refusal:
            problems.append(Problem(Place(source, line), str(refusal)))
        line = reader.line_num + 1
    if problems:
        raise SheetError(problems)
    return known


def with_places(text: str, found: Iterable[tuple[str, Coordinates | None]]) -> str:
    """Give the table's text with a line more at its end for each place found.

    Every byte that is there stays; the new lines have its line ends, its delimiter and its columns.
    None writes a place without coordinates.
    """
    delimiter = _delimiter(text)
    start = text or f"{delimiter.join(HEADER)}\n"
    end = "\r\n" if "\r\n" in start else "\n"
    header = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter))
    titles = [title.strip().casefold() for title in header]
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator=end)
    for place, coordinates in found:
        cells = {"place": place}
        if coordinates:
            cells["latitude"] = decimal(coordinates.latitude)
            cells["longitude"] = decimal(coordinates.longitude)
        writer.writerow([cells.get(title.lstrip("\ufeff"), "") for title in titles])
    added = lines.getvalue()
    return start if not added else start + ("" if start.endswith(("\n", "\r")) else end) + added


def _known(row: Mapping[str, str]) -> Known:
    north, east = row.get("latitude", ""), row.get("longitude", "")
    if {north, east} <= _NO_MARKER:
        return Known(None, hidden=True)
    if not north and not east:
        return Known(None)
    return Known(Coordinates(latitude(north), longitude(east)))


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)
