"""The proof that nothing has changed never makes a wrong answer."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from mdgen import inputs, proofs
from mdgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Small</title><id>small</id></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout><text variable="title"/></layout></bibliography>
</style>
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder / "mdgen"


@pytest.fixture
def site(tmp_path: Path, cache: Path) -> Path:
    root = tmp_path / "site"
    (root / "_layouts").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "_layouts/single.html").write_text("{{ page.paperurl }}{{ page.citation }}")
    (root / "_config.yml").write_text("name: Ada Lovelace\n")
    (root / "data/talks.csv").write_text("title,date,description_file\nOne,2024,one.md\n")
    (root / "data/one.md").write_text("Text\n")
    (root / "data/publications.csv").write_text("title,pub_date,pdf\nP,2024,files/p.pdf\n")
    assert mdgen(root, "sync").exit_code == 0
    return root


def mdgen(root: Path, *words: str) -> Result:
    with contextlib.chdir(root):
        return CliRunner().invoke(main, list(words))


def imports_pandas(root: Path, *words: str) -> bool:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "mdgen", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return "| pandas\n" in run.stderr


def test_an_unchanged_check_says_the_same_without_pandas(site: Path) -> None:
    first = mdgen(site, "check")
    assert (first.exit_code, first.stderr.count("unchanged")) == (0, 2)
    assert mdgen(site, "check").stderr == first.stderr
    assert not imports_pandas(site, "check")


def edit(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(text)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (edit("data/talks.csv", "title,date\nOne,2025\n"), 1),
        (edit("data/one.md", "Other text\n"), 1),
        (edit("_config.yml", "mdgen: {nothing: 1}\n"), 2),
        (edit("_layouts/single.html", "{{ page.citation }}"), 1),
        (edit("_talks/2024-01-01-one.md", "mine\n"), 1),
        (edit("data/teaching.csv", "title,date\nC,2024\n"), 1),
        (lambda root: (root / "_talks/2024-01-01-one.md").unlink(), 1),
        (lambda root: shutil.rmtree(root / "_talks"), 1),
        (lambda root: (root / "data/talks.csv").unlink(), 1),
        (edit("files/p.pdf", "a file that was not there"), 0),
        (edit("_talks/by-hand.md", "---\ntitle: x\n---\n"), 0),
    ],
)
def test_whatever_changes_is_noticed(
    site: Path, change: Callable[[Path], object], code: int
) -> None:
    (site / "files").mkdir(exist_ok=True)
    mdgen(site, "check")
    change(site)
    after = mdgen(site, "check")
    fresh = mdgen(site, "check", "--diff")
    assert after.exit_code == code == fresh.exit_code


def test_a_cell_that_names_a_missing_file_warns_until_it_is_there(site: Path) -> None:
    assert "the site has no file files/p.pdf" in mdgen(site, "check").stderr
    (site / "files").mkdir(exist_ok=True)
    (site / "files/p.pdf").write_text("x")
    assert "the site has no file" not in mdgen(site, "check").stderr


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '{"looks": {}, "lines": []}',
        '{"looks": {"q:/": ""}, "lines": []}',
        '{"looks": 3}',
    ],
)
def test_a_damaged_proof_is_no_proof(cache: Path, damage: str) -> None:
    proofs.keep("key", {"t:/": "folder"}, ["line"])
    assert proofs.recall("key") == ["line"]
    (cache / "key.json").write_text(damage)
    assert proofs.recall("key") is None


def test_a_proof_of_another_place_is_no_proof(cache: Path) -> None:
    proofs.keep("key", {"f:/nowhere/at/all": "0" * 64}, ["line"])
    assert proofs.recall("key") is None
    assert proofs.recall("other") is None


def test_where_nothing_can_be_kept_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    proofs.keep("key", {"t:/": "folder"}, ["line"])
    assert proofs.recall("key") is None


def test_a_citation_style_of_the_site_counts(site: Path) -> None:
    style = site / "data/style.csl"
    style.write_text(STYLE)
    (site / "_config.yml").write_text("mdgen: {citation_style: data/style.csl}\n")
    (site / "data/publications.csv").write_text("title,pub_date,authors\nP,2024,Ada Lovelace\n")
    assert [mdgen(site, *words).exit_code for words in (["sync"], ["check"])] == [0, 0]
    style.write_text(STYLE.replace('"title"', '"title" suffix=", again"'))
    assert mdgen(site, "check").exit_code == 1


def test_a_proof_is_of_this_folder_these_words_and_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = proofs.key_of(["check"])
    assert key == proofs.key_of(["check"])
    assert key != proofs.key_of(["check", "quiet"])
    monkeypatch.chdir(tmp_path)
    assert key != proofs.key_of(["check"])
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    assert proofs.key_of(["check"])


def test_a_proof_is_of_every_file_that_mdgen_brings_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "templates/__pycache__").mkdir(parents=True)
    (tmp_path / "templates/include.html").write_text("")
    monkeypatch.setattr(proofs, "_PACKAGE", tmp_path)
    key = proofs.key_of(["check"])
    (tmp_path / "templates/__pycache__/include.pyc").write_text("")
    assert key == proofs.key_of(["check"])
    os.utime(tmp_path / "templates/include.html", ns=(0, 0))
    assert key != proofs.key_of(["check"])


def test_looks_are_told_only_while_somebody_listens(tmp_path: Path) -> None:
    inputs.file(tmp_path / "a", b"")
    inputs.passing()
    with inputs.recorded() as looks:
        inputs.file(tmp_path / "a", None)
        inputs.there(tmp_path)
        inputs.folder(tmp_path, [])
        inputs.folder(tmp_path / "none", None)
        inputs.tree(tmp_path)
    assert [look.partition(":")[0] for look in looks] == ["f", "t", "d", "d", "r"]
    assert inputs.same(looks)
    (tmp_path / "a").write_text("")
    assert not inputs.same(looks)


def test_what_passes_is_never_the_same_again() -> None:
    with inputs.recorded() as looks:
        inputs.passing()
    assert json.dumps(looks)
    assert not inputs.same(looks)


def test_a_folder_counts_only_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "inner")
    with inputs.recorded() as looks:
        inputs.folder(tmp_path, [("inner", None), ("link", None)])
    assert inputs.same(looks)
    (tmp_path / "inner/file").write_text("x")
    assert inputs.same(looks)
