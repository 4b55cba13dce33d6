"""`python -m mdgen`."""

from mdgen.cli import main

main(prog_name="mdgen")
