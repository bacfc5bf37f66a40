"""The policy and calendars by the files of a home folder, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.policy import Policy, parse_policy
from concierge.settings import read_calendar, read_rules


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds by the files: the policy, the calendar, and the files that this is merged from."""

    raw: Mapping[str, object]
    policy: Policy
    files: tuple[CalendarFile, ...]
    calendar: Calendar

    @classmethod
    def read(cls, home: Path) -> Rules:
        """Read the shipped rules with the home's own over them.

        Raises:
            Refusal: ``policy.bad`` or ``calendar.bad``: a what-if by other figures than the
                property's own would mislead.
        """
        raw = read_rules(home if home.is_dir() else None)
        if raw.problem is not None:
            raise raw.problem
        policy = parse_policy(raw.policy)
        files = tuple(CalendarFile.parse(one) for one in raw.calendars)
        calendar = Calendar.build(files, zone=policy.timezone, hours=policy.hours)
        return cls(raw.policy, policy, files, calendar)

    def calendar_of(self, path: Path) -> Calendar:
        """The calendar that one file alone makes, with the policy's zone and hours where it is silent.

        Raises:
            Refusal: ``calendar.bad`` naming the key, ``file.not-found`` or ``file.unreadable``.
        """
        file = CalendarFile.parse(read_calendar(path))
        return Calendar.build([file], zone=self.policy.timezone, hours=self.policy.hours)
