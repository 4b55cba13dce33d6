"""A citation built from the parts of a work, in the style of the theme's samples."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from mdgen import markup
from mdgen.citations.titles import inline_title
from mdgen.names.author import ET_AL

if TYPE_CHECKING:
    from mdgen.names import Author, OwnNames
    from mdgen.work import Work

_DOI_PREFIX = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
_ENDS_SENTENCE = (".", "!", "?", "…", "。", "！", "？")
_RANGE = re.compile(r"(?<=\d)\s*-{1,3}\s*(?=\d)")
_TAG = re.compile(r"<[^<>]*>")
# Printable ASCII without what means something to HTML or was escaped, and with single spaces.
_PLAIN = re.compile(r"[!#-%'-;=?-\[\]-~]+(?: [!#-%'-;=?-\[\]-~]+)*")
_SPECIAL = re.compile(r"[<>&\"\\]|  |^ | $")


def build_citation(work: Work, own: OwnNames) -> str:
    """Give the citation in the style of the theme's samples, as HTML; never empty.

    `Your Name, You. (2009). &quot;Paper Title Number 1.&quot; <i>Journal 1</i>. 1(1).` What is
    missing leaves no trace. The own name stands in `<b>`. The title is Markdown, all else text.

    Raises `Refusal` for characters that no page can show.
    """
    authors = _authors(work.authors, own)
    when, title = _when(work), _title(work.title)
    parts = (
        *((authors, when, title) if authors else (title, when)),
        _venue(work.shown_venue),
        _numbers(work),
        _doi(work.doi),
    )
    return " ".join(filter(None, parts)) or "(n.d.)"


def _authors(authors: tuple[Author, ...], own: OwnNames) -> str:
    """Separate names by semicolons, as each has a comma of its own."""
    shown = ""
    for author in authors:
        separator = ", " if author.literal == ET_AL else "; "
        shown += (separator if shown else "") + _author(author, own)
    return _sentence(shown, authors[-1].cited + authors[-1].mark) if authors else ""


@lru_cache(maxsize=8192)
def _author(author: Author, own: OwnNames) -> str:
    """Show one author; most of them are authors of many works."""
    name = _text(author.cited)
    return (f"<b>{name}</b>" if own.matches(author) else name) + _text(author.mark)


def _when(work: Work) -> str:
    year, status = str(work.year or ""), work.status.strip()
    if status.lower() == "published" or (status and status in year):
        status = ""
    elif year in status:
        year = ""
    when = ", ".join(filter(None, (year, status)))
    return f"({_text(when)})." if when else ""


def _title(title: str) -> str:
    html = inline_title(title)
    return f"&quot;{_sentence(html, _TAG.sub('', html))}&quot;" if html else ""


def _venue(venue: str) -> str:
    name = _text(venue)
    return _sentence(f"<i>{name}</i>", name) if name else ""


def _numbers(work: Work) -> str:
    """Give "1(1), 10–20." with as much of it as is known."""
    if not (work.volume or work.issue or work.pages):
        return ""
    volume, issue = work.volume.strip(), work.issue.strip()
    if issue:
        volume = f"{volume}({issue})" if volume else f"no. {issue}"
    numbers = ", ".join(filter(None, (volume, _RANGE.sub("–", work.pages.strip()))))
    return _sentence(_text(numbers), numbers) if numbers else ""


def _doi(doi: str) -> str:
    bare = _DOI_PREFIX.sub("", doi, count=1).strip() if doi else ""
    if not bare:
        return ""
    address = quote(bare, safe="/:;.()-_+!*,@=~", errors="replace")
    return f'<a href="https://doi.org/{address}">doi:{_text(bare)}</a>'


def _sentence(html: str, shown: str) -> str:
    """End `html` with a full stop, unless the text that it shows ends a sentence already."""
    return html if shown.endswith(_ENDS_SENTENCE) else f"{html}."


def _text(text: str) -> str:
    """Give text as HTML: what had been escaped for an old script's sake is text again."""
    if _PLAIN.fullmatch(text):
        return text
    if not _SPECIAL.search(text) and text.isprintable():
        return text
    return escape(markup.one_line(markup.plain(text)), quote=False).replace('"', "&quot;")
