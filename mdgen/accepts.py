"""What the columns accept: each class reads one sort of cell, and says in words what it wants."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import unquote

from mdgen import bibtex, citations, markup, names
from mdgen.cells import dates, slugs, urls
from mdgen.columns import fold
from mdgen.places import coordinates
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mdgen.cells.dates import PartialDate
    from mdgen.columns import Cells
    from mdgen.frontmatter import Value
    from mdgen.names import Author
    from mdgen.settings import Site

YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "on", "show"})
NO: Final = frozenset({"no", "n", "false", "0", "off", "hide"})


class One:
    """A cell that stands in one column; where several columns can fill it, the first filled one."""

    wants: str
    follows_links: ClassVar[bool] = False

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:  # noqa: ARG002
        """Return the text of the cell that several columns of a sheet can fill, likeliest first."""
        return next(filter(None, cells), "")


class Text(One):
    """One line of text, or of Markdown in a title; line breaks become spaces."""

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


class Html(One):
    """A citation as typed. Cleaning it takes the site's own names, and is left to the page."""

    wants = "text with inline HTML such as `<i>`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the citation as typed, on one line."""
        return markup.one_line


class Markdown(One):
    """Markdown of one or more paragraphs."""

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


class Day(One):
    """A date, known to the day, the month or the year."""

    wants = "a date: `2024-10-20`, `October 2024`, `2024`"

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:
        """Return the first filled cell, with the year or the season that stands in another one."""
        first, *others = (cell for cell in cells if cell) if any(cells) else ("",)
        years = [cell for cell in others if YEAR.fullmatch(cell)]
        if years and YEARLESS.fullmatch(first):
            return (
                f"{first}-{years[0]}"
                if first[-1].isdigit() and "-" in first
                else f"{first} {years[0]}"
            )
        parts = [cell for title, cell in zip(titles, cells, strict=True) if fold(title) in PARTS]
        if YEAR.fullmatch(first) and any(parts):
            return f"{next(filter(None, parts))} {first}"
        return first

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates in the order that the column or the settings prove."""
        order = _order(cells)
        return lambda text: dates.parse_date(text, order)


class PublicationDay(Day):
    """The date of a paper, and with it the word for one that has not appeared yet."""

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates, which keeps the words of `2024 (in press)` as its status."""
        read_day = super().reader(cells)

        def read(text: str) -> PartialDate:
            try:
                return read_day(text)
            except Refusal:
                rest, status = dates.split_status(text)
                if not (rest and status):
                    raise
                with suppress(Refusal):
                    return replace(read_day(rest), status=status)
                raise

        return read


class EndDay(One):
    """A date, or a word for what has not ended."""

    wants = "a date; empty or `present`: ongoing"

    def reader(self, cells: Cells) -> Callable[[str], PartialDate | None]:
        """Return the parser of dates, which gives None for `present`."""
        order = _order(cells)
        return lambda text: dates.parse_end(text, order)


# `6-3`, `March 3`, `3. März`, `JUL-AUG`: without the year that stands in another column.
YEARLESS: Final = re.compile(
    r"\d\d?[-/.]\d\d?\.?|(?:\d\d?\.?[ -]?)?[^\W\d]{3,}\.?(?:[-/][^\W\d]{3,}\.?|[ -]?\d\d?)?"
)
YEAR: Final = re.compile(r"(?:1[5-9]|2[01])\d\d")
# `19-06-17`: alone it does not say which end is the year.
DASHED: Final = re.compile(r"(?<!\d)\d\d?-\d\d?-\d\d(?!\d)")
PARTS: Final = frozenset({"season", "term", "semester", "quarter", "month"})


def _order(cells: Cells) -> dates.DateOrder | None:
    if cells.site.date_order:
        return dates.DateOrder(cells.site.date_order)
    order = dates.column_order(cells.texts)
    if order is None and any(DASHED.search(text) for text in cells.texts):
        return dates.column_order(cells.texts, [dates.stated_years(row) for row in cells.rows])
    return order


