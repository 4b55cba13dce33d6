"""Files below the site root: read as they stand, written whole, and nowhere else."""

from __future__ import annotations

import os
import re
import stat
import threading
import time
from io import FileIO
from typing import TYPE_CHECKING

import pytest

from mdgen import folder
from mdgen.plan import Change, What
from mdgen.problems import MdgenError
from tests.bounds import stamps
from tests.rows import Row, files, run

if TYPE_CHECKING:
    from pathlib import Path

A = Row("Alpha", "a")
B = Row("Beta", "b")


def add(path: str, content: str = "new\n") -> Change:
    return Change(What.ADDED, path, None, content)


def change(path: str, before: str, after: str) -> Change:
    return Change(What.CHANGED, path, before, after)


def put(root: Path, path: str, content: bytes = b"old\n") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


# Reading.


def test_read_gives_texts_as_they_stand(tmp_path: Path) -> None:
    put(tmp_path, "_talks/b.md", b"\xef\xbb\xbfa\r\nb\n\xe2\x80\xa8")
    put(tmp_path, "_talks/a.png", b"\xff\xfe\x00")
    put(tmp_path, "_talks/empty")
    put(tmp_path, "_talks/empty", b"")
    put(tmp_path, "_talks/.mdgen-1.tmp")
    put(tmp_path, "_talks/folder.md/file.md")
    (tmp_path / "_talks/link.md").symlink_to("b.md")
    assert folder.read(tmp_path, "_talks") == {
        "_talks/a.png": None,
        "_talks/b.md": "\ufeffa\r\nb\n\u2028",
        "_talks/empty": "",
        "_talks/folder.md": None,
        "_talks/link.md": None,
    }


def test_read_a_folder_in_a_folder_and_the_root(tmp_path: Path) -> None:
    put(tmp_path, "files/bibtex/a.bib")
    put(tmp_path, "top.js")
    assert folder.read(tmp_path, "files/bibtex") == {"files/bibtex/a.bib": "old\n"}
    assert folder.read(tmp_path, "") == {"files": None, "top.js": "old\n"}


def test_read_a_long_file(tmp_path: Path) -> None:
    put(tmp_path, "_talks/a.md", "ü".encode() * 500_000)
    assert folder.read(tmp_path, "_talks") == {"_talks/a.md": "ü" * 500_000}


def test_read_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert folder.read(tmp_path, "_talks") == {}


def test_read_a_file_where_a_folder_has_to_be(tmp_path: Path) -> None:
    put(tmp_path, "_talks")
    with pytest.raises(MdgenError, match=r"^_talks: cannot be read: Not a directory$"):
        folder.read(tmp_path, "_talks")


def test_read_a_file_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "_talks/a.md")
    put(tmp_path, "_talks/b.md")

    def after_somebody_removed_it(path: str) -> FileIO:
        (tmp_path / "_talks/b.md").unlink(missing_ok=True)
        return FileIO(path)

    monkeypatch.setattr(folder, "FileIO", after_somebody_removed_it)
    with pytest.raises(MdgenError, match=r"^_talks/b\.md: went away while it was read; run mdgen"):
        folder.read(tmp_path, "_talks")


# Writing.


def test_added_changed_renamed_removed(tmp_path: Path) -> None:
    put(tmp_path, "_talks/changed.md")
    put(tmp_path, "_talks/old.md")
    put(tmp_path, "_talks/removed.md", b"a\r\nb")
    put(tmp_path, "_talks/other.md")
    changes = [
        add("_talks/added.md", "ü\n"),
        add("files/bibtex/a.bib"),
        change("_talks/changed.md", "old\n", "new\r\n"),
        Change(What.RENAMED, "_talks/new.md", "old\n", "newer\n", old_path="_talks/old.md"),
        Change(What.REMOVED, "_talks/removed.md", "a\r\nb", None),
    ]
    steps: list[tuple[int, int]] = []
    folder.apply(tmp_path, changes, progress=lambda done, total: steps.append((done, total)))
    assert files(tmp_path) == {
        "_talks/added.md": "ü\n",
        "_talks/changed.md": "new\r\n",
        "_talks/new.md": "newer\n",
        "_talks/other.md": "old\n",
        "files/bibtex/a.bib": "new\n",
    }
    assert steps == [(number, 6) for number in range(1, 7)]


def test_a_second_run_touches_no_file(tmp_path: Path) -> None:
    run(tmp_path, [A, B])
    before = stamps(sorted(tmp_path.rglob("*")))
    plan = run(tmp_path, [A, B])
    assert plan.changes == ()
    assert stamps(sorted(tmp_path.rglob("*"))) == before


def test_permissions_stay_and_new_files_get_those_of_the_user(tmp_path: Path) -> None:
    put(tmp_path, "_talks/a.md").chmod(0o640)
    before = os.umask(0o027)
    try:
        folder.apply(tmp_path, [change("_talks/a.md", "old\n", "new\n"), add("_talks/b.md")])
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("_talks/*")}
    assert modes == {"a.md": 0o640, "b.md": 0o640}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    put(tmp_path, "_talks/a.md")
    with (tmp_path / "_talks/a.md").open() as reader:
        folder.apply(tmp_path, [change("_talks/a.md", "old\n", "new\n")])
        assert reader.read() == "old\n"


def test_what_is_written_already_is_not_written_again(tmp_path: Path) -> None:
    file = put(tmp_path, "_talks/a.md", b"new\n")
    before = stamps([file])
    folder.apply(tmp_path, [change("_talks/a.md", "old\n", "new\n"), add("_talks/a.md")])
    folder.apply(tmp_path, [Change(What.REMOVED, "_talks/gone.md", "old\n", None)])
    assert stamps([file]) == before


