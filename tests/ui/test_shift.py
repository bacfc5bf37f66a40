"""The shift on a real store: what comes next is said, started by a digit, ended alone, its summary written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.front import Front
from concierge.language.translator import language
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.preview import PreviewScreen
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.row_scroll import RowScroll
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.exporting import write_to
from tests.ui.set_clock import MINUTE, ODD, Said, taken

HOUR = 60 * MINUTE


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where summaries are suggested to go."""
    folder = tmp_path / "me"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    return folder


def plain(phone: Phone, name: str) -> Said:
    part: Any = phone.screen.query_one(f"#{name}")
    return Said(part.plain)


def log(phone: Phone) -> Said:
    """The running log, beside the figures or below them."""
    return Said("\n".join(plain(phone, name) for name in ("figures", "notes")))


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def open_shift(phone: Phone) -> ShiftScreen:
    await phone.press("f4")
    await phone.on(ShiftScreen)
    screen = phone.screen
    assert isinstance(screen, ShiftScreen)
    await phone.until(lambda: screen.known is not None, "the shift is read")
    await phone.pilot.pause()
    return screen


# -- what stands there ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_figures_hours_log_and_what_is_handed_over_stand_there(
    desk: tuple[Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    t = language(code)
    kept = taken(front)
    taken(front)
    clock.at += 16 * MINUTE
    front.sweep()
    front.record(action="resolve", number=kept.number, actor="陈丽", cause="forgotten")
    front.note_shift(text="钥匙在前台 [/b]", actor="陈丽", flag="next", unit="3-1201")
    async with ringing(front, size, code) as phone:
        await open_shift(phone)
        assert "陈丽" in plain(phone, "shift-title")
        assert "23:00" in plain(phone, "next")
        assert f"{t('received')} 2" in plain(phone, "figures")
        assert "14  2 █" in plain(phone, "figures")
        assert "3-1201" in plain(phone, "figures")
        assert f"[{t('next shift')}] 钥匙在前台 [/b] (3-1201)" in log(phone)
    front.close()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_what_is_open_counts_as_handed_over_only_once_the_shift_has_ended(
    desk: tuple[Front, FixedClock], code: str
) -> None:
    front, _ = desk
    t = language(code)
    taken(front)
    async with ringing(front, (120, 36), code) as phone:
        await open_shift(phone)
        for words in (t("open now"), t("Open now")):
            assert words in plain(phone, "figures")
        assert t("carried over") not in plain(phone, "figures")
        front.end_shift(actor="陈丽", alone="nobody came")
        phone.app.reload()
        await phone.until(lambda: t("carried over") in plain(phone, "figures"), "it has ended")
        for words in (t("open now"), t("Open now")):
            assert words not in plain(phone, "figures")
    front.close()


# -- what comes next ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.0, "It runs until 23:00"),
        (8.0, "It ends at 23:00, in 47 min. Whoever comes next presses F7"),
        (9.0, "was to be relieved at 23:00. Whoever comes presses F7"),
        (13.0, "its end seems forgotten"),
        (13.0, "If you are 陈丽: F6 ends it, then start a new one."),
    ],
)
async def test_the_screen_says_what_comes_next_by_the_planned_end(
    desk: tuple[Front, FixedClock], hours: float, said: str
) -> None:
    front, clock = desk
    clock.at += int(hours * HOUR)
    async with ringing(front) as phone:
        await open_shift(phone)
        assert said in plain(phone, "next")


