"""Differences as git shows and applies them, and the order in which files are written."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdgen import folder
from mdgen.plan import Change, Plan, What
from mdgen.plan.steps import Step, steps_of
from tests.rows import SHEET, files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def renamed(old: str, new: str, before: str = "old\n", after: str = "new\n") -> Change:
    return Change(What.RENAMED, new, before, after, old_path=old)


def test_diff_of_a_new_page() -> None:
    assert Change(What.ADDED, "_talks/a.md", None, "one\ntwo\n").diff == (
        "diff --git a/_talks/a.md b/_talks/a.md\n"
        "new file mode 100644\n"
        "--- /dev/null\n"
        "+++ b/_talks/a.md\n"
        "@@ -0,0 +1,2 @@\n"
        "+one\n"
        "+two\n"
    )


def test_diff_of_a_removed_page() -> None:
    assert Change(What.REMOVED, "a.md", "one", None).diff == (
        "diff --git a/a.md b/a.md\n"
        "deleted file mode 100644\n"
        "--- a/a.md\n"
        "+++ /dev/null\n"
        "@@ -1 +0,0 @@\n"
        "-one\n"
        "\\ No newline at end of file\n"
    )


def test_diff_of_a_renamed_page() -> None:
    assert renamed("a b.md", 'c"d.md', "x\u2028y\n", "x\r\n").diff == (
        'diff --git a/a b.md "b/c\\042d.md"\n'
        "rename from a b.md\n"
        'rename to "c\\042d.md"\n'
        "--- a/a b.md\t\n"
        '+++ "b/c\\042d.md"\n'
        "@@ -1 +1 @@\n"
        "-x\u2028y\n"
        "+x\r\n"
    )
    assert renamed("a.md", "b.md", "x", "x").diff == (
        "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n"
    )


TEXTS = st.text(st.sampled_from("ab\r\n\u2028\x85"), min_size=1)


def test_git_applies_the_diff_of_a_plan(tmp_path: Path) -> None:
    @settings(max_examples=40, deadline=None)
    @given(TEXTS, TEXTS)
    def any_texts(old: str, new: str) -> None:
        applies_like_git(
            tmp_path,
            {"changed.md": old, "old name.md": old, "removed.md": old},
            [
                Change(What.ADDED, "folder/added.md", None, new),
                Change(What.CHANGED, "changed.md", old, new + "c"),
                renamed("old name.md", "ü.md", old, new),
                Change(What.REMOVED, "removed.md", old, None),
            ],
        )

    any_texts()


def test_git_applies_the_diff_of_pages_that_swap_names(tmp_path: Path) -> None:
    applies_like_git(
        tmp_path,
        {"a.md": "1\n2\n3\n", "b.md": "4\n5\n6\n"},
        [
            renamed("a.md", "b.md", "1\n2\n3\n", "1\n2\n7\n"),
            renamed("b.md", "a.md", "4\n5\n6\n", "4\n"),
        ],
    )


def applies_like_git(tmp_path: Path, before: dict[str, str], changes: Sequence[Change]) -> None:
    sites = [tmp_path / "git", tmp_path / "ours"]
    for site in sites:
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir()
        for path, text in before.items():
            (site / path).write_bytes(text.encode())
    patch = Plan(SHEET, changes=tuple(changes)).diff.encode()
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn"],
        cwd=sites[0],
        input=patch,
        capture_output=True,
        check=False,
        env={"GIT_CEILING_DIRECTORIES": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    folder.apply(sites[1], changes)
    assert files(sites[0]) == files(sites[1])


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        (
            [renamed("a", "b"), Change(What.REMOVED, "c", "old\n", None)],
            [Step("b", "new\n", None), Step("a", None, "old\n"), Step("c", None, "old\n")],
        ),
        (
            [renamed("a", "b", after="A\n"), renamed("b", "c", after="B\n")],
            [
                Step("c", "B\n", None),
                Step("b", "A\n", "old\n"),
                Step("a", None, "old\n"),
            ],
        ),
        (
            [renamed("b", "c", after="B\n"), renamed("a", "b", after="A\n")],
            [
                Step("c", "B\n", None),
                Step("b", "A\n", "old\n"),
                Step("a", None, "old\n"),
            ],
        ),
        (
            [renamed("a", "b", "A\n", "A2\n"), renamed("b", "a", "B\n", "B2\n")],
            [
                Step("mdgen-moving-b", "A2\n", None),
                Step("a", "B2\n", "A\n"),
                Step("b", "A2\n", "B\n"),
                Step("mdgen-moving-b", None, "A2\n"),
            ],
        ),
        (
            [renamed("a", "b", "A\n"), Change(What.REMOVED, "b", "B\n", None)],
            [Step("b", "new\n", "B\n"), Step("a", None, "A\n")],
        ),
        (
            [renamed("A", "a", "A\n")],
            [Step("a", "new\n", None), Step("A", None, "A\n", kept_as="a")],
        ),
    ],
)
def test_steps(changes: Sequence[Change], steps: Sequence[Step]) -> None:
    assert steps_of(changes) == steps


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_no_step_overwrites_what_is_nowhere_else(
    order: Sequence[int], names: Sequence[int]
) -> None:
    """Pages 0 to 5 take each other's names, planned in any order: after each step all are there."""
    moving = [number for number in order if names[number] != number]
    changes = [
        renamed(str(number), str(names[number]), f"page {number}\n", f"page {number}\n")
        for number in moving
    ]
    there = {str(number): f"page {number}\n" for number in range(6)}
    for step in steps_of(changes):
        assert there.get(step.path) == step.before
        if step.text is None:
            del there[step.path]
        else:
            there[step.path] = step.text
        assert set(there.values()) == {f"page {number}\n" for number in range(6)}
    assert there == {str(names[number]): f"page {number}\n" for number in range(6)}
