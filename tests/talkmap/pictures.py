"""Renew the map's pictures in docs/images: python -m tests.talkmap.pictures"""  # noqa: D400

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.talkmap.browser import running_browser
from tests.talkmap.site import located, write_site

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def main() -> None:
    """Take one picture each of light, dark and narrow."""
    with tempfile.TemporaryDirectory() as folder, running_browser() as browser:
        write_site(Path(folder), located())
        for name, width, height, marker in (
            ("light", 850, 620, "Cape Town, South Africa: 1 talk"),
            ("dark", 850, 620, ""),
            ("narrow", 390, 700, "Cape Town, South Africa: 1 talk"),
        ):
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if name == "dark" else "light",
                reduced_motion="reduce",
            )
            page.goto(f"{Path(folder).as_uri()}/talkmap/map.html")
            if marker:
                page.locator(f'.marker[aria-label*="{marker}"]').click()
            IMAGES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=IMAGES / f"talkmap-{name}.png")
            page.close()


if __name__ == "__main__":
    main()
