"""Rows of a sheet → the pages that they become, by the way that the command line goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdgen.kinds import KINDS
from mdgen.outputs import outputs_of
from mdgen.pages import Page
from mdgen.reading import read_records
from mdgen.settings import Site
from mdgen.sheets.table import Row, Table
from tests.jekyll.build import SITE, page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdgen.problems import Problem

CATEGORIES = {
    "books": "Books",
    "manuscripts": "Journal Articles",
    "conferences": "Conference Papers",
}
COLLECTIONS = frozenset({"publications", "talks", "teaching", "experience"})


def read(kind: str, rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], list[Problem]]:
    """Return path and text of the pages that `rows` (title → cell) become, and what is wrong."""
    header = tuple(dict.fromkeys(title for row in rows for title in row))
    cells = [Row(n, tuple(row.get(title, "") for title in header)) for n, row in enumerate(rows, 2)]
    table = Table(f"data/{kind}.csv", "", header, ("",) * len(header), tuple(cells))
    site = Site(root=Path(SITE), categories=CATEGORIES, collections=COLLECTIONS)
    reading = read_records(table, KINDS[kind], site)
    outputs, problems = outputs_of(reading.records, site)
    pages = {item.path: page(item) for item in outputs if isinstance(item, Page)}
    return pages, [*reading.problems, *problems]


def pages(kind: str, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return path and text of the pages that `rows` become; nothing may be wrong with them."""
    made, problems = read(kind, rows)
    assert problems == []
    return made
