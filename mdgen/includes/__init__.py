"""The Liquid includes that show papers and jobs on any page, as files of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mdgen import folder, marks
from mdgen.pages import Asset
from mdgen.plan import make_plan
from mdgen.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mdgen.plan import Options, Plan

SOURCE: Final = "mdgen includes"
FOLDERS: Final = ("_includes/mdgen", "assets/css")
_FILES: Final = {
    "_includes/mdgen/publications.html": "publications.html",
    "_includes/mdgen/experience.html": "experience.html",
    "assets/css/mdgen.css": "mdgen.css",
}


def include_assets() -> tuple[Asset, ...]:
    """Return the includes and their stylesheet, the same for every site.

    They read what mdgen writes into the front matter of pages, with the plain Liquid of Jekyll 3.10
    and 4: no plugin. The stylesheet is a file, since a `<link>` may stand in a page's body where
    HTML forbids a `<style>`; the first include on a page brings it along.
    """
    from importlib.resources import files  # noqa: PLC0415 - start-up time

    templates = files("mdgen.includes") / "templates"
    return tuple(
        Asset(path, (templates / name).read_text(encoding="utf-8"), Place(SOURCE))
        for path, name in _FILES.items()
    )


def plan_includes(root: Path, options: Options) -> Plan:
    """Return what must change for the site at `root` to have the includes of this version."""
    return make_plan(include_assets(), _found(root), SOURCE, options)


def has_includes(root: Path) -> bool:
    """Tell whether `mdgen includes` has been run on the site: a file with its mark is there."""
    texts = (text for path, text in _found(root).items() if path in _FILES and text is not None)
    return any(mark.source == SOURCE for mark in map(marks.read_mark, texts) if mark is not None)


def _found(root: Path) -> Mapping[str, str | None]:
    return {path: text for name in FOLDERS for path, text in folder.read(root, name).items()}
