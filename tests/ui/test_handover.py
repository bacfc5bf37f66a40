"""A handover on a real store: one by one, the rest as one, counted, signed by both, and never before that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.pins import set_pin
from concierge.services.staffing import NewStaff
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.handover_dialogs import CountDialog, GroupDialog
from concierge.ui.screens.preview import PreviewScreen
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.handover_listed import Ref
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.handing_over import (
    at,
    begin,
    handed_over,
    open_handover,
    rows,
    stands,
    take_over,
    top,
    whole,
)
from tests.ui.held import Held
from tests.ui.real_desk import AT
from tests.ui.set_clock import MINUTE, ODD, stopped, taken

HOUR = 60 * MINUTE
ITEMS = ("keys", "cards", "radios", "cash", "equipment", "parcels")
# 9 and a digit begin; Enter for each of 3; Enter shows the group and takes it; a digit and Enter for each of
# 6 counts; ^S and a digit each sign.
BUDGET = 2 + 3 + 2 + 12 + 3


def beside(front: Front, clock: FixedClock, home: Path) -> Front:
    """The same store as another terminal has it open."""
    other = Front(home, name="Lobby 3", environ=AT)
    opened = other.opened
    other._opened = replace(opened, desk=replace(opened.desk, clock=clock))
    return other


def three_and_others(front: Front, others: int = 1) -> list[str]:
    """Three matters due at once and some that are due in days."""
    numbers = [taken(front).number for _ in range(3)]
    for _ in range(others):
        taken(front, "public-lighting")
    return numbers


async def group(phone: Phone) -> None:
    """Take note of the group, which is shown first."""
    await phone.press("enter")
    await phone.on(GroupDialog)
    await phone.press("enter")
    await phone.on(HandoverScreen)


async def count(phone: Phone, screen: HandoverScreen, digits: str = "444444") -> None:
    """Type what was counted of each thing."""
    for item, digit in zip(ITEMS, digits, strict=True):
        await at(phone, screen, Ref("count", item))
        await phone.press(digit)
        await phone.on(CountDialog)
        await phone.press("enter")
        await phone.on(HandoverScreen)


async def sign(phone: Phone, screen: HandoverScreen) -> None:
    """Both sign by name."""
    await at(phone, screen, Ref("sign", "outgoing"))
    await phone.press("ctrl+s")
    await phone.on(Choose)
    await phone.press("1")
    await phone.until(
        lambda: screen.view is not None and screen.view.outgoing_signed is not None, "the first"
    )
    await phone.on(Choose)
    await phone.press("1")
    await stands(phone, screen, state="signed")


# -- the whole of it ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_three_matters_a_group_and_counts_are_taken_over_within_the_keystroke_budget(
    desk: tuple[Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, _ = desk
    t = language(code)
    numbers = three_and_others(front)
    async with ringing(front, size, code) as phone:
        screen = await begin(phone, "1")
        for number in numbers:
            await at(phone, screen, Ref("matter", number))
            assert "王建国" in whole(phone)
            await phone.press("enter")
        await at(phone, screen, Ref("group"))
        await group(phone)
        await count(phone, screen)
        await sign(phone, screen)
        assert phone.keys == BUDGET
        assert t("Signed. {name} is on shift now.", name="周强") in phone.said()
        assert phone.app.acting == "周强"
        running = front.current_shift()
        assert running is not None
        assert running.staff == "周强"
        summary = front.shift_summary(1)
        assert (summary.ended_how, summary.singly, summary.grouped) == ("handover", 3, 1)
        await phone.press("f5")
        await phone.on(PreviewScreen)
    front.close()


# -- beginning ------------------------------------------------------------------------------------------------
async def test_whoever_goes_cannot_take_over(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_handover(phone)
        assert "1 周强" in top(phone)
        assert "2 Ann Lee" in top(phone)
        assert "3 " not in top(phone).partition("Press a number.")[2]


async def test_enter_asks_who_takes_over_where_more_people_are_than_digits(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("2")
        await stands(phone, screen, incoming="Ann Lee")


async def test_whoever_began_may_leave_it_and_what_was_acknowledged_is_dropped(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    (number, *_) = three_and_others(front)
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("matter", number))
        await phone.press("enter")
        await phone.until(
            lambda: screen.view is not None and number not in screen.view.left, "taken note of"
        )
        await phone.press("f7")
        await stands(phone, screen, state="planned")
        assert number in front.handover().left


async def test_without_a_shift_there_is_nothing_to_hand_over_and_it_says_which_key_starts_one(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    front.end_shift(actor="陈丽")
    async with ringing(front) as phone:
        await phone.press("9")
        await phone.until(lambda: "No shift is running" in phone.said(), "a sentence")


# -- nothing is signed blindly --------------------------------------------------------------------------------
async def test_nothing_is_signed_while_anything_is_left_and_the_cursor_goes_there(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    numbers = three_and_others(front)
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("matter", numbers[0]))
        await phone.press("end", "ctrl+s")
        await phone.until(
            lambda: "Not yet: 3 to acknowledge, 1 other together, 6 to count" in phone.said(),
            "what is left",
        )
        await at(phone, screen, Ref("matter", numbers[0]))
        assert front.handover().outgoing_signed is None


async def test_a_long_group_is_taken_over_only_when_it_was_read_to_its_end(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    for _ in range(40):
        taken(front, "public-lighting")
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("group"))
        await phone.press("enter")
        await phone.on(GroupDialog)
        await phone.until(lambda: "Enter go on reading" in phone.text(), "more below")
        await phone.press("enter")
        await phone.pilot.pause()
        assert isinstance(phone.screen, GroupDialog)
        assert front.handover().group_left == 40
        while "Enter take over these 40" not in phone.text():
            await phone.press("enter")
            await phone.pilot.pause()
            assert isinstance(phone.screen, GroupDialog)
        assert front.handover().group_left == 40
        await phone.press("enter")
        await at(phone, screen, Ref("count", "keys"))
        assert front.handover().group_left == 0


async def test_a_count_that_differs_asks_for_a_word(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    handed_over(front, "周强", keys=12)
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("count", "keys"))
        assert "there should be 12" in whole(phone)
        await phone.press("1")
        await phone.on(CountDialog)
        await phone.press("1", "enter")
        await phone.until(lambda: "11 instead of 12: say why." in phone.text(), "a word is asked")
        await phone.say("一把借给物业 [/b]")
        await phone.press("enter")
        await at(phone, screen, Ref("count", "cards"))
        assert "11 instead of 12: 一把借给物业 [/b]" in rows(phone)


async def test_what_is_no_number_is_not_counted(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("count", "keys"))
        await phone.press("enter")
        await phone.on(CountDialog)
        await phone.say("twelve")
        await phone.press("enter")
        assert "Type a number." in phone.text()
        phone.screen.query_one(Input).value = ""
        await phone.say("１２")  # as an input method types it
        await phone.press("enter")
        await at(phone, screen, Ref("count", "cards"))
        assert front.handover().counts[0].counted == 12


# -- signing --------------------------------------------------------------------------------------------------
async def test_a_pin_is_asked_hidden_and_again_after_a_wrong_one(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    set_pin(front.opened.desk, name="周强", pin="4711", actor="周强")
    take_over(front, "周强")
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(AskLine)
        await phone.say("9999")
        assert "9999" not in phone.text()
        await phone.press("enter")
        await phone.until(lambda: "not the PIN of 周强" in phone.text(), "it is wrong")
        assert front.handover().incoming_signed is None
        await phone.on(AskLine)
        await phone.say("4711")
        await phone.press("enter")
        await stands(phone, screen, incoming_signed="周强")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(HandoverScreen)
        assert "only the signature is missing: 陈丽" in top(phone)


async def test_a_pin_that_is_left_signs_nothing(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    set_pin(front.opened.desk, name="陈丽", pin="4711", actor="陈丽")
    take_over(front, "周强")
    async with ringing(front) as phone:
        await open_handover(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(AskLine)
        await phone.press("escape")
        await phone.on(HandoverScreen)
        assert front.handover().outgoing_signed is None


async def test_a_director_reviews_what_was_signed(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    handed_over(front, "周强")
    front.end_shift(actor="周强")
    view = front.handover(shift=1)
    async with ringing(front) as phone:
        phone.app.open_screen("handover", shift=view.shift)
        await phone.on(HandoverScreen)
        await phone.until(lambda: "a director reviews it" in top(phone), "signed")
        await phone.press("f6")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(AskLine)
        await phone.say("备用金请补足")
        await phone.press("enter")
        await phone.until(lambda: "Reviewed by Ann Lee. 备用金请补足" in top(phone), "reviewed")


# -- whoever goes is not there --------------------------------------------------------------------------------
async def test_a_forgotten_end_asks_whether_the_other_one_is_here_and_keeps_why_not(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    clock.at += 17 * HOUR
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        await phone.press("1")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(AskLine)
        await phone.say("昨晚忘了交班")
        await phone.press("enter")
        await stands(phone, screen, absent="昨晚忘了交班")
        assert "周强 takes over from 陈丽, who does not sign" in top(phone)
        await count(phone, screen)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await stands(phone, screen, state="signed")
        summary = front.shift_summary(1)
        assert (summary.ended_how, summary.forgotten) == ("absent", True)
        assert summary.end_reason == "昨晚忘了交班"


async def test_whoever_leaves_in_the_middle_of_it_need_not_sign(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await phone.press("f6")
        await phone.on(AskLine)
        await phone.say("急事先走")
        await phone.press("enter")
        await stands(phone, screen, absent="急事先走")
        assert "6 to count, then one signs" in top(phone)


# -- two terminals --------------------------------------------------------------------------------------------
async def test_what_another_terminal_acknowledges_appears_here(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, clock = desk
    numbers = three_and_others(front)
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        other = beside(front, clock, tmp_path / "home")
        other.acknowledge_matter(number=numbers[2], actor="周强")
        other.close()
        phone.app.reload()
        await phone.until(
            lambda: screen.view is not None and numbers[2] not in screen.view.left, "it appears"
        )
        assert screen.ref == Ref("matter", numbers[0])  # the cursor stays under the finger
        assert "2 to acknowledge" in top(phone)


async def test_whom_another_terminal_added_to_the_staff_stands_among_those_who_can_take_over(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, clock = desk
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        other = beside(front, clock, tmp_path / "home")
        other.add_staff(new=NewStaff("孙洁", "concierge"), actor="周强")
        other.close()
        phone.app.reload()
        await phone.until(lambda: len(screen.takers) == 3, "it is read")
        assert "3 孙洁" in top(phone)


async def test_a_matter_that_came_in_meanwhile_is_told_and_has_to_be_taken_note_of(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, clock = desk
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        other = beside(front, clock, tmp_path / "home")
        number = taken(other).number
        other.close()
        phone.app.reload()
        await phone.until(
            lambda: "New since then: 3-1201. Take note of it too." in phone.said(), "it is told"
        )
        assert screen.view is not None
        assert screen.view.left == (number,)


async def test_a_matter_of_the_group_that_becomes_due_is_told_and_asked_for_by_itself(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    taken(front, "public-lighting")
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("group"))
        await group(phone)
        clock.at += 3 * 24 * HOUR
        await phone.until(lambda: "presses now: take note of it by itself" in phone.said(), "told")
        assert screen.view is not None
        assert len(screen.view.left) == 1


async def test_a_second_signature_over_something_new_is_refused_and_the_cursor_goes_there(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, clock = desk
    take_over(front, "周强")
    front.sign_handover(actor="陈丽")
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        other = beside(front, clock, tmp_path / "home")
        number = taken(other).number
        other.close()
        await phone.press("1")
        await phone.until(lambda: f"Not acknowledged yet: {number}" in phone.said(), "refused")
        await stands(phone, screen, left=(number,))
        running = front.current_shift()
        assert running is not None
        assert running.staff == "陈丽"


# -- looks ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(60, 15), *SIZES])
async def test_typed_text_stays_text_and_the_language_switches_in_place(
    desk: tuple[Front, FixedClock], size: tuple[int, int]
) -> None:
    front, _ = desk
    (number, *_) = three_and_others(front)
    front.note_shift(text=ODD * 20, actor="陈丽", flag="next")
    async with ringing(front, size) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("matter", number))
        assert "[/b] [link=x]y[/link]" in whole(phone)
        await phone.press("ctrl+b")
        await phone.until(lambda: "待签收" in top(phone), "Chinese")
        assert screen.ref == Ref("matter", number)
        assert "\x1b" not in phone.text()
        assert "\u202e" not in phone.text()
        await phone.press("f5")
        await phone.until(lambda: phone.screen is not screen, "all of it")
        assert "[/b]" in phone.text()


async def test_the_running_log_is_handed_over_with_what_is_for_the_next_shift_first(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    front.note_shift(text="first", actor="陈丽")
    front.note_shift(text="for you", actor="陈丽", flag="next", unit="3-1201")
    async with ringing(front) as phone:
        await open_handover(phone)
        said = rows(phone)
        assert said.index("for you") < said.index("first")
        assert "[next shift] for you (3-1201)" in said


async def test_a_ticket_opens_from_the_handover_and_leads_back(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    (number, *_) = three_and_others(front)
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("matter", number))
        await phone.press("ctrl+o")
        await phone.until(lambda: getattr(phone.screen, "number", None) == number, "the ticket")
        await phone.press("escape")
        await at(phone, screen, Ref("matter", number))


async def test_the_last_handover_is_looked_at_from_the_shift_when_nobody_is_on(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    async with ringing(front) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        phone.app.open_screen("handover", shift=1)
        await phone.on(HandoverScreen)
        await phone.until(lambda: "Signed 14:13" in top(phone), "signed")
        await phone.press("enter")  # nothing is left to do in it
        assert isinstance(phone.screen, HandoverScreen)


async def test_the_signed_handover_says_where_its_summary_was_copied_to(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "summaries").mkdir(parents=True)
    (home / "policy.toml").write_text('[summary]\nfolder = "summaries"\n', encoding="utf-8")
    front, _ = stopped(home)
    take_over(front, "周强")
    front.sign_handover(actor="陈丽")
    async with ringing(front) as phone:
        screen = await open_handover(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await stands(phone, screen, state="signed")
        await phone.until(lambda: "The summary was copied" in top(phone), "where it went")
        assert names_in(home / "summaries") == {"shift-20261123-1413-Lobby-3.html"}
    front.close()


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def test_a_tenth_person_takes_over_by_enter(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    for nth in range(10):
        front.add_staff(new=NewStaff(f"员工{nth}", "concierge"), actor="周强")
    async with ringing(front) as phone:
        await open_handover(phone)
        assert "and 3 more: Enter" in top(phone)


async def test_the_handover_before_is_reviewed_while_the_next_shift_runs(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    handed_over(front, "陈丽")
    async with ringing(front) as phone:
        await open_handover(phone)
        await phone.press("ctrl+r")
        await phone.until(lambda: "周强 hands over to 陈丽" in top(phone), "the one before")
        await phone.press("ctrl+r")
        await phone.until(lambda: "陈丽 hands over to 周强" in top(phone), "the one before that")
        await phone.press("ctrl+r")
        await phone.until(lambda: "no signed handover before" in phone.said(), "the first")
        await phone.press("f6")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(AskLine)
        await phone.press("enter")
        await phone.until(lambda: "Reviewed by Ann Lee" in top(phone), "reviewed")
        assert front.handover(shift=1).reviewed_by == "Ann Lee"


async def test_a_review_is_of_the_handover_that_stood_there_when_it_was_asked_for(
    desk: tuple[Front, FixedClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    handed_over(front, "陈丽")
    async with ringing(front) as phone:
        phone.app.open_screen("handover", shift=2)
        await phone.on(HandoverScreen)
        await phone.until(lambda: "周强 hands over to 陈丽" in top(phone), "the second is read")
        held = Held(front, "handover", monkeypatch)
        await phone.press("ctrl+r")
        await phone.until(held.begun.is_set, "the one before is looked for")
        await phone.press("f6")
        await phone.on(Choose)
        held.let_go()
        screen = phone.app.screen_stack[-2]
        assert isinstance(screen, HandoverScreen)
        await stands(phone, screen, shift=1)
        await phone.press("1")
        await phone.on(AskLine)
        await phone.press("enter")
        await phone.until(lambda: "Reviewed by Ann Lee" in phone.said(), "reviewed")
        assert front.handover(shift=2).reviewed_by == "Ann Lee"
        assert front.handover(shift=1).reviewed_by is None
