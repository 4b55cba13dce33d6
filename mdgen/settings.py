"""What mdgen takes from the site: `_config.yml`, and which keys the site's theme reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from mdgen import frontmatter, inputs
from mdgen.kinds import KINDS
from mdgen.nearest import nearest
from mdgen.problems import MdgenError, Place, Problem, Refusal, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

CONFIG: Final = "_config.yml"

# What the theme of August 2026 reads; a site without theme files of its own gets that theme.
NEWEST_THEME: Final = frozenset({"paperurl", "slidesurl", "bibtexurl", "citation", "talk_type"})

T = TypeVar("T")
Titles: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site, as far as its pages depend on it; `Site(root=…)` is one without settings.

    `author` are the spellings of the owner's name, `categories` the site's publication categories
    (key → title, in its order; empty: it has none), `collections` those that it declares, `theme`
    the names that its layouts and includes mention, `url` its address, with
    the path that it is under and no slash at the end; `baseurl` is that path alone. The rest are
    the settings under `mdgen:`, `map_tiles` and `map_tiles_credit` those under its `map:`.
    """

    root: Path
    author: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    collections: frozenset[str] = frozenset()
    theme: frozenset[str] = NEWEST_THEME
    url: str = ""
    baseurl: str = ""
    sheets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, Titles] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    date_order: str = ""
    default_category: str = ""
    citation_style: str = ""
    bibtex: bool = True
    cv: bool = False
    liquid: bool = False
    map_tiles: str = ""
    map_tiles_credit: str = ""

    def has(self, path: str) -> bool:
        """Tell whether the site has a file at `path`, which is seen from its root."""
        inputs.there(self.root / path)
        return (self.root / path).exists()

    def reads(self, key: str) -> bool:
        """Tell whether the site's theme does something with a front-matter key."""
        return key in self.theme


def find_root(start: Path, folders: Iterable[str]) -> Path | None:
    """Return the nearest folder upwards from `start` with a `_config.yml` or one of `folders`."""
    names = (CONFIG, *folders)
    for folder in (start, *start.parents):
        for name in names:
            inputs.there(folder / name)
            if (folder / name).exists():
                return folder
    return None


def load_site(root: Path) -> Site:
    """Read the site at `root`; one without `_config.yml` is a site without settings.

    Raises `SettingsError` with everything that is wrong in `_config.yml`.
    """
    config = _read_config(root / CONFIG)
    problems: list[Problem] = []
    settings = _Settings(config.get("mdgen"), problems)
    of_map = settings.part("map")
    default = _names(config)
    categories = _categories(config.get("publication_category"))
    site = Site(
        root=root,
        author=settings.strings("author") or default,
        categories=categories,
        collections=frozenset(_keys(config.get("collections"))),
        theme=theme_names(root),
        url=_url(config),
        baseurl=_baseurl(config.get("baseurl")),
        sheets=settings.lists_by_kind("sheets"),
        columns=settings.texts_by_kind("columns"),
        lists=frozenset(settings.strings("lists")),
        date_order=settings.choice("date_order", ("DMY", "MDY", "YMD")),
        default_category=settings.choice("default_category", tuple(categories)),
        citation_style=settings.string("citation_style"),
        bibtex=settings.flag("bibtex", default=True),
        cv=settings.flag("cv", default=False),
        liquid=settings.flag("liquid", default=False),
        map_tiles=of_map.checked("tiles", _tiles),
        map_tiles_credit=of_map.string("tiles_credit"),
    )
    settings.refuse_unknown()
    of_map.refuse_unknown()
    if problems:
        raise SettingsError(problems)
    return site


def theme_names(root: Path) -> frozenset[str]:
    """Return every name that the site's own layouts and includes mention after a dot.

    That is how Liquid reads a key (`page.paperurl`). Without layouts the site takes its theme from
    elsewhere, and the newest is assumed.
    """
    for folder in ("_layouts", "_includes"):
        inputs.tree(root / folder)
    layouts = sorted((root / "_layouts").glob("**/*.html"))
    if not layouts:
        return NEWEST_THEME
    includes = sorted((root / "_includes").glob("**/*"))
    ours = root / "_includes" / "mdgen"
    texts = (
        path.read_text(encoding="utf-8", errors="replace")
        for path in (*layouts, *includes)
        if path.is_file() and ours not in path.parents
    )
    return frozenset(name for text in texts for name in re.findall(r"\.(\w+)", text))


def _read_config(path: Path) -> Mapping[str, object]:
    try:
        data = path.read_bytes()
        inputs.file(path, data)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        inputs.file(path, None)
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([Problem(Place(CONFIG), f"cannot be read: {error}")]) from error
    config = _parsed(text)
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise SettingsError([Problem(Place(CONFIG), "is no list of `key: value` settings")])
    return {str(key): value for key, value in config.items()}


