"""`mdgen watch`: real processes, real saves, a real Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest

from mdgen import watching
from mdgen.settings import Site
from mdgen.watching import PATIENCE, QUIET, Stamp, Watch
from tests.sheets.makers import xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

MDGEN = Path(sys.executable).with_name("mdgen")
DEADLINE = 30.0  # seconds: for machines that are busy; what is waited for comes at once
HEADER = ["title", "date", "venue"]
READING = ["Reading Fast", "2024-05-31", "Oslo"]
WRITING = ["Writing Slow", "2023-04-01", "Bergen"]
PAGE = "_talks/2024-05-31-reading-fast.md"


def csv_of(*rows: list[str]) -> str:
    return "".join(",".join(row) + "\n" for row in (HEADER, *rows))


@dataclass
class Running:
    """A site, and the `mdgen watch` that runs on it."""

    root: Path
    process: subprocess.Popen[str]
    lines: Queue[str]

    def says(self, *expected: str) -> None:
        """Wait for exactly these lines; the time of day is read as a dash."""
        got = [self.line() for _ in expected]
        assert got == list(expected)

    def line(self) -> str:
        try:
            line = self.lines.get(timeout=DEADLINE)
        except Empty:
            pytest.fail("mdgen watch said nothing more")
        return re.sub(r"^\d\d:\d\d:\d\d ", "- ", line)

    def save(self, name: str, content: str | bytes) -> None:
        """Save as most programs do: a new file takes the place of the old one."""
        data = content.encode() if isinstance(content, str) else content
        new = self.root / f".goutputstream-{os.getpid()}"
        new.write_bytes(data)
        new.replace(self.root / name)

    def end(self) -> tuple[int, list[str]]:
        """Press Ctrl-C; return the exit code and what is still said."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=DEADLINE)
        rest = list(iter(self.line, ""))
        return code, rest


@contextmanager
def watched(root: Path, *options: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [MDGEN, "watch", *options], cwd=root, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stderr is not None
    lines: Queue[str] = Queue()
    reader = Thread(target=_read, args=(process.stderr, lines))
    reader.start()
    try:
        yield Running(root, process, lines)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=DEADLINE)
        finally:
            process.kill()
            reader.join()
        process.stderr.close()


def _read(stream: IO[str], lines: Queue[str]) -> None:
    for line in stream:
        lines.put(line.rstrip("\n"))
    lines.put("")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text("title: A site\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/talks.csv").write_text(csv_of(READING))
    return tmp_path


def test_each_save_brings_the_pages_in_step_until_ctrl_c(root: Path) -> None:
    with watched(root) as site:
        site.says(
            "data/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
            "watching _config.yml, data/talks.csv; Ctrl-C ends it",
        )
        (root / "data/talks.csv").write_text(csv_of(READING, WRITING))
        site.says(
            "- data/talks.csv saved",
            "data/talks.csv -> _talks/: 1 added, 0 changed, 1 unchanged",
        )
        _write_what_programs_leave_behind(root)
        site.save("data/talks.csv", csv_of([*READING[:2], "Tromsø"], WRITING))
        site.says(
            "- data/talks.csv saved",
            "data/talks.csv -> _talks/: 0 added, 1 changed (venue), 1 unchanged",
        )
        assert site.end() == (0, ["mdgen: stopped watching; every page is whole"])
    assert 'venue: "Tromsø"' in (root / PAGE).read_text(encoding="utf-8")


def _write_what_programs_leave_behind(root: Path) -> None:
    """Lock, backup and temporary files of Excel, LibreOffice, GNOME, Vim, Emacs and KDE."""
    names = (
        "~$talks.xlsx .~lock.talks.csv# .goutputstream-X1Y2Z3 4913 .talks.csv.swp talks.csv~"
        " #talks.csv# talks.csv.a1b2c3 A1B2C300 talks.tmp .talks.csv.kate-swp"
    )
    for name in names.split():
        (root / "data" / name).write_text("not,a,sheet\n")
    (root / "data/.#talks.csv").symlink_to("somebody@somewhere.1234")


