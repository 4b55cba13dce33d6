"""The hooks, run by the real pre-commit in real git repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import pytest
import yaml

from mdgen import repository
from tests.sheets.makers import xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT: Final = Path(__file__).parent.parent
PROGRAMS: Final = Path(sys.executable).parent
HEADER: Final = ["title", "date", "venue"]
READING: Final = ["Reading Fast", "2024-05-31", "Oslo"]
WRITING: Final = ["Writing Slow", "2023-04-01", "Bergen"]
PAGE: Final = "_talks/2024-05-31-reading-fast.md"
OTHER: Final = "_talks/2023-04-01-writing-slow.md"

Hook = Literal["mdgen-sync", "mdgen-check"]


def csv_of(*rows: list[str]) -> str:
    return "".join(",".join(row) + "\n" for row in (HEADER, *rows))


@dataclass(frozen=True)
class Repository:
    """A git repository, and what a person does there."""

    root: Path

    def git(self, *words: str) -> str:
        return self._run("git", *words, check=True)[1]

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def install(self, hook: object) -> None:
        """Let pre-commit run one hook at each commit, and commit that."""
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [hook]}))
        self._run("pre-commit", "install", check=True)
        self.git("add", ".pre-commit-config.yaml")
        self.git("commit", "--quiet", "--no-verify", "--message", "Use the hook")

    def sync(self) -> None:
        self._run("mdgen", "sync", "--quiet", check=True)

    def commit(self, *words: str) -> list[str]:
        """Commit; return what the hooks said, `Passed` or `Failed` first."""
        code, output = self._run("git", "commit", "--quiet", "--message", "Go on", *words)
        name, verdict, rest = re.split(r"\.{20,}(\w+)\n", output, maxsplit=1)
        assert name.endswith(("mdgen sync", "mdgen check"))
        assert verdict == {0: "Passed", 1: "Failed"}[code]
        return [verdict, *(line for line in rest.splitlines() if line)]

    def committed(self, name: str) -> str:
        return self.git("show", f"HEAD:{name}")

    def _run(self, *words: str, check: bool = False) -> tuple[int, str]:
        run = subprocess.run(
            words,
            cwd=self.root,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert not check or run.returncode == 0, run.stdout
        return run.returncode, run.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pre-commit keeps what is its own."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module", autouse=True)
def _environment(home: Path) -> Iterator[None]:
    """Keep git and pre-commit from what this machine, or a hook that runs the tests, sets."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("GIT_", "PRE_COMMIT")) or name == "SKIP":
                patch.delenv(name)
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Ada")
            patch.setenv(f"GIT_{role}_EMAIL", "ada@example.org")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("PRE_COMMIT_HOME", str(home))
        patch.setenv("PIP_NO_COMPILE", "1")  # most of pandas is never imported
        patch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def begun(_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with one talk and its page."""
    made = Repository(tmp_path_factory.mktemp("begun"))
    made.write("_config.yml", "title: A site\n")
    made.write("data/talks.csv", csv_of(READING))
    made.git("init", "--quiet", "--initial-branch", "main")
    made.sync()
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message", "Begin")
    return made.root


@pytest.fixture
def site(begun: Path, tmp_path: Path) -> Repository:
    """Give each test a copy of that repository."""
    return Repository(shutil.copytree(begun, tmp_path / "site"))


def shipped(hook: Hook) -> dict[str, object]:
    """Return a hook as the manifest has it, run by the mdgen that is installed here."""
    manifest = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [found] = [each for each in manifest if each["id"] == hook]
    return {"repo": "local", "hooks": [found | {"language": "system"}]}


def failed(*said: str, hook: Hook = "mdgen-sync", code: int = 1, modified: bool = False) -> object:
    """Return what pre-commit says of a hook that failed."""
    also = ["- files were modified by this hook"] if modified else []
    return ["Failed", f"- hook id: {hook}", f"- exit code: {code}", *also, *said]


def test_a_commit_waits_for_the_page_of_a_changed_row(site: Repository) -> None:
    site.install(shipped("mdgen-sync"))
    site.write("data/talks.csv", csv_of([*READING[:2], "Tromsø"]))
    changed = "data/talks.csv -> _talks/: 0 added, 1 changed (venue), 0 unchanged"
    site.git("add", "data/talks.csv")
    assert site.commit() == failed(changed, modified=True)
    assert 'venue: "Tromsø"' in (site.root / PAGE).read_text(encoding="utf-8")
    site.git("add", "--update")
    assert site.commit() == ["Passed"]
    assert 'venue: "Tromsø"' in site.committed(PAGE)


def test_a_commit_waits_until_git_has_the_page_of_a_new_row(site: Repository) -> None:
    site.install(shipped("mdgen-sync"))
    site.write("data/talks.csv", csv_of(READING, WRITING))
    missing = f"{OTHER} is not in git yet; add what is new: git add _talks"
    added = "data/talks.csv -> _talks/: 1 added, 0 changed, 1 unchanged"
    unchanged = "data/talks.csv -> _talks/: 0 added, 0 changed, 2 unchanged"
    assert site.commit("--all") == failed(added, missing)
    assert site.commit("--all") == failed(unchanged, missing)
    site.git("add", "_talks")
    assert site.commit("--all") == ["Passed"]
    assert site.committed(OTHER) == (site.root / OTHER).read_text(encoding="utf-8")


def test_a_workbook_counts_like_a_csv_file(site: Repository) -> None:
    site.install(shipped("mdgen-sync"))
    site.write("data/teaching.xlsx", xlsx({"Courses": [HEADER, WRITING]}))
    site.git("add", "--all")
    page = "_teaching/2023-04-01-writing-slow.md"
    assert site.commit() == failed(
        "data/talks.csv -> _talks/: 0 added, 0 changed, 1 unchanged",
        "data/teaching.xlsx -> _teaching/: 1 added, 0 changed, 0 unchanged",
        f"{page} is not in git yet; add what is new: git add _teaching",
    )
    site.git("add", "--all")
    assert site.commit() == ["Passed"]
    assert site.committed(page) == (site.root / page).read_text(encoding="utf-8")


def test_only_what_is_staged_counts(site: Repository, home: Path) -> None:
    site.install(shipped("mdgen-sync"))
    site.write("about.md", "Hello\n")
    site.git("add", "about.md")
    site.write("data/talks.csv", csv_of(["Not", "yet", "ready"]))
    assert site.commit() == ["Passed", *_restored(home)]
    assert site.git("status", "--short") == " M data/talks.csv\n"


def _restored(home: Path) -> list[str]:
    [patch] = home.glob("patch*")
    return [f"[INFO] Restored changes from {patch}."]


def test_a_page_that_is_removed_comes_back(site: Repository) -> None:
    site.install(shipped("mdgen-sync"))
    site.git("rm", "--quiet", PAGE)
    assert site.commit() == failed(
        "data/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
        f"{PAGE} is not in git yet; add what is new: git add _talks",
    )
    site.git("add", PAGE)
    assert site.git("status", "--short") == ""


def test_a_sheet_that_is_removed_leaves_no_page_unnoticed(site: Repository) -> None:
    site.write("data/teaching.csv", csv_of(WRITING))
    site.sync()
    site.git("add", "--all")
    site.install(shipped("mdgen-sync"))
    site.git("rm", "--quiet", "data/talks.csv")
    assert site.commit() == failed(
        "data/teaching.csv -> _teaching/: 0 added, 0 changed, 1 unchanged",
        f"data/talks.csv: was the sheet of {PAGE} and is gone; bring it back, take the pages over"
        " with --adopt if it has another name now, or remove them",
    )


def test_a_bad_sheet_fails_with_its_problems(site: Repository) -> None:
    site.install(shipped("mdgen-sync"))
    site.write("data/talks.csv", csv_of(["Reading Fast", "31/02/2024", "Oslo"]))
    said = site.commit("--all")
    assert said[:3] == failed(code=2)
    assert [line.partition(" is ")[0] for line in said[3:]] == [
        "data/talks.csv:2: date: '31/02/2024'",
        "data/talks.csv: 1 problem; nothing was written",
    ]
    assert site.git("status", "--short") == " M data/talks.csv\n"


@pytest.mark.parametrize("hook", ["mdgen-sync", "mdgen-check"])
def test_a_page_edited_by_hand_fails_with_what_to_do(site: Repository, hook: Hook) -> None:
    site.install(shipped(hook))
    page = (site.root / PAGE).read_text(encoding="utf-8")
    site.write(PAGE, page.replace("Oslo", "Bergen"))
    counts = {
        "mdgen-sync": "0 added, 0 changed, 1 left alone, 0 unchanged",
        "mdgen-check": "0 to add, 0 to change, 1 left alone, 0 unchanged",
    }
    assert site.commit("--all") == failed(
        f"{PAGE}: was edited by hand; put the text into the sheet, move it below a line"
        " `<!-- mdgen: yours below -->`, or overwrite it with --force",
        f"data/talks.csv -> _talks/: {counts[hook]}",
        hook=hook,
    )
    assert (site.root / PAGE).read_text(encoding="utf-8") == page.replace("Oslo", "Bergen")


def test_the_check_writes_nothing(site: Repository) -> None:
    site.install(shipped("mdgen-check"))
    site.write("data/talks.csv", csv_of(READING, WRITING))
    to_add = "data/talks.csv -> _talks/: 1 to add, 0 to change, 1 unchanged"
    assert site.commit("--all") == failed(to_add, hook="mdgen-check")
    assert site.git("status", "--short") == " M data/talks.csv\n"
    site.sync()
    assert site.commit("--all") == failed(
        "data/talks.csv -> _talks/: 0 to add, 0 to change, 2 unchanged",
        f"{OTHER} is not in git yet; add what is new: git add _talks",
        hook="mdgen-check",
    )
    site.git("add", "--all")
    assert site.commit() == ["Passed"]


def test_a_site_below_the_repository_is_named_with_args(tmp_path: Path) -> None:
    top = Repository(tmp_path / "site")
    top.write("web/_config.yml", "title: A site\n")
    top.write("web/data/talks.csv", csv_of(READING))
    top.git("init", "--quiet")
    hook = shipped("mdgen-sync")
    assert isinstance(hook["hooks"], list)
    hook["hooks"][0]["args"] = ["--site", "web"]
    top.install(hook)
    top.git("add", "--all")
    assert top.commit() == failed(
        "data/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
        f"{PAGE} is not in git yet; add what is new: git add {Path('web/_talks')}",
    )
    top.git("add", "--all")
    assert top.commit() == ["Passed"]


def test_the_published_hook_installs_and_runs(site: Repository, tmp_path: Path) -> None:
    published = Repository(tmp_path / "published")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "mdgen", published.root / "mdgen", ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(PROJECT / name, published.root)
    published.git("init", "--quiet")
    published.git("add", "--all")
    published.git("commit", "--quiet", "--message", "Publish")
    published.git("tag", "v1")
    site.install({"repo": str(published.root), "rev": "v1", "hooks": [{"id": "mdgen-sync"}]})
    site.write("data/talks.csv", csv_of(READING, WRITING))
    said = site.commit("--all")
    assert said == failed(
        "data/talks.csv -> _talks/: 1 added, 0 changed, 1 unchanged",
        f"{OTHER} is not in git yet; add what is new: git add _talks",
    )
    site.git("add", "--all")
    assert site.commit() == ["Passed"]


def test_this_repository_uses_its_hook(tmp_path: Path) -> None:
    copy = Repository(tmp_path / "site")
    shutil.copytree(PROJECT / "data", copy.root / "data")
    shutil.copy(PROJECT / "_config.yml", copy.root)
    copy.git("init", "--quiet")
    copy.sync()
    own = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    [hook] = own["repos"]
    copy.install(hook)
    said = copy.commit("--all", "--allow-empty")
    assert said[:3] == failed()
    assert said[-1].endswith("are not in git yet; add what is new: git add " + _folders(copy))
    copy.git("add", "--all")
    assert copy.commit() == ["Passed"]


def _folders(copy: Repository) -> str:
    folders = {path.parent for path in copy.root.glob("**/*.*") if ".git" not in path.parts}
    names = {str(path.relative_to(copy.root)) for path in folders} - {".", "data"}
    return " ".join(sorted(names))


@pytest.mark.parametrize("kind", ["config", "manifest"])
def test_pre_commit_accepts_the_files(kind: str) -> None:
    name = {"config": ".pre-commit-config.yaml", "manifest": ".pre-commit-hooks.yaml"}[kind]
    subprocess.run(["pre-commit", f"validate-{kind}", PROJECT / name], check=True)


def test_pages_of_others_and_ignored_ones_are_not_missed(site: Repository) -> None:
    site.write("_talks/draft.md", "---\ntitle: Mine\n---\n")
    site.write("_talks/picture.png", b"\x89PNG")
    site.write("_teaching/a.md", (site.root / PAGE).read_bytes())
    site.write(".gitignore", "/_teaching/\n")
    folders = ["_talks", "_teaching", "_publications"]
    assert repository.left_out(site.root, folders) == []
    site.write("_talks/b.md", (site.root / PAGE).read_bytes())
    assert repository.left_out(site.root, folders) == ["_talks/b.md"]


def test_without_git_nothing_is_missed(
    site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("_talks/b.md", (site.root / PAGE).read_bytes())
    assert repository.left_out(site.root, []) == []
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert repository.left_out(site.root, ["_talks"]) == []
    shutil.rmtree(site.root / ".git")
    assert repository.left_out(site.root, ["_talks"]) == []
