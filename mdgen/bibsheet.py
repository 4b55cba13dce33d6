"""A `.bib` file as a sheet: publications that are kept as BibTeX and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mdgen import merging
from mdgen.cells.slugs import parse_slug, slug_from
from mdgen.importers.bibtex import read_bibtex
from mdgen.importers.works import COLUMNS
from mdgen.sheets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mdgen.importers import Item


def bibtex_table(
    data: bytes, source: str, categories: Collection[str] = (), encoding: str | None = None
) -> Table:
    """Return a `.bib` file as the sheet that importing it would give, a row for each entry.

    A row's number is the line on which its entry begins; a preprint and what was published of it
    are one row. Entries that cannot be read are the table's problems. The header has the columns
    that some entry fills, and always `pub_date`.
    """
    imported = read_bibtex(data, source, categories, encoding)
    merged = merging.merge((), (), imported.items)
    rows = _told_apart(merged.added, [imported.items[at] for at in merged.origins])
    used = {"pub_date", "title"}.union(*rows)
    header = tuple(name for name in (*COLUMNS, "url_slug") if name in used)
    return Table(
        source,
        "",
        header,
        ("",) * len(header),
        tuple(
            Row(imported.items[at].place.row or 0, tuple(row.get(name, "") for name in header))
            for at, row in zip(merged.origins, rows, strict=True)
        ),
        notices=imported.notes,
        problems=(*imported.problems, *merged.problems),
    )


def _told_apart(
    rows: Iterable[Mapping[str, str]], items: Iterable[Item]
) -> list[Mapping[str, str]]:
    """Return `rows`, of which those with one title get a page name from the key of their entry."""
    pairs = list(zip(rows, items, strict=True))
    titles = Counter(slug_from(row["title"]) for row, _ in pairs)
    return [
        {**row, "url_slug": slug}
        if titles[slug_from(row["title"])] > 1 and (slug := parse_slug(item.key))
        else row
        for row, item in pairs
    ]
