"""The first screen, driven by keys on a desk without a store."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input, Static

from concierge.domain.refusal import Refusal
from concierge.language.translator import language
from concierge.store.problem import StoreProblem
from concierge.ui.app import DeskApp
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.too_small import TooSmall
from concierge.ui.widgets.alarm_banner import AlarmBanner
from concierge.ui.widgets.alarm_lines import whom_to_ring, worst_first
from concierge.ui.widgets.board import Board
from concierge.ui.widgets.board_columns import COUNTDOWN
from concierge.ui.widgets.board_heading import BoardHeading
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.typed_text_view import TypedTextView
from tests.ui.fake_desk import HOUR, MINUTE, NOON, FakeDesk, many, row, sample_alarms
from tests.ui.waiting import until

SIZES = [(80, 24), (120, 36)]


@asynccontextmanager
async def opened(
    desk: FakeDesk, size: tuple[int, int] = (80, 24), code: str = "en"
) -> AsyncIterator[tuple[DeskApp, Pilot[int]]]:
    """The desk with its board on the screen."""
    port: Any = desk
    app = DeskApp(lambda: port, language=code)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.board is not None, "the board is read")
        await pilot.pause()
        yield app, pilot


def board_of(app: DeskApp) -> Board:
    return app.board_screen.query_one(Board)


def order(app: DeskApp) -> list[int]:
    return [each.ticket_id for each in board_of(app).rows]


def line(widget: Any, y: int = 0) -> str:
    return "".join(segment.text for segment in widget.render_line(y))


def screen_text(app: DeskApp) -> str:
    """Everything on the screen, as text."""
    width, height = app.size
    return "\n".join(
        "".join(segment.text for segment in strip)
        for strip in app.screen._compositor.render_strips()
    )[: (width + 1) * height * 2]


def ticking(desk: FakeDesk) -> Callable[[int], None]:
    """A clock that the test sets."""
    at = [NOON]
    desk.clock = lambda: at[0]

    def set_to(seconds: int) -> None:
        at[0] = NOON + seconds

    return set_to


# -- opening
def test_the_board_opens_without_importing_the_store_or_anything_heavy() -> None:
    code = (
        "import sys, concierge.ui.app, concierge.ui.launch; "
        "heavy = {'sqlmodel', 'sqlalchemy', 'pypinyin', 'openpyxl', 'alembic', 'pydantic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.asyncio
async def test_the_first_frame_stands_before_the_store_is_open() -> None:
    gate = threading.Event()
    port: Any = FakeDesk()

    def make_desk() -> Any:
        gate.wait(10)
        return port

    app = DeskApp(make_desk, language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "opening the store" in screen_text(app)
        assert app.board is None
        gate.set()
        await until(pilot, lambda: app.board is not None, "the board is read")


@pytest.mark.asyncio
async def test_a_store_that_does_not_open_ends_the_desk_with_its_problem() -> None:
    def make_desk() -> Any:
        raise StoreProblem("newer", path="x", found=9, known=1)

    app = DeskApp(make_desk, language="en")
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.problem is not None, "the problem is known")
    assert app.return_code == 3
    assert isinstance(app.problem, StoreProblem)


# -- rows
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.asyncio
async def test_overdue_stands_on_top_with_sign_time_place_category_and_step(
    size: tuple[int, int], code: str
) -> None:
    async with opened(FakeDesk(), size, code) as (app, _):
        first, third = line(board_of(app), 0), line(board_of(app), 2)
        t = language(code)
        assert first.startswith(" !!")
        for part in (
            "-00:40",
            "2号电梯",
            t("major"),
            "特急" if code == "zh" else "Emergency",
            t("attend"),
        ):
            assert part in first
        assert third.startswith("  !")
        assert "06:31" in third


@pytest.mark.asyncio
async def test_brackets_in_words_stay_text() -> None:
    async with opened(FakeDesk(), (120, 36)) as (app, pilot):
        board_of(app).select(6)
        await until(pilot, lambda: "[/b]" in screen_text(app), "the words stand beside the board")
        assert "[/b]" in str(app.screen.query_one(TypedTextView).render())


@pytest.mark.asyncio
async def test_an_empty_board_says_what_to_press() -> None:
    async with opened(FakeDesk(rows=())) as (app, _):
        assert "F2" in line(board_of(app), 1)


@pytest.mark.asyncio
async def test_only_visible_rows_are_painted_of_two_thousand() -> None:
    async with opened(FakeDesk(rows=many(2000))) as (app, pilot):
        board = board_of(app)
        assert len(board.rows) == 2000
        assert len(board._painted) <= board.size.height
        await pilot.press("end")
        assert board.selected is not None
        assert board.selected.ticket_id == 2000
        assert "3-2100" in screen_text(app)


@pytest.mark.asyncio
async def test_a_second_paints_only_the_countdowns_whose_text_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = FakeDesk(rows=(row(1, 5 * MINUTE), row(2, 3 * HOUR + 30), row(3, 30 * HOUR)), alarms=())
    set_to = ticking(desk)
    async with opened(desk) as (app, pilot):
        board = board_of(app)
        await pilot.pause()
        painted: list[tuple[Region, ...]] = []
        monkeypatch.setattr(board, "refresh", lambda *regions, **_: painted.append(regions))
        set_to(1)
        app.ticker.tick()
        assert painted == [(Region(0, 0, COUNTDOWN, 1),)]
        painted.clear()
        set_to(31)
        app.ticker.tick()
        assert [regions[0].y for regions in painted] == [0, 1]


# -- the cursor and the order
@pytest.mark.asyncio
async def test_a_new_order_waits_until_the_keyboard_is_quiet_and_keeps_the_cursor_on_its_ticket() -> (
    None
):
    desk = FakeDesk(rows=(row(1, HOUR), row(2, 2 * HOUR), row(3, 3 * HOUR)), alarms=())
    async with opened(desk) as (app, pilot):
        await pilot.press("down")
        assert board_of(app).cursor == 2
        desk.rows = (row(1, HOUR), row(2, 2 * HOUR), row(4, -MINUTE))
        desk.events += 1
        app.reload()
        await until(
            pilot,
            lambda: (
                app.board is not None and len(app.board.alarms) == 0 and app.board.rows == desk.rows
            ),
            "the board is read again",
        )
        assert order(app) == [1, 2, 3], "the keyboard was just used"
        board_of(app).watch_now()
        assert order(app) == [1, 2, 3], "not quiet for long enough"
        board_of(app).watch_now()
        assert order(app) == [4, 1, 2]
        assert board_of(app).cursor == 2


@pytest.mark.asyncio
async def test_a_row_that_changes_does_so_at_once_even_while_the_keyboard_is_used() -> None:
    desk = FakeDesk(rows=(row(1, HOUR), row(2, 2 * HOUR)), alarms=())
    async with opened(desk) as (app, pilot):
        await pilot.press("down")
        desk.rows = (row(1, HOUR, assignee="赵师傅"), row(2, 2 * HOUR))
        app.reload()
        await until(pilot, lambda: "赵师傅" in line(board_of(app), 0), "the row shows who has it")


@pytest.mark.asyncio
async def test_a_ticket_that_falls_due_moves_up_by_itself() -> None:
    desk = FakeDesk(rows=(row(1, HOUR, category="emergency"), row(2, 5)), alarms=())
    set_to = ticking(desk)
    async with opened(desk) as (app, _):
        assert order(app) == [1, 2]
        set_to(6)
        app.ticker.tick()
        assert order(app) == [2, 1]
        assert "1 overdue" in line(app.screen.query_one(HeaderLine))


@pytest.mark.asyncio
async def test_when_the_selected_ticket_goes_the_one_on_its_line_is_next() -> None:
    desk = FakeDesk(rows=(row(1, HOUR), row(2, 2 * HOUR), row(3, 3 * HOUR)), alarms=())
    async with opened(desk) as (app, _):
        board = board_of(app)
        board.select(2)
        board.load((row(1, HOUR), row(3, 3 * HOUR)))
        assert board.cursor == 3
        board.load(())
        assert board.cursor is None


@pytest.mark.asyncio
async def test_a_click_selects_and_a_click_on_the_selected_row_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened(FakeDesk()) as (app, pilot):
        went: list[str] = []
        monkeypatch.setattr(app, "open_ticket", lambda number, **_: went.append(number))
        await pilot.click(Board, offset=(10, 2))
        assert board_of(app).cursor == 3
        assert went == []
        await pilot.click(Board, offset=(10, 2))
        await until(pilot, lambda: bool(went), "the ticket opens")
        assert went == ["T-20261123-003"]


@pytest.mark.asyncio
async def test_f5_shows_all_then_mine_then_what_nobody_has_taken() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        await pilot.press("f5")
        assert {each.assignee for each in board_of(app).rows} == {"陈丽"}
        await pilot.press("f5")
        assert {each.assignee for each in board_of(app).rows} == {None}
        assert "[unassigned]" in line(app.screen.query_one(BoardHeading), 0)
        await pilot.press("f5")
        assert len(board_of(app).rows) == len(FakeDesk().rows)


@pytest.mark.asyncio
async def test_mine_with_nobody_on_shift_says_how_to_sign_on() -> None:
    async with opened(FakeDesk(shift=None)) as (app, pilot):
        assert "no shift: F4" in line(app.screen.query_one(HeaderLine))
        await pilot.press("f5")
        assert "F4" in line(board_of(app), 1)


# -- the header
@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.asyncio
async def test_the_header_at_60_columns_still_says_the_time_and_what_is_broken(code: str) -> None:
    desk = FakeDesk(rehearsal=True, property_name="[b]怡景花园国际公寓二期[/b]")
    async with opened(desk, (60, 15), code) as (app, _):
        text = line(app.screen.query_one(HeaderLine))
        t = language(code)
        for part in ("14:32:07", t("REHEARSAL"), t("{n} overdue", n=2), t("{n} soon", n=1)):
            assert part in text


# -- language
@pytest.mark.asyncio
async def test_the_language_switches_in_place_and_leaves_cursor_focus_and_filter() -> None:
    desk = FakeDesk()
    async with opened(desk) as (app, pilot):
        await pilot.press("f5", "down")
        before = (board_of(app).cursor, app.focused)
        assert "Behaviour" in screen_text(app)
        await pilot.press("ctrl+b")
        await until(pilot, lambda: "邻里影响" in screen_text(app), "the board speaks Chinese")
        assert (board_of(app).cursor, app.focused) == before
        assert app.screen.query_one(BoardHeading).shown == "mine"
        await until(pilot, lambda: desk.languages == ["zh"], "the desk keeps its language")


@pytest.mark.asyncio
async def test_a_dialog_changes_its_language_and_keeps_what_was_typed() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        app.push_screen(AskLine(lambda t: "问" if t.code == "zh" else "ask", "[b]王[/b]"))
        await pilot.press("1", "2")
        await pilot.press("ctrl+b")
        box = app.screen.query_one(".dialog")
        await until(pilot, lambda: str(box.border_title) == "问", "the title is in Chinese")
        assert app.screen.query_one(Input).value == "12"
        assert "[b]王[/b]" in screen_text(app)


# -- the alarm
@pytest.mark.asyncio
async def test_the_banner_says_how_many_the_worst_and_whom_to_ring() -> None:
    async with opened(FakeDesk()) as (app, _):
        text = screen_text(app)
        assert "!! 2 not signed for: 2号电梯" in text
        assert "周强 138-0000-1234" in text


@pytest.mark.asyncio
async def test_without_alarms_there_is_no_banner() -> None:
    async with opened(FakeDesk(alarms=())) as (app, _):
        assert not app.screen.query_one(AlarmBanner).display


def test_emergencies_then_major_then_the_longest_over_come_first() -> None:
    rows = (
        row(1, -HOUR, unacknowledged=True),
        row(2, -MINUTE, grade="major", unacknowledged=True),
        row(3, -10, category="emergency", grade="major", unacknowledged=True),
    )
    assert [alarm.ticket_id for alarm in worst_first(sample_alarms(rows))] == [3, 2, 1]


def test_a_role_that_nobody_holds_is_said_to_be_held_by_nobody() -> None:
    alarm = replace(sample_alarms((row(1, -1, unacknowledged=True),))[0], people=(), phones=())
    assert whom_to_ring(alarm, language("en")) == "nobody is supervisor"


@pytest.mark.asyncio
async def test_f9_twice_mutes_at_this_desk_and_a_new_alarm_ends_the_mute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = FakeDesk()
    async with opened(desk) as (app, pilot):
        rung: list[int] = []
        monkeypatch.setattr(app, "bell", lambda: rung.append(1))
        monkeypatch.setattr(app, "open_ticket", lambda number, **_: None)
        await pilot.press("f9", "f9")
        banner = app.board_screen.query_one(AlarmBanner)
        assert banner.muted_until == NOON + 120
        assert banner.display, "muted, never lost"
        assert not rung
        desk.rows = (*desk.rows, row(9, -1, unacknowledged=True))
        app.reload()
        await until(pilot, lambda: bool(rung), "the bell rings for a new one")
        assert banner.muted_until == 0


@pytest.mark.asyncio
async def test_f9_goes_to_the_worst_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(FakeDesk()) as (app, pilot):
        went: list[str] = []
        monkeypatch.setattr(app, "open_ticket", lambda number, **_: went.append(number))
        await pilot.press("end", "f9")
        assert went == ["T-20261123-002"]
        assert board_of(app).cursor == 2


# -- failures
@pytest.mark.asyncio
async def test_a_refusal_becomes_a_sentence_and_the_desk_goes_on() -> None:
    async with opened(FakeDesk(), (120, 36)) as (app, pilot):

        def refuse(desk: Any) -> None:
            raise Refusal("unit.unknown", unit="[/b]3-99")

        assert isinstance(app.screen, BoardScreen)
        app.screen.write(refuse)
        await until(pilot, lambda: "3-99" in screen_text(app), "the sentence is shown")
        assert "[/b]3-99" in screen_text(app)
        await pilot.press("f5")
        assert app.is_running


@pytest.mark.asyncio
async def test_a_store_that_cannot_be_read_is_said_once_not_every_second() -> None:
    desk = FakeDesk()
    async with opened(desk) as (app, pilot):
        said: list[BaseException] = []
        app.say_failure = said.append  # type: ignore[assignment, method-assign]
        desk.failure = StoreProblem("locked", path="x")
        for _ in range(3):
            app.reload()
            await pilot.pause(0.02)
        await until(pilot, lambda: bool(said), "it is said")
        assert len(said) == 1


@pytest.mark.asyncio
async def test_steps_turn_what_they_raise_into_a_sentence() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        said: list[BaseException] = []
        app.say_failure = said.append  # type: ignore[assignment, method-assign]

        async def work() -> None:
            raise Refusal("words.empty")

        assert isinstance(app.screen, BoardScreen)
        app.screen.steps(work())
        await until(pilot, lambda: bool(said), "the refusal arrives")


# -- other terminals, sweeping, calls
@pytest.mark.asyncio
async def test_another_terminals_write_is_noticed_at_the_next_tick() -> None:
    desk = FakeDesk()
    async with opened(desk) as (app, pilot):
        desk.rows, desk.events = (row(77, HOUR),), desk.events + 1
        app.ticker.tick()
        await until(pilot, lambda: "T-20261123-077" in str(app.board), "the board is read again")


@pytest.mark.asyncio
async def test_the_desk_sweeps_when_it_opens_and_when_something_falls_due() -> None:
    desk = FakeDesk(due=NOON + 5)
    set_to = ticking(desk)
    async with opened(desk) as (app, pilot):
        await until(pilot, lambda: desk.sweeps == 1, "the first sweep")
        await until(pilot, lambda: not app.ticker._sweeping, "the sweep is over")
        set_to(5)
        app.ticker.tick()
        assert desk.sweeps == 1, "at its instant a rung does not fire yet"
        set_to(6)
        app.ticker.tick()
        await until(pilot, lambda: desk.sweeps >= 2, "the sweep for what fell due")


@pytest.mark.asyncio
async def test_writes_run_in_the_order_they_were_asked_for_and_the_latest_read_wins() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        wrote: list[int] = []
        got: list[int] = []
        gate = threading.Event()

        def read(nth: int) -> Callable[[Any], int]:
            def call(desk: Any) -> int:
                gate.wait(10)
                return nth

            return call

        def note(nth: int) -> Callable[[Any], None]:
            return lambda desk: wrote.append(nth)

        for nth in range(20):
            app.gateway.write(note(nth), owner=app)
            app.gateway.read("find", read(nth), got.append, owner=app)
        gate.set()
        await until(pilot, lambda: got == [19] and len(wrote) == 20, "all is done")
        assert wrote == list(range(20))


# -- small questions, small terminals
@pytest.mark.asyncio
async def test_enter_on_a_question_is_the_safe_answer() -> None:
    async with opened(FakeDesk(), (60, 15)) as (app, pilot):
        answers: list[bool | None] = []
        for keys in (["enter"], ["escape"], ["y"], ["right", "enter"], ["n"]):
            await app.push_screen(Confirm("[b]sure?[/b]", "words " * 30), answers.append)
            await pilot.press(*keys)
        await until(pilot, lambda: len(answers) == 5, "five answers")
        assert answers == [False, False, True, True, False]


@pytest.mark.asyncio
async def test_a_line_that_is_wrong_stays_open_and_says_why() -> None:
    async with opened(FakeDesk(), (60, 15)) as (app, pilot):
        answers: list[str | None] = []
        ask = AskLine("when", check=lambda text: None if text == "22" else (lambda t: "no: [x]"))
        await app.push_screen(ask, answers.append)
        await pilot.press("enter")
        assert str(app.screen.query_one("#wrong", Static).render()) != ""
        await pilot.press("2", "enter")
        await until(pilot, lambda: "no: [x]" in screen_text(app), "it says why")
        await pilot.press("2", "enter")
        await until(pilot, lambda: answers == ["22"], "the line is taken")


@pytest.mark.asyncio
async def test_a_digit_picks_from_a_list() -> None:
    async with opened(FakeDesk(), (60, 15)) as (app, pilot):
        answers: list[str | None] = []
        choices = [(f"[b]{name}", name) for name in ("a", "b", "c", *"defghijkl")]
        for keys in (["3"], ["down", "enter"], ["escape"]):
            await app.push_screen(Choose("who", choices, chosen="b"), answers.append)
            await until(pilot, lambda: "2 [b]b" in screen_text(app), "the list is shown")
            await pilot.press(*keys)
        await until(pilot, lambda: len(answers) == 3, "three answers")
        assert answers == ["c", "c", None]


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.asyncio
async def test_a_terminal_that_is_too_small_is_told_so_and_the_desk_keeps_running(
    code: str,
) -> None:
    async with opened(FakeDesk(), (80, 24), code) as (app, pilot):
        await pilot.resize_terminal(50, 12)
        await until(pilot, lambda: isinstance(app.screen, TooSmall), "it says so")
        assert "60x15" in screen_text(app)
        await pilot.resize_terminal(60, 15)
        await until(pilot, lambda: app.screen is app.board_screen, "the board is back")
        assert "-00:40" in screen_text(app)


@pytest.mark.asyncio
async def test_a_click_on_the_command_bar_does_the_command() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        bar = app.screen.query_one(CommandBar)
        x = line(bar).index("filter")
        await pilot.click(CommandBar, offset=(x, 0))
        await until(pilot, lambda: app.board_screen.shown == "mine", "the filter moved")


@pytest.mark.parametrize(("typed", "code"), [("mine", "zh"), ("我的", "en")])
@pytest.mark.asyncio
async def test_the_list_of_commands_is_searched_in_both_languages(typed: str, code: str) -> None:
    if language("zh")("mine") == "mine":
        pytest.skip("no Chinese catalogue yet")
    async with opened(FakeDesk(), code=code) as (app, pilot):
        await pilot.press("ctrl+p", *typed, "enter")
        await until(pilot, lambda: app.board_screen.shown == "mine", "F5's command ran")


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.asyncio
async def test_the_list_of_commands_says_in_the_readers_language_that_nothing_is_found(
    code: str,
) -> None:
    async with opened(FakeDesk(), code=code) as (app, pilot):
        await pilot.press("ctrl+p", *"qqxx")
        said = language(code)("Nothing is called that. Esc leaves.")
        await until(pilot, lambda: said in screen_text(app), "nothing is found")
        assert "No matches" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.board_screen, "the board is back")


@pytest.mark.asyncio
async def test_help_lists_the_keys_of_the_board() -> None:
    async with opened(FakeDesk()) as (app, pilot):
        await pilot.press("f1")
        await until(pilot, lambda: "Show all, mine" in screen_text(app), "the keys are listed")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.board_screen, "the board is back")
