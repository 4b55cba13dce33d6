"""The map as files of a site: what is there, what it was made from, and what must change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mdgen import folder, inputs, marks, runs
from mdgen.pages import Asset
from mdgen.places.table import read_places, with_places
from mdgen.plan import Change, What, make_plan
from mdgen.problems import Place, Problem, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mdgen.places.locate import Located
    from mdgen.places.table import Known
    from mdgen.plan import Options, Plan
    from mdgen.runs import Sheet
    from mdgen.settings import Site

FOLDER: Final = "talkmap"
PAGE: Final = f"{FOLDER}/map.html"
POINTS: Final = f"{FOLDER}/org-locations.js"
TABLE: Final = "data/places.csv"
KINDS: Final = ("talks", "experience")
_BETWEEN: Final = ", "


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a map was made from: kinds of sheets, and what the site has no more."""

    kinds: tuple[str, ...]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`data/places.csv` as it is, None where there is none, and what it says of each place."""

    text: str | None
    known: Mapping[str, Known]

    def change(self, located: Located) -> Change | None:
        """Return what must change for it to have the places that were found; None for nothing."""
        if not located.found:
            return None
        what = What.ADDED if self.text is None else What.CHANGED
        return Change(what, TABLE, self.text, with_places(self.text or "", located.found))


def made_from(site: Site) -> MadeFrom | None:
    """Tell from which sheets mdgen made the map that the site has; None where it made none."""
    text = folder.read(site.root, FOLDER).get(PAGE)
    mark = marks.read_mark(text) if text else None
    if mark is None:
        return None
    source = marks.escaped(mark.source)
    kinds: list[str] = []
    for kind in KINDS:
        for sheet in runs.sheets_of(site, kind):
            if marks.escaped(sheet.source) in source:
                source = source.replace(marks.escaped(sheet.source), "")
                kinds.append(kind)
    gone = source.strip(_BETWEEN)
    return MadeFrom(tuple(dict.fromkeys(kinds)), gone)


def read_table(root: Path) -> Table:
    """Read `data/places.csv`. Raises `SheetError` with everything in it that cannot be read."""
    path = root / TABLE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        inputs.file(path, None)
        return Table(None, {})
    except OSError as error:
        problem = Problem(Place(TABLE), f"cannot be read: {error.strerror}")
        raise SheetError([problem]) from error
    inputs.file(path, data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save it as CSV in UTF-8"
        raise SheetError([Problem(Place(TABLE), message)]) from None
    return Table(text, read_places(text, TABLE))


def plan_map(located: Located, sheets: Iterable[Sheet], site: Site, options: Options) -> Plan:
    """Return what must change for the site to have the map of `located`, made from `sheets`.

    Raises `MdgenError` where the packages of the extra `mdgen[map]` are missing.
    """
    from mdgen.talkmap.page import (  # noqa: PLC0415 - start-up time
        MapSettings,
        map_html,
        org_locations_js,
    )

    source = _BETWEEN.join(sheet.source for sheet in sheets)
    settings = MapSettings(
        baseurl=site.baseurl, tiles=site.map_tiles, tiles_credit=site.map_tiles_credit
    )
    assets = [
        Asset(PAGE, map_html(located, settings), Place(source)),
        Asset(POINTS, org_locations_js(located, settings), Place(source)),
    ]
    found = folder.read(site.root, FOLDER)
    # A map is mdgen's from whichever sheets it was made: another one is no other's page.
    ours = {path: _marked(path, text, source) for path, text in found.items()}
    return _as_it_is(make_plan(assets, ours, source, options), assets, found, ours)


def _marked(path: str, text: str | None, source: str) -> str | None:
    """Give a file of mdgen's with `source` in its mark; any other as it is."""
    mark = marks.read_mark(text) if text else None
    if mark is None or path not in {PAGE, POINTS}:
        return text
    return marks.mark_line(path, source, mark.digest, fenced=False) + mark.parts.body


def _as_it_is(
    plan: Plan,
    assets: Sequence[Asset],
    found: Mapping[str, str | None],
    ours: Mapping[str, str | None],
) -> Plan:
    """Give the plan that was made for the files `ours` as it has to be for those `found`."""
    changes = [replace(change, before=found.get(change.path)) for change in plan.changes]
    changes += [
        Change(What.CHANGED, item.path, found[item.path], ours[item.path], item=item)
        for item in assets
        if item.path in plan.unchanged and found[item.path] != ours[item.path]
    ]
    changed = {change.path for change in changes}
    unchanged = tuple(path for path in plan.unchanged if path not in changed)
    return replace(plan, changes=tuple(changes), unchanged=unchanged)
