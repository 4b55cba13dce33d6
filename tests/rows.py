"""Rows and the pages that they ask for, as small as tests of keeping in step need them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mdgen import folder, marks
from mdgen.pages import Asset, Page
from mdgen.plan import Options, Plan, make_plan
from mdgen.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mdgen.frontmatter import Value

SHEET = "data/papers.csv"
FOLDER = "_publications"


@dataclass(frozen=True)
class Row:
    """A row of a sheet of papers."""

    title: str
    slug: str
    date: str = "2024-01-01"
    text: str = "Text."
    venue: str = "Journal"
    doi: str = ""
    url: str = ""
    hidden: bool = False

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.date}-{self.slug}.md"

    @property
    def permalink(self) -> str:
        return f"/publication/{self.date}-{self.slug}"

    def but(self, **changes: str) -> Row:
        """Give the row after somebody has typed something else into some cells."""
        return replace(self, **changes)  # type: ignore[arg-type]


def page(row: Row, /, **own: Value) -> Page:
    """Give the page that a row asks for, `own` being columns that mdgen does not know."""
    front: dict[str, Value] = {
        "title": row.title,
        "permalink": row.permalink,
        "date": dt.date.fromisoformat(row.date),
        "venue": row.venue,
    }
    front |= {key: value for key, value in (("doi", row.doi), ("paperurl", row.url)) if value}
    if row.hidden:
        front["published"] = False
    return Page(row.path, front | own, row.text, Place(SHEET, 2))


def asset(path: str, text: str) -> Asset:
    return Asset(path, text, Place(SHEET, 2))


def text(
    row: Row, redirects: Sequence[str] = (), front: str | None = None, body: str | None = None
) -> str:
    """Give the file of a row's page, as mdgen writes it."""
    return marks.render(page(row), SHEET, redirects, marks.Yours(front, body))


def run(
    root: Path, rows: Iterable[Row], options: Options | None = None, *, complete: bool = True
) -> Plan:
    """Bring the pages below `root` in step with `rows`, and tell what was done."""
    wanted = [page(row) for row in rows]
    plan = make_plan(
        wanted, folder.read(root, FOLDER), SHEET, options or Options(), complete=complete
    )
    folder.apply(root, plan.changes, folders=[FOLDER])
    return plan


def files(root: Path) -> dict[str, str]:
    """Give all files below `root`, temporary ones included, as they stand."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
