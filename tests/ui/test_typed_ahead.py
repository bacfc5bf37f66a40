"""Keys that arrive faster than a question opens reach the question, all of them and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, Static

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.services.pins import set_pin
from concierge.ui.one_key import _PATIENCE, OneKeyApp
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.handover_dialogs import CountDialog, GroupDialog
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.log_line import LogDialog
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.handover_listed import Ref
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.handing_over import at, begin, take_over
from tests.ui.held import Held
from tests.ui.set_clock import taken


def at_once(phone: Phone, *keys: str) -> None:
    """Keys as one read of the terminal brings them: all are queued before the first is answered."""
    for key in keys:
        event = events.Key(key, key if len(key) == 1 else "\r" if key == "enter" else None)
        event.set_sender(phone.app)
        phone.app.post_message(event)


async def holds(phone: Phone, text: str) -> None:
    """Wait until the line in focus holds exactly that."""
    await phone.until(
        lambda: isinstance(phone.app.focused, Input) and phone.app.focused.value == text,
        f"{text} in the line",
    )


async def at_the_keys(phone: Phone) -> HandoverScreen:
    """Somebody takes over; the cursor is on the first count."""
    screen = await begin(phone, "1")
    screen.go_to(Ref("count", "keys"))
    await at(phone, screen, Ref("count", "keys"))
    await phone.pilot.pause()
    return screen


async def test_both_digits_of_a_count_pressed_one_after_the_other_are_kept(
    desk: tuple[Front, FixedClock],
) -> None:
    async with ringing(desk[0]) as phone:
        await at_the_keys(phone)
        await phone.press("1", "7")
        await phone.on(CountDialog)
        await holds(phone, "17")


async def test_digits_of_a_count_that_arrive_at_once_are_kept_in_order(
    desk: tuple[Front, FixedClock],
) -> None:
    async with ringing(desk[0]) as phone:
        await at_the_keys(phone)
        at_once(phone, "1", "7", "3")
        await phone.on(CountDialog)
        await holds(phone, "173")


async def test_counts_of_two_things_that_arrive_at_once_are_each_written_down(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await at_the_keys(phone)
        at_once(phone, "1", "7", "enter", "2", "3", "enter")
        await at(phone, screen, Ref("count", "radios"))
        counted = {each.item: each.counted for each in front.handover().counts}
        assert (counted["keys"], counted["cards"]) == (17, 23)


async def test_a_count_that_is_pasted_begins_whole(desk: tuple[Front, FixedClock]) -> None:
    async with ringing(desk[0]) as phone:
        await at_the_keys(phone)
        phone.app.post_message(events.Paste("17"))
        await phone.on(CountDialog)
        await holds(phone, "17")


async def test_a_pin_typed_right_behind_the_digit_of_the_name_is_whole_and_signs_for_nobody_else(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    set_pin(front.opened.desk, name="陈丽", pin="1119", actor="陈丽")
    take_over(front, "周强")
    async with ringing(front) as phone:
        await phone.press("9")
        await phone.on(HandoverScreen)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        at_once(phone, "1", "1", "1", "1", "9")
        await phone.on(AskLine)
        await holds(phone, "1119")
        assert front.handover().outgoing_signed is None


async def test_the_digit_of_a_name_pressed_twice_does_not_sign_for_the_other_one(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    take_over(front, "周强")
    async with ringing(front) as phone:
        await phone.press("9")
        await phone.on(HandoverScreen)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        at_once(phone, "1", "1")
        await phone.until(lambda: front.handover().outgoing_signed is not None, "the first")
        await phone.on(Choose)
        await phone.until(lambda: phone.app._looking is None, "nothing waits any more")
        assert front.handover().incoming_signed is None


async def test_what_follows_the_key_of_the_running_log_stands_in_its_line(
    desk: tuple[Front, FixedClock],
) -> None:
    async with ringing(desk[0]) as phone:
        at_once(phone, "ctrl+l", "9", "o", "k")
        await phone.on(LogDialog)
        await holds(phone, "9ok")


@pytest.mark.parametrize(("key", "screen"), [("f2", IntakeScreen), ("f3", FindScreen)])
async def test_what_follows_the_key_of_a_form_stands_in_its_first_line(
    desk: tuple[Front, FixedClock], key: str, screen: type[IntakeScreen | FindScreen]
) -> None:
    async with ringing(desk[0]) as phone:
        at_once(phone, key, "9", "o", "3")
        await phone.on(screen)
        await holds(phone, "9o3")


async def test_turning_back_right_behind_what_was_typed_leaves_the_question_and_nothing_else(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    number = taken(front).number
    async with ringing(front) as phone:
        phone.app.open_ticket(number)
        await phone.on(TicketScreen)
        await phone.until(lambda: phone.app.focused is not None, "the ticket can be read")
        await phone.pilot.pause()
        at_once(phone, "4", "9", "escape")
        await phone.until(lambda: _idle(phone), "all keys are answered")
        await phone.pilot.pause()
        assert isinstance(phone.screen, TicketScreen)


async def test_whoever_turns_back_while_something_is_written_drops_what_was_typed_behind_it(
    desk: tuple[Front, FixedClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk
    number = taken(front).number
    held = Held(front, "note", monkeypatch)
    async with ringing(front) as phone:
        phone.app.open_ticket(number)
        await phone.on(TicketScreen)
        await phone.until(lambda: phone.app.focused is not None, "the ticket can be read")
        await phone.press("4")
        await phone.on(AskLine)
        await phone.press("o", "enter")
        await phone.until(held.begun.is_set, "it is being written down")
        at_once(phone, "9", "escape")
        await phone.on(BoardScreen)
        held.let_go()
        await phone.until(lambda: _idle(phone), "all keys are answered")
        await phone.pilot.pause()
        assert isinstance(phone.screen, BoardScreen)  # its 9 would open the handover


def _idle(phone: Phone) -> bool:
    return not phone.app._ahead and not phone.app._unanswered and not _conversing(phone)


def _conversing(phone: Phone) -> bool:
    return bool(getattr(phone.screen, "conversing", False))


class Slow(Static, can_focus=True):
    """Takes as long for a key as a test wants it to; the focus goes on at once."""

    def __init__(self, following: str) -> None:
        super().__init__()
        self._following = following
        self.took: list[str] = []
        self.go = asyncio.Event()

    async def on_key(self, event: events.Key) -> None:
        self.took.append(event.key)
        if self._following:
            self.app.query_one(f"#{self._following}").focus()
        await self.go.wait()


async def test_a_key_that_was_given_up_does_not_answer_for_the_one_behind_it() -> None:

    class Boxes(OneKeyApp):
        def compose(self) -> ComposeResult:
            for name, following in (("first", "second"), ("second", "third"), ("third", "")):
                box = Slow(following)
                box.id = name
                yield box

    app = Boxes()
    async with app.run_test() as pilot:
        first, second, third = app.query(Slow)
        first.focus()
        await pilot.pause()
        for key in "abc":
            app.post_message(events.Key(key, key))
        # The pilot itself would wait for the boxes.
        try:
            await _until(lambda: first.took == ["a"], "the first key")
            app._looks = _PATIENCE  # it is given up at the next look
            await _until(lambda: second.took == ["b"], "the second key")
            behind = events.Key("f20", None)
            app._unanswered.add(behind)
            app._climb(behind, [*first.ancestors_with_self] * 2, 0)
            first.go.set()
            await _until(lambda: behind not in app._unanswered, "the first is answered, too late")
            assert [each.key for each in app._unanswered] == ["b"]
        finally:
            for box in (first, second, third):
                box.go.set()
        await _until(lambda: third.took == ["c"], "the third key")


async def _until(holds: Callable[[], bool], what: str) -> None:
    for _ in range(400):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"never: {what}")


@pytest.mark.parametrize("key", ["end", "pagedown", "down"])
async def test_the_first_enter_after_moving_in_a_list_to_be_read_counts(
    desk: tuple[Front, FixedClock], key: str
) -> None:
    front, _ = desk
    taken(front, "public-lighting")
    async with ringing(front) as phone:
        screen = await begin(phone, "1")
        await at(phone, screen, Ref("group"))
        await phone.press("enter")
        await phone.on(GroupDialog)
        await phone.until(lambda: "Enter take over this 1" in phone.text(), "all of it in sight")
        await phone.press(key, "enter")
        await at(phone, screen, Ref("count", "keys"))
        assert front.handover().group_left == 0
