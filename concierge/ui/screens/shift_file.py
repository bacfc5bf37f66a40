"""In which formats a shift summary is written, and under which name."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from concierge.language.translator import Language, later
from concierge.services.summary import ShiftSummary
from concierge.ui.screens.dialogs import Words

_WORDS = {
    "md": later("Markdown, to read and to mail"),
    "html": later("a page to print"),
    "csv": later("a table for a spreadsheet"),
    "json": later("data for other programs"),
}


def _format(form: str) -> Words:
    def words(t: Language) -> str:
        return f"{form:<6}{t(_WORDS[form])}"

    return words


FORMATS: tuple[tuple[Words, str], ...] = tuple((_format(form), form) for form in _WORDS)


def suggested_path(summary: ShiftSummary, form: str, zone: ZoneInfo) -> Path:
    """A name that sorts by the start of the shift, in the user's own folder."""
    started = datetime.fromtimestamp(summary.started_at, zone)
    desk = re.sub(r"[^\w-]+", "-", summary.desk).strip("-") or "desk"
    return _own_folder() / f"shift-{started:%Y%m%d-%H%M}-{desk}.{form}"


def typed_path(text: str) -> Path:
    """A path as people type it: ``~`` is the user's own folder, quotes around it are left out."""
    return Path(text.strip().strip("\"'")).expanduser()


def _own_folder() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as a service has none
        return Path.cwd()
