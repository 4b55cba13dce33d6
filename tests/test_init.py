"""`mdgen init` on sites as people have them: files gain lines, and nothing else happens to them."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mdgen.cli import main
from mdgen.initializing.configtext import Data, add, block
from mdgen.kinds import KINDS
from mdgen.problems import MdgenError
from tests.jekyll.build import SITE, build_site, seen

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

# In the manner of the theme's own: colons in a row, anchors, comments after values and between.
CONFIG = """\
# Welcome!
#
# This file is *NOT* reloaded automatically.

# Site settings
locale                   : "en-US"
name                     : &name "Ada Lovelace"   # shown in the footer
description              : &description "A site"
breadcrumbs              : false # true, false (default)
analytics:
  google:
    tracking_id          :
twitter:
  username               : &twitter


# Reading files
include:
  - .htaccess
  - _pages
exclude:
  - "*.sublime-project"
  - Gemfile      # for GitHub
    # and not README
  - vendor
keep_files:
  - .git

# Collections
collections:
  teaching:
    output: true
    permalink: /:collection/:path/
  publications:
    output: true
    permalink: /:collection/:path/
  talks:
    output: true
    permalink: /:collection/:path/
    # sort_by: date


# Defaults
defaults:
  # _posts
  - scope:
      path: ""
      type: posts
    values:
      layout: single
  # _talks
  - scope:
      path: ""
      type: talks
    values:
      layout: talk
      author_profile: true
      share: true

# Outputting
permalink: /:categories/:title/
timezone: Etc/UTC # https://en.wikipedia.org/wiki/List_of_tz_database_time_zones
compress_html:
  ignore:
    envs: development
"""
GAINED = """\
  - data/
  experience:
    output: true
    permalink: "/:collection/:path/"
  # _experience
  - scope:
      path: ""
      type: experience
    values:
      layout: talk
      author_profile: true
      share: true

# mdgen makes pages from the sheets in data/; its settings, all optional:
mdgen:
  # author: ["Your Name", "Y. Name"]  # as papers spell it, to show it bold; else author.name above
  # sheets: {publications: data/papers.xlsx}  # else data/publications.csv and so on
  # date_order: DMY  # for 03/04/2024
  # default_category: conferences  # for papers that name none
  # cv: true  # keep _data/cv.json in step, too
