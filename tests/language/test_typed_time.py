"""Times as people type them at the desk."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.refusal import Refusal
from concierge.language.typed_time import parse_typed_time

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


# A Monday.
NOW = at("2026-11-23 14:13:20")


def read(text: str, prefer: str) -> str:
    instant = parse_typed_time(text, NOW, ZONE, prefer=prefer)
    return f"{datetime.fromtimestamp(instant, ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:05", "2026-11-23 14:05"),
        ("14：05", "2026-11-23 14:05"),
        ("1405", "2026-11-23 14:05"),
        ("14:13", "2026-11-23 14:13"),
        ("23:50", "2026-11-22 23:50"),
        ("now", "2026-11-23 14:13"),
        ("刚才", "2026-11-23 14:13"),
        ("-20", "2026-11-23 13:53"),
        ("−20", "2026-11-23 13:53"),
        ("昨天 9点半", "2026-11-22 09:30"),
        ("前天21:00", "2026-11-21 21:00"),
        ("sat 10:00", "2026-11-21 10:00"),
        ("周一 15:00", "2026-11-16 15:00"),
        ("周一 9:00", "2026-11-23 09:00"),
        ("12-31 18:00", "2025-12-31 18:00"),
        ("2026-11-20 08:00", "2026-11-20 08:00"),
        ("2026-11-20t08:00", "2026-11-20 08:00"),
        ("2026-11-20T00:00Z", "2026-11-20 08:00"),
    ],
)
def test_a_received_time_lies_back(typed: str, meant: str) -> None:
    assert read(typed, "past") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("16:30", "2026-11-23 16:30"),
        ("14:13", "2026-11-23 14:13"),
        ("9:00", "2026-11-24 09:00"),
        ("+30", "2026-11-23 14:43"),
        ("+30分钟", "2026-11-23 14:43"),
        ("tomorrow 10:00", "2026-11-24 10:00"),
        ("Tomorrow, 10:00", "2026-11-24 10:00"),
        ("明天 10:00", "2026-11-24 10:00"),
        ("明天上午10点", "2026-11-24 10:00"),
        ("明天下午3点半", "2026-11-24 15:30"),
        ("后天晚上8点15分", "2026-11-25 20:15"),
        ("下午5点", "2026-11-23 17:00"),
        ("3:30 pm", "2026-11-23 15:30"),
        ("中午12点", "2026-11-24 12:00"),
        ("周六 10:00", "2026-11-28 10:00"),
        ("星期天10:00", "2026-11-29 10:00"),
        ("mon 9:00", "2026-11-30 09:00"),
        ("mon 15:00", "2026-11-23 15:00"),
        ("11-30 18:00", "2026-11-30 18:00"),
        ("11月30日18:00", "2026-11-30 18:00"),
        ("1/4 18:00", "2027-01-04 18:00"),
        ("2027年1月4日 18:00", "2027-01-04 18:00"),
    ],
)
def test_a_time_asked_for_lies_ahead(typed: str, meant: str) -> None:
    assert read(typed, "future") == meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:00", "14:60", "2575", "13-40 10:00", "some day 10:00", "10:00 x", "-"]
)
def test_what_is_no_time_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_typed_time(typed, NOW, ZONE, prefer="future")
    assert refused.value.code == "time.bad"


def test_a_day_named_outright_is_not_moved_to_the_other_side() -> None:
    assert read("tomorrow 10:00", "past") == "2026-11-24 10:00"
    assert read("今天 9:00", "future") == "2026-11-23 09:00"


def test_a_time_that_the_clocks_leap_over_is_refused() -> None:
    new_york = ZoneInfo("America/New_York")
    eve = int(datetime(2026, 3, 7, 20, 0, tzinfo=new_york).timestamp())
    with pytest.raises(Refusal) as refused:
        parse_typed_time("tomorrow 2:30", eve, new_york, prefer="future")
    assert refused.value.code == "time.skipped"
    assert refused.value.values["text"] == "tomorrow 2:30"


@given(st.integers(0, 1439), st.integers(0, 86_399))
def test_a_time_of_day_is_the_nearest_on_its_side(minute: int, second: int) -> None:
    now = at("2026-11-23 00:00") + second
    text = f"{minute // 60:02}:{minute % 60:02}"
    past = parse_typed_time(text, now, ZONE, prefer="past")
    future = parse_typed_time(text, now, ZONE, prefer="future")
    assert now - 86_400 < past <= now
    assert now - 60 < future < now + 86_400


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_time_or_refused(text: str) -> None:
    code = "read"
    try:
        parse_typed_time(text, NOW, ZONE, prefer="past")
    except Refusal as refused:
        code = refused.code
    assert code in {"read", "time.bad", "time.skipped"}
