"""A small site with the theme's contract, built by real Jekyll, and what a reader sees of it."""
