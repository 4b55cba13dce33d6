"""From the spreadsheets of an academic to the pages of an academicpages site."""
