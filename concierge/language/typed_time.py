"""The times that people type at the desk, in Chinese or English, whichever language is shown.

Understood: ``16:30``, ``4pm``, ``下午4点半``; with a day ``明天 10:00``, ``tomorrow 10:00``, ``周六 10:00``,
``next mon 9:00``, ``11-30 18:00``, ``11月30日 18:00``; from now ``+30`` and ``-10`` minutes, ``+2h``,
``半小时后``; and ISO 8601.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from concierge.domain.instants import parse_instant
from concierge.domain.refusal import Refusal
from concierge.domain.wall import instant_of, wall_time

Prefer = Literal["future", "past"]
Days = Callable[[date, Prefer], Iterator[date]]

_LONGEST = 40  # no time is longer; what is, is not searched by patterns
_NOW = frozenset({"now", "现在", "刚才"})
_SHORT = {
    "今早": "今天早上",
    "今晚": "今天晚上",
    "明早": "明天早上",
    "明晚": "明天晚上",
    "昨晚": "昨天晚上",
}
_DAYS_FROM_TODAY = {
    "today": 0, "tomorrow": 1, "tmr": 1, "tom": 1, "yesterday": -1, "day after tomorrow": 2,
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS = "一二三四五六日"
_FIGURES = "零一二三四五六七八九"
_HOUR = 60  # minutes
_NOON = 12  # o'clock
_FIRST_AT_NOON = 10  # 中午 10 点 is before noon, 中午 1 点 after it
_EVENING_FROM = 5  # 晚上 2 点 may mean either night: better asked again than guessed

_SPAN = re.compile(
    r"(?:in )?(?P<sign>[+-]?) ?(?P<n>[0-9]{1,5}|半) ?个?半?"
    r"(?P<unit>|m|mins?|minutes?|分|分钟|h|hrs?|hours?|小时|钟头|d|days?|天) ?"
    r"(?P<side>|later|from now|ago|以?后|之后|以?前|之前)"
)
_WEEKDAY = re.compile(
    r"(?P<next>next |this |下个?|这个?|本)?"
    r"(?:(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur|r)?(?:day)?|(?:周|星期|礼拜)(?P<zh>[一二三四五六日天1-7]))"
)
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{1,2})(?:[-/.]|月)(?P<day>[0-9]{1,2})[日号]?")
_CLOCK = re.compile(
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)? ?(?:at )?"
    r"(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?: ?(?::|点钟?|时) ?(?P<minute>[0-9]{1,2}|半|一刻|三刻|[零一二三四五六七八九十]{1,3})?分?)?"
    r" ?(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
_DIGITS = re.compile(r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})")


def parse_typed_time(text: str, now: int, zone: ZoneInfo, *, prefer: Prefer = "future") -> int:
    """The instant that somebody means, whole seconds UTC.

    Args:
        text: What was typed, in either language, full-width or not.
        now: The present instant.
        zone: The property's zone, where a wall time is meant.
        prefer: Which one a bare clock time, weekday or date means: the next after now, or the last up to now.

    Raises:
        Refusal: ``time.bad`` when it is no time, ``time.skipped`` for an ISO time that the clocks left out.
    """
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not said or len(said) > _LONGEST:
        raise _bad(text)
    try:
        at = now if said in _NOW else _from_now(said, now)
        if at is None:
            at = _dated(said, zone) if re.match(r"[0-9]{4}-", said) else None
        if at is None:
            at = _on_the_wall(said, now, zone, prefer)
        if at is not None:
            wall_time(at, zone)  # a time at the edge of the calendar is none
            return at
    except (ValueError, OverflowError) as error:
        raise _bad(text) from error
    except Refusal as refusal:
        raise (_bad(text) if refusal.code == "time.range" else refusal) from refusal
    raise _bad(text)


def _bad(text: str) -> Refusal:
    return Refusal("time.bad", text=text.strip()[:_LONGEST])


def _from_now(said: str, now: int) -> int | None:
    """``+30``, ``-10``, ``2h ago``, ``半小时后``; None when it is none of these."""
    found = _SPAN.fullmatch(said)
    if found is None or not (found["sign"] or found["side"] or said.startswith("in ")):
        return None
    if found["sign"] and found["side"]:
        return None
    unit = {"h": 3600, "小": 3600, "钟": 3600, "d": 86400, "天": 86400}.get(found["unit"][:1], 60)
    half_more = "个半" in said
    seconds = unit // 2 if found["n"] == "半" else int(found["n"]) * unit + unit // 2 * half_more
    back = found["sign"] == "-" or found["side"] in {"ago", "前", "以前", "之前"}
    return now - seconds if back else now + seconds


def _dated(said: str, zone: ZoneInfo) -> int | None:
    return parse_instant(said.upper(), zone)


def _on_the_wall(said: str, now: int, zone: ZoneInfo, prefer: Prefer) -> int | None:
    """A clock time, with a day before or after it, or alone."""
    for short, full in _SHORT.items():
        said = said.replace(short, full)
    today = wall_time(now, zone).date()
    for day_text, clock_text in _split(said):
        minutes, days = _minutes(clock_text), _days(day_text)
        if minutes is None or days is None:
            continue
        for day in days(today, prefer):
            at = instant_of(day, minutes, zone)
            fits = at > now if prefer == "future" else at <= now
            if fits or day_text in _DAYS_FROM_TODAY or _names_its_week(day_text):
                return at
    return None


def _split(said: str) -> Iterator[tuple[str, str]]:
    """Every way to cut what was said into a day and a clock time; the day may be missing or come last."""
    yield "", said
    for cut in range(1, len(said)):
        head, tail = said[:cut].strip(" ,"), said[cut:].strip(" ,")
        yield head, tail
        if said[cut] == " ":
            yield tail.removeprefix("on "), head


def _minutes(said: str) -> int | None:
    """Minutes after 00:00, 0 to 1440; None when it is no clock time."""
    found = _DIGITS.fullmatch(said) or _CLOCK.fullmatch(said)
    if found is None:
        return None
    parts = found.groupdict()
    half = (parts.get("half") or "").replace(".", "")
    if parts["minute"] is None and not half and not any(sign in said for sign in "点时"):
        return None  # a bare figure
    minute = _figure(parts["minute"] or "0")
    whole = _hour(_figure(parts["hour"]), parts.get("part") or "", half) * _HOUR + minute
    return whole if minute < _HOUR and whole <= 24 * _HOUR else None


def _hour(hour: int, part: str, half: str) -> int:
    """The hour of 24; ``part`` is a Chinese word for a part of the day, ``half`` am, pm or empty.

    Raises:
        ValueError: when the two do not go together.
    """
    evening = part.startswith("晚")
    if (half and not 1 <= hour <= _NOON) or (evening and hour < _EVENING_FROM):
        raise ValueError(hour)
    if half == "am" or part == "凌晨":
        return 0 if hour == _NOON else hour
    if evening and hour == _NOON:
        return 2 * _NOON
    after_noon = half == "pm" or evening or part in {"下午", "傍晚"}
    early = part == "中午" and hour < _FIRST_AT_NOON
    return hour + _NOON if (after_noon and hour < _NOON) or early else hour


def _figure(said: str) -> int:
    """A number in Arabic or Chinese figures up to 99; 半 is 30, 一刻 15, 三刻 45."""
    quarters = {"半": 30, "一刻": 15, "三刻": 45}
    if said in quarters:
        return quarters[said]
    if said.isascii():
        return int(said)
    tens, ten, ones = said.replace("两", "二").lstrip("零").rpartition("十")
    return (_FIGURES.index(tens or "一") * 10 if ten else 0) + _FIGURES.index(ones or "零")


def _names_its_week(day_text: str) -> bool:
    found = _WEEKDAY.fullmatch(day_text)
    return found is not None and found["next"] is not None


def _days(said: str) -> Days | None:
    """The dates that a word for a day may mean, the likeliest first; None when it is no such word."""
    if not said:
        return _any_day
    if said in _DAYS_FROM_TODAY:
        shift = _DAYS_FROM_TODAY[said]
        return lambda today, _: iter((today + timedelta(days=shift),))
    if found := _WEEKDAY.fullmatch(said):
        return _weekdays(found)
    if found := _MONTH_DAY.fullmatch(said):
        return _dates(int(found["month"]), int(found["day"]))
    return None


def _any_day(today: date, prefer: Prefer) -> Iterator[date]:
    step = 1 if prefer == "future" else -1
    # The day before as well: its 24:00 is today's midnight.
    return (today + timedelta(days=step * ahead) for ahead in range(-1, 3))


def _weekdays(found: re.Match[str]) -> Days:
    """That weekday around today, or of this or the next week where the word says so."""
    english, chinese = found["en"], found["zh"]
    if english:
        wanted = _ENGLISH_DAYS.index(english)
    else:
        wanted = (
            int(chinese) - 1
            if chinese.isdigit()
            else _CHINESE_DAYS.index(chinese.replace("天", "日"))
        )
    week = found["next"]

    def days(today: date, prefer: Prefer) -> Iterator[date]:
        monday = today - timedelta(days=today.weekday())
        if week is not None:
            ahead = 7 if week.startswith(("next", "下")) else 0
            return iter((monday + timedelta(days=wanted + ahead),))
        step = 7 if prefer == "future" else -7
        first = monday + timedelta(days=wanted)
        return (first + timedelta(days=step * ahead) for ahead in range(-1, 3))

    return days


def _dates(month: int, day: int) -> Days:
    def days(today: date, prefer: Prefer) -> Iterator[date]:
        step = 1 if prefer == "future" else -1
        # Nine years hold a 29 February, also around a year like 2100.
        for ahead in range(9):
            year = today.year + step * ahead
            try:
                yield date(year, month, day)
            except ValueError:
                if (month, day) != (2, 29):
                    raise

    return days
