"""A CV as a document under the JSON Resume schema, version 1: https://jsonresume.org/schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mdgen.cv.sections import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdgen.cv.sections import Json

SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
# The schema's own sections, in its order; what it does not know goes into `projects`.
_KEPT: Final = (
    "volunteer", "awards", "certificates", "skills", "languages", "interests", "references",
)  # fmt: skip
_DATES: Final = frozenset({"startDate", "endDate", "date", "releaseDate"})
_DATE: Final = re.compile(r"[12]\d{3}(?:-[01]\d(?:-[0-3]\d)?)?")
_URLS: Final = frozenset({"url", "image"})
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_NAMES: Final = {"website": "url", "picture": "image", "gpa": "score"}
_SECTION_NAMES: Final = {
    "work": {"company": "name"},
    "presentations": {"event": "entity", "date": "startDate"},
    "teaching": {"course": "name", "institution": "entity", "date": "startDate"},
}


def resume(cv: Mapping[str, Json], name: str) -> dict[str, Json]:
    """Return the document that says what `cv`, in the theme's names, says; `name` is the person's.

    Talks and courses become `projects`, for which the schema has the types. HTML becomes text. What
    the schema would refuse is left out: empty values, dates that are none, addresses without host.
    """
    basics = _entry({"name": name, **_mapping(cv.get("basics"))}, {})
    document: dict[str, Json] = {"$schema": SCHEMA, "basics": basics}
    for section in ("work", "education", "publications"):
        document[section] = _entries(cv, section)
    document |= {section: _entries(cv, section) for section in _KEPT}
    document["projects"] = [
        *_entries(cv, "projects"),
        *(_project(entry, "presentation") for entry in _entries(cv, "presentations")),
        *(_project(entry, "teaching") for entry in _entries(cv, "teaching")),
    ]
    return {key: value for key, value in document.items() if value}


def _entries(cv: Mapping[str, Json], section: str) -> list[Json]:
    entries = cv.get(section)
    names = _SECTION_NAMES.get(section, {})
    found = [_entry(_mapping(one), names) for one in (entries if isinstance(entries, list) else [])]
    return [one for one in found if one]


def _project(entry: Json, sort: str) -> Json:
    project: dict[str, Json] = {**_mapping(entry), "type": sort}
    if role := project.pop("role", None):
        project["roles"] = [role]
    return project


def _entry(entry: Mapping[str, Json], names: Mapping[str, str]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for key, value in entry.items():
        name = names.get(key) or _NAMES.get(key, key)
        cleaned = _value(name, value)
        if cleaned not in (None, "", [], {}):
            result[name] = cleaned
    return result


def _value(name: str, value: Json) -> Json:
    """Return a value as the schema takes it; None for one that it would refuse."""
    if isinstance(value, list):
        return [item for one in value if (item := _value("", one)) not in (None, "", {})]
    if isinstance(value, dict):
        return _entry(value, {})
    if value is None or isinstance(value, bool):
        return None
    text = plain_text(str(value)).strip()
    fits = {**dict.fromkeys(_DATES, _DATE), **dict.fromkeys(_URLS, _URL), "email": _EMAIL}
    return text if name not in fits or fits[name].fullmatch(text) else None


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
