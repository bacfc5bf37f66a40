"""The alarm as it is seen and answered: whom to ring, who was told, signing, telling, the watch itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sqlmodel import col, select

from concierge.front import Front
from concierge.language.translator import language
from concierge.services.verify import verify
from concierge.services.views import Alarm, Delivery, PhoneCallView
from concierge.store.problem import StoreProblem
from concierge.store.tables import Event
from concierge.ui.format import place_of
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.alarm_banner import AlarmBanner
from concierge.ui.widgets.alarm_lines import beside, keys_line, ring_parts, what_line
from concierge.ui.widgets.paragraph import Paragraph
from tests.conftest import NOW
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.fake_desk import HOUR, MINUTE, NOON, FakeDesk, row, sample_alarms
from tests.ui.set_clock import Said, stopped, taken
from tests.ui.test_board import ticking

EN = language("en")
ZONE = ZoneInfo("Asia/Shanghai")


def banner(phone: Phone) -> str:
    """What the banner says, line by line."""
    return phone.app.board_screen.query_one(AlarmBanner).plain


def last_call(front: Front, number: str) -> PhoneCallView:
    return front.ticket(number).calls[-1]


def events_of(front: Front, kind: str) -> list[Event]:
    with front.opened.desk.store.read() as session:
        return list(session.exec(select(Event).where(Event.kind == kind).order_by(col(Event.id))))


# -- signing and telling from the board ------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_worst_alarm_is_signed_for_from_the_board_by_one_key_and_ones_name(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front, size, code) as phone:
        await phone.until(lambda: "^S" in banner(phone), "the banner names the key")
        await phone.press("ctrl+s")
        await phone.on(Choose)
        where = place_of(ticket.unit, ticket.place)
        assert f"{ticket.number}  {where}" in phone.text(), "it says which matter is meant"
        await phone.press("1")
        await phone.until(lambda: not banner(phone), "nothing is left to sign for")
        assert phone.keys == 2
    assert front.ticket(ticket.number).escalations[0].acknowledged_by == "周强"
    assert front.ticket(ticket.number).state == "open"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_who_was_told_by_phone_is_kept_by_two_keys_and_shows_and_signs_for_nothing(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    front, clock = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    clock.at += MINUTE
    async with ringing(front, size, code) as phone:
        await phone.press("ctrl+y")
        await phone.on(Choose)
        assert "周强  138-0000-1234" in phone.text()
        await phone.press("1")
        rung = language(code)("{whom} rung {time} by {by}", whom="周强", time="14:14", by="陈丽")
        await phone.until(lambda: rung in banner(phone), "the banner says who rang whom and when")
        assert phone.keys == 2
    seen = front.ticket(ticket.number)
    assert seen.calls == (PhoneCallView("周强", NOW + MINUTE, "陈丽"),)
    assert seen.escalations[0].acknowledged_at is None


async def test_somebody_who_is_not_on_the_staff_is_named_in_words(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front) as phone:
        await phone.press("ctrl+y")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(AskLine)
        await phone.say("电梯公司 [/b]吴师傅")
        await phone.press("enter")
        await phone.until(lambda: "电梯公司" in banner(phone), "the banner names them")
    assert last_call(front, ticket.number).whom == "电梯公司 [/b]吴师傅"


async def test_who_rang_is_asked_when_nobody_is_on_shift(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    front.end_shift(actor="陈丽", alone="无人接班")
    async with ringing(front) as phone:
        await phone.press("ctrl+y")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Who are you?" in phone.text(), "who rang is asked")
        await phone.press("3")
        await phone.until(lambda: "rung" in banner(phone), "kept")
    assert last_call(front, ticket.number).by == "Ann Lee"


async def test_turning_back_from_either_question_keeps_nothing(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front) as phone:
        for key in ("ctrl+s", "ctrl+y"):
            await phone.press(key)
            await phone.on(Choose)
            await phone.press("escape")
            await phone.on(BoardScreen)
    seen = front.ticket(ticket.number)
    assert (seen.calls, seen.escalations[0].acknowledged_at) == ((), None)


async def test_without_an_alarm_neither_key_is_offered(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    taken(front)
    async with ringing(front) as phone:
        assert not {"sign", "told"} & {command.id for command in phone.app.offered()}
        await phone.press("ctrl+s", "ctrl+y")
        assert isinstance(phone.screen, BoardScreen)


async def test_who_the_matter_is_about_cannot_sign_for_it(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    taken(front, "staff-conduct", about="周强", grade="major")
    async with ringing(front) as phone:
        await phone.until(lambda: "^S" in banner(phone), "the alarm is up")
        await phone.press("ctrl+s")
        await phone.until(
            lambda: "Ann Lee" in phone.text() or "Nobody on the staff" in phone.said(), "asked"
        )
        assert "周强  supervisor" not in phone.text()


# -- on the ticket ---------------------------------------------------------------------------------------------
async def test_on_the_ticket_the_same_keys_do_the_same_and_f9_signs_for_nothing(
    tmp_path: Path,
) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front) as phone:
        await phone.press("f9")
        await phone.on(TicketScreen)
        await phone.until(lambda: ticket.number in phone.text(), "the worst in front")
        phone.app._alarm_at -= 1  # a second later
        await phone.press("f9")
        await phone.until(lambda: "This is the worst alarm" in phone.said(), "it is said")
        assert front.ticket(ticket.number).escalations[0].acknowledged_at is None
        await phone.press("ctrl+y")  # ^F writes down what was heard of the household there
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(TicketScreen)
        ladder = phone.app.screen.query_one("#ladder", Paragraph)
        await phone.until(lambda: "told by phone by 陈丽" in ladder.plain, "the ladder has it")
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "signed 14:13 by 周强" in Said(ladder.plain), "signed")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_ladder_counts_down_to_its_next_rung(tmp_path: Path, code: str) -> None:
    t = language(code)
    front, clock = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    async with ringing(front, code=code) as phone:
        await phone.press("f9")
        await phone.on(TicketScreen)
        ladder = phone.app.screen.query_one("#ladder", Paragraph)
        director = t("next: {role} told {time}", role=t("director"), time="14:18")
        await phone.until(lambda: director in ladder.plain, "the rung to come and its instant")
        assert t("in {span}", span="05:00") in ladder.plain
        clock.at += 1
        phone.app.ticker.tick()
        await phone.until(lambda: t("in {span}", span="04:59") in ladder.plain, "it counts down")
        assert t("on screen only") in ladder.plain or t("notice on its way") in ladder.plain
    assert front.ticket(ticket.number).escalations[0].rung == 1


async def test_a_ladder_is_laid_out_again_only_when_a_countdown_reads_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, clock = stopped(tmp_path / "home")
    taken(front)
    async with ringing(front) as phone:
        await phone.press("enter")
        await phone.on(TicketScreen)
        ladder = phone.app.screen.query_one("#ladder", Paragraph)
        await phone.until(lambda: "next: warning" in ladder.plain, "the warning is next, in 11 min")
        clock.at += 1
        phone.app.ticker.tick()
        await phone.until(lambda: "in 17h 46m" in ladder.plain, "no minute turns with the second")
        said: list[int] = []
        monkeypatch.setattr(ladder, "repeat", lambda: said.append(clock.at))
        clock.at += 1
        phone.app.ticker.tick()
        await phone.until(lambda: phone.app.now == clock.at, "a second passed")
        assert not said, "11 minutes are still 11 minutes"
        clock.at += MINUTE
        phone.app.ticker.tick()
        await phone.until(lambda: bool(said), "10 minutes are fewer")


async def test_why_a_matter_was_raised_by_itself_stands_on_its_card(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front)
    with front.opened.desk.store.write() as session:
        from concierge.store.tables import Ticket

        row_ = session.get_one(Ticket, ticket.id)
        row_.grade, row_.grade_reason = "major", "building"
        session.add(row_)
    async with ringing(front, (120, 36)) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.until(lambda: "several households of" in phone.text(), "it says why")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_number_that_lacks_is_said_and_written_down_from_the_list_of_commands(
    tmp_path: Path, code: str
) -> None:
    t = language(code)
    front, _ = stopped(tmp_path / "home")
    front.set_staff_phone(name="周强", phone="", actor="周强")
    taken(front, "emergency")
    async with ringing(front, code=code) as phone:
        await phone.until(lambda: t("no number on file: ^P") in banner(phone), "it says so")
        assert "staff_phone" in {each.id for each in phone.app.offered()}
        await phone.app.action_offer("staff_phone")
        await phone.on(Choose)
        assert f"1 陈丽  {t('no number on file')}" in phone.text()
        assert f"2 周强  {t('no number on file')}" in phone.text(), "those without one come first"
        await phone.press("2")
        await phone.on(AskLine)
        await phone.say("139-[b]-1")
        await phone.press("enter")
        await phone.until(
            lambda: t("Which supervisor decides this?") in phone.text(), "who says so"
        )
        await phone.press("2")
        await phone.until(lambda: "139-[b]-1" in banner(phone), "the banner has it")
        assert t("no number on file: ^P") not in banner(phone)
    kept = events_of(front, "staff.phone")
    assert [each.actor for each in kept] == ["周强", "Ann Lee"]
    assert "139" not in kept[-1].data, "the log does not hold it"
    assert verify(front.opened.desk).problems == ()


# -- what the banner says --------------------------------------------------------------------------------------
def alarm(**changed: object) -> Alarm:
    base = sample_alarms(
        (row(1, -106 * MINUTE, unacknowledged=True, grade="major", place="lift 2", unit=None),)
    )[0]
    return replace(base, **changed)  # type: ignore[arg-type]


def sent(name: str, state: str = "sent", at: int = NOON - 4 * MINUTE) -> Delivery:
    return Delivery(name, state, at)


TWO = {"people": ("周强", "Lin"), "phones": ("138-0000-1234", None)}


@pytest.mark.parametrize(
    ("deliveries", "said"),
    [
        ((sent("周强"),), "told 14:28"),
        ((sent("周强", "screen"),), "on screen only"),
        ((sent("周强", "dead"),), "notice not delivered: ring"),
        ((sent("周强", "waiting", NOON),), "notice on its way"),
        ((sent("周强", "waiting", 1795476600),), "notice goes out at 11-24 07:30"),
        ((sent("周强"), sent("Lin")), "told 14:28"),
        (
            (sent("周强"), sent("Lin", "waiting", 1795476600)),
            "周强: told 14:28  Lin: notice goes out at 11-24 07:30",
        ),
    ],
)
def test_the_banner_says_who_was_told_how_and_when(
    deliveries: tuple[Delivery, ...], said: str
) -> None:
    parts = ring_parts(alarm(deliveries=deliveries, **TWO), ZONE, NOON, EN)
    assert parts[0] == "ring supervisor 周强 138-0000-1234, Lin (no number on file: ^P)"
    assert "  ".join(parts[1:]) == said


def test_the_last_call_stands_behind_and_nobody_is_said_to_be_nobody() -> None:
    calls = (PhoneCallView("Zhou", NOON - HOUR, "Chen"), PhoneCallView("Lin", NOON, "陈丽"))
    parts = ring_parts(alarm(people=(), phones=(), calls=calls), ZONE, NOON, EN)
    assert parts == ["nobody is supervisor", "Lin rung 14:32 by 陈丽"]


@pytest.mark.parametrize("place", ["lift 2", "Building 2, the goods lift beside the garage"])
def test_at_80_columns_place_category_and_time_all_stand(place: str) -> None:
    said = what_line((alarm(place=place),), {"neighbour": "Behaviour"}, ZONE, EN, 78)
    assert said.startswith(f"!! 1 not signed for: {place[:6]}")
    assert "major  Behaviour" in said
    assert ", since 12:46" in said


@given(
    width=st.integers(60, 140),
    code=st.sampled_from(LANGUAGES),
    place=st.text(max_size=60),
)
def test_no_line_runs_over_and_the_keys_are_never_cut(*, width: int, code: str, place: str) -> None:
    translate = language(code)
    worst = alarm(place=place, deliveries=(sent("周强"), sent("Lin", "dead")), **TWO)
    keys = keys_line(translate, muted=None)
    lines = [
        what_line((worst,), {}, ZONE, translate, width),
        *beside(ring_parts(worst, ZONE, NOON, translate), keys, width),
    ]
    assert max(cell_len(line) for line in lines) <= width
    assert keys in "\n".join(lines)


async def test_the_desktop_is_told_of_the_new_alarm_where_the_terminal_passes_it_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = FakeDesk(rows=(row(1, HOUR),), alarms=None)
    async with ringing(desk) as phone:
        wrote: list[str] = []
        monkeypatch.setattr(phone.app, "_environ", {"TERM": "foot"})
        monkeypatch.setattr(phone.app, "write_to_terminal", wrote.append)
        desk.rows = (row(1, HOUR), row(9, -1, unacknowledged=True, unit="3-901"))
        phone.app.reload()
        await phone.until(lambda: any("777" in each for each in wrote), "the desktop is told")
        assert "\x1b]2;(1!) Lobby 3\x07" in wrote, "the title counts it"
        (said,) = [each for each in wrote if "777" in each]
        assert said == ("\x1b]777;notify;Behaviour of other households;3-901 T-20261123-009\x07")


# -- the watch itself ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_time_in_which_nobody_watched_shows_for_half_an_hour(
    size: tuple[int, int], code: str
) -> None:
    t = language(code)
    desk = FakeDesk(alarms=(), gap=(NOON - 190 * MINUTE, NOON))
    set_to = ticking(desk)
    said = t(
        "Nobody was watching for {span} ({begin}-{end}).",
        span=t("{hours} h {minutes} min", hours=3, minutes=10),
        begin="11:22",
        end="14:32",
    )
    async with ringing(desk, size, code) as phone:
        await phone.until(lambda: said in banner(phone), "the gap is said")
        assert phone.app.board_screen.query_one(AlarmBanner).has_class("-notice")
        set_to(31 * MINUTE)
        phone.app.ticker.tick()
        await phone.until(lambda: not banner(phone), "it goes by itself")


async def test_while_sweeps_fail_the_time_unwatched_counts_up() -> None:
    desk = FakeDesk(alarms=())
    set_to = ticking(desk)
    async with ringing(desk) as phone:
        phone.app.ticker.sweep()
        await phone.until(lambda: not phone.app.ticker._sweeping, "swept")
        desk.sweep_failure = StoreProblem("locked", path="x")
        for seconds in (3 * HOUR + 10 * MINUTE, 3 * HOUR + 10 * MINUTE + 1):
            set_to(seconds)
            phone.app.ticker.tick()
            await phone.until(lambda: not phone.app.ticker._sweeping, "the sweep failed")
        await phone.until(lambda: "Unwatched for 3 h 10 min" in banner(phone), "it counts")
        desk.sweep_failure = None
        phone.app.ticker.sweep()
        await phone.until(lambda: not banner(phone), "somebody watches again")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_clock_that_leapt_ahead_is_said_with_how_far_and_confirmed_by_one_key(
    code: str,
) -> None:
    t = language(code)
    desk = FakeDesk()
    set_to = ticking(desk)
    async with ringing(desk, code=code) as phone:
        phone.app.ticker.sweep()
        await phone.until(lambda: not phone.app.ticker._sweeping, "swept")
        desk.sweep_held = "jump"
        set_to(2 * HOUR)
        phone.app.ticker.tick()
        said = t(
            "The clock has jumped ahead by {span}: escalation waits 5 minutes, ^F confirms it.",
            span=t("{hours} h", hours=2),
        )
        phone.app.ticker.sweep()
        await phone.until(lambda: said in banner(phone), "the jump is said")
        await phone.press("ctrl+f")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: said not in banner(phone), "escalation goes on")
    assert desk.confirmed == ["周强"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_what_to_do_about_a_clock_that_is_behind_is_never_cut(
    size: tuple[int, int], code: str
) -> None:
    desk = FakeDesk(sweep_held="clock")
    said = language(code)(
        "This computer's clock is behind: nothing escalates. Set it, or ^F: a supervisor confirms it."
    )
    async with ringing(desk, size, code) as phone:
        await phone.until(lambda: said in Said(banner(phone)), "the whole sentence")
        assert said in Said(phone.text().replace("\n", " ")), "and it stands on the screen"


async def test_whom_no_notice_reached_for_a_day_stands_on_the_board() -> None:
    async with ringing(FakeDesk(alarms=(), dead=("Lin [/b]", "Gao"))) as phone:
        await phone.until(
            lambda: "Not reached by any notice for 24 h, ring: Lin [/b], Gao" in banner(phone),
            "who was not reached",
        )


@pytest.mark.parametrize("code", LANGUAGES)
async def test_whoever_opens_the_desk_reads_how_long_nobody_had_watched(
    tmp_path: Path, code: str
) -> None:
    t = language(code)
    front, clock = stopped(tmp_path / "home")
    front.sweep()
    clock.at += 190 * MINUTE
    said = t(
        "Nobody was watching for {span} ({begin}-{end}).",
        span=t("{hours} h {minutes} min", hours=3, minutes=10),
        begin="14:13",
        end="17:23",
    )
    async with ringing(front, code=code) as phone:
        await phone.until(lambda: said in banner(phone), "the gap is said")
