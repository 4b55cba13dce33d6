"""What sort of work it is, and under which of a site's categories such works stand."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

# The keys of the stock theme's `publication_category`.
STOCK_CATEGORIES: Final = ("books", "manuscripts", "conferences")


class WorkType(Enum):
    """A sort of work, with the category keys that sites give it, the closest first."""

    ARTICLE = ("manuscripts", "journals", "journal", "articles", "papers")
    CONFERENCE = ("conferences", "conference", "proceedings", "papers")
    BOOK = ("books", "book")
    CHAPTER = ("chapters", "chapter", "book_chapters", "books", "book")
    THESIS = ("theses", "thesis", "dissertations", "dissertation", "manuscripts")
    PREPRINT = ("preprints", "preprint", "working_papers", "workingpapers", "manuscripts")
    REPORT = ("reports", "techreports", "technical_reports", "working_papers", "manuscripts")
    SOFTWARE = ("software",)
    DATASET = ("datasets", "data")
    PATENT = ("patents", "patent")
    OTHER = ("other", "others", "misc", "miscellaneous", "manuscripts")


def category(work: WorkType, allowed: Collection[str]) -> str:
    """Return the first of the type's categories that the site has; nothing where it has none.

    An empty `allowed` stands for the stock theme's.
    """
    keys = allowed or STOCK_CATEGORIES
    return next((key for key in work.value if key in keys), "")
