"""The shift on a real store: started by a digit, noted, ended, its summary written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.paragraph import Paragraph
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import MINUTE, ODD, Said, stopped, taken


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Front, FixedClock]:
    """A furnished desk whose clock stands."""
    return stopped(tmp_path / "home")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where summaries are suggested to go."""
    folder = tmp_path / "me"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    return folder


def plain(phone: Phone, name: str) -> Said:
    return Said(phone.screen.query_one(f"#{name}", Paragraph).plain)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def open_shift(phone: Phone) -> ShiftScreen:
    await phone.press("f4")
    await phone.on(ShiftScreen)
    screen = phone.screen
    assert isinstance(screen, ShiftScreen)
    await phone.until(lambda: screen._known, "the shift is read")
    await phone.pilot.pause()
    return screen


# -- the whole story ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_shift_is_noted_ended_and_its_summary_written(
    desk: tuple[Front, FixedClock], own_folder: Path, size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    t = language(code)
    kept, broken = taken(front), taken(front)
    clock.at += 16 * MINUTE
    front.sweep()
    front.record(action="attend", number=broken.number, actor="陈丽")
    front.record(action="resolve", number=kept.number, actor="陈丽", cause="forgotten")
    async with ringing(front, size, code) as phone:
        screen = await open_shift(phone)
        assert "陈丽" in plain(phone, "shift-title")
        assert "3-1201" in plain(phone, "carried")
        await phone.focus_on("note")
        await phone.say("钥匙在前台 [/b]")
        await phone.press("enter")
        await phone.until(lambda: "钥匙在前台 [/b]" in plain(phone, "notes"), "the note is kept")
        assert screen.query_one("#note", Input).value == ""

        await phone.press("f6")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.on(Choose)
        await phone.press("4")
        await phone.on(Choose)
        await phone.press("3")
        await phone.on(AskLine)
        await phone.press("enter")
        await phone.until(lambda: t("Written to {path}", path="") in phone.said(), "written")
        (path,) = files_in(own_folder)
        assert path.name == "shift-20261123-1413-Lobby-3.json"
        written = json.loads(path.read_text(encoding="utf-8"))
        assert kept.number in json.dumps(written)
        assert broken.number in json.dumps(written)
        assert "钥匙在前台 [/b]" in json.dumps(written, ensure_ascii=False)
        assert front.current_shift() is None
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert phone.app.acting is None
    front.close()


# -- starting -------------------------------------------------------------------------------------------------
async def test_a_digit_starts_the_shift_of_its_person_who_acts_from_then_on(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    front.end_shift(actor="陈丽")
    async with ringing(front) as phone:
        screen = await open_shift(phone)
        assert "2 周强  supervisor" in plain(phone, "starters")
        await phone.press("2")
        await phone.until(lambda: screen.running is not None, "a shift runs")
        assert phone.app.acting == "周强"
        assert plain(phone, "starters") == ""
        await phone.focus_on("note")


async def test_f6_asks_who_starts_it(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    front.end_shift(actor="陈丽")
    async with ringing(front) as phone:
        screen = await open_shift(phone)
        await phone.press("f6")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: screen.running is not None, "a shift runs")
        assert phone.app.acting == "陈丽"


async def test_digits_are_text_while_a_note_is_typed(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await open_shift(phone)
        await phone.focus_on("note")
        await phone.press("1", "2")
        assert screen.query_one("#note", Input).value == "12"


# -- ending ---------------------------------------------------------------------------------------------------
async def test_no_is_the_safe_answer_to_ending(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    taken(front)
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("f6")
        await phone.on(Confirm)
        assert "1 open matter is handed over." in phone.text()
        await phone.press("enter")
        await phone.on(ShiftScreen)
        assert front.current_shift() is not None


async def test_a_note_that_was_not_kept_yet_is_kept_before_the_shift_ends(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.focus_on("note")
        await phone.say("half a thought")
        await phone.press("f6")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.on(Choose)
        assert [note.text for note in front.shift_summary().notes] == ["half a thought"]


# -- the file -------------------------------------------------------------------------------------------------
async def write_to(phone: Phone, path: Path) -> None:
    await phone.press("ctrl+s")
    await phone.on(Choose)
    await phone.press("1")
    await phone.on(Choose)
    await phone.press("enter")
    await phone.on(AskLine)
    phone.screen.query_one(Input).value = str(path)
    await phone.press("enter")


async def test_a_file_that_exists_is_replaced_only_when_that_is_confirmed(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, _ = desk
    path = tmp_path / "summary.md"
    path.write_text("mine", encoding="utf-8")
    async with ringing(front) as phone:
        await open_shift(phone)
        await write_to(phone, path)
        await phone.on(Confirm)
        await phone.press("n")
        await phone.on(ShiftScreen)
        assert path.read_text(encoding="utf-8") == "mine"
        await write_to(phone, path)
        await phone.on(Confirm)
        await phone.press("y")
        await phone.until(lambda: "Written to" in phone.said(), "written")
        assert "陈丽" in path.read_text(encoding="utf-8")


async def test_a_folder_that_is_not_there_is_said(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_shift(phone)
        await write_to(phone, tmp_path / "nowhere" / "x.md")
        await phone.until(lambda: "There is no folder" in phone.said(), "a sentence")


# -- looks ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(60, 15), *SIZES])
async def test_the_language_switches_in_place_and_typed_text_stays_text(
    desk: tuple[Front, FixedClock], size: tuple[int, int]
) -> None:
    front, _ = desk
    front.note_shift(text=ODD, actor="陈丽")
    async with ringing(front, size) as phone:
        screen = await open_shift(phone)
        await phone.focus_on("note")
        await phone.say("half a sen")
        await phone.press("ctrl+b")
        await phone.until(lambda: language("zh")("received") in plain(phone, "figures"), "Chinese")
        assert screen.query_one("#note", Input).value == "half a sen"
        await phone.focus_on("note")
        assert "[/b] [link=x]y[/link]" in plain(phone, "notes")
        assert "\x1b" not in phone.text()
