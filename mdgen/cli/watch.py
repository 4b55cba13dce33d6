"""`mdgen watch`: the pages follow the sheets while somebody edits them."""

from __future__ import annotations

import time
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import watching
from mdgen.cli import collections, options, sync
from mdgen.problems import InputError, MdgenError
from mdgen.settings import load_site

if TYPE_CHECKING:
    from mdgen.cli.options import Mode
    from mdgen.watching import Watch

STEP = 0.1  # seconds between two looks at a file that is being saved


@click.command(short_help="Run `mdgen sync` at every save of a sheet.")
@options.WRITING
def watch(**flags: object) -> None:
    """Run `mdgen sync` now, and again whenever a sheet or `_config.yml` is saved.

    A sheet with problems does not end it: they are named, and the next save is waited for. Ctrl-C
    does, with exit 0. Sheets on the web are read again when a file is saved.

    \b
    mdgen watch
    mdgen watch --verbose         name every page
    """
    mode = options.mode(flags)
    if find_spec("watchfiles") is None:
        raise MdgenError("`mdgen watch` needs watchfiles; pip install 'mdgen[watch]' brings it")
    root = collections.site_for(Path.cwd(), mode.site).root
    try:
        _watch(root, mode)
    except KeyboardInterrupt:
        click.echo("mdgen: stopped watching; every page is whole", err=True)


def _watch(root: Path, mode: Mode) -> None:
    seen = _run(root, mode)
    _say(mode, f"watching {_there(seen, root)}; Ctrl-C ends it")
    while True:
        saved = _saved(seen)
        _say(mode, f"{datetime.now():%H:%M:%S} {_event(saved, root)}")  # noqa: DTZ005 - the person's clock
        seen = _run(root, mode)


def _run(root: Path, mode: Mode) -> Watch:
    """Bring the pages in step; return the watch on what they were made from.

    It begins before anything is read: what is saved during the run counts as a change after it.
    """
    seen = watching.Watch.start(watching.files_of(root, None))
    try:
        site = load_site(root)
        seen = seen.on(watching.files_of(root, site))
        sync.update(site, mode)
    except InputError as error:
        click.echo(error, err=True)
    except MdgenError as error:
        click.echo(f"mdgen: {error}", err=True)
    return seen


def _saved(seen: Watch) -> Watch:
    """Wait for a save that is complete."""
    looks = watching.looks(watching.folders_of(seen.seen))
    while not seen.changed:
        next(looks)
        seen = seen.look(time.monotonic())
        while seen.changed and not seen.is_due(time.monotonic()):
            time.sleep(STEP)
            seen = seen.look(time.monotonic())
    return seen


def _there(seen: Watch, root: Path) -> str:
    names = [_name(path, root) for path, stamp in seen.seen.items() if stamp]
    return ", ".join(names) or "for a first sheet"


def _event(saved: Watch, root: Path) -> str:
    words = ("gone" if path in saved.gone else "saved" for path in saved.changed)
    names = (_name(path, root) for path in saved.changed)
    return ", ".join(f"{name} {word}" for name, word in zip(names, words, strict=True))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _say(mode: Mode, line: str) -> None:
    if not mode.quiet:
        click.echo(line, err=True)
