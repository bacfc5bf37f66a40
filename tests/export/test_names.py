"""Names of files sort by time and are taken by every system."""

from __future__ import annotations

from dataclasses import replace

from concierge.export.names import file_name, report_name
from tests.export.made_up import DAY, RICH
from tests.export.made_up_period import DAY as A_DAY
from tests.export.made_up_period import MONTH


def test_a_summary_is_called_by_the_start_of_its_shift_and_its_desk() -> None:
    assert file_name(RICH, "pdf") == "shift-20261123-0700-Lobby-3.pdf"
    assert file_name(RICH, "html", ("zh", "en")) == "shift-20261123-0700-Lobby-3-zh-en.html"
    later = replace(RICH, started_at=RICH.started_at + DAY)
    assert min(file_name(later, "md"), file_name(RICH, "md")) == file_name(RICH, "md")


def test_a_desk_of_any_name_makes_a_name_that_every_system_takes() -> None:
    for desk in ("../../etc", "a/b\\c:d*e?", "", "…", "CON", "大堂" * 60):
        name = file_name(replace(RICH, desk=desk), "csv")
        assert not set(name) & set('/\\:*?"<>| ')
        assert len(name.encode()) < 200
        assert name.startswith("shift-20261123-0700-")


def test_a_report_is_called_by_its_days() -> None:
    assert report_name(MONTH, "xlsx") == "report-20261101-20261130.xlsx"
    assert report_name(A_DAY, "md", ("en",)) == "report-20261101-Lobby-3-en.md"
