"""A shift with two thousand tickets: short on paper, whole in the files that programs read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from concierge.export import render
from concierge.export.handover_tables import NOTE_CELLS
from concierge.export.plain import fitted
from concierge.services.summary import Line, NoteLine, ShiftSummary
from tests.export.made_up import END, RICH

TICKETS = 2000
LARGEST = 200_000  # bytes of the page, however busy the shift was


def crowded() -> ShiftSummary:
    """A shift in which everything that can happen has happened two thousand times."""
    numbers = [f"T-20261123-{n:04}" for n in range(TICKETS)]
    places = "Lift 2 二号电梯，地下一层，靠近车库入口"
    return replace(
        RICH,
        carried=tuple(
            replace(RICH.carried[n % 3], number=number) for n, number in enumerate(numbers)
        ),
        broken=tuple(replace(RICH.broken[1], number=each, place=places) for each in numbers),
        escalated=tuple(replace(RICH.escalated[0], number=each) for each in numbers),
        notes=tuple(
            NoteLine(END - n, "陈丽 Chen Li", "长" * (500 if n else 4000), "next")
            for n in range(TICKETS)
        ),
        timeline=tuple(
            Line(END - n, "met-late", number, "3-1201", None, "neighbour", "attend", who="陈丽")
            for n, number in enumerate(numbers)
        ),
    )


@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en")], ids="-".join)
def test_the_page_of_two_thousand_tickets_stays_small_and_says_what_it_leaves_out(
    languages: tuple[str, ...],
) -> None:
    page = render("html", crowded(), languages)
    assert isinstance(page, str)
    assert len(page.encode()) < LARGEST
    said = (
        "另有 1\u202f900 条"
        if "zh" in languages
        else "And 1\u202f900 more, which the table file has."
    )
    assert said in page


def test_csv_workbook_and_json_leave_nothing_out() -> None:
    shift = crowded()
    text, book, values = (render(fmt, shift, ("en",)) for fmt in ("csv", "xlsx", "json"))
    assert isinstance(text, str)
    assert isinstance(book, bytes)
    rows = list(csv.reader(io.StringIO(text)))
    for section in ("Carried over", "Broken promises", "Escalated", "Shift notes", "Timeline"):
        assert sum(row[0] == section for row in rows) >= TICKETS
    assert "长" * 4000 in text
    sheets = load_workbook(io.BytesIO(book), read_only=True)
    assert sum(1 for _ in sheets["Carried"].rows) == TICKETS + 1
    assert len(json.loads(values)["escalated"]) == TICKETS


def test_a_text_too_long_for_paper_keeps_its_lines_up_to_the_ellipsis() -> None:
    text = "first\nsecond " + "x" * 900
    cut = fitted(text, NOTE_CELLS)
    assert cut.startswith("first\nsecond xxx")
    assert cut.endswith("x…")
    assert len(cut) == NOTE_CELLS
    assert fitted("first\nsecond", NOTE_CELLS) == "first\nsecond"


def test_a_table_of_ordinary_length_says_nothing_of_being_cut() -> None:
    paper = render("md", RICH, ("en",))
    assert isinstance(paper, str)
    assert "which the table file has" not in paper