def test_a_bad_sheet_is_told_of_and_the_watch_goes_on(root: Path) -> None:
    with watched(root, "--verbose") as site:
        site.says(
            f"added: {PAGE}",
            "data/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
            "watching _config.yml, data/talks.csv; Ctrl-C ends it",
        )
        site.save("data/talks.csv", csv_of(["Reading Fast", "soon", "Oslo"]))
        assert site.line() == "- data/talks.csv saved"
        assert site.line().startswith("data/talks.csv:2: date: 'soon' ")
        site.says("data/talks.csv: 1 problem; nothing was written")
        site.save("_config.yml", "mdgen: {date_ordre: DMY}\n")
        site.says(
            "- _config.yml saved",
            "_config.yml: mdgen.date_ordre: is no setting of mdgen; did you mean `date_order`?",
        )
        site.save("_config.yml", "mdgen: {sheets: {talks: sheets/talks.csv}}\n")
        assert site.line() == "- _config.yml saved"
        assert site.line().startswith("sheets/talks.csv: is not there")
        site.says("sheets/talks.csv: 1 problem; nothing was written")
        (root / "data/talks.csv").write_text(csv_of(WRITING))  # no sheet of the site any more
        (root / "sheets").mkdir()
        site.save("sheets/talks.csv", csv_of(WRITING))
        site.says(
            "- sheets/talks.csv saved",
            "added: _talks/2023-04-01-writing-slow.md",
            "sheets/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
        )


def test_a_save_that_has_only_begun_is_waited_for(root: Path) -> None:
    (root / "data/talks.csv").unlink()
    workbook = xlsx({"Talks": [HEADER, READING]})
    with watched(root) as site:
        assert site.line().startswith(f"mdgen: {root}: no sheet found; mdgen looks for ")
        site.says("watching _config.yml; Ctrl-C ends it")
        with (root / "data/talks.xlsx").open("wb", buffering=0) as file:
            for start in range(0, len(workbook), 256):
                file.write(workbook[start : start + 256])
                time.sleep(2 * QUIET if start == 0 else 0)
        site.says(
            "- data/talks.xlsx saved",
            "data/talks.xlsx -> _talks/: 1 added, 0 changed, 0 unchanged",
        )
        (root / "data/talks.xlsx").write_bytes(workbook[:600])
        assert site.line() == "- data/talks.xlsx saved"
        assert "cut off" in site.line()
        site.says("data/talks.xlsx: 1 problem; nothing was written")
        (root / "data/talks.xlsx").unlink()
        last = f"mdgen: {root}: no sheet found"
        rest = list(iter(lambda: site.line()[: len(last)], last))
        assert rest[-2] == "- data/talks.xlsx gone"
        assert rest[-1].startswith("data/talks.xlsx: was the sheet of _talks/")


