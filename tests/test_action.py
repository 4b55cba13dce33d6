"""The GitHub Action: its own scripts, run as GitHub's runner does, in real git repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT: Final = Path(__file__).parent.parent
ACTION: Final = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
STEPS: Final = ACTION["runs"]["steps"]
SCRIPTS: Final[list[Step]] = [step for step in STEPS if "run" in step]
HEADER: Final = "title,date,venue\n"
READING: Final = "Reading Fast,2024-05-31,Oslo\n"
WRITING: Final = "Writing Slow,2023-04-01,Bergen\n"
PAGE: Final = "_talks/2024-05-31-reading-fast.md"
OTHER: Final = "_talks/2023-04-01-writing-slow.md"
PUT_RIGHT: Final = (
    "::error title=mdgen::something has to be put right; the summary of this run says what"
)


class Step(TypedDict):
    """What this action has in a step that runs a script."""

    name: str
    id: NotRequired[str]
    shell: str
    env: NotRequired[dict[str, str]]
    run: str


@dataclass
class Job:
    """A job that has checked the repository out; `run` runs the action in it."""

    work: Path
    remote: Path
    temp: Path
    programs: Path = Path(sys.executable).parent
    installs: bool = False
    log: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)

    def run(self, **inputs: str) -> int:
        """Run the steps until one fails; return its exit code, else 0."""
        values = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
        known = {f"inputs.{name}": value for name, value in (values | inputs).items()}
        known["github.action_path"] = str(PROJECT)
        for step in SCRIPTS:
            if step["name"] == "Install mdgen" and not self.installs:
                continue
            code, outputs = self._step(step, known)
            known |= {f"steps.{step.get('id')}.outputs.{name}": outputs[name] for name in outputs}
            if code:
                break
        expression = ACTION["outputs"]["changed"]["value"]
        self.outputs = {
            "changed": _evaluate(expression, {"steps.sync.outputs.changed": ""} | known)
        }
        return code

    def _step(self, step: Step, known: Mapping[str, str]) -> tuple[int, dict[str, str]]:
        assert step["shell"] == "bash"
        script, output = self.temp / "script.sh", self.temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("")
        variables = {
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "RUNNER_TEMP": str(self.temp),
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
        }
        variables |= {name: _evaluate(value, known) for name, value in step.get("env", {}).items()}
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.work,
            env=os.environ | variables,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.log += run.stdout.splitlines()
        lines = (line.partition("=") for line in output.read_text(encoding="utf-8").splitlines())
        return run.returncode, {name: value for name, _, value in lines}

    @property
    def summary(self) -> list[str]:
        text = (self.temp / "summary").read_text(encoding="utf-8")
        return [line for line in text.split("\n") if line]

    def write(self, name: str, text: str) -> None:
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def git(self, *words: str) -> list[str]:
        return git(self.work, *words)


def _evaluate(value: str, known: Mapping[str, str]) -> str:
    """Fill in the expressions of a value, as far as the action has any."""
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], value)


def git(folder: Path, *words: str) -> list[str]:
    run = subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return run.stdout.splitlines()


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git from what this machine, or a hook that runs the tests, sets; the runner sets less."""
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Push a site with one talk to a remote, and check out its last commit as GitHub does."""
    (tmp_path / "temp").mkdir()
    made = Job(tmp_path / "work", tmp_path / "remote", tmp_path / "temp")
    somebody = tmp_path / "somebody"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", str(made.remote))
    git(tmp_path, "clone", "--quiet", str(made.remote), str(somebody))
    (somebody / "data").mkdir()
    (somebody / "_config.yml").write_text("title: A site\n")
    (somebody / "data/talks.csv").write_text(HEADER + READING)
    push(somebody)
    git(tmp_path, "clone", "--quiet", "--depth", "1", made.remote.as_uri(), str(made.work))
    return made


def push(clone: Path) -> None:
    """Commit and push what somebody did."""
    git(clone, "add", "--all")
    ada = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    git(clone, *ada, "commit", "--quiet", "--message", "Edit the sheet")
    git(clone, "push", "--quiet", "origin", "HEAD:main")


def test_the_pages_are_brought_in_step_and_nothing_is_committed(job: Job) -> None:
    assert job.run() == 0
    assert job.outputs == {"changed": "true"}
    assert job.summary == [
        "### mdgen sync",
        f"    added: {PAGE}",
        "    data/talks.csv -> _talks/: 1 added, 0 changed, 0 unchanged",
    ]
    assert job.git("status", "--short") == ["?? _talks/"]
    assert git(job.remote, "log", "--format=%s", "main") == ["Edit the sheet"]


def test_what_mdgen_changed_is_committed_and_nothing_else(job: Job) -> None:
    assert job.run(commit="true") == 0
    job.write("data/talks.csv", HEADER + READING.replace("Oslo", "Tromsø"))
    job.write("credentials.json", "{}\n")
    job.write("build.log", "made\n")
    job.git("add", "build.log")
    author = "Ada Lovelace <ada@example.org>"
    assert job.run(commit="true", message="Follow the sheet", author=author) == 0
    assert job.outputs == {"changed": "true"}
    last = git(job.remote, "log", "--max-count=1", "--format=%s|%an|%ae|%cn|%ce", "main")
    ada = "Ada Lovelace|ada@example.org"
    assert last == [f"Follow the sheet|{ada}|{ada}"]
    assert git(job.remote, "diff", "--name-status", "main~", "main") == [f"M\t{PAGE}"]
    status = ["A  build.log", " M data/talks.csv", "?? credentials.json"]
    assert sorted(job.git("status", "--short")) == sorted(status)
    [commit] = job.git("rev-parse", "--short", "HEAD")
    assert job.summary[-1] == f"Committed to main as {commit}."


def test_pages_that_went_are_committed_too(job: Job) -> None:
    job.write("data/talks.csv", HEADER + READING + WRITING)
    assert job.run(commit="true") == 0
    job.write("data/talks.csv", HEADER + WRITING)
    assert job.run(commit="true") == 0
    assert git(job.remote, "ls-tree", "-r", "--name-only", "main", "_talks") == [OTHER]
    assert git(job.remote, "log", "-1", "--format=%an %ae", "main") == [
        "github-actions[bot] 41898282+github-actions[bot]@users.noreply.github.com"
    ]
    assert job.summary[-4:-1] == [
        "### mdgen sync",
        f"    removed: {PAGE}",
        "    data/talks.csv -> _talks/: 0 added, 0 changed, 1 removed, 1 unchanged",
    ]


def test_nothing_is_committed_when_all_is_in_step(job: Job) -> None:
    assert job.run(commit="true") == 0
    before = job.git("rev-parse", "HEAD")
    assert job.run(commit="true") == 0
    assert (job.outputs, job.git("rev-parse", "HEAD")) == ({"changed": "false"}, before)


def test_a_page_that_was_never_committed_may_go(job: Job) -> None:
    assert job.run() == 0
    job.write("data/talks.csv", HEADER + WRITING)
    assert job.run(commit="true") == 0
    assert git(job.remote, "diff", "--name-status", "main~", "main") == [f"A\t{OTHER}"]
    job.write("_talks/2022-01-01-mine.md", (job.work / OTHER).read_text(encoding="utf-8"))
    head = job.git("rev-parse", "HEAD")
    assert job.run(commit="true") == 0
    assert (job.outputs, job.git("rev-parse", "HEAD")) == ({"changed": "true"}, head)


def test_a_bad_sheet_fails_the_job_and_the_other_pages_are_committed(job: Job) -> None:
    job.write("data/teaching.csv", HEADER + "Reading,31/02/2024,Oslo\n")
    assert job.run(commit="true") == 2
    assert job.outputs == {"changed": "true"}
    assert job.log[-1] == PUT_RIGHT
    assert [line.partition(" is ")[0] for line in job.summary[3:-1]] == [
        "    data/teaching.csv:2: date: '31/02/2024'",
        "    data/teaching.csv: 1 problem; nothing was written",
    ]
    assert git(job.remote, "ls-tree", "-r", "--name-only", "main", "_talks") == [PAGE]


def test_a_page_edited_by_hand_fails_the_job(job: Job) -> None:
    assert job.run() == 0
    page = (job.work / PAGE).read_text(encoding="utf-8").replace("Oslo", "Bergen")
    job.write(PAGE, page)
    assert job.run(commit="true") == 1
    assert (job.outputs, job.log[-1]) == ({"changed": "false"}, PUT_RIGHT)
    assert (job.work / PAGE).read_text(encoding="utf-8") == page


def test_pages_go_on_top_of_what_was_pushed_meanwhile(job: Job) -> None:
    somebody = job.remote.with_name("somebody")
    (somebody / "about.md").write_text("Hello\n")
    push(somebody)
    job.write("data/teaching.csv", "half done\n")
    job.git("add", "data/teaching.csv")
    assert job.run(commit="true") == 2
    assert git(job.remote, "log", "--format=%s", "main") == [
        "Bring the pages in step with the sheets",
        "Edit the sheet",
        "Edit the sheet",
    ]
    assert git(job.remote, "ls-tree", "--name-only", "main") == [
        "_config.yml",
        "_talks",
        "about.md",
        "data",
    ]


def test_a_push_that_is_refused_is_told_of(job: Job) -> None:
    hook = job.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert job.run(commit="true") == 1
    assert job.log[-1] == (
        "::error title=mdgen::commit: could not push, for the reason above;"
        " does the job have `permissions: contents: write`?"
    )


def test_without_a_branch_there_is_nothing_to_push_to(job: Job) -> None:
    job.git("checkout", "--quiet", "--detach")
    assert job.run(commit="true") == 1
    assert job.log[-1] == (
        "::error title=mdgen::commit: no branch is checked out to push to;"
        " run this on push, or give actions/checkout a ref"
    )


def test_a_site_in_a_folder_of_the_repository(job: Job) -> None:
    job.write("my site/_config.yml", "title: A site\n")
    job.write("my site/data/talks.csv", HEADER + WRITING)
    job.git("add", "--all")
    assert job.run(site="my site", commit="true") == 0
    assert git(job.remote, "diff", "--name-only", "main~", "main") == [f"my site/{OTHER}"]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"commit": "yes"}, "commit: yes is neither true nor false"),
        ({"message": " \n"}, r"message: $' \n' is empty"),
        ({"author": "Ada"}, "author: Ada is not like: Ada Lovelace <ada@example.org>"),
        ({"author": " <a@b>"}, r"author: \ \<a@b\> is not like: Ada Lovelace <ada@example.org>"),
        (
            {"author": "Ada <a@b>\n::warning::x"},
            r"author: $'Ada <a@b>\n::warning::x' is not like: Ada Lovelace <ada@example.org>",
        ),
        ({"site": "web"}, "site: web is no folder of a repository; use actions/checkout first"),
    ],
)
def test_inputs_that_mean_nothing_are_refused(
    job: Job, inputs: dict[str, str], message: str
) -> None:
    assert job.run(**inputs) == 1
    assert job.log[-1] == f"::error title=mdgen::{message}"
    assert job.git("status", "--short") == []


def test_no_input_and_no_cell_is_taken_for_a_command(job: Job) -> None:
    assert job.run() == 0
    job.write("data/talks.csv", f'{HEADER}A,"\n::error::cell\r# title\n\x1b[31m",Oslo\n')
    job.log.clear()
    (job.temp / "summary").unlink()
    message = "$(touch pwned) `touch pwned` \"; touch pwned; '\n#"
    author = "$(touch pwned)`touch pwned` <$(touch_pwned)@example.org>"
    assert job.run(commit="true", message=message, author=author) == 2
    begin = next(i for i, line in enumerate(job.log) if line.startswith("::stop-commands::mdgen-"))
    token = job.log[begin].removeprefix("::stop-commands::")
    end = job.log.index(f"::{token}::")
    commands = [line for line in job.log if line.lstrip().startswith("::")]
    assert job.log[end:] == [f"::{token}::", PUT_RIGHT]
    assert [line for line in commands if line not in job.log[begin:end]] == job.log[end:]
    assert [line for line in job.summary[1:] if not line.startswith("    ")] == []
    assert [character for line in job.summary for character in line if character < " "] == []
    job.write("data/talks.csv", HEADER + WRITING)
    assert job.run(commit="true", message=message, author=author) == 0
    assert git(job.remote, "log", "-1", "--format=%an|%B", "main") == [
        "$(touch pwned)`touch pwned`|" + message.partition("\n")[0],
        "#",
        "",
    ]
    assert list(job.work.parent.rglob("*pwned*")) == []


def test_scripts_hold_no_expression_and_actions_are_pinned() -> None:
    assert [step["name"] for step in SCRIPTS if "${{" in step["run"]] == []
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [re.sub(r"@[0-9a-f]{40}$", "", name) for name in used] == ["actions/setup-python"]


def test_the_action_installs_mdgen_from_its_own_folder(job: Job, tmp_path: Path) -> None:
    """What mdgen needs, and pip, come from where the tests run; mdgen is built and installed."""
    home = tmp_path / "python"
    venv.create(home)
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    job.programs = home / "bin"
    job.installs = True
    assert job.run() == 0
    assert job.outputs == {"changed": "true"}
    assert (packages / "mdgen/cli/__init__.py").is_file()
    assert shutil.which("mdgen", path=str(home / "bin")) is not None
