"""The world's coasts and borders as SVG paths, from Natural Earth (public domain).

The map of 1:110 million comes with bqplot, as TopoJSON: its lines are arcs that neighbours share,
so that each border is drawn once. bqplot is not imported; its file is only read.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from mdgen.places.areas import MISSING
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdgen.places.coordinates import Coordinates

# The plane: Web Mercator, 0 to 10 000 from the date line eastwards, downwards from the equator.
# A unit is at most 4 km, about the precision of the data.
WIDTH = 10_000
NORTH, SOUTH = 79.0, -57.0

_Point = tuple[int, int]
_Line = list[_Point]


class _Geometry(TypedDict):
    type: str
    arcs: list[list[int]] | list[list[list[int]]]


class _Collection(TypedDict):
    geometries: list[_Geometry]


class _Objects(TypedDict):
    land: _Geometry
    subunits: _Collection


class _Transform(TypedDict):
    scale: tuple[float, float]
    translate: tuple[float, float]


class _Topology(TypedDict):
    objects: _Objects
    arcs: list[list[tuple[int, int]]]
    transform: _Transform


class World(TypedDict):
    """The data of two `path` elements: areas of land, and the borders between countries."""

    land: str
    borders: str


def project(point: Coordinates) -> tuple[int, int]:
    """Give a point's place in the plane; what lies beyond its ends is moved to them."""
    return _plane(point.longitude, min(NORTH, max(SOUTH, point.latitude)))


@cache
def world() -> World:
    """Give the map; an `MdgenError` names the extra where its package is missing."""
    topology = _topology()
    lines = _lines(topology)
    objects = topology["objects"]
    rings = (_joined(_arc(lines, number) for number in ring) for ring in _rings(objects["land"]))
    shared = Counter(
        number if number >= 0 else ~number
        for country in objects["subunits"]["geometries"]
        for ring in _rings(country)
        for number in ring
    )
    borders = (lines[number] for number, countries in sorted(shared.items()) if countries > 1)
    return World(
        land="".join(_area(ring) for ring in rings if _in_view(ring)),
        borders="".join(_border(line) for line in borders if len(line) > 1),
    )


def _topology() -> _Topology:
    from importlib.util import find_spec  # noqa: PLC0415 - start-up time

    found = find_spec("bqplot")
    if found is None or found.origin is None:
        raise MdgenError(MISSING)
    file = Path(found.origin).parent / "map_data" / "WorldMap.json"
    return cast("_Topology", json.loads(file.read_bytes()))


def _plane(longitude: float, latitude: float) -> tuple[int, int]:
    north = math.asinh(math.tan(math.radians(latitude)))
    return round((longitude + 180) / 360 * WIDTH), round(-north / math.tau * WIDTH)


def _lines(topology: _Topology) -> list[_Line]:
    """Undo the arcs' delta encoding (https://github.com/topojson/topojson-specification)."""
    wide, high = topology["transform"]["scale"]
    west, south = topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        line: _Line = []
        x = y = 0
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            latitude = max(-80.0, min(84.0, y * high + south))
            line.append(_plane(x * wide + west, latitude))
        lines.append(_without_repeats(line))
    return lines


def _arc(lines: Sequence[_Line], number: int) -> _Line:
    return lines[number] if number >= 0 else lines[~number][::-1]


def _rings(geometry: _Geometry) -> Iterator[list[int]]:
    if geometry["type"] == "Polygon":
        yield from cast("list[list[int]]", geometry["arcs"])
    else:
        for polygon in cast("list[list[list[int]]]", geometry["arcs"]):
            yield from polygon


def _joined(lines: Iterable[_Line]) -> _Line:
    joined: _Line = []
    for line in lines:
        joined += line[1:] if joined else line
    return joined


def _in_view(line: _Line) -> bool:
    _, lowest = _plane(0, SOUTH)
    return any(y < lowest for _, y in line)


def _area(ring: _Line) -> str:
    """Write a ring, whose last point is its first, as SVG path data with rounded corners."""
    corners = ring[1:]
    ends = [_middle(*edge) for edge in itertools.pairwise([*corners, corners[0]])]
    return _curves(ends[-1], corners, ends) + "z"


def _border(line: _Line) -> str:
    """Write a line as SVG path data with rounded corners; it keeps its ends."""
    start, *corners = line
    ends = [*map(_middle, corners, corners[1:])][:-1] + corners[-1:]
    return _curves(start, corners[: len(ends)], ends)


def _curves(start: _Point, corners: Sequence[_Point], ends: Sequence[_Point]) -> str:
    """Write quadratic curves in relative steps.

    They meet in the middle of the line's edges and have its corners as control points: at
    1:110 million a coast is a few straight strokes, which look broken when they are magnified.
    """
    x, y = start
    steps: list[str] = []
    for corner, end in zip(corners, ends, strict=True):
        steps += (f"{at - of}" for at, of in zip((*corner, *end), (x, y, x, y), strict=True))
        x, y = end
    numbers = "".join(step if step[0] == "-" else f" {step}" for step in steps)
    return f"M{start[0]} {start[1]}q{numbers.lstrip()}"


def _without_repeats(line: _Line) -> _Line:
    return [point for point, _ in itertools.groupby(line)]


def _middle(one: _Point, other: _Point) -> _Point:
    return (one[0] + other[0]) // 2, (one[1] + other[1]) // 2
