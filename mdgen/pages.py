"""What a row becomes: a page of a collection, as a value; and how its parts are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdgen.frontmatter import FrontMatter, Value
    from mdgen.problems import Place
    from mdgen.settings import Site

# The links that themes read from the front matter of publications, and what they are called here.
THEME_LINKS: Final = {"paperurl": "Paper", "slidesurl": "Slides", "bibtexurl": "BibTeX"}


@dataclass(frozen=True, slots=True)
class Page:
    """A Jekyll page that one row of a sheet asks for.

    `path` is relative to the site root, with `/` (`_talks/2012-03-01-talk-1.md`). `front` holds the
    keys in the order in which they are written, and no empty value. `body` is Markdown without the
    blank lines around it, ready for Liquid; it may be empty. `place` is the row.
    """

    path: str
    front: FrontMatter
    body: str
    place: Place


@dataclass(frozen=True, slots=True)
class Asset:
    """A generated file that is no page: a `.bib`, an include, the map.

    `path` is relative to the site root, `text` the whole content without the mark, ending in LF.
    """

    path: str
    text: str
    place: Place


def front_matter(keys: Mapping[str, Value | None], own: Mapping[str, Value]) -> FrontMatter:
    """Return `keys` without the empty ones, then those of `own` that are not among them.

    An empty key is never written: Liquid takes an empty string for true.
    """
    # `no` and 0 are values.
    front = {key: value for key, value in keys.items() if value or value == 0}
    front |= {key: value for key, value in own.items() if key not in keys and value != ""}
    return front


def body(site: Site, blocks: Iterable[str], links: Mapping[str, Iterable[str]]) -> str:
    """Return the Markdown of a page: the filled `blocks`, and one line of `links` (label → URLs).

    Where links are all there is, a comment goes first: Jekyll takes the first paragraph of a page
    without `excerpt` for one, and the list would show the links as what the item is about.
    """
    paragraphs = [block for block in blocks if block]
    line = links_line(links) if links else ""
    if line and not paragraphs:
        paragraphs.append(markup.NO_EXCERPT)
    if line:
        paragraphs.append(line)
    text = "\n\n".join(paragraphs)
    return text if site.liquid else markup.liquid_proof(text)


def split_links(
    links: Mapping[str, tuple[str, ...]], site: Site
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the link keys that the site's theme shows by itself, and the links left for the body.

    A label with several URLs stays in the body whole: the theme shows one. A paper whose only
    address is its DOI's or arXiv's page is not linked there twice.
    """
    shown = {
        key: links[label][0]
        for key, label in THEME_LINKS.items()
        if links.get(label) and site.reads(key)
    }
    single = {(url,) for url in shown.values()}
    left = {label: found for label, found in links.items() if found and found not in single}
    paper = left.pop("Paper", ())
    return shown, left if paper in left.values() or not paper else {"Paper": paper, **left}


def links_line(links: Mapping[str, Iterable[str]]) -> str:
    """Return `[Code](…) · [Video](…)`; a label with several URLs is numbered from the second on.

    Not with bars: kramdown takes a line with one for a table.
    """
    return " · ".join(link_list(links))


def link_list(links: Mapping[str, Iterable[str]]) -> list[str]:
    """Return each link as Markdown: what `links_line` joins, and the key `links` holds."""
    return [
        markup.link(label if count == 1 else f"{label} {count}", url)
        for label, found in links.items()
        for count, url in enumerate(found, start=1)
    ]
