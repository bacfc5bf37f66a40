"""Bringing a roster in from the desk: seen first, all of it or nothing, in both languages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, ProgressBar

from concierge.language.translator import language
from concierge.services.roster_views import Noted, RosterReport
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.roster import RosterScreen
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.roster_preview import preview_lines
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.real_desk import furnished
from tests.ui.set_clock import Said

ROSTER = """房号,姓名,电话,心情
3-1201,王建国,13911112222,好
3-1201,张三[b],,
5-501,=HYPERLINK("x"),13900009999,
,无房,,
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "名册.csv"
    made.write_text(ROSTER, encoding="utf-8")
    return made


def beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def rewrite(path: Path) -> None:
    """Somebody saves another roster under the same name."""
    path.write_text(ROSTER + "6-601,孙二,,\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))


async def opened(phone: Phone) -> RosterScreen:
    """By the list of all commands, as somebody finds it who does not know it."""
    await phone.press("ctrl+p")
    await phone.until(lambda: phone.app.screen.__class__.__name__ == "DeskPalette", "the list")
    wanted = language(phone.app.language)("Import a roster")
    await phone.say(wanted)
    await phone.until(lambda: phone.text().count(wanted) > 1, "found")
    await phone.pilot.pause()
    await phone.press("down", "enter")
    await phone.on(RosterScreen)
    assert isinstance(phone.screen, RosterScreen)
    await phone.focus_on("roster-file-box")
    return phone.screen


def told(screen: RosterScreen) -> Said:
    return Said(screen.query_one("#roster-text", Paragraph).plain)


def shown(screen: RosterScreen) -> bool:
    """Whether a preview is there to be taken over."""
    return screen.seen is not None


async def see(phone: Phone, screen: RosterScreen, path: Path, mapping: str = "") -> None:
    screen.query_one("#roster-file-box", Input).value = str(path)
    screen.query_one("#roster-map-box", Input).value = mapping
    await phone.pilot.pause()
    await phone.press("enter")
    await phone.until(lambda: screen.seen is not None or screen._wrong is not None, "an answer")
    await phone.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_newer_roster_is_seen_then_taken_over(
    tmp_path: Path, path: Path, size: tuple[int, int], code: str
) -> None:
    desk, t = furnished(tmp_path / "home"), language(code)
    async with ringing(desk, size, code) as phone:
        screen = await opened(phone)
        await see(phone, screen, path)
        said = told(screen)
        for wanted in (
            t("{rows} rows, {households} households", rows=4, households=2),
            t("not read: {headers}", headers="4 心情"),
            "138****1234", "139****2222", "张三[b]",
            t("{unit}: the whole household", unit="31-201"),
            t("row {row}", row=5),
        ):  # fmt: skip
            assert wanted in said, wanted
        assert desk.find_household("5-501") == ()
        await phone.press("ctrl+s")
        await phone.until(lambda: screen.taken is not None, "taken over")
        await phone.pilot.pause()
        kept = path.with_name("名册.rejected.csv")
        assert kept.name in told(screen).replace("\n", "")
        assert kept.read_text(encoding="utf-8-sig").endswith(
            f'"","无房","","","5","{t("no unit")}"\n'
        )
        await phone.press("escape")
        await phone.until(lambda: not isinstance(phone.screen, RosterScreen), "the board")
    assert desk.find_household("5-501")[0].name.startswith("=HYPERLINK")
    assert desk.find_household("31-201")[0].name == "李四", "what the roster lacks stays"
    desk.close()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_column_that_was_guessed_wrong_is_named_by_hand(tmp_path: Path, code: str) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("房号,甲,乙\n8-801,周一,13712345678\n", encoding="utf-8")
    desk, t = furnished(tmp_path / "home"), language(code)
    async with ringing(desk, code=code) as phone:
        screen = await opened(phone)
        await see(phone, screen, odd)
        assert "2 甲" in told(screen)
        assert not shown(screen)
        await see(phone, screen, odd, "2=姓名 3=phone")
        assert t("{rows} rows, {households} households", rows=1, households=1) in told(screen)
        await see(phone, screen, odd, "2=nonsense")
        assert "2=nonsense" in told(screen)
        assert not shown(screen)
        await see(phone, screen, odd, "2=姓名 3=phone")
        await phone.press("ctrl+s")
        await phone.until(lambda: screen.taken is not None, "taken over")
        await see(phone, screen, odd)
        assert shown(screen), "the columns are remembered by their headers"
    desk.close()


async def test_escape_calls_it_off_and_nothing_is_saved(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = furnished(tmp_path / "home")
    really: Any = desk.import_roster
    waiting: list[bool] = []

    def slow(**asked: Any) -> Any:
        """Goes on only when it was called off, as a long roster would."""
        if asked["dry_run"]:
            return really(**asked)
        asked["progress"](7, 10)
        while not asked["cancelled"]():
            waiting.append(True)
        return really(**asked)

    monkeypatch.setattr(desk, "import_roster", slow)
    async with ringing(desk) as phone:
        screen = await opened(phone)
        await see(phone, screen, path)
        await phone.press("ctrl+s")
        bar = screen.query_one(ProgressBar)
        await phone.until(lambda: waiting != [] and bar.progress == 7, "it runs")
        assert bar.display
        assert bar.total == 10
        await phone.press("escape")
        await phone.until(lambda: not screen.is_busy, "called off")
        await phone.pilot.pause()
        assert "Called off: nothing was saved." in told(screen)
        assert screen.seen is not None, "what was shown is still there"
    assert desk.find_household("5-501") == ()
    assert beside(path) == ["home", path.name], "no file of rejected rows either"
    desk.close()


async def test_a_file_that_changed_after_it_was_shown_is_not_taken_over(
    tmp_path: Path, path: Path
) -> None:
    desk = furnished(tmp_path / "home")
    async with ringing(desk) as phone:
        screen = await opened(phone)
        await see(phone, screen, path)
        rewrite(path)
        await phone.press("ctrl+s")
        await phone.until(lambda: screen._wrong is not None, "refused")
        await phone.pilot.pause()
        assert "has changed since it was shown" in told(screen)
    assert desk.find_household("5-501") == ()
    desk.close()


async def test_whoever_finds_nobody_is_told_how_a_roster_comes_in(tmp_path: Path) -> None:
    desk = furnished(tmp_path / "home")
    async with ringing(desk) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.say("nobodyatall")
        await phone.until(lambda: "Import a roster" in phone.text(), "the way is named")
    desk.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_preview_says_where_further_phones_go(code: str) -> None:
    t = language(code)
    report = RosterReport(read=1, added=1, changed=0, unchanged=0, rejected=(), headers=(), rows=1,
                          noted=(Noted(2, "3-1304"),))  # fmt: skip
    said = preview_lines(report, t, 78).plain
    assert t("More phones than people; the others go into the notes:") in said
    assert t("row {row}: {reason}", row=2, reason="3-1304") in said
