"""The public functions: sheet → records → pages → plan → files. `mdgen` shows how they are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdgen import folder, marks, runs, settings
from mdgen.families import Families
from mdgen.kinds import KINDS
from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course
from mdgen.pages import Page
from mdgen.plan import Options, Plan
from mdgen.problems import MdgenError, Problem, SheetError
from mdgen.settings import Site

if TYPE_CHECKING:
    from os import PathLike

    from mdgen.records import Record

__all__ = [
    "KINDS",
    "Course",
    "Job",
    "MdgenError",
    "Options",
    "Page",
    "Plan",
    "Problem",
    "Publication",
    "SheetError",
    "Site",
    "Talk",
    "apply",
    "load_site",
    "page_text",
    "plan_sheet",
    "read_sheet",
    "render",
]


def load_site(root: str | PathLike[str] = ".") -> Site:
    """Return the site at `root`, with the settings of its `_config.yml`.

    Raises `MdgenError` for a `_config.yml` that cannot be understood.
    """
    return settings.load_site(Path(root))


def read_sheet(sheet: str | PathLike[str], kind: str, site: Site) -> tuple[Record, ...]:
    """Return the rows of a sheet as records: `Publication`, `Talk`, `Job` or `Course`.

    `sheet` is a path (from the working directory) or an https address, `kind` a key of `KINDS`.
    Raises `SheetError` with every problem of the sheet.
    """
    reading = runs.read_records_of(runs.sheet_at(str(sheet), kind, site.root), site)
    if reading.problems:
        raise SheetError(reading.problems)
    return reading.records


def render(record: Record, site: Site) -> Page:
    """Return the page of one record; the same record and site always give the same page."""
    return record.page(site)


def page_text(page: Page, source: str) -> str:
    """Return a page as it stands in its file, marked as generated from the sheet `source`."""
    return marks.render(page, source)


def plan_sheet(
    sheet: str | PathLike[str], kind: str, site: Site, options: Options | None = None
) -> Plan:
    """Return what must change for the site to be what the sheet says; nothing is written.

    Raises `SheetError` with every problem of the sheet, also for one without rows that would empty
    a collection.
    """
    one = runs.sheet_at(str(sheet), kind, site.root)
    family = Families(site)
    wanted = family.read(one)
    if wanted.problems:
        raise SheetError(wanted.problems)
    return family.plan(one, wanted, options or Options())


def apply(plan: Plan, site: Site) -> None:
    """Make the changes of a plan. Each file is written whole or not at all.

    Raises `MdgenError` for what the file system refuses, and where a file is no longer what the
    plan was made from.
    """
    folder.apply(site.root, plan.changes)
