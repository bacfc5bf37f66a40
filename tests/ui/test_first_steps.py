"""The first steps on an empty folder: nothing half-made, then the board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from concierge.front import Front
from concierge.language.translator import language
from concierge.ui.app import DeskApp
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Confirm
from concierge.ui.screens.first_steps import FirstStepsScreen
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.roster_progress import RosterProgress
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone
from tests.ui.set_clock import Said

ROSTER = "房号,姓名,电话,心情\n3-1201,王建国,13800001234,好\n3-1202,李四,,\n,无房,,\n"


@asynccontextmanager
async def beginning(home: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Phone]:
    """A desk in a folder without a store."""
    front: Any = Front(home, name=None, environ={})
    app = DeskApp(lambda: front, language=None)
    async with app.run_test(size=size, notifications=True) as pilot:
        phone = Phone(app, pilot)
        await phone.on(FirstStepsScreen)
        yield phone
    front.close()


def steps(phone: Phone) -> FirstStepsScreen:
    assert isinstance(phone.screen, FirstStepsScreen), phone.screen
    return phone.screen


def shown(bar: RosterProgress) -> bool:
    return bar.display


async def at(phone: Phone, step: str) -> None:
    await phone.until(lambda: steps(phone).step == step, f"step {step}")
    await phone.pilot.pause()


async def name_it(phone: Phone, code: str) -> None:
    await phone.press("1" if code == "zh" else "2")
    await at(phone, "name")
    await phone.say("怡景花园 [/b]")
    await phone.press("enter")
    await at(phone, "staff")


async def add(phone: Phone, name: str, role: str, number: str = "") -> None:
    await phone.focus_on("person-box")
    await phone.say(name)
    await phone.press("enter")
    await phone.focus_on("role-line-box")
    await phone.press(role, "enter")
    await phone.focus_on("phone-box")
    await phone.say(number)
    await phone.press("enter")
    await phone.focus_on("person-box")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_four_questions_lead_to_the_board(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    t = language(code)
    async with beginning(tmp_path / "home", size) as phone:
        await name_it(phone, code)
        await add(phone, "陈丽", "1")
        assert (
            t("Nobody is supervisor yet: what breaks its limit would be told to nobody.")[:20]
            in phone.text()
        )
        await add(phone, "周强", "2", "138-0000-1234")
        assert not (tmp_path / "home" / "concierge.db").exists()
        await phone.press("enter")
        await at(phone, "roster")
        await phone.say(str(roster))
        await phone.press("enter")
        await phone.until(lambda: steps(phone)._roster.seen is not None, "a preview")
        await phone.pilot.pause()
        assert t("{rows} rows, {households} households", rows=3, households=2) in phone.text()
        assert t("row {row}", row=4) in phone.text()
        assert "心情" in phone.text()
        await phone.press("enter")
        await phone.on(BoardScreen)
        await phone.until(lambda: phone.app.board is not None, "the board is read")
        board = phone.app.board
        assert board is not None
        assert (board.property_name, board.language) == ("怡景花园 [/b]", code)
    front = Front(tmp_path / "home", name=None, environ={})
    assert [(each.name, each.role, each.phone) for each in front.staff()] == [
        ("陈丽", "concierge", None),
        ("周强", "supervisor", "138-0000-1234"),
    ]
    assert front.find_household("3-1201")[0].name == "王建国"
    front.close()


async def test_the_roster_can_wait(tmp_path: Path) -> None:
    async with beginning(tmp_path / "home") as phone:
        await name_it(phone, "en")
        await add(phone, "Li", "2")
        await phone.press("enter")
        await at(phone, "roster")
        await phone.press("enter")
        await phone.on(BoardScreen)


async def test_escape_goes_back_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    async with beginning(tmp_path / "home") as phone:
        await name_it(phone, "en")
        await add(phone, "Li", "2")
        await phone.press("escape")
        await at(phone, "name")
        assert steps(phone).query_one("#property-box", Input).value == "怡景花园 [/b]"
        await phone.press("escape")
        await at(phone, "language")
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("n")
        await at(phone, "language")
        await phone.press("enter", "enter")
        await at(phone, "staff")
        assert [each.name for each in steps(phone).people] == ["Li"]
        await phone.press("ctrl+r")
        assert not steps(phone).people


async def test_leaving_makes_nothing(tmp_path: Path) -> None:
    async with beginning(tmp_path / "home") as phone:
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.until(lambda: not phone.app.is_running or phone.app._exit, "left")
    assert not (tmp_path / "home" / "concierge.db").exists()


async def test_what_is_missing_is_said_where_it_is_missing(tmp_path: Path) -> None:
    async with beginning(tmp_path / "home") as phone:
        await phone.press("2")
        await at(phone, "name")
        await phone.press("enter")
        await phone.until(lambda: "Write the name of the property." in phone.text(), "a name")
        await phone.say("Jade")
        await phone.press("enter")
        await at(phone, "staff")
        await phone.press("enter")
        await phone.until(lambda: "Name at least one member of staff." in phone.text(), "staff")
        await phone.say("Li")
        await phone.press("enter", "enter")
        await phone.until(lambda: "Choose a role by its number." in phone.text(), "a role")
        await phone.press("2", "enter", "enter")
        await phone.until(lambda: len(steps(phone).people) == 1, "Li is on the list")
        await phone.say("Li")
        await phone.press("enter", "2", "enter", "enter")
        await phone.until(lambda: "Li is on the list already." in phone.text(), "twice")


async def test_a_file_that_is_no_roster_is_said_and_another_can_be_given(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.csv"
    wrong.write_text("buy milk\n", encoding="utf-8")
    async with beginning(tmp_path / "home") as phone:
        await name_it(phone, "en")
        await add(phone, "Li", "2")
        await phone.press("enter")
        await at(phone, "roster")
        line = steps(phone).query_one("#first-wrong", Paragraph)
        for path, said in (
            (tmp_path / "none.csv", "There is no file"),
            (wrong, "has no header row"),
        ):
            steps(phone).query_one("#roster-box", Input).value = str(path)
            await phone.press("enter")
            await phone.until(lambda said=said: said in Said(line.plain), said)  # type: ignore[misc]
        await phone.press("escape")
        await phone.on(BoardScreen)


async def test_a_sentence_that_wraps_stands_there_whole(tmp_path: Path) -> None:
    async with beginning(tmp_path / "home") as phone:
        await name_it(phone, "en")
        await add(phone, "Li", "2")
        await phone.press("enter")
        await at(phone, "roster")
        said = steps(phone).query_one("#first-text", Paragraph)
        lines = [line.strip(" │") for line in phone.text().splitlines()]
        assert Said(said.plain) in Said("".join(lines))


async def test_a_roster_shows_how_far_it_is_and_escape_calls_it_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    async with beginning(tmp_path / "home") as phone:
        await name_it(phone, "en")
        await add(phone, "Li", "2")
        await phone.press("enter")
        await at(phone, "roster")
        desk: Any = phone.app.gateway.desk
        really: Any = desk.import_roster
        waiting: list[bool] = []

        def slow(**asked: Any) -> Any:
            """Goes on only when it was called off, as a long roster would."""
            asked["progress"](7, 10)
            while not asked["cancelled"]():
                waiting.append(True)
            return really(**asked)

        bar = steps(phone).query_one(RosterProgress)
        assert not shown(bar)
        steps(phone).query_one("#roster-box", Input).value = str(roster)
        for dry_run in (True, False):
            waiting.clear()
            monkeypatch.setattr(desk, "import_roster", slow)
            await phone.press("enter")
            await phone.until(lambda: waiting != [] and bar.progress == 7, "it runs")
            assert shown(bar)
            assert bar.total == 10
            assert "Esc calls it off" in phone.text()
            await phone.press("escape")
            await phone.until(lambda: not bar.is_busy, "called off")
            await phone.until(lambda: "Called off" in phone.text(), "and it says so")
            assert isinstance(phone.screen, FirstStepsScreen)
            assert not shown(bar)
            monkeypatch.setattr(desk, "import_roster", really)
            if dry_run:
                await phone.press("enter")
                await phone.until(lambda: "Enter takes it over" in phone.text(), "the preview")
        assert desk.find_household("3-1201") == ()
        await phone.press("enter")
        await phone.on(BoardScreen)
        assert desk.find_household("3-1201")[0].name == "王建国"


async def test_the_language_switches_without_a_store_and_keeps_what_is_typed(
    tmp_path: Path,
) -> None:
    async with beginning(tmp_path / "home") as phone:
        await phone.press("1")
        await at(phone, "name")
        await phone.say("Jade")
        await phone.press("ctrl+b")
        await phone.until(lambda: "What is the property called?" in phone.text(), "English")
        assert steps(phone).query_one("#property-box", Input).value == "Jade"
        await phone.focus_on("property-box")
        assert not phone.said()
