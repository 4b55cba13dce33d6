"""A lab's site: several sheets of one kind fill one collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mdgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

CONFIG = "name: Ada\nmdgen:\n  sheets: {publications: [data/a.csv, data/b.csv]}\n"
HEADER = "title,pub_date,doi,url_slug\n"


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "_config.yml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(main, list(words))


def write(lab: Path, sheet: str, *rows: str) -> None:
    (lab / "data" / f"{sheet}.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))


def pages(lab: Path) -> dict[str, str]:
    """Return which sheet each page comes from."""
    return {
        path.name: path.read_text().split("\n")[1].split()[5]
        for path in sorted((lab / "_publications").glob("*"))
    }


def test_two_sheets_fill_one_collection(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,,")
    write(lab, "b", "Two,2021,,")
    assert run("sync").exit_code == 0
    assert pages(lab) == {"2020-01-01-one.md": "data/a.csv", "2021-01-01-two.md": "data/b.csv"}
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("One (long version),2021,10.1000/ONE,other", "same DOI"),
        ("ONE!,2020-05,,other", "same title and year"),
    ],
)
def test_a_paper_in_two_sheets_has_one_page_and_it_is_said(
    row: str, why: str, lab: Path, run: Run
) -> None:
    write(lab, "a", "One,2020,10.1000/one,")
    write(lab, "b", "Two,2021,,", row)
    result = run("sync")
    assert result.exit_code == 0
    assert (
        f"warning: data/b.csv:3: is the paper of data/a.csv:2 ({why}), which has the page of both\n"
    ) in result.output
    assert pages(lab) == {"2020-01-01-one.md": "data/a.csv", "2021-01-01-two.md": "data/b.csv"}
    for command in (["publications", "data/b.csv", "--check"], ["publications", "--check"]):
        assert run(*command).exit_code == 0
    assert run("check").exit_code == 0


def test_two_papers_of_one_name_are_a_problem_that_names_both(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,,paper")
    write(lab, "b", "Other,2020,,Paper", "Third,2020,,")
    result = run("sync")
    assert result.exit_code == 2
    assert (
        "data/b.csv:2: the page _publications/2020-01-01-Paper.md is also that of data/a.csv:2;"
        " give one another `url_slug`\n"
    ) in result.output
    assert pages(lab) == {"2020-01-01-paper.md": "data/a.csv"}
    assert run("sync", "--keep-going").exit_code == 2
    assert list(pages(lab)) == ["2020-01-01-paper.md", "2020-01-01-third.md"]


def test_the_bib_file_of_a_paper_that_clashes_is_not_written_either(lab: Path, run: Run) -> None:
    header = "title,pub_date,url_slug,authors,venue\n"
    (lab / "data" / "a.csv").write_text(f"{header}One,2020,p,Ada Lovelace,J\n")
    (lab / "data" / "b.csv").write_text(f"{header}Other,2020,p,Bob Lee,J\nNew,2020,,Bob Lee,J\n")
    run("sync", "--keep-going")
    names = sorted(path.name for path in (lab / "files" / "bibtex").iterdir())
    assert names == ["2020-01-01-new.bib", "2020-01-01-p.bib"]
    assert "One" in (lab / "files/bibtex/2020-01-01-p.bib").read_text()


@pytest.mark.parametrize("command", ["sync", "alone"])
def test_a_page_changes_hands_with_what_is_written_on_it(command: str, lab: Path, run: Run) -> None:
    both = "One,2020,10.1000/one,"
    write(lab, "a", both, "Two,2021,,")
    write(lab, "b", both, "Three,2022,,")
    run("sync")
    page = lab / "_publications" / "2020-01-01-one.md"
    page.write_text(page.read_text() + "\n<!-- mdgen: yours below -->\nA note.\n")
    write(lab, "a", "Two,2021,,")
    if command == "alone":
        result = run("publications", "data/b.csv")
        assert "data/b.csv -> _publications/: 0 added, 1 changed, 1 unchanged" in result.output
    check = run("check", "--verbose")
    assert check.exit_code == (1 if command == "sync" else 0)
    assert "left alone" not in check.output
    assert run("sync").exit_code == 0
    assert pages(lab)["2020-01-01-one.md"] == "data/b.csv"
    assert page.read_text().endswith("\n<!-- mdgen: yours below -->\nA note.\n")
    write(lab, "a", "Two,2021,,", both)
    assert run("sync").exit_code == 0
    assert pages(lab)["2020-01-01-one.md"] == "data/a.csv"
    assert page.read_text().endswith("\n<!-- mdgen: yours below -->\nA note.\n")
    assert run("check").exit_code == 0


def test_a_page_that_changes_hands_and_text_shows_its_change(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,10.1000/one,")
    write(lab, "b", "One,2020,10.1000/one,")
    run("sync")
    write(lab, "a", "Two,2021,,")
    write(lab, "b", "One more,2020,10.1000/one,one")
    result = run("sync", "--diff")
    assert result.exit_code == 0
    assert "-# Generated by mdgen from data/a.csv" in result.output
    assert '+title: "One more"' in result.output
    assert pages(lab)["2020-01-01-one.md"] == "data/b.csv"


def test_a_sheet_that_cannot_be_read_does_not_keep_the_others_waiting(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,,")
    write(lab, "b", "One,2020,,", "Two,2021,,")
    run("sync")
    (lab / "data" / "a.csv").write_bytes(b"")
    result = run("sync")
    assert result.exit_code == 2
    assert pages(lab) == {"2020-01-01-one.md": "data/a.csv", "2021-01-01-two.md": "data/b.csv"}


def test_rows_that_are_refused_keep_their_pages(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,,")
    write(lab, "b", "One,2020,,", "Two,2021,,")
    run("sync")
    write(lab, "a", "One,2020-13-45,,")
    assert run("sync").exit_code == 2
    assert pages(lab)["2020-01-01-one.md"] == "data/a.csv"


def test_another_sheet_is_no_business_of_theirs(lab: Path, run: Run) -> None:
    write(lab, "a", "One,2020,,")
    write(lab, "b", "Two,2021,,")
    run("sync")
    write(lab, "c", "Three,2022,,")
    assert run("publications", "data/c.csv").exit_code == 0
    assert len(pages(lab)) == 3
    assert run("check").exit_code == 0


@pytest.fixture
def talker(lab: Path) -> Path:
    """Make a site whose jobs stand among its talks."""
    (lab / "_config.yml").write_text("name: Ada\n")
    (lab / "data/talks.csv").write_text("title,date,url_slug\nTalk,2020,stay\nMore,2019,\n")
    (lab / "data/experience.csv").write_text(
        "title,organization,start_date,url_slug\nJob,Lab,2021,job\n"
    )
    return lab


def test_a_talk_and_a_job_of_one_name_are_a_problem_that_names_both(talker: Path, run: Run) -> None:
    run("sync")
    page = talker / "_talks/2020-01-01-stay.md"
    before = page.read_text()
    with (talker / "data/experience.csv").open("a") as sheet:
        sheet.write("Stay,Lab,2020,stay\n")
    for command in (["sync"], ["sync", "--adopt"], ["experience", "--adopt"]):
        result = run(*command)
        assert result.exit_code == 2
        assert (
            "data/experience.csv:3: the page _talks/2020-01-01-stay.md is also that of"
            " data/talks.csv:2; give one another `url_slug`\n"
        ) in result.output
    assert page.read_text() == before


def test_a_row_that_moves_from_the_talks_to_the_jobs_takes_its_page_along(
    talker: Path, run: Run
) -> None:
    run("sync")
    page = talker / "_talks/2020-01-01-stay.md"
    page.write_text(page.read_text() + "\n<!-- mdgen: yours below -->\nA note.\n")
    (talker / "data/talks.csv").write_text("title,date,url_slug\nMore,2019,\n")
    with (talker / "data/experience.csv").open("a") as sheet:
        sheet.write("Stay,Lab,2020,stay\n")
    result = run("sync")
    assert result.exit_code == 0
    assert "data/experience.csv -> _talks/: 0 added, 1 changed, 1 unchanged\n" in result.output
    assert 'organization: "Lab"' in page.read_text()
    assert page.read_text().endswith("A note.\n")
    assert run("check").exit_code == 0


def test_one_file_for_talks_and_jobs_is_refused_where_both_fill_one_collection(
    talker: Path, run: Run
) -> None:
    config = "name: Ada\nmdgen: {sheets: {talks: data/all.csv, experience: data/all.csv}}\n"
    (talker / "_config.yml").write_text(config)
    (talker / "data/all.csv").write_text("title,date,organization,start_date\nA,2020,Lab,2020\n")
    result = run("sync")
    assert result.exit_code == 2
    assert (
        "data/all.csv: is the sheet of experience and of talks, whose pages could not be told apart"
        " in _talks/; keep them in two files, or declare a collection for each (`mdgen init` does)"
        "\n"
    ) in result.output
    assert not (talker / "_talks").exists()
    (talker / "_config.yml").write_text(f"{config}collections: {{talks: {{}}, experience: {{}}}}\n")
    assert "could not be told apart" not in run("sync").output
    assert [page.name for page in (talker / "_experience").iterdir()] == ["2020-01-01-a.md"]


def test_jobs_move_along_when_the_site_declares_their_collection(lab: Path, run: Run) -> None:
    sheet = lab / "data" / "experience.csv"
    sheet.write_text("title,organization,start_date\nPostdoc,Lab,2020\n")
    (lab / "_config.yml").write_text("name: Ada\n")
    run("sync")
    page = lab / "_talks" / "2020-01-01-postdoc.md"
    page.write_text(page.read_text() + "\n<!-- mdgen: yours below -->\nA note.\n")
    (lab / "_config.yml").write_text("name: Ada\ncollections: {experience: {output: true}}\n")
    result = run("sync")
    assert result.exit_code == 0, result.output
    assert not page.exists()
    moved = (lab / "_experience" / "2020-01-01-postdoc.md").read_text()
    assert 'redirect_from:\n  - "/talks/2020-01-01-postdoc"\n' in moved
    assert moved.endswith("A note.\n")
    assert run("check").exit_code == 0
