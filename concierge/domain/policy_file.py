"""Reading a policy's TOML mapping, so that every mistake names the key of its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from concierge.domain.calendar_file import WEEKDAYS, Interval, parse_intervals
from concierge.domain.deadline import ClockSpec
from concierge.domain.limit import Limit, Unit
from concierge.domain.refusal import Refusal
from concierge.domain.roles import ROLES

_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600}
_REQUIRED: object = object()


class Reader:
    """One table of the file. It remembers which keys were read, so that a misspelt one is refused."""

    def __init__(self, raw: Mapping[str, object], path: str) -> None:
        self._raw = raw
        self._path = path
        self._read: set[str] = set()

    def bad(self, key: str, problem: str, *, value: object = None) -> Refusal:
        """The refusal for a mistake at ``key`` of this table."""
        shown = self._raw.get(key, "") if value is None else value
        return Refusal("policy.bad", key=self._at(key), problem=problem, value=str(shown)[:80])

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self._raw

    def text(self, key: str, *, default: object = _REQUIRED) -> str:
        """A text that is not empty."""
        value = self._get(key, default)
        if not isinstance(value, str) or (default is _REQUIRED and not value.strip()):
            raise self.bad(key, "text")
        return value

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        value = self._get(key, default=False)
        if not isinstance(value, bool):
            raise self.bad(key, "flag")
        return value

    def choice(self, key: str, options: Sequence[str], *, default: object = _REQUIRED) -> str:
        """One of ``options``; the default (which may be None) when absent."""
        value = self._get(key, default)
        if key in self._raw and value not in options:
            raise self.bad(key, "choice", value=f"{value} ({', '.join(options)})")
        return value  # type: ignore[return-value]

    def choices(self, key: str, options: Sequence[str]) -> tuple[str, ...]:
        """A list of some of ``options``."""
        value = self._get(key)
        if not isinstance(value, list) or any(item not in options for item in value):
            raise self.bad(key, "choice", value=f"{value} ({', '.join(options)})")
        return tuple(value)

    def choice_or_percent(self, key: str, word: str) -> int | None:
        """Read "75%" as 75, the word as 0, absent as None."""
        value = self._get(key, default=None)
        if value is None or value == word:
            return None if value is None else 0
        digits = value.removesuffix("%") if isinstance(value, str) else ""
        if not digits.isdecimal() or not 1 <= int(digits) <= 99:  # noqa: PLR2004 a share of 100
            raise self.bad(key, "percent")
        return int(digits)

    def role(self, key: str) -> str:
        """A role of the staff."""
        return self.choice(key, ROLES)

    def limit(self, key: str) -> Limit:
        """A limit such as "3 working days"."""
        return self.as_limit(key, self.text(key))

    def as_limit(self, key: str, text: str) -> Limit:
        """Read ``text`` as a limit on behalf of ``key``."""
        try:
            return Limit.parse(text)
        except Refusal as error:
            raise self.bad(key, "limit", value=text) from error

    def seconds(self, key: str) -> int:
        """A length of real time, minutes or hours, in seconds."""
        limit = self.limit(key)
        if limit.unit not in _SECONDS:
            raise self.bad(key, "minutes-or-hours")
        return limit.amount * _SECONDS[limit.unit]

    def limit_or_word(self, key: str, word: str) -> Limit | None:
        """A limit; the word, or nothing at all, is None."""
        value = self._get(key, default=None)
        return None if value in {None, word} else self.limit(key)

    def days(self, key: str) -> int:
        """A length of so many days of 24 hours, in seconds."""
        limit = self.limit(key)
        if limit.unit is not Unit.DAYS:
            raise self.bad(key, "days")
        return limit.amount * 86_400

    def count(self, key: str) -> int:
        """A number of at least 2; 0 turns off what it counts."""
        value = self._get(key)
        if type(value) is not int or value < 0 or value == 1:
            raise self.bad(key, "count")
        return value

    def number(self, key: str) -> int:
        """A whole number that is not negative."""
        value = self._get(key)
        if type(value) is not int or value < 0:
            raise self.bad(key, "number")
        return value

    def minutes(self, key: str) -> int:
        """A time of day such as "22:00" in minutes after 00:00."""
        return self._time_of_day(key, self.text(key))

    def times(self, key: str) -> list[int]:
        """A list of times of day, in minutes after 00:00."""
        value = self._get(key)
        if not isinstance(value, list):
            raise self.bad(key, "time-of-day")
        return [self._time_of_day(key, item) for item in value]

    def _time_of_day(self, key: str, text: object) -> int:
        form = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text) if isinstance(text, str) else None
        if form is None:
            raise self.bad(key, "time-of-day", value=text)
        return int(form[1]) * 60 + int(form[2])

    def zone(self, key: str) -> str:
        """The name of a time zone."""
        name = self.text(key)
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise self.bad(key, "zone") from error
        return name

    def clock(self, key: str, clause: str) -> ClockSpec:
        """A clock: a limit, or a table with limit or cap and by_agreement, now, lead, clause."""
        if isinstance(self._raw.get(key), str):
            return ClockSpec(kind=key, limit=self.limit(key), clause=clause)
        table = self.table(key)
        agreed = table.flag("by_agreement")
        spec = ClockSpec(
            kind=key,
            limit=table.limit("cap" if agreed else "limit"),
            by_agreement=agreed,
            at_once=table.limit("now") if agreed and table.has("now") else None,
            lead=table.seconds("lead") if agreed and table.has("lead") else 0,
            clause=table.text("clause", default=clause),
        )
        table.done()
        return spec

    def table(self, key: str) -> Reader:
        """A table below this one."""
        value = self._get(key)
        if not isinstance(value, Mapping):
            raise self.bad(key, "table")
        return Reader(value, self._at(key))

    def tables(self) -> dict[str, Reader]:
        """All entries of this table as tables."""
        return {key: self.table(key) for key in self._raw}

    def rows(self, key: str) -> list[Reader]:
        """A list of tables, at least one."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            raise self.bad(key, "rows")
        if not all(isinstance(row, Mapping) for row in value):
            raise self.bad(key, "rows")
        return [Reader(row, f"{self._at(key)}[{nth}]") for nth, row in enumerate(value)]

    def done(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not pass silently."""
        for key in self._raw:
            if key not in self._read:
                raise self.bad(key, "unknown-key", value=key)

    def get(self, key: str) -> object:
        """The value as it stands, None when absent."""
        return self._get(key, default=None)

    def _get(self, key: str, default: object = _REQUIRED) -> object:
        self._read.add(key)
        if key in self._raw:
            return self._raw[key]
        if default is _REQUIRED:
            raise self.bad(key, "missing")
        return default

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def hours_of_week(table: Reader) -> dict[int, tuple[Interval, ...]]:
    """Opening hours by weekday (0 = Monday); an absent weekday is closed."""
    hours = {}
    for number, name in enumerate(WEEKDAYS):
        if table.has(name):
            try:
                hours[number] = parse_intervals(table.get(name))
            except Refusal as error:
                raise table.bad(name, "interval") from error
    table.done()
    return hours
