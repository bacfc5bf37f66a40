"""Text that people typed, made harmless before any format sees it."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, set_cell_size

from concierge.domain.typed_text import clean
from concierge.services.summary import ShiftSummary

WORDS_CELLS = 80
"""Terminal cells of a resident's words on a summary; the ticket has them whole."""

_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_TO_BLANK = str.maketrans({"\n": " ", "\t": " "})
_JOINERS = "\u200d\ufe0f "


def cleaned(summary: ShiftSummary) -> ShiftSummary:
    """The summary without a control or bidi character but newline and tab, in no matter which text."""
    return ShiftSummary.from_json(_cleaned(summary.to_json()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, limit=len(value)).text.translate(_LINE_ENDS)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(_cleaned(item) for item in value)
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
