"""Phones in a running log and in what is handed over: masked in the lists, whole for half a minute by a key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.instructions import NewInstruction
from concierge.services.verify import verify
from concierge.store.tables import Event
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.phones_dialog import PhonesDialog
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.row_list import RowList
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.handing_over import handed_over, open_handover, rows, whole
from tests.ui.set_clock import MINUTE, Said, stopped, taken

WHOLE, MASKED, PARTED = "13987654321", "139****4321", "139 8765 4321"
UNIT, CHEN = "3-1201", "陈丽"
BOTH = [(size, code) for size in SIZES for code in LANGUAGES]
Desk = tuple[Front, FixedClock]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """陈丽 is on shift; a line of the log and an instruction that begins later hold a phone."""
    front, clock = stopped(tmp_path / "home")
    taken(front, phone=WHOLE)
    front.note_shift(text="钥匙 6 把", actor=CHEN)
    front.note_shift(text=f"王女士请回电 {PARTED}", actor=CHEN, flag="next", unit=UNIT)
    new = NewInstruction(text=f"送水 {WHOLE}", starts_on="2026-11-23", from_time="17:00")
    front.add_instruction(unit=UNIT, instruction=new, actor=CHEN)
    return front, clock


def shown(text: str) -> tuple[bool, bool]:
    """Whether a text has the phone masked, and whether it has it whole."""
    said = Said(text)
    return MASKED in said, WHOLE in said


def looks(front: Front) -> list[tuple[str, int]]:
    """Who looked, and when."""
    with front.opened.desk.store.read() as session:
        events = session.exec(select(Event).where(Event.kind == "shift.revealed"))
        staff = {each.id: each.name for each in front.staff()}
        return [(staff[each.actor_id or 0], each.at) for each in events]


async def in_the_log(phone: Phone) -> Any:
    await phone.press("f4")
    await phone.on(ShiftScreen)
    await phone.until(lambda: shown(phone.text()) == (True, False), "the running log, masked")
    return phone.screen


@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_the_running_log_is_masked_and_its_phones_are_shown_for_thirty_seconds_on_record(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    t = language(code)
    async with ringing(front, size, code) as phone:
        await in_the_log(phone)
        assert not looks(front)
        await phone.press("ctrl+k")
        await phone.on(PhonesDialog)
        await phone.until(lambda: PARTED in phone.text(), "the line, whole")
        assert "钥匙" not in phone.screen.query_one("#text", Paragraph).plain
        assert looks(front) == [(CHEN, clock.at)]
        clock.at += 29
        phone.app.ticker.tick()
        last = t("Whole phones, in clear for {n} s", n=1)
        await phone.until(lambda: last in phone.text(), "the last second")
        clock.at += 1
        phone.app.ticker.tick()
        await phone.on(ShiftScreen)
        assert shown(phone.text()) == (True, False)
        assert len(looks(front)) == 1
    assert verify(front.opened.desk).ok


@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_what_is_handed_over_is_masked_in_the_list_and_beside_it_and_shown_by_the_key(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    front, _ = desk
    taken(front, "public-lighting", caller=f"Wang {WHOLE}")
    async with ringing(front, size, code) as phone:
        screen = await open_handover(phone)
        await phone.until(lambda: "".join(rows(phone).split()).count(MASKED) == 2, "both lines")
        seen = [rows(phone)]
        for key in screen.query_one(RowList).keys:
            screen.query_one(RowList).go_to(key)
            await phone.pilot.pause()
            seen.append(whole(phone))
        assert not [text for text in seen if shown(text)[1]]
        assert sum(shown(text)[0] for text in seen) == 3
        await phone.press("ctrl+k")
        await phone.on(PhonesDialog)
        await phone.until(lambda: PARTED in phone.text() and WHOLE in phone.text(), "both, whole")
        assert [name for name, _ in looks(front)] == [CHEN]
        await phone.press("escape")
        await phone.on(HandoverScreen)
        assert not shown(phone.text())[1]


async def test_a_clock_set_back_closes_it(desk: Desk) -> None:
    front, clock = desk
    async with ringing(front) as phone:
        await in_the_log(phone)
        await phone.press("ctrl+k")
        await phone.on(PhonesDialog)
        clock.at -= 60 * MINUTE
        phone.app.ticker.tick()
        await phone.on(ShiftScreen)


async def test_the_word_of_a_count_and_why_somebody_does_not_sign_hold_their_phones_back_too(
    desk: Desk,
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    begun = front.begin_handover(actor=CHEN, absent=f"急事 {WHOLE}")
    front.count_item(item=begun.counts[0].item, counted=2, actor=CHEN, word=f"问 {PARTED}")
    async with ringing(front, (120, 36)) as phone:
        await open_handover(phone)
        await phone.until(lambda: "急事" in rows(phone) and "问" in rows(phone), "both words")
        assert shown(rows(phone)) == (True, False)
        await phone.press("ctrl+k")
        await phone.on(PhonesDialog)
        lines = Said(phone.screen.query_one("#text", Paragraph).plain)
        assert f"急事 {WHOLE}" in lines
        assert f"问 {PARTED}" in lines
        assert MASKED not in lines


async def test_without_a_phone_nothing_is_offered_and_nobody_who_turns_back_has_looked(
    tmp_path: Path,
) -> None:
    front, _ = stopped(tmp_path / "home")
    front.note_shift(text="3-1201 14:30 送水, T-20261123-001", actor=CHEN)
    async with ringing(front) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        await phone.until(lambda: "14:30" in phone.text(), "the running log")
        await phone.press("ctrl+k")
        await phone.pilot.pause()
        assert isinstance(phone.screen, ShiftScreen)
        front.note_shift(text=f"回电 {WHOLE}", actor=CHEN)
        front.end_shift(actor=CHEN, alone="无人接班")
        phone.app.reload()
        await phone.until(lambda: MASKED in phone.text(), "the line")
        await phone.until(lambda: phone.app.acting is None, "nobody on shift")
        await phone.press("ctrl+k")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(ShiftScreen)
        assert not looks(front)
        await phone.press("escape")
        await phone.on(BoardScreen)


def test_who_may_not_look_is_refused_and_leaves_no_look(desk: Desk) -> None:
    front, _ = desk
    with pytest.raises(Refusal) as refused:
        front.look_at_phones(shift=1, actor="nobody")
    assert refused.value.code == "staff.unknown"
    with pytest.raises(Refusal) as refused:
        front.look_at_phones(shift=99, actor=CHEN)
    assert refused.value.code == "shift.unknown"
    assert not looks(front)


async def test_a_phone_in_a_line_that_the_shift_before_left_is_shown_by_the_key_too(
    desk: Desk,
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    async with ringing(front, SIZES[0]) as phone:
        await in_the_log(phone)
        await phone.press("ctrl+k")
        await phone.on(PhonesDialog)
        await phone.until(lambda: PARTED in phone.text(), "the line, whole")
        assert [who for who, _ in looks(front)] == ["周强"]