"""
FILES = [
    ".pre-commit-config.yaml",
    "_config.yml",
    "_includes/mdgen/experience.html",
    "_includes/mdgen/publications.html",
    "assets/css/mdgen.css",
    *sorted(f"data/{kind}.csv" for kind in KINDS),
]


def init(root: Path, *words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, ["init", "--site", str(root), *words], input=answer)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def gained(before: str, after: str) -> str:
    """Return the lines that were added; nothing else may have happened."""
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith(("-", "?"))]
    return "".join(line[2:] for line in lines if line.startswith("+"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text(CONFIG)
    return tmp_path


def test_the_settings_only_gain_lines(site: Path) -> None:
    assert init(site, "--yes").exit_code == 0
    after = (site / "_config.yml").read_text()
    assert gained(CONFIG, after) == GAINED
    assert "    # sort_by: date\n  experience:\n" in after


def test_everything_that_mdgen_needs_is_there_afterwards(site: Path) -> None:
    result = init(site, "--yes")
    assert list(files(site)) == FILES
    assert result.output.startswith(
        "mdgen init adds:\n  _config.yml: the collection `experience`\n"
    )
    assert (site / "data/teaching.csv").read_text().startswith("title,type,venue,date,")
    hook = yaml.safe_load((site / ".pre-commit-config.yaml").read_text())
    assert hook["repos"][0]["hooks"][0]["entry"] == "mdgen sync --exit-code"
    synced = CliRunner().invoke(main, ["sync", "--site", str(site)])
    assert synced.exit_code == 0, synced.output


def test_run_twice_it_adds_nothing(site: Path) -> None:
    init(site, "--yes")
    before = files(site)
    result = init(site, "--yes")
    assert result.exit_code == 0
    assert result.output == f"{site}: has all that mdgen needs\n"
    assert files(site) == before


def test_without_a_terminal_it_says_what_it_would_add_and_adds_nothing(site: Path) -> None:
    result = init(site)
    assert result.exit_code == 2
    assert "data/talks.csv: an empty sheet of talks" in result.output
    assert result.output.endswith(
        "mdgen: nothing was added: there is no terminal to ask; say --yes\n"
    )
    assert list(files(site)) == ["_config.yml"]


@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, len(FILES)), ("n\n", 1, 1)])
def test_on_a_terminal_it_asks(
    answer: str, code: int, count: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mdgen.cli.init._is_terminal", lambda: True)
    result = init(site, answer=answer)
    assert result.exit_code == code
    assert "Add all this? [Y/n]: " in result.output
    assert len(files(site)) == count


def test_diff_shows_the_lines(site: Path) -> None:
    result = init(site, "--diff")
    assert "+++ b/_config.yml" in result.output
    assert "+  experience:\n" in result.output


def test_quiet_says_what_is_added_only(site: Path) -> None:
    result = init(site, "--yes", "--quiet")
    assert "run `mdgen sync`" not in result.output


def test_sheets_that_are_there_stay(site: Path) -> None:
    (site / "data").mkdir()
    (site / "data" / "publications.tsv").write_text("title\tpub_date\nOne\t2020\n")
    init(site, "--yes")
    names = [name for name in files(site) if name.startswith("data/")]
    assert names == [
        "data/experience.csv", "data/publications.tsv", "data/talks.csv", "data/teaching.csv"
    ]  # fmt: skip


def test_pages_written_by_hand_stay_and_are_spoken_of(site: Path) -> None:
    (site / "_talks").mkdir()
    (site / "_talks" / "mine.md").write_text("---\ntitle: Mine\n---\n")
    (site / "_teaching").mkdir()
    for name in ("one", "two"):
        (site / "_teaching" / f"{name}.md").write_text("---\ntitle: Mine\n---\n")
    result = init(site, "--yes")
    assert (
        "_talks/: 1 page that is there stays as it is; a sheet adds its own to them\n"
        "_teaching/: 2 pages that are there stay as they are; a sheet adds its own to them\n"
    ) in result.output
    assert CliRunner().invoke(main, ["sync", "--site", str(site)]).exit_code == 0
    assert (site / "_talks" / "mine.md").read_text() == "---\ntitle: Mine\n---\n"


def test_crlf_and_a_byte_order_mark_stay(site: Path) -> None:
    config = site / "_config.yml"
    config.write_bytes(b"\xef\xbb\xbf" + CONFIG.replace("\n", "\r\n").encode())
    init(site, "--yes")
    after = config.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# Welcome!\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    text = after.decode("utf-8-sig").replace("\r\n", "\n")
    assert gained(CONFIG, text) == GAINED
    assert "has all" in init(site, "--yes").output


def test_a_site_without_collections_gets_them_all(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: Mine")
    said = init(tmp_path, "--yes").output
    assert "the defaults of `talks`\n" in said
    assert "the defaults of `experience`, those of `talks`\n" in said
    config = yaml.safe_load((tmp_path / "_config.yml").read_text())
    assert list(config["collections"]) == ["publications", "talks", "experience", "teaching"]
    assert all(entry["output"] for entry in config["collections"].values())
    assert [entry["scope"]["type"] for entry in config["defaults"]] == list(config["collections"])
    assert config["exclude"][-1] == "data/"
    assert "node_modules" in config["exclude"]
    assert config["mdgen"] is None
    assert "has all" in init(tmp_path, "--yes").output


def test_defaults_that_are_there_stay(site: Path) -> None:
    entry = '  - {scope: {path: "", type: experience}, values: {layout: mine}}\n'
    text = CONFIG.replace("  # _posts\n", f"{entry}  # _posts\n")
    (site / "_config.yml").write_text(text)
    init(site, "--yes")
    assert "layout: talk" not in gained(text, (site / "_config.yml").read_text())


def test_collections_as_a_list(tmp_path: Path) -> None:
    text = "collections:\n- talks\n- publications\n- teaching\nexclude: [data]\nmdgen: {}\n"
    (tmp_path / "_config.yml").write_text(text)
    init(tmp_path, "--yes")
    after = (tmp_path / "_config.yml").read_text()
    assert gained(text, after) == "- experience\n"


def test_collections_in_braces(tmp_path: Path) -> None:
    text = "collections: {talks: {output: true}, publications: {}, teaching: {}, }\nexclude: []\n"
    (tmp_path / "_config.yml").write_text(text)
    init(tmp_path, "--yes")
    after = (tmp_path / "_config.yml").read_text()
    assert after.startswith(
        "collections: {talks: {output: true}, publications: {}, teaching: {}, experience:"
        ' {output: true, permalink: "/:collection/:path/"} }\n'
    )
    assert yaml.safe_load(after)["exclude"] == ["data/"]


def test_a_data_folder_with_more_than_sheets_stays_published(site: Path) -> None:
    (site / "data").mkdir()
    (site / "data" / "map.json").write_text("{}")
    (site / "papers.csv").write_text("title,pub_date\n")
    config = site / "_config.yml"
    sheets = "[papers.csv, 'https://sheets.example/x.csv', ../y.csv]"
    config.write_text(f"{CONFIG}mdgen:\n  sheets: {{publications: {sheets}}}\n")
    init(site, "--yes")
    assert yaml.safe_load(config.read_text())["exclude"][3:] == [
        "papers.csv", "data/talks.csv", "data/experience.csv", "data/teaching.csv"
    ]  # fmt: skip


def test_a_hook_file_that_is_there_gains_the_hook(site: Path) -> None:
    text = "# ours\nrepos:\n-   repo: https://example.org/x\n    hooks:\n    -   id: x\n"
    hooks = site / ".pre-commit-config.yaml"
    hooks.write_text(text)
    init(site, "--yes")
    assert gained(text, hooks.read_text()).startswith(
        "- repo: local\n  hooks:\n    - id: mdgen-sync"
    )
    hooks.write_text("repos: [{repo: meta, hooks: [{id: mdgen-check}]}]\n")
    assert "has all" in init(site, "--yes").output


def test_below_the_top_of_a_repository_the_hook_is_left_to_the_person(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "_config.yml").write_text(CONFIG)
    result = init(tmp_path / "docs", "--yes")
    assert "add the hook there yourself" in result.output
    assert not (tmp_path / "docs" / ".pre-commit-config.yaml").exists()


def test_an_include_in_the_way_is_left_alone_and_named(site: Path) -> None:
    path = site / "_includes" / "mdgen" / "experience.html"
    path.parent.mkdir(parents=True)
    path.write_text("mine\n")
    result = init(site, "--yes")
    assert result.exit_code == 1
    assert "_includes/mdgen/experience.html: is in the way" in result.output
    assert path.read_text() == "mine\n"
    assert init(site, "--yes").exit_code == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\n...\n", "mdgen cannot add to `collections`"),
        ("x: &x {talks: {}}\ncollections: *x\n", "mdgen cannot add to `collections`"),
        ("exclude: data.csv\n", "mdgen cannot add to `exclude`"),
        ("a: [\n", "_config.yml"),
    ],
)
def test_what_cannot_gain_lines_is_refused_and_nothing_is_written(
    text: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "_config.yml").write_text(text)
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2
    assert says in result.output
    assert list(files(tmp_path)) == ["_config.yml"]
    assert (tmp_path / "_config.yml").read_text() == text


def test_a_folder_without_settings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_talks").mkdir()
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2
    assert "has no _config.yml" in result.output


def test_a_site_that_init_set_up_builds_and_publishes_no_sheet(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SITE, source)
    config = source / "_config.yml"
    text = config.read_text().replace("exclude: [data]\n", "")
    config.write_text("\n".join(x for x in text.splitlines() if "experience" not in x) + "\n")
    assert init(source, "--yes").exit_code == 0
    (source / "data" / "experience.csv").write_text(
        "title,organization,start_date\nPostdoc,Lab,2020\n"
    )
    (source / "index.md").write_text("---\ntitle: x\n---\n{% include mdgen/experience.html %}\n")
    assert CliRunner().invoke(main, ["sync", "--site", str(source)]).exit_code == 0
    built = build_site(source, tmp_path / "site")
    assert "Postdoc" in seen(built.read("/").body)
    assert "2020" in seen(built.read("/experience/2020-01-01-postdoc").body)
    assert not (built.root / "data").exists()
    assert (built.root / "assets/css/mdgen.css").exists()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "k:\n  - new\n"),
        ("k:\n", "k:\n  - new\n"),
        ("k: # none\nz: 1\n", "k: # none\n  - new\nz: 1\n"),
        ("k: [ ]", "k: [new ]"),
        ("z:\n  y:\n    - k\nk:\n  -\n    # not yet\n  # b", "z:\n  y:\n    - k\nk:\n  -\n    # not yet\n  - new\n  # b"),
        ("k:\n  - a", "k:\n  - a\n  - new\n"),
        ("k: [a,  b ,]\n", "k: [a,  b , new]\n"),
        ("k: [\n  a, # one\n  b\n]\n", "k: [\n  a, # one\n  b, new\n]\n"),
        ("k:\n- a\n- b: |\n    x\n\n\n\nz: 1\n", "k:\n- a\n- b: |\n    x\n- new\n\n\n\nz: 1\n"),
        ("k:\n  - a\n  - b:\n      c:\n\n# z\nz: 1\n", "k:\n  - a\n  - b:\n      c:\n  - new\n\n# z\nz: 1\n"),
        ("k: [a]\nk: [b]\n", "k: [a]\nk: [b, new]\n"),
        ("a: &a x\nk:\n  - y\n  - *a\n", "a: &a x\nk:\n  - y\n  - *a\n  - new\n"),
        ("a: &a x\nk:\n  - y: *a\nz: 1", "a: &a x\nk:\n  - y: *a\n  - new\nz: 1"),
        ("k:\n  - 'ü\u2028'\n  - é\u0085\n", "k:\n  - 'ü\u2028'\n  - é\u0085\n  - new\n"),
    ],
)  # fmt: skip
def test_where_a_new_item_goes(text: str, after: str) -> None:
    assert add(text, "k", ["new"]) == after


def test_broken_yaml_is_refused() -> None:
    with pytest.raises(MdgenError):
        add("a: [", "k", ["new"])


def test_every_kind_of_value_is_written_so_that_it_is_read_back() -> None:
    value: Data = {
        "a b": [{"x": True, "y": []}, "no", "1", ""],
        "n": None,
        "t": {"f": False, "d": {}},
    }
    assert yaml.safe_load(block(value)) == value
    assert yaml.safe_load(add("k: {}", "k", value))["k"] == value


TEXTS = st.text("ab:#-,[]{}&*!|>'\"%@` 1é\n", max_size=8)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(TEXTS, VALUES, max_size=3),
    st.lists(VALUES, max_size=3),
    st.sampled_from([None, True, False]),
    st.integers(2, 6),
)
def test_any_settings_gain_what_is_added_and_nothing_else(
    others: dict[str, object],
    there: list[object],
    style: bool | None,  # noqa: FBT001
    indent: int,
) -> None:
    data = {**others, "k": there}
    text = yaml.safe_dump(
        data, default_flow_style=style, indent=indent, allow_unicode=True, sort_keys=False
    )
    after = add(text, "k", ["new", {"deep": ["x"]}])
    assert yaml.safe_load(after) == data | {"k": [*there, "new", {"deep": ["x"]}]}
