"""A notification on the desktop, for terminals that pass one on: which escape sequence, and what it says.

* OSC 9 (text): iTerm2, where it comes from; WezTerm, Ghostty and kitty take it too. Windows Terminal and
  ConEmu mean other things by it (progress, for one), so they get none.
* OSC 777 (``notify``, title, text): rxvt-unicode, where it comes from, and foot. Of VTE (GNOME Terminal, Tilix)
  the builds that have it show it, all others swallow it in silence since 0.46; older ones print it.
* tmux and screen hide which terminal is behind them: none, unless ``CONCIERGE_DESKTOP`` names one, which is
  then passed through (tmux: ``set -g allow-passthrough on``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from concierge.ui.format import clip, place_of

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Alarm

VARIABLE = "CONCIERGE_DESKTOP"
OSC9, OSC777, NONE = "osc9", "osc777", "none"
BY_PROGRAM = {"iTerm.app": OSC9, "WezTerm": OSC9, "ghostty": OSC9}
BY_TERM = {
    "xterm-kitty": OSC9,
    "xterm-ghostty": OSC9,
    "wezterm": OSC9,
    "foot": OSC777,
    "rxvt": OSC777,
}
SILENT_VTE = 4600  # VTE 0.46.0, as VTE_VERSION says it
CELLS = 60


def protocol(environ: Mapping[str, str]) -> str:
    """Which sequence the terminal takes, by its environment: osc9, osc777 or none."""
    said = environ.get(VARIABLE, "").strip().lower()
    if said in {OSC9, OSC777, NONE}:
        return said
    if any(environ.get(name) for name in ("TMUX", "STY", "WT_SESSION", "ConEmuPID")):
        return NONE
    program, term = environ.get("TERM_PROGRAM", ""), environ.get("TERM", "")
    if program in BY_PROGRAM:
        return BY_PROGRAM[program]
    for name, found in BY_TERM.items():
        if term == name or term.startswith(f"{name}-"):
            return found
    if environ.get("KITTY_WINDOW_ID"):
        return OSC9
    return OSC777 if _number(environ.get("VTE_VERSION", "")) >= SILENT_VTE else NONE


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def cleaned(text: str) -> str:
    """Text that ends no sequence and starts no other field of one."""
    plain = clip(text, CELLS).replace(";", ",").replace("\\", "/")
    return " ".join(plain.encode("utf-8", "ignore").decode().split())


def notice(alarm: Alarm, names: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """The sequence that tells of an alarm, or nothing.

    It names category, place and number only: the notification may lie on a locked screen or in a log, where
    neither the resident's words nor a name belongs.
    """
    kind = protocol(environ)
    if kind == NONE:
        return ""
    title = cleaned(names.get(alarm.category, alarm.category))
    text = " ".join(
        filter(None, (cleaned(place_of(alarm.unit, alarm.place)), cleaned(alarm.number)))
    )
    if kind == OSC9:
        return _passed_on(f"\x1b]9;{title}: {text}\x07", environ)
    return _passed_on(f"\x1b]777;notify;{title};{text}\x07", environ)


def _passed_on(sequence: str, environ: Mapping[str, str]) -> str:
    """As the multiplexer in front of the terminal wants it."""
    if environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
