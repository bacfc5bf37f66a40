"""Each format of text in each language against a file that a person has read.

After a wanted change: ``GOLDEN=write pytest tests/export/test_golden.py``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from concierge.export import FORMATS, TEXTS, render, render_report
from concierge.services.summary import ShiftSummary
from tests.export.made_up import EMPTY, RICH
from tests.export.made_up_period import DAY, MONTH

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("GOLDEN") == "write"
LANGUAGES = (("zh",), ("en",), ("zh", "en"))
FORMATS_OF_TEXT = [fmt for fmt in FORMATS if fmt in TEXTS]


def approved(rendered: str | bytes, name: str, fmt: str, languages: tuple[str, ...]) -> None:
    assert isinstance(rendered, str)
    golden = GOLDEN / f"{name}.{'-'.join(languages)}.{fmt}"
    if WRITE:
        golden.write_bytes(rendered.encode())
    assert rendered == golden.read_bytes().decode()


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("fmt", FORMATS_OF_TEXT)
@pytest.mark.parametrize(("name", "summary"), [("rich", RICH), ("empty", EMPTY)])
def test_the_summary_reads_as_it_was_approved(
    name: str, summary: ShiftSummary, fmt: str, languages: tuple[str, ...]
) -> None:
    approved(render(fmt, summary, languages), name, fmt, languages)


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("fmt", FORMATS_OF_TEXT)
def test_the_report_reads_as_it_was_approved(fmt: str, languages: tuple[str, ...]) -> None:
    approved(render_report(fmt, MONTH, languages), "month", fmt, languages)


def test_the_report_of_a_day_reads_as_it_was_approved() -> None:
    approved(render_report("md", DAY, ("zh", "en")), "day", "md", ("zh", "en"))


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_format_or_language_nobody_knows_is_a_mistake_of_the_caller(fmt: str) -> None:
    with pytest.raises(ValueError, match="docx"):
        render("docx", RICH, ("en",))
    with pytest.raises(ValueError, match="docx"):
        render_report("docx", MONTH, ("en",))
    with pytest.raises(ValueError, match="fr"):
        render(fmt, RICH, ("fr",))
