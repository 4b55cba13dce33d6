"""Publications: papers, books, theses and preprints, in `_publications/`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from mdgen import accepts, citations, markup
from mdgen.bibtex import entry_from
from mdgen.cells import slugs, urls
from mdgen.columns import optional, required
from mdgen.names import own_names
from mdgen.pages import Asset, Page, body, front_matter, link_list, split_links
from mdgen.records import Record
from mdgen.work import Work, published_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from mdgen.cells.dates import PartialDate
    from mdgen.names import Author, OwnNames
    from mdgen.settings import Site

_ROWS_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """A paper, book, thesis or preprint."""

    KIND: ClassVar[str] = "publications"
    ABOUT: ClassVar[str] = "papers, books, theses and preprints"
    ASSET_FOLDERS: ClassVar[tuple[str, ...]] = ("files/bibtex",)

    pub_date: PartialDate = required(
        accepts.PublicationDay(),
        about="when it appeared; dates the page and sorts the list",
        example="2024-10-20",
        aliases="date publication_date date_published published_date published_on pubdate"
        " cover_date issued release_date publication_year pub_year year_published year py yr"
        " publ_date publ_year month publication_month pub_month day fecha datum jahr annee",
    )
    title: str = required(
        accepts.Text("Markdown, one line"),
        about="the title of the paper",
        example="Attention *in* Reading",
        aliases="paper_title article_title document_title paper ti titulo titel titre name",
    )
    venue: str = optional(
        accepts.Text(),
        "",
        about="the journal or conference: “Published in …”",
        example="Journal of Reading",
        aliases="publication_title journal journal_title publication source_title journal_name"
        " book_title booktitle proceedings_title conference conference_name container_title"
        " meeting_name published_in journal_book so",
    )
    venue_short: str = optional(
        accepts.Text(),
        "",
        about="what people call the venue, for includes",
        example="JoR 2024",
        aliases="venue_abbreviation acronym short_venue",
    )
    location: str = optional(
        accepts.Whereabouts(),
        "",
        about="where the conference was",
        example="Oslo, Norway",
        aliases="place city conference_location country",
    )
    authors: tuple[Author, ...] = optional(
        accepts.Authors(),
        (),
        about="everyone, in order; the site's owner is bold in the citation,"
        " `*` after a name marks equal contribution",
        example="Ada Lovelace; Charles Babbage",
        aliases="author author_list author_names author_full_names creators creator au",
    )
    citation: str = optional(
        accepts.Html(),
        "",
        about="the citation as it shall stand; empty: built from the other columns",
        aliases="full_citation reference cite_as how_to_cite recommended_citation",
    )
    category: str = optional(
        accepts.Category(),
        "",
        about="the heading under which the list shows it; empty: `default_category`",
        example="manuscripts",
        aliases="publication_category pub_category",
    )
    type: str = optional(
        accepts.Text(),
        "",
        about="the kind of paper; gives the category where that is empty",
        example="Journal article",
        aliases="publication_type pub_type item_type document_type work_type dt",
    )
    paper_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="where to read it; empty: the page of its DOI or on arXiv",
        example="/files/attention.pdf",
        aliases="paper_link pdf_url pdf site_url paperurl url link publisher_url article_url"
        " file_url download download_url full_text full_text_url external_url",
    )
    slides_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="its slides",
        aliases="slides presentation_url slide_url slidesurl slides_link slides_poster"
        " slide_deck slides_pdf talk_slides presentation_slides",
    )
    bibtex_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="a BibTeX file; empty: the one that is made from this row",
        aliases="bibtexurl bib_url bib_link",
    )
    bibtex: str = optional(
        accepts.Bibtex(),
        "",
        about="the BibTeX entry, or a `.bib` file beside the sheet; empty: made from this row",
        aliases="bib bibtex_entry bib_entry",
    )
    code_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="its code",
        aliases="repo_url github_url repository_url code repo repository github source_code",
    )
    data_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="its data", aliases="dataset_url dataset data data_link"
    )
    video_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="a recording",
        aliases="video youtube youtube_url recording recording_url video_link",
    )
    poster_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="its poster", aliases="poster poster_link poster_pdf"
    )
    project_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="its own web page",
        aliases="project_page project_website project homepage webpage website demo_url demo",
    )
    doi: str = optional(
        accepts.Doi(),
        "",
        about="its DOI",
        example="10.1000/182",
        aliases="di doi_link doi_url doi_number",
    )
    arxiv: str = optional(
        accepts.Arxiv(),
        "",
        about="its arXiv id",
        example="2310.01234",
        aliases="arxiv_id arxiv_url arxiv_link arxiv_number eprint",
    )
    status: str = optional(
        accepts.Text(),
        "",
        about="“in press”, “under review” …: shown in the citation",
        aliases="publication_status",
    )
    award: str = optional(
        accepts.Text(), "", about="a prize, shown on its page", aliases="awards honor honour prize"
    )
    volume: str = optional(accepts.Text(), "", about="for the citation", aliases="vol vl band")
    issue: str = optional(
        accepts.Text(), "", about="for the citation", aliases="number issue_number no is"
    )
    pages: str = optional(
        accepts.Pages(),
        "",
        about="for the citation",
        example="1–12",
        aliases="page page_range page_numbers pp page_start start_page first_page"
        " beginning_page bp page_end end_page last_page ending_page ep article_number pagination",
    )
    publisher: str = optional(accepts.Text(), "", about="for the BibTeX entry")

    @property
    def shown_venue(self) -> str:
        """Return the venue, or what stands in for it: without, the theme's CV cites nothing."""
        return published_in(self.venue, self.publisher, self.arxiv)

    @property
    def read_at(self) -> tuple[str, ...]:
        """Return where to read it: the addresses typed, else the page of its DOI or on arXiv."""
        return self.paper_url or self._at_doi or self._at_arxiv

    @property
    def identities(self) -> tuple[str, ...]:
        """Return its DOI, and its title with the year: either tells one paper from another."""
        title = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", self.title.casefold())))
        dois = (f"doi:{address.casefold()}" for address in self._at_doi)
        return (*dois, f"title:{self.pub_date.year} {title}")

    @classmethod
    def collection(cls, site: Site) -> str:  # noqa: ARG003 - it is the same on all sites
        """Return `publications`, which every academicpages site has."""
        return "publications"

    @classmethod
    def notices(cls, records: Sequence[Self]) -> Sequence[str]:
        """Say which papers appeared nowhere: on /cv/ the theme leaves out even their citation."""
        bare = [record for record in records if record.published and not record.shown_venue]
        if not bare:
            return ()
        rows = [str(record.place.row) for record in bare[:_ROWS_NAMED]]
        named = ", ".join([*rows, "…"] if len(bare) > _ROWS_NAMED else rows)
        counted = "1 row has" if len(bare) == 1 else f"{len(bare)} rows have"
        shown = f"“Published in , {bare[0].pub_date.year}”"
        return (f"{counted} no venue ({named}): the theme shows {shown}; fill `venue`",)

    def page(self, site: Site) -> Page:
        """Return the page in `_publications/`, with the link keys that the site's theme reads."""
        stem = self._stem
        shown, links = split_links(self._links(site), site)
        citation = self._citation(site)
        front = front_matter(
            {
                "title": markup.title(self.title),
                "collection": "publications",
                "category": self._category(site),
                "permalink": self.permalink or f"/publication/{stem}",
                "excerpt": self.excerpt,
                "date": self.pub_date.first,
                "venue": markup.raw(self.shown_venue),
                "venue_short": markup.raw(self.venue_short),
                "location": markup.raw(self.location),
                **shown,
                "citation": citation,
                "authors": [author.plain for author in self.authors],
                "byline": self._byline(site),
                "type": markup.raw(self.type),
                "doi": markup.raw(self._doi),
                "arxiv": self.arxiv,
                "status": markup.raw(self._status),
                "award": markup.raw(self.award),
                "volume": markup.raw(self.volume),
                "issue": markup.raw(self.issue),
                "pages": markup.raw(self.pages),
                "publisher": markup.raw(self.publisher),
                "links": link_list(links),
                "published": None if self.published else False,
            },
            self.own,
        )
        award = f"**{markup.literal(self.award)}**" if self.award else ""
        # The page's header shows the citation, with the links that stand in it.
        left = {label: urls for label, urls in links.items() if not _all_in(citation, urls)}
        text = body(site, (award, self.text), left)
        return Page(f"_publications/{stem}.md", front, text, self.place)

    def assets(self, site: Site) -> tuple[Asset, ...]:
        """Return the BibTeX file of this paper, unless it has one elsewhere or cannot have one."""
        if not self._has_entry(site):
            return ()
        entry = self.bibtex or entry_from(self._work(site))
        return (Asset(f"files/bibtex/{self._stem}.bib", f"{entry}\n", self.place),)

    @property
    def _stem(self) -> str:
        named = f"{self.pub_date.first}-{self.url_slug or slugs.slug_from(self.title)}"
        return self.page_file or named

    def _category(self, site: Site) -> str:
        """Return the category, without which the list page would not show the paper."""
        return self.category or accepts.category_of(self.type, site) or usual_category(site)

    def _byline(self, site: Site) -> str:
        """Return the authors as HTML, own name bold, with the signs of equal contribution.

        No Liquid could do that: it would have to know a name again in all its spellings.
        """
        own = _own_names(site.author)
        return ", ".join([_in_byline(author, own) for author in self.authors])

    def _citation(self, site: Site) -> str:
        own = _own_names(site.author)
        if self.citation:
            return citations.clean_citation(self.citation, own)
        if site.citation_style:
            from mdgen import csl  # noqa: PLC0415 - an extra, and slow to start

            return csl.cite_csl(self._work(site), site.citation_style, own, root=site.root)
        return citations.build_citation(self._work(site), own)

    def _work(self, site: Site) -> Work:
        return Work(
            title=self.title,
            year=self.pub_date.year,
            authors=self.authors,
            category=self._category(site),
            month=self.pub_date.month,
            venue=self.venue,
            volume=self.volume,
            issue=self.issue,
            pages=self.pages,
            publisher=self.publisher,
            doi=self._doi,
            arxiv=self.arxiv,
            url=next((url for url in self.paper_url if url.startswith("http")), ""),
            status=self._status,
        )

    @property
    def _status(self) -> str:
        return self.status or self.pub_date.status

    @property
    def _doi(self) -> str:
        """Return the DOI; the column may also hold another address."""
        return "" if self.doi.startswith("http") else self.doi

    @property
    def _at_doi(self) -> tuple[str, ...]:
        if not self.doi:
            return ()
        return (urls.doi_url(self._doi) if self._doi else self.doi,)

    @property
    def _at_arxiv(self) -> tuple[str, ...]:
        return (urls.arxiv_url(self.arxiv),) if self.arxiv else ()

    def _has_entry(self, site: Site) -> bool:
        enough = self.authors and self.shown_venue and site.bibtex
        return not self.bibtex_url and bool(self.bibtex or enough)

    def _links(self, site: Site) -> dict[str, tuple[str, ...]]:
        made = (f"/files/bibtex/{self._stem}.bib",) if self._has_entry(site) else ()
        return {
            "Paper": self.read_at,
            "Slides": self.slides_url,
            "BibTeX": self.bibtex_url or made,
            "Code": self.code_url,
            "Data": self.data_url,
            "Video": self.video_url,
            "Poster": self.poster_url,
            "Project": self.project_url,
            "DOI": self._at_doi,
            "arXiv": self._at_arxiv,
            **self.links,
        }


@lru_cache(maxsize=8192)
def _in_byline(author: Author, own: OwnNames) -> str:
    name = markup.raw(author.plain)
    return (f"<b>{name}</b>" if own.matches(author) else name) + markup.raw(author.mark)


@cache
def _own_names(author: tuple[str, ...]) -> OwnNames:
    return own_names(author)


def _all_in(citation: str, urls: tuple[str, ...]) -> bool:
    """Tell whether a citation links to all of `urls`."""
    return all(f'href="{markup.raw(url)}"' in citation for url in urls)


def usual_category(site: Site) -> str:
    """Return the category of papers that name none: the settings', `manuscripts`, or the first."""
    if site.default_category or not site.categories:
        return site.default_category
    return "manuscripts" if "manuscripts" in site.categories else next(iter(site.categories))
