"""What a merge means for the cells of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdgen.merging import Merge
    from mdgen.sheets.table import Table


@dataclass(frozen=True, slots=True)
class Edits:
    """What shall stand in a sheet.

    `cells` go by row number, as the person sees it, and by index into the table's header, which
    goes on into `columns`, the titles that are new. `rows` are new; each has a text for every
    column, old and new.
    """

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything to do; a new column that nothing stands in is nothing."""
        return bool(self.cells or self.rows)


def sheet_rows(table: Table, names: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of `table` as `merge` takes them: column's own name → text.

    `names` are those of the table's columns, one for each. Where several columns are one (a title
    and its alias), the first filled cell counts, as in reading. A cell that only shows a link's
    words counts as the link.
    """
    rows = []
    for row in table.rows:
        texts: dict[str, str] = {}
        for index, (name, text) in enumerate(zip(names, row.cells, strict=True)):
            if name and text and name not in texts:
                link = "" if "://" in text else table.links.get((row.number, index), "")
                texts[name] = link if name.endswith("_url") and link else text
        rows.append(texts)
    return rows


def edits_of(merged: Merge, table: Table, names: Sequence[str]) -> Edits:
    """Return what `merged` writes into `table`, of whose columns `names` are the names."""
    columns = merged.columns
    index: dict[str, int] = {}
    for position, name in enumerate((*names, *columns)):
        index.setdefault(name, position)
    cells = {}
    for fill in merged.filled:
        row = table.rows[fill.row]
        cells[row.number, _filled_column(row.cells, names, fill.column, index)] = fill.new
    width = len(names) + len(columns)
    by_index = [{index[name]: text for name, text in row.items()} for row in merged.added]
    rows = tuple(tuple(row.get(at, "") for at in range(width)) for row in by_index)
    return Edits(cells, columns, rows)


def _filled_column(
    cells: Sequence[str], names: Sequence[str], name: str, index: Mapping[str, int]
) -> int:
    """Return which of the columns of one name holds the row's value, else the first of them."""
    for position, (text, own) in enumerate(zip(cells, names, strict=True)):
        if own == name and text:
            return position
    return index[name]