def test_temporary_files_of_killed_runs_go_also_when_nothing_changes(tmp_path: Path) -> None:
    put(tmp_path, "_talks/.mdgen-123.tmp")
    put(tmp_path, "_talks/.mdgen-own.md")
    folder.apply(tmp_path, [], folders=["_talks", "_missing"])
    assert files(tmp_path) == {"_talks/.mdgen-own.md": "old\n"}


def test_a_system_that_writes_in_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:3]))
    folder.apply(tmp_path, [add("_talks/a.md", "0123456789\n")])
    assert files(tmp_path) == {"_talks/a.md": "0123456789\n"}


def test_names_that_are_one_file_where_case_does_not_count(tmp_path: Path) -> None:
    """A hard link stands for the one file that such a system sees under both names."""
    new = put(tmp_path, "_talks/a.md", b"new\n")
    os.link(new, tmp_path / "_talks/A.md")
    folder.apply(
        tmp_path, [Change(What.RENAMED, "_talks/a.md", "old\n", "new\n", old_path="_talks/A.md")]
    )
    assert new.read_text() == "new\n"


def test_names_that_are_two_files_where_case_counts(tmp_path: Path) -> None:
    put(tmp_path, "_talks/A.md")
    folder.apply(
        tmp_path, [Change(What.RENAMED, "_talks/a.md", "old\n", "new\n", old_path="_talks/A.md")]
    )
    assert files(tmp_path) == {"_talks/a.md": "new\n"}


# What is refused.


def refused(root: Path, *changes: Change) -> str:
    before = files(root)
    with pytest.raises(MdgenError) as caught:
        folder.apply(root, changes)
    assert files(root) == before
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["_talks/../a.md", "/srv/a.md", "../a.md", "./a.md", "_talks//a.md"]
)
def test_a_path_out_of_the_site(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    assert "is no path inside the site; mdgen writes nothing there" in refused(site, add(name))
    assert files(tmp_path) == {}


@pytest.mark.parametrize("name", ["_talks/..", "_talks/", "_talks/a\0.md"])
def test_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, add(name)) == (
        f"{name!r}: is no path inside the site; mdgen writes nothing there"
    )


def test_a_link_out_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / "_talks").symlink_to("../outside")
    outside = os.path.realpath(tmp_path / "outside")
    message = f"_talks: leads out of the site, to {outside}; mdgen writes nothing there"
    assert refused(site, add("_talks/a.md")) == message
    with pytest.raises(MdgenError, match=f"^{re.escape(message)}$"):
        folder.read(site, "_talks")
    assert "leads out of the site" in refused(site, add("_talks/deep/er/a.md"))


def test_a_link_inside_the_site_is_fine(tmp_path: Path) -> None:
    put(tmp_path, "content/talks/a.md")
    (tmp_path / "_talks").symlink_to("content/talks")
    folder.apply(tmp_path, [change("_talks/a.md", "old\n", "new\n")])
    assert folder.read(tmp_path, "_talks") == {"_talks/a.md": "new\n"}
    assert (tmp_path / "_talks").is_symlink()


def test_a_page_name_that_is_a_link(tmp_path: Path) -> None:
    put(tmp_path, "about.md")
    (tmp_path / "_talks").mkdir()
    (tmp_path / "_talks/a.md").symlink_to("../about.md")
    assert refused(tmp_path, change("_talks/a.md", "old\n", "new\n")) == (
        "_talks/a.md: is a link or a device, where a page has to be; give it another name"
    )


def test_a_page_name_that_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "_talks/a.md/file")
    assert refused(tmp_path, add("_talks/a.md")) == (
        "_talks/a.md: is a folder, where a page has to be; give it another name"
    )


def test_a_folder_name_that_is_a_file(tmp_path: Path) -> None:
    put(tmp_path, "_talks")
    assert refused(tmp_path, add("_talks/a.md")) == "_talks: cannot be read: Not a directory"


@pytest.mark.parametrize(
    ("there", "planned"),
    [
        (b"saved\n", change("_talks/a.md", "old\n", "new\n")),
        (b"saved\n", add("_talks/a.md")),
        (b"saved\n", Change(What.REMOVED, "_talks/a.md", "old\n", None)),
        (None, change("_talks/a.md", "old\n", "new\n")),
    ],
)
def test_a_page_that_was_saved_in_the_meantime(
    tmp_path: Path, there: bytes | None, planned: Change
) -> None:
    if there is not None:
        put(tmp_path, "_talks/a.md", there)
    assert refused(tmp_path, planned) == (
        "_talks/a.md: was changed by someone else in the meantime; run mdgen again"
    )


def test_a_page_that_is_write_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's answer for others than root, for whom the tests of faults ask it."""
    put(tmp_path, "_talks/a.md")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(tmp_path, change("_talks/a.md", "old\n", "new\n")) == (
        "_talks/a.md: cannot be written: Permission denied"
    )


def test_half_a_character(tmp_path: Path) -> None:
    assert refused(tmp_path, add("_talks/a.md", "a\ud83d")) == (
        "_talks/a.md: U+D83D is half of a character; type it again"
    )


def test_a_write_that_fails_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "_talks/a.md")

    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(os, "replace", fail)
    assert refused(tmp_path, change("_talks/a.md", "old\n", "new\n")) == (
        "_talks/a.md: cannot be written: the disk is gone"
    )


# The lock.


def test_a_thread_waits_for_the_other(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with folder.locked(tmp_path):
            order.append("other")

    thread = threading.Thread(target=other)
    with folder.locked(tmp_path), folder.locked(tmp_path):
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
    assert files(tmp_path) == {}
