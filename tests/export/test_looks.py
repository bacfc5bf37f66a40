"""The page in a real browser, by day and by night, and the PDF as pictures: what should be seen is there.

Both are skipped where the programs are not installed; a person has looked at the pages themselves.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from concierge.export import render, render_report
from concierge.export.fonts import find_faces, system_folders
from tests.export.made_up import RICH
from tests.export.made_up_period import MONTH

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
PDFTOPPM = shutil.which("pdftoppm")
WIDTH, HEIGHT = 960, 2400
# The sheet, what is kept and what is broken, by day and by night: the style's own colours.
DAY = {"sheet": (255, 253, 249), "kept": (62, 115, 82), "broken": (173, 51, 39)}
NIGHT = {"sheet": (29, 27, 24), "kept": (131, 189, 151), "broken": (240, 138, 124)}

browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this computer")
pages = pytest.mark.skipif(
    PDFTOPPM is None or find_faces(system_folders()) is None,
    reason="no pdftoppm or no Chinese font on this computer",
)


def chromium(folder: Path, page: Path, *options: str) -> None:
    assert CHROMIUM is not None
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--hide-scrollbars", f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def written(folder: Path, content: str | bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def seen(picture: Image.Image) -> Counter[tuple[int, ...]]:
    """How many pixels there are of each colour."""
    colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    return Counter({colour: n for n, colour in colours or [] if isinstance(colour, tuple)})


@browser
@pytest.mark.parametrize(("scheme", "colours"), [(1, DAY), (0, NIGHT)], ids=["day", "night"])
def test_a_browser_shows_the_page_with_its_picture(
    tmp_path: Path, scheme: int, colours: dict[str, tuple[int, int, int]]
) -> None:
    page = written(tmp_path, render("html", RICH, ("zh", "en")), "page.html")
    shot = tmp_path / "page.png"
    chromium(tmp_path, page, f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={shot}",
             f"--blink-settings=preferredColorScheme={scheme}")  # fmt: skip
    with Image.open(shot) as picture:
        found = seen(picture)
    assert found[colours["sheet"]] > WIDTH * HEIGHT / 2
    assert found[colours["kept"]] > 2000
    assert found[colours["broken"]] > 1000


@browser
def test_the_page_prints_on_white_paper_in_a4_with_every_character(tmp_path: Path) -> None:
    page = written(tmp_path, render("html", RICH, ("zh", "en")), "page.html")
    printed = tmp_path / "page.pdf"
    chromium(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    read = pypdf.PdfReader(printed)
    text = "".join(each.extract_text() for each in read.pages)
    assert 2 <= len(read.pages) <= 6
    assert read.pages[0].mediabox.width == pytest.approx(595, abs=1)
    for said in ("T-20261123-012", "Handed over by"):
        assert said in text


@pages
@pytest.mark.parametrize("kind", ["summary", "report"])
def test_the_pdf_s_pages_are_drawn_with_text_and_pictures_inside_the_margins(
    tmp_path: Path, kind: str
) -> None:
    paper = {
        "summary": lambda: render("pdf", RICH, ("zh", "en")),
        "report": lambda: render_report("pdf", MONTH, ("zh",)),
    }
    content = paper[kind]()
    assert isinstance(content, bytes)
    assert PDFTOPPM is not None
    path = written(tmp_path, content, "paper.pdf")
    subprocess.run([PDFTOPPM, "-r", "50", "-png", path, tmp_path / "page"], check=True, timeout=120)
    drawn = sorted(tmp_path.glob("page-*.png"))
    assert len(drawn) == len(pypdf.PdfReader(io.BytesIO(content)).pages)
    inks: Counter[tuple[int, ...]] = Counter()
    for file in drawn:
        with Image.open(file) as picture:
            inks += seen(picture)
            box = (
                Image.eval(picture.convert("L"), lambda grey: 255 - grey)
                .point(lambda dark: 255 if dark > 40 else 0)
                .getbbox()
            )
            assert box is not None
            left, top, right, bottom = (each * 25.4 / 50 for each in box)
            assert left > 13
            assert right < 197
            assert top > 8
            assert bottom < 291
    assert inks[DAY["kept"]] > 300
    assert inks[DAY["broken"]] > 50
