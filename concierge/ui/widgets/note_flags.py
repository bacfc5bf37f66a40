"""For whom a line of the running log is: words for the flags, everywhere the same."""

from __future__ import annotations

from textual.content import Content

from concierge.domain.shift import NOTE_FLAGS
from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.ui.widgets.paragraph import styled

FLAGS: tuple[str | None, ...] = (None, *NOTE_FLAGS)
_NONE = later("just kept")
_STYLES = {"next": "bold $warning", "director": "bold $error", "thanks": "bold $success"}


def flag_word(flag: str | None, t: Language) -> str:
    """The flag in a word or two."""
    return t(_NONE) if flag is None else terms.note_flag(t, flag)


def flag_mark(flag: str | None, t: Language) -> Content:
    """The flag before a line, coloured; nothing without one."""
    if flag is None or flag not in terms.NOTE_FLAGS:
        return Content("")
    return styled(f"[{terms.note_flag(t, flag)}] ", _STYLES[flag])


def flag_choice(chosen: str | None, t: Language) -> Content:
    """All flags side by side, the chosen one marked by brackets too."""
    parts = [
        styled(f"[{flag_word(flag, t)}]", "bold $primary")
        if flag == chosen
        else Content(f" {flag_word(flag, t)} ")
        for flag in FLAGS
    ]
    return Content(" ").join(parts)