class Slug(One):
    """The last part of the page's address."""

    wants = "letters, digits, `-` and `_`; empty: made from the title"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the slug letter for letter while it is safe, else a safe one and a warning."""

        def read(text: str) -> str:
            slug = slugs.parse_slug(text)
            if slug != text:
                cells.warn(f"'{shorten(text)}' is not safe in an address; the page is '{slug}'")
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
        """Return the path. One with a dot is refused: Jekyll would write it without `.html`."""
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
PERMALINK: Final = re.compile(r"(?:/(?:[\w~+-]|%[0-9A-Fa-f]{2})+)+(?:/|\.html)?", re.ASCII)


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


class YesNo(One):
    """Yes or no."""

    wants = "`yes` or `no`; empty: yes"

    def reader(self, cells: Cells) -> Callable[[str], bool]:  # noqa: ARG002 - others look at them
        """Return whether it is a yes."""
        return _yes_or_no


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Refusal(f"'{shorten(text)}' is neither yes nor no; write `yes` or `no`")


class Latitude(One):
    """How far north a place is."""

    wants = "degrees: `59.9127`, `59°54'46\"N`"

    def reader(self, cells: Cells) -> Callable[[str], float]:  # noqa: ARG002 - others look at them
        """Return the degrees, north positive."""
        return coordinates.latitude


class Longitude(One):
    """How far east a place is."""

    wants = "degrees: `10.7461`, `10°44'46\"E`"

    def reader(self, cells: Cells) -> Callable[[str], float]:  # noqa: ARG002 - others look at them
        """Return the degrees, east positive."""
        return coordinates.longitude


class Category(One):
    """One of the site's `publication_category`, by key or by title."""

    wants = "a key or title of `publication_category` in `_config.yml`"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the parser of categories; without that setting the theme has one flat list."""
        site = cells.site
        if not site.categories:
            return markup.raw

        @cache
        def read(text: str) -> str:
            if key := category_of(text, site):
                return key
            known = _categories(site)
            near = difflib.get_close_matches(fold_category(text), known, n=1)
            hint = f"; did you mean `{known[near[0]]}`?" if near else ""
            allowed = ", ".join(f"`{key}` ({title})" for key, title in site.categories.items())
            raise Refusal(f"'{shorten(text)}' is no category of this site: {allowed}{hint}")

        return read


# What papers are called, for the categories that the theme brings along.
CUSTOMARY: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: key
        for key, words in {
            "books": "book bookchapter chapter booksection monograph incollection inbook"
            " editedbook",
            "manuscripts": "manuscript article journal journalarticle journalpaper paper preprint"
            " magazinearticle review",
            "conferences": "conference conferencepaper conferencearticle proceeding inproceeding"
            " conferenceproceeding workshop workshoppaper proceedingpaper",
        }.items()
        for word in words.split()
    }
)


def category_of(text: str, site: Site) -> str:
    """Return the category of the site that a text names by key, title or custom, or nothing."""
    words = fold_category(text)
    key = _categories(site).get(words) or CUSTOMARY.get(words, "")
    return key if key in site.categories else ""


def fold_category(text: str) -> str:
    """Return what counts of a category's name: its letters, without case or the plural's `s`."""
    words = re.split(r"[\W\d_]+", text.casefold())
    return "".join(word.removesuffix("s") for word in words)


def _categories(site: Site) -> Mapping[str, str]:
    return {
        fold_category(word): key for key, title in site.categories.items() for word in (key, title)
    }


class Own(One):
    """A column that no kind knows: typed where YAML's types are beyond doubt, else text."""

    wants = "anything"

    def reader(self, cells: Cells) -> Callable[[str], Value]:  # noqa: ARG002
        """Return the parser of own values."""
        return own_value


class OwnHtml(One):
    """A citation in a kind that has none: themes print that key raw on pages of all kinds."""

    wants = "text with inline HTML such as `<i>`"

    def reader(self, cells: Cells) -> Callable[[str], Value]:
        """Return what cleans a citation."""
        own = names.own_names(cells.site.author)
        return lambda text: citations.clean_citation(text, own)


class OwnList(One):
    """A column of which the settings say that it holds lists."""

    wants = "values separated by `;`"

    def reader(self, cells: Cells) -> Callable[[str], list[str]]:  # noqa: ARG002
        """Return what splits a cell into its values."""
        return lambda text: [markup.plain(part.strip()) for part in text.split(";") if part.strip()]


def own_value(text: str) -> Value:
    """Return the value of a column that no kind knows.

    `true` and `false`, whole numbers as a person writes them (no leading zero, at most 15 digits,
    so that every reader has them exactly), and ISO dates are typed; everything else is a string.
    """
    if text in {"true", "false", "TRUE", "FALSE", "True", "False"}:
        return text.casefold() == "true"
    if re.fullmatch(r"0|-?[1-9]\d{0,14}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return markup.plain(text)


def shorten(text: str, most: int = 60) -> str:
    """Return `text` on one line and short enough to stand in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
