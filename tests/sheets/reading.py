"""A sheet read as a command would read it, with the titles that these tests know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdgen.problems import SheetError
from mdgen.sheets import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdgen.sheets import Table

TITLES = frozenset({"title", "date", "venue", "url", "authors"})


def recognize(titles: Sequence[str]) -> int:
    """Say how many of `titles` these tests know."""
    return len(TITLES.intersection(title.casefold() for title in titles))


def table(data: str | bytes, *, encoding: str | None = None, worksheet: str | None = None) -> Table:
    """Return the table of a sheet called `sheet`."""
    raw = data.encode() if isinstance(data, str) else data
    return read_table("sheet", raw, recognize=recognize, encoding=encoding, worksheet=worksheet)


def cells(data: str | bytes, *, encoding: str | None = None) -> list[tuple[str, ...]]:
    """Return the header and the rows, without their numbers."""
    found = table(data, encoding=encoding)
    return [found.header, *(row.cells for row in found.rows)]


def numbered(data: str | bytes) -> dict[int, tuple[str, ...]]:
    """Return the rows by the line or row at which the person finds them."""
    return {row.number: row.cells for row in table(data).rows}


def refusal(data: str | bytes, *, encoding: str | None = None, worksheet: str | None = None) -> str:
    """Return what the person reads when the sheet is refused."""
    with pytest.raises(SheetError) as caught:
        table(data, encoding=encoding, worksheet=worksheet)
    return str(caught.value)


def notices(data: str | bytes) -> list[str]:
    """Return what the person is told about the reading."""
    return [str(notice) for notice in table(data).notices]


def problems(data: str | bytes) -> list[str]:
    """Return the rows that do not fit."""
    return [str(problem) for problem in table(data).problems]
