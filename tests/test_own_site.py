"""This repository is a site itself: its pages are what its sheets say."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from mdgen.cli import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]


def test_the_pages_of_this_repository_are_in_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("data", "_publications", "_talks", "files"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "_config.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "--diff"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(list((tmp_path / "_publications").iterdir())) == 2
    assert len(list((tmp_path / "_talks").iterdir())) == 10
