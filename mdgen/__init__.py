"""From the spreadsheets of an academic to the pages of an academicpages site."""

__version__ = "0.1.0"
