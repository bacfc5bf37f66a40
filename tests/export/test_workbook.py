"""The workbook, read back: sheets, types, frozen heads, filters, and text that stays text."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from concierge.export import render, render_report
from concierge.export.document import Said
from concierge.export.workbook_file import sheet_names
from concierge.services.summary import ShiftSummary
from tests.export.made_up import EMPTY, RICH
from tests.export.made_up_period import MONTH
from tests.export.test_typed_text_is_harmless import languages, retyped, typed


def opened(content: str | bytes) -> Any:
    assert isinstance(content, bytes)
    return load_workbook(io.BytesIO(content))


def test_each_table_has_a_sheet_in_the_language_of_the_paper() -> None:
    assert opened(render("xlsx", RICH, ("en",))).sheetnames == [
        *("Summary", "Carried", "Broken", "Promises", "Hours", "Received", "Rungs", "Escalated"),
        *("Notes", "Thanks", "Counts", "Timeline"),
    ]
    assert opened(render("xlsx", RICH, ("zh",))).sheetnames[:2] == ["小结", "移交事项"]
    assert opened(render("xlsx", RICH, ("zh", "en"))).sheetnames[1] == "移交事项 Carried"


@pytest.mark.parametrize("summary", [RICH, EMPTY], ids=["rich", "empty"])
def test_each_table_has_a_frozen_head_and_a_filter_over_its_rows(summary: ShiftSummary) -> None:
    book = opened(render("xlsx", summary, ("en",)))
    carried = len(summary.carried)
    sheet = "Open now" if summary.ended_at is None else "Carried"
    assert book[sheet].auto_filter.ref == f"A1:I{carried + 1}"
    for each in book.worksheets:
        assert each.freeze_panes == "A2"
    for each in book.worksheets[1:]:
        assert all(cell.font.bold for cell in each[1])


def test_figures_are_numbers_instants_real_dates_and_lengths_of_time_real_times() -> None:
    book = opened(render("xlsx", RICH, ("en",)))
    broken, promises, counts = book["Broken"], book["Promises"], book["Counts"]
    head = {cell.value: cell.column_letter for cell in broken[1]}
    due = broken[f"{head['Due']}2"]
    assert due.value == datetime(2026, 11, 23, 8, 15)  # noqa: DTZ001 - the property's wall time
    assert due.number_format == "yyyy-mm-dd hh:mm"
    assert broken[f"{head['Kept at']}3"].value is None
    assert broken[f"{head['Late by']}2"].value == timedelta(seconds=260)
    assert [cell.value for cell in promises[2]] == ["answer", 7, 1, timedelta(seconds=540)]
    assert [cell.value for cell in counts[2]][:4] == ["Keys", 42, 41, -1]
    assert counts["D2"].number_format == "+0;-0;0"


def test_a_report_has_percents_that_a_spreadsheet_can_count_with() -> None:
    book = opened(render_report("xlsx", MONTH, ("en",)))
    reached = book["Targets"]["C2"]
    assert reached.value == pytest.approx(71 / 80)
    assert reached.number_format == "0.0%"
    assert "By building" in book.sheetnames


def test_what_looks_like_a_formula_is_text_and_stays_text_when_edited() -> None:
    book = opened(render("xlsx", RICH, ("en",)))
    words = book["Carried"]["E4"]
    assert words.value.startswith("=HYPERLINK(")
    assert words.data_type == "s"
    assert words.quotePrefix


@settings(max_examples=25)
@given(text=typed, codes=languages)
def test_whatever_was_typed_the_workbook_opens_without_a_formula(
    text: str, codes: tuple[str, ...]
) -> None:
    content = render("xlsx", retyped(RICH, text), codes)
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    book, plain = opened(content), opened(render("xlsx", retyped(RICH, "plain"), codes))
    assert [sheet.dimensions for sheet in book] == [sheet.dimensions for sheet in plain]
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_summary_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render("xlsx", RICH, ("zh", "en"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert render("xlsx", RICH, ("zh", "en")) == first
    book = opened(first)
    assert book.properties.created == book.properties.modified == datetime(2026, 11, 23, 7)  # noqa: DTZ001 - UTC, as files say it


def test_names_of_sheets_are_short_plain_and_each_its_own() -> None:
    titles = [Said((("en", "By [hour]: a/b?*\\"),)), *[Said((("en", "x" * 40),))] * 3]
    assert sheet_names(titles) == ["By hour a b", "x" * 31, "x" * 28 + " 2", "x" * 28 + " 3"]
