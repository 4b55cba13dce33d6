from __future__ import annotations

import re
import sys

import pytest

from mdgen.places.coordinates import Coordinates
from mdgen.problems import MdgenError
from mdgen.talkmap.world import WIDTH, project, world

STEP = re.compile(r"-?\d+")


def test_the_plane_is_web_mercator() -> None:
    assert project(Coordinates(0, 0)) == (WIDTH // 2, 0)
    assert project(Coordinates(0, -180)) == (0, 0)
    # tan and asinh at 60 degrees: 1.316958 of a radian's 10 000 / tau.
    assert project(Coordinates(60, 90)) == (7500, -2096)


def test_what_lies_beyond_the_ends_of_the_map_is_moved_to_them() -> None:
    assert project(Coordinates(90, 0)) == project(Coordinates(79, 0))
    assert project(Coordinates(-90, 0)) == project(Coordinates(-57, 0))


def test_the_paths_are_curves_within_the_plane() -> None:
    for path, least in ((world()["land"], 100), (world()["borders"], 250)):
        lines = re.findall(r"M(\d+) (-?\d+)q([-\d ]+)(z?)", path)
        assert "".join(f"M{x} {y}q{steps}{end}" for x, y, steps, end in lines) == path
        assert len(lines) > least
        for x, y, steps, _ in lines:
            right, down = int(x), int(y)
            numbers = [int(step) for step in STEP.findall(steps)]
            assert len(numbers) % 4 == 0
            for place in range(2, len(numbers), 4):
                right, down = right + numbers[place], down + numbers[place + 1]
                assert 0 <= right <= WIDTH
                assert -WIDTH // 2 <= down <= WIDTH // 3


def test_land_is_closed_and_borders_are_not() -> None:
    assert world()["land"].count("z") == world()["land"].count("M")
    assert "z" not in world()["borders"]


def test_the_antarctic_is_left_out() -> None:
    # It would take a third of the height; no ring lies wholly beyond the map's end.
    starts = [int(y) for y in re.findall(r"M\d+ (-?\d+)", world()["land"])]
    assert max(starts) < project(Coordinates(-57, 0))[1] + 100


def test_the_map_is_small() -> None:
    assert len(world()["land"]) + len(world()["borders"]) < 120_000


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bqplot", None)
    with pytest.raises(MdgenError, match=r"pip install 'mdgen\[map\]'"):
        world.__wrapped__()
