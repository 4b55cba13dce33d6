"""Kills, full disks, missing permissions, and two runs at once: with real processes and signals."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdgen import folder
from mdgen.plan import Options, Plan, make_plan
from mdgen.problems import MdgenError
from tests.rows import FOLDER, SHEET, Row, files, page, run, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform == "win32":
    pytest.skip("signals, users and permissions are those of POSIX", allow_module_level=True)

import resource

NOBODY = 65534
PAGES = 2_000
KILLS = 200
PARTS = 4  # for more than one processor


@pytest.fixture
def site() -> Iterator[Path]:
    """Give a folder that other users may look into, in memory where there is some."""
    memory = Path("/dev/shm")  # noqa: S108 - only where it is there
    base = memory if os.access(memory, os.W_OK) else None
    root = Path(tempfile.mkdtemp(dir=base))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root)


def child(work: Callable[[], None]) -> int:
    """Do some work in another process; its exit code is 0 when no error came up."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except MdgenError as error:
        os.write(2, f"{error}\n".encode())
        code = 2
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def unprivileged(site: Path, work: Callable[[], None]) -> int:
    """Do some work as a user for whom permissions count; root may do everything."""

    def as_nobody() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    if os.geteuid() == 0:
        for path in (site, *site.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    return ended(child(as_nobody))


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    before = stat.S_IMODE(path.stat().st_mode)
    path.chmod(bits)
    yield
    path.chmod(before)


def many(name: str, count: int = PAGES) -> list[Row]:
    return [
        Row(f"Paper {number}", f"paper-{number}", text=f"{name} {number}. " * 9)
        for number in range(count)
    ]


def plan_for(root: Path, rows: list[Row]) -> Plan:
    return make_plan([page(row) for row in rows], folder.read(root, FOLDER), SHEET, Options())


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_moment_every_page_is_whole_and_the_next_run_ends_right(
    site: Path, part: int
) -> None:
    old, new = many("Old"), many("New")
    texts = [{row.path: text(row) for row in rows} for rows in (old, new)]
    run(site, old)
    forth = plan_for(site, new)
    started = time.perf_counter()
    folder.apply(site, forth.changes)
    duration = time.perf_counter() - started
    back = plan_for(site, old)
    moments = random.Random(20_240_101 + part)  # noqa: S311 - no secret
    in_between = 0
    for number in range(KILLS // PARTS):
        plan, rows = (forth, new) if number % 2 else (back, old)
        before, after = texts if number % 2 else texts[::-1]
        pid = child(lambda plan=plan: folder.apply(site, plan.changes))  # type: ignore[misc]
        time.sleep(moments.uniform(0, duration))
        os.kill(pid, signal.SIGKILL)
        ended(pid)
        there = folder.read(site, FOLDER)
        assert there.keys() == after.keys()
        assert all(there[path] in (before[path], after[path]) for path in after)
        in_between += 0 < sum(there[path] == after[path] for path in after) < PAGES
        run(site, rows)
        assert folder.read(site, FOLDER) == after
        assert len(os.listdir(site / FOLDER)) == PAGES  # noqa: PTH208 - temporary files count
    # How many strike in the middle depends on the machine; that enough do is what makes the test one.
    assert in_between > KILLS / PARTS / 10


def test_killed_while_pages_take_each_others_names_what_is_written_below_goes_with_its_item(
    site: Path,
) -> None:
    rows = many("Text", 60)
    run(site, rows)
    for row in rows:
        path = site / row.path
        path.write_text(f"{path.read_text()}\n<!-- mdgen: yours below -->\nMy {row.title}\n")
    moments = random.Random(7)  # noqa: S311 - no secret
    in_between = 0
    for _ in range(40):
        before = folder.read(site, FOLDER)
        names = [row.slug for row in rows]
        shift = moments.randrange(1, 59)
        rows = [
            row.but(slug=slug)
            for row, slug in zip(rows, names[shift:] + names[:shift], strict=True)
        ]
        plan = plan_for(site, rows)
        pid = child(lambda plan=plan: folder.apply(site, plan.changes))  # type: ignore[misc]
        time.sleep(moments.uniform(0, 0.02))
        os.kill(pid, signal.SIGKILL)
        ended(pid)
        in_between += before != folder.read(site, FOLDER)
        run(site, rows)
        assert folder.read(site, FOLDER) == {
            row.path: text(row, body=f"My {row.title}\n") for row in rows
        }
    assert in_between > 5


def test_ctrl_c_leaves_whole_pages_and_no_temporary_file(site: Path) -> None:
    rows = many("Old", 50)

    def interrupt(done: int, _total: int) -> None:
        if done == 20:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        folder.apply(site, plan_for(site, rows).changes, progress=interrupt)
    assert len(files(site)) in (20, 21)
    run(site, rows)
    assert files(site) == {row.path: text(row) for row in rows}


def test_no_room_for_a_page_leaves_those_that_are_there(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    short, long = Row("Short", "b"), Row("Long", "a", text="Long. " * 1000)
    run(site, [short])

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
        folder.apply(site, plan_for(site, [long, short.but(text="New.")]).changes)

    assert ended(child(work)) == 2
    assert capfd.readouterr().err == f"{long.path}: cannot be written: File too large\n"
    assert files(site) == {short.path: text(short)}


def test_a_full_disk_leaves_the_pages_that_are_there(site: Path) -> None:
    """A disk of 64 kB in a mount namespace of its own, where the system lets us have one."""
    script = (
        "import sys; from pathlib import Path; from tests.rows import *\n"
        "root, rows = Path(sys.argv[1]), [Row(f'Paper {n}', f'paper-{n}') for n in range(200)]\n"
        "run(root, rows[:1]); before = files(root)\n"
        "try: run(root, rows)\n"
        "except Exception as error: print(type(error).__name__, str(error).partition(': ')[2])\n"
        "after = files(root)\n"
        "print(all(text(row) == after.get(row.path, text(row)) for row in rows), len(after) > 1,\n"
        "      before.items() <= after.items(), [name for name in after if '.tmp' in name])\n"
    )
    mount = f'mount -t tmpfs -o size=64k none "{site}" && exec "$0" -c "$1" "{site}"'
    done = subprocess.run(
        [
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            mount,
            sys.executable,
            script,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "unshare" in done.stderr:
        pytest.skip(f"no mount namespaces here: {done.stderr}")
    assert done.stdout == (
        "MdgenError cannot be written: No space left on device\nTrue True True []\n"
    ), done.stderr


def test_a_folder_without_permission_to_write(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    row = Row("Paper", "paper")
    run(site, [row])
    plan = plan_for(site, [row.but(text="New.")])
    with mode(site / FOLDER, 0o555):
        assert unprivileged(site, lambda: folder.apply(site, plan.changes)) == 2
    assert capfd.readouterr().err == f"{row.path}: cannot be written: Permission denied\n"
    assert files(site) == {row.path: text(row)}


def test_a_site_without_permission_to_make_a_folder(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plan = plan_for(site, [Row("Paper", "paper")])
    with mode(site, 0o555):
        assert unprivileged(site, lambda: folder.apply(site, plan.changes)) == 2
    assert capfd.readouterr().err == (
        "_publications/2024-01-01-paper.md: cannot be written: Permission denied\n"
    )
    assert files(site) == {}


@pytest.mark.parametrize("gone", [False, True])
def test_a_page_without_permission_to_write_is_neither_replaced_nor_removed(
    site: Path, capfd: pytest.CaptureFixture[str], *, gone: bool
) -> None:
    row, other = Row("Paper", "paper"), Row("Other", "other")
    run(site, [row, other])
    (site / row.path).chmod(0o444)
    plan = plan_for(site, [other] if gone else [row.but(text="New."), other])
    assert unprivileged(site, lambda: folder.apply(site, plan.changes)) == 2
    verb = "removed" if gone else "written"
    assert capfd.readouterr().err == f"{row.path}: cannot be {verb}: Permission denied\n"
    assert files(site) == {other.path: text(other), row.path: text(row)}


def test_a_page_that_may_not_be_read(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    row = Row("Paper", "paper")
    run(site, [row])
    (site / row.path).chmod(0)

    def work() -> None:
        folder.read(site, FOLDER)

    assert unprivileged(site, work) == 2
    assert capfd.readouterr().err == f"{row.path}: cannot be read: Permission denied\n"


def test_a_temporary_file_that_may_not_be_removed(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / FOLDER).mkdir()
    (site / FOLDER / ".mdgen-1.tmp").touch()
    with mode(site / FOLDER, 0o555):
        assert unprivileged(site, lambda: folder.apply(site, [], folders=[FOLDER])) == 2
    assert capfd.readouterr().err == (
        f"{FOLDER}/.mdgen-1.tmp: cannot be removed: Permission denied\n"
    )


def test_two_runs_at_once_end_with_what_the_sheet_says(site: Path) -> None:
    """Four processes, each with its own version of the sheet, twenty runs each; then one more."""
    versions = [
        [Row(f"Paper {n}", f"paper-{(n + shift) % 30}", text=f"Text {shift}.") for n in range(30)]
        for shift in range(4)
    ]
    run(site, versions[0])
    for row in versions[0]:
        path = site / row.path
        path.write_text(f"{path.read_text()}\n<!-- mdgen: yours below -->\nMy {row.title}\n")

    def work(rows: list[Row]) -> None:
        for _ in range(20):
            with folder.locked(site):
                run(site, rows)

    pids = [child(lambda rows=rows: work(rows)) for rows in versions]  # type: ignore[misc]
    assert [ended(pid) for pid in pids] == [0, 0, 0, 0]
    there = folder.read(site, FOLDER)
    assert there in [
        {row.path: text(row, body=f"My {row.title}\n") for row in rows} for rows in versions
    ]


def test_a_run_that_plans_without_the_lock_overwrites_nothing_it_has_not_seen(site: Path) -> None:
    row = Row("Paper", "paper")
    run(site, [row])
    plan = plan_for(site, [row.but(text="New.")])
    path = site / row.path
    path.write_text("Saved from an editor in between.\n")
    message = f"{row.path}: was changed by someone else in the meantime; run mdgen again"
    with pytest.raises(MdgenError, match=f"^{message}$"):
        folder.apply(site, plan.changes)
    assert files(site) == {row.path: "Saved from an editor in between.\n"}


def test_a_lock_that_another_run_holds_too_long(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "WAIT", 0.2)
    (site / "held").mkdir()

    def hold() -> None:
        with folder.locked(site):
            (site / "held").rmdir()
            time.sleep(20)

    pid = child(hold)
    while (site / "held").exists():
        time.sleep(0.01)
    try:
        with (
            pytest.raises(MdgenError, match="another run of mdgen is busy here; wait for its end"),
            folder.locked(site),
        ):
            pass
    finally:
        os.kill(pid, signal.SIGKILL)
        ended(pid)
    with folder.locked(site):
        assert files(site) == {}


def test_a_lock_that_cannot_be_made(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(site / "file"))
    with (
        pytest.raises(MdgenError, match=r"file/mdgen-.*\.lock: cannot be locked: "),
        folder.locked(site),
    ):
        pass
