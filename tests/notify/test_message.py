"""What a notice says in both languages, and what never leaves the house."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from concierge.notify.message import House, Parcel, leaving, parcel, trial_parcel
from concierge.services.notices import Matter
from tests.services.world import at

NAMES = {"zh": "邻里影响", "en": "Behaviour of other households"}
MATTER = Matter(
    number="T-20261123-001", unit="3-1201", place=None, category="neighbour", grade="ordinary",
    clock="attend", limit="15 minutes", due_at=at("14:28"), rung=1, role="supervisor",
    people=("周强", "Zhou"), assignee="陈丽", words="楼上中午还在打电钻", desk="lobby",
)  # fmt: skip


def house(**changed: Any) -> House:
    base = House(
        name="怡景花园", language="zh", rehearsal=False, zone=ZoneInfo("Asia/Shanghai"), words=80,
        category=lambda _, code: NAMES[code],
    )  # fmt: skip
    return replace(base, **changed)


def said(code: str = "en", *, now: str = "14:40", words: int = 80, **changed: Any) -> Parcel:
    matter = replace(MATTER, **changed)
    return parcel(house(words=words), code, matter, event_id=17, now=at(now))


def test_in_english_it_says_what_was_promised_how_late_and_who_has_it() -> None:
    notice = said()
    assert notice.title == "Overdue: Behaviour of other households, 3-1201 (T-20261123-001)"
    assert notice.body.splitlines() == [
        "Promised: attend within 15 minutes, by Monday 23 November, 14:28",
        "Late by 12 min",
        "Who has it: 陈丽",
        "Told: 周强, Zhou (supervisor, rung 1)",
        'In the words of the resident: "楼上中午还在打电钻"',
        "怡景花园, notice 17",
    ]


def test_in_chinese_it_says_the_same() -> None:
    notice = said("zh")
    assert notice.title == "已超时：邻里影响，3-1201（T-20261123-001）"
    assert notice.body.splitlines() == [
        "承诺：15 分钟内到场，时限 11月23日（周一）14:28",
        "已超时 12 分钟",
        "负责人：陈丽",
        "已通知：周强、Zhou（领班，第 1 级）",
        "客户原话：“楼上中午还在打电钻”",
        "怡景花园，通知编号 17",
    ]


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"now": "14:20", "rung": 0}, "Due soon: "),
        ({"now": "14:20", "grade": "major"}, "Major matter: "),
        ({"now": "14:20"}, "Escalated: "),
        ({"now": "14:28"}, "Escalated: "),
        ({"now": "14:29", "grade": "major"}, "Overdue: "),
    ],
)
def test_the_title_says_at_once_how_urgent_it_is(changed: dict[str, Any], title: str) -> None:
    assert said(**changed).title.startswith(title)


def test_before_it_is_due_the_time_left_is_said() -> None:
    lines = said(now="14:20", rung=0).body.splitlines()
    assert "8 min left" in lines
    assert "Told: 周强, Zhou" in lines


def test_nobody_has_it_is_said_and_a_time_agreed_has_no_limit() -> None:
    lines = said(assignee=None, limit="").body.splitlines()
    assert "Who has it: nobody yet" in lines
    assert "Promised: attend, by Monday 23 November, 14:28" in lines


def test_a_shift_that_nobody_relieves_has_a_notice_of_its_own() -> None:
    shift = replace(MATTER, number=None, words="", clock="", limit="")
    notice = parcel(house(), "en", shift, event_id=17, now=at("14:40"))
    assert notice.title == "Shift not relieved: lobby"
    assert notice.body.splitlines()[0] == "On duty: 陈丽"


def test_a_rehearsal_says_so_first() -> None:
    notice = parcel(house(rehearsal=True), "en", MATTER, event_id=1, now=at("14:40"))
    assert notice.title.startswith("[Rehearsal] Overdue")
    assert notice.data["rehearsal"] is True


def test_words_are_cut_to_what_the_policy_lets_out() -> None:
    long = "漏" * 200
    notice = parcel(house(words=10), "en", replace(MATTER, words=long), event_id=1, now=at("14:40"))
    assert f'"{"漏" * 9}…"' in notice.body
    assert notice.data["words"] == "漏" * 9 + "…"
    assert leaving(long, 80) == "漏" * 79 + "…"
    assert leaving(long, 200) == long
    assert leaving(long, 0) == ""


def test_without_leave_no_words_leave() -> None:
    notice = said(words=0)
    assert "电钻" not in notice.title + notice.body + str(notice.data)
    assert notice.data["words"] is None


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("call 138-0000-1234 now", "call *** now"),
        ("打１３８００００１２３４", "打***"),
        ("+86 138 0000 1234", "***"),
        ("138.0000.1234", "***"),
        ("(021) 6234—5678", "(***"),
        ("138 - 0000 - 1234", "***"),
        ("floors 10, 11, 12, 14", "floors 10, 11, 12, 14"),
        ("since 2026/11/20 or 2026.11.21", "since 2026/11/20 or 2026.11.21"),
        ("id 11010519491231002X", "id ***X"),
        ("3-1201 and 3-1202", "3-1201 and 3-1202"),
        ("since 2026-11-20", "since 2026-11-20"),
        ("200 yuan, 18:00", "200 yuan, 18:00"),
        ("a\nb\tc\x1b[31m\u202ed", "a b c[31md"),
        ("  ", ""),
    ],
)
def test_figures_that_could_reach_somebody_are_covered(typed: str, left: str) -> None:
    assert leaving(typed, 80) == left


def test_typed_text_calls_nobody_and_marks_nothing_up_in_a_chat() -> None:
    nasty = '<at user_id="all">x</at> @all <!channel> [b](c)'
    notice = said(unit=None, place=nasty)
    assert not set("<>@") & set(notice.title)
    worded = parcel(house(), "en", replace(MATTER, words=nasty), event_id=1, now=at("14:40"))
    assert not set("<>@") & set(worded.body)
    assert worded.data["words"] == nasty


def test_for_a_program_the_keys_are_stable_and_times_have_an_offset() -> None:
    data = said("en").data
    assert {key: data[key] for key in ("event", "ticket", "unit", "due_at", "late_seconds")} == {
        "event": 17,
        "ticket": "T-20261123-001",
        "unit": "3-1201",
        "due_at": "2026-11-23T14:28:00+08:00",
        "late_seconds": 720,
    }
    assert sorted(data) == [
        "assignee", "at", "body", "category", "category_name", "clock", "desk", "due_at", "event",
        "grade", "kind", "language", "late_seconds", "limit", "people", "place", "property",
        "rehearsal", "role", "rung", "ticket", "title", "unit", "words",
    ]  # fmt: skip


def test_a_test_says_that_there_is_nothing_to_do() -> None:
    notice = trial_parcel(house(), "en", key="test-1", to="Zhou", now=at("14:13"))
    assert notice.title == "Test of the notices of 怡景花园"
    assert notice.body == (
        "This is a test for Zhou, sent Monday 23 November, 14:13. There is nothing to do."
    )
    assert (notice.key, notice.data["kind"]) == ("test-1", "test")


@pytest.mark.parametrize(("code", "role"), [("en", "director"), ("zh", "主任")])
def test_a_test_to_a_role_names_it_in_the_language_of_the_notice(code: str, role: str) -> None:
    notice = trial_parcel(house(), code, key="test-1", to="director", now=at("14:13"))
    assert role in notice.body
    assert ("director" in notice.body) == (code == "en")
    assert notice.data["to"] == "director"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_phone_leaves_that_somebody_typed_as_words_place_or_unit(code: str) -> None:
    typed = "门口 13800001234"
    for changed in ({"words": typed}, {"unit": None, "place": typed}, {"unit": typed}):
        matter = replace(MATTER, **changed)
        left = parcel(house(), code, matter, event_id=17, now=at("14:40"))
        assert "13800001234" not in f"{left.title} {left.body} {left.data}"
        assert "门口" in left.body + left.title
    assert said(code, unit="12-2-1201").data["unit"] == "12-2-1201"