def _parsed(text: str) -> object:
    try:
        return frontmatter.parse_yaml(text)
    except MdgenError as error:
        raise SettingsError([Problem(Place(CONFIG), str(error))]) from error


def _names(config: Mapping[str, object]) -> tuple[str, ...]:
    author = config.get("author")
    names = [author.get("name") if isinstance(author, dict) else author, config.get("name")]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _url(config: Mapping[str, object]) -> str:
    parts = (config.get(key) for key in ("url", "baseurl"))
    return "".join(part.rstrip("/") for part in parts if isinstance(part, str))


def _baseurl(value: object) -> str:
    return value if isinstance(value, str) else ""


def _tiles(url: str) -> None:
    from mdgen.talkmap.tiles import tile_host  # noqa: PLC0415 - start-up time

    tile_host(url)


def _categories(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {}
    return {
        str(key): str(entry.get("title", key)) if isinstance(entry, dict) else str(key)
        for key, entry in value.items()
    }


def _keys(value: object) -> Iterable[str]:
    """Return the names of `collections:`, which Jekyll takes as a mapping or as a list."""
    if isinstance(value, dict | list):
        return map(str, value)
    return ()


class _Settings:
    """The settings under `mdgen:`; each one is asked for once, and what is wrong is collected."""

    def __init__(self, value: object, problems: list[Problem], name: str = "mdgen") -> None:
        self._problems = problems
        self._name = name
        self._asked: list[str] = []
        self._values: dict[str, object] = {}
        if isinstance(value, dict):
            self._values = {str(key): item for key, item in value.items()}
        elif value is not None:
            self._problem("", f"{value!r} is no list of `key: value` settings")

    def string(self, key: str) -> str:
        return (
            self._take(key, "a word", lambda value: value if isinstance(value, str) else None) or ""
        )

    def strings(self, key: str) -> tuple[str, ...]:
        return self._take(key, "a list of words", _strings) or ()

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._take(key, "true or false", lambda v: v if isinstance(v, bool) else None)
        return default if value is None else value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.string(key)
        if value and allowed and value not in allowed:
            self._problem(key, f"'{value}' is none of {', '.join(allowed)}")
            return ""
        return value

    def lists_by_kind(self, key: str) -> Mapping[str, tuple[str, ...]]:
        return self._by_kind(key, self._take(key, "a list of `kind: sheet`", _lists_by_kind))

    def texts_by_kind(self, key: str) -> Mapping[str, Titles]:
        return self._by_kind(key, self._take(key, "`kind: {Title: column}`", _texts_by_kind))

    def checked(self, key: str, check: Callable[[str], object]) -> str:
        """Return a word that `check` does not refuse."""
        value = self.string(key)
        try:
            if value:
                check(value)
        except Refusal as refusal:
            self._problem(key, str(refusal))
        return value

    def part(self, key: str) -> _Settings:
        """Return the settings that stand below another one."""
        self._asked.append(key)
        return _Settings(self._values.get(key), self._problems, f"{self._name}.{key}")

    def refuse_unknown(self) -> None:
        for key in self._values:
            if key not in self._asked:
                self._problem(key, f"is no setting of mdgen; {nearest(key, self._asked)}")

    def _by_kind(self, key: str, found: Mapping[str, T] | None) -> Mapping[str, T]:
        for kind in found or {}:
            if kind not in KINDS:
                message = f"is no kind of sheet; {nearest(kind, tuple(KINDS))}"
                self._problem(f"{key}.{kind}", message)
        return found or {}

    def _take(self, key: str, wants: str, accept: Callable[[object], T | None]) -> T | None:
        self._asked.append(key)
        value = self._values.get(key)
        if value is None:
            return None
        taken = accept(value)
        if taken is None:
            self._problem(key, f"{value!r} is not {wants}")
        return taken

    def _problem(self, key: str, message: str) -> None:
        place = Place(CONFIG, column=f"{self._name}.{key}".rstrip("."))
        self._problems.append(Problem(place, message))


def _strings(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _lists_by_kind(value: object) -> Mapping[str, tuple[str, ...]] | None:
    if not isinstance(value, dict):
        return None
    lists = {str(kind): _strings(item) for kind, item in value.items()}
    found = {kind: items for kind, items in lists.items() if items is not None}
    return found if len(found) == len(lists) else None


def _texts_by_kind(value: object) -> Mapping[str, Titles] | None:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        return None
    return {
        str(kind): {str(title): str(column) for title, column in titles.items()}
        for kind, titles in value.items()
    }
