"""A work as a citation and a BibTeX entry know it, whatever its row is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdgen.names import Author


@dataclass(frozen=True, slots=True)
class Work:
    """The parts of a work: the title as Markdown, all else as text; what is not known is empty.

    `category` is a key of the site's `publication_category`; the year 0 is not known.
    """

    title: str
    year: int = 0
    authors: tuple[Author, ...] = ()
    category: str = ""
    month: int | None = None
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    status: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""

    @property
    def shown_venue(self) -> str:
        """Return where it was published, as `published_in` says."""
        return published_in(self.venue, self.publisher, self.arxiv)


def published_in(venue: str, publisher: str, arxiv: str) -> str:
    """Return the venue: without one a book is published by its publisher, a preprint on arXiv."""
    return venue or publisher or ("arXiv" if arxiv else "")