async def test_a_missing_relief_is_signed_for_here_by_whoever_was_told(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    clock.at += 9 * HOUR + 18 * MINUTE
    front.sweep()
    async with ringing(front) as phone:
        await open_shift(phone)
        assert "The relief is missing: ring supervisor 周强 138-0000-1234" in plain(phone, "next")
        await phone.press("ctrl+g")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Signed by 周强" in phone.said(), "signed")
        await phone.until(lambda: "relief is missing" not in plain(phone, "next"), "it is quiet")
        assert front.current_shift() is not None


async def test_the_handover_opens_by_f7_and_by_9_from_here_and_by_9_from_the_board(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await phone.press("9")
        await phone.on(HandoverScreen)
        await phone.press("escape")
        await phone.on(BoardScreen)
        for key in ("f7", "9"):
            await open_shift(phone)
            await phone.press(key)
            await phone.on(HandoverScreen)
            await phone.press("escape")
            await phone.on(ShiftScreen)
            await phone.press("escape")
            await phone.on(BoardScreen)


async def test_a_handover_that_is_under_way_is_said_with_what_is_left(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    taken(front)
    front.begin_handover(actor="周强")
    async with ringing(front) as phone:
        await open_shift(phone)
        assert "周强 is taking over: 1 to acknowledge, 6 to count, then both sign" in plain(
            phone, "next"
        )


# -- starting -------------------------------------------------------------------------------------------------
async def test_a_digit_starts_the_shift_of_its_person_who_acts_from_then_on(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    front.end_shift(actor="陈丽")
    async with ringing(front) as phone:
        screen = await open_shift(phone)
        assert "2 周强  supervisor" in plain(phone, "next")
        await phone.press("2")
        await phone.until(lambda: screen.running is not None, "a shift runs")
        assert phone.app.acting == "周强"
        assert "Who starts" not in plain(phone, "next")


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


async def test_a_digit_starts_nothing_while_a_shift_runs(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("2")
        await phone.pilot.pause()
        running = front.current_shift()
        assert running is not None
        assert running.staff == "陈丽"


# -- ending alone ---------------------------------------------------------------------------------------------
async def test_no_is_the_safe_answer_to_ending(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("f6")
        await phone.on(Confirm)
        await phone.press("enter")
        await phone.on(ShiftScreen)
        assert front.current_shift() is not None


async def test_with_open_matters_the_first_answer_is_to_hand_over(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    taken(front)
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("f6")
        await phone.on(Choose)
        assert "1 matter is open." in phone.text()
        await phone.press("enter")
        await phone.on(HandoverScreen)
        assert front.current_shift() is not None


async def test_ending_alone_with_open_matters_needs_a_reason_that_stands_on_the_summary(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    taken(front)
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("f6")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(AskLine)
        await phone.press("enter")  # nothing is no reason
        assert isinstance(phone.screen, AskLine)
        await phone.say("今晚无人值班")
        await phone.press("enter")
        await phone.on(PreviewScreen)
        assert front.current_shift() is None
        assert phone.app.acting is None
        summary = front.shift_summary()
        assert (summary.ended_how, summary.end_reason) == ("alone", "今晚无人值班")


# -- the file -------------------------------------------------------------------------------------------------
async def test_the_summary_is_suggested_a_name_that_sorts_by_time(
    desk: tuple[Front, FixedClock], own_folder: Path
) -> None:
    front, _ = desk
    number = taken(front).number
    front.note_shift(text="钥匙在前台 [/b]", actor="陈丽")
    async with ringing(front) as phone:
        await open_shift(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("6")
        await phone.on(Choose)
        await phone.press("3")
        await phone.on(AskLine)
        await phone.press("enter")
        await phone.until(lambda: "Written to" in phone.said(), "written")
        (path,) = files_in(own_folder)
        assert path.name == "shift-20261123-1413-Lobby-3.json"
        written = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
        assert number in written
        assert "钥匙在前台 [/b]" in written


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
        await phone.until(lambda: "There is no folder" in phone.text(), "a sentence")


async def test_where_no_pdf_can_be_made_one_key_writes_the_page_instead(
    desk: tuple[Front, FixedClock], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk
    whole = front.export_shift

    def without_font(*, form: str, **more: object) -> Path:
        if form == "pdf":
            raise Refusal("pdf.no-font")
        return whole(form=form, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(front, "export_shift", without_font)
    async with ringing(front) as phone:
        await open_shift(phone)
        await write_to(phone, tmp_path / "summary.pdf", form="2")
        await phone.on(Confirm)
        assert "no Chinese font" in Said(phone.text().replace("│", ""))
        await phone.press("y")
        await phone.until(lambda: "Written to" in phone.said(), "written")
        assert not (tmp_path / "summary.pdf").exists()
        assert "<html" in (tmp_path / "summary.html").read_text(encoding="utf-8")


# -- looks ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(60, 15), *SIZES])
async def test_the_language_switches_in_place_and_typed_text_stays_text(
    desk: tuple[Front, FixedClock], size: tuple[int, int]
) -> None:
    front, _ = desk
    front.note_shift(text=ODD, actor="陈丽")
    async with ringing(front, size) as phone:
        await open_shift(phone)
        await phone.press("ctrl+b")
        await phone.until(lambda: language("zh")("received") in plain(phone, "figures"), "Chinese")
        assert "[/b] [link=x]y[/link]" in log(phone)
        assert "\x1b" not in phone.text()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_end_shows_the_last_line_of_a_long_log_and_home_the_first_figure(
    desk: tuple[Front, FixedClock], code: str
) -> None:
    front, _ = desk
    for nth in range(40):
        front.note_shift(text=f"line-{nth:02}", actor="陈丽")
    async with ringing(front, (80, 24), code) as phone:
        await open_shift(phone)
        oldest = "line-00"  # the newest comes first
        assert oldest not in phone.text()
        await phone.press("end")
        await phone.pilot.pause()
        assert oldest in phone.text()
        await phone.press("home")
        await phone.pilot.pause()
        assert oldest not in phone.text()
        assert phone.screen.query_one("#figures", RowScroll).scroll_offset.y == 0
