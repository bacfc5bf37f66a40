"""An instruction in the history of a household's file: a sentence, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from concierge.language.household_said import change_line
from concierge.language.instruction_said import kept
from concierge.language.translator import language
from concierge.services.household_views import Change

STORED: dict[str, object] = {
    "ends_on": "2026-12-25", "from_time": "09:00", "given_by": "刘敏", "starts_on": None,
    "text": "The cleaner may enter", "to_time": "12:00", "weekdays": "2,4",
}  # fmt: skip


def test_an_instruction_is_told_with_its_words_when_it_holds_and_who_gave_it() -> None:
    assert kept(language("en"), STORED) == (
        "“The cleaner may enter”; Tue, Thu, 09:00-12:00, until 2026-12-25; given by 刘敏"
    )
    assert kept(language("zh"), STORED) == (
        "“The cleaner may enter”；周二、周四、09:00-12:00、至 2026-12-25；刘敏 交代"
    )


def test_one_that_says_no_more_than_its_words_holds_always() -> None:
    assert kept(language("en"), {"text": "x"}) == "“x”; every day, all day, until further notice"


def test_the_history_tells_it_so() -> None:
    change = Change(1, 0, "Chen Li", "instruction", "added", None, (), {}, STORED)
    assert change_line(language("en"), change).startswith(
        "instruction added: “The cleaner may enter”; Tue, Thu,"
    )
    erased = replace(change, after={})
    assert change_line(language("en"), erased) == "instruction added: -"
