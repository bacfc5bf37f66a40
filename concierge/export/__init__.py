"""The end-of-shift summary on paper and in files: pure renderers, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from concierge.services.summary import ShiftSummary

FORMATS = ("md", "html", "csv", "json")

_MODULES = {"md": "markdown", "html": "html", "csv": "csv_text", "json": "json_text"}


def render(fmt: str, summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    """The summary as the text of a file; the same summary gives the same text, whenever it is rendered.

    Args:
        fmt: one of ``FORMATS``.
        summary: what happened on the shift.
        languages: ("zh",), ("en",) or both, in the order in which they are read.

    Raises:
        ValueError: for a format or language that is not known; doors check what people give first.
    """
    if fmt not in FORMATS:
        raise ValueError(fmt)
    from concierge.export.plain import cleaned

    module = import_module(f"concierge.export.{_MODULES[fmt]}")
    text: Callable[[ShiftSummary, tuple[str, ...]], str] = module.text
    return text(cleaned(summary), languages)
