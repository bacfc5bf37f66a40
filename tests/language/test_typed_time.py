"""What people type for a time, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.refusal import Refusal
from concierge.language.typed_time import Prefer, parse_typed_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = (SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"))
NOW = 1795414380  # Monday 2026-11-23 14:13:00
PREFER: tuple[Prefer, ...] = ("future", "past")


def read(text: str, prefer: Prefer = "future", now: int = NOW) -> str:
    at = parse_typed_time(text, now, SHANGHAI, prefer=prefer)
    return f"{datetime.fromtimestamp(at, SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("16:30", "2026-11-23 16:30"),
        ("１６：３０", "2026-11-23 16:30"),
        (" 1630 ", "2026-11-23 16:30"),
        ("9:00", "2026-11-24 09:00"),
        ("14:13", "2026-11-24 14:13"),
        ("4pm", "2026-11-23 16:00"),
        ("4:05 PM", "2026-11-23 16:05"),
        ("12:30 a.m.", "2026-11-24 00:30"),
        ("tomorrow 10:00", "2026-11-24 10:00"),
        ("10:00 tomorrow", "2026-11-24 10:00"),
        ("today 24:00", "2026-11-24 00:00"),
        ("Sat 10:00", "2026-11-28 10:00"),
        ("saturday at 9am", "2026-11-28 09:00"),
        ("mon 14:00", "2026-11-30 14:00"),
        ("next mon 9:00", "2026-11-30 09:00"),
        ("11-30 18:00", "2026-11-30 18:00"),
        ("11-1 18:00", "2027-11-01 18:00"),
        ("2-29 8:00", "2028-02-29 08:00"),
        ("+30", "2026-11-23 14:43"),
        ("+2h", "2026-11-23 16:13"),
        ("in 20 min", "2026-11-23 14:33"),
        ("2026-11-30 18:00", "2026-11-30 18:00"),
        ("2026-11-30t10:00z", "2026-11-30 18:00"),
        ("now", "2026-11-23 14:13"),
        ("16点", "2026-11-23 16:00"),
        ("下午4点半", "2026-11-23 16:30"),
        ("下午三点一刻", "2026-11-23 15:15"),
        ("十点二十五分", "2026-11-24 10:25"),
        ("两点零五分", "2026-11-24 02:05"),
        ("中午12点", "2026-11-24 12:00"),
        ("中午1点", "2026-11-24 13:00"),
        ("凌晨12点", "2026-11-24 00:00"),
        ("晚上12点", "2026-11-24 00:00"),
        ("今晚8点", "2026-11-23 20:00"),
        ("明早八点", "2026-11-24 08:00"),
        ("明天 10:00", "2026-11-24 10:00"),
        ("明天10：00", "2026-11-24 10:00"),
        ("后天上午9点", "2026-11-25 09:00"),
        ("周六 10:00", "2026-11-28 10:00"),
        ("星期天上午9点", "2026-11-29 09:00"),
        ("下周一 9:00", "2026-11-30 09:00"),
        ("11月30日18:00", "2026-11-30 18:00"),
        ("11月30号 下午6点", "2026-11-30 18:00"),
        ("半小时后", "2026-11-23 14:43"),
        ("1个半小时后", "2026-11-23 15:43"),
    ],
)
def test_a_time_to_come_is_read_as_people_type_it(text: str, means: str) -> None:
    assert read(text) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("14:05", "2026-11-23 14:05"),
        ("14:13", "2026-11-23 14:13"),
        ("23:50", "2026-11-22 23:50"),
        ("sat 10:00", "2026-11-21 10:00"),
        ("周一 14:13", "2026-11-23 14:13"),
        ("11-30 18:00", "2025-11-30 18:00"),
        ("-10", "2026-11-23 14:03"),
        ("10 分钟前", "2026-11-23 14:03"),
        ("an hour", None),
        ("2h ago", "2026-11-23 12:13"),
        ("昨晚9点", "2026-11-22 21:00"),
        ("yesterday 9pm", "2026-11-22 21:00"),
    ],
)
def test_a_time_gone_by_is_the_last_such_time(text: str, means: str | None) -> None:
    if means is None:
        with pytest.raises(Refusal):
            read(text, "past")
    else:
        assert read(text, "past") == means


@pytest.mark.parametrize(
    "text",
    ["", "  ", "30", "+", "25:00", "24:01", "12:60", "13pm", "0am", "11-31 10:00", "sat", "monkey 10:00",
     "明天", "晚上2点", "[/b]", "\x1b[2J", "2026-13-01 10:00", "2026-11-30", "0001-01-01 00:00", "1" * 5000,
     "9" * 39, "十" * 30, "+30 ago"],
)  # fmt: skip
@pytest.mark.parametrize("prefer", PREFER)
def test_what_is_no_time_is_refused_and_quoted(text: str, prefer: Prefer) -> None:
    with pytest.raises(Refusal) as refused:
        parse_typed_time(text, NOW, SHANGHAI, prefer=prefer)
    assert refused.value.code == "time.bad"
    assert refused.value.values["text"] == text.strip()[:40]


@given(st.text(max_size=60), st.sampled_from(PREFER))
def test_whatever_is_typed_is_an_instant_or_a_refusal(text: str, prefer: Prefer) -> None:
    code = "time.bad"
    try:
        at = parse_typed_time(text, NOW, SHANGHAI, prefer=prefer)
    except Refusal as refusal:
        code = refusal.code
    else:
        assert isinstance(at, int)
    assert code in {"time.bad", "time.skipped"}


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 4_000_000_000),
    st.sampled_from(ZONES),
    st.sampled_from(["{h}:{m:02}", "{h:02}{m:02}", "{h}点{m}分"]),
)
def test_a_bare_clock_time_is_the_nearest_on_its_side(
    hour: int, minute: int, now: int, zone: ZoneInfo, form: str
) -> None:
    text = form.format(h=hour, m=minute)
    after = parse_typed_time(text, now, zone, prefer="future")
    before = parse_typed_time(text, now, zone, prefer="past")
    # A day has 23 to 25 hours where clocks change.
    assert now < after <= now + 25 * 3600 + 3600
    assert now - 25 * 3600 - 3600 <= before <= now
    assert after > before
    if zone is SHANGHAI and now > 700_000_000:  # no summer time since 1991
        assert f"{datetime.fromtimestamp(after, zone):%H:%M}" == f"{hour:02}:{minute:02}"
        assert after - before == 86400


@given(
    st.sampled_from(list(zip(["mon", "tuesday", "wed", "thurs", "fri", "Sat", "SUN"], range(7), strict=True))),
    st.sampled_from(list(zip("一二三四五六日", range(7), strict=True))),
    st.integers(700_000_000, 4_000_000_000),
    st.sampled_from(PREFER),
)  # fmt: skip
def test_both_languages_name_the_same_weekday(
    english: tuple[str, int], chinese: tuple[str, int], now: int, prefer: Prefer
) -> None:
    for text, weekday in ((f"{english[0]} 10:00", english[1]), (f"周{chinese[0]}10点", chinese[1])):
        at = parse_typed_time(text, now, SHANGHAI, prefer=prefer)
        local = datetime.fromtimestamp(at, SHANGHAI)
        assert (local.weekday(), local.hour, local.minute) == (weekday, 10, 0)
        assert (0 < at - now <= 7 * 86400) if prefer == "future" else (0 <= now - at < 7 * 86400)


@given(st.integers(0, 99_999), st.sampled_from(["+{n}", "+{n}分钟", "in {n} min", "{n} 分钟后"]))
def test_minutes_from_now_are_real_minutes(minutes: int, form: str) -> None:
    assert parse_typed_time(form.format(n=minutes), NOW, SHANGHAI) == NOW + 60 * minutes


@given(st.integers(11_700_000, 68_000_000), st.sampled_from(PREFER))
def test_a_full_time_means_itself_whatever_is_preferred(minutes: int, prefer: Prefer) -> None:
    wall = datetime.fromtimestamp(minutes * 60, SHANGHAI)
    text = f"{wall:%Y-%m-%d %H:%M}"
    assert parse_typed_time(text, NOW, SHANGHAI, prefer=prefer) == minutes * 60


def test_a_wall_time_that_clocks_skip_is_the_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = int(datetime(2026, 3, 28, 12, tzinfo=berlin).timestamp())
    at = parse_typed_time("tomorrow 2:30", before, berlin)
    assert datetime.fromtimestamp(at, berlin) == datetime(2026, 3, 29, 3, tzinfo=berlin)
    assert at - before < timedelta(days=1).total_seconds()
