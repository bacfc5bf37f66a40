"""The rules in force, and the older ones that running clocks started under."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.ladder import Ladder
from concierge.domain.policy import Policy, parse_policy, version_of
from concierge.domain.policy_file import Reader, hours_of_week
from concierge.domain.refusal import Refusal
from concierge.store.problem import StoreProblem
from concierge.store.tables import CalendarVersion, PolicyVersion

T = TypeVar("T")


class Rulebook:
    """Policy and calendar in force with their versions in the store; older ones are read once.

    Both are values that never change, so what was read may be kept for the life of the program.
    """

    def __init__(
        self, policy: Policy, calendar: Calendar, *, policy_version: int, calendar_version: int
    ) -> None:
        self.policy = policy
        self.calendar = calendar
        self.policy_version = policy_version
        self.calendar_version = calendar_version
        self._policies = {policy_version: policy}
        self._calendars = {calendar_version: calendar}

    def policy_of(self, session: Session, version: int) -> Policy:
        """The policy a clock started under."""
        if version not in self._policies:
            row = session.get_one(PolicyVersion, version)
            self._policies[version] = _stored(parse_policy, row.text)
        return self._policies[version]

    def calendar_of(self, session: Session, version: int) -> Calendar:
        """The calendar a clock was counted with."""
        if version not in self._calendars:
            row = session.get_one(CalendarVersion, version)
            self._calendars[version] = _stored(calendar_from, row.text)
        return self._calendars[version]

    def ladder(self, session: Session, version: int, name: str) -> Ladder:
        """A ladder as the clock's own policy has it."""
        return self.policy_of(session, version).ladders[name]


def calendar_content(
    policy_raw: Mapping[str, object], files: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """All that a calendar's version depends on: the files, and the policy's zone and hours."""
    return {
        "timezone": policy_raw.get("timezone"),
        "hours": policy_raw.get("hours"),
        "files": list(files),
    }


def calendar_from(content: Mapping[str, object]) -> Calendar:
    """Build a calendar from ``calendar_content``.

    Raises:
        Refusal: ``calendar.bad`` or ``policy.bad`` naming the key.
    """
    top = Reader(content, "")
    files = content["files"]
    assert isinstance(files, list)
    return Calendar.build(
        [CalendarFile.parse(raw) for raw in files],
        zone=top.zone("timezone"),
        hours=hours_of_week(top.table("hours")),
    )


def _stored(read: Callable[[Mapping[str, object]], T], text: str) -> T:
    """Read what the store keeps: it was checked before it was kept, so a mistake now is damage.

    Raises:
        StoreProblem: damaged.
    """
    try:
        return read(json.loads(text))
    except (Refusal, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreProblem("damaged", path="") from error


def latest(session: Session) -> Rulebook:
    """The rules that the store was last told to run under."""
    policy = session.exec(select(PolicyVersion).order_by(col(PolicyVersion.id).desc())).first()
    calendar = session.exec(
        select(CalendarVersion).order_by(col(CalendarVersion.id).desc())
    ).first()
    assert policy is not None
    assert calendar is not None
    assert policy.id is not None
    assert calendar.id is not None
    return Rulebook(
        _stored(parse_policy, policy.text),
        _stored(calendar_from, calendar.text),
        policy_version=policy.id,
        calendar_version=calendar.id,
    )


def content_hash(content: Mapping[str, object]) -> str:
    """The hash under which a policy's or calendar's content is kept."""
    return version_of(content)
