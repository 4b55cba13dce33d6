"""How long a sheet of N publications takes to read as a workbook, against the same sheet as CSV.

    python benchmarks/workbook.py          10 000 rows

Whole processes first, as a person waits for them; then the reading alone, once all is imported.
Needs openpyxl, which comes with `mdgen[test]`.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from pages import timed, write_sheet

READ = """
import sys, time
from pathlib import Path
from mdgen.headers import recognizer
from mdgen.kinds import KINDS
from mdgen.settings import Site
from mdgen.sheets import read_table
path = Path(sys.argv[1])
recognize = recognizer(KINDS["publications"], Site(root=path.parent))
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    table = read_table(path.name, path.read_bytes(), recognize=recognize)
    seconds = time.perf_counter() - start
assert len(table.rows) == int(sys.argv[3])
if int(sys.argv[2]) > 1:
    print(seconds)
"""


def write_workbook(sheet: Path, path: Path) -> None:
    """Write the cells of a CSV file into a workbook."""
    book = Workbook(write_only=True)
    worksheet = book.create_sheet("Publications")
    with sheet.open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            worksheet.append(row)
    book.save(path)


def warm(path: Path, rows: int) -> float:
    """Return the seconds of the third reading in one process."""
    command = [sys.executable, "-c", READ, str(path), "3", str(rows)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sheet, book = Path(name) / "papers.csv", Path(name) / "papers.xlsx"
        write_sheet(sheet, options.rows)
        write_workbook(sheet, book)
        whole: dict[Path, list[float]] = {sheet: [], book: []}
        alone: dict[Path, list[float]] = {sheet: [], book: []}
        for _ in range(options.runs):
            for path in (sheet, book):
                command = [sys.executable, "-c", READ, str(path), "1", str(options.rows)]
                whole[path].append(timed(command)[0])
                alone[path].append(warm(path, options.rows))
    for what, found in (("whole process", whole), ("reading alone", alone)):
        text, xlsx = statistics.median(found[sheet]), statistics.median(found[book])
        print(f"{options.rows} rows, {what}: XLSX {xlsx:.2f} s, CSV {text:.2f} s;", end=" ")
        print(f"ratio {xlsx / text:.2f} (wanted: at most 3)")


if __name__ == "__main__":
    main()
