"""Ctrl+L over a question: the line is kept, and the question stands there as it was."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.handover_dialogs import CountDialog
from concierge.ui.screens.help import HelpScreen
from concierge.ui.screens.log_line import LogDialog
from concierge.ui.widgets.handover_listed import Ref
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.handing_over import at, begin
from tests.ui.set_clock import taken


def kept(front: Front) -> list[str]:
    """The log as it is kept."""
    return [each.text for each in front.handover().notes]


async def keep_over(phone: Phone, kind: type[object], text: str) -> None:
    """A line kept from a question, and back to it."""
    await phone.press("ctrl+l")
    await phone.on(LogDialog)
    await phone.say(text)
    await phone.press("enter")
    await phone.until(lambda: isinstance(phone.screen, kind), "the question is in front again")
    await phone.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_over_a_list_the_cursor_stays_and_the_answer_is_that_of_the_list(
    desk: tuple[Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, _ = desk
    answers: list[str | None] = []
    async with ringing(front, size, code) as phone:
        choices = [("one", "1"), ("two", "2"), ("three", "3")]
        phone.app.push_screen(Choose("which", choices), answers.append)
        await phone.on(Choose)
        await phone.press("down", "down")
        await keep_over(phone, Choose, "a parcel came")
        assert phone.screen.query_one(OptionList).highlighted == 2
        assert kept(front) == ["a parcel came"]
        assert language(code)("Kept in the running log.") in phone.said()
        await phone.press("enter")
        await phone.on(BoardScreen)
        assert answers == ["3"]
    front.close()


async def test_over_a_line_what_was_typed_stands_and_goes_on(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    answers: list[str | None] = []
    async with ringing(front) as phone:
        phone.app.push_screen(AskLine("why"), answers.append)
        await phone.on(AskLine)
        await phone.press(*"half")
        await keep_over(phone, AskLine, "somebody rang")
        assert phone.screen.query_one(Input).value == "half"
        await phone.press(*" whole", "enter")
        await phone.on(BoardScreen)
        assert answers == ["half whole"]
        assert kept(front) == ["somebody rang"]


async def test_over_a_yes_or_no_the_safe_answer_keeps_the_focus(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    answers: list[bool | None] = []
    async with ringing(front) as phone:
        phone.app.push_screen(Confirm("sure"), answers.append)
        await phone.on(Confirm)
        await keep_over(phone, Confirm, "yes and no")
        assert answers == []
        await phone.press("enter")
        await phone.on(BoardScreen)
        assert answers == [False]
        assert kept(front) == ["yes and no"]


async def test_over_the_help_a_line_is_kept_too(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await phone.press("f1")
        await phone.on(HelpScreen)
        await keep_over(phone, HelpScreen, "read the keys")
        assert kept(front) == ["read the keys"]


async def test_in_the_line_itself_and_over_its_own_question_the_key_opens_no_second_one(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await phone.press("ctrl+l")
        await phone.on(LogDialog)
        await phone.say("half")
        await phone.press("ctrl+l")
        await phone.pilot.pause()
        assert [type(each) for each in phone.app.screen_stack[1:]] == [LogDialog]
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("ctrl+l")
        await phone.pilot.pause()
        assert [type(each) for each in phone.app.screen_stack[1:]] == [LogDialog, Confirm]
        await phone.press("y")
        await phone.on(BoardScreen)
        await phone.press("ctrl+l")  # and afterwards it works again
        await phone.on(LogDialog)


async def test_digits_typed_right_behind_the_key_are_the_line_and_answer_nothing(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    answers: list[str | None] = []
    async with ringing(front) as phone:
        phone.app.push_screen(Choose("which", [("one", "1"), ("two", "2")]), answers.append)
        await phone.on(Choose)
        await phone.press("ctrl+l", "1", "2")
        await phone.on(LogDialog)
        await phone.until(lambda: phone.screen.query_one(Input).value == "12", "the line")
        assert answers == []


async def test_a_line_over_a_count_keeps_the_count_and_can_be_about_what_lies_below(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    number = taken(front).number
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("matter", number))
        await phone.press("ctrl+l")
        await phone.on(LogDialog)
        await phone.press("f5")
        await phone.say("about it")
        await phone.press("enter")
        await phone.on(HandoverScreen)
        screen.go_to(Ref("count", "keys"))
        await phone.press("1", "2")
        await phone.on(CountDialog)
        await keep_over(phone, CountDialog, "counted aloud")
        assert phone.screen.query(Input).first().value == "12"
        await phone.press("3", "enter")
        await phone.on(HandoverScreen)
        assert front.handover().counts[0].counted == 123
        assert [(each.text, each.number) for each in front.handover().notes] == [
            ("about it", number),
            ("counted aloud", None),
        ]


async def test_a_typed_count_is_dropped_only_when_that_is_said(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        screen.go_to(Ref("count", "keys"))
        await phone.press("1", "2")
        await phone.on(CountDialog)
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("enter")  # the safe answer
        await phone.on(CountDialog)
        assert phone.screen.query(Input).first().value == "12"
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.on(HandoverScreen)
        assert front.handover().counts[0].counted is None
        await phone.press("enter")  # nothing typed: nothing is asked
        await phone.on(CountDialog)
        await phone.press("escape")
        await phone.on(HandoverScreen)
