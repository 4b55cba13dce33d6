"""Which author is the site's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mdgen.names.author import Author
from mdgen.names.folding import folded
from mdgen.names.given import Given, given_name, is_same_given
from mdgen.names.lists import parse_authors
from mdgen.names.running import Finder
from mdgen.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable


class OwnNames:
    """The names of the site's author, each a spelling to be known again.

    Letter case and accents do not count. A spelling with a full given name is known in that form
    and with its initials ("R. Lu", "Lu, R.", "Lu R"); another full given name never is.
    """

    def __init__(self, authors: Iterable[Author]) -> None:
        self._literals: set[str] = set()
        self._people: dict[str, list[Given]] = {}
        for author in authors:
            if author.literal:
                self._literals.add(folded(author.literal))
            else:
                given = given_name(author.given)
                self._people.setdefault(folded(author.family), []).append(given)

    def matches(self, author: Author) -> bool:
        """Say whether `author` is the site's own."""
        if author.literal:
            return folded(author.literal) in self._literals
        people = self._people.get(folded(author.family))
        if people is None:
            return False
        given = given_name(author.given)
        return any(is_same_given(own, given) for own in people)

    def embolden(self, html: str) -> str:
        """Put `<b>` around the own name in well-formed HTML, where it is not bold already.

        A name that is part of a longer one is left alone, and so is everything inside tags.
        """
        return self._finder.embolden(html)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._literals, self._people)


def own_names(names: Iterable[str]) -> OwnNames:
    """Give the site's own names from the spellings that its settings know."""
    authors: list[Author] = []
    for name in names:
        try:
            authors += parse_authors(name)
        except Refusal:
            authors.append(Author(literal=name))
    return OwnNames(authors)
