"""The README: its tables are those of the declarations, its commands do what it shows.

`python -m tests.test_readme` writes the tables of columns anew.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from mdgen.cli import MODULES, main
from mdgen.kinds import KINDS
from mdgen.tables import columns_markdown

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN = "<!-- columns: written by `python -m tests.test_readme`; do not edit -->\n"
END = "<!-- end of columns -->"


def tables() -> str:
    return "\n".join(
        f"### {record.KIND}\n\n{record.ABOUT.capitalize()}.\n\n{columns_markdown(record)}\n"
        for record in KINDS.values()
    )


def console_blocks() -> list[str]:
    text = README.read_text(encoding="utf-8")
    return re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_tables_are_those_of_the_declarations() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == f"\n{tables()}\n"


def test_every_command_and_every_shared_option_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    for name in MODULES:
        assert f"`mdgen {name}" in text, name
    talks = main.get_command(click.Context(main), "talks")
    assert talks is not None
    options = {option for each in talks.params for option in (*each.opts, *each.secondary_opts)}
    unnamed = {option for option in options if option.startswith("--") and f"`{option}" not in text}
    assert unnamed == {"--prune", "--quiet", "--verbose"}


def test_the_commands_shown_print_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "_config.yml", tmp_path)
    blocks = console_blocks()
    assert blocks
    for block in blocks:
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            words = command.replace("mdgen ", f"{sys.executable} -m mdgen ")
            run = subprocess.run(
                ["sh", "-c", words], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert run.stdout + run.stderr == shown, command


@pytest.mark.parametrize("script", ["demo", "test"])
def test_the_scripts_that_it_names_can_be_run(script: str) -> None:
    subprocess.run(["sh", "-n", str(ROOT / "scripts" / script)], check=True)


if __name__ == "__main__":
    old = README.read_text(encoding="utf-8")
    head, _, rest = old.partition(BEGIN)
    README.write_text(f"{head}{BEGIN}\n{tables()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
