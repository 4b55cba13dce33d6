"""The CV from the sheets: `_data/cv.json` as the theme shows it, and a JSON Resume."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from mdgen.cli import main
from mdgen.cv.document import parse
from mdgen.cv.resume import resume
from mdgen.problems import MdgenError
from tests.bounds import stamps
from tests.jekyll.build import SITE, build_site, seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

CONFIG = "name: Ada Lovelace\nurl: https://ada.example\nbaseurl: /home/\n"
SHEETS = {
    "experience": """\
title,organization,start_date,end_date,kind,role,location,url,advisors,highlights,gpa,courses,study_type,published
Engine,Works & Co,2023-05,,industry,Engineer,"Oslo, Norway",https://w.example,[B](https://b.example),"Made it **2×**
Kept <it>",,,,
Postdoc,Institute,2020,2022-12,research,,,,,,,,,
PhD,University,2015-09,2019,education,,,,,,1.0,Logic; Poetry & more,Doctorate,
Secret,Agency,2021,2022,industry,,,,,,,,,no
""",
    "publications": """\
title,pub_date,venue,paper_url,excerpt,doi
Attention *in* Reading,2020,J & R,/files/a.pdf,Why we **skip**.,
On 1 < 2,2024-10-20,,,,10.1000/182
""",
    "talks": """\
title,date,venue,location,type,excerpt
Early,2019-01,Days,Oslo,Keynote,
Late,2024-05-31,,Bergen,Keynote,What *I* said
""",
    "teaching": """\
title,date,venue,role,type
Reading,Spring 2024,University,,Lecture
Writing,2025,University,Assistant,Lecture
""",
}
HAND_MADE = """\
{
    "basics": {"name": "Ada", "email": "", "website": "https://ada.example", "phone": null,
        "location": {"city": "London", "countryCode": "GB"},
        "profiles": [{"network": "GitHub", "url": "https://github.com/ada"}]},
    "work": [],
    "education": [
        { "institution": "GitHub University", "area": "Ph.D", "endDate": "2018", "gpa": null }
    ],
    "skills": [{"name": "Reading", "keywords": ["a", "b"]}],
    "languages": [ {"language": "English", "fluency": "native"} ],
    "publications": [],
    "interests": []
}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "_config.yml").write_text(CONFIG)
    for kind, text in SHEETS.items():
        (tmp_path / "data" / f"{kind}.csv").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(main, list(words))


def cv(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "_data" / "cv.json").read_text(encoding="utf-8"))
    return found


def keep(site: Path, text: str) -> Path:
    path = site / "_data" / "cv.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.fixture(scope="session")
