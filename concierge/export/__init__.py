"""Summaries of shifts and reports of periods as files: pure renderers, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from concierge.services.report_views import PeriodReport
from concierge.services.summary import ShiftSummary

FORMATS = ("md", "html", "pdf", "xlsx", "csv", "json")
TEXTS = frozenset({"md", "html", "csv", "json"})
"""Formats that are text; of the others a file is bytes."""

_MODULES = {"md": "markdown", "html": "html", "pdf": "pdf", "xlsx": "workbook", "csv": "csv_text"}


def languages_of(code: str) -> tuple[str, ...]:
    """The languages of a paper that is asked for in zh, en or both."""
    return ("zh", "en") if code == "both" else (code,)


def render(
    fmt: str, summary: ShiftSummary, languages: tuple[str, ...], *, clear: bool = False
) -> str | bytes:
    """A shift's summary as a file; the same summary gives the same file, whenever it is rendered.

    Args:
        fmt: one of ``FORMATS``.
        summary: what happened on the shift.
        languages: ("zh",), ("en",) or both, in the order in which they are read.
        clear: whether phones and the like in typed texts stay whole; doors ask who may first.

    Raises:
        ValueError: for a format or language that is not known; doors check what people give first.
        Refusal: ``pdf.missing`` or ``pdf.no-font`` where this computer can make no PDF.
    """
    _check(fmt)
    from concierge.export.plain import cleaned

    kept = cleaned(summary, clear=clear)
    if fmt == "json":
        from concierge.export.json_text import text

        return text(kept, languages, masked=not clear)
    from concierge.export.report import document

    return _renderer(fmt)(document(kept, languages))


def render_report(fmt: str, report: PeriodReport, languages: tuple[str, ...]) -> str | bytes:
    """A period's report as a file, by the same machinery.

    Args:
        fmt: one of ``FORMATS``.
        report: what the period came to.
        languages: as for ``render``.

    Raises:
        ValueError: as ``render``.
        Refusal: as ``render``.
    """
    _check(fmt)
    from concierge.export.plain import cleaned

    kept = cleaned(report)
    if fmt == "json":
        from concierge.export.period_json import text

        return text(kept, languages)
    from concierge.export.period import document

    return _renderer(fmt)(document(kept, languages))


def _check(fmt: str) -> None:
    if fmt not in FORMATS:
        raise ValueError(fmt)


def _renderer(fmt: str) -> Callable[..., str | bytes]:
    module = import_module(f"concierge.export.{_MODULES[fmt]}")
    make: Callable[..., str | bytes] = module.text if fmt in TEXTS else module.content
    return make
