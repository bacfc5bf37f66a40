"""What is open where nobody is on duty stands on the shift's screen and in its handover; so do lines left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.handover_listed import Ref
from concierge.ui.widgets.row_list import RowList
from concierge.ui.widgets.row_scroll import RowScroll
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.handing_over import handed_over, open_handover, rows, whole
from tests.ui.real_desk import AT
from tests.ui.set_clock import MINUTE, Said, stopped, taken


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Front, Front, FixedClock]]:
    """A desk with a shift, a second one without, and the clock of both."""
    front, clock = stopped(tmp_path / "home")
    gate = Front(tmp_path / "home", name="gate2", environ=AT)
    gate._opened = replace(gate.opened, desk=replace(gate.opened.desk, clock=clock))
    yield front, gate, clock
    gate.close()
    front.close()


async def on_shift(phone: Phone) -> Said:
    """Everything on the screen of the shift, in sight or not."""
    await phone.press("f4")
    await phone.on(ShiftScreen)
    screen = phone.screen
    assert isinstance(screen, ShiftScreen)
    await phone.until(lambda: screen.known is not None, "the shift is read")
    await phone.pilot.pause()
    return Said(
        "\n".join(screen.query_one(f"#{each}", RowScroll).plain for each in ("figures", "notes"))
    )


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_screen_of_the_shift_says_what_is_open_where_nobody_is_on_duty(
    two: tuple[Front, Front, FixedClock], code: str
) -> None:
    front, gate, _ = two
    number = taken(gate).number
    t = language(code)
    async with ringing(front, (120, 36), code) as phone:
        said = await on_shift(phone)
        assert number in said
        wanted = {
            "en": f"1 open at gate2, where nobody is on duty: {number} due today 14:28. F7 lists it.",
            "zh": f"gate2 无人当班，有 1 件未结：{number}（今天 14:28 到期）。按 F7 看明细。",
        }
        assert wanted[code] in " ".join(str(said).split())
        assert f"{t('open now')} 0" in said


async def test_of_many_the_first_are_named_and_one_about_staff_is_only_counted(
    two: tuple[Front, Front, FixedClock],
) -> None:
    front, gate, _ = two
    for _ in range(4):
        taken(gate)
    about = taken(gate, "staff-conduct", about="周强").number
    async with ringing(front, (120, 36), "en") as phone:
        said = await on_shift(phone)
        assert "5 open at gate2" in said
        assert "and 2 more. F7 lists it." in said
        assert about not in said


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_handover_lists_it_and_opens_its_ticket(
    two: tuple[Front, Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, gate, clock = two
    number = taken(gate).number
    clock.at += 20 * MINUTE
    t = language(code)
    async with ringing(front, size, code) as phone:
        screen = await open_handover(phone)
        heading = t.plural(
            "{n} open at {desk}, where nobody is on duty",
            "{n} open at {desk}, where nobody is on duty",
            1,
            desk="gate2",
        )
        assert heading in rows(phone)
        assert "3-1201" in rows(phone)
        screen.query_one(RowList).go_to(Ref("elsewhere", number))
        await phone.until(lambda: screen.ref == Ref("elsewhere", number), "the cursor is on it")
        await phone.until(lambda: number in whole(phone), "it is told whole")
        assert t("At {desk} nobody is on duty.", desk="gate2") in whole(phone)
        await phone.press("ctrl+o")
        await phone.on(TicketScreen)


async def test_enter_on_it_goes_on_with_what_is_left_to_do(
    two: tuple[Front, Front, FixedClock],
) -> None:
    front, gate, _ = two
    number, own = taken(gate).number, taken(front).number
    front.begin_handover(actor="周强")
    async with ringing(front) as phone:
        screen: HandoverScreen = await open_handover(phone)
        screen.query_one(RowList).go_to(Ref("elsewhere", number))
        await phone.until(lambda: screen.ref == Ref("elsewhere", number), "the cursor is on it")
        await phone.press("enter")
        await phone.until(lambda: screen.ref == Ref("matter", own), "the cursor is on the next")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_relief_still_reads_what_was_left_once_all_is_signed(
    two: tuple[Front, Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, _, _ = two
    front.note_shift(text="回电 13800001234 [/b]", actor="陈丽", flag="next", unit="3-1201")
    front.note_shift(text="一切正常", actor="陈丽")
    handed_over(front, "周强")
    t = language(code)
    async with ringing(front, size, code) as phone:
        said = str(await on_shift(phone))
        assert "13800001234" not in said
        assert "一切正常" not in said
        left = said.index(t("From the shift before"))
        assert left < said.index("回电") < said.index(t("Running log"))
        assert "[/b]" in said
