"""Taking matters in by keyboard: the whole form, its promise, its drafts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual import events

from concierge.domain.refusal import Refusal
from concierge.front import Front
from concierge.language.promise import promise_sentence
from concierge.language.translator import language
from concierge.services.drafts import DraftView
from concierge.services.hits import HouseholdHit
from concierge.store.problem import StoreProblem
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.board import Board
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.pick_list import Pick, matching
from concierge.ui.widgets.promise_line import PromiseLine
from concierge.ui.widgets.unit_choice import UnitChoice, choices_of, settled
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.fake_desk import NOON
from tests.ui.phone_desk import PhoneDesk
from tests.ui.real_desk import AT, furnished

ODD = "[/b] [link=x]y[/link] \x1b[31m \u202eRTL 😀 ｆｕｌｌ {n} %s"


async def open_form(phone: Phone) -> None:
    await phone.press("f2")
    await phone.on(IntakeScreen)
    await phone.until(lambda: len(phone.intake._categories) > 3, "categories are read")


async def take_unit(phone: Phone, keys: str) -> None:
    await phone.press(*keys)
    box = phone.intake.fields.unit_box("unit")
    await phone.until(lambda: box.answered == keys, "hits are shown")
    await phone.press("enter")
    await phone.focus_on("words-area")


def promised(phone: Phone) -> str:
    return str(phone.intake.query_one(PromiseLine).render())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_complaint_from_a_known_unit_takes_at_most_fourteen_keys_besides_the_words(
    size: tuple[int, int], code: str
) -> None:
    desk = PhoneDesk(language=code)
    async with ringing(desk, size, code) as phone:
        await open_form(phone)
        await take_unit(phone, "31201")
        await phone.say("楼上中午还在打电钻")
        await phone.press("tab", "9")
        t = language(code)
        clocks = desk.promised(category="neighbour", received_at=NOON)
        sentence = promise_sentence(t, "complaint", clocks, desk.zone(), NOON)
        await phone.until(lambda: sentence in promised(phone), "the promise is shown before saving")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert phone.keys <= 14
        intake, actor = desk.added[0]
        assert (intake.category, intake.unit, intake.words) == (
            "neighbour",
            "3-1201",
            "楼上中午还在打电钻",
        )
        assert (actor, intake.received_at, intake.unverified) == ("陈丽", NOON, True)
        board = phone.app.board_screen.query_one(Board)
        await phone.until(
            lambda: board.selected is not None and board.selected.number == "T-20261123-091",
            "the new ticket is selected",
        )
        assert "T-20261123-091" in phone.said()
        assert sentence in phone.said()


async def test_an_ambiguous_unit_offers_both_and_the_arrows_take_the_second() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press(*"31201")
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: len(box.hits.choices) == 2, "both are offered")
        assert "3-1201" in phone.text()
        assert "31-201" in phone.text()
        await phone.press("down", "enter")
        await phone.focus_on("words-area")
        assert box.choice is not None
        assert box.choice.unit == "31-201"


async def test_leaving_an_ambiguous_unit_asks_which_when_it_is_saved() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press(*"31201")
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: len(box.hits.choices) == 2, "both are offered")
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9", "ctrl+s")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(BoardScreen)
        assert desk.added[0][0].unit == "31-201"


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("3栋1201", "3-1201"), ("３－１２０１", "3-1201"), ("王建", "3-1201"), ("wjg", "3-1201"),
     ("1234", "3-1201"), ("5-902", "5-902")],
)  # fmt: skip
async def test_enter_takes_the_first_hit_of_any_spelling_name_initials_or_phone_tail(
    typed: str, unit: str
) -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        await phone.say(typed)
        await phone.press("enter")  # perhaps before the hits are here
        await phone.focus_on("words-area")
        box = phone.intake.fields.unit_box("unit")
        assert box.choice is not None
        assert box.choice.unit == unit


@pytest.mark.parametrize(
    ("typed", "unit", "place"),
    [("9-999", "9-999", None), ("大堂水池", None, "大堂水池"), ("9-999 [/b]", None, "9-999 [/b]")],
)
async def test_a_unit_nobody_knows_never_blocks(
    typed: str, unit: str | None, place: str | None
) -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.say(typed)
        await phone.press("tab")
        await phone.say("leak")
        await phone.press("tab", "8", "ctrl+s")
        await phone.on(BoardScreen)
        intake = desk.added[0][0]
        assert (intake.unit, intake.place, intake.unverified) == (unit, place, True)


async def test_the_household_shows_while_typing_and_its_text_is_never_markup() -> None:
    async with ringing(PhoneDesk(), (120, 36)) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        card = phone.intake.query_one(HouseholdCard)
        await phone.until(lambda: card.card.view is not None, "the card is shown")
        await phone.pilot.pause()
        text = phone.text()
        assert "only [link=x]" in text.replace("\n", " ")
        assert "Liu Min [/b]" in text
        assert "T-20261123-001" in text


async def test_words_of_any_kind_are_kept_as_typed() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say(ODD)
        await phone.press("tab", "1", "0", "ctrl+s")
        await phone.on(BoardScreen)
        assert desk.added[0][0].words == ODD


async def test_letters_are_text_in_every_box() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        await phone.press(*"oq?y")
        assert phone.intake.fields.unit_box("unit").text == "oq?y"
        await phone.press("tab", *"q?o1")
        assert phone.intake.fields.words.text == "q?o1"


@pytest.mark.parametrize("code", LANGUAGES)
async def test_switching_the_language_keeps_text_focus_and_choice(code: str) -> None:
    other = {"zh": "en", "en": "zh"}[code]
    desk = PhoneDesk(language=code)
    async with ringing(desk, code=code) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("漏水 leak")
        await phone.press("tab", "9")
        await phone.until(lambda: phone.intake.category is not None, "a category")
        await phone.press("ctrl+b")
        await phone.until(lambda: phone.app.language == other, "the language is switched")
        await phone.pilot.pause()
        clocks = desk.promised(category="neighbour", received_at=NOON)
        sentence = promise_sentence(language(other), "complaint", clocks, desk.zone(), NOON)
        await phone.until(lambda: sentence in promised(phone), "the promise in the other language")
        assert phone.intake.fields.words.text == "漏水 leak"
        assert phone.intake.fields.pick_box("category").text == "9"
        assert phone.app.focused is not None
        assert phone.app.focused.id == "category-line-box"


async def test_a_category_is_found_by_number_or_by_words_of_either_language() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        box = phone.intake.fields.pick_box("category")
        box.field.box.focus()
        await phone.focus_on("category-line-box")
        for typed, code in [
            ("9", "neighbour"),
            ("１９", "booking"),
            ("噪声", "neighbour"),
            ("TAXI", "taxi"),
        ]:
            box.text = ""
            await phone.say(typed)
            await phone.until(lambda want=code: box.value == want, f"{typed} is {code}")  # type: ignore[misc]
        box.text = ""
        await phone.say("zzz")
        await phone.until(lambda: box.value is None, "nothing fits")


async def test_what_a_category_needs_is_asked_and_nothing_else() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        box = phone.intake.fields.pick_box("category")
        wanted = {
            "neighbour": {"against", "agreed"}, "staff-conduct": {"about"},
            "fees-on-site": {"consent", "answer"},
            "taxi": {"agreed"}, "fees": {"answer"}, "public-repair": set(),
        }  # fmt: skip
        for code, names in wanted.items():
            box.text = code
            await phone.until(lambda want=code: box.value == want, code)  # type: ignore[misc]
            await phone.pilot.pause()
            shown = {
                name
                for name in ("against", "about", "agreed", "consent", "answer")
                if phone.intake.query_one(f"#{name}").display
            }
            assert shown == names, code


async def test_the_unit_complained_of_and_the_colleague_are_taken() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("noise")
        await phone.press("tab", "9", "enter")
        await phone.focus_on("against-line-box")
        await phone.press(*"5-902", "ctrl+s")
        await phone.on(BoardScreen)
        assert desk.added[0][0].against == "5-902"
        await open_form(phone)
        await phone.press("tab")
        await phone.say("rude")
        await phone.press("tab", "2", "enter")
        await phone.focus_on("about-line-box")
        await phone.press("1", "ctrl+s")
        await phone.on(BoardScreen)
        assert desk.added[1][0].about == "周强"  # whoever takes it is not in the list


async def test_an_errand_takes_the_time_wanted_and_is_accepted_by_one_key() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("去机场")
        await phone.press("tab", "2", "2", "enter")
        await phone.focus_on("agreed-box")
        await phone.press(*"16:30")
        at = NOON - NOON % 3600 + 2 * 3600 + 1800
        await phone.until(lambda: phone.intake.wanted.at == at, "16:30 is understood")
        await phone.until(lambda: "16:20" in promised(phone), "the promise is less the lead")
        await phone.press("ctrl+o")
        await phone.on(BoardScreen)
        intake = desk.added[0][0]
        assert (intake.category, intake.agreed_at, intake.agreed_with) == ("taxi", at, "王建国")
        assert intake.confirmed
        assert intake.answered is None


async def test_a_time_past_the_cap_is_refused_in_words_where_the_promise_stands() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        phone.intake.fields.pick_box("category").text = "taxi"
        await phone.until(lambda: "14:47" in promised(phone), "a promise")
        phone.intake.fields.line("agreed").value = "2027-01-01T10:00"
        line = phone.intake.query_one(PromiseLine)
        await phone.until(lambda: line.has_class("-refused"), "it is refused")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_an_inquiry_answered_on_the_spot_is_saved_and_closed_by_one_key(code: str) -> None:
    desk = PhoneDesk(language=code)
    async with ringing(desk, code=code) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("物业费多少")
        await phone.press("tab", "1", "2")
        await phone.until(lambda: phone.intake.category is not None, "a category")
        await phone.press("ctrl+o")
        await phone.on(BoardScreen)
        answered = desk.added[0][0].answered
        assert answered == language(code)("Answered on the spot, by word of mouth.")
        assert not desk.added[0][0].confirmed


async def test_a_complaint_cannot_be_answered_on_the_spot() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9")
        await phone.until(lambda: phone.intake.category is not None, "a category")
        await phone.press("ctrl+o")
        await phone.pilot.pause()
        assert isinstance(phone.screen, IntakeScreen)
        assert not desk.added


async def test_what_is_missing_gets_the_focus_and_nothing_is_saved() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("ctrl+s")
        await phone.focus_on("words-area")
        await phone.say("noise")
        await phone.press("ctrl+s")
        await phone.focus_on("category-line-box")
        assert not desk.added
        assert "Choose a category." in phone.said()


async def test_twenty_minutes_ago_asks_for_the_reason_inline() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("ctrl+r")
        await phone.focus_on("received-box")
        await phone.press(*"-20")
        received = phone.intake.fields.received
        await phone.until(lambda: received.at == NOON - 1200, "20 minutes ago")
        await phone.until(
            lambda: phone.intake.fields.line("late_reason").display, "the reason is asked"
        )
        await phone.press("tab", *"busy")
        await phone.press("tab", "tab")
        await phone.say("noise")
        await phone.press("tab", "9", "ctrl+s")
        await phone.on(BoardScreen)
        intake = desk.added[0][0]
        assert (intake.received_at, intake.late_reason) == (NOON - 1200, "busy")


async def test_late_without_a_reason_is_not_saved() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9")
        phone.intake.fields.line("received").value = "14:05"
        await phone.press("ctrl+s")
        await phone.focus_on("late_reason-box")
        assert not desk.added


async def test_a_received_time_to_come_is_refused_where_it_is_typed() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9")
        phone.intake.fields.line("received").value = "+20"
        await phone.until(lambda: phone.intake.fields.received.wrong is not None, "it is refused")
        await phone.press("ctrl+s")
        await phone.focus_on("received-box")
        assert not desk.added


async def test_the_clock_starts_with_the_first_key_not_with_saving() -> None:
    clock = [NOON]
    desk = PhoneDesk(clock=lambda: clock[0])
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("3")
        await phone.until(lambda: phone.intake.fields.received.started == NOON, "it has started")
        clock[0] += 120
        await phone.until(lambda: phone.app.now == NOON + 120, "two minutes pass")
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9", "ctrl+s")
        await phone.on(BoardScreen)
        assert desk.added[0][0].received_at == NOON


async def test_every_change_is_kept_and_offered_when_the_form_opens_again() -> None:
    desk = PhoneDesk(drafts_left=0)
    async with ringing(desk) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("漏水")
        await phone.press("tab", "9")
        await phone.until(
            lambda: any(each.form.get("category") == "neighbour" for each in desk.kept.values()),
            "a draft is kept",
        )
    (kept,) = desk.kept.values()  # the terminal is gone
    assert (kept.form["unit"], kept.form["words"], kept.received_at) == ("3-1201", "漏水", NOON)
    async with ringing(desk) as phone:
        await phone.press("f2")
        await phone.on(Choose)
        assert "漏水" in phone.text()
        await phone.press("1")
        await phone.on(IntakeScreen)
        await phone.until(lambda: phone.intake.fields.words.text == "漏水", "the words are back")
        await phone.until(
            lambda: phone.intake.fields.unit_box("unit").choice is not None, "the unit too"
        )
        await phone.until(lambda: phone.intake.category is not None, "the category too")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert desk.added[0][0].draft == kept.id
        assert desk.added[0][0].unit == "3-1201"
        assert not desk.kept


async def test_a_new_matter_may_be_taken_while_drafts_wait() -> None:
    desk = PhoneDesk(kept={"d": DraftView("d", NOON - 60, NOON, {"words": ODD, "unit": "3-1201"})})
    async with ringing(desk) as phone:
        await phone.press("f2")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(IntakeScreen)
        assert phone.intake.fields.words.text == ""
        assert "d" in desk.kept


@pytest.mark.parametrize(
    ("key", "kept", "back"), [("1", True, True), ("2", False, True), ("3", True, False)]
)
async def test_escape_with_words_asks_to_keep_to_throw_away_or_to_go_on(
    key: str, kept: bool, back: bool
) -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("half a sentence")
        await phone.until(lambda: bool(desk.kept), "a draft is kept")
        await phone.press("escape")
        await phone.on(Choose)
        await phone.press(key)
        await phone.on(BoardScreen if back else IntakeScreen)
        await phone.until(lambda: bool(desk.kept) == kept, "kept or thrown away")
        assert bool(desk.discarded) != kept


@pytest.mark.parametrize("code", LANGUAGES)
async def test_in_the_question_of_leaving_escape_always_goes_on_typing_and_enter_keeps_a_draft(
    code: str,
) -> None:
    desk = PhoneDesk()
    async with ringing(desk, code=code) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("half a sentence")
        for word in (" and", " more"):  # it asks each time
            await phone.press("escape")
            await phone.on(Choose)
            hint = "Enter keeps a draft and leaves, 2 throws it away, Esc goes on typing."
            assert language(code)(hint)[:12] in phone.text()
            await phone.press("escape")
            await phone.on(IntakeScreen)
            await phone.say(word)
        await phone.press("escape")
        await phone.on(Choose)
        await phone.press("enter")
        await phone.on(BoardScreen)
        await phone.until(lambda: bool(desk.kept), "a draft is kept")
        assert [each.form["words"] for each in desk.kept.values()] == ["half a sentence and more"]
        assert language(code)("Kept as a draft: F2 offers it again.") in phone.said()
        assert not desk.discarded


async def test_escape_from_an_untouched_form_just_leaves() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        await phone.press("escape")
        await phone.on(BoardScreen)


async def test_words_join_the_open_ticket_of_the_household_by_one_key() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("还在响")
        await phone.until(lambda: bool(phone.intake.open_here), "the open ticket is shown")
        await phone.press("f5")
        await phone.on(BoardScreen)
        assert desk.notes == [("T-20261123-001", "还在响", "陈丽")]
        assert not desk.added
        assert not desk.kept
        assert not desk.discarded  # nothing was thrown away


async def test_the_same_place_on_the_board_is_offered_to_join() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.say("2号电梯")
        await phone.press("tab")
        await phone.until(lambda: bool(phone.intake.open_here), "what is open there is shown")
        assert phone.intake.open_here[0].number == "T-20261123-002"


async def test_nobody_on_shift_is_asked_once() -> None:
    desk = PhoneDesk(shift=None)
    async with ringing(desk) as phone:
        for nth in (1, 2):
            await open_form(phone)
            await phone.press("tab")
            await phone.say("noise")
            await phone.press("tab", "9", "ctrl+s")
            if nth == 1:
                await phone.on(Choose)
                await phone.press("3")
            await phone.on(BoardScreen)
        assert [actor for _, actor in desk.added] == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    "failure",
    [Refusal("agreed.past-cap", agreed=1, cap=2), StoreProblem("full"), StoreProblem("locked")],
)
async def test_a_failed_save_keeps_the_form_and_says_so(failure: Exception) -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9")
        desk.refuses = failure
        await phone.press("ctrl+s")
        await phone.until(lambda: bool(phone.said()), "a sentence")
        assert phone.intake.fields.words.text == "noise"
        desk.refuses = None
        await phone.until(lambda: not phone.intake.talking, "it can be tried again")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert len(desk.added) == 1


async def test_saving_twice_at_once_saves_once() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("noise")
        await phone.press("tab", "9", "ctrl+s", "ctrl+s", "ctrl+s")
        await phone.on(BoardScreen)
        assert len(desk.added) == 1


async def test_no_service_is_called_on_the_ui_thread() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("x")
        await phone.until(lambda: bool(desk.kept), "a draft is kept")
        assert desk.threads
        assert threading.get_ident() not in desk.threads


async def test_typing_goes_on_while_the_search_hangs() -> None:
    gate = threading.Event()
    desk = PhoneDesk(gate=gate)
    try:
        async with ringing(desk) as phone:
            await open_form(phone)
            await phone.press(*"3-12", "tab", *"abc")
            assert phone.intake.fields.words.text == "abc"
            gate.set()
            box = phone.intake.fields.unit_box("unit")
            await phone.until(
                lambda: box.choice is not None, "the unit settles when the answer comes"
            )
    finally:
        gate.set()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_sixty_columns_by_fifteen_rows_are_enough_not_to_fall(code: str) -> None:
    desk = PhoneDesk(language=code)
    async with ringing(desk, (60, 15), code) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("noise")
        await phone.press("tab", "9")
        await phone.until(lambda: phone.intake.category is not None, "a category")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert len(desk.added) == 1


async def test_everything_at_eighty_by_twenty_four_is_in_sight_while_a_category_is_chosen() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.press("tab", "9")
        await phone.until(lambda: "14:47" in promised(phone), "the promise")
        await phone.pilot.pause()
        text = phone.text()
        assert "22 Calling a taxi" in text or "22" in text
        assert "10 Any other complaint" in text
        assert "14:47" in text


# -- pure parts ---------------------------------------------------------------------------------------------
PICKS = tuple(Pick(f"c{n}", f"中文{n}", f"Name {n}") for n in range(1, 23))


def test_the_exact_number_comes_before_those_that_begin_with_it() -> None:
    assert matching(PICKS, "1")[0] == 0
    assert matching(PICKS, "1")[1] == 9
    assert matching(PICKS, "２２") == (21,)
    assert matching(PICKS, "99") == ()


def test_names_that_begin_with_the_text_come_first() -> None:
    picks = (Pick("a", "甲", "not a lamp"), Pick("b", "乙", "Lamp out"))
    assert matching(picks, "lamp") == (1, 0)


def test_an_unknown_ambiguous_unit_offers_every_reading_unverified() -> None:
    choices = choices_of("31201", ())
    assert [(each.unit, each.verified) for each in choices] == [
        ("3-1201", False),
        ("31-201", False),
    ]
    assert settled("31201", choices) == UnitChoice(unit="31201")


def test_initials_may_be_a_place_and_are_not_taken_by_going_on() -> None:
    hits = (HouseholdHit(1, "3-1201", "高雨梅", "pinyin", None),)
    assert settled("gym", choices_of("gym", hits)) == UnitChoice(place="gym")
    named = (HouseholdHit(1, "3-1201", "高雨梅", "name", None),)
    taken = settled("高雨", choices_of("高雨", named))
    assert taken is not None
    assert taken.unit == "3-1201"


# -- with a real store --------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_whole_call_at_a_real_store(home: Path, size: tuple[int, int], code: str) -> None:
    front = furnished(home)
    async with ringing(front, size, code) as phone:
        await open_form(phone)
        await take_unit(phone, "31201")
        await phone.say(ODD)
        await phone.press("tab", "9", "enter")
        await phone.focus_on("against-line-box")
        await phone.say("3-1301")  # nobody's unit
        await phone.until(lambda: "14:28" in promised(phone), "the promise")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        board = phone.app.board_screen.query_one(Board)
        await phone.until(lambda: board.selected is not None, "it is on the board")
        assert board.selected is not None
        ticket = front.ticket(board.selected.number)
        assert (ticket.unit, ticket.unit_verified, ticket.against) == ("3-1201", True, "3-1301")
        assert "[/b] [link=x]" in ticket.words
        assert "\x1b" not in ticket.words
        assert ticket.cleaned or "\u202e" not in ticket.words
        assert not front.drafts()

        await open_form(phone)
        await take_unit(phone, "wjg")
        await phone.until(lambda: bool(phone.intake.open_here), "the open ticket is offered")
        await phone.say("又响了")
        await phone.press("f5")
        await phone.on(BoardScreen)
        assert "又响了" in str(front.ticket(ticket.number).events[-1].personal)

        await open_form(phone)
        await phone.press("tab")
        await phone.say("物业费怎么算")
        await phone.press("tab", "1", "2")
        await phone.until(lambda: phone.intake.category is not None, "a category")
        await phone.press("ctrl+o")
        await phone.on(BoardScreen)
        (closed,) = front.tickets(state="closed", kind="inquiry")
        assert closed.words == "物业费怎么算"
    front.close()


async def test_a_killed_terminal_loses_nothing_at_a_real_store(home: Path) -> None:
    front = furnished(home)
    async with ringing(front) as phone:
        await open_form(phone)
        await take_unit(phone, "3-1201")
        await phone.say("漏水，很大")
        await phone.until(
            lambda: any("words" in each.form for each in front.drafts()), "a draft is kept"
        )
    front.close()
    again = Front(home, name="Lobby 3", environ=AT)
    async with ringing(again) as phone:
        await phone.press("f2")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(IntakeScreen)
        await phone.until(
            lambda: phone.intake.fields.words.text == "漏水，很大", "the words are back"
        )
        await phone.press("escape")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(BoardScreen)
        assert not again.drafts()
    again.close()


async def test_keys_typed_ahead_reach_the_fields_they_are_meant_for() -> None:
    async with ringing(PhoneDesk()) as phone:
        await open_form(phone)
        await phone.press("tab")
        driver = phone.app._driver
        assert driver is not None
        for key in ("a", "tab", "9", "shift+tab", "b"):  # all at once, as a slow line delivers them
            driver.send_message(events.Key(key, key if len(key) == 1 else None))
        await phone.until(lambda: phone.intake.fields.words.text == "ab", "the words")
        assert phone.intake.fields.pick_box("category").text == "9"


async def test_leaving_the_desk_keeps_what_was_typed_a_moment_ago() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await open_form(phone)
        await phone.press("tab")
        await phone.say("half a sentence")
        await phone.press("ctrl+q")
    assert [each.form["words"] for each in desk.kept.values()] == ["half a sentence"]
