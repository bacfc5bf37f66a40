"""``shift export``: formats, languages, folders, and what leaves the house in clear."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.commands import Cli

PHONE = "138 0000 1234"
RECORD = "select count(*) from event where kind = 'summary.shown-clear'"
SHIFT = ("shift", "export", "--format")


def kept(cli: Cli) -> int:
    """How often the log says that somebody took the summary in clear."""
    with closing(sqlite3.connect(cli.home / "concierge.db")) as store:
        found: int = store.execute(RECORD).fetchone()[0]
        return found


@pytest.fixture
def running(cli: Cli) -> Cli:
    cli.ok("shift", "start", "--as", "Chen Li", "--text", f"the plumber is {PHONE}")
    cli.ticket("neighbour", "--unit", "3-1201", words=f"call me at {PHONE}, not at 3-1201")
    return cli


def test_a_workbook_and_a_pdf_are_written_whole(running: Cli, tmp_path: Path) -> None:
    book, pdf = tmp_path / "summary.xlsx", tmp_path / "summary.pdf"
    running.ok(*SHIFT, "xlsx", "--output", str(book))
    assert load_workbook(book)["Open now"]["A2"].value == "T-20261123-001"
    running.ok(*SHIFT, "pdf", "--output", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_folder_gets_a_file_whose_name_sorts_by_time(running: Cli, tmp_path: Path) -> None:
    written = running.ok(*SHIFT, "md", "--output", str(tmp_path))
    assert written == {
        "shift": 1,
        "format": "md",
        "path": str(tmp_path / "shift-20261123-1413-lobby.md"),
        "languages": ["en"],
        "masked": True,
    }
    assert running.no(1, *SHIFT, "md", "--output", str(tmp_path))["code"] == "output.exists"
    assert running(*SHIFT, "md", "--output", str(tmp_path), "--force").code == 0
    nowhere = f"{tmp_path / 'nowhere'}/"
    assert running.no(1, *SHIFT, "md", "--output", nowhere)["code"] == "output.no-folder"


def test_a_paper_is_in_the_languages_asked_for_whatever_answers_are_in(running: Cli) -> None:
    paper = running(*SHIFT, "md", "--output", "-", "--language", "both", "--lang", "en").out
    assert paper.startswith("# 交班小结 / Shift summary")
    assert running(*SHIFT, "md", "--output", "-", "--languages", "zh").out.startswith(
        "# 交班小结："
    )


def test_phones_are_masked_unless_a_supervisor_asks_which_is_on_record(running: Cli) -> None:
    masked = running(*SHIFT, "json", "--output", "-").out
    assert PHONE not in masked
    numbers = masked.count("138****1234")
    assert numbers >= 2
    assert running.no(1, *SHIFT, "json", "--output", "-", "--clear")["code"] == "staff.missing"
    refused = running.no(1, *SHIFT, "json", "--output", "-", "--clear", "--as", "Chen Li")
    assert refused["code"] == "role.needed"
    assert kept(running) == 0
    clear = running(*SHIFT, "json", "--output", "-", "--clear", "--as", "Zhou")
    assert clear.code == 0
    assert clear.out.count(PHONE) == numbers
    assert kept(running) == 1


def test_a_supervisor_who_has_a_pin_lets_nothing_out_without_it(
    running: Cli, tmp_path: Path
) -> None:
    running.ok("staff", "pin", "Zhou", stdin=b"2580\n")
    path = tmp_path / "summary.md"
    clear = (*SHIFT, "md", "--output", str(path), "--clear", "--as", "Zhou")
    assert running.no(1, *clear)["code"] == "pin.missing"
    assert running.no(1, *clear, "--pin-stdin", stdin=b"1470\n")["code"] == "pin.wrong"
    assert (path.exists(), kept(running)) == (False, 0)
    assert running.ok(*clear, "--pin-stdin", stdin=b"2580\n")["masked"] is False
    assert PHONE in path.read_text(encoding="utf-8")
    assert kept(running) == 1


def test_who_may_not_let_it_out_is_told_so_before_any_pin_is_tried(running: Cli) -> None:
    running.ok("staff", "pin", "Chen Li", stdin=b"2580\n")
    clear = (*SHIFT, "md", "--output", "-", "--clear", "--as", "Chen Li", "--pin-stdin")
    for pin in (b"1470\n", b"2580\n"):
        assert running.no(1, *clear, stdin=pin)["code"] == "role.needed"
    with closing(sqlite3.connect(running.home / "concierge.db")) as store:
        tried = store.execute("select count(*) from event where kind = 'staff.pin-refused'")
        assert tried.fetchone() == (0,)
