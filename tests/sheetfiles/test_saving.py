"""A sheet's file is written whole or not at all, and only over what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdgen.problems import MdgenError
from mdgen.sheetfiles.saving import save


def test_a_new_sheet_gets_its_folder_and_the_usual_permissions(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    path = tmp_path / "data/talks.csv"
    save(path, b"title\n", None)
    assert path.read_bytes() == b"title\n"
    assert path.stat().st_mode == plain.stat().st_mode
    assert list(path.parent.iterdir()) == [path]


def test_permissions_and_a_symbolic_link_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "talks.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    save(link, b"new", b"old")
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_file_that_changed_in_the_meantime_is_left_alone(
    tmp_path: Path, before: bytes | None
) -> None:
    path = tmp_path / "talks.csv"
    path.write_bytes(b"other")
    with pytest.raises(MdgenError) as refused:
        save(path, b"new", before)
    assert str(refused.value) == (
        f"{path}: was changed by someone else in the meantime; run mdgen again"
    )
    assert path.read_bytes() == b"other"


def test_what_the_file_system_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file/talks.csv"
    with pytest.raises(MdgenError) as refused:
        save(path, b"new", None)
    assert str(refused.value) == f"{path}: cannot be written: Not a directory"


def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talks.csv"
    path.write_bytes(b"old")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(MdgenError, match="No space left on device"):
        save(path, b"new", b"old")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
