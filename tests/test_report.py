"""The plan in words, and the exit code."""

from __future__ import annotations

import pytest

from mdgen import report
from mdgen.plan import Change, Left, Override, Plan, Reason, What
from tests.rows import SHEET

TARGET = "_publications/"
ADDED = Change(What.ADDED, "new.md", None, "text")
CHANGED = Change(What.CHANGED, "a.md", "old", "new", keys=("date", "venue"))
BODY = Change(What.CHANGED, "b.md", "old", "new", keys=("title", "body"))
REDATED = Change(
    What.RENAMED,
    "2024-07-01-c.md",
    "old",
    "new",
    old_path="2024-01-01-c.md",
    keys=("date", "permalink"),
    dates=("2024-01-01", "2024-07-01"),
)
REDATED_TOO = Change(
    What.RENAMED, "y.md", "old", "new", old_path="x.md", dates=("2024-01-01", "2024-08-01")
)
RENAMED = Change(What.RENAMED, "d.md", "old", "new", old_path="c.md", keys=("permalink",))
ADOPTED = Change(What.ADOPTED, "e.md", "old", "new")
REMOVED = Change(What.REMOVED, "f.md", "old", None)


@pytest.mark.parametrize(
    ("plan", "done", "to_do"),
    [
        (
            Plan(SHEET, changes=(ADDED, ADDED), unchanged=("u.md",) * 37),
            "2 added, 0 changed, 37 unchanged",
            "2 to add, 0 to change, 37 unchanged",
        ),
        (
            Plan(SHEET, changes=(CHANGED,)),
            "0 added, 1 changed (date, venue), 0 unchanged",
            "0 to add, 1 to change (date, venue), 0 unchanged",
        ),
        (
            Plan(SHEET, changes=(CHANGED, BODY)),
            "0 added, 2 changed, 0 unchanged",
            "0 to add, 2 to change, 0 unchanged",
        ),
        (
            Plan(
                SHEET,
                changes=(ADDED, ADDED, REDATED, RENAMED, ADOPTED, REMOVED),
                unchanged=("u.md",) * 37,
                hidden=("h",),
            ),
            (
                "2 added, 0 changed, 1 re-dated (2024-01-01 -> 2024-07-01), 1 renamed, 1 adopted,"
                " 1 removed, 1 will not show (`published` is no), 37 unchanged"
            ),
            (
                "2 to add, 0 to change, 1 to re-date (2024-01-01 -> 2024-07-01), 1 to rename,"
                " 1 to adopt, 1 to remove, 1 will not show (`published` is no), 37 unchanged"
            ),
        ),
        (
            Plan(SHEET, changes=(REDATED, REDATED_TOO)),
            "0 added, 0 changed, 2 re-dated, 0 unchanged",
            "0 to add, 0 to change, 2 to re-date, 0 unchanged",
        ),
        (
            Plan(
                SHEET,
                left=(Left("a", Reason.EDITED), Left("b", Reason.WAITS, "a")),
                kept=("k.md",),
            ),
            "0 added, 0 changed, 1 kept without a row, 2 left alone, 0 unchanged",
            "0 to add, 0 to change, 1 kept without a row, 2 left alone, 0 unchanged",
        ),
    ],
)
def test_summary(plan: Plan, done: str, to_do: str) -> None:
    assert report.summary(plan, TARGET) == f"data/papers.csv -> _publications/: {done}"
    assert report.summary(plan, TARGET, check=True) == f"data/papers.csv -> _publications/: {to_do}"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), ""),
        ((Change(What.ADDED, "files/bibtex/new.bib", None, "text"),), " (and 1 file in {})"),
        (
            (
                Change(What.CHANGED, "files/bibtex/a.bib", "old", "new", keys=("body",)),
                Change(What.REMOVED, "files/bibtex/f.bib", "old", None),
            ),
            " (and 2 files in {})",
        ),
    ],
)
def test_files_that_go_with_pages_are_counted_apart(files: tuple[Change, ...], said: str) -> None:
    plan = Plan(
        SHEET,
        changes=(ADDED, *files),
        unchanged=("u.md", "files/bibtex/u.bib"),
        kept=("k.md", "files/bibtex/k.bib"),
    )
    assert report.summary(plan, TARGET) == (
        "data/papers.csv -> _publications/: 1 added, 0 changed, 1 kept without a row, 1 unchanged"
        + said.format("files/bibtex/")
    )


def test_where_no_page_stands_files_are_what_is_counted() -> None:
    plan = Plan(SHEET, changes=(Change(What.ADDED, "_includes/mdgen/a.html", None, "text"),))
    assert report.summary(plan, "_includes/mdgen/") == (
        "data/papers.csv -> _includes/mdgen/: 1 added, 0 changed, 0 unchanged"
    )


def test_lines_name_every_page() -> None:
    plan = Plan(
        SHEET,
        changes=(ADDED, CHANGED, REDATED, ADOPTED, REMOVED),
        unchanged=("u.md",),
        kept=("k.md",),
        hidden=("u.md",),
    )
    assert report.lines(plan) == [
        "added: new.md",
        "changed: a.md (date, venue)",
        "renamed: 2024-01-01-c.md -> 2024-07-01-c.md (date, permalink)",
        "adopted: e.md",
        "removed: f.md",
        "unchanged: u.md",
        "kept without a row: k.md",
        "will not show (`published` is no): u.md",
    ]
    assert report.lines(plan, check=True)[:5] == [
        "to add: new.md",
        "to change: a.md (date, venue)",
        "to rename: 2024-01-01-c.md -> 2024-07-01-c.md (date, permalink)",
        "to adopt: e.md",
        "to remove: f.md",
    ]


