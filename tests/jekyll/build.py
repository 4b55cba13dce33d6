"""Build a site with real Jekyll, and say what a reader sees of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mdgen import frontmatter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.pages import Page

HERE = Path(__file__).parent
SITE = HERE / "site"
PACKAGES = "jekyll ruby-jekyll-feed ruby-jekyll-gist ruby-jekyll-paginate"
PACKAGES += " ruby-jekyll-redirect-from ruby-jekyll-sitemap"
# Debian's Jekyll has no Gemfile, and Ruby reads pages in the encoding of the locale.
ENVIRONMENT = {"JEKYLL_NO_BUNDLER_REQUIRE": "1", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

_UNSEEN = frozenset({"script", "style", "template", "head", "title"})
_APART = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "td", "th", "tr", "ul"}
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Built:
    """A built site: its folder, and what Jekyll said while it built."""

    root: Path
    said: str

    def read(self, url: str) -> LexborHTMLParser:
        """Return the page that a browser gets at `url` (`/talks/`, `/talks/2012-03-01-talk-1`)."""
        path = self.root / url.lstrip("/")
        candidates = (path / "index.html", path.with_name(f"{path.name}.html"), path)
        page = next((candidate for candidate in candidates if candidate.is_file()), None)
        assert page is not None, f"{url} was not built"
        return LexborHTMLParser(page.read_text(encoding="utf-8"))

    def items(self, url: str) -> dict[str, LexborNode]:
        """Return the items that a list page shows, by the address of their own page."""
        found = {}
        for item in self.read(url).css(".item"):
            link = item.css_first("a[rel=permalink]")
            assert link is not None
            found[link.attributes["href"] or ""] = item
        return found


def seen(node: LexborNode | None) -> str:
    """Return what a reader sees of `node`: its text, with one space for each run of whitespace."""
    assert node is not None, "there is no such element"
    return _SPACES.sub(" ", "".join(_texts(node))).strip()


def _texts(node: LexborNode) -> Iterable[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag not in _UNSEEN:
            apart = " " if child.tag in _APART else ""
            yield apart
            yield from _texts(child)
            yield apart


def page(item: Page) -> str:
    """Return the text of a page, but for its mark."""
    return f"---\n{frontmatter.dump(item.front)}---\n\n{item.body}\n"


def build(pages: Mapping[str, str], into: Path, settings: str = "") -> Built:
    """Build the small site with `pages` (path → text) in the empty folder `into`.

    `settings` are lines added to its `_config.yml`. Building costs a second or two whatever the
    number of pages: put many into one.
    """
    need("jekyll")
    source = into / "source"
    shutil.copytree(SITE, source)
    with (source / "_config.yml").open("a", encoding="utf-8") as config:
        config.write(settings)
    for name, text in pages.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return build_site(source, into / "site")


def build_site(source: Path, into: Path) -> Built:
    """Build the site in `source` into the folder `into`; a build that fails fails the test."""
    need("jekyll")
    command = ["jekyll", "build", "--disable-disk-cache", "-s", str(source), "-d", str(into)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | ENVIRONMENT
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return Built(into, said)


def read_pages(texts: Iterable[str]) -> list[tuple[dict[str, object], str] | None]:
    """Return front matter and body of each text as Jekyll reads them; `None`: no front matter.

    Dates come as `{"date": "2024-10-20"}`.
    """
    answers = _batch([("page", text) for text in texts])
    return [None if answer is None else (answer[0], answer[1]) for answer in answers]  # type: ignore[index]


def markdownify(texts: Iterable[str]) -> list[str]:
    """Return the HTML that Liquid's `markdownify` makes of each text."""
    return [str(answer) for answer in _batch([("markdown", text) for text in texts])]


def render(bodies: Iterable[str]) -> list[str]:
    """Return the HTML that Jekyll makes of each body: Liquid first, then kramdown."""
    return [str(answer) for answer in _batch([("body", body) for body in bodies])]


def _batch(jobs: Sequence[tuple[str, str]]) -> list[object]:
    need("ruby")
    done = subprocess.run(
        ["ruby", str(HERE / "batch.rb")],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ENVIRONMENT,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    for (reader, text), answer in zip(jobs, answers, strict=True):
        assert "error" not in answer, f"{reader} {text!r}: {answer['error']}"
    return [answer["value"] for answer in answers]


@cache
def need(command: str) -> None:
    """Fail where `command` is missing, never skip: without it nothing has been shown."""
    if shutil.which(command) is None:
        pytest.fail(f"{command} is not installed; install it with: apt-get install {PACKAGES}")
