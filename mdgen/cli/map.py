"""`mdgen map`: where the talks were, on a map of the world."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mdgen import folder, report, runs
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.families import Families
from mdgen.plan import Options, Reason
from mdgen.problems import MdgenError, Place, Problem, SheetError
from mdgen.talkmap.site import FOLDER, KINDS, PAGE, TABLE, made_from, plan_map, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdgen.cli.options import Mode
    from mdgen.places.coordinates import Coordinates
    from mdgen.places.locate import Geocoder, Located
    from mdgen.plan import Change, Left, Plan
    from mdgen.runs import Sheet
    from mdgen.settings import Site

_OURS: Final = frozenset({Reason.EDITED_FILE, Reason.UNMARKED, Reason.UNMARKED_FILE})


@click.command("map", short_help="Write the map of the talks, and of jobs too.")
@click.option(
    "--with",
    "added",
    type=click.Choice(["experience", "none"]),
    help="What to show beside talks; default: what the map shows already.",
)
@click.option(
    "--geocoder",
    type=click.Choice(["nominatim"]),
    help="Ask OpenStreetMap about places that no list on this machine has.",
)
@options.SITE
@options.CHECK
@options.DIFF
@options.FORCE
@options.ADOPT
@options.QUIET
@options.VERBOSE
@click.pass_context
def map(  # noqa: A001 - the command's name
    ctx: click.Context, /, *, added: str | None, geocoder: str | None, **flags: object
) -> None:
    """Write `talkmap/map.html`, which the theme's page /talkmap.html shows, from the talks' sheet.

    Places are found without asking anyone, and kept in data/places.csv: correct them there. From
    then on `mdgen sync` keeps the map up to date. Needs the packages of mdgen[map].

    \b
    mdgen map
    mdgen map --with experience
    mdgen map --geocoder nominatim
    """
    mode = options.mode(flags)
    site = collections.site_for(Path.cwd(), mode.site)
    sheets = _sheets(site, added)
    if not sheets:
        raise MdgenError(
            f"no sheet of talks found: {site.root} has no data/talks.csv (.tsv, .xlsx, .ods);"
            " begin one: `mdgen init` makes empty sheets"
        )
    families = Families(site)
    for problem in (each for sheet in sheets for each in _problems(sheet, families)):
        click.echo(problem, err=True)
    ctx.exit(_update(sheets, families, site, mode, _asked(geocoder, mode)))


def update(families: Families, site: Site, mode: Mode) -> int:
    """Bring the map up to date where the site has one, or tell what would change; the exit code.

    What is wrong in its sheets has been said already.
    """
    made = made_from(site)
    if made is None:
        return 0
    if made.gone:
        message = f"was a sheet of {PAGE} and is gone; bring it back, or run `mdgen map`"
        click.echo(Problem(Place(made.gone), message), err=True)
        return 1
    sheets = [sheet for kind in made.kinds for sheet in runs.sheets_of(site, kind)]
    try:
        return _update(sheets, families, site, mode)
    except MdgenError as error:
        say([error, f"{FOLDER}/: was left as it is"])
        return 2


def _sheets(site: Site, added: str | None) -> list[Sheet]:
    made = made_from(site)
    shown = {"talks"} | ({added} if added else set(made.kinds if made else ()))
    return [sheet for kind in KINDS if kind in shown for sheet in runs.sheets_of(site, kind)]


def _problems(sheet: Sheet, families: Families) -> Sequence[Problem]:
    try:
        return families.read(sheet).problems
    except SheetError as error:
        return error.problems


def _update(
    sheets: Sequence[Sheet],
    families: Families,
    site: Site,
    mode: Mode,
    geocoder: Geocoder | None = None,
) -> int:
    from mdgen.places.gazetteer import Gazetteer  # noqa: PLC0415 - start-up time
    from mdgen.places.locate import locate  # noqa: PLC0415 - start-up time
    from mdgen.talkmap.stops import stops_of  # noqa: PLC0415 - start-up time

    bad = [sheet.name for sheet in sheets if _problems(sheet, families)]
    if bad:
        click.echo(f"{FOLDER}/: waits until {' and '.join(bad)} can be read whole", err=True)
        return 2
    rows = (row for sheet in sheets for row in families.rows(sheet))
    with nullcontext() if mode.check else folder.locked(site.root):
        table = read_table(site.root)
        located = locate(stops_of(rows), table.known, Gazetteer.installed, geocoder, TABLE)
        plan = plan_map(located, sheets, site, Options(mode.force, mode.adopt))
        change = table.change(located)
        if mode.diff:
            click.echo((change.diff if change else "") + plan.diff, nl=False)
        if not mode.check:
            _write(site, [*([change] if change else []), *plan.changes])
    say(_words(located, plan, mode))
    changed = bool(change) and (mode.check or mode.exit_code)
    plan_code = report.exit_code(plan, check=mode.check or mode.exit_code)
    return max(plan_code, int(changed), int(bool(located.problems)))


def _write(site: Site, changes: Sequence[Change]) -> None:
    present = [FOLDER] if (site.root / FOLDER).is_dir() else []
    folder.apply(site.root, changes, folders=present)


def _words(located: Located, plan: Plan, mode: Mode) -> Iterable[object]:
    """Give what to say of a run, line by line."""
    if not mode.quiet:
        yield from (f"warning: {notice}" for notice in located.notices)
    yield from located.problems
    if mode.verbose:
        yield from report.lines(plan, check=mode.check)
    yield from (_left(left) for left in plan.left if left.reason in _OURS)
    others = tuple(left for left in plan.left if left.reason not in _OURS)
    yield from report.warnings(replace(plan, left=others))
    if not mode.quiet:
        yield report.summary(plan, f"{FOLDER}/", check=mode.check)
        if count := len(located.found):
            what = "to add" if mode.check else "added; look at them, and commit the file"
            yield f"{TABLE}: {count} place{'' if count == 1 else 's'} {what}"


def _left(left: Left) -> str:
    if left.reason is Reason.EDITED_FILE:
        return f"{left.path}: was edited by hand; overwrite it with --force, or leave it as it is"
    return (
        f"{left.path}: mdgen did not write it (themes bring one along); put mdgen's in its place"
        " with `mdgen map --adopt --force`"
    )


def _asked(name: str | None, mode: Mode) -> Geocoder | None:
    if name is None:
        return None
    from mdgen.places.nominatim import Nominatim  # noqa: PLC0415 - start-up time

    return _Told(Nominatim(), mode)


@dataclass(frozen=True, slots=True)
class _Told:
    """A geocoder that says what it asks, and which Ctrl-C stops without losing the answers."""

    geocoder: Geocoder
    mode: Mode

    def find(self, place: str) -> Coordinates | None:
        if not self.mode.quiet:
            click.echo(f"asking for '{place}'", err=True)
        try:
            return self.geocoder.find(place)
        except KeyboardInterrupt:
            raise MdgenError("stopped; what was found is kept") from None
