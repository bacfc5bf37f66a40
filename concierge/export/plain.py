"""Text that people typed, made harmless before any format sees it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from rich.cells import cell_len, set_cell_size

from concierge.domain.masking import masked_text
from concierge.domain.typed_text import clean
from concierge.services.report_views import PeriodReport
from concierge.services.summary import ShiftSummary

Figures = TypeVar("Figures", ShiftSummary, PeriodReport)

WORDS_CELLS = 80
"""Terminal cells of a resident's words on paper; the tables have them whole."""
_LINES = 24
"""Lines of one text on paper: no row is higher than a page."""

# Fields that hold what somebody typed about people; names of staff are signed and stay.
_ABOUT_PEOPLE = frozenset({"words", "place", "text", "word", "end_reason", "who", "unit"})
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_TO_BLANK = str.maketrans({"\n": " ", "\t": " "})
_JOINERS = "\u200d\ufe0f "


def cleaned(figures: Figures, *, clear: bool = False) -> Figures:
    """The figures without a control or bidi character but newline and tab, in no matter which text.

    Args:
        figures: a shift's summary or a period's report.
        clear: whether phones and the like in typed texts stay whole.
    """
    kept: Figures = _cleaned(figures, masked=not clear)
    return kept


def _cleaned(value: Any, *, masked: bool, name: str = "") -> Any:
    if isinstance(value, str):
        text = clean(value, limit=len(value)).text.translate(_LINE_ENDS)
        return masked_text(text) if masked and name in _ABOUT_PEOPLE else text
    if isinstance(value, dict):
        return {
            _cleaned(key, masked=masked): _cleaned(item, masked=masked)
            for key, item in value.items()
        }
    if isinstance(value, (tuple, list)):
        return tuple(_cleaned(item, masked=masked, name=name) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            part.name: _cleaned(getattr(value, part.name), masked=masked, name=part.name)
            for part in fields(value)
        }
        return replace(value, **parts)
    return value


def one_line(text: str) -> str:
    """Text on one line, as typed but for line breaks and tabs, which become blanks."""
    return text.translate(_TO_BLANK)


def shortened(text: str, cells: int = WORDS_CELLS) -> str:
    """Text on one line in at most ``cells`` terminal cells; what is cut ends in an ellipsis."""
    # A long text is cut before it is measured: a character takes at most a few code points to a cell.
    line = one_line(text[: cells * 8])
    if len(text) <= cells * 8 and cell_len(line) <= cells:
        return line
    return set_cell_size(line, cells - 1).rstrip(_JOINERS) + "…"


def fitted(text: str, cells: int) -> str:
    """Text in lines as it was typed, cut to 24 of them and to ``cells`` terminal cells in all."""
    lines = text.split("\n", _LINES)
    if len(lines) > _LINES:
        text = "\n".join(lines[:_LINES]) + "…"
    if len(text) <= cells * 8 and cell_len(one_line(text)) <= cells:
        return text
    kept = shortened(text, cells)
    # Cutting changed no character before the ellipsis but breaks into blanks: the lines are as typed.
    return text[: len(kept) - 1] + "…" if one_line(text).startswith(kept[:-1]) else kept
