"""What of a household's file matters at this moment: instructions, quiet hours, absence, days to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from concierge.domain.household_file import SENSITIVE, SHOWN_OF_CHILDREN, weekday_numbers

CHILD_UNTIL = 14
"""Years; below, what is known of a person is a child's (PIPL, article 28)."""
_DAY_MINUTES = 24 * 60


def in_force(starts_on: str | None, ends_on: str | None, today: date) -> bool:
    """Whether a day lies in a stretch of days; its first and last day belong to it, None is open.

    Args:
        starts_on: ISO date.
        ends_on: ISO date.
        today: By the property's wall.
    """
    day = today.isoformat()
    return (starts_on or day) <= day <= (ends_on or day)


def active(
    starts_on: str | None,
    ends_on: str | None,
    weekdays: str | None,
    hours: tuple[str | None, str | None],
    local: datetime,
) -> bool:
    """Whether an instruction holds at this minute.

    Args:
        starts_on: ISO date, its first day.
        ends_on: ISO date, its last day.
        weekdays: Such as "2,4" (Monday is 1); None for every day.
        hours: From and to before, HH:MM; an end that is not after the start lies on the next day, and that
            night belongs to the day on which it began.
        local: Now by the property's wall.
    """
    days = weekday_numbers(weekdays)
    for began in (local.date(), local.date() - timedelta(days=1)):
        right_day = not days or began.isoweekday() in days
        if right_day and in_force(starts_on, ends_on, began) and _within(hours, began, local):
            return True
    return False


def is_disturbing(quiet_from: str | None, quiet_to: str | None, local: datetime) -> bool:
    """Whether a household asked not to be disturbed at this time of day; over midnight too.

    Hours that lack an end, or that end when they start, say nothing.
    """
    if not quiet_from or not quiet_to or quiet_from == quiet_to:
        return False
    return active(None, None, None, (quiet_from, quiet_to), local)


def is_away(away_from: str | None, away_to: str | None, today: date) -> bool:
    """Whether nobody is at home; without any date they are."""
    return bool(away_from or away_to) and in_force(away_from, away_to, today)


def next_day(day: str | None, today: date) -> date | None:
    """When a birthday or yearly date comes next, today included; 29 February is kept on the 28th.

    Args:
        day: "1980-05-06" or "--05-06".
        today: By the property's wall.
    """
    if not day:
        return None
    month, number = int(day[-5:-3]), int(day[-2:])
    this_year = _kept_on(today.year, month, number)
    return this_year if this_year >= today else _kept_on(today.year + 1, month, number)


def is_child(birthday: str | None, today: date) -> bool:
    """Whether a person is known to be younger than fourteen."""
    if not birthday or birthday.startswith("--"):
        return False
    born = date.fromisoformat(birthday)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return age < CHILD_UNTIL


def is_unsearchable(aspect: str, birthday: str | None, noted_on: str) -> bool:
    """Whether a fact is no word of the file: whoever may not read it must not find people by it.

    What was heard of a child stays out of the search when the child is grown.

    Args:
        aspect: What it is about.
        birthday: Of whom it is about, if it is known.
        noted_on: ISO date.
    """
    of_child = is_child(birthday, date.fromisoformat(noted_on))
    return aspect in SENSITIVE or (of_child and aspect not in SHOWN_OF_CHILDREN)


def _kept_on(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, 28)


def _within(hours: tuple[str | None, str | None], began: date, local: datetime) -> bool:
    start, end = _minutes(hours[0], 0), _minutes(hours[1], _DAY_MINUTES)
    if end <= start:
        end += _DAY_MINUTES
    gone = (local.date() - began).days * _DAY_MINUTES + local.hour * 60 + local.minute
    return start <= gone < end


def _minutes(text: str | None, otherwise: int) -> int:
    return int(text[:2]) * 60 + int(text[3:]) if text else otherwise
