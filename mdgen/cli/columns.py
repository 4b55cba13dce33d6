"""`mdgen columns`: what may stand in a sheet."""

from __future__ import annotations

import csv
import sys

import click

from mdgen.kinds import KINDS
from mdgen.tables import columns_markdown, columns_text, header_of


@click.command(short_help="Show the columns of a kind of sheet, with examples.")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option("--csv", "as_csv", is_flag=True, help="Write an empty sheet: the header alone.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Write the table as Markdown.")
@click.option("--aliases", is_flag=True, help="Show the other titles that each column may have.")
def columns(kind: str, *, as_csv: bool, as_markdown: bool, aliases: bool) -> None:
    """Show the columns of a KIND of sheet: what is accepted, and an example.

    \b
    mdgen columns talks
    mdgen columns talks --csv > data/talks.csv
    """
    record = KINDS[kind]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerow(header_of(record))
    elif as_markdown:
        click.echo(columns_markdown(record))
    else:
        click.echo(columns_text(record, aliases=aliases))
