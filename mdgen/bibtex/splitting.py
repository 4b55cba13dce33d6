"""BibTeX to blocks. bibtexparser does that: it goes on after a broken entry, and knows its line."""

from __future__ import annotations

from logging import NullHandler, getLogger
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibtexparser.library import Library

_NOBODY = NullHandler()


def split(text: str) -> Library:
    """Return the blocks of a text, what is broken among them; nothing in them is resolved."""
    from bibtexparser.splitter import Splitter  # noqa: PLC0415 - start-up time

    # It logs what it cannot read, to stderr if nobody listens; we say that in words of our own.
    getLogger("bibtexparser").addHandler(_NOBODY)
    return Splitter(text).split()


def reason_of(error: Exception) -> str:
    """Return why a block could not be read, in bibtexparser's words, to go on a sentence with."""
    from bibtexparser.exceptions import BlockAbortedException  # noqa: PLC0415 - start-up time

    said = error.abort_reason if isinstance(error, BlockAbortedException) else str(error)
    reason = " ".join(said.split()).strip(" .").replace("`", "'")
    return f"{reason[:1].lower()}{reason[1:]}"
