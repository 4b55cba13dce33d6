"""The commands as people run them: what they write, say, and exit with."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from mdgen.cli import collections, main
from mdgen.kinds import KINDS
from tests.sheets.makers import xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = "name: Ada Lovelace\npublication_category: {manuscripts: {title: Articles}}\n"
TALKS = "title,date,venue,url_slug\nOne,2024-01-02,V,one\nTwo,2023-04-05,V,two\n"


@dataclass(frozen=True)
class Workspace:
    """A site in a folder, and `mdgen` run in it."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: str) -> Result:
        result = CliRunner().invoke(main, list(arguments), prog_name="mdgen")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def files(self, folder: str = "") -> dict[str, str]:
        return {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(tmp_path)
    workspace.write("_config.yml", CONFIG)
    return workspace


def test_a_sheet_becomes_pages_and_a_second_run_changes_nothing(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    result = site.run("talks", "data/talks.csv")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "",
        "data/talks.csv -> _talks/: 2 added, 0 changed, 0 unchanged\n",
    )
    before = {path: (site.root / path).stat().st_mtime_ns for path in site.files("_talks")}
    result = site.run("talks")
    assert result.stderr == "data/talks.csv -> _talks/: 0 added, 0 changed, 2 unchanged\n"
    assert before == {path: (site.root / path).stat().st_mtime_ns for path in before}


def test_check_writes_nothing_and_tells_what_would_change(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    result = site.run("talks", "--check")
    assert (result.exit_code, result.stderr) == (
        1,
        "data/talks.csv -> _talks/: 2 to add, 0 to change, 0 unchanged\n",
    )
    assert site.files("_talks") == {}
    site.run("talks")
    assert site.run("check").exit_code == 0


def test_diff_goes_to_stdout(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("talks")
    site.write("data/talks.csv", TALKS.replace("2023-04-05,V", "2023-04-05,W"))
    result = site.run("talks", "--check", "--diff")
    assert result.exit_code == 1
    assert '-venue: "V"\n+venue: "W"\n' in result.stdout
    assert "(venue)" in result.stderr


def test_every_problem_of_a_sheet_is_said_and_nothing_written(site: Workspace) -> None:
    site.write("data/talks.csv", "title,date\nGood,2024\n,2024\nBad,31/02/2024\n")
    result = site.run("talks")
    assert (result.exit_code, result.stderr) == (
        2,
        "data/talks.csv:3: title: is empty; write Markdown, one line\n"
        "data/talks.csv:4: date: '31/02/2024' is no day of the calendar; write it as 2024-02-28\n"
        "data/talks.csv: 2 problems; nothing was written\n",
    )
    assert site.files("_talks") == {}


def test_keep_going_writes_the_good_rows_and_removes_nothing(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("talks")
    site.write(
        "data/talks.csv", "title,date,venue,url_slug\nOne,2024-01-02,V,one\nTwo,soon,V,two\n"
    )
    result = site.run("talks", "--keep-going")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].startswith("data/talks.csv:3: date: 'soon' ")
    assert result.stderr.splitlines()[-1] == (
        "data/talks.csv: 1 of 2 rows waits until it is put right"
    )
    assert len(site.files("_talks")) == 2


def test_a_sheet_without_rows_empties_nothing_unless_forced(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("talks")
    site.write("data/talks.csv", "title,date\n")
    result = site.run("talks")
    assert (result.exit_code, result.stderr) == (
        2,
        "data/talks.csv: has no rows; `--force` removes the 2 pages made from it\n"
        "data/talks.csv: 1 problem; nothing was written\n",
    )
    assert site.run("talks", "--force").exit_code == 0
    assert site.files("_talks") == {}


def test_a_page_edited_by_hand_is_left_alone_and_said_even_when_quiet(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("talks")
    page = site.root / "_talks/2024-01-02-one.md"
    page.write_text(page.read_text().replace('venue: "V"', 'venue: "Mine"'))
    result = site.run("talks", "--quiet")
    assert result.exit_code == 1
    assert result.stderr.startswith("_talks/2024-01-02-one.md: ")
    assert "--force" in result.stderr
    assert 'venue: "Mine"' in page.read_text()
    assert site.run("talks", "--force").exit_code == 0
    assert 'venue: "V"' in page.read_text()


def test_sync_writes_all_sheets_and_a_bad_one_does_not_keep_the_others(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.write("data/teaching.csv", "title,date\nCourse,Spring 2024\n")
    site.write("data/publications.csv", "title,pub_date\n,2024\n")
    result = site.run("sync")
    assert result.exit_code == 2
    assert set(site.files("_talks")) | set(site.files("_teaching")) == {
        "_talks/2024-01-02-one.md",
        "_talks/2023-04-05-two.md",
        "_teaching/2024-03-01-course.md",
    }


def test_sync_says_where_it_looked_when_there_is_no_sheet(site: Workspace) -> None:
    result = site.run("sync")
    assert result.exit_code == 2
    assert "no sheet found; mdgen looks for data/publications.csv" in result.stderr


@pytest.mark.parametrize("command", ["sync", "check"])
def test_the_pages_of_the_only_sheet_are_named_when_it_is_gone(
    site: Workspace, command: str
) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("sync")
    (site.root / "data/talks.csv").unlink()
    result = site.run(command)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "data/talks.csv: was the sheet of _talks/2023-04-05-two.md, _talks/2024-01-02-one.md"
        " and is gone; bring it back, take the pages over with --adopt if it has another name now,"
        " or remove them\n"
    )
    assert "no sheet found; mdgen looks for data/publications.csv" in result.stderr


def test_a_kind_without_a_sheet_says_how_to_begin_one(site: Workspace) -> None:
    result = site.run("talks")
    assert result.exit_code == 2
    assert result.stderr == (
        f"mdgen: no sheet of talks found: {site.root} has no data/talks.csv (.tsv, .xlsx, .ods);"
        " name it, or begin one: `mdgen init` makes empty sheets\n"
    )
    assert site.run("init", "--yes").exit_code == 0
    assert site.run("talks").exit_code == 0


def test_check_reports_pages_whose_sheet_is_gone(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.write("data/more.csv", "title,date,url_slug\nA,2001,a\nB,2002,b\nC,2003,c\nD,2004,d\n")
    site.run("talks")
    site.run("talks", "data/more.csv")
    (site.root / "data/more.csv").unlink()
    result = site.run("check")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "data/more.csv: was the sheet of _talks/2001-01-01-a.md, _talks/2002-01-01-b.md,"
        " _talks/2003-01-01-c.md and 1 more and is gone; bring it back, take the pages over with"
        " --adopt if it has another name now, or remove them"
    )


def test_a_sheet_that_gets_another_name_takes_its_pages_along(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.run("sync")
    page = site.root / "_talks/2024-01-02-one.md"
    page.write_text(f"{page.read_text()}\n<!-- mdgen: yours below -->\nMine\n")
    (site.root / "data/talks.csv").rename(site.root / "data/talks.tsv")
    result = site.run("sync")
    assert result.exit_code == 1
    assert (
        "_talks/2024-01-02-one.md: is in the way, for it comes from data/talks.csv; take it over"
        " with --adopt if that sheet has another name now,"
    ) in result.stderr
    assert site.run("sync", "--adopt").exit_code == 0
    assert site.run("check").exit_code == 0
    assert page.read_text().endswith("\nMine\n")


def test_the_site_is_found_from_the_sheet_and_from_here(
    site: Workspace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = site.write("data/talks.csv", TALKS)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert site.run("talks", str(sheet)).exit_code == 0
    assert len(site.files("_talks")) == 2
    (elsewhere / "t.csv").write_text("title,date\nA,2020\n")
    assert site.run("talks", "t.csv", "--site", str(site.root)).exit_code == 0
    assert len(site.files("_talks")) == 3


def test_a_sheet_is_the_same_by_whichever_link_it_is_named(
    site: Workspace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "site").symlink_to(site.root)
    (elsewhere / "synchronized").mkdir()
    (site.root / "data").symlink_to(elsewhere / "synchronized")
    site.write("data/talks.csv", TALKS)
    assert site.run("sync").exit_code == 0
    link, sheet = str(elsewhere / "site"), "data/talks.csv"
    monkeypatch.chdir(elsewhere)
    for words in (
        [f"{link}/{sheet}", "--site", link],
        [f"{link}/{sheet}", "--site", str(site.root)],
        [str(site.root / sheet), "--site", link],
        ["--site", link],
    ):
        result = site.run("talks", *words, "--check")
        assert (result.exit_code, result.stderr) == (
            0,
            "data/talks.csv -> _talks/: 0 to add, 0 to change, 2 unchanged\n",
        )


def test_settings_name_the_sheet_and_the_worksheet_and_encoding_are_asked_for(
    site: Workspace,
) -> None:
    site.write("_config.yml", f"{CONFIG}mdgen: {{sheets: {{talks: lists/mine.csv}}}}\n")
    (site.root / "lists").mkdir()
    (site.root / "lists/mine.csv").write_bytes("title,date\nCafé,2020\n".encode("cp1252"))
    result = site.run("talks", "--encoding", "cp1252")
    assert result.stderr == "lists/mine.csv -> _talks/: 1 added, 0 changed, 0 unchanged\n"
    assert 'title: "Café"' in next(iter(site.files("_talks").values()))


def test_a_second_sheet_that_is_not_read_is_said(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    site.write("data/talks.tsv", TALKS.replace(",", "\t"))
    warning = (
        "warning: data/talks.tsv: is not read, for data/talks.csv is; remove one of the two, or"
        " name the right one under `mdgen: sheets:` in _config.yml\n"
    )
    for command in (["sync"], ["talks"], ["check"], ["check"]):
        result = site.run(*command)
        assert (result.exit_code, result.stderr.count(warning)) == (0, 1)
    assert "is not read" not in site.run("talks", "data/talks.tsv", "--check").stderr
    site.write("_config.yml", f"{CONFIG}mdgen: {{sheets: {{talks: data/talks.csv}}}}\n")
    assert "is not read" not in site.run("sync").stderr


def test_bad_settings_are_refused(site: Workspace) -> None:
    site.write("_config.yml", "mdgen: {colums: {}}\n")
    site.write("data/talks.csv", TALKS)
    result = site.run("talks")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            "_config.yml: mdgen.colums: is no setting of mdgen; did you mean `columns`?",
            "1 problem; nothing was written",
        ],
    )


def test_a_missing_sheet_is_refused_by_name(site: Workspace) -> None:
    result = site.run("talks", "data/none.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("data/none.csv: ")


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_sheet_of_a_kind_is_read_without_a_problem(site: Workspace, kind: str) -> None:
    header = site.run("columns", kind, "--csv").stdout
    site.write(f"data/{kind}.csv", header)
    result = site.run(kind)
    assert (result.exit_code, result.stderr.rstrip().split(": ")[-1]) == (
        0,
        "0 added, 0 changed, 0 unchanged",
    )


def test_columns_show_what_is_accepted(site: Workspace) -> None:
    shown = site.run("columns", "talks").stdout
    assert "date *\n    the day, or the first day\n    accepts a date: 2024-10-20, October" in shown
    assert "also called" not in shown
    assert "also called talk_date" in site.run("columns", "talks", "--aliases").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_complete_mdgen(site: Workspace, shell: str) -> None:
    assert "_MDGEN_COMPLETE" in site.run("completion", shell).stdout


def test_help_begins_with_examples(site: Workspace) -> None:
    assert "mdgen publications            write _publications/" in site.run("--help").stdout


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = ["pandas", "slugify", "nh3", "nameparser", "bibtexparser", "charset_normalizer"]
    code = f"import mdgen.cli, sys; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_mdgen_runs_as_a_module(site: Workspace) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mdgen", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert run.stdout.startswith("mdgen, version ")


def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "mdgen", "columns", "talks"]
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert b"Traceback" not in run.stderr
    assert run.stderr.startswith(b"mdgen: the output cannot be written: No space left on device")
    assert run.returncode != 0


class _Served(BaseHTTPRequestHandler):
    """Serves a sheet at /talks.csv, and never ends to answer at /slow.csv."""

    def do_GET(self) -> None:
        if self.path == "/slow.csv":
            time.sleep(30)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(TALKS.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Served) as served:
        served.daemon_threads = True
        served.block_on_close = False
        Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()


def test_a_sheet_on_the_web_is_named_by_its_address(site: Workspace, server: str) -> None:
    result = site.run("talks", f"{server}/talks.csv")
    assert (result.exit_code, result.stderr) == (
        0,
        f"{server}/talks.csv -> _talks/: 2 added, 0 changed, 0 unchanged\n",
    )
    assert (
        f"# Generated by mdgen from {server}/talks.csv ("
        in site.files()["_talks/2024-01-02-one.md"]
    )
    site.write("_config.yml", f"{CONFIG}mdgen: {{sheets: {{talks: '{server}/talks.csv'}}}}\n")
    assert site.run("check").exit_code == 0


def test_ctrl_c_ends_with_one_line(site: Workspace, server: str) -> None:
    command = [sys.executable, "-m", "mdgen", "talks", f"{server}/slow.csv"]
    with subprocess.Popen(
        command, cwd=site.root, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert (process.returncode, said) == (
        130,
        "mdgen: stopped; the pages written so far are whole\n",
    )


def test_long_work_shows_its_progress_on_a_terminal(site: Workspace) -> None:
    rows = "".join(f"T{number},2024,{number}\n" for number in range(600))
    site.write("data/talks.csv", f"title,date,url_slug\n{rows}")
    terminal, end = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "mdgen", "talks"],
        cwd=site.root,
        stderr=end,
        env=environment(),
        check=True,
    )
    os.close(end)
    said = b""
    with suppress(OSError):  # how Linux says that the other end was closed
        while more := os.read(terminal, 65536):
            said += more
    os.close(terminal)
    assert b"writing 600 pages" in said
    assert b"100%" in said
    assert b"600 added" in said


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def test_files_that_a_cell_names_are_read_and_refused_by_name(site: Workspace) -> None:
    site.write(
        "data/talks.csv",
        "title,date,description_file\nA,2024,a.md\nB,2024,../../etc/passwd\nC,2024,latin.md\n"
        "D,2024,none.md\n",
    )
    site.write("data/a.md", "From the *file*.\n")
    (site.root / "data/latin.md").write_bytes(b"caf\xe9")
    result = site.run("talks", "--keep-going")
    assert result.exit_code == 2
    assert [
        line.partition(": description_file: ")[2] for line in result.stderr.splitlines()[:3]
    ] == [
        "'../../etc/passwd' lies outside the sheet's folder; put the file beside the sheet",
        "'latin.md' is not UTF-8 text; save it as UTF-8",
        "'none.md' cannot be read (No such file or directory); name a file beside the sheet",
    ]
    assert site.files("_talks")["_talks/2024-01-01-a.md"].endswith("---\n\nFrom the *file*.\n")


def test_an_unknown_command_is_refused(site: Workspace) -> None:
    result = site.run("publish")
    assert result.exit_code == 2
    assert "No such command 'publish'; did you mean `publications`?" in result.stderr


def test_one_workbook_with_a_worksheet_for_each_kind_serves_them_all(site: Workspace) -> None:
    site.write("_config.yml", "mdgen: {sheets: {talks: cv.xlsx, teaching: cv.xlsx}}\n")
    header = ["title", "date"]
    book = {"Cover": [["My CV"]], "Talks": [header, ["A talk", "2024"]]}
    (site.root / "cv.xlsx").write_bytes(xlsx(book | {"Teaching": [header, ["A course", "2023"]]}))
    assert site.run("sync").exit_code == 0
    assert list(site.files("_talks")) == ["_talks/2024-01-01-a-talk.md"]
    assert list(site.files("_teaching")) == ["_teaching/2023-01-01-a-course.md"]


def test_the_columns_come_as_markdown_too(site: Workspace) -> None:
    assert site.run("columns", "teaching", "--markdown").stdout.startswith(
        "| column | accepts | what it is for | example |\n"
    )


def test_a_module_of_commands_has_those_of_the_kinds_alone() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'novels'"):
        collections.novels  # noqa: B018


def test_outside_of_a_site_it_says_so(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("no-site")
    monkeypatch.chdir(here)
    result = Workspace(here).run("sync")
    assert result.exit_code == 2
    assert "no site upwards from here" in result.stderr


def test_a_link_out_of_the_site_is_not_followed(site: Workspace) -> None:
    site.write("data/talks.csv", "title,date,description_file\nA,2024,out.md\n")
    (site.root / "data/out.md").symlink_to("/etc/hostname")
    result = site.run("talks")
    assert result.exit_code == 2
    assert result.stderr.startswith("data/talks.csv:2: description_file: 'out.md' ")


def test_a_reader_that_goes_away_is_no_fault(site: Workspace) -> None:
    run = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m mdgen columns publications --aliases | true"],
        cwd=site.root,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_what_cannot_be_tidied_up_is_named(site: Workspace) -> None:
    site.write("data/talks.csv", TALKS)
    (site.root / "_talks/.mdgen-1.tmp").mkdir(parents=True)
    result = site.run("talks")
    assert result.exit_code == 2
    assert "_talks/.mdgen-1.tmp" in result.stderr
