"""A BibTeX entry made from what is known of a work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from mdgen.bibtex.latex import latex, title_latex
from mdgen.markup import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdgen.names import Author
    from mdgen.work import Work


class _Kind(NamedTuple):
    """A type of entry, and its field for the venue."""

    type: str
    venue: str


_KINDS = {
    "manuscripts": _Kind("article", "journal"),
    "journals": _Kind("article", "journal"),
    "conferences": _Kind("inproceedings", "booktitle"),
    "workshops": _Kind("inproceedings", "booktitle"),
    "books": _Kind("book", "series"),
}
_OTHER = _Kind("misc", "howpublished")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to"})
_WORD = re.compile(r"[^\W_]+")
_BREAKING = re.compile(r"[{}\\\s]")
_RANGE = re.compile(r"(?<=\w)\s*(?:-{1,3}|[–—])\s*(?=\w)")


def entry_from(work: Work) -> str:
    """Give the BibTeX entry of a work, without a line end behind it.

    Its type comes from the category, its key from first family name, year and title: the same
    work has the same key. Any text comes out of a BibTeX parser and TeX as it went in; capitals
    that a style would lower are protected.

    Raises `Refusal` for characters that no page can show.
    """
    kind = _KINDS.get(work.category, _OTHER) if work.venue.strip() else _OTHER
    filled = ((name, value) for name, value in _fields(work, kind) if value not in {"", "{}"})
    fields = [f"  {name} = {value}" for name, value in filled]
    return f"@{kind.type}{{{entry_key(work)},\n" + ",\n".join(fields) + "\n}"


def entry_key(work: Work) -> str:
    """Give the key of a work: `lu2024muxserve`. ASCII letters and digits."""
    people = [author for author in work.authors if not author.stands_for_others]
    name = (people[0].literal or people[0].family) if people else "anonymous"
    words = (_ascii(word) for word in _WORD.findall(work.title))
    title = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{_ascii(name) or 'anonymous'}{work.year}{title}"


def _ascii(text: str) -> str:
    if not text.isascii():
        from slugify import slugify  # noqa: PLC0415 - start-up time

        text = slugify(text, separator="")
    return "".join(filter(str.isalnum, text)).lower()


def _fields(work: Work, kind: _Kind) -> Iterator[tuple[str, str]]:
    yield "author", _braced(" and ".join(_people(work.authors)))
    yield "title", _braced(title_latex(work.title))
    # A book's venue is its publisher, as long as nobody else is.
    is_publisher = kind.type == "book" and not work.publisher.strip()
    yield "publisher" if is_publisher else kind.venue, _braced(latex(work.venue))
    yield "year", _braced(str(work.year))
    yield "month", MONTHS[work.month - 1] if work.month else ""
    yield "volume", _braced(latex(work.volume))
    yield "number", _braced(latex(work.issue))
    yield "pages", _braced("--".join(map(latex, _RANGE.split(work.pages))))
    yield "publisher", _braced(latex(work.publisher))
    yield "note", _braced(latex(work.status))
    yield "doi", _braced(_verbatim(work.doi))
    if work.arxiv:
        yield "eprint", _braced(_verbatim(work.arxiv))
        yield "archiveprefix", "{arXiv}"
    yield "url", _braced(_verbatim(work.url))


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _people(authors: tuple[Author, ...]) -> Iterator[str]:
    for author in authors:
        if author.literal and not author.stands_for_others:
            yield _braced(latex(author.literal))
        elif author.family:
            parts = (author.family, author.suffix, author.given)
            yield ", ".join(_name_part(part) for part in parts if part)
    if any(author.stands_for_others for author in authors):
        yield "others"


def _name_part(part: str) -> str:
    """Protect what BibTeX would take for the border between names, or of a name's parts."""
    shown = latex(part)
    return _braced(shown) if "," in part or "and" in part.lower().split() else shown


def _verbatim(address: str) -> str:
    """Give an address for a field that TeX takes as it is; only what breaks BibTeX is encoded."""
    return _BREAKING.sub(lambda char: quote(char[0], safe=""), one_line(address))