def test_the_site_may_be_named_and_quiet_names_problems_only(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with watched(elsewhere, "--quiet", "--site", str(root)) as site:
        site.root = root
        _wait_for(root / PAGE)
        site.save("data/talks.csv", csv_of(WRITING))
        _wait_for(root / "_talks/2023-04-01-writing-slow.md")
        assert site.end() == (0, ["mdgen: stopped watching; every page is whole"])


def _wait_for(path: Path) -> None:
    end = time.monotonic() + DEADLINE
    while not path.exists():
        assert time.monotonic() < end, f"{path} did not come"
        time.sleep(0.05)


def test_without_watchfiles_the_way_out_is_named(root: Path) -> None:
    code = "import sys; sys.modules['watchfiles'] = None; import mdgen.cli; mdgen.cli.main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "watch"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    message = "mdgen: `mdgen watch` needs watchfiles; pip install 'mdgen[watch]' brings it\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", message)
    assert not (root / PAGE).exists()


def stamp(size: int = 1, *, whole: bool = True) -> Stamp:
    return Stamp(inode=1, size=size, modified=1, whole=whole)


A, B = Path("a"), Path("b")


@pytest.mark.parametrize(
    ("seen", "after", "due"),
    [
        (stamp(1), PATIENCE, False),  # as it was
        (stamp(2), QUIET / 2, False),
        (stamp(2), QUIET, True),
        (stamp(2, whole=False), QUIET, False),
        (stamp(2, whole=False), PATIENCE, True),
        (None, QUIET, False),
        (None, PATIENCE, True),
    ],
)
def test_a_run_is_due_when_what_changed_is_whole_or_was_given_time(
    seen: Stamp | None, after: float, *, due: bool
) -> None:
    watch = Watch({A: stamp(1), B: stamp()}, {A: seen, B: stamp()}, since=0.0)
    assert watch.is_due(after) is due


def test_a_look_notes_when_a_file_last_changed(tmp_path: Path) -> None:
    path, other = tmp_path / "talks.csv", tmp_path / "teaching.csv"
    path.write_text("title\n")
    began = Watch.start([path, other])
    assert began.look(5.0) == began
    path.write_text("title,date\n")
    changed = began.look(6.0)
    assert (changed.changed, changed.gone, changed.since) == ((path,), (), 6.0)
    assert changed.look(7.0) == changed
    path.unlink()
    gone = changed.look(8.0)
    assert (gone.changed, gone.gone, gone.since) == ((path,), (path,), 8.0)


def test_a_sheet_that_becomes_readable_is_a_changed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talks.csv"
    path.write_text("title\n")

    def locked(*_: object) -> IO[bytes]:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", locked)  # as Windows does while Excel has the file
        began = Watch.start([path])
    assert began.look(1.0).changed == (path,)


def test_what_is_saved_while_the_settings_are_read_is_not_missed(tmp_path: Path) -> None:
    config, sheet = tmp_path / "_config.yml", tmp_path / "talks.csv"
    config.write_text("title: A\n")
    began = Watch.start([config])
    config.write_text("title: A site\n")
    assert began.on([config, sheet]).look(1.0).changed == (config,)


def test_the_files_are_the_settings_and_the_sheets(tmp_path: Path) -> None:
    usual = [
        f"data/{kind}{suffix}"
        for kind in ("publications", "talks", "teaching", "experience")
        for suffix in (".csv", ".tsv", ".xlsx", ".ods")
    ]
    usual.append("data/publications.bib")
    named = {"talks": ("a.csv", "https://example.org/b.csv"), "teaching": ("a.csv",)}
    site = Site(root=tmp_path, sheets=named)
    rest = [name for name in usual if not name.startswith(("data/talks", "data/teaching"))]
    assert sorted(watching.files_of(tmp_path, None)) == sorted(
        tmp_path / name for name in ("_config.yml", "data/places.csv", *usual)
    )
    assert sorted(watching.files_of(tmp_path, site)) == sorted(
        tmp_path / name for name in ("_config.yml", "data/places.csv", "a.csv", *rest)
    )


def test_the_folders_are_those_where_saves_happen(tmp_path: Path) -> None:
    for name in ("site/data", "cloud"):
        (tmp_path / name).mkdir(parents=True)
    link = tmp_path / "site/data/talks.csv"
    link.symlink_to(tmp_path / "cloud/papers.csv")
    files = [link, tmp_path / "site/_config.yml", tmp_path / "site/missing/a.csv"]
    assert watching.folders_of(files) == (
        tmp_path / "cloud",
        tmp_path / "site",
        tmp_path / "site/data",
    )


def test_without_events_the_looks_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK", 0.01)
    looks = watching.looks([tmp_path / "went away just now"])
    assert [next(looks) for _ in range(3)] == [None, None, None]
