"""The PDF, read back: text of both languages, an embedded font, heads on each page, and what refuses it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest

from concierge.domain.refusal import Refusal
from concierge.export import render, render_report
from concierge.export.fonts import find_faces, system_folders
from concierge.services.summary import ShiftSummary
from tests.export.made_up import EMPTY, RICH
from tests.export.made_up_period import MONTH
from tests.export.test_cutting import crowded

FACES = find_faces(system_folders())
needs_font = pytest.mark.skipif(FACES is None, reason="no Chinese font on this computer")
PLAIN = replace(EMPTY, property_name="Cloud Garden", staff="Chen Li")
NOWHERE: tuple[Path, ...] = ()


def read(content: str | bytes) -> pypdf.PdfReader:
    assert isinstance(content, bytes)
    return pypdf.PdfReader(io.BytesIO(content))


def words(content: str | bytes) -> str:
    """All its text, without the breaks of lines."""
    return "".join(map(told, read(content).pages)).replace("\n", "")


def told(page: pypdf.PageObject) -> str:
    """The text of a page; of a font of the newer kind pypdf gives each character with a zero before it."""
    return page.extract_text().replace("\0", "")


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concierge.export.pdf.system_folders", lambda: NOWHERE)


@needs_font
def test_both_languages_are_found_in_it_as_text() -> None:
    said = words(render("pdf", RICH, ("zh", "en")))
    for each in (
        "交班小结 / Shift summary",
        "需要您定夺",
        "T-20261123-007",
        "孙梅 <Sun>",
        "已交接",
    ):
        assert each in said
    assert "12 matters came in, 3 answered on the spot." in said.replace("  ", " ")
    assert (RICH.signed or "?") in said
    assert "138****1234" in said


@needs_font
def test_its_font_is_embedded_as_a_subset() -> None:
    fonts: dict[str, Any] = {}
    content = render("pdf", RICH, ("zh",))
    for page in read(content).pages:
        fonts |= page["/Resources"]["/Font"]  # type: ignore[index]
    assert fonts
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        named = str(inner["/BaseFont"])
        assert re.fullmatch(r"/[A-Z]{6}\+.+", named)
        assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"].get_object())
    assert len(content) < 400_000


@needs_font
def test_each_page_has_its_number_and_a_rehearsal_says_so_on_each() -> None:
    pages = read(render("pdf", RICH, ("en",))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        text = told(page)
        assert f"Page {number} / {len(pages)}" in text
        assert "REHEARSAL" in text
        assert (page.mediabox.width, page.mediabox.height) == (
            pytest.approx(595.28),
            pytest.approx(841.89),
        )
    assert "Shift summary 41" in told(pages[1])
    assert "REHEARSAL" not in words(render("pdf", EMPTY, ("en",)))


@needs_font
def test_a_table_over_several_pages_has_its_head_on_each_and_is_cut_at_its_length() -> None:
    pages = [told(page) for page in read(render("pdf", crowded(), ("en",))).pages]
    holding = [text for text in pages if text.count("T-20261123-00") > 3 and "overdue" in text]
    assert len(holding) > 2
    assert all("Resident's words" in text for text in holding)
    assert "more, which the table file has." in "".join(pages)
    assert len(pages) < 40


@needs_font
def test_what_was_typed_is_shown_as_it_is_and_breaks_nothing() -> None:
    shown = ("{nb}", "**bold** __u__", "<b>&amp;", "\\n %s (x)")
    hostile = ("\x1b[31m", "🆘👨\u200d👩\u200d👧", "\ufffe", "W" * 3000, "", "عربي", "\u2028")
    notes = tuple(replace(RICH.notes[0], text=f"a{each}z") for each in (*shown, *hostile))
    said = words(render("pdf", replace(RICH, notes=notes, desk="a{nb}z"), ("en",)))
    for each in shown:
        assert f"a{each}z" in said
    assert said.count("a{nb}z") >= 3


@needs_font
def test_the_same_summary_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render("pdf", EMPTY, ("zh", "en"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render("pdf", EMPTY, ("zh", "en")) == first
    made = read(first).metadata
    assert made is not None
    assert str(made["/CreationDate"]).startswith("D:20261123070000")


@needs_font
def test_nothing_is_said_beside_the_paper(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    render("pdf", EMPTY, ("zh",))
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


@needs_font
@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en")], ids="-".join)
def test_the_end_of_a_paper_stands_on_a_page_with_what_comes_before_it(
    languages: tuple[str, ...],
) -> None:
    for content, title, end in (
        (render("pdf", RICH, languages), {"zh": "时间线", "en": "Timeline"}, "sign"),
        (render_report("pdf", MONTH, languages), {}, "log"),
    ):
        ends = {"sign": ("交接签字", "Sign-off"), "log": ("事件日志", "Event log")}[end]
        last = told(read(content).pages[-1])
        at = min(last.index(each) for each in ends if each in last)
        above = last[:at].split("\n", 2)[-1]
        assert len(above) > 40, last
        assert not title or title[languages[0]] in last or "T-2026" in above


@needs_font
def test_a_report_is_a_paper_like_a_summary() -> None:
    said = words(render_report("pdf", MONTH, ("zh", "en")))
    assert "月报" in said
    assert "Lost at handover" in said


@pytest.mark.usefixtures("no_font")
def test_without_a_chinese_font_a_plain_english_paper_is_still_made() -> None:
    said = words(render("pdf", PLAIN, ("en",)))
    assert "Cloud Garden" in said
    assert "Nothing waits for a decision." in said


@pytest.mark.usefixtures("no_font")
@pytest.mark.parametrize(
    ("summary", "languages"), [(PLAIN, ("zh",)), (RICH, ("en",))], ids=["paper", "typed"]
)
def test_without_a_chinese_font_chinese_is_refused_rather_than_left_out(
    summary: ShiftSummary, languages: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refused:
        render("pdf", summary, languages)
    assert refused.value.code == "pdf.no-font"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concierge.export.pdf.find_spec", lambda _: None)
    with pytest.raises(Refusal) as refused:
        render("pdf", PLAIN, ("en",))
    assert refused.value.code == "pdf.missing"


@needs_font
@pytest.mark.parametrize("where", ["note", "reason"])
def test_a_text_of_very_many_lines_stays_on_its_page(where: str) -> None:
    lines = "\n".join(str(n % 10) for n in range(199))
    note = replace(RICH.notes[0], text=lines)
    reason = lines if where == "reason" else RICH.end_reason
    long = replace(RICH, notes=(note,) if where == "note" else (), end_reason=reason)
    for page in read(render("pdf", long, ("zh", "en"))).pages:
        heights: list[float] = []
        page.extract_text(visitor_text=partial(keep_height, heights))
        assert min(heights) > 0


def keep_height(
    heights: list[float], text: str, _page: object, at: list[float], *_: object
) -> None:
    """Above the foot of the page, of what can be seen."""
    if text.strip():
        heights.append(at[5])
