"""What all sorts of cells have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class One:
    """A cell that stands in one column; where several columns can fill it, the first filled one."""

    wants: str
    follows_links: ClassVar[bool] = False

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:  # noqa: ARG002
        """Return the text of the cell that several columns of a sheet can fill, likeliest first."""
        return next(filter(None, cells), "")


def shorten(text: str, most: int = 60) -> str:
    """Return `text` on one line and short enough to stand in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
