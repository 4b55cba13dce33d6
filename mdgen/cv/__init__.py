"""The CV: `_data/cv.json` for the theme's /cv-json/ page, and a JSON Resume, from all sheets.

JSON has no comments. What mdgen wrote is therefore named, with a digest, under `meta`, which both
the theme and the schema leave to whoever makes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen import folder, runs
from mdgen.cv.document import Document, digest, parse
from mdgen.cv.resume import resume
from mdgen.cv.sections import SECTIONS, sections_of
from mdgen.plan import Change, What
from mdgen.problems import MdgenError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdgen.cv.sections import Json
    from mdgen.families import Families
    from mdgen.plan import Options
    from mdgen.records import Record
    from mdgen.settings import Site

CV: Final = "_data/cv.json"
RESUME: Final = "resume.json"


@dataclass(frozen=True, slots=True)
class Planned:
    """What a file becomes: `text` afterwards, the change, if any; or why it is left alone."""

    text: str
    change: Change | None = None
    left: str = ""


def is_asked_for(site: Site) -> bool:
    """Tell whether the CV is kept in step: the settings say `cv: true`, or the file is ours."""
    return site.cv or _is_ours(_read(site, CV))


def has_resume(site: Site) -> bool:
    """Tell whether there is a `resume.json` from mdgen."""
    return _is_ours(_read(site, RESUME))


def read_sections(site: Site, families: Families) -> tuple[dict[str, Json], list[Problem]]:
    """Return the sections that the sheets of the site hold, and all that is wrong in the sheets.

    A kind without a sheet, or without a single row, has no section: what stands there stays.
    Raises `SheetError` for a sheet that cannot be read.
    """
    sections: dict[str, Json] = {}
    problems: list[Problem] = []
    for kind in SECTIONS:
        records: list[Record] = []
        for sheet in runs.sheets_of(site, kind):
            problems += families.read(sheet).problems
            records += families.records(sheet)
        if records:
            for name, entries in sections_of(kind, records, site).items():
                sections[name] = list(entries)
    return sections, problems


def plan_cv(site: Site, sections: Mapping[str, Json], options: Options) -> Planned:
    """Return what `_data/cv.json` becomes with `sections`; its others stay as they are."""
    before = _read(site, CV)
    document = _parsed(CV, before or "{}")
    mine = _mine(document)
    if mine is not None and not mine.intact and not options.force:
        return _left(
            before,
            f"{_names(mine.sections)} of mdgen were edited by hand; put that into"
            " the sheets, or overwrite it with --force",
        )
    known = mine.sections if mine else ()
    foreign = [
        name
        for name in sections
        if name not in known and document.data.get(name) not in (None, [], sections[name])
    ]
    if foreign and not options.adopt:
        return _left(
            before,
            f"{_names(foreign)} were not made by mdgen; see that the sheets have"
            " what stands there, then take them over with --adopt",
        )
    meta: Json = {"sections": list(sections), "sha256": digest(sections)}
    values: dict[str, Json] = {**sections, "meta": {**_meta(document), "mdgen": meta}}
    if before is None:
        values = {"basics": {"name": next(iter(site.author), "")}, **values}
    after = document.with_values(values)
    return _planned(CV, before, after)


def plan_resume(site: Site, cv: str, path: str, options: Options) -> Planned:
    """Return what the JSON Resume at `path` becomes where `cv` is the text of the CV."""
    before = _read(site, path)
    if before is not None:
        document = _parsed(path, before)
        mine = _mine(document)
        if mine is None and not options.adopt:
            return _left(
                before,
                "is in the way, for mdgen did not write it; move it, or overwrite it with --adopt",
                path,
            )
        if mine is not None and not mine.intact and not options.force:
            return _left(
                before,
                "was edited by hand; put that into the sheets or the CV, or"
                " overwrite it with --force",
                path,
            )
    values = resume(_parsed(CV, cv).data, next(iter(site.author), ""))
    values["meta"] = {"mdgen": {"sections": list(values), "sha256": digest(values)}}
    after = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    return _planned(path, before, after)


@dataclass(frozen=True, slots=True)
class _Mine:
    """What `meta` says that mdgen made, and whether it still is as it was made."""

    sections: tuple[str, ...]
    intact: bool


def _mine(document: Document) -> _Mine | None:
    told = _meta(document).get("mdgen")
    names = told.get("sections") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(names, list):
        return None
    sections = tuple(map(str, names))
    found = {name: document.data.get(name) for name in sections}
    return _Mine(sections, digest(found) == told.get("sha256"))


def _meta(document: Document) -> Mapping[str, Json]:
    meta = document.data.get("meta")
    return meta if isinstance(meta, dict) else {}


def _is_ours(text: str | None) -> bool:
    try:
        return text is not None and _mine(parse(text)) is not None
    except MdgenError:
        return False


def _read(site: Site, path: str) -> str | None:
    parent = path.rpartition("/")[0]
    found = folder.read(site.root, parent)
    if path in found and found[path] is None:
        raise MdgenError(f"{path}: is no file of UTF-8 text; move it")
    return found.get(path)


def _parsed(path: str, text: str) -> Document:
    try:
        return parse(text)
    except MdgenError as error:
        raise MdgenError(f"{path}: {error}") from error


def _planned(path: str, before: str | None, after: str) -> Planned:
    if before == after:
        return Planned(after)
    what = What.ADDED if before is None else What.CHANGED
    return Planned(after, Change(what, path, before, after))


def _left(before: str | None, why: str, path: str = CV) -> Planned:
    return Planned(before or "", left=f"{path}: {why}")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
