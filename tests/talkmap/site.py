"""A small site with talks all over the world, for the tests and for the pictures in the docs."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from mdgen.places.coordinates import Coordinates
from mdgen.places.locate import Located
from mdgen.places.stops import Stop
from mdgen.problems import Place
from mdgen.talkmap.page import map_html

if TYPE_CHECKING:
    from pathlib import Path

PLACES = [
    ("Vienna, Austria", 48.21, 16.37),
    ("Berkeley CA, USA", 37.87, -122.27),
    ("ShenZhen, China", 22.55, 114.07),
    ("La Jolla", 32.85, -117.27),
    ("UCL, London, UK", 51.51, -0.13),
    ("London", 51.51, -0.13),
    ("Paris, France", 48.85, 2.35),
    ("Oberwolfach", 48.32, 8.22),
    ("Les Houches, France", 45.89, 6.81),
    ("Berlin, Germany", 52.52, 13.41),
    ("Munich, Germany", 48.14, 11.58),
    ("Zürich, CH", 47.37, 8.55),
    ("Cambridge, UK", 52.20, 0.12),
    ("Oxford, UK", 51.75, -1.26),
    ("Edinburgh, Scotland", 55.95, -3.20),
    ("Cambridge, MA", 42.38, -71.11),
    ("New York, New York", 40.71, -74.01),
    ("Princeton, NJ", 40.35, -74.66),
    ("Chicago, IL", 41.85, -87.65),
    ("Seattle, WA", 47.61, -122.33),
    ("Austin, TX", 30.27, -97.74),
    ("Toronto, Canada", 43.71, -79.40),
    ("Vancouver, BC", 49.25, -123.12),
    ("Mexico City, Mexico", 19.43, -99.13),
    ("São Paulo, Brazil", -23.55, -46.64),
    ("Buenos Aires, Argentina", -34.61, -58.38),
    ("Santiago, Chile", -33.46, -70.65),
    ("Cape Town, South Africa", -33.93, 18.42),
    ("Nairobi, Kenya", -1.28, 36.82),
    ("Cairo, Egypt", 30.06, 31.25),
    ("Istanbul, Türkiye", 41.01, 28.95),
    ("Tel Aviv, Israel", 32.08, 34.78),
    ("Dubai, UAE", 25.08, 55.31),
    ("Bengaluru, India", 12.97, 77.59),
    ("New Delhi, India", 28.62, 77.21),
    ("Singapore", 1.29, 103.85),
    ("Bangkok, Thailand", 13.75, 100.50),
    ("Hong Kong", 22.28, 114.17),
    ("Shanghai, China", 31.22, 121.46),
    ("北京", 39.91, 116.40),
    ("Seoul, Korea", 37.57, 126.98),
    ("Tokyo, Japan", 35.69, 139.69),
    ("Kyoto, Japan", 35.02, 135.75),
    ("Sydney, Australia", -33.87, 151.21),
    ("Melbourne, VIC", -37.81, 144.96),
    ("Auckland, New Zealand", -36.85, 174.76),
    ("Stockholm, Sweden", 59.33, 18.07),
    ("Copenhagen, Denmark", 55.68, 12.57),
    ("Amsterdam, The Netherlands", 52.37, 4.89),
    ("Madrid, Spain", 40.42, -3.70),
    ("Lisbon, Portugal", 38.73, -9.15),
    ("Rome, Italy", 41.89, 12.51),
    ("Prague, Czechia", 50.09, 14.42),
    ("London, UK", 51.51, -0.13),
    ("Institut Curie, Paris, France", 48.85, 2.35),
    ("Honolulu, HI", 21.31, -157.86),
    ("Reykjavik, Iceland", 64.14, -21.90),
    ("Institut Curie, Paris, France", 48.85, 2.35),
    ("Paris, France", 48.85, 2.35),
    ("Vienna, Austria", 48.21, 16.37),
    ("Vienna, Austria", 48.21, 16.37),
]

_TITLES = [
    "Learning to schedule",
    "Why test oracles fail",
    "White-box fuzzing of compilers",
    "A short history of proofs &amp; programs",
    "Multiplexed serving of <em>large</em> models",
    "On the complexity of tilings",
    "What spreadsheets know about us",
]
_VENUES = [
    "ICML",
    "Department seminar",
    "Workshop on Languages and Systems",
    "POPL",
    "Invited talk",
]


def stop(number: int, place: str, title: str = "") -> Stop:
    year = 2012 + number * 7 % 15
    return Stop(
        title=title or _TITLES[number % len(_TITLES)],
        url=f"/talks/{year}-03-0{1 + number % 9}-talk-{number}",
        venue=_VENUES[number % len(_VENUES)],
        place=place,
        date=f"March {1 + number % 9}, {year}",
        where=Place("data/talks.csv", number + 2, "location"),
    )


def located(places: list[tuple[str, float, float]] | None = None) -> Located:
    points = [
        (stop(number, place), Coordinates(latitude, longitude))
        for number, (place, latitude, longitude) in enumerate(PLACES if places is None else places)
    ]
    return Located(tuple(points), online=(stop(90, "Online"), stop(91, "Virtual (Zoom)")))


def write_site(folder: Path, talks: Located) -> None:
    """Write the map, a page like the theme's that shows it in a frame, and the talks' pages."""
    (folder / "talkmap").mkdir(parents=True)
    (folder / "talkmap" / "map.html").write_text(map_html(talks), "utf-8")
    (folder / "talkmap.html").write_text(
        "<!doctype html><html><title>Talk map</title>"
        '<iframe src="/talkmap/map.html" height="700" width="850" style="border:none;"></iframe>',
        "utf-8",
    )
    for talk, _ in talks.stops:
        page = folder / f"{talk.url.lstrip('/')}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<!doctype html><title>{html.escape(talk.place)}</title>", "utf-8")
