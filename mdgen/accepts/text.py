"""Cells of text: lines, Markdown, and what is written in a form of its own."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar, Final

from mdgen import bibtex, citations, markup, names
from mdgen.accepts.base import One
from mdgen.columns import fold
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mdgen.columns import Cells
    from mdgen.names import Author


class Text(One):
    """One line of text, or of Markdown in a title; line breaks become spaces."""

    takes_any_text: ClassVar[bool] = True

    def __init__(self, wants: str = "text") -> None:
        self.wants = wants

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the line as typed."""
        return markup.one_line


class Pages(Text):
    """The pages of a paper, in one cell, or the first in one and the last in another."""

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:
        """Return the range; where a cell holds all of it, that one."""
        named = {fold(title): cell for title, cell in zip(titles, cells, strict=True) if cell}
        first, last = (next((named.pop(t) for t in ends if t in named), "") for ends in ENDS)
        whole = next(iter(named.values()), "")
        return whole or "-".join(dict.fromkeys(filter(None, (first, last))))


# Scopus and Web of Science give the pages apart.
ENDS: Final = (
    ("pagestart", "startpage", "firstpage", "beginningpage", "bp"),
    ("pageend", "endpage", "lastpage", "endingpage", "ep"),
)


class Whereabouts(Text):
    """A place in one cell, or its town, state and country each in one of their own."""

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:
        """Return the place with what the columns of its parts say besides."""
        named = {fold(title): cell for title, cell in zip(titles, cells, strict=True) if cell}
        parts = [named.pop(title) for title in PARTS if title in named]
        place = list(named.values())[:1]
        for part in parts:
            if not any(part.casefold() in other.casefold() for other in place):
                place.append(part)
        return ", ".join(place)


PARTS: Final = ("city", "town", "state", "province", "region", "country", "pais", "pays", "paese")


class Html(One):
    """A citation as typed. Cleaning it takes the site's own names, and is left to the page."""

    takes_any_text: ClassVar[bool] = True

    wants = "text with inline HTML such as `<i>`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the citation as typed, on one line."""

        def read(text: str) -> str:
            if "&#" in text:  # which can refer to a character that no page can show
                citations.safe_inline(text)
            return markup.one_line(text)

        return read


class Markdown(One):
    """Markdown of one or more paragraphs."""

    takes_any_text: ClassVar[bool] = True

    wants = "Markdown"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the Markdown as typed, but for what could do harm on a page."""
        return markup.blocks


class MarkdownFile(One):
    """The name of a Markdown file beside the sheet."""

    wants = "the path of a Markdown file, from the sheet's folder"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the file's text, but for what could do harm on a page.

        Only a Markdown file of the sheet's own folder: no cell puts `_config.yml` on a page.
        """

        def read(name: str) -> str:
            path = PurePosixPath(name.replace("\\", "/"))
            sites = any(part.startswith(("_", "..")) for part in path.parts[:-1])
            if path.is_absolute() or sites:
                message = f"'{shorten(name)}' lies outside the sheet's folder"
                raise Refusal(f"{message}; put the file beside the sheet")
            if path.suffix.lower() not in MARKDOWN:
                raise Refusal(f"'{shorten(name)}' is no Markdown file; name one that ends in .md")
            return markup.blocks(cells.beside(name))

        return read


MARKDOWN: Final = frozenset({".md", ".markdown", ".txt"})


class Authors(One):
    """Names of people."""

    wants = "names, separated by `;` or ` and `, or by commas where that is clear"

    def reader(self, cells: Cells) -> Callable[[str], tuple[Author, ...]]:  # noqa: ARG002
        """Return the authors in their order."""
        return names.parse_authors


class Bibtex(One):
    """A BibTeX entry, or the name of a file with one."""

    wants = "a BibTeX entry: `@article{…}`, or the path of a `.bib` file beside the sheet"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the entry, which a BibTeX parser has read."""

        def read(text: str) -> str:
            if "@" in text:
                return bibtex.check_entry(text)
            if not text.lower().endswith(".bib"):
                raise Refusal(
                    f"'{shorten(text)}' is no BibTeX entry and no name of a .bib file;"
                    " write @article{key, title = …}, or name a file beside the sheet"
                )
            return bibtex.check_entry(cells.beside(text))

        return read
