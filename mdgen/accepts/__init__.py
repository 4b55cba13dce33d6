"""What the columns accept: each class reads one sort of cell, and says in words what it wants."""

from mdgen.accepts.addresses import Arxiv, Doi, MaybeUrls, PageFile, Permalink, Slug, Urls, is_link
from mdgen.accepts.choices import Category, YesNo, category_of
from mdgen.accepts.dates import Day, EndDay, PublicationDay, TermDay
from mdgen.accepts.degrees import Latitude, Longitude
from mdgen.accepts.own import Own, OwnHtml, OwnList, own_value
from mdgen.accepts.text import (
    Authors,
    Bibtex,
    Html,
    Markdown,
    MarkdownFile,
    Pages,
    Text,
    Whereabouts,
)

__all__ = [
    "Arxiv",
    "Authors",
    "Bibtex",
    "Category",
    "Day",
    "Doi",
    "EndDay",
    "Html",
    "Latitude",
    "Longitude",
    "Markdown",
    "MarkdownFile",
    "MaybeUrls",
    "Own",
    "OwnHtml",
    "OwnList",
    "PageFile",
    "Pages",
    "Permalink",
    "PublicationDay",
    "Slug",
    "TermDay",
    "Text",
    "Urls",
    "Whereabouts",
    "YesNo",
    "category_of",
    "is_link",
    "own_value",
]
