"""Authors as people type them, and which of them is the site's own."""

from mdgen.names.author import Author
from mdgen.names.lists import parse_authors
from mdgen.names.own import OwnNames, own_names

__all__ = ["Author", "OwnNames", "own_names", "parse_authors"]
