"""Pages that take another name: what is evidence, where old links lead, what waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdgen import marks
from mdgen.plan import Left, Options, Reason, What, make_plan
from mdgen.plan.renames import Item, item_of, match, moving_path, moving_to
from tests.rows import FOLDER, SHEET, Row, page, text
from tests.test_plan import ADOPT, FORCE, A, B, C, after, edited, folder_of, plan, short

if TYPE_CHECKING:
    from collections.abc import Sequence

LATER = A.but(date="2024-07-01")
MOVED = B.but(slug="bb")


def test_row_with_another_date_is_renamed_and_its_old_permalink_leads_to_it() -> None:
    [change] = plan([LATER], folder_of(A)).changes
    assert (change.what, change.old_path, change.path) == (What.RENAMED, A.path, LATER.path)
    assert (change.before, change.after) == (text(A), text(LATER, [A.permalink]))
    assert change.keys == ("permalink", "redirect_from", "date")
    assert change.dates == ("2024-01-01", "2024-07-01")


def test_row_with_another_slug_is_renamed_but_not_dated_anew() -> None:
    [change] = plan([MOVED], folder_of(B)).changes
    assert (change.what, change.dates) == (What.RENAMED, None)


def test_chain_of_renames_keeps_all_redirects_and_renaming_back_leads_to_no_page_itself() -> None:
    rows = [A, A.but(slug="a2"), A.but(slug="a3"), A]
    found = folder_of(A)
    redirects: list[list[str]] = [
        ["/publication/2024-01-01-a"],
        ["/publication/2024-01-01-a", "/publication/2024-01-01-a2"],
        ["/publication/2024-01-01-a2", "/publication/2024-01-01-a3"],
    ]
    for row, links in zip(rows[1:], redirects, strict=True):
        found = after(found, plan([row], found))
        assert found == {row.path: text(row, links)}


def test_redirect_ends_where_another_page_has_the_permalink_now() -> None:
    found: dict[str, str | None] = {A.path: text(A, [B.permalink + ".html", "/old"])}
    changes = plan([A, B], found).changes
    assert [change.after for change in changes] == [text(A, ["/old"]), text(B)]


def test_redirects_that_the_sheet_gives_stand_first() -> None:
    item = page(A, redirect_from=["/sheet"])
    there = marks.render(item, SHEET, ["/sheet", "/old"])
    assert make_plan([item], {A.path: there}, SHEET, Options()).unchanged == (A.path,)
    [change] = make_plan([item], {A.path: text(A, ["/old"])}, SHEET, Options()).changes
    assert change.after == there


def test_permalink_of_the_persons_own_stays_and_needs_no_redirect() -> None:
    found: dict[str, str | None] = {A.path: text(A, front="permalink: /mine\n")}
    assert [change.after for change in plan([LATER], found).changes] == [
        text(LATER, front="permalink: /mine\n")
    ]


def test_permalink_that_changes_under_the_same_name_joins_the_redirects() -> None:
    old = text(A).replace(A.permalink, "/papers/a")
    mark = marks.read_mark(old)
    assert mark is not None
    found: dict[str, str | None] = {
        A.path: old.replace(mark.digest, marks.digest(mark.parts.front, mark.parts.body))
    }
    assert [change.after for change in plan([A], found).changes] == [text(A, ["/papers/a"])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A.but(doi="10.1/X"), LATER.but(title="Other", doi="https://doi.org/10.1/x")),
        (A.but(url="https://x.org/1"), LATER.but(title="Other", url="https://x.org/1/")),
        (A.but(title="C &amp; D: a *test*"), LATER.but(title="C & D – A Test")),
    ],
)
def test_evidence(old: Row, new: Row) -> None:
    assert short(plan([new], folder_of(old)).changes) == [(What.RENAMED, old.path, new.path)]


COURSE = Row("Introducton to the Biology of Fish", "introducton")


@pytest.mark.parametrize(
    "title", ["Introduction to the Biology of Fish", "Introducton to the Biology of Fish: Carps"]
)
def test_title_that_was_mended_takes_its_page_along(title: str) -> None:
    new = COURSE.but(title=title, slug="introduction")
    found: dict[str, str | None] = {COURSE.path: text(COURSE, ["/old"], body="Mine\n")}
    [change] = plan([new], found).changes
    assert (change.what, change.old_path) == (What.RENAMED, COURSE.path)
    assert change.after == text(new, ["/old", COURSE.permalink], body="Mine\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (COURSE, COURSE.but(title="Introduction to the Zoology of Fish", slug="b")),
        (
            COURSE,
            COURSE.but(title="Introduction to the Biology of Fish", slug="b", date="2025-01-01"),
        ),
        (COURSE.but(title="Fish, volume 1"), COURSE.but(title="Fish, volume 2", slug="b")),
        (COURSE.but(doi="10.1/a"), COURSE.but(title=f"{COURSE.title}s", slug="b", doi="10.1/b")),
        (COURSE.but(title="???"), COURSE.but(title="!!!", slug="b")),
        (COURSE.but(title="Fish"), COURSE.but(title="Fishes", slug="b")),
    ],
)
def test_title_of_another_thing_takes_no_page_along(old: Row, new: Row) -> None:
    assert short(plan([new], folder_of(old)).changes) == [
        (What.ADDED, new.path),
        (What.REMOVED, old.path),
    ]


def test_title_like_two_others_or_in_another_sheet_of_hundreds_takes_no_page_along() -> None:
    new = [COURSE.but(title=f"{COURSE.title} {word}", slug=word) for word in ("one", "two")]
    assert {change.what for change in plan(new, folder_of(COURSE)).changes} == {
        What.ADDED,
        What.REMOVED,
    }
    words = [f"a{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(101)]
    old = [COURSE.but(title=f"{COURSE.title} {word}", slug=word) for word in words]
    changes = plan(
        [row.but(title=f"{row.title}!!e", slug=f"{row.slug}x") for row in old], folder_of(*old)
    )
    assert {change.what for change in changes.changes} == {What.ADDED, What.REMOVED}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A, LATER.but(title="Other")),
        (A.but(doi="10.1/x"), LATER.but(title="Other", doi="10.1/y")),
        (A.but(title="???"), LATER.but(title="!!!")),
    ],
)
def test_no_evidence(old: Row, new: Row) -> None:
    assert short(plan([new], folder_of(old)).changes) == [
        (What.ADDED, new.path),
        (What.REMOVED, old.path),
    ]


def test_what_is_below_the_keep_lines_goes_along() -> None:
    found: dict[str, str | None] = {A.path: text(A, front="own: 1\n", body="Mine\r\n")}
    assert [change.after for change in plan([LATER], found).changes] == [
        text(LATER, [A.permalink], "own: 1\n", "Mine\r\n")
    ]


def test_renaming_goes_on_where_nothing_is_pruned() -> None:
    changes = plan([LATER], folder_of(A), Options(prune=False)).changes
    assert short(changes) == [(What.RENAMED, A.path, LATER.path)]


def test_nothing_is_renamed_while_rows_are_refused() -> None:
    result = plan([LATER, B], folder_of(A, C), complete=False)
    assert result.left == (Left(A.path, Reason.KEPT_GOING, LATER.path),)
    assert short(result.changes) == [(What.ADDED, B.path)]
    assert result.kept == (C.path,)


def test_edited_page_is_not_renamed_nor_written_twice_unless_forced() -> None:
    found: dict[str, str | None] = {A.path: edited(A, body="Mine")}
    result = plan([LATER], found)
    assert result.changes == ()
    assert result.left == (Left(A.path, Reason.EDITED, LATER.path),)
    assert [change.after for change in plan([LATER], found, FORCE).changes] == [
        text(LATER, [A.permalink], body="Mine")
    ]


def test_page_that_cannot_be_read_below_its_keep_line_is_not_renamed() -> None:
    found: dict[str, str | None] = {A.path: text(A, front="# \n").replace("# \n", "a: b: c\n")}
    [left] = plan([LATER], found, FORCE).left
    assert (left.path, left.reason, left.other) == (A.path, Reason.UNREADABLE, LATER.path)


def test_page_whose_own_redirects_would_hide_its_old_permalink_is_not_renamed() -> None:
    found: dict[str, str | None] = {A.path: text(A, front="redirect_from: /mine\n")}
    assert plan([LATER], found).left == (Left(A.path, Reason.REDIRECTS, LATER.path, A.permalink),)


@pytest.mark.parametrize("options", [Options(), FORCE, ADOPT])
def test_page_in_the_way_of_a_renamed_one_keeps_both(options: Options) -> None:
    result = plan([LATER], folder_of(A) | {LATER.path: "Own"}, options)
    assert result.changes == ()
    assert result.left == (
        Left(LATER.path, Reason.UNMARKED),
        Left(A.path, Reason.WAITS, LATER.path),
    )


# Several pages at once.


def named(*pairs: tuple[Row, Row]) -> list[Row]:
    """Give each row the name of another."""
    return [row.but(slug=other.slug, date=other.date) for row, other in pairs]


def test_two_rows_that_swap_names_take_along_what_is_below_the_keep_lines() -> None:
    rows = named((A, B), (B, A))
    found: dict[str, str | None] = {A.path: text(A, body="Of A"), B.path: text(B, body="Of B")}
    result = plan(rows, found)
    assert short(result.changes) == [
        (What.RENAMED, A.path, B.path),
        (What.RENAMED, B.path, A.path),
    ]
    assert after(found, result) == {
        B.path: text(rows[0], body="Of A"),
        A.path: text(rows[1], body="Of B"),
    }


def test_chain_of_names() -> None:
    rows = named((A, B), (B, C))
    assert short(plan(rows, folder_of(A, B)).changes) == [
        (What.RENAMED, A.path, B.path),
        (What.RENAMED, B.path, C.path),
    ]


def test_new_row_under_the_name_that_another_one_leaves() -> None:
    new = C.but(slug="a")
    found: dict[str, str | None] = {A.path: text(A, ["/old"], body="Of A")}
    result = plan([LATER, new], found)
    assert short(result.changes) == [(What.RENAMED, A.path, LATER.path), (What.ADDED, A.path)]
    assert after(found, result) == {
        LATER.path: text(LATER, ["/old"], body="Of A"),
        A.path: text(new),
    }


def test_row_that_takes_the_name_of_a_row_that_went() -> None:
    [row] = named((A, B))
    found = folder_of(A, B)
    result = plan([row], found)
    assert short(result.changes) == [(What.RENAMED, A.path, B.path), (What.REMOVED, B.path)]
    assert after(found, result) == {B.path: text(row, [A.permalink])}


@pytest.mark.parametrize(
    ("there", "reason"),
    [(edited(B), Reason.EDITED_WITHOUT_ROW), (text(B, body="Mine"), Reason.YOURS_WITHOUT_ROW)],
)
def test_row_that_takes_the_name_of_a_page_on_which_somebody_wrote(
    there: str, reason: Reason
) -> None:
    result = plan(named((A, B)), folder_of(A) | {B.path: there})
    assert result.changes == ()
    assert result.left == (Left(B.path, reason), Left(A.path, Reason.WAITS, B.path))


def test_row_that_takes_the_name_of_a_page_that_is_not_pruned() -> None:
    result = plan(named((A, B)), folder_of(A, B), Options(prune=False))
    assert (result.changes, result.left) == ((), (Left(A.path, Reason.WAITS, B.path),))


def test_edited_page_holds_up_those_that_wait_for_its_name() -> None:
    d = Row("Delta", "d")
    rows = [*named((A, B), (B, C), (C, d)), d.but(slug="a", title="New")]
    found = folder_of(A, B) | {C.path: edited(C)}
    result = plan(rows, found)
    assert result.changes == ()
    assert result.left == (
        Left(C.path, Reason.EDITED, d.path),
        Left(B.path, Reason.WAITS, C.path),
        Left(A.path, Reason.WAITS, B.path),
        Left(A.path, Reason.WAITS, A.path),
    )


# One title several times.


def talk(date: str, venue: str) -> Row:
    return Row("One talk", "talk", date, venue=venue)


TALKS = [talk(f"2024-0{month}-01", f"Town {month}") for month in (1, 2, 3, 4)]


def test_talk_given_at_four_places_takes_another_date() -> None:
    moved = TALKS[1].but(date="2024-09-01")
    changes = plan([TALKS[0], moved, *TALKS[2:]], folder_of(*TALKS)).changes
    assert short(changes) == [(What.RENAMED, TALKS[1].path, moved.path)]


def test_talk_given_elsewhere_is_another_one() -> None:
    new = talk("2024-09-01", "Town 9")
    assert short(plan([*TALKS[1:], new], folder_of(*TALKS)).changes) == [
        (What.ADDED, new.path),
        (What.REMOVED, TALKS[0].path),
    ]


def test_talk_with_a_slug_of_its_own() -> None:
    old = [Row("One talk", "first"), Row("One talk", "second", "2024-02-01")]
    new = old[0].but(date="2024-05-01")
    assert short(plan([new, old[1]], folder_of(*old)).changes) == [
        (What.RENAMED, old[0].path, new.path)
    ]


def test_jobs_of_one_title_at_two_places_are_two() -> None:
    old = Item("a", title="researchassistant", organization="mit")
    new = Item("b", title="researchassistant", organization="eth")
    assert pairs([old], [new]) == {}
    assert pairs([old], [item_of("b", {"title": "Research Assistant", "organization": "MIT"})]) == {
        "b": "a"
    }


def pairs(sources: Sequence[Item], targets: Sequence[Item]) -> dict[str, str]:
    return match(sources, targets, found=sources, wanted=targets)


def test_strongest_evidence_first() -> None:
    by_title = Item("x", title="t")
    by_doi = Item("y", title="u", doi="10.1/x")
    assert pairs([by_title, by_doi], [Item("z", title="t", doi="10.1/x")]) == {"z": "y"}


def test_page_is_taken_once() -> None:
    sources = [Item("a", title="t", date="2024-01-01", venue="v")]
    targets = [
        Item("b", title="t", date="2024-01-01", venue="w"),
        Item("c", title="t", date="2024-02-02", venue="v"),
    ]
    assert pairs(sources, targets) == {"b": "a"}


# What a killed run leaves.


def test_page_that_was_renamed_but_not_yet_removed_goes() -> None:
    found = {
        A.path: text(A, body="Mine"),
        LATER.path: text(LATER, [A.permalink], body="Mine"),
    }
    assert short(plan([LATER], found).changes) == [(What.REMOVED, A.path)]
    latest = A.but(date="2024-08-01")
    result = plan([latest], found)
    assert short(result.changes) == [
        (What.RENAMED, LATER.path, latest.path),
        (What.REMOVED, A.path),
    ]
    assert after(found, result) == {
        latest.path: text(latest, [A.permalink, LATER.permalink], body="Mine")
    }


def test_page_that_says_the_same_below_its_keep_line_is_no_copy() -> None:
    found: dict[str, str | None] = {A.path: text(A, body="Mine"), B.path: text(B, body="Mine")}
    result = plan([A.but(text="New.")], found)
    assert short(result.changes) == [(What.CHANGED, A.path)]
    assert result.left == (Left(B.path, Reason.YOURS_WITHOUT_ROW),)


def test_page_waiting_for_its_name_takes_it() -> None:
    rows = named((A, B), (B, A))
    waiting = moving_path(B.path)
    assert waiting == f"{FOLDER}/mdgen-moving-2024-01-01-b.md"
    moments: list[dict[str, str | None]] = [
        {A.path: text(A, body="Of A"), B.path: text(B, body="Of B")},
        {A.path: text(rows[1], body="Of B"), B.path: text(B, body="Of B")},
        {A.path: text(rows[1], body="Of B"), B.path: text(rows[0], body="Of A")},
    ]
    for moment in moments:
        found = moment | {waiting: text(rows[0], body="Of A")}
        assert after(found, plan(rows, found)) == moments[-1]


def test_chain_that_was_cut_leaves_nothing_on_two_pages() -> None:
    rows = [*named((B, C)), A.but(slug="b", title="New")]
    moved = text(rows[0], body="Of B")
    found: dict[str, str | None] = {B.path: text(B, ["/old"], body="Of B"), C.path: moved}
    result = plan(rows, found)
    assert after(found, result) == {C.path: moved, B.path: text(rows[1], ["/old"])}


def test_moving_path() -> None:
    assert moving_path("a.md") == "mdgen-moving-a.md"
    assert moving_to("mdgen-moving-a.md") == "a.md"
    assert moving_to("b/mdgen-moving-a.md") == "b/a.md"
    assert moving_to("b/a.md") is None
    taken = {"b/mdgen-moving-a.md"}
    again = moving_path("b/a.md", taken)
    assert again not in taken
    assert moving_to(again) == "b/a.md"