def schema(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the schema as its makers publish it, in an npm package; nothing of it is kept here."""
    folder = request.config.cache.mkdir("jsonresume-schema")
    packed = folder / "jsonresume-schema-1.3.1.tgz"
    if not packed.exists():
        if shutil.which("npm") is None:
            pytest.fail("npm is not installed; install it with: apt-get install npm")
        subprocess.run(
            ["npm", "pack", "--silent", "@jsonresume/schema@1.3.1"], cwd=folder, check=True
        )
    with tarfile.open(packed) as package:
        file = package.extractfile("package/schema.json")
        assert file is not None
        found: dict[str, Any] = json.load(file)
    return found


def problems(schema: dict[str, Any], document: object) -> list[str]:
    checker = Draft7Validator.FORMAT_CHECKER
    assert {"uri", "email"} <= checker.checkers.keys()
    validator = Draft7Validator(schema, format_checker=checker)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_sections_from_all_sheets_in_the_names_of_the_theme(site: Path, run: Run) -> None:
    result = run("cv")
    assert result.exit_code == 0, result.output
    assert result.output == "sheets -> _data/cv.json: added\n"
    found = cv(site)
    assert found.pop("meta")["mdgen"]["sections"] == [
        "work", "education", "publications", "presentations", "teaching"
    ]  # fmt: skip
    assert found == {
        "basics": {"name": "Ada Lovelace"},
        "work": [
            {
                "company": "Works &amp; Co",
                "position": "Engineer",
                "location": "Oslo, Norway",
                "website": "https://w.example",
                "startDate": "2023-05",
                "summary": "Engine",
                "highlights": [
                    "Made it <strong>2×</strong>",
                    "Kept &lt;it&gt;",
                    'Advised by <a href="https://b.example">B</a>',
                ],
            },
            {
                "company": "Institute",
                "position": "Postdoc",
                "startDate": "2020",
                "endDate": "2022-12",
            },
        ],
        "education": [
            {
                "institution": "University",
                "area": "PhD",
                "studyType": "Doctorate",
                "startDate": "2015-09",
                "endDate": "2019",
                "gpa": "1.0",
                "courses": ["Logic", "Poetry &amp; more"],
            }
        ],
        "publications": [
            {
                "name": "On 1 &lt; 2",
                "releaseDate": "2024-10-20",
                "website": "https://doi.org/10.1000/182",
            },
            {
                "name": "Attention <em>in</em> Reading",
                "publisher": "J &amp; R",
                "releaseDate": "2020",
                "website": "https://ada.example/home/files/a.pdf",
                "summary": "Why we <strong>skip</strong>.",
            },
        ],
        "presentations": [
            {
                "name": "Late",
                "date": "2024-05-31",
                "location": "Bergen",
                "description": "What <em>I</em> said",
            },
            {
                "name": "Early",
                "event": "Days",
                "date": "2019-01",
                "location": "Oslo",
                "description": "Keynote",
            },
        ],
        "teaching": [
            {
                "course": "Writing",
                "institution": "University",
                "date": "2025",
                "role": "Assistant",
            },
            {
                "course": "Reading",
                "institution": "University",
                "date": "2024-03",
                "role": "Lecture",
            },
        ],
    }


def test_a_second_run_changes_nothing(site: Path, run: Run) -> None:
    run("cv", "--resume")
    documents = [site / "_data/cv.json", site / "resume.json"]
    before = stamps(documents)
    result = run("cv", "--resume")
    assert result.output == "sheets -> _data/cv.json: unchanged\nsheets -> resume.json: unchanged\n"
    assert stamps(documents) == before


def test_sections_kept_by_hand_are_not_taken_over_by_themselves(site: Path, run: Run) -> None:
    path = keep(site, HAND_MADE)
    result = run("cv")
    assert result.exit_code == 1
    assert result.output == (
        "_data/cv.json: `education` were not made by mdgen; see that the sheets have what stands"
        " there, then take them over with --adopt\n"
    )
    assert path.read_text() == HAND_MADE


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_all_that_no_sheet_holds_stays_as_it_is_written(newline: str, site: Path, run: Run) -> None:
    path = keep(site, "\ufeff" + HAND_MADE.replace("\n", newline))
    assert run("cv", "--adopt").exit_code == 0
    text = path.read_bytes().decode()
    assert text.startswith("\ufeff{")
    assert text.count("\n") == text.count(newline)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    kept = [line for line in HAND_MADE.split("\n") if "[]" not in line and "Univ" not in line]
    assert [line for line in kept if line.rstrip(",") not in {x.rstrip(",") for x in lines}] == []
    assert list(json.loads("\n".join(lines))) == [
        "basics", "work", "education", "skills", "languages", "publications", "interests",
        "presentations", "teaching", "meta",
    ]  # fmt: skip
    assert '    "work": [\n        {\n            "company"' in "\n".join(lines)
    assert "sheets -> _data/cv.json: unchanged\n" in run("check").output


def test_a_kind_without_sheet_or_rows_leaves_its_section_to_the_person(
    site: Path, run: Run
) -> None:
    keep(site, HAND_MADE)
    (site / "data" / "experience.csv").unlink()
    (site / "data" / "talks.csv").write_text("title,date\n")
    assert run("cv").exit_code == 0
    assert cv(site)["education"][0]["area"] == "Ph.D"
    assert list(cv(site))[-3:] == ["interests", "teaching", "meta"]


def test_without_a_single_row_nothing_is_written(site: Path, run: Run) -> None:
    for kind, text in SHEETS.items():
        (site / "data" / f"{kind}.csv").write_text(text.split("\n")[0] + "\n")
    result = run("cv")
    assert (result.exit_code, result.output) == (
        0, "_data/cv.json: no sheet of the site has a row yet, so nothing to write\n"
    )  # fmt: skip
    assert not (site / "_data").exists()


def test_what_a_person_edits_in_a_generated_section_is_not_overwritten(
    site: Path, run: Run
) -> None:
    run("cv")
    path = site / "_data" / "cv.json"
    edited = path.read_text().replace("Institute", "The Institute")
    path.write_text(edited)
    for command in ("cv", "sync"):
        result = run(command)
        assert result.exit_code == 1
        assert (
            "_data/cv.json: `work`, `education`, `publications`, `presentations`, `teaching` of"
            " mdgen were edited by hand; put that into the sheets, or overwrite it with --force\n"
        ) in result.output
        assert path.read_text() == edited
    assert run("cv", "--force").exit_code == 0
    assert cv(site)["work"][1]["company"] == "Institute"


def test_what_a_person_writes_elsewhere_is_no_edit(site: Path, run: Run) -> None:
    run("cv")
    data = cv(site)
    data["skills"] = [{"name": "Reading"}]
    data["meta"]["version"] = "v1.0.0"
    path = keep(site, json.dumps(data, indent="\t", ensure_ascii=True))
    (site / "data" / "talks.csv").write_text("title,date\nÉlan,2020\n")
    assert run("cv").exit_code == 0
    assert cv(site)["presentations"][0]["name"] == "Élan"
    assert cv(site)["skills"] == [{"name": "Reading"}]
    assert cv(site)["meta"]["version"] == "v1.0.0"
    assert "\\u00c9lan" in path.read_text()
    assert '\n\t"skills"' in path.read_text()


def test_sync_and_check_keep_it_in_step(site: Path, run: Run) -> None:
    assert run("sync").exit_code == 0
    assert not (site / "_data").exists()
    run("cv", "--resume")
    assert run("check").exit_code == 0
    (site / "data" / "talks.csv").write_text("title,date\nNew,2024\n")
    result = run("check")
    assert result.exit_code == 1
    assert "sheets -> _data/cv.json: to change\nsheets -> resume.json: to change\n" in result.output
    result = run("sync", "--diff")
    assert '+      "name": "New"' in result.output
    assert "sheets -> _data/cv.json: changed\n" in result.output
    assert run("check").exit_code == 0


def test_settings_ask_for_it(site: Path, run: Run) -> None:
    (site / "_config.yml").write_text(f"{CONFIG}mdgen: {{cv: true}}\n")
    run("sync", "--quiet")
    assert cv(site)["teaching"]
    assert not (site / "resume.json").exists()


def test_a_commit_that_lacks_the_cv_is_told_so(site: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q", str(site)], check=True)
    run("sync")
    subprocess.run(["git", "add", "-A"], cwd=site, check=True)
    keep(site, "{}")
    assert run("sync", "--exit-code").exit_code == 0
    run("cv", "--resume")
    result = run("sync", "--exit-code")
    assert result.exit_code == 1
    assert "_data/cv.json, resume.json are not in git yet" in result.output


def test_it_waits_for_sheets_with_problems(site: Path, run: Run) -> None:
    run("cv")
    before = (site / "_data" / "cv.json").read_bytes()
    (site / "data" / "talks.csv").write_text("title,date\nNew,never\n")
    result = run("sync")
    assert result.exit_code == 2
    assert "_data/cv.json: waits until the sheets are put right\n" in result.output
    result = run("cv")
    assert result.exit_code == 2
    assert "data/talks.csv:2: date: 'never'" in result.output
    assert (site / "_data" / "cv.json").read_bytes() == before


def test_papers_of_several_sheets_are_listed_once(site: Path, run: Run) -> None:
    (site / "data" / "b.csv").write_text("title,pub_date\nATTENTION in reading,2020\nB,2021\n")
    (site / "_config.yml").write_text(
        f"{CONFIG}mdgen: {{sheets: {{publications: [data/publications.csv, data/b.csv]}}}}\n"
    )
    run("cv")
    names = [paper["name"] for paper in cv(site)["publications"]]
    assert names == ["On 1 &lt; 2", "B", "Attention <em>in</em> Reading"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"work": [', "_data/cv.json: is no JSON: "),
        ("[]", "_data/cv.json: is no JSON object"),
        ("\xff", "_data/cv.json: is no"),
    ],
)
def test_a_cv_that_cannot_be_read_is_named_and_left_alone(
    text: str, says: str, site: Path, run: Run
) -> None:
    path = keep(site, "")
    path.write_bytes(text.encode("latin-1"))
    result = run("cv")
    assert result.exit_code == 2
    assert says in result.output
    run("sync")
    assert path.read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize("meta", ['"x"', '{"mdgen": 1}', '{"mdgen": {"sections": 1}}'])
def test_another_meta_does_not_make_it_ours(meta: str, site: Path, run: Run) -> None:
    keep(site, f'{{"meta": {meta}}}')
    run("sync")
    assert list(cv(site)) == ["meta"]


def test_a_resume_that_is_valid_under_the_schema(
    site: Path, run: Run, schema: dict[str, Any]
) -> None:
    keep(site, HAND_MADE)
    assert run("cv", "--adopt", "--resume").exit_code == 0
    document = json.loads((site / "resume.json").read_text(encoding="utf-8"))
    assert problems(schema, document) == []
    assert document["basics"] == {
        "name": "Ada",
        "url": "https://ada.example",
        "location": {"city": "London", "countryCode": "GB"},
        "profiles": [{"network": "GitHub", "url": "https://github.com/ada"}],
    }
    assert document["work"][0]["name"] == "Works & Co"
    assert "endDate" not in document["work"][0]
    assert document["work"][0]["highlights"] == ["Made it 2×", "Kept <it>", "Advised by B"]
    assert document["education"][0]["score"] == "1.0"
    assert document["publications"][0]["name"] == "On 1 < 2"
    assert [project["type"] for project in document["projects"]] == [
        "presentation", "presentation", "teaching", "teaching"
    ]  # fmt: skip
    assert document["projects"][2] == {
        "name": "Writing",
        "entity": "University",
        "startDate": "2025",
        "type": "teaching",
        "roles": ["Assistant"],
    }
    assert document["skills"] == [{"name": "Reading", "keywords": ["a", "b"]}]


def test_the_schema_of_the_test_refuses_what_is_wrong(schema: dict[str, Any]) -> None:
    wrong = {"basics": {"url": "no"}, "work": [{"startDate": "May"}], "education": [{"score": 1}]}
    assert len(problems(schema, wrong)) == 3


def test_a_resume_elsewhere_and_one_in_the_way(site: Path, run: Run) -> None:
    assert run("cv", "--resume", "files/me.json").exit_code == 0
    path = site / "files" / "me.json"
    path.write_text(path.read_text().replace("Institute", "X"))
    result = run("cv", "--resume", "files/me.json")
    assert result.exit_code == 1
    assert "files/me.json: was edited by hand" in result.output
    assert run("cv", "--resume", "files/me.json", "--force").exit_code == 0
    (site / "resume.json").write_text("{}")
    result = run("cv", "--resume", "--quiet")
    assert (result.exit_code, result.output) == (
        1,
        "resume.json: is in the way, for mdgen did not write it; move it, or overwrite it with"
        " --adopt\n",
    )
    assert run("cv", "--resume", "--adopt").exit_code == 0
    result = run("cv", "--resume", "../me.json")
    assert result.exit_code == 2
    assert "lies outside the site" in result.output


def test_the_page_of_the_theme_shows_it(
    site: Path, tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    source = tmp_path_factory.mktemp("cv") / "source"
    shutil.copytree(SITE, source)
    shutil.copytree(site / "data", source / "data")
    assert run("cv", "--site", str(source)).exit_code == 0
    page = build_site(source, source.parent / "site").read("/cv-json/")
    assert [seen(node) for node in page.css(".work")] == [
        "Engineer, Works & Co, 2023-05 - Present Engine Made it 2× Kept <it> Advised by B",
        "Postdoc, Institute, 2020 - 2022-12",
    ]
    assert seen(page.css_first(".education")) == "PhD, University, 2019 1.0 Logic Poetry & more"
    assert [seen(node) for node in page.css(".publication")] == [
        "On 1 < 2, , 2024-10-20",
        "Attention in Reading, J & R, 2020 Why we skip.",
    ]
    assert seen(page.css(".presentation")[1]) == "Early, Days, Oslo, 2019-01 Keynote"
    assert seen(page.css(".teaching")[1]) == "Reading, University, Lecture, 2024-03"


def test_an_empty_document_and_one_on_a_single_line() -> None:
    assert parse(" {}").with_values({"a": ["é"]}) == '{\n  "a": [\n    "é"\n  ]\n}\n'
    assert parse('{"a": 1, "b":[2]}').with_values({"b": [3], "c": 4}) == '{"a": 1, "b":[3], "c": 4}'
    with pytest.raises(MdgenError, match="is no JSON object"):
        parse("1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(st.text(max_size=3), JSON, max_size=4),
    st.dictionaries(st.text(max_size=3), JSON, max_size=4),
    st.sampled_from([None, 1, 4, "\t"]),
    st.booleans(),
)
def test_any_document_gains_the_values_and_nothing_else(
    data: dict[str, Any],
    values: dict[str, Any],
    indent: str | int | None,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    after = parse(text).with_values(values)
    assert json.loads(after) == data | values
    assert list(json.loads(after)) == list(data | values)
    assert parse(after).with_values(values) == after


@given(st.dictionaries(
    st.sampled_from(["basics", "work", "education", "publications", "skills", "presentations",
                     "teaching", "projects", "references"]), JSON, max_size=4,
))  # fmt: skip
def test_a_resume_keeps_what_its_sections_can_hold(cv: dict[str, Any]) -> None:
    document = resume(cv, "Ada")
    assert document["basics"]
    assert None not in document.values()
