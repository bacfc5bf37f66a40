"""The notification on the desktop: by which sequence, and that nothing typed passes as one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.services.views import Alarm
from concierge.ui.desktop_notice import NONE, OSC9, OSC777, cleaned, notice, protocol
from tests.ui.fake_desk import row, sample_alarms

NAMES = {"emergency": "特急：电梯困人", "neighbour": "Noise"}


def alarm(**changed: object) -> Alarm:
    base = sample_alarms((row(1, -60, unacknowledged=True, category="emergency"),))[0]
    return replace(base, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}, OSC9),
        ({"TERM_PROGRAM": "WezTerm"}, OSC9),
        ({"TERM_PROGRAM": "ghostty", "TERM": "xterm-ghostty"}, OSC9),
        ({"TERM": "xterm-kitty"}, OSC9),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, OSC9),
        ({"TERM": "foot"}, OSC777),
        ({"TERM": "foot-extra"}, OSC777),
        ({"TERM": "rxvt-unicode-256color"}, OSC777),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, OSC777),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4502"}, NONE),
        ({"TERM": "xterm-256color", "VTE_VERSION": "new"}, NONE),
        ({"TERM": "xterm-256color"}, NONE),
        ({"TERM": "footling"}, NONE),
        ({"WT_SESSION": "a", "TERM_PROGRAM": "WezTerm"}, NONE),
        ({"ConEmuPID": "7"}, NONE),
        ({"TMUX": "/tmp/x,1,0", "VTE_VERSION": "7006"}, NONE),
        ({"STY": "1.tty", "TERM": "screen"}, NONE),
        ({}, NONE),
    ],
)
def test_the_sequence_follows_the_terminal(environ: dict[str, str], kind: str) -> None:
    assert protocol(environ) == kind


@pytest.mark.parametrize("kind", [OSC9, OSC777, NONE])
def test_what_the_desk_was_told_wins_over_what_it_guesses(kind: str) -> None:
    assert protocol({"CONCIERGE_DESKTOP": f" {kind.upper()} ", "TERM_PROGRAM": "iTerm.app"}) == kind
    assert protocol({"CONCIERGE_DESKTOP": "smoke", "TERM": "foot"}) == OSC777


def test_it_says_category_place_and_number_and_nothing_of_what_was_said() -> None:
    said = alarm(place="2号电梯", unit=None, words="Mrs Wang is ill")
    assert notice(said, NAMES, {"CONCIERGE_DESKTOP": "osc9"}) == (
        "\x1b]9;特急：电梯困人: 2号电梯 T-20261123-001\x07"
    )
    assert notice(said, NAMES, {"CONCIERGE_DESKTOP": "osc777"}) == (
        "\x1b]777;notify;特急：电梯困人;2号电梯 T-20261123-001\x07"
    )
    assert notice(said, NAMES, {}) == ""


def test_no_phone_that_somebody_typed_as_a_place_stands_on_a_locked_screen() -> None:
    for where in ({"place": "门口 13800001234", "unit": None}, {"unit": "门口 13800001234"}):
        said = notice(alarm(**where), NAMES, {"CONCIERGE_DESKTOP": "osc9"})
        assert "门口 138****1234" in said
        assert "13800001234" not in said


def test_tmux_and_screen_pass_on_what_was_asked_for() -> None:
    asked = {"CONCIERGE_DESKTOP": "osc9"}
    plain = notice(alarm(), NAMES, asked)
    assert notice(alarm(), NAMES, asked | {"TMUX": "x"}) == f"\x1bPtmux;\x1b{plain}\x1b\\"
    assert notice(alarm(), NAMES, asked | {"STY": "x"}) == f"\x1bP{plain}\x1b\\"


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("\x07\x1b\x9c\x9d\x90\x00\r\n\t;\\]P[\u202e\ud800"), st.characters()
    ),
    max_size=80,
)


@given(HOSTILE, HOSTILE, st.sampled_from([OSC9, OSC777]))
def test_nothing_typed_ends_the_sequence_or_begins_another(
    place: str, category: str, kind: str
) -> None:
    said = notice(
        alarm(unit=None, place=place, category="x"), {"x": category}, {"CONCIERGE_DESKTOP": kind}
    )
    body = said.removeprefix("\x1b]").removesuffix("\x07")
    assert re.search(r"[\x00-\x1f\x7f-\x9f]", body) is None
    assert body.count(";") == (1 if kind == OSC9 else 3)
    assert said.encode("utf-8")


def test_an_escape_sequence_in_a_place_becomes_plain_text() -> None:
    assert cleaned("lift\x1b]9;4;1;99\x07 \x1b\\ 2;rm") == "lift ]9,4,1,99 / 2,rm"
