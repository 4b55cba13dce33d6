"""The map's page, and the points as the themes' own pages read them."""

from __future__ import annotations

import hashlib
import html
import json
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mdgen.places.coordinates import Coordinates
from mdgen.places.folding import fold
from mdgen.talkmap.tiles import tile_host
from mdgen.talkmap.world import NORTH, SOUTH, WIDTH, project, world

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdgen.places.locate import Located
    from mdgen.places.stops import Stop


_TALK = "talk"
_FRAME = (
    '<svg viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"/></svg>'
)


@dataclass(frozen=True, slots=True)
class MapSettings:
    """What the site says about its map: the page's title, and the path that the site is under.

    `tiles` is the address of a tile server with `{z}`, `{x}` and `{y}` in it, in Web Mercator; with
    it the page asks that host, and no other, for pictures. `tiles_credit` is what it wants to read.
    """

    title: str = "Talk map"
    baseurl: str = ""
    tiles: str = ""
    tiles_credit: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """One point of the map with all that happened there."""

    name: str
    point: Coordinates
    stops: tuple[Stop, ...]


def map_html(located: Located, settings: MapSettings | None = None) -> str:
    """Give the whole page: it asks no other host for anything, and says everything without script.

    The same input gives the same bytes. A `MdgenError` names the extra where its packages are
    missing, a `Refusal` says why `tiles` is no address of tiles.
    """
    settings = settings or MapSettings()
    spots = _spots(located)
    style, script = _asset("map.css"), _asset("map.js")
    title = html.escape(settings.title)
    places = "\n".join(_place(spot, n, settings.baseurl) for n, spot in enumerate(spots, 1))
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_policy(style, script, settings.tiles)}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="map">
<svg id="world" viewBox="{_view_box()}" preserveAspectRatio="xMidYMid slice" tabindex="0" \
role="application" aria-label="World map. Arrow keys move it, plus and minus zoom, 0 shows all.">
<path class="land" d="{world()["land"]}"/>
<path class="borders" d="{world()["borders"]}"/>{_tiles(settings.tiles)}
<g class="dots">{"".join(_dot(spot, n) for n, spot in enumerate(spots, 1))}</g>
</svg>
<div id="markers" role="group" aria-label="Places on the map"></div>
<div class="controls" hidden>
<button type="button" id="closer" aria-label="Zoom in">+</button>
<button type="button" id="farther" aria-label="Zoom out">−</button>
<button type="button" id="home" aria-label="Show all places">{_FRAME}</button>
</div>
<div id="popup" role="dialog" tabindex="-1" hidden></div>
</div>
<main>
<p class="summary">{_summary(spots, located.online)}</p>
<h2>Places</h2>
<ul class="places">
{places}
</ul>
{_online(located.online, settings.baseurl)}\
<p class="source">Coast lines and borders: Natural Earth. Places: GeoNames, OpenStreetMap.\
{_credit(settings.tiles_credit)}</p>
</main>
<script>{script}</script>
</body>
</html>
"""


def org_locations_js(located: Located, settings: MapSettings | None = None) -> str:
    """Give `var addressPoints = [[html, latitude, longitude], …];`, a line for each place.

    The themes' own map pages read it; the HTML of a point has all its talks.
    """
    baseurl = (settings or MapSettings()).baseurl
    points = [
        [_popup(spot, baseurl), spot.point.latitude, spot.point.longitude]
        for spot in _spots(located)
    ]
    lines = ",\n".join(_script_safe(json.dumps(point)) for point in points)
    return f"var addressPoints = [\n{lines}\n];\n" if points else "var addressPoints = [];\n"


def _spots(located: Located) -> list[_Spot]:
    together: dict[Coordinates, list[Stop]] = {}
    for stop, point in located.stops:
        rounded = Coordinates(round(point.latitude, 4), round(point.longitude, 4))
        together.setdefault(rounded, []).append(stop)
    spots = [
        # "Paris, France" rather than "Institut Curie, Paris, France"; those stand with the talks.
        _Spot(min((stop.place for stop in stops), key=len), point, tuple(stops))
        for point, stops in together.items()
    ]
    return sorted(spots, key=lambda spot: (fold(spot.name), spot.name))


def _place(spot: _Spot, number: int, baseurl: str) -> str:
    x, y = project(spot.point)
    talks = "".join(_talk(stop, spot.name, baseurl) for stop in spot.stops)
    return (
        f'<li id="place-{number}" data-x="{x}" data-y="{y}"><h3>{html.escape(spot.name)}</h3>'
        f'<ul class="talks">{talks}</ul></li>'
    )


def _talk(stop: Stop, shown: str, baseurl: str) -> str:
    place = "" if fold(stop.place) == fold(shown) else stop.place
    facts = [html.escape(text) for text in (stop.venue, place) if text]
    if stop.date:
        facts.append(f'<span class="date">{html.escape(stop.date)}</span>')
    what = " · ".join(facts)
    after = f'<span class="what">{what}</span>' if what else ""
    kind = "" if stop.what == _TALK else f' data-what="{html.escape(stop.what)}"'
    return f"<li{kind}>{_title(stop, baseurl)}{after}</li>"


def _title(stop: Stop, baseurl: str) -> str:
    if not stop.url:
        return f'<span class="title">{stop.title}</span>'
    url = stop.url if "://" in stop.url else baseurl.rstrip("/") + stop.url
    # The theme shows the map in a frame: the link leaves it.
    return f'<a href="{html.escape(url)}" target="_top">{stop.title}</a>'


def _popup(spot: _Spot, baseurl: str) -> str:
    return "<br /><br />".join(
        "<br />".join(
            filter(
                None,
                [
                    _title(stop, baseurl),
                    html.escape("; ".join(filter(None, [stop.venue, stop.place]))),
                    html.escape(stop.date),
                ],
            )
        )
        for stop in spot.stops
    )


def _online(stops: Sequence[Stop], baseurl: str) -> str:
    if not stops:
        return ""
    talks = "".join(_talk(stop, stop.place, baseurl) for stop in stops)
    return f'<h2>Online</h2>\n<ul class="talks">{talks}</ul>\n'


def _summary(spots: Sequence[_Spot], online: Sequence[Stop]) -> str:
    there = [stop for spot in spots for stop in spot.stops]
    parts = [f"{_counts(there)} in {_count(len(spots), 'place')}"] if spots else []
    parts += [f"{_counts(online)} online"] if online else []
    return ", ".join(parts) or "No talk with a place yet"


def _counts(stops: Iterable[Stop]) -> str:
    """Say `5 talks`, or `5 talks and 1 position`."""
    numbers = Counter(sorted((stop.what for stop in stops), reverse=True))
    return " and ".join(_count(number, what) for what, number in numbers.items())


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _dot(spot: _Spot, number: int) -> str:
    """Give what shows a place without script: a dot that leads to its entry in the list."""
    x, y = project(spot.point)
    name = html.escape(spot.name)
    return f'<a href="#place-{number}" aria-label="{name}"><circle cx="{x}" cy="{y}" r="38"/></a>'


def _view_box() -> str:
    _, top = project(Coordinates(NORTH, 0))
    _, bottom = project(Coordinates(SOUTH, 0))
    return f"0 {top} {WIDTH} {bottom - top}"


@cache
def _asset(name: str) -> str:
    return (files("mdgen.talkmap") / name).read_text("utf-8")


def _tiles(url: str) -> str:
    return f'\n<g id="tiles" data-url="{html.escape(url)}"></g>' if url else ""


def _credit(text: str) -> str:
    return f" Tiles: {html.escape(text)}" if text else ""


def _policy(style: str, script: str, tiles: str) -> str:
    """Forbid every other style, script and request, whatever a title may hold."""
    hashes = (
        b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)
    )
    style_hash, script_hash = hashes
    images = f"img-src {tile_host(tiles)}; " if tiles else ""
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; "
        f"{images}base-uri 'none'; form-action 'none'"
    )


def _script_safe(text: str) -> str:
    """Keep `</script>` and the line separators of Unicode out of a script."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
