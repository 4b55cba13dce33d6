"""Periods of time, as a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdgen.cells.dates import PartialDate


def period(start: PartialDate, end: PartialDate | None) -> str:
    """Return `March 2024 – July 2024`, `August 2024 – present` without `end`, or the one date."""
    last = end.shown if end else "present"
    return start.shown if start.shown == last else f"{start.shown} – {last}"
