"""The codes of a household's file, and what may be written into its fields.

Dates are ISO text (2026-12-30), a birthday may leave out its year (--12-30), times of day are HH:MM on the
property's wall, weekdays are 1 for Monday to 7 for Sunday.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from concierge.domain.refusal import Refusal


class Tenure(StrEnum):
    """By what right a household lives in its flat."""

    OWNED = "owned"
    RENTED = "rented"
    LENT = "lent"


class MemberRole(StrEnum):
    """What somebody is in a household."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"
    HELPER = "helper"
    DRIVER = "driver"
    STAFF = "staff"


class Sex(StrEnum):
    """As a form of address needs it."""

    FEMALE = "female"
    MALE = "male"


class ContactPreference(StrEnum):
    """How a household wants to be reached."""

    PHONE = "phone"
    MESSAGE = "message"
    WECHAT = "wechat"
    VISIT = "visit"


class CareFlag(StrEnum):
    """Who in a household needs more care."""

    LIVES_ALONE = "lives-alone"
    INFANT = "infant"
    PREGNANT = "pregnant"
    LIMITED_MOBILITY = "limited-mobility"


class Aspect(StrEnum):
    """What a fact is about: the eight aspects of G1.3, an allergy loud by itself, and what is kept apart."""

    ALLERGY = "allergy"
    FAMILY = "family"
    BACKGROUND = "background"
    WORK = "work"
    HABITS = "habits"
    FOOD = "food"
    LEISURE = "leisure"
    HEALTH = "health"
    BUSINESS = "business"
    KEY_DATE = "key-date"
    CHILDREN = "children"
    RELIGION = "religion"


class Source(StrEnum):
    """Where a fact comes from: the household said so, or the desk noticed."""

    SAID = "said"
    NOTICED = "noticed"


SENSITIVE = frozenset({Aspect.HEALTH, Aspect.RELIGION, Aspect.CHILDREN})
"""Masked until somebody asks for it; an allergy is shown, for it protects."""
SHOWN_OF_CHILDREN = frozenset({Aspect.ALLERGY, Aspect.FOOD})
"""What is shown of a child too: it protects."""
NEEDS_CONSENT = frozenset({Aspect.HEALTH})
"""Kept only with the consent of whom it is about, or with a word that it is still to be asked for."""
MASK = "****"
"""What stands in place of a sensitive text."""

_WEEKDAYS = (
    ("mon", "一"), ("tue", "二"), ("wed", "三"), ("thu", "四"), ("fri", "五"), ("sat", "六"), ("sun", "日"),
)  # fmt: skip
_DAY_WORDS = {word: at for at, words in enumerate(_WEEKDAYS, 1) for word in words} | {"天": 7}
_EVERY_DAY = 7
_HOUR = 60  # minutes
_LATEST = 24 * _HOUR
_MOST_PEOPLE = 99
_LEAP_YEAR = 2000
_PHONE_FROM = 7  # digits: a landline without its area


def choice(field: str, value: str, choices: Iterable[str]) -> str:
    """One of the codes of a field.

    Raises:
        Refusal: ``field.choice`` (field, value, choices).
    """
    allowed = [str(each) for each in choices]
    if value not in allowed:
        raise Refusal("field.choice", field=field, value=value, choices=", ".join(allowed))
    return value


def holds_phone(name: str) -> bool:
    """Whether a name holds as many digits as a phone: a name is shown in full, and a phone never is."""
    return sum(map(str.isdecimal, name)) >= _PHONE_FROM


def check_name(name: object) -> None:
    """The name of a person holds no phone.

    Raises:
        Refusal: ``name.holds-phone``, without the name.
    """
    if isinstance(name, str) and holds_phone(name):
        raise Refusal("name.holds-phone")


def _plain(value: str) -> str:
    """Text in plain width: a Chinese input method leaves digits and dashes of full width."""
    return unicodedata.normalize("NFKC", value).strip()


def iso_date(field: str, value: str) -> str:
    """A date as 2026-12-30; 2026/12/30, 2026.12.30 and 2026年12月30日 are read too.

    Raises:
        Refusal: ``field.date`` (field, value).
    """
    found = re.fullmatch("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", _plain(value))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        pass  # such as 30 February: refused like every other text that is no date
    raise Refusal("field.date", field=field, value=value)


def birthday(field: str, value: str) -> str:
    """A birthday or yearly date: 1980-05-06, or --05-06 (typed as 05-06 too) where the year is not known.

    Raises:
        Refusal: ``field.birthday`` (field, value).
    """
    found = re.fullmatch(r"(?:--)?([0-9]{1,2})[-/.]([0-9]{1,2})", _plain(value))
    try:
        if found:
            # A leap year, so that 29 February is a day.
            return f"--{date(_LEAP_YEAR, int(found[1]), int(found[2])):%m-%d}"
        return iso_date(field, value)
    except (Refusal, ValueError) as error:
        raise Refusal("field.birthday", field=field, value=value) from error


def time_of_day(field: str, value: str) -> str:
    """A time of day as HH:MM from 00:00 to 24:00; 9, 9:30 and 0930 are read too.

    Raises:
        Refusal: ``field.time`` (field, value).
    """
    found = re.fullmatch(r"([0-9]{1,2})(?::?([0-9]{2}))?", _plain(value))
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (0, _HOUR)
    if minutes >= _HOUR or hours * _HOUR + minutes > _LATEST:
        raise Refusal("field.time", field=field, value=value)
    return f"{hours:02}:{minutes:02}"


def weekdays(field: str, value: str) -> str | None:
    """Weekdays as "2,4" (Monday is 1): read from "2,4", "tue thu" or "周二、周四"; None for every day.

    Raises:
        Refusal: ``field.weekdays`` (field, value).
    """
    words = [word for word in re.split(r"[\s,，、;；]+", _plain(value).casefold()) if word]
    days = set()
    for word in words:
        plain = re.sub("^(周|星期|礼拜)", "", word)
        day = int(plain) if plain in "1234567" and len(plain) == 1 else _DAY_WORDS.get(plain[:3])
        if day is None:
            raise Refusal("field.weekdays", field=field, value=value)
        days.add(day)
    return ",".join(map(str, sorted(days))) if 0 < len(days) < _EVERY_DAY else None


def weekday_numbers(stored: str | None) -> tuple[int, ...]:
    """The weekdays of a stored text; empty for every day."""
    return tuple(int(day) for day in stored.split(",")) if stored else ()


def people_count(field: str, value: str) -> int:
    """How many people live there, 0 to 99.

    Raises:
        Refusal: ``field.number`` (field, value).
    """
    plain = _plain(value)
    if not re.fullmatch("[0-9]{1,3}", plain) or int(plain) > _MOST_PEOPLE:
        raise Refusal("field.number", field=field, value=value)
    return int(plain)


def check_order(first: str | None, last: str | None) -> None:
    """A stretch of days does not end before it starts.

    Raises:
        Refusal: ``field.order`` (first, last).
    """
    if first and last and last < first:
        raise Refusal("field.order", first=first, last=last)
