"""What mdgen takes from `_config.yml` and from the site's theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdgen.problems import SettingsError
from mdgen.settings import NEWEST_THEME, Site, find_root, load_site

if TYPE_CHECKING:
    from pathlib import Path


def config(root: Path, text: str) -> Site:
    (root / "_config.yml").write_text(text, encoding="utf-8")
    return load_site(root)


def test_a_site_without_config_has_no_settings(tmp_path: Path) -> None:
    assert load_site(tmp_path) == Site(root=tmp_path)


def test_an_empty_config_has_no_settings(tmp_path: Path) -> None:
    assert config(tmp_path, "# nothing\n") == Site(root=tmp_path)


def test_all_settings_are_read(tmp_path: Path) -> None:
    site = config(
        tmp_path,
        """\
name: &name Ada Lovelace
author:
  name: *name
publication_category:
  books: {title: Books}
  manuscripts: {title: Journal Articles}
  other:
collections:
  talks: {output: true}
  experience: {output: true}
mdgen:
  sheets: {publications: data/papers.xlsx, talks: [data/a.csv, data/b.csv]}
  author: [Ada Lovelace, A. Lovelace]
  columns: {publications: {Fecha: pub_date}}
  lists: topics
  date_order: DMY
  default_category: books
  citation_style: apa
  bibtex: false
  liquid: true
""",
    )
    assert site == Site(
        root=tmp_path,
        author=("Ada Lovelace", "A. Lovelace"),
        categories={"books": "Books", "manuscripts": "Journal Articles", "other": "other"},
        collections=frozenset({"talks", "experience"}),
        sheets={"publications": ("data/papers.xlsx",), "talks": ("data/a.csv", "data/b.csv")},
        columns={"publications": {"Fecha": "pub_date"}},
        lists=frozenset({"topics"}),
        date_order="DMY",
        default_category="books",
        citation_style="apa",
        bibtex=False,
        liquid=True,
    )
    assert list(site.categories) == ["books", "manuscripts", "other"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name: A\nauthor: {name: B}", ("B", "A")),
        ("name: A\nauthor: B", ("B", "A")),
        ("name: A\nauthor: {name: A}", ("A",)),
        ("author: {name: }", ()),
        ("mdgen: {author: C}\nname: A", ("C",)),
    ],
)
def test_the_owner_is_whom_the_site_names(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    assert config(tmp_path, text).author == names


def test_collections_may_be_a_list(tmp_path: Path) -> None:
    assert config(tmp_path, "collections: [talks, experience]").collections == {
        "talks",
        "experience",
    }


def test_everything_wrong_in_the_settings_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        config(
            tmp_path,
            """\
publication_category: {books: {title: Books}}
mdgen:
  sheets: data/a.csv
  columns: [a]
  author: {name: A}
  date_order: DD/MM
  default_category: novels
  liquid: maybe
  autor: A
  nonsense: 1
""",
        )
    assert [str(problem) for problem in caught.value.problems] == [
        "_config.yml: mdgen.author: {'name': 'A'} is not a list of words",
        "_config.yml: mdgen.sheets: 'data/a.csv' is not a list of `kind: sheet`",
        "_config.yml: mdgen.columns: ['a'] is not `kind: {Title: column}`",
        "_config.yml: mdgen.date_order: 'DD/MM' is none of DMY, MDY, YMD",
        "_config.yml: mdgen.default_category: 'novels' is none of books",
        "_config.yml: mdgen.liquid: 'maybe' is not true or false",
        "_config.yml: mdgen.autor: is no setting of mdgen; did you mean `author`?",
        "_config.yml: mdgen.nonsense: is no setting of mdgen; known: map, author, sheets, columns,"
        " lists, date_order, default_category, citation_style, bibtex, cv, liquid",
    ]


def test_a_kind_that_there_is_not_is_refused(tmp_path: Path) -> None:
    text = "mdgen: {sheets: {talk: a.csv, talks: b.csv}, columns: {poems: {Fecha: date}}}"
    with pytest.raises(SettingsError) as caught:
        config(tmp_path, text)
    assert [str(problem) for problem in caught.value.problems] == [
        "_config.yml: mdgen.sheets.talk: is no kind of sheet; did you mean `talks`?",
        "_config.yml: mdgen.columns.poems: is no kind of sheet; known: publications, talks,"
        " experience, teaching",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "mdgen: yes please",
            "_config.yml: mdgen: 'yes please' is no list of `key: value` settings",
        ),
        ("- a\n- b", "_config.yml: is no list of `key: value` settings"),
        ("mdgen: {sheets: {talks: 3}}", "_config.yml: mdgen.sheets: {'talks': 3} is not a list of"),
    ],
)
def test_a_config_of_another_shape_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        config(tmp_path, text)
    assert str(caught.value).startswith(message)


def test_a_config_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^_config\.yml: line 3: "):
        config(tmp_path, "name: A\nb: [\n")


def test_a_config_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_bytes(b"name: \xff\n")
    with pytest.raises(SettingsError, match=r"^_config\.yml: cannot be read: "):
        load_site(tmp_path)


def test_the_theme_is_what_the_sites_own_files_mention(tmp_path: Path) -> None:
    layouts, includes = tmp_path / "_layouts", tmp_path / "_includes"
    (includes / "mdgen").mkdir(parents=True)
    layouts.mkdir()
    (layouts / "single.html").write_text("{{ page.paperurl }}")
    (includes / "archive-single.html").write_text("{{ post.citation }}")
    (includes / "mdgen" / "publications.html").write_text("{{ paper.slidesurl }}")
    site = load_site(tmp_path)
    assert site.theme == {"html", "paperurl", "citation"} - {"html"}
    assert (site.reads("paperurl"), site.reads("slidesurl")) == (True, False)


def test_a_site_without_layouts_has_the_newest_theme(tmp_path: Path) -> None:
    (tmp_path / "_includes").mkdir()
    assert load_site(tmp_path).theme == NEWEST_THEME


def test_the_root_is_the_nearest_folder_upwards_with_a_config_or_a_collection(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "site" / "data" / "deep"
    inner.mkdir(parents=True)
    assert find_root(inner, ("_talks",)) is None
    (tmp_path / "site" / "_talks").mkdir()
    assert find_root(inner, ("_talks",)) == tmp_path / "site"
    (tmp_path / "site" / "data" / "_config.yml").write_text("")
    assert find_root(inner, ("_talks",)) == tmp_path / "site" / "data"
