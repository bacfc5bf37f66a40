"""Names and words that look like markup, run on or turn about harm no screen of the shift."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from concierge.bootstrap import found_property
from concierge.clock import FixedClock
from concierge.front import Front
from concierge.services.handover_views import HandoverView
from concierge.services.intake import Intake
from concierge.services.staffing import NewStaff
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.handover_dialogs import GroupDialog
from concierge.ui.screens.preview import FORMS, PreviewScreen
from concierge.ui.screens.report import ReportScreen
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.handover_listed import Ref
from tests.conftest import NOW
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.handing_over import at, begin, stands, take_over
from tests.ui.real_desk import AT
from tests.ui.set_clock import ODD

FIRST, SECOND = "[/b] 王 {n} %s", "[link=x]y[/link] 😀" + "长" * 30
DESK = "Lobby [red]3[/red] %s {0}"
PLACE = "\u202e车库 [#12] " + "x" * 90
UNSAFE = ("\x1b", "\u202e", "\u2066", "\x07")


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """A desk at which every name is odd, with two matters and a line in the log."""
    home = tmp_path / "home"
    staff = (
        NewStaff(FIRST, "concierge"),
        NewStaff(SECOND, "supervisor", "138-0000-1234"),
        NewStaff("Lin [/]", "director"),
    )
    made = found_property(
        home, name="怡景 [b]花园[/b] {x}", language="zh", staff=staff, rehearsal=True, desk=DESK,
        environ=AT,
    )  # fmt: skip
    made.store.close()
    front = Front(home, name=DESK, environ=AT)
    opened = front.opened
    front._opened = replace(opened, desk=replace(opened.desk, clock=FixedClock(NOW)))
    front.start_shift(actor=FIRST)
    for category in ("neighbour", "public-lighting"):
        intake = Intake(
            category=category, words=ODD * 30 + "\nzweite", place=PLACE, channel="phone"
        )
        front.add_ticket(intake=intake, actor=FIRST)
    front.note_shift(text=ODD * 10, actor=FIRST, flag="director", unit="[/b]")
    return front


def harmless(phone: Phone) -> bool:
    """Whether nothing on the screen could move the rest of it about."""
    said = phone.text()
    return not any(each in said for each in UNSAFE)


def plain(phone: Phone, name: str) -> str:
    part: Any = phone.screen.query_one(f"#{name}")
    return str(part.plain)


def shows(phone: Phone, form: str) -> bool:
    screen = phone.screen
    return (
        isinstance(screen, PreviewScreen)
        and screen.form == form
        and form in plain(phone, "paper-top")
    )


def is_newer(screen: HandoverScreen, view: HandoverView | None) -> bool:
    return screen.view is not view


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
@pytest.mark.parametrize("code", ["zh", "en"])
async def test_odd_names_and_words_are_shown_as_they_are_on_every_screen(
    front: Front, size: tuple[int, int], code: str
) -> None:
    async with ringing(front, size, code) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        await phone.until(lambda: "[/b] 王 {n} %s" in phone.text(), "who is on shift")
        assert harmless(phone)
        await phone.press("escape")
        screen = await begin(phone, "1")
        assert screen.view is not None
        await at(phone, screen, Ref("matter", screen.view.left[0]))
        assert harmless(phone)
        await phone.press("enter")
        await at(phone, screen, Ref("group"))
        await phone.press("enter")
        await phone.on(GroupDialog)
        assert harmless(phone)
        await phone.press("escape")
        await phone.on(HandoverScreen)
        await phone.press("end")
        assert harmless(phone)
        await phone.press("escape")
        phone.app.open_screen("preview", shift=1)
        await phone.on(PreviewScreen)
        await phone.until(lambda: "{n} %s" in plain(phone, "paper"), "the paper")
        for form in FORMS:
            await phone.until(partial(shows, phone, form), f"{form or 'the paper'} is shown")
            assert harmless(phone)
            await phone.press("f7")
        await phone.press("escape")
        phone.app.open_screen("report")
        await phone.on(ReportScreen)
        await phone.press("f6", "pagedown")
        await phone.until(lambda: "[red]3[/red]" in plain(phone, "paper-top"), "this desk")
        assert harmless(phone)
    front.close()


async def test_odd_names_sign(front: Front) -> None:
    take_over(front, SECOND)
    async with ringing(front, (60, 15)) as phone:
        await phone.press("9")
        await phone.on(HandoverScreen)
        screen = phone.screen
        assert isinstance(screen, HandoverScreen)
        await phone.until(lambda: screen.view is not None, "it is read")
        await phone.press("ctrl+s")
        for _ in range(2):
            await phone.on(Choose)
            before = screen.view
            await phone.press("1")
            await phone.until(partial(is_newer, screen, before), "one has signed")
        await stands(phone, screen, state="signed")
        assert phone.app.acting == SECOND
        assert harmless(phone)
