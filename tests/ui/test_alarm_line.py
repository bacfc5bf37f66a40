"""The alarm in one line on every screen but the board, and notices that leave the ticket's actions in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets._toast import Toast

from concierge.language.translator import language
from concierge.services.intake import Intake
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.household import HouseholdScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.action_bar import ActionBar
from concierge.ui.widgets.alarm_line import AlarmLine
from concierge.ui.widgets.command_bar import CommandBar
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import MINUTE, stopped, taken

UNIT = "3-1201"


def line(phone: Phone) -> AlarmLine:
    return phone.screen.query_one(AlarmLine)


async def go(phone: Phone, screen: str) -> None:
    """To a screen, and until its line is there."""
    app = phone.app
    if screen == "ticket":
        app.open_ticket(app.board.rows[0].number if app.board else "")
    elif screen == "file":
        app.open_household(UNIT)
    else:
        await phone.press({"intake": "f2", "find": "f3", "emergency": "f8", "shift": "f4"}[screen])
    await phone.until(lambda: bool(phone.screen.query(AlarmLine)), f"{screen} is open")
    await phone.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("screen", ["intake", "ticket", "find", "file", "emergency", "shift"])
async def test_what_nobody_signed_for_stands_in_one_line_on_every_screen_and_f9_leads_there(
    tmp_path: Path, screen: str, code: str, size: tuple[int, int]
) -> None:
    t = language(code)
    front, clock = stopped(tmp_path / "home")
    taken(front)
    async with ringing(front, size, code) as phone:
        await go(phone, screen)
        assert not line(phone).display, "nothing escalated"
        under = [each for each in phone.screen.children if each.region.y == 1]
        clock.at += MINUTE
        worst = taken(front, "emergency")
        phone.app.reload()
        await phone.until(lambda: line(phone).display, "the line")
        await phone.pilot.pause()
        said = phone.text().splitlines()[1]
        for part in ("!! ", UNIT, t("F9 open"), "14:14"):
            assert part in said
        assert cell_len(line(phone).plain) <= size[0]
        assert line(phone).region.height == 1
        assert [each.region.y for each in under] == [2 for _ in under], "no more than one line"
        await phone.press("f9")
        await phone.until(
            lambda: isinstance(phone.screen, TicketScreen) and phone.screen.number == worst.number,
            "the worst in front",
        )
    front.close()


async def test_the_line_follows_a_mute_and_a_signature(tmp_path: Path) -> None:
    front, clock = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front) as phone:
        await go(phone, "intake")
        await phone.until(lambda: line(phone).display, "the line")
        assert not line(phone).has_class("-muted")
        await phone.press("f9", "f9")
        await phone.until(lambda: "muted until 14:15" in line(phone).plain, "muted")
        assert line(phone).has_class("-muted")
        clock.at += 2 * MINUTE
        phone.app.ticker.tick()
        await phone.until(lambda: "muted" not in line(phone).plain, "loud again")
        assert not line(phone).has_class("-muted")
        front.acknowledge(number=ticket.number, actor="周强")
        phone.app.reload()
        await phone.until(lambda: not line(phone).display, "signed for")
    front.close()


async def test_the_board_has_its_banner_and_no_line_besides(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    taken(front, "emergency")
    async with ringing(front) as phone:
        await phone.on(BoardScreen)
        assert not phone.screen.query(AlarmLine)
    front.close()


# -- notices ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
async def test_a_notice_leaves_the_actions_of_a_ticket_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front)
    async with ringing(front, size) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: "^F" in phone.text(), "the actions")
        for number in range(3):
            phone.app.notify(f"something of some length was recorded {number}", markup=False)
        await phone.until(lambda: len(phone.screen.query(Toast)) == 3, "the notices")
        await phone.pilot.pause()
        bottom = max(each.region.bottom for each in phone.screen.query(Toast))
        assert bottom <= phone.screen.query_one(ActionBar).region.y
        assert bottom <= phone.screen.query_one(CommandBar).region.y
    front.close()


# -- the household's file --------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("keys", [["ctrl+u"], ["enter", "h"], ["enter", "ctrl+u"]])
async def test_one_key_opens_the_households_file_from_the_board_and_from_the_ticket(
    tmp_path: Path, keys: list[str], code: str
) -> None:
    front, _ = stopped(tmp_path / "home")
    taken(front)
    async with ringing(front, code=code) as phone:
        for key in keys:
            await phone.until(
                lambda key=key: (
                    key == "enter"  # type: ignore[misc]
                    or "household" in {each.id for each in phone.app.offered()}
                ),
                "the command is offered",
            )
            came_from = phone.screen
            await phone.press(key)
            await phone.until(lambda was=came_from: phone.screen is not was, f"after {key}")  # type: ignore[misc]
        await phone.on(HouseholdScreen)
        await phone.until(lambda: UNIT in phone.text(), "it is read")
        await phone.press("escape")
        await phone.on(TicketScreen if len(keys) > 1 else BoardScreen)
    front.close()


async def test_a_matter_at_a_place_has_no_file_to_open(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    lift = Intake(category="public-repair", words="stuck", place="lift 2")
    front.add_ticket(intake=lift, actor="陈丽")
    async with ringing(front) as phone:
        assert "open" in {each.id for each in phone.app.offered()}, "it is under the cursor"
        assert "household" not in {each.id for each in phone.app.offered()}
        await phone.press("ctrl+u")
        assert isinstance(phone.screen, BoardScreen)
    front.close()


async def test_intake_has_its_line_between_the_header_and_the_form(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    taken(front, "emergency")
    async with ringing(front) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.until(lambda: line(phone).display, "the line")
        await phone.pilot.pause()
        assert line(phone).region.y == 1
        assert phone.screen.query_one("#intake").region.y == 2
    front.close()
