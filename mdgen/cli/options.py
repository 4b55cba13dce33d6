"""The options that the commands share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

F = TypeVar("F", bound="Callable[..., object]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """How a run goes about its work; see the help of the options of the same names."""

    site: Path | None = None
    check: bool = False
    diff: bool = False
    force: bool = False
    adopt: bool = False
    prune: bool = True
    keep_going: bool = False
    quiet: bool = False
    verbose: bool = False
    exit_code: bool = False


SITE: Final = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site's folder; default: the nearest upwards with a `_config.yml` or a collection.",
)
QUIET: Final = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
VERBOSE: Final = click.option("-v", "--verbose", is_flag=True, help="Name every page.")
DIFF: Final = click.option("--diff", is_flag=True, help="Show unified diffs on stdout.")
CHECK: Final = click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if anything would change."
)
FORCE: Final = click.option(
    "--force", is_flag=True, help="Overwrite pages that were edited by hand."
)
ADOPT: Final = click.option(
    "--adopt",
    is_flag=True,
    help="Take over pages that mdgen did not write, with what they have that the sheet does not.",
)
PRUNE: Final = click.option(
    "--prune/--no-prune", default=True, help="Remove pages whose row is gone.  [default: prune]"
)
KEEP_GOING: Final = click.option(
    "--keep-going", is_flag=True, help="Write the good rows although others are refused."
)


def all_of(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator for several options, shown in this order."""
    return lambda function: reduce(lambda done, option: option(done), reversed(options), function)


WRITING: Final = all_of(SITE, DIFF, FORCE, ADOPT, PRUNE, KEEP_GOING, QUIET, VERBOSE)


def mode(flags: Mapping[str, object]) -> Mode:
    """Return the mode that the options of a command ask for."""
    site = flags.get("site")
    switches = {name: bool(value) for name, value in flags.items() if name != "site"}
    return Mode(site=site if isinstance(site, Path) else None, **switches)
