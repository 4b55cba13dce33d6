"""Titles of sheets, and which of a kind's columns they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdgen.headers import misfit, one_typo_apart, recognizer, understand
from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course
from mdgen.settings import Site

if TYPE_CHECKING:
    from mdgen.records import Record

SITE = Site(root=Path())

ZOTERO = """Key,Item Type,Publication Year,Author,Title,Publication Title,ISBN,ISSN,DOI,Url,Abstract Note,Date,Date Added,
Date Modified,Access Date,Pages,Num Pages,Issue,Volume,Number Of Volumes,Journal Abbreviation,Short Title,Series,Language,
Rights,Archive,Call Number,Extra,Code,Version""".replace("\n", "").split(",")
SCHOLAR = "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher".split(",")


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("pub_date", "pub_date"),
        ("Pub Date", "pub_date"),
        (" PUB-DATE ", "pub_date"),
        ("PubDate", "pub_date"),
        ("Year", "pub_date"),
        ("Journal", "venue"),
        ("Paper URL", "paper_url"),
        ("Abstract", "description"),
        ("Show", "published"),
    ],
)
def test_a_title_is_known_in_any_spelling(title: str, field: str) -> None:
    assert understand([title], Publication, SITE).fields == {field: (0,)}


def test_the_order_of_columns_does_not_matter() -> None:
    header = understand(["venue", "title", "pub_date"], Publication, SITE)
    assert header.fields == {"pub_date": (2,), "title": (1,), "venue": (0,)}


def test_an_export_of_zotero_comes_as_it_is() -> None:
    header = understand(ZOTERO, Publication, SITE)
    assert {name: [ZOTERO[i] for i in found] for name, found in header.fields.items()} == {
        "pub_date": ["Date", "Publication Year"],
        "title": ["Title"],
        "venue": ["Publication Title"],
        "authors": ["Author"],
        "paper_url": ["Url"],
        "doi": ["DOI"],
        "volume": ["Volume"],
        "issue": ["Issue"],
        "pages": ["Pages"],
        "description": ["Abstract Note"],
        "type": ["Item Type"],
    }
    assert header.links == {}
    assert list(header.own.values()) == ["journal_abbreviation"]


def test_an_export_of_google_scholar_comes_as_it_is() -> None:
    header = understand(SCHOLAR, Publication, SITE)
    assert {name: SCHOLAR[found[0]] for name, found in header.fields.items()} == {
        "authors": "Authors",
        "title": "Title",
        "venue": "Publication",
        "volume": "Volume",
        "issue": "Number",
        "pages": "Pages",
        "pub_date": "Year",
        "publisher": "Publisher",
    }


def test_tags_of_web_of_science_count_only_together() -> None:
    assert understand(["AU", "TI", "SO", "PY"], Publication, SITE).fields == {
        "pub_date": (3,),
        "title": (1,),
        "venue": (2,),
        "authors": (0,),
    }
    assert understand(["title", "is"], Publication, SITE).own == {1: "is"}


def test_what_no_kind_knows_is_passed_through_under_its_own_name() -> None:
    header = understand(["Impact factor", "impactClass", "journal_url", ""], Publication, SITE)
    assert header.own == {0: "impact_factor", 1: "impact_class"}
    assert header.links == {2: "Journal"}


def test_keys_that_the_theme_links_to_dead_pages_get_other_names() -> None:
    header = understand(["tags", "categories", "collection"], Publication, SITE)
    assert header.own == {0: "keywords", 1: "topics"}


def test_a_typo_in_a_title_is_named_with_the_column_that_is_missing() -> None:
    assert understand(["pub_date", "tilte"], Publication, SITE).strangers == {
        1: "is no column that mdgen knows; did you mean `title`?"
    }
    assert understand(["title", "tilte"], Publication, SITE).strangers == {}
    # A column of another kind, and one of an export, are no typos.
    assert understand(["Publisher"], Talk, SITE).strangers == {}


def test_a_reserved_name_is_named_with_the_one_to_use() -> None:
    assert understand(["layout"], Publication, SITE).strangers == {
        0: "`layout` is a key that Jekyll or the theme keeps for itself;"
        " call the column `page_layout`"
    }
    assert understand(["author"], Job, SITE).strangers == {
        0: "`author` is a key that Jekyll or the theme keeps for itself; call the column `authors`"
    }


def test_titles_of_ones_own_go_before_all_others() -> None:
    site = Site(root=Path(), columns={"publications": {"Fecha": "pub_date", "Tag": "url_slug"}})
    header = understand(["fecha", "tag", "date"], Publication, site)
    assert header.fields == {"pub_date": (0, 2), "url_slug": (1,)}


def test_a_column_is_the_first_choice_of_one_field_only() -> None:
    assert understand(["position"], Job, SITE).fields == {"title": (0,)}
    assert understand(["course", "position"], Course, SITE).fields == {
        "title": (0, 1),
        "role": (1,),
    }


def test_a_kind_recognizes_its_titles() -> None:
    recognize = recognizer(Talk, SITE)
    assert recognize(["title", "date", "venue", "date"]) == 3
    assert recognize(["Lovelace, Ada", "1843"]) == 0


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("venues", "venue", True),
        ("venu", "venue", False),
        ("tilte", "title", True),
        ("titel", "title", True),
        ("xitle", "title", True),
        ("title", "title", False),
        ("tlteh", "title", False),
        ("citationnital", "citation", False),
        ("atitle", "title", True),
    ],
)
def test_one_typo(one: str, other: str, apart: bool) -> None:  # noqa: FBT001 - a table
    assert one_typo_apart(one, other) is apart


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (["Título", "Año", "Revista"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
        (["Titel", "Jahr", "Zeitschrift"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
        (["标题", "发表日期", "期刊", "作者"], {"title": (0,), "pub_date": (1,), "venue": (2,), "authors": (3,)}),
        (["タイトル", "発表日", "雑誌"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
        (["Titolo", "Data", "Rivista"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
        (["Titel", "Art", "Datum"], {"title": (0,), "type": (1,), "pub_date": (2,)}),
        (["Tytuł", "Rok", "Czasopismo"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
        (["Başlık", "Yıl", "Dergi"], {"title": (0,), "pub_date": (1,), "venue": (2,)}),
    ],
)  # fmt: skip
def test_titles_in_other_languages_with_or_without_accents(
    titles: list[str], fields: dict[str, tuple[int, ...]]
) -> None:
    assert understand(titles, Publication, SITE).fields == fields
    assert recognizer(Publication, SITE)(titles) == len(titles)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Date (YYYY-MM-DD)", "pub_date"),
        ("Authors (comma separated)", "authors"),
        ("Title: as in the paper", "title"),
        ("Journal / Conference", "venue"),
        ("Volume or vol.", "volume"),
        ("Year of publication", "pub_date"),
        ("Link to the paper", "paper_url"),
        ("Date\n(YYYY-MM-DD)", "pub_date"),
        ("Year\nof publication", "pub_date"),
        ("Venues", "venue"),
        ("Titel des Vortrags", "title"),
        ("Date de la conférence", "pub_date"),
        ("Nombre del evento", "venue"),
        ("Name der Zeitschrift", "venue"),
        ("Lien de la vidéo", "video_url"),
        ("Link do artigo", "paper_url"),
        ("Topic", "title"),
    ],
)
def test_a_title_with_a_remark_or_in_several_words_is_known(title: str, field: str) -> None:
    assert understand([title], Publication, SITE).fields == {field: (0,)}
    assert recognizer(Publication, SITE)([title]) == 1


def test_links_and_what_a_page_has_by_itself_are_no_keys() -> None:
    header = understand(["links", "byline"], Publication, SITE)
    assert (header.links, set(header.strangers)) == ({0: "Links"}, {1})


def test_a_remark_does_not_count_where_the_column_is_there_without_it() -> None:
    header = understand(["Title (Chinese)", "Title", "()", "Poster/Talk"], Talk, SITE)
    assert header.fields == {"title": (1,)}
    assert header.own == {0: "title_chinese", 3: "poster_talk"}


def test_numbers_of_rows_and_remarks_get_other_names() -> None:
    assert understand(["ID", "Comments"], Talk, SITE).own == {0: "item_id", 1: "remarks"}


def test_words_that_mean_another_thing_in_english_count_in_other_languages_only() -> None:
    assert understand(["Title", "Data", "Art"], Talk, SITE).own == {1: "data", 2: "art"}
    assert understand(["Titolo", "Data"], Talk, SITE).fields == {"title": (0,), "date": (1,)}
    assert understand(["Titolo", "Art"], Course, Site(root=Path())).fields["type"] == (1,)


def test_a_title_that_is_near_another_counts_only_without_it() -> None:
    header = understand(["Title", "Topic", "Workshop"], Talk, SITE)
    assert (header.fields, header.own) == ({"title": (0,), "venue": (2,)}, {1: "topic"})


def test_how_often_a_paper_was_cited_is_no_citation() -> None:
    titles = ["Title", "Citations"]
    assert understand(titles, Publication, SITE, numbers={1}).own == {1: "citations"}
    assert understand(titles, Publication, SITE).fields["citation"] == (1,)
    both = understand([*titles, "Citation"], Publication, SITE, numbers={1})
    assert (both.fields["citation"], both.own) == ((2,), {1: "citations"})


def test_numbers_are_those_of_issues_beside_a_volume() -> None:
    assert understand(["No.", "Title"], Publication, SITE).own == {0: "no"}
    assert understand(["Vol.", "No."], Publication, SITE).fields == {"volume": (0,), "issue": (1,)}


def test_one_column_may_say_from_when_to_when() -> None:
    header = understand(["Job title", "Employer", "Dates"], Job, SITE)
    assert (header.fields["start_date"], header.fields["end_date"]) == ((2,), (2,))


@pytest.mark.parametrize("key", ["redirect_to", "Last modified at", "render_with_liquid"])
def test_what_a_plugin_obeys_is_reserved(key: str) -> None:
    assert set(understand([key], Talk, SITE).strangers) == {0}


def test_what_jekyll_adds_to_tags_and_categories_gets_another_name() -> None:
    assert understand(["Tag", "Category"], Course, SITE).own == {0: "keywords", 1: "topics"}


@pytest.mark.parametrize(
    ("title", "record", "field"),
    [
        ("3. Venue", Publication, "venue"),
        ("Publication venue", Publication, "venue"),
        ("Publication outlet", Publication, "venue"),
        ("All authors", Publication, "authors"),
        ("List of authors", Publication, "authors"),
        ("Full author list", Publication, "authors"),
        ("Full reference", Publication, "citation"),
        ("Weblink", Publication, "paper_url"),
        ("Web address", Publication, "paper_url"),
        ("Link to PDF", Publication, "paper_url"),
        ("Full text link", Publication, "paper_url"),
        ("Online date", Publication, "pub_date"),
        ("Name of paper", Publication, "title"),
        ("Talk abstract", Talk, "description"),
        ("talk_abstract", Talk, "description"),
        ("Description of talk", Talk, "description"),
        ("Kind of talk", Talk, "type"),
        ("Event location", Talk, "location"),
        ("City, State", Talk, "location"),
        ("Conference website", Talk, "talk_url"),
        ("Conference/Workshop", Talk, "venue"),
        ("Host institution", Talk, "venue"),
        ("Where", Talk, "venue"),
        ("Date presented", Talk, "date"),
        ("course_description", Course, "description"),
        ("Taught in", Course, "date"),
        ("Department", Course, "venue"),
        ("Kurzbeschreibung", Publication, "excerpt"),
        ("Zitierung", Publication, "citation"),
        ("引用", Publication, "citation"),
        ("Data publikacji", Publication, "pub_date"),
        ("Beskrivning", Talk, "description"),
        ("Site web", Talk, "talk_url"),
    ],
)
def test_a_title_may_say_more_than_the_name_of_its_column(
    title: str, record: type[Record], field: str
) -> None:
    assert understand([title], record, SITE).fields == {field: (0,)}


def test_where_is_the_place_beside_a_venue() -> None:
    header = understand(["Title", "Date", "Venue", "Where"], Talk, SITE)
    assert (header.fields["venue"], header.fields["location"]) == ((2,), (3,))


def test_the_code_of_a_course_and_the_number_of_a_paper_are_what_they_are() -> None:
    header = understand(["Title", "Year", "Paper code", "Publication no."], Publication, SITE)
    assert header.fields.keys() == {"title", "pub_date"}
    assert header.own == {2: "paper_code", 3: "publication_no"}


def test_a_title_of_another_column_stands_in_for_one_that_must_be_there() -> None:
    header = understand(["Publication title", "Journal", "3. Published"], Publication, SITE)
    assert header.fields == {"title": (0,), "venue": (1,), "pub_date": (2,)}
    header = understand(["Title", "Publication title", "Date", "Published"], Publication, SITE)
    assert header.fields == {"title": (0,), "venue": (1,), "pub_date": (2,), "published": (3,)}


def test_a_column_of_links_may_say_so_in_other_words() -> None:
    titles = ["Title", "Date", "Journal link", "4. Award URL (if any)", "Link to data sheet"]
    assert understand(titles, Talk, SITE).links == {2: "Journal", 3: "Award", 4: "Data sheet"}


def test_one_title_that_both_kinds_know_makes_no_sheet_of_another_kind() -> None:
    titles = ["Title", "Organization", "Date"]
    assert misfit(titles, understand(titles, Talk, SITE), Talk) == ""
    titles = ["Title", "Organization", "Start date", "End date"]
    assert misfit(titles, understand(titles, Talk, SITE), Talk) == (
        "looks like a sheet of experience, not of talks; run `mdgen experience`"
    )


def test_what_stands_in_for_a_column_is_of_ones_own_beside_it() -> None:
    titles = ["Title", "Date", "Session", "Venue", "Host institution", "Excerpt", "Teaser"]
    assert understand(titles, Talk, SITE).own == {2: "session", 4: "host_institution", 6: "teaser"}


def test_a_title_stands_in_for_a_column_that_the_kind_has() -> None:
    assert understand(["APA citation", "Title"], Publication, SITE).fields["citation"] == (0,)
    assert understand(["APA citation", "Title"], Talk, SITE).own == {0: "apa_citation"}
