"""What all sorts of cells have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class One:
    """A cell that stands in one column; where several columns can fill it, the first filled one."""

    wants: str
    follows_links: ClassVar[bool] = False
    takes_any_text: ClassVar[bool] = False

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:  # noqa: ARG002
        """Return the text of the cell that several columns of a sheet can fill, likeliest first."""
        return next(filter(None, cells), "")
