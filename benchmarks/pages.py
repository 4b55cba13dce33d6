"""How fast a sheet of N publications becomes pages, against the floor measured in the same run.

    python benchmarks/pages.py             10 000 rows, and 1 000 and 100 000 for the growth
    python benchmarks/pages.py --rows 2000 --no-growth

The floor is what no tool on pandas can go below: importing it, reading the sheet as text, and
writing the same bytes to the same number of files in the plainest way.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import sys, pandas
frame = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
assert len(frame)
for line in open(sys.argv[2]):
    name, size = line.split()
    with open(f"{sys.argv[3]}/{name}", "w", encoding="utf-8", newline="") as file:
        file.write("x" * int(size))
"""
TITLES = ("pub_date", "title", "venue", "authors", "excerpt", "url_slug", "paper_url", "category")
GIVEN = (
    "Ada", "Charles", "Mary", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Ken",
    "Dennis", "Radia", "Sophie", "Tim",
)  # fmt: skip
FAMILY = (
    "Lovelace", "Babbage", "Somerville", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth",
    "Allen", "Thompson", "Lee",
)  # fmt: skip
WORDS = (
    "reading", "slow", "fast", "words", "of", "in", "for", "sparse", "dense", "graph", "model",
    "page", "sheet", "learning", "proof",
)  # fmt: skip


def write_sheet(path: Path, rows: int) -> None:
    """Write a sheet of different papers, as people fill one in."""
    chance = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(TITLES)
        for number in range(rows):
            title = " ".join(chance.choices(WORDS, k=8)).capitalize()
            people = "; ".join(
                f"{chance.choice(GIVEN)} {chance.choice('ABCDEFGH')}. {chance.choice(FAMILY)}"
                for _ in range(4)
            )
            writer.writerow(
                [
                    f"{1990 + number % 35}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                    f"{title} {number}",
                    "Journal of " + chance.choice(WORDS).capitalize(),
                    people,
                    " ".join(chance.choices(WORDS, k=15)).capitalize() + ".",
                    f"paper-{number}",
                    f"https://example.org/papers/{number}.pdf",
                    "manuscripts",
                ]
            )


def timed(command: list[str]) -> tuple[float, float]:
    """Return seconds and peak memory (MB) of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def site(root: Path, rows: int) -> Path:
    """Make a site with a sheet of `rows`, and return the sheet."""
    (root / "data").mkdir(parents=True)
    (root / "_config.yml").write_text(
        "name: Ada Lovelace\npublication_category: {manuscripts: {title: Articles}}\n"
        "mdgen: {bibtex: false}\n"
    )
    sheet = root / "data" / "publications.csv"
    write_sheet(sheet, rows)
    return sheet


def mdgen(root: Path, sheet: Path) -> list[str]:
    """Return the command that writes the pages of a site."""
    return [sys.executable, "-m", "mdgen", "publications", "--site", str(root), str(sheet), "-q"]


def measure(folder: Path, rows: int, runs: int) -> tuple[float, float, float]:
    """Return the medians of mdgen's seconds, its memory in MB, and the floor's seconds.

    Each run has folders of its own, and nothing is removed before the last one has ended: ext4
    goes over all that was removed in the last seconds whenever a file is made.
    """
    ours, floors = [], []
    kept = folder / f"pages-{rows}.txt"
    for run in range(runs):
        root = folder / f"site-{rows}-{run}"
        sheet = site(root, rows)
        ours.append(timed(mdgen(root, sheet)))
        pages = (root / "_publications").iterdir()
        kept.write_text("".join(f"{page.name} {page.stat().st_size}\n" for page in pages))
        plain = root / "plain"
        plain.mkdir()
        floors.append(timed([sys.executable, "-c", FLOOR, str(sheet), str(kept), str(plain)]))
    median = statistics.median
    return median(s for s, _ in ours), max(m for _, m in ours), median(s for s, _ in floors)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-growth", action="store_true")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, memory, floor = measure(folder, options.rows, options.runs)
        print(f"{options.rows} rows: {seconds:.2f} s, {memory:.0f} MB at the most")
        print(f"floor: {floor:.2f} s; ratio {seconds / floor:.2f} (wanted: at most 1.5)")
        if not options.no_growth:
            more, memory, _ = measure(folder, options.rows * 10, 1)
            print(f"{options.rows * 10} rows: {more:.1f} s, {memory:.0f} MB;", end=" ")
            print(f"{more / seconds:.1f} times as long (wanted: at most 11)")


if __name__ == "__main__":
    main()
