"""How long a large .bib file takes to become rows, beside the parser alone in the same run.

    python benchmarks/import_bibtex.py [ENTRIES] [--limit RATIO]

Each job runs in a process of its own, so that its peak memory is its own. The parser alone is
bibtexparser as its documentation shows it (`parse_string`, which also resolves its strings and
removes braces). The import makes every row of the sheet and merges them into an empty one.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENTRY = """@{kind}{{{key},
  author = {{{authors}}},
  title = {{{title}}},
  {venue_field} = {{{venue}}},
  year = {{{year}}},
  month = {month},
  volume = {{{volume}}},
  pages = {{{first}--{last}}},
  publisher = {{Springer {{\\&}} Sons}},
  doi = {{10.1145/{number}}},
  url = {{https://doi.org/10.1145/{number}}},
  abstract = {{{abstract}}},
  keywords = {{{words}}},
}}

"""
NAMES = (
    'M{\\"u}ller, Hans', "de la Cruz, Maria", "Smith, John A.", "{The ABC Collaboration}",
    "Zhang, Wei", "Knuth, Donald E.", "Erd{\\H{o}}s, P{\\'a}l", "Charles Babbage", "Yang, Chen",
    "van der Berg, Jan", "Lovelace, Ada", "Ng, Andrew Y.", "{\\O}sterg{\\aa}rd, Lars",
)  # fmt: skip
WORDS = (
    "learning", "graph", "{GPU}", "compiler", "\\emph{in situ}", "fuzzing", "network", "reading",
    "$\\alpha$", "{B}ayesian", "model", "attention", "language", "scale", "testing", "memory",
    "H$_2$O", "theory", "of", "and", "the", "with", "for",
)  # fmt: skip
PLAIN = tuple(word for word in WORDS if word.isalpha())
MONTHS = ("jan", "feb", "mar", "jun", "{July}", '"10"', "dec")


def bibliography(entries: int) -> str:
    """Return that many entries, always the same."""
    chance = random.Random(20_240_501)

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    def prose(count: int) -> str:
        return " ".join(chance.choice(PLAIN) for _ in range(count))

    return "".join(
        ENTRY.format(
            kind=chance.choice(("article", "inproceedings")),
            key=f"key{number}",
            authors=" and ".join(chance.sample(NAMES, chance.randint(1, 6))),
            title=f"{words(9).capitalize()} {number}",
            venue_field=chance.choice(("journal", "booktitle")),
            venue=f"Proceedings of the {number % 40}th Conference on {words(3)}",
            year=2000 + number % 25,
            month=chance.choice(MONTHS),
            volume=number % 90,
            first=number,
            last=number + 12,
            number=number + 1_000_000,
            abstract=f"{words(20)}. {prose(60)}, by 5\\% on average.",
            words=", ".join(words(1) for _ in range(4)),
        )
        for number in range(entries)
    )


def parse_alone(file: Path) -> int:
    """Return how many entries bibtexparser finds."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - not the other job's cost

    return len(parse_string(file.read_text(encoding="utf-8")).entries)


def import_all(file: Path) -> int:
    """Return how many rows an import adds to an empty sheet."""
    from mdgen.importers.bibtex import read_bibtex  # noqa: PLC0415 - as above
    from mdgen.merging import merge  # noqa: PLC0415 - as above

    return len(merge((), (), read_bibtex(file.read_bytes(), str(file)).items).added)


JOBS = {"parser": parse_alone, "import": import_all}


def run(job: str, file: Path) -> None:
    """Do one job and print its seconds, its peak of memory in MB, and its count."""
    start = time.perf_counter()
    count = JOBS[job](file)
    seconds = time.perf_counter() - start
    # Linux counts in kB, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, count)


def measured(file: Path, rounds: int) -> dict[str, tuple[float, float, int]]:
    """Return each job's best seconds, its memory and its count, of runs that take turns."""
    runs: dict[str, list[tuple[float, float, int]]] = {job: [] for job in JOBS}
    for _ in range(rounds):
        for job in JOBS:
            command = [sys.executable, __file__, "--job", job, "--file", str(file)]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            seconds, memory, count = printed.split()
            runs[job].append((float(seconds), float(memory), int(count)))
    return {job: min(each) for job, each in runs.items()}


def main() -> int:
    """Print both jobs' figures and their ratios; 1 if a ratio is above the limit."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("entries", type=int, nargs="?", default=5000)
    options.add_argument("--limit", type=float, default=2.0)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--job", choices=JOBS, help=argparse.SUPPRESS)
    options.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.job:
        run(given.job, given.file)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "refs.bib")
        file.write_text(bibliography(given.entries), encoding="utf-8")
        figures = measured(file, given.rounds)
    for job, (seconds, memory, count) in figures.items():
        print(f"{job}: {seconds:.2f} s, {memory:.0f} MB, {count} entries")
    (alone, alone_memory, _), (whole, whole_memory, _) = figures["parser"], figures["import"]
    print(
        f"ratio: {whole / alone:.2f} of the time, {whole_memory / alone_memory:.2f} of the memory"
    )
    return int(max(whole / alone, whole_memory / alone_memory) > given.limit)


if __name__ == "__main__":
    sys.exit(main())
