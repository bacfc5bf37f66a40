"""Each format in each language against a file that a person has read.

After a wanted change: ``GOLDEN=write pytest tests/export/test_golden.py``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from concierge.export import FORMATS, render
from concierge.services.summary import ShiftSummary
from tests.export.made_up import EMPTY, RICH

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("GOLDEN") == "write"
LANGUAGES = (("zh",), ("en",), ("zh", "en"))


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("name", "summary"), [("rich", RICH), ("empty", EMPTY)])
def test_the_summary_reads_as_it_was_approved(
    name: str, summary: ShiftSummary, fmt: str, languages: tuple[str, ...]
) -> None:
    rendered = render(fmt, summary, languages).encode()
    golden = GOLDEN / f"{name}.{'-'.join(languages)}.{fmt}"
    if WRITE:
        golden.write_bytes(rendered)
    assert rendered.decode() == golden.read_bytes().decode()


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_format_or_language_nobody_knows_is_a_mistake_of_the_caller(fmt: str) -> None:
    with pytest.raises(ValueError, match="docx"):
        render("docx", RICH, ("en",))
    with pytest.raises(ValueError, match="fr"):
        render(fmt, RICH, ("fr",))
