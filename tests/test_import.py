"""`mdgen import` as people run it: what it writes, says, and exits with."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from mdgen.cli import main
from tests.bounds import stamps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

CONFIG = "name: Ada Lovelace\npublication_category: {manuscripts: {title: Articles}}\n"
FOX = """\
@article{fox,
  title = {The {Fox}},
  author = {Lovelace, Ada},
  journal = {Fables},
  year = 2020,
  doi = {10.1000/1}
}
"""
OWL = "@article{owl, title = {The Owl}, journal = {Fables}, year = 2021}\n"
FOX_CELL = FOX.strip().replace("\n", "\n")
IDENTITY = "0000-0002-1825-0097"
WORK = {
    "put-code": 7,
    "type": "journal-article",
    "title": {"title": {"value": "The Fox"}},
    "journal-title": {"value": "Fables"},
    "publication-date": {"year": {"value": "2020"}},
}


@dataclass(frozen=True)
class Workspace:
    """A site in a folder, and `mdgen` run in it."""

    root: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def run(self, *arguments: str, typed: bytes = b"") -> Result:
        result = CliRunner().invoke(main, ["import", *arguments], prog_name="mdgen", input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(tmp_path)
    workspace.write("_config.yml", CONFIG)
    return workspace


def said(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def test_a_sheet_that_is_missing_is_made_and_a_second_import_changes_nothing(
    site: Workspace,
) -> None:
    site.write("refs.bib", FOX + OWL)
    line = "refs.bib -> data/publications.csv: {} added, 0 cells filled\n"
    assert said(site.run("bibtex", "refs.bib")) == (0, "", line.format(2))
    sheet = (
        "pub_date,title,venue,authors,category,doi,bibtex\n"
        f'2020,The Fox,Fables,"Lovelace, Ada",manuscripts,10.1000/1,"{FOX.strip()}"\n'
        f'2021,The Owl,Fables,,manuscripts,,"{OWL.strip()}"\n'
    )
    assert site.read("data/publications.csv") == sheet
    before = stamps([site.root / "data/publications.csv"])
    assert said(site.run("bibtex", "refs.bib")) == (0, "", line.format(0))
    assert stamps([site.root / "data/publications.csv"]) == before


def test_of_a_sheet_that_is_there_only_what_is_filled_and_added_changes(site: Workspace) -> None:
    site.write(
        "data/publications.csv",
        "\ufeffYear;Title;Journal;DOI;Remark\r\n"
        "2019;An older one;;;mine\r\n"
        "\r\n"
        '2020;"The Fox";Fabulae;;\r\n',
    )
    site.write("refs.bib", FOX + OWL)
    assert said(site.run("bibtex", "refs.bib", "-v")) == (
        0,
        "",
        "data/publications.csv:4: Journal: 'Fabulae' stays; refs.bib has 'Fables'"
        " (`--update venue` takes that)\n"
        "data/publications.csv:4: authors: Lovelace, Ada\n"
        "data/publications.csv:4: category: manuscripts\n"
        "data/publications.csv:4: bibtex: @article{fox, title = {The {Fox}}, author = {Lovelace, Ada}…\n"
        "data/publications.csv:4: DOI: 10.1000/1\n"
        "refs.bib -> data/publications.csv: 1 added, 4 cells filled, 1 differs\n",
    )
    fox = FOX.strip().replace("\n", "\r\n")
    assert site.read("data/publications.csv") == (
        "\ufeffYear;Title;Journal;DOI;Remark;authors;category;bibtex\r\n"
        "2019;An older one;;;mine\r\n"
        "\r\n"
        f'2020;"The Fox";Fabulae;10.1000/1;;Lovelace, Ada;manuscripts;"{fox}"\r\n'
        f"2021;The Owl;Fables;;;;manuscripts;{OWL.strip()}\r\n"
    )


def test_update_takes_the_imports_value_and_knows_a_column_by_any_of_its_titles(
    site: Workspace,
) -> None:
    site.write("data/publications.csv", "pub_date,title,venue\n2020,The Fox,Fabulae\n")
    site.write("refs.bib", "@article{fox, title = {The Fox}, journal = {Fables}, year = 2020}")
    result = site.run("bibtex", "refs.bib", "--update", "Journal", "--update", "bibtex")
    assert result.stderr == "refs.bib -> data/publications.csv: 0 added, 3 cells filled\n"
    assert site.read("data/publications.csv").splitlines()[1].startswith("2020,The Fox,Fables,")
    refused = site.run("bibtex", "refs.bib", "--update", "venu")
    assert refused.exit_code == 2
    assert "'venu' is no column of publications that this import fills" in refused.stderr


def test_a_dry_run_writes_nothing_and_shows_new_rows_as_csv(site: Workspace) -> None:
    site.write("data/publications.csv", "pub_date,title,venue\n2020,The Fox,\n")
    site.write(
        "refs.bib", "@misc{fox, title = {The Fox}, howpublished = {Den}, year = 2020}\n" + OWL
    )
    before = site.read("data/publications.csv")
    result = site.run("bibtex", "refs.bib", "--dry-run")
    assert said(result) == (
        0,
        f'pub_date,title,venue,category,bibtex\n2021,The Owl,Fables,manuscripts,"{OWL.strip()}"\n',
        "data/publications.csv:2: venue: Den\n"
        "data/publications.csv:2: category: manuscripts\n"
        "data/publications.csv:2: bibtex: @misc{fox, title = {The Fox}, howpublished = {Den}, year = …\n"
        "refs.bib -> data/publications.csv: 1 to add, 3 cells to fill\n",
    )
    assert site.read("data/publications.csv") == before


def test_a_broken_entry_is_named_and_the_good_ones_are_imported(site: Workspace) -> None:
    site.write("a.bib", f"@article{{broken, title = {{x\n\n{FOX}")
    site.write("b.bib", "@misc{undated, title = {When?}}")
    result = site.run("bibtex", "a.bib", "b.bib", "--into", "mine.csv")
    assert said(result) == (
        2,
        "",
        "a.bib:1: '@article{broken, title = {x' is not read: it is not closed where the next entry"
        " begins; mend its braces, quotes and commas\n"
        "warning: b.bib:1: 'undated' has no year; give one in pub_date\n"
        "a.bib, b.bib -> mine.csv: 2 added, 0 cells filled\n",
    )
    again = site.run("bibtex", "a.bib", "b.bib", "--into", "mine.csv", "--quiet")
    assert again.stderr.count("\n") == 1


def test_other_formats_and_standard_input(site: Workspace) -> None:
    csl = [{"type": "book", "title": "The Owl", "issued": {"date-parts": [[2021]]}}]
    site.write("zotero.json", json.dumps(csl))
    site.write("end.ris", "TY  - JOUR\nTI  - The Fox\nPY  - 2020\nER  - \n")
    assert site.run("csl", "zotero.json").exit_code == 0
    assert site.run("ris", "end.ris").exit_code == 0
    result = site.run("bibtex", "-", typed=b"@misc{hen, title={The Hen}, year=2022}")
    assert result.stderr == "<stdin> -> data/publications.csv: 1 added, 0 cells filled\n"
    assert site.read("data/publications.csv") == (
        "pub_date,title,category,bibtex\n"
        "2021,The Owl\n"
        "2020,The Fox,manuscripts\n"
        '2022,The Hen,manuscripts,"@misc{hen, title={The Hen}, year=2022}"\n'
    )


class Orcid(BaseHTTPRequestHandler):
    """The public API, for a person with one work."""

    def do_GET(self) -> None:
        group = {"group": [{"work-summary": [WORK]}]}
        answer = {
            f"/v3.0/{IDENTITY}/works": group,
            f"/v3.0/{IDENTITY}/works/7": {"bulk": [{"work": WORK}]},
        }.get(self.path)
        self.send_response(200 if answer else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


@pytest.fixture
def api() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Orcid) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v3.0"
        server.shutdown()
        thread.join()


def test_an_orcid_record_by_its_id_and_from_a_file(site: Workspace, api: str) -> None:
    result = site.run("orcid", f"https://orcid.org/{IDENTITY}", "--api", api)
    assert said(result) == (
        0,
        "",
        f"orcid.org/{IDENTITY} -> data/publications.csv: 1 added, 0 cells filled\n",
    )
    site.write("record.json", json.dumps({"bulk": [{"work": WORK}]}))
    result = site.run("orcid", "record.json")
    assert result.stderr == "record.json -> data/publications.csv: 0 added, 0 cells filled\n"
    assert site.read("data/publications.csv") == (
        "pub_date,title,venue,category\n2020,The Fox,Fables,manuscripts\n"
    )


def test_what_is_no_orcid_id_and_whom_orcid_does_not_know(site: Workspace, api: str) -> None:
    slip = site.run("orcid", "0000-0002-1825-0098")
    assert said(slip) == (
        2,
        "",
        "mdgen: '0000-0002-1825-0098' is no ORCID iD: its last character does not fit the others;"
        " look it up again, or name the file of a saved record\n",
    )
    unknown = site.run("orcid", "0000-0001-5109-3700", "--api", api)
    assert (unknown.exit_code, "there is nothing at this address" in unknown.stderr) == (2, True)


def test_a_workbook_keeps_its_other_sheets_and_widths(site: Workspace) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["pub_date", "title", "venue"])
    sheet.append(["2020", "The Fox", None])
    sheet.column_dimensions["B"].width = 44
    book.create_sheet("Notes")["A1"] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    site.write("data/publications.xlsx", buffer.getvalue())
    site.write("refs.bib", FOX)
    result = site.run("bibtex", "refs.bib")
    assert result.stderr == "refs.bib -> data/publications.xlsx: 0 added, 5 cells filled\n"
    after = openpyxl.load_workbook(site.root / "data/publications.xlsx")
    assert after["Notes"]["A1"].value == "=1+1"
    assert [cell.value for cell in after["Sheet"][2]][:3] == ["2020", "The Fox", "Fables"]
    assert after["Sheet"].column_dimensions["B"].width == 44


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (
            "date,talk_title\n2020,A talk\n",
            "data/publications.csv: looks like a sheet of talks, not of publications;"
            " run `mdgen talks`\n1 problem; nothing was written\n",
        ),
        (
            "pub_date,title,excerp\n2020,The Fox,\n",
            "data/publications.csv:1: excerp: is no column that mdgen knows; did you mean `excerpt`?\n"
            "1 problem; nothing was written\n",
        ),
        (
            "pub_date,title\n2020,The Fox,too,much\n",
            "data/publications.csv:2: 'too' stands beyond the last column, 'title'; probably a comma"
            " inside an earlier cell splits it: put that cell in double quotes, or take the comma"
            " out\n1 problem; nothing was written\n",
        ),
    ],
)
def test_a_sheet_that_is_not_in_order_is_left_alone(
    site: Workspace, sheet: str, message: str
) -> None:
    site.write("data/publications.csv", sheet)
    site.write("refs.bib", FOX)
    result = site.run("bibtex", "refs.bib")
    assert (result.exit_code, result.stderr) == (2, message)
    assert site.read("data/publications.csv") == sheet


@pytest.mark.parametrize(
    ("into", "message"),
    [
        (
            "https://example.org/sheet.csv",
            "https://example.org/sheet.csv: is on the web, where mdgen writes nothing;"
            " fill a copy: --into",
        ),
        ("refs.bib", "refs.bib: is BibTeX, which is not filled in; name a CSV file: --into"),
        (
            "new.xlsx",
            "new.xlsx: is not there, and a new sheet is a CSV file; name it so, or save an empty one"
            " with a spreadsheet program first",
        ),
    ],
)
def test_what_cannot_be_filled(site: Workspace, into: str, message: str) -> None:
    site.write("refs.bib", FOX)
    result = site.run("bibtex", "refs.bib", "--into", into, "--site", ".")
    assert (result.exit_code, result.stderr) == (2, f"mdgen: {message}\n")


def test_an_empty_file_is_filled_and_an_empty_sheet_keeps_its_columns(site: Workspace) -> None:
    site.write("refs.bib", "@misc{fox, title = {The Fox}, year = 2020}")
    site.write("empty.csv", "\n")
    site.write("header.csv", "title,pub_date\n")
    site.run("bibtex", "refs.bib", "--into", "empty.csv")
    site.run("bibtex", "refs.bib", "--into", "header.csv")
    entry = '"@misc{fox, title = {The Fox}, year = 2020}"'
    assert site.read("empty.csv").startswith("pub_date,title,category,bibtex\n2020,The Fox,")
    assert site.read("header.csv") == (
        f"title,pub_date,category,bibtex\nThe Fox,2020,manuscripts,{entry}\n"
    )


def test_with_several_sheets_of_a_kind_one_has_to_be_named(site: Workspace) -> None:
    site.write("_config.yml", "mdgen: {sheets: {publications: [a.csv, b.csv]}}\n")
    site.write("refs.bib", FOX)
    result = site.run("bibtex", "refs.bib")
    assert said(result) == (
        2,
        "",
        "mdgen: the site has several sheets of publications (a.csv, b.csv);"
        " say which: --into SHEET\n",
    )
    assert site.run("bibtex", "refs.bib", "--into", "b.csv").exit_code == 0
    assert not (site.root / "a.csv").exists()


def test_a_file_that_is_not_there(site: Workspace) -> None:
    result = site.run("bibtex", "none.bib")
    assert said(result) == (2, "", "none.bib: is not there\n1 problem; nothing was written\n")


# Pages: what a reader sees of them afterwards is the matter of test_import_pages.


def test_pages_that_cannot_be_taken_over_are_named(site: Workspace) -> None:
    site.write("_talks/2020-01-01-a.md", "---\ntitle: A\nexcerp: V\norganizer: O\n---\n")
    site.write("_talks/2020-01-02-b.markdown", "---\ntitle: B\n---\n")
    site.write("_talks/2020-01-03-c.md", b"---\ntitle: Caf\xe9\n---\n")
    site.write("_talks/picture.png", b"\x89PNG")
    site.write("_talks/older/2019-01-01-d.md", "---\ntitle: D\n---\n")
    site.write("_talks/notes.txt", "no page")
    site.write("_talks/2020-01-05-f.md", "---\nvenue: V\n---\n")
    site.write("_talks/g.md", "---\ntitle: G\n---\n")
    assert said(site.run("pages", "talks", "--dry-run")) == (
        2,
        "title,date,venue,url_slug,page_file,permalink\n"
        "A,2020-01-01,O,a,,/talks/2020-01-01-a/\n"
        ",2020-01-05,V,f,,/talks/2020-01-05-f/\n"
        "G,,,,g,/talks/g/\n",
        "_talks/2020-01-02-b.markdown: is set aside, for mdgen writes `.md` pages only;"
        " rename it first\n"
        "_talks/2020-01-03-c.md: is no UTF-8 text; save it as UTF-8\n"
        "_talks/older: is a folder; the pages in it are not read: move them up first\n"
        "warning: _talks/2020-01-05-f.md: has no title; give it one in title\n"
        "warning: _talks/g.md: has no date; give it one in date\n"
        "warning: _talks/2020-01-01-a.md: excerp: is left out: is no column that mdgen knows;"
        " did you mean `excerpt`?\n"
        "_talks/ -> data/talks.csv: 3 to add, 0 cells to fill\n",
    )


def test_pages_into_a_sheet_of_ones_own(site: Workspace) -> None:
    site.write(
        "_talks/2020-01-01-a.md", "---\ntitle: A\nslidesurl: /s.pdf\nslides_url: /t.pdf\n---\n"
    )
    refused = site.run("pages", "--into", "t.csv")
    assert (refused.exit_code, refused.stderr.splitlines()[-1]) == (
        2,
        "Error: --into is the sheet of one KIND; name that",
    )
    assert site.run("pages", "talks", "--into", "t.csv").stderr == (
        "_talks/ -> t.csv: 1 added, 0 cells filled\n`mdgen sync --adopt` now takes over the pages\n"
    )
    assert site.read("t.csv") == (
        "title,date,slides_url,url_slug,permalink\n"
        'A,2020-01-01,"/s.pdf\n/t.pdf",a,/talks/2020-01-01-a/\n'
    )


def test_a_column_that_counts_citations_takes_no_citation(site: Workspace) -> None:
    sheet = "title,pub_date,Citations\nThe Fox,2020,12\nThe Owl,2021,\n"
    site.write("data/publications.csv", sheet)
    front = 'title: "The Owl"\ndate: 2021-01-01\npermalink: /publication/2021-01-01-owl\n'
    page = f'---\n{front}citation: "Lovelace, 2021"\n---\n'
    site.write("_publications/2021-01-01-owl.md", page)
    site.run("pages", "publications")
    assert site.read("data/publications.csv") == (
        "title,pub_date,Citations,citation,url_slug\n"
        "The Fox,2020,12\n"
        'The Owl,2021,,"Lovelace, 2021",owl\n'
    )


def test_a_site_without_pages_has_nothing_to_import(site: Workspace) -> None:
    assert said(site.run("pages", "-q")) == (0, "", "")
    assert said(site.run("pages", "experience")) == (
        0,
        "",
        "all pages are from sheets already; nothing to import\n",
    )


def test_help_shows_what_can_be_imported(site: Workspace) -> None:
    shown = site.run("--help").stdout
    for command in ("bibtex", "csl", "ris", "orcid", "pages"):
        assert f"\n  {command} " in shown
