"""Dates, times and lengths of time as people say them. Wall times come in already in the property's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from concierge.language.translator import Language, later

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# Seconds are shown in the last ten minutes before a due time and the first ten after it.
SECONDS_MATTER = 10 * MINUTE

WEEKDAYS = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)
MONTHS = (
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
)
# How many days from today: a word of its own, a time with it in writing, and in speech after "by".
_NEAR = {
    -1: (later("yesterday"), later("yesterday {time}"), later("{time} yesterday")),
    0: (later("today"), later("today {time}"), later("{time} today")),
    1: (later("tomorrow"), later("tomorrow {time}"), later("{time} tomorrow")),
}


def day(t: Language, on: date, today: date) -> str:
    """A date: "today", "Saturday 10 October", with the year when it is not this one."""
    near = _NEAR.get((on - today).days)
    return t(near[0]) if near else full_day(t, on, today)


def full_day(t: Language, on: date, today: date) -> str:
    """A date by weekday, day and month, with the year when it is not this one."""
    parts = {"weekday": t(WEEKDAYS[on.weekday()]), "day": on.day, "month": t(MONTHS[on.month - 1])}
    if on.year == today.year:
        return t("{weekday} {day} {month}", **parts)
    return t("{weekday} {day} {month} {year}", year=on.year, **parts)


def moment(t: Language, local: datetime, now_local: datetime) -> str:
    """An instant in writing: "today 14:28", "Saturday 10 October, 18:00"."""
    return _moment(t, local, now_local, form=1)


def spoken(t: Language, local: datetime, now_local: datetime) -> str:
    """An instant after "by": "14:28 today", "Saturday 10 October, 18:00"."""
    return _moment(t, local, now_local, form=2)


def _moment(t: Language, local: datetime, now_local: datetime, *, form: int) -> str:
    on, today = local.date(), now_local.date()
    near = _NEAR.get((on - today).days)
    if near:
        return t(near[form], time=f"{local:%H:%M}")
    return t("{day}, {time}", day=full_day(t, on, today), time=f"{local:%H:%M}")


def duration(t: Language, seconds: int) -> str:
    """A length of time: "40 s", "4 min", "3 h 10 min", "2 days", "2 days 3 h"; its sign is left out."""
    rest = abs(seconds)
    if rest < MINUTE:
        return t("{seconds} s", seconds=rest)
    if rest < HOUR:
        return t("{minutes} min", minutes=rest // MINUTE)
    hours = rest % DAY // HOUR if rest >= DAY else rest // HOUR
    if rest >= DAY:
        days = t.plural("{n} day", "{n} days", rest // DAY)
        return t("{days} {hours} h", days=days, hours=hours) if hours else days
    minutes = rest % HOUR // MINUTE
    if minutes:
        return t("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return t("{hours} h", hours=hours)


def countdown(t: Language, seconds_left: int) -> str:
    """What is left, for a narrow column: "31m", "3h 10m"; within ten minutes of due "04:12", after it "−04:12".

    From a day on it counts days and hours; who has room shows the date instead.
    """
    sign = "−" if seconds_left < 0 else ""
    rest = abs(seconds_left)
    if rest < SECONDS_MATTER:
        return f"{sign}{rest // MINUTE:02}:{rest % MINUTE:02}"
    if rest < HOUR:
        return sign + t("{minutes}m", minutes=rest // MINUTE)
    if rest < DAY:
        return sign + t(
            "{hours}h {minutes}m", hours=rest // HOUR, minutes=f"{rest % HOUR // MINUTE:02}"
        )
    return sign + t("{days}d {hours}h", days=rest // DAY, hours=rest % DAY // HOUR)


def clock_time(local: datetime, now_local: datetime) -> str:
    """An instant in figures only, the date where it is not today's: "14:28", "11-30 18:00", "2027-01-04"."""
    gap = local.date() - now_local.date()
    if not gap:
        return f"{local:%H:%M}"
    if abs(gap) < timedelta(days=300):
        return f"{local:%m-%d %H:%M}"
    return f"{local:%Y-%m-%d}"
