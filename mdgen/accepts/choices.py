"""Cells that name one of a few things."""

from __future__ import annotations

import difflib
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mdgen import markup
from mdgen.accepts.base import One
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mdgen.columns import Cells
    from mdgen.settings import Site

# Also what Excel writes for true and false where it does not speak English.
YES_WORDS: Final = (
    "yes y true 1 x ✓ ✔ on show ja j wahr oui o vrai sí si s verdadero sì vero sim verdadeiro waar"
    " sant tak prawda ano pravda да 是 はい 예"
)
NO_WORDS: Final = (
    "no n false 0 off hide nein falsch non faux falso não nao nee onwaar nej falskt nie fałsz ne"
    " нет 否 いいえ 아니오"
)
YES: Final = frozenset(YES_WORDS.split())
NO: Final = frozenset(NO_WORDS.split())


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