@pytest.mark.parametrize(
    ("left", "line"),
    [
        (
            Left("a.md", Reason.EDITED),
            (
                "a.md: was edited by hand; put the text into the sheet, move it below a line"
                " `<!-- mdgen: yours below -->`, or overwrite it with --force"
            ),
        ),
        (
            Left("a.md", Reason.EDITED, "b.md"),
            (
                "a.md: was edited by hand, so it is not renamed to b.md; put the text into"
                " the sheet, move it below a line `<!-- mdgen: yours below -->`, or overwrite it"
                " with --force"
            ),
        ),
        (
            Left("a.bib", Reason.EDITED_FILE),
            (
                "a.bib: was edited by hand; put the text into the sheet, or overwrite it with"
                " --force"
            ),
        ),
        (
            Left("a.md", Reason.UNMERGED, "b.md"),
            (
                "a.md: holds a merge that git could not settle, so it is not renamed to b.md;"
                " --force makes it anew from the sheet"
            ),
        ),
        (
            Left("a.md", Reason.EDITED_WITHOUT_ROW),
            "a.md: was edited by hand, and no row asks for it; give it a row, or remove it",
        ),
        (
            Left("a.md", Reason.YOURS_WITHOUT_ROW),
            (
                "a.md: no row asks for it, but somebody wrote below its keep line; give it a row,"
                " or remove it"
            ),
        ),
        (
            Left("a.md", Reason.UNMARKED),
            (
                "a.md: is in the way, for mdgen did not write it; move it, or take it over with"
                " --adopt"
            ),
        ),
        (
            Left("a.bib", Reason.UNMARKED_FILE),
            (
                "a.bib: is in the way, for mdgen did not write it; move it, or overwrite it with"
                " --adopt --force"
            ),
        ),
        (
            Left("a.md", Reason.OTHER_SHEET, detail="data/{b}.csv"),
            (
                "a.md: is in the way, for it comes from data/{b}.csv; take it over with --adopt if"
                " that sheet has another name now, else take its row out of one of the sheets"
            ),
        ),
        (
            Left("a.md", Reason.ADDRESS, "b.md"),
            (
                "a.md: has the address that b.md is to have, and Jekyll would show only one of the"
                " two; give it another `permalink`, or take it over with --adopt"
            ),
        ),
        (
            Left("a.md", Reason.SAME_ADDRESS, "b.md"),
            (
                "a.md: has the address of b.md, and Jekyll shows only one of the two; give it"
                " another `permalink`, or remove it"
            ),
        ),
        (
            Left("a.md", Reason.NO_TEXT),
            "a.md: is in the way, and is no file of UTF-8 text; move it",
        ),
        (
            Left("a.md", Reason.UNREADABLE, detail="line 1: no"),
            "a.md: its front matter cannot be read: line 1: no; mend it",
        ),
        (
            Left("a.md", Reason.REDIRECTS, "b.md", "/a"),
            (
                "a.md: its own `redirect_from` below the keep line would hide /a, so it is not"
                " renamed to b.md; add that to it"
            ),
        ),
        (
            Left("a.md", Reason.WAITS, "b.md"),
            "a.md: waits for b.md, which has to be settled first",
        ),
        (
            Left("a.md", Reason.KEPT_GOING, "b.md"),
            "a.md: is not renamed to b.md while rows of the sheet are refused",
        ),
    ],
)
def test_warning_says_what_to_do(left: Left, line: str) -> None:
    assert report.warnings(Plan(SHEET, left=(left,))) == [line]


def test_every_reason_has_words() -> None:
    for reason in Reason:
        [line] = report.warnings(Plan(SHEET, left=(Left("a.md", reason),)))
        assert line.startswith("a.md: ")


def test_warnings_of_keys_in_place_of_the_sheets_and_of_an_empty_sheet() -> None:
    plan = Plan(
        SHEET,
        overrides=(Override("a.md", ("venue",)), Override("b.md", ("venue", "date"))),
        emptied=("c.md",),
    )
    assert report.warnings(plan) == [
        "a.md: `venue` below `# mdgen: yours below` stands in place of what the sheet says",
        "b.md: `venue`, `date` below `# mdgen: yours below` stand in place of what the sheet says",
        (
            "data/papers.csv: has no rows; 1 page would go with them; check the sheet, or remove"
            " them with --force"
        ),
    ]
    [line] = report.warnings(Plan(SHEET, emptied=("c.md", "d.md")))
    assert "; 2 pages would go with them; " in line


@pytest.mark.parametrize(
    ("plan", "written", "checked"),
    [
        (Plan(SHEET, unchanged=("a",), kept=("b",), hidden=("a",)), 0, 0),
        (Plan(SHEET, changes=(ADDED,)), 0, 1),
        (Plan(SHEET, left=(Left("a", Reason.EDITED),)), 1, 1),
        (Plan(SHEET, emptied=("a",)), 1, 1),
    ],
)
def test_exit_code(plan: Plan, written: int, checked: int) -> None:
    assert report.exit_code(plan) == written
    assert report.exit_code(plan, check=True) == checked
