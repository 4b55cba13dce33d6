"""From the spreadsheets of an academic to the pages of an academicpages site, kept in step.

The command line is `mdgen`; from Python the same pipeline is a few functions on plain values:

>>> import mdgen
>>> site = mdgen.load_site(".")
>>> records = mdgen.read_sheet("data/publications.csv", "publications", site)
>>> records[0].title
'Attention *in* Reading'
>>> mdgen.render(records[0], site).path
'_publications/2024-10-20-attention-in-reading.md'
>>> plan = mdgen.plan_sheet("data/publications.csv", "publications", site)
>>> [str(change.what) for change in plan.changes]
['added']
>>> mdgen.apply(plan, site)
>>> mdgen.plan_sheet("data/publications.csv", "publications", site).in_step
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdgen.api import apply, load_site, page_text, plan_sheet, read_sheet, render
    from mdgen.kinds import KINDS
    from mdgen.kinds.experience import Job
    from mdgen.kinds.publications import Publication
    from mdgen.kinds.talks import Talk
    from mdgen.kinds.teaching import Course
    from mdgen.pages import Page
    from mdgen.plan import Options, Plan
    from mdgen.problems import MdgenError, Problem, SheetError
    from mdgen.settings import Site

__version__ = "0.1.0"

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


def __getattr__(name: str) -> object:
    """Import the public names when they are first used: the command line starts without them."""
    if name not in __all__:
        raise AttributeError(f"module 'mdgen' has no attribute {name!r}")
    from mdgen import api  # noqa: PLC0415 - start-up time

    return getattr(api, name)
