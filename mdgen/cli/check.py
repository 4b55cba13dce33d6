"""`mdgen check`: whether the pages are what the sheets say."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr
from dataclasses import replace
from typing import TextIO

import click

from mdgen import inputs, proofs
from mdgen.cli import options
from mdgen.cli.saying import say


class _Both(io.StringIO):
    """Keeps what is printed, and hands it on."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(text)
        return super().write(text)


@click.command(short_help="Tell what `mdgen sync` would change; write nothing.")
@options.SITE
@options.DIFF
@options.QUIET
@options.VERBOSE
@click.pass_context
def check(ctx: click.Context, /, **flags: object) -> None:
    """Tell what `mdgen sync` would change, and exit 1 if that is anything.

    Missing, changed and stale pages count, and pages whose sheet is gone.
    """
    key = proofs.key_of(f"{name}={value}" for name, value in sorted(flags.items()))
    lines = proofs.recall(key)
    if lines is not None:
        say(lines)
        return
    from mdgen.cli import sync  # noqa: PLC0415 - start-up time: it takes everything

    mode = replace(options.mode(flags), check=True)
    with inputs.recorded() as looks, redirect_stderr(_Both(sys.stderr)) as said:
        code = sync.run(mode)
    if code == 0:
        proofs.keep(key, looks, said.getvalue().splitlines())
    ctx.exit(code)
