"""Names of desks, staff, buildings and categories act in no format of a report."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from concierge.export import render_report
from concierge.services.report_views import PeriodReport
from tests.export.made_up_period import MONTH

NAMES = [
    "<script>alert(1)</script>",
    "=1+1",
    "#N/A",
    "＝1+1",
    "| a | b |",
    "[x](javascript:1) **b**",
    "\x1b[31mred",
    "\u202eevil",
    "first\nsecond\u2028third",
    "{n} %s {{x}}",
]


def named(name: str) -> PeriodReport:
    """A month in which everything that has a name has this one."""
    return replace(
        MONTH,
        property_name=name,
        desk=name,
        categories={code: {"zh": name, "en": name} for code in MONTH.categories},
        by_building=(replace(MONTH.by_building[0], key=name),),
        by_staff=(replace(MONTH.by_staff[0], key=name),),
        shifts=tuple(replace(row, staff=name, desk=name) for row in MONTH.shifts),
    )


class Elements(HTMLParser):
    """Which elements a page has, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


@pytest.mark.parametrize("languages", [("zh",), ("zh", "en")], ids="-".join)
@pytest.mark.parametrize("name", NAMES)
def test_no_name_acts_in_a_report(name: str, languages: tuple[str, ...]) -> None:
    usual = named("Lobby")
    texts = {
        form: str(render_report(form, named(name), languages)) for form in ("md", "html", "csv")
    }
    for text in texts.values():
        assert not {"\x1b", "\u202e", "\u2028"} & set(text)
    assert (
        Elements(texts["html"]).seen == Elements(str(render_report("html", usual, languages))).seen
    )
    assert texts["md"].count("\n") == str(render_report("md", usual, languages)).count("\n")
    rows = list(csv.reader(io.StringIO(texts["csv"].removeprefix("\ufeff"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "＝", "@"}]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_becomes_a_formula_of_a_workbook(name: str) -> None:
    content = render_report("xlsx", named(name), ("en",))
    assert isinstance(content, bytes)
    book = load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "e" not in kinds
