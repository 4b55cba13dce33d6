"""Cells that name an address: of the page itself, or of something on the web."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import unquote

from mdgen.accepts.base import One
from mdgen.cells import slugs, urls
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mdgen.columns import Cells


class Slug(One):
    """The last part of the page's address."""

    wants = "letters, digits, `-` and `_`; empty: made from the title"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the slug letter for letter while it is safe, else a safe one and a warning."""

        def read(text: str) -> str:
            slug = slugs.parse_slug(text)
            if slug != text:
                page = f"the page is '{slug}'" if slug else "the page is named after its title"
                cells.warn(f"'{shorten(text)}' is not safe in an address; {page}")
            return slug

        return read


class PageFile(One):
    """The name of a page's file, without folder and ending."""

    wants = "the name of a file without its ending, letter for letter"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the name as typed; one that gives a page no good address is warned of."""

        def read(text: str) -> str:
            name = slugs.parse_file_name(text)
            if "." in name:
                cells.warn(
                    f"'{shorten(text)}': Jekyll makes no HTML page of an address with a dot;"
                    " give the page a `permalink` without one"
                )
            return name

        return read


class Permalink(One):
    """The address of a page on the site."""

    wants = "a path on the site: `/publication/attention`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the path. With a dot it ends with `/`: else Jekyll would add no `.html`."""
        return _permalink


def _permalink(text: str) -> str:
    if PERMALINK.fullmatch(text) and ("%" not in text or _is_decoded_well(text)):
        return text
    raise Refusal(
        f"'{shorten(text)}' is no address of a page; write a path of letters, digits, `-` and `_`"
        " that begins with `/`, such as /publication/attention"
    )


def _is_decoded_well(text: str) -> bool:
    """Tell whether Jekyll, which decodes `%41`, makes a page of it.

    It stops the whole build at `%00` and at what is no UTF-8; `%2e%2e` leads elsewhere.
    """
    with suppress(UnicodeDecodeError):
        escapes = [unquote(found, errors="strict") for found in ESCAPES.findall(text)]
        return all(each.isprintable() and not set(each) & set("/\\.%?#") for each in escapes)
    return False


ESCAPES: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")
PERMALINK: Final = re.compile(
    r"(?:/(?:[\w~+-]|%[0-9A-Fa-f]{2})+)+(?:/|\.html)?"
    r"|(?:/(?!\.)(?:[\w~+.-]|%[0-9A-Fa-f]{2})+)+/",
    re.ASCII,
)


class Urls(One):
    """One URL or several; the first is the link."""

    follows_links: ClassVar[bool] = True

    wants = "a URL, a path on the site, a DOI or an arXiv id"

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:  # noqa: ARG002
        """Return all of them: a paper's PDF and its page are both worth a link."""
        return "\n".join(filter(None, cells))

    def reader(self, cells: Cells) -> Callable[[str], tuple[str, ...]]:
        """Return the URLs, and warn of a path on the site where no file stands."""

        def read(text: str) -> tuple[str, ...]:
            found = urls.parse_urls(text)
            for url in found:
                path = urls.site_path(url) or ""
                if "." in path.rpartition("/")[2] and not cells.site.has(path):
                    cells.warn(f"'{shorten(url)}': the site has no file {path}")
            return found

        return read


class MaybeUrls(Urls):
    """A column of which only the title says that it holds URLs."""

    def reader(self, cells: Cells) -> Callable[[str], tuple[str, ...]]:
        """Return the URLs; what is none is not shown, with a warning."""
        strict = super().reader(cells)

        def read(text: str) -> tuple[str, ...]:
            try:
                return strict(text)
            except Refusal:
                cells.warn(f"'{shorten(text)}' is no URL; the page does not show it")
                return ()

        return read


def is_link(text: str) -> bool:
    """Tell whether a text names an address, so that it needs no hyperlink behind it."""
    with suppress(Refusal):
        return bool(urls.parse_urls(text))
    return False


class Doi(One):
    """A DOI, bare or as a URL."""

    follows_links: ClassVar[bool] = True

    wants = "a DOI: `10.1145/3689736`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the bare DOI; the address of something else is kept as it is."""
        return _doi


def _doi(text: str) -> str:
    try:
        return urls.parse_doi(text)
    except Refusal:
        if not text.startswith(("https://", "http://")):
            raise
        return urls.parse_urls(text)[0]


class Arxiv(One):
    """An arXiv id, bare or as a URL."""

    follows_links: ClassVar[bool] = True

    wants = "an arXiv id: `2310.15991`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the bare id."""
        return urls.parse_arxiv
