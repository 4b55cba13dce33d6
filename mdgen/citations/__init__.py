"""The citation of a work, as HTML of one line: built from its parts, or cleaned as typed."""

from mdgen.citations.building import build_citation
from mdgen.citations.cleaning import clean_citation, safe_inline

__all__ = ["build_citation", "clean_citation", "safe_inline"]
