"""The lines that the theme's notebooks put into the body of every page.

The theme shows the same from the front matter: to a reader a page says everything twice.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_URL_IN: Final = r"\[[^\]]*\]\((?P<md>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^)]*\)"
_ANCHOR: Final = r"<a\s[^>]*?href\s*=\s*(?P<quote>['\"])(?P<html>.*?)(?P=quote)[^>]*>[^<]*</a>"
_ATTRIBUTES: Final = r"(?:\{:[^}]*\})?"
_DOWNLOAD = re.compile(
    rf"(?:{_ANCHOR}|{_URL_IN}){_ATTRIBUTES}[.\s]*(?:<br\s*/?>)?", re.IGNORECASE | re.DOTALL
)
_DOWNLOAD_WORDS = re.compile(
    r"\b(?:(?:download|access|read|get|view) (?:the )?(?:paper|pdf|article|slides?|bibtex)"
    r"(?: here)?"
    r"|more information(?: here)?)\b",
    re.IGNORECASE,
)
_CITATION = re.compile(r"recommended citation:\s*(?P<citation>.*)", re.IGNORECASE | re.DOTALL)
_SCHOLAR = re.compile(r"use \[google scholar\]\(.*for full citation\.?", re.IGNORECASE | re.DOTALL)
_ENTITIES = re.compile(r"&(?:quot|apos|amp|#39|#34|#x27|#x22);", re.IGNORECASE)
_COLUMN_OF_LINK: Final = {"slide": "slides_url", "bibtex": "bibtex_url"}


@dataclass(frozen=True, slots=True)
class Body:
    """What a page's body says once the notebooks' lines are out: its text, and what they held.

    `links` go by column: `slides_url`, `bibtex_url`, and `link` for what the item itself is at.
    """

    text: str
    links: Mapping[str, str]
    citation: str


def without_boilerplate(body: str, excerpt: str) -> Body:
    """Return what a person wrote in `body`, and the links and the citation that were with it.

    Out go the paragraphs that the notebooks add: the download links, the recommended citation, and
    the excerpt once more, where that is all there is. A body without them is as it was, but for
    blank lines around it.
    """
    kept: list[str] = []
    links: dict[str, str] = {}
    citation = ""
    out = False
    for paragraph in re.split(r"\n[ \t]*\n", body.strip("\n")):
        lines = _without_links(paragraph, links)
        said = _CITATION.fullmatch(lines.strip())
        if said is not None and not citation:
            citation = unescaped(" ".join(said["citation"].split()))
        elif _SCHOLAR.fullmatch(lines.strip()):
            out = True
        elif lines.strip():
            kept.append(lines.rstrip())
    if [_folded(unescaped(each)) for each in kept] == [_folded(excerpt)]:
        return Body("", links, citation)
    if not (out or links or citation):
        return Body(body.strip("\n"), links, citation)
    return Body("\n\n".join(kept).strip("\n"), links, citation)


def _without_links(paragraph: str, links: dict[str, str]) -> str:
    lines = []
    for line in paragraph.split("\n"):
        found = _DOWNLOAD.fullmatch(line.strip())
        words = _DOWNLOAD_WORDS.search(line) if found else None
        if found is None or words is None:
            lines.append(line)
            continue
        what = words[0].lower()
        column = next((name for word, name in _COLUMN_OF_LINK.items() if word in what), "link")
        url = html.unescape(found["html"] or found["md"])
        if links.setdefault(column, url) != url:
            lines.append(line)
    return "\n".join(lines)


def unescaped(text: str) -> str:
    """Return text without the entities that the notebooks put for quotes and `&`."""
    return _ENTITIES.sub(lambda found: html.unescape(found[0]), text)


def _folded(text: str) -> str:
    return " ".join(html.unescape(text).split())
