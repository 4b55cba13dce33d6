"""The BibTeX entry of one paper: made from its row, or checked as typed."""

from mdgen.bibtex.checking import check_entry
from mdgen.bibtex.entries import entry_from, entry_key

__all__ = ["check_entry", "entry_from", "entry_key"]
