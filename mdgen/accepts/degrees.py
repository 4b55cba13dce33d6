"""Where a place is, in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdgen.accepts.base import One
from mdgen.places import coordinates

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdgen.columns import Cells


class Latitude(One):
    """How far north a place is."""

    wants = "degrees: `59.9127`, `59°54'46\"N`"

    def reader(self, cells: Cells) -> Callable[[str], float]:  # noqa: ARG002 - others look at them
        """Return the degrees, north positive."""
        return coordinates.latitude


class Longitude(One):
    """How far east a place is."""

    wants = "degrees: `10.7461`, `10°44'46\"E`"

    def reader(self, cells: Cells) -> Callable[[str], float]:  # noqa: ARG002 - others look at them
        """Return the degrees, east positive."""
        return coordinates.longitude
