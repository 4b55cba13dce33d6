"""Titles that mean something whatever the kind: reserved keys, what exports carry, stand-ins.

Each is folded (`mdgen.columns.fold`), but for the keys of the front matter.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mdgen.columns import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

# A key that Jekyll, a plugin or the theme takes for its own, and what to call the column instead.
# Jekyll: `Jekyll::Drops::DocumentDrop`, `Jekyll::Convertible`; plugins: jekyll-redirect-from (which
# writes `redirect_to` into a script), jekyll-sitemap (which fails where `last_modified_at` is no
# date); theme: `_includes/author-profile.html`, `_layouts/single.html`.
RESERVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "authors",
        "byline": "authors",
        "content": "description",
        "draft": "published",
        "excerpt_separator": "excerpt",
        "ext": "file_type",
        "id": "item_id",
        "layout": "page_layout",
        "link": "paper_url",
        "name": "item_name",
        "next": "next_item",
        "output": "item_output",
        "path": "file_path",
        "previous": "previous_item",
        "redirect": "redirected",
        "redirect_from": "permalink",
        "redirect_to": "moved_to",
        "render_with_liquid": "uses_liquid",
        "last_modified_at": "modified_on",
        "relative_path": "file_path",
        "slug": "url_slug",
        "url": "paper_url",
        "modified": "modified_on",
        "read_time": "reading_minutes",
        "share": "shared",
        "comments": "remarks",
        "header": "heading",
        "talk_type": "type",
        "paperurl": "paper_url",
        "slidesurl": "slides_url",
        "bibtexurl": "bibtex_url",
    }
)

# Keys that go by other names here. The theme prints tags and categories raw, as links to pages
# which list posts only (Jekyll adds `tag` to `tags`, and `category` to `categories`). Of the
# reserved ones, ID is where people number their rows, and Comments where they note what they like.
RENAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tag": "keywords",
        "tags": "keywords",
        "category": "topics",
        "categories": "topics",
        "id": "item_id",
        "comments": "remarks",
    }
)

# What becomes of these does not depend on the columns of a kind.
PLURALS: Final = frozenset({"links", *RENAMED})

# Columns that exports of Zotero, Scopus and Web of Science carry along; no person typed them.
_CARRIED: Final = """
key date_added date_modified access_date isbn issn num_pages number_of_volumes
short_title series series_number series_text language rights archive archive_location
library_catalog call_number extra notes file_attachments link_attachments manual_tags
automatic_tags editor series_editor translator contributor attorney_agent book_author
cast_member commenter composer cosponsor counsel interviewer producer recipient reviewed_author
scriptwriter words_by guest edition running_time scale medium artwork_size filing_date
application_number assignee issuing_authority country court references reporter legal_status
priority_numbers programming_language version system code code_number section session committee
history legislative_body eid cited_by coden pubmed_id author_s_id affiliations
authors_with_affiliations author_keywords index_keywords molecular_sequence_numbers
chemicals_cas tradenames manufacturers funding_details funding_texts correspondence_address
editors sponsors conference_code conference_date language_of_original_document open_access
page_count addresses reprint_addresses email_addresses researcher_ids orcids funding_orgs
funding_name_preferred funding_text cited_references cited_reference_count times_cited_wos_core
times_cited_all_databases publisher_address eissn part_number supplement special_issue
meeting_abstract book_doi number_of_pages wos_categories web_of_science_index research_areas
ids_number ut_unique_wos_id highly_cited_status hot_paper_status date_of_export
open_access_designations source put_code publication_stage art_no link_to_orcid
"""
LEFTOVERS: Final = frozenset(map(fold, _CARRIED.split()))
EXPORT: Final = 10  # so many of them together are an export, not a person's own columns
# One of these is enough: Scopus, Web of Science, Zotero.
SIGNED: Final = frozenset({"authorsid", "utuniquewosid", "librarycatalog"})

# The field tags of Web of Science are too short to mean anything without the company of others.
TAGS: Final = frozenset({"ti", "au", "so", "py", "ab", "di", "is", "no", "vl", "dt", "bp", "ep"})
COMPANY: Final = 4
# `No.` is the issue of a volume; without one it numbers the rows.
VOLUMES: Final = frozenset({"volume", "vol"})

# In tables of Google Scholar and others: how often a paper was cited.
COUNTED: Final = frozenset({"citations"})

# Where there is no better title of the sort: what stands in for it.
_STAND_INS: Final = """
title = topic presentation thema lecture subject article work publication unit coursetaught
pubdate = published when released appeared datereleased dateappeared dateonline onlinedate
pubdate = dategiven datepresented datedelivered dateheld heldon presentedon givenon
pubdate = taughtin semesterstaught termstaught session
venue = workshop symposium seminar occasion outlet university department where
venue = venuename wherepublished hostinstitution invitinginstitution eventtitle
location = where venuelocation
citation = suggestedcitation formattedcitation citationtext bibliographiccitation
citation = bibliographicreference apacitation apa
excerpt = shortsummary briefdescription briefsummary onelinesummary teaser
description = content about
role = capacity
"""
NEAR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        word: tuple(row.split()[0] for row in _STAND_INS.splitlines() if word in row.split()[2:])
        for row in _STAND_INS.splitlines()
        for word in row.split()[2:]
    }
)

# Titles of a column that says from when to when.
SPANS: Final = frozenset(
    {"dates", "period", "years", "timespan", "timeperiod", "zeitraum", "periodo", "periode"}
)
