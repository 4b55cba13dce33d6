"""What the columns accept: each class reads one sort of cell, and says in words what it wants."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen import bibtex, markup, names
from mdgen.cells import dates, slugs, urls
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdgen.cells.dates import PartialDate
    from mdgen.columns import Cells
    from mdgen.frontmatter import Value
    from mdgen.names import Author

YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "on", "show"})
NO: Final = frozenset({"no", "n", "false", "0", "off", "hide"})


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: line breaks become spaces, what was escaped for HTML is unescaped."""

    wants: str = "text"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the text as its writer meant it."""
        return markup.one_line


@dataclass(frozen=True, slots=True)
class Title:
    """One line of Markdown, which may not be empty once its markup is read."""

    wants: str = "Markdown, one line"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the line as typed."""
        return markup.one_line


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown of one or more paragraphs."""

    wants: str = "Markdown"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the Markdown as typed, made safe to stand on a page."""
        return markup.blocks


@dataclass(frozen=True, slots=True)
class Html:
    """A citation as typed: text with inline HTML. Its cleaning needs the site and waits for it."""

    wants: str = "text with inline HTML such as `<i>`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the citation as typed, on one line."""
        return markup.one_line_html


@dataclass(frozen=True, slots=True)
class Day:
    """A date, known to the day, the month or the year."""

    wants: str = "a date: `2024-10-20`, `October 2024`, `2024`"

    def reader(self, cells: Cells) -> Callable[[str], PartialDate]:
        """Return the parser of dates in the order that the column or the settings prove."""
        order = _order(cells)
        return lambda text: dates.parse_date(text, order)


@dataclass(frozen=True, slots=True)
class EndDay:
    """A date, or a word for what has not ended."""

    wants: str = "a date; empty or `present`: ongoing"

    def reader(self, cells: Cells) -> Callable[[str], PartialDate | None]:
        """Return the parser of dates, which gives None for `present`."""
        order = _order(cells)
        return lambda text: dates.parse_end(text, order)


def _order(cells: Cells) -> dates.DateOrder | None:
    if cells.site.date_order:
        return dates.DateOrder(cells.site.date_order)
    return dates.column_order(cells.texts)


@dataclass(frozen=True, slots=True)
class Slug:
    """The last part of the page's address."""

    wants: str = "letters, digits, `-` and `_`; empty: made from the title"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the slug letter for letter while it is safe, else a safe one and a warning."""

        def read(text: str) -> str:
            slug = slugs.parse_slug(text)
            if slug != text:
                cells.warn(f"'{shorten(text)}' is not safe in an address; the page is '{slug}'")
            return slug

        return read


@dataclass(frozen=True, slots=True)
class Urls:
    """One URL or several; the first is the link."""

    wants: str = "a URL, a path on the site, a DOI or an arXiv id"

    def reader(self, cells: Cells) -> Callable[[str], tuple[str, ...]]:
        """Return the URLs, and warn of a path on the site where no file stands."""

        def read(text: str) -> tuple[str, ...]:
            found = urls.parse_urls(text)
            for url in found:
                path = urls.site_path(url)
                if path and "." in path.rpartition("/")[2] and not (cells.site.root / path).exists():
                    cells.warn(f"'{shorten(url)}': the site has no file {path}")
            return found

        return read


@dataclass(frozen=True, slots=True)
class Doi:
    """A DOI, bare or as a URL."""

    wants: str = "a DOI: `10.1145/3689736`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the bare DOI."""
        return urls.parse_doi


@dataclass(frozen=True, slots=True)
class Arxiv:
    """An arXiv id, bare or as a URL."""

    wants: str = "an arXiv id: `2310.15991`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the bare id."""
        return urls.parse_arxiv


@dataclass(frozen=True, slots=True)
class Authors:
    """Names of people."""

    wants: str = "names, separated by `;` or ` and `, or by commas where that is clear"

    def reader(self, cells: Cells) -> Callable[[str], tuple[Author, ...]]:  # noqa: ARG002
        """Return the authors in their order."""
        return names.parse_authors


@dataclass(frozen=True, slots=True)
class Bibtex:
    """A BibTeX entry."""

    wants: str = "a BibTeX entry: `@article{…}`"

    def reader(self, cells: Cells) -> Callable[[str], str]:  # noqa: ARG002 - others look at them
        """Return the entry, which a BibTeX parser has read."""
        return bibtex.check_entry


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    wants: str = "`yes` or `no`; empty: yes"

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


@dataclass(frozen=True, slots=True)
class Category:
    """One of the site's `publication_category`, by key or by title."""

    wants: str = "a key or title of `publication_category` in `_config.yml`"

    def reader(self, cells: Cells) -> Callable[[str], str]:
        """Return the key; without such a setting the theme has one flat list, and any word will do."""
        categories = cells.site.categories
        if not categories:
            return markup.one_line
        known = {fold_category(word): key for key, title in categories.items() for word in (key, title)}

        def read(text: str) -> str:
            words = fold_category(text)
            key = known.get(words) or CUSTOMARY.get(words)
            if key in categories:
                return str(key)
            near = difflib.get_close_matches(words, known, n=1)
            hint = f"; did you mean `{known[near[0]]}`?" if near else ""
            allowed = ", ".join(f"`{key}` ({title})" for key, title in categories.items())
            raise Refusal(f"'{shorten(text)}' is no category of this site: {allowed}{hint}")

        return read


# What papers are called, as the theme's own categories name them.
CUSTOMARY: Final = {
    word: key
    for key, names_of_it in {
        "books": "book bookchapter chapter monograph incollection inbook bookediteded bookedited",
        "manuscripts": "manuscript article journal journalarticle journalpaper paper preprint",
        "conferences": "conference conferencepaper proceeding conferenceproceeding inproceeding",
    }.items()
    for word in names_of_it.split()
}


def fold_category(text: str) -> str:
    """Return what counts of a category's name: its letters, without case or the plural's `s`."""
    return "".join(
        word.removesuffix("s") for word in re.split(r"[\W_]+", text.casefold()) if word
    )


def own_value(text: str) -> Value:
    """Return the value of a column that no kind knows: yes/no words stay text, what YAML types is typed.

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
