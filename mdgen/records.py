"""A row of a sheet as typed values: what all kinds have in common."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from mdgen import accepts
from mdgen.columns import optional
from mdgen.places import coordinates
from mdgen.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from mdgen.frontmatter import Value
    from mdgen.pages import Asset, Page
    from mdgen.settings import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a sheet as typed values; each kind adds its columns, and says what page they give.

    `KIND` is the kind's name: of its command, of its sheet and in the settings. `SIGNS` are titles
    that only a sheet of this kind has, and `ASSET_FOLDERS` where its generated files go that are no
    pages. `COLLECTIONS` are those that `collection` chooses from. `place` is the row.
    `own` holds the cells of columns that the kind does not know, under the front-matter key that
    they become; `links` those whose title ends in `url`, under the label of the link.
    """

    KIND: ClassVar[str]
    ABOUT: ClassVar[str]
    SIGNS: ClassVar[frozenset[str]] = frozenset()
    ASSET_FOLDERS: ClassVar[tuple[str, ...]] = ()
    COLLECTIONS: ClassVar[tuple[str, ...]] = ()

    excerpt: str = optional(
        accepts.Markdown(),
        "",
        about="a sentence or two for the list page",
        example="Why we skip words.",
        aliases="short_description blurb tldr",
    )
    description: str = optional(
        accepts.Markdown(),
        "",
        about="the body of the item's own page; empty: the excerpt",
        example="We measured **how** people read.",
        aliases="abstract abstract_note abstract_text body text summary details ab",
    )
    description_file: str = optional(
        accepts.MarkdownFile(),
        "",
        about="a Markdown file for the body, beside the sheet, instead of `description`",
    )
    url_slug: str = optional(
        accepts.Slug(),
        "",
        about="the end of the page's address; empty: made from the title",
        example="skipping-words",
        aliases="slug page_slug permalink_slug page_name file_name",
    )
    page_file: str = optional(
        accepts.PageFile(),
        "",
        about="the name of the page's file, where it is not the usual `DATE-SLUG`",
        example="2014-spring-teaching-1",
    )
    permalink: str = optional(
        accepts.Permalink(),
        "",
        about="the whole address of the page on the site, where it is not the usual one",
    )
    published: bool = optional(
        accepts.YesNo(),
        True,  # noqa: FBT003 - it is the value of an empty cell
        about="`no`: the page is kept, and the site does not show it",
        aliases="show visible display publish is_published show_on_site",
    )

    place: Place = field(default=Place("from Python"))
    own: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the Markdown of the body: the file, else the description, else the excerpt."""
        return self.description_file or self.description or self.excerpt

    @property
    def identities(self) -> tuple[str, ...]:
        """Return what tells, across sheets, that two records are of one thing; none: nothing."""
        return ()

    @classmethod
    def notices(cls, records: Sequence[Self]) -> Sequence[str]:  # noqa: ARG003 - for kinds that have some
        """Return what should be known of the records of a sheet together: once, not row by row."""
        return ()

    @classmethod
    @abstractmethod
    def collection(cls, site: Site) -> str:
        """Return the Jekyll collection that shows this kind on `site`."""

    @abstractmethod
    def page(self, site: Site) -> Page:
        """Return the page of this record; the same record and site always give the same page."""

    def assets(self, site: Site) -> tuple[Asset, ...]:  # noqa: ARG002 - for kinds that have some
        """Return the generated files that go with the page."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Record):
    """A record of something that happened somewhere, which can be a point on the map."""

    latitude: float | None = optional(
        accepts.Latitude(),
        None,
        about="for the map, where the place cannot be found by its name",
        aliases="lat geo_lat",
    )
    longitude: float | None = optional(
        accepts.Longitude(),
        None,
        about="for the map, as `latitude`",
        aliases="lon lng geo_lon geo_lng",
    )

    @property
    def point(self) -> dict[str, Value | None]:
        """Return the front-matter keys of the point; none where the row does not say it.

        Raises `Refusal` for a latitude without longitude, or the other way round.
        """
        point = coordinates.point(self.latitude, self.longitude)
        if point is None:
            return {}
        return {
            "latitude": coordinates.decimal(point.latitude),
            "longitude": coordinates.decimal(point.longitude),
        }
