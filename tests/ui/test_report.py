"""Days, weeks and months at the desk, and a shift's paper before it is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.domain.instants import parse_instant
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.pins import set_pin
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.preview import PreviewScreen
from concierge.ui.screens.report import ReportScreen
from concierge.ui.widgets.paper_scroll import PaperScroll
from concierge.ui.widgets.paragraph import Paragraph
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.exporting import write_to
from tests.ui.handing_over import handed_over
from tests.ui.held import Held
from tests.ui.set_clock import MINUTE, ODD, Said, taken

HOUR = 60 * MINUTE


def paper(phone: Phone) -> Said:
    return Said(phone.screen.query_one("#paper", PaperScroll).plain)


def top(phone: Phone) -> Said:
    return Said(phone.screen.query_one("#paper-top", Paragraph).plain)


async def open_report(phone: Phone) -> ReportScreen:
    phone.app.open_screen("report")
    await phone.on(ReportScreen)
    screen = phone.screen
    assert isinstance(screen, ReportScreen)
    await phone.until(lambda: screen.report is not None, "the report is read")
    await phone.pilot.pause()
    return screen


async def shows(phone: Phone, screen: ReportScreen, first: str, last: str) -> None:
    await phone.until(
        lambda: (
            screen.report is not None
            and (screen.report.first_day, screen.report.last_day) == (first, last)
        ),
        f"{first} to {last}",
    )


def broken_and_kept(front: Front, clock: FixedClock) -> None:
    kept = taken(front)
    taken(front)
    front.record(action="attend", number=kept.number, actor="陈丽")
    clock.at += 16 * MINUTE
    front.sweep()


# -- the report -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_today_stands_there_with_its_totals_parts_and_bars(
    desk: tuple[Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    t = language(code)
    broken_and_kept(front, clock)
    async with ringing(front, size, code) as phone:
        screen = await open_report(phone)
        assert screen.report is not None
        assert screen.report.totals.received == 2
        said = paper(phone)
        for title in ("By category", "By building", "By member of staff", "Arrivals by hour"):
            assert t(title) in said
        assert f"{t('Received')} 2" in said
        assert "█" in said
        assert "2026-11-23" in top(phone)
    front.close()


async def test_arrows_go_back_and_forth_and_never_past_today(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await open_report(phone)
        await phone.press("right")
        await phone.pilot.pause()
        await shows(phone, screen, "2026-11-23", "2026-11-23")
        await phone.press("left")
        await shows(phone, screen, "2026-11-22", "2026-11-22")
        await phone.press("right")
        await shows(phone, screen, "2026-11-23", "2026-11-23")


async def test_a_report_that_stays_open_over_midnight_goes_on_to_the_new_day(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    async with ringing(front) as phone:
        screen = await open_report(phone)
        clock.at += 24 * HOUR
        phone.app.ticker.tick()
        await phone.press("right")
        await shows(phone, screen, "2026-11-24", "2026-11-24")


async def test_a_language_that_is_switched_while_the_report_is_read_is_that_of_the_report(
    desk: tuple[Front, FixedClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk
    taken(front)
    held = Held(front, "report", monkeypatch)
    async with ringing(front) as phone:
        phone.app.open_screen("report")
        await phone.on(ReportScreen)
        await phone.until(held.begun.is_set, "it is being read")
        await phone.press("ctrl+b")
        held.let_go()
        screen = phone.screen
        assert isinstance(screen, ReportScreen)
        await phone.until(lambda: screen.report is not None, "the report is read")
        await phone.until(lambda: language("zh")("By category") in paper(phone), "in Chinese")


@pytest.mark.parametrize("keys", ["dwm", "123", ("f5", "f5", "f5")])
async def test_day_week_and_month_have_letters_digits_and_a_key_that_no_input_method_eats(
    desk: tuple[Front, FixedClock], keys: str | tuple[str, ...]
) -> None:
    front, _ = desk
    day, week, month = (
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23", "2026-11-29"),
        ("2026-11-01", "2026-11-30"),
    )
    wanted = [week, month, day] if keys[0] == "f5" else [day, week, month]
    async with ringing(front) as phone:
        screen = await open_report(phone)
        for key, (first, last) in zip(keys, wanted, strict=True):
            await phone.press(key)
            await shows(phone, screen, first, last)


async def test_before_its_first_shift_the_day_is_still_yesterday(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    clock.at = parse_instant("2026-11-24T03:00", front.zone())
    async with ringing(front) as phone:
        screen = await open_report(phone)
        await shows(phone, screen, "2026-11-23", "2026-11-23")


async def test_f6_shows_this_desk_alone(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        screen = await open_report(phone)
        assert "all desks" in top(phone)
        await phone.press("f6")
        await phone.until(
            lambda: screen.report is not None and screen.report.desk == "Lobby 3", "this desk"
        )
        assert "Lobby 3" in top(phone)


async def test_the_report_is_written_under_a_name_that_sorts_by_its_days(
    desk: tuple[Front, FixedClock], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    async with ringing(front) as phone:
        await open_report(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("4")
        await phone.on(Choose)
        await phone.press("3")
        await phone.on(AskLine)
        assert phone.screen.query_one(Input).value == str(tmp_path / "report-20261123.md")
        await phone.press("enter")
        await phone.until(lambda: "Written to" in phone.said(), "written")
        written = (tmp_path / "report-20261123.md").read_text(encoding="utf-8")
        assert "怡景花园" in written


async def test_the_report_follows_the_language_in_place(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_report(phone)
        await phone.press("ctrl+b")
        t = language("zh")
        await phone.until(lambda: t("By category") in paper(phone), "Chinese")


# -- a shift's paper ------------------------------------------------------------------------------------------
async def open_preview(phone: Phone, shift: int) -> PreviewScreen:
    phone.app.open_screen("preview", shift=shift)
    await phone.on(PreviewScreen)
    screen = phone.screen
    assert isinstance(screen, PreviewScreen)
    await phone.until(lambda: bool(paper(phone)), "the paper")
    return screen


def shows_text(phone: Phone, form: str, sign: str) -> bool:
    return form in top(phone) and sign in paper(phone).lower()


@pytest.mark.parametrize("size", [(60, 15), *SIZES])
async def test_a_signed_summary_is_read_in_chinese_english_and_both(
    desk: tuple[Front, FixedClock], size: tuple[int, int]
) -> None:
    front, clock = desk
    broken_and_kept(front, clock)
    front.note_shift(text=ODD, actor="陈丽", flag="director")
    handed_over(front, "周强")
    en, zh = language("en")("Shift summary"), language("zh")("Shift summary")
    async with ringing(front, size) as phone:
        await open_preview(phone, 1)
        assert "signed, kept for ever" in top(phone)
        assert en in paper(phone)
        assert zh not in paper(phone)
        await phone.press("f5")
        await phone.until(lambda: en in paper(phone) and zh in paper(phone), "both")
        await phone.press("f5")
        await phone.until(lambda: en not in paper(phone) and zh in paper(phone), "Chinese")
        assert "[/b] [link=x]y[/link]" in paper(phone)
        assert "\x1b" not in phone.text()
        assert "\u202e" not in phone.text()


async def test_the_text_of_each_format_is_what_the_file_will_hold(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    number = taken(front).number
    handed_over(front, "周强")
    async with ringing(front) as phone:
        screen = await open_preview(phone, 1)
        for form, sign in (("md", "# "), ("csv", ","), ("json", '"schema'), ("html", "<!doctype")):
            await phone.press("f7")
            await phone.until(partial(shows_text, phone, form, sign), f"{form} is shown")
            assert screen.form == form
            if form != "html":
                assert number in paper(phone)


async def test_nothing_masked_is_written_by_a_supervisor_s_name_alone_and_on_record(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, _ = desk
    front.note_shift(text="ring 13800001234", actor="陈丽")
    handed_over(front, "周强")
    target = tmp_path / "clear.md"
    async with ringing(front) as phone:
        await open_preview(phone, 1)
        assert "13800001234" not in paper(phone)
        await phone.press("ctrl+k")
        await phone.on(Choose)
        assert "陈丽" not in "".join(phone.text().split("Who lets it out")[1].split("Esc back")[0])
        await phone.press("1")
        await phone.until(lambda: "the file has them whole: 周强" in top(phone), "chosen")
        assert "13800001234" not in paper(phone)
        await write_to(phone, target)
        await phone.until(lambda: "Written to" in phone.said(), "written")
        assert "13800001234" in target.read_text(encoding="utf-8")


async def test_a_supervisor_s_pin_is_asked_before_anything_goes_out_with_nothing_masked(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, _ = desk
    front.note_shift(text="ring 13800001234", actor="陈丽")
    handed_over(front, "周强")
    set_pin(front.opened.desk, name="周强", pin="2580", actor="周强")
    target = tmp_path / "clear.md"
    async with ringing(front) as phone:
        screen = await open_preview(phone, 1)
        await phone.press("ctrl+k")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: screen.clear_by is not None, "chosen")
        await write_to(phone, target)
        await phone.until(lambda: "PIN of 周强" in phone.text(), "the PIN is asked")
        await phone.press(*"1470", "enter")
        await phone.until(lambda: "not the PIN" in phone.text(), "a wrong one is said")
        assert not target.exists()
        await phone.press(*"2580", "enter")
        await phone.until(lambda: "Written to" in phone.said(), "written")
        assert "13800001234" in target.read_text(encoding="utf-8")
        assert "2580" not in phone.text()
        # The next file asks again, and Escape writes none.
        target.unlink()
        await write_to(phone, target)
        await phone.until(lambda: "PIN of 周强" in phone.text(), "asked again")
        await phone.press("escape")
        await phone.on(PreviewScreen)
        assert not target.exists()


async def test_space_reads_on(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front, (60, 15)) as phone:
        await open_preview(phone, 1)
        side = phone.screen.query_one("#paper", PaperScroll)
        await phone.press("space")
        await phone.until(lambda: side.scroll_offset.y > 0, "further down")


async def test_what_was_kept_and_broken_stands_as_a_bar_behind_each_part(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    broken_and_kept(front, clock)
    async with ringing(front, (120, 36)) as phone:
        await open_report(phone)
        lines = phone.screen.query_one("#paper", PaperScroll).plain.splitlines()
        staff = next(line for line in lines if line.startswith("陈丽") and "50 %" in line)
        assert staff.rstrip().endswith("█" * 10 + "▒" * 10)
