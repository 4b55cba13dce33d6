"""Words about the work, which go to stderr: stdout is for results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


def say(lines: Iterable[object]) -> None:
    """Print each of the lines."""
    for line in lines:
        click.echo(line, err=True)
