"""Writing the summary of a shift to a file: what is asked before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language
from concierge.ui.port import DeskPort
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.shift_file import FORMATS, suggested_path, typed_path


async def export_summary(screen: DeskScreen[Any], shift: int) -> None:
    """Ask for format, language and file, and write; one that exists is replaced only when confirmed."""
    form: str | None = await screen.app.push_screen_wait(
        Choose(lambda t: t("Write the shift summary as"), FORMATS)
    )
    if form is None:
        return
    code: str | None = await screen.app.push_screen_wait(
        Choose(
            lambda t: t("In which language?"),
            (
                (lambda t: t("in Chinese"), "zh"),
                (lambda t: t("in English"), "en"),
                (lambda t: t("in both"), "both"),
            ),
            chosen=screen.t.code,
        )
    )
    if code is None:
        return
    summary = await screen.gateway.reading("summary", lambda desk: desk.shift_summary(shift))
    path: str | None = await screen.app.push_screen_wait(
        AskLine(
            lambda t: t("Into which file?"),
            lambda t: t("The file is made; one that exists is not touched unasked."),
            value=str(suggested_path(summary, form, screen.zone)),
        )
    )
    if path is not None:
        await _write(screen, shift, form, code, typed_path(path))


async def _write(screen: DeskScreen[Any], shift: int, form: str, code: str, output: Path) -> None:
    def call(desk: DeskPort, *, force: bool) -> Path:
        return desk.export_shift(shift=shift, form=form, output=output, language=code, force=force)

    try:
        await screen.gateway.writing(lambda desk: call(desk, force=False))
    except Refusal as refusal:
        if refusal.code != "output.exists":
            raise
        sure = await screen.app.push_screen_wait(
            Confirm(
                lambda t: t("Replace the file?"),
                lambda t: t("{path} exists already.", path=str(output)),
                yes=lambda t: t("Replace"),
            )
        )
        if not sure:
            return
        await screen.gateway.writing(lambda desk: call(desk, force=True))
    _say(screen, lambda t: t("Written to {path}", path=str(output)))


def _say(screen: DeskScreen[Any], words: Callable[[Language], str]) -> None:
    screen.app.notify(words(screen.t), markup=False)
