"""What a site lacks for mdgen to work on it, and the files that give it that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mdgen import folder, frontmatter, marks, runs
from mdgen.includes import plan_includes
from mdgen.initializing import configtext
from mdgen.kinds import KINDS
from mdgen.plan import Change, Left, Options, What
from mdgen.problems import MdgenError
from mdgen.settings import CONFIG, load_site
from mdgen.sheets import is_address
from mdgen.tables import header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mdgen.initializing.configtext import Data
    from mdgen.settings import Site

HOOKS: Final = ".pre-commit-config.yaml"
_COLLECTIONS: Final = ("publications", "talks", "experience", "teaching")
_SETTINGS_ABOVE: Final = "mdgen makes pages from the sheets in data/; its settings, all optional:"
_SETTINGS_BELOW: Final = """\
author: ["Your Name", "Y. Name"]  # as papers spell it, to show it bold; else author.name above
sheets: {publications: data/papers.xlsx}  # else data/publications.csv and so on
date_order: DMY  # for 03/04/2024
default_category: conferences  # for papers that name none
cv: true  # keep _data/cv.json in step, too"""
# What Jekyll 3 leaves out by itself, as long as a site does not say what to leave out.
_LEFT_OUT: Final[list[Data]] = [
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is to be added to a site: `words` for people, `changes` for files, notes, what stays."""

    words: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()


def begin(root: Path) -> Beginning:
    """Return what the site at `root` lacks; a site that lacks nothing gives no changes.

    Existing files only gain lines. Raises `MdgenError` for a folder without `_config.yml`, and for
    one to which nothing can be added without touching what is there.
    """
    site = load_site(root)
    files = folder.read(root, "")
    edits = [_config(files.get(CONFIG), site), *_sheets(site)]
    if _is_top_of_repository(root):
        edits.append(_hook(files.get(HOOKS)))
    includes = plan_includes(root, Options())
    changes = [change for edit in edits if (change := edit.change)]
    return Beginning(
        words=(
            *(f"{edit.path}: {gain}" for edit in edits for gain in edit.gains),
            *(f"{change.path}: {change.what} by `mdgen includes`" for change in includes.changes),
        ),
        # The settings go last: a run that is broken off leaves no site half set up.
        changes=(*includes.changes, *reversed(changes)),
        notes=tuple(_notes(site)),
        left=includes.left,
    )


@dataclass
class _Edit:
    """One file in the making, and in words what it gains."""

    path: str
    before: str | None
    after: str
    gains: list[str] = field(default_factory=list)

    def add(self, words: str, key: str, value: Data, *, above: str = "", below: str = "") -> None:
        try:
            self.after = configtext.add(self.after, key, value, above=above, below=below)
        except MdgenError as error:
            raise MdgenError(f"{self.path}: {error}") from error
        self.gains.append(words)

    @property
    def data(self) -> Mapping[str, object]:
        return _mapping(frontmatter.parse_yaml(self.after.removeprefix(configtext.BOM)))

    @property
    def change(self) -> Change | None:
        if self.after == self.before:
            return None
        what = What.ADDED if self.before is None else What.CHANGED
        return Change(what, self.path, self.before, self.after)


def _config(text: str | None, site: Site) -> _Edit:
    if text is None:
        raise MdgenError(f"{site.root}: has no {CONFIG} in UTF-8, to which `mdgen init` adds")
    edit = _Edit(CONFIG, text, text)
    for name in _COLLECTIONS:
        if name not in site.collections:
            _add_collection(edit, name)
    _add_exclude(edit, site)
    if "mdgen" not in edit.data:
        words = "`mdgen:`, with examples of its settings as comments"
        edit.add(words, "mdgen", None, above=_SETTINGS_ABOVE, below=_SETTINGS_BELOW)
    return edit


def _add_collection(edit: _Edit, name: str) -> None:
    if isinstance(edit.data.get("collections"), list):
        edit.add(f"the collection `{name}`", "collections", [name])
        return
    declared: Data = {name: {"output": True, "permalink": "/:collection/:path/"}}
    edit.add(f"the collection `{name}`", "collections", declared)
    defaults = _defaults(edit.data)
    if name not in defaults:
        values = defaults.get("talks", {"layout": "single", "author_profile": True})
        scope: Data = {"scope": {"path": "", "type": name}, "values": values}
        same = ", those of `talks`" if "talks" in defaults else ""
        words = f"the defaults of `{name}`{same}"
        edit.add(words, "defaults", [scope], above=f"_{name}")


def _defaults(config: Mapping[str, object]) -> dict[str, dict[str, Data]]:
    """Return what the site's defaults say of each collection, as far as that is one value each."""
    entries = config.get("defaults")
    found: dict[str, dict[str, Data]] = {}
    for entry in map(_mapping, entries if isinstance(entries, list) else []):
        values = _mapping(entry.get("values"))
        found[str(_mapping(entry.get("scope")).get("type"))] = {
            key: value for key, value in values.items() if isinstance(value, bool | str)
        }
    return found


def _add_exclude(edit: _Edit, site: Site) -> None:
    """Leave the sheets out of the built site: Jekyll would publish them."""
    listed = edit.data.get("exclude")
    names = [str(name).strip("/") for name in listed] if isinstance(listed, list) else []
    missing: list[Data] = [
        name
        for name in _sheet_names(site)
        if not any(f"{name.strip('/')}/".startswith(f"{other}/") for other in names)
    ]
    if missing:
        new = missing if isinstance(listed, list) else [*_LEFT_OUT, *missing]
        shown = ", ".join(f"`{name}`" for name in missing)
        edit.add(f"{shown} under `exclude`, for Jekyll publishes what is not", "exclude", new)


def _sheet_names(site: Site) -> Iterator[str]:
    """Give what to leave out: `data/`, unless it holds more than sheets, and sheets elsewhere."""
    there = folder.read(site.root, "data")
    whole = all(path.lower().endswith((*runs.SUFFIXES, ".xls", ".md", ".bib")) for path in there)
    if whole:
        yield "data/"
    for kind in KINDS:
        names = [sheet.source for sheet in runs.sheets_of(site, kind)] or [f"data/{kind}.csv"]
        for name in names:
            inside = not (is_address(name) or name.startswith(("../", "/")))
            if inside and not (whole and name.startswith("data/")):
                yield name


def _sheets(site: Site) -> Iterator[_Edit]:
    for kind, record in KINDS.items():
        if not any(runs.sheets_of(site, kind)):
            header = ",".join(header_of(record))
            gain = f"an empty sheet of {record.ABOUT}"
            yield _Edit(f"data/{kind}.csv", None, f"{header}\n", [gain])


def _hook(text: str | None) -> _Edit:
    edit = _Edit(HOOKS, text, text or "")
    if "mdgen" not in edit.after:
        hook: Data = {
            "id": "mdgen-sync",
            "name": "mdgen sync",
            "entry": "mdgen sync --exit-code",
            "language": "system",
            "pass_filenames": False,
            "always_run": True,
            "require_serial": True,
        }
        words = "the hook `mdgen-sync`, which `pre-commit install` turns on"
        edit.add(words, "repos", [{"repo": "local", "hooks": [hook]}])
    return edit


def _is_top_of_repository(root: Path) -> bool:
    """Tell whether a hook's file has its place here; also where there is no repository yet."""
    top = next((one for one in (root, *root.resolve().parents) if (one / ".git").exists()), root)
    return top.resolve() == root.resolve()


def _notes(site: Site) -> Iterator[str]:
    new = [record for kind, record in KINDS.items() if not any(runs.sheets_of(site, kind))]
    for name in dict.fromkeys(f"_{record.collection(site)}" for record in new):
        texts = [text for text in folder.read(site.root, name).values() if text]
        count = sum(marks.read_mark(text) is None for text in texts)
        if count:
            pages = (
                "1 page that is there stays as it is"
                if count == 1
                else (f"{count} pages that are there stay as they are")
            )
            yield f"{name}/: {pages}; a sheet adds its own to them"
    if not _is_top_of_repository(site.root):
        yield f"{HOOKS}: belongs at the top of the repository; add the hook there yourself"


def _mapping(data: object) -> Mapping[str, object]:
    return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}
