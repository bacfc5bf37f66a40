"""Writing a paper to a file: format, language and place are asked, and nothing is replaced unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.export.names import file_name, report_name
from concierge.language.translator import Language, later
from concierge.services.report_views import PeriodReport
from concierge.services.summary import ShiftSummary
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.port import DeskPort
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm, Words
from concierge.ui.typed_path import own_folder, typed_path

_FORMATS = {
    "html": later("a page to print"),
    "pdf": later("for the file and the mail"),
    "xlsx": later("a workbook, with dates and numbers as such"),
    "md": later("text, to read and to mail"),
    "csv": later("a table for any spreadsheet"),
    "json": later("data for other programs"),
}
LANGUAGES: tuple[tuple[Words, str], ...] = (
    (lambda t: t("in Chinese"), "zh"),
    (lambda t: t("in English"), "en"),
    (lambda t: t("in both"), "both"),
)
# What this computer cannot write, a browser can print.
_INSTEAD = frozenset({"pdf.missing", "pdf.no-font"})
_PINS = frozenset({"pin.missing", "pin.wrong"})


@dataclass(frozen=True, slots=True)
class Form:
    """In which format and language, to which file; ``force`` replaces one that is there.

    ``pin`` is of whoever lets it out with nothing masked, once it was asked for.
    """

    form: str
    language: str
    output: Path
    force: bool = False
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written: its title, its file's name in a format, and the call that writes it.

    ``clear_by`` has it written with nothing masked.
    """

    title: Words
    name: Callable[[str], str]
    write: Callable[[DeskPort, Form], Path]
    language: str | None = None
    clear_by: str | None = None


def shift_paper(
    summary: ShiftSummary, *, language: str | None = None, clear_by: str | None = None
) -> Paper:
    """The summary of a shift; ``clear_by`` has it written with nothing masked."""
    return Paper(
        lambda t: t("Write the shift summary as"),
        lambda form: file_name(summary, form),
        lambda desk, f: desk.export_shift(
            shift=summary.shift,
            form=f.form,
            output=f.output,
            language=f.language,
            force=f.force,
            clear=clear_by is not None,
            actor=clear_by,
            pin=f.pin,
        ),
        language,
        clear_by,
    )


def report_paper(report: PeriodReport) -> Paper:
    """The report of a period."""
    days = {"first_day": report.first_day, "last_day": report.last_day}
    return Paper(
        lambda t: t("Write the report as"),
        lambda form: report_name(report, form),
        lambda desk, f: desk.export_report(
            **days,
            desk=report.desk,
            form=f.form,
            output=f.output,
            language=f.language,
            force=f.force,
        ),
    )


async def write_out(screen: DeskScreen[Any], paper: Paper) -> None:
    """Ask what has to be known and write. Await it inside ``steps``."""
    app: Any = screen.app
    form: str | None = await app.push_screen_wait(Choose(paper.title, _choices()))
    if form is None:
        return
    code: str | None = await app.push_screen_wait(
        Choose(lambda t: t("In which language?"), LANGUAGES, chosen=paper.language or screen.t.code)
    )
    if code is None:
        return
    path = str(own_folder() / paper.name(form))
    hint: Words = _place_hint
    while True:
        answer: str | None = await app.push_screen_wait(
            AskLine(lambda t: t("Into which file?"), hint, value=path)
        )
        if answer is None:
            return
        try:
            await _write(screen, paper, Form(form, code, typed_path(answer)))
        except (
            Refusal
        ) as refusal:  # the place is asked for again, what was chosen before stays chosen
            path, hint = answer, _why(screen, refusal)
        else:
            return


def _place_hint(t: Language) -> str:
    return t("The file is made; one that exists is not touched unasked.")


def _why(screen: DeskScreen[Any], refusal: Refusal) -> Callable[[Language], str]:
    zone = screen.zone
    return lambda t: failure_sentence(refusal, t, zone=zone, now=None)


async def _write(screen: DeskScreen[Any], paper: Paper, form: Form) -> None:
    app: Any = screen.app
    try:
        await screen.gateway.writing(lambda desk: paper.write(desk, form))
    except Refusal as refusal:
        if refusal.code in _INSTEAD:
            await _page_instead(screen, paper, form, refusal)
            return
        if refusal.code in _PINS:
            await _with_pin(screen, paper, form, refusal)
            return
        if refusal.code != "output.exists" or form.force:
            raise
        sure = await app.push_screen_wait(
            Confirm(
                lambda t: t("Replace the file?"),
                lambda t: t("{path} exists already.", path=str(form.output)),
                yes=lambda t: t("Replace"),
            )
        )
        if sure:
            await _write(screen, paper, replace(form, force=True))
        return
    app.notify(screen.t("Written to {path}", path=str(form.output)), markup=False)


async def _with_pin(screen: DeskScreen[Any], paper: Paper, form: Form, refusal: Refusal) -> None:
    """Ask whoever lets it out for the PIN, again after a wrong one; left, nothing is written."""
    name = one_line(paper.clear_by or "")
    typed: str | None = await screen.app.push_screen_wait(
        AskLine(
            lambda t: t("PIN of {name}", name=name),
            _why(screen, refusal) if form.pin is not None else "",
            secret=True,
        )
    )
    if typed is not None:
        await _write(screen, paper, replace(form, pin=typed))


async def _page_instead(
    screen: DeskScreen[Any], paper: Paper, form: Form, refusal: Refusal
) -> None:
    """Say why there is no PDF, and offer the page that a browser prints."""
    sure = await screen.app.push_screen_wait(
        Confirm(
            lambda t: t("Write the page instead?"),
            _why(screen, refusal),
            yes=lambda t: t("HTML"),
        )
    )
    if sure:
        page = replace(form, form="html", output=form.output.with_suffix(".html"), force=False)
        await _write(screen, paper, page)


def _choices() -> tuple[tuple[Words, str], ...]:
    return tuple((_format(form), form) for form in _FORMATS)


def _format(form: str) -> Words:
    def words(t: Language) -> str:
        return f"{form:<6}{t(_FORMATS[form])}"

    return words
