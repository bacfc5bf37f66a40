"""Putting rungs on record, with whom they tell and when: all of one transaction in one go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.escalation import WARNING, FiredRung, NextRung
from concierge.domain.roles import rank
from concierge.services.climb import Climb
from concierge.services.sweep_views import Fired
from concierge.store.audit import Log, Stamp
from concierge.store.tables import Escalation, Outbox, Staff, Ticket

_TABLES = SQLModel.metadata.tables
_RUNG = _TABLES[str(Escalation.__tablename__)]
_ADD_RUNG, _ADD_NOTICE = (
    sqlalchemy.insert(_RUNG),
    sqlalchemy.insert(_TABLES[str(Outbox.__tablename__)]),
)
_LAST = sqlalchemy.select(sqlalchemy.func.max(_RUNG.c.id))
_ADDED = sqlalchemy.select(_RUNG.c.id, _RUNG.c.event_id).where(
    _RUNG.c.id > sqlalchemy.bindparam("last")
)


class Roll:
    """The active staff, read once."""

    def __init__(self, session: Session) -> None:
        rows = session.exec(select(Staff).where(col(Staff.active)).order_by(col(Staff.id)))
        self._active = {row.id: row for row in rows}

    def told(self, ticket: Ticket, role: str, rung: int) -> tuple[Staff, ...]:
        """Who is told at a rung: the role's active holders, or for the warning whoever has the ticket.

        Nobody is told of a ticket about themselves.
        """
        fit = [row for row in self._active.values() if row.id != ticket.about_staff_id]
        if rung == WARNING:
            wanted = (ticket.assignee_id, ticket.first_owner_id)
            holders = [row for staff_id in wanted for row in fit if row.id == staff_id]
            return tuple(holders[:1])
        return tuple(row for row in fit if row.role == role)

    def holders(self, role: str) -> tuple[Staff, ...]:
        """Everybody who holds a role."""
        return tuple(row for row in self._active.values() if row.role == role)


class Firing:
    """The rungs that fire in one write transaction. Nothing is in the store before ``finish``.

    The unique key (subject, generation, rung) makes a second record of a rung impossible. Rungs and notices
    pass by the records, as the log does: of two hundred that are due at once it takes half the time.
    """

    def __init__(self, session: Session, stamp: Stamp) -> None:
        self.log = Log(session)
        self.stamp = stamp
        self._session = session
        self.roll = Roll(session)
        self._rungs: list[_Rung] = []

    def fire(
        self, climb: Climb, rung: NextRung, *, by_hand: bool = False, reason: str | None = None
    ) -> Fired:
        """Put a rung on record; nobody on duty is recorded, not silent."""
        clock, ticket, at = climb.clock, climb.ticket, self.stamp.at
        people = self.roll.told(ticket, rung.to, rung.rung)
        held = climb.quiet_until(rung.to, rung.at) if people else None
        late = 0 if by_hand else at - rung.at
        names = tuple(person.name for person in people)
        event_id = self.log.append(
            self.stamp,
            "ticket.escalated",
            {"clock": clock.kind, "generation": clock.generation, "rung": rung.rung,
             "to": rung.to, "people": names, "due_at": rung.at, "late_seconds": late,
             "by_hand": by_hand, "held_until": held},
            ticket_id=ticket.id,
            personal={"reason": reason} if reason else None,
        )  # fmt: skip
        row: dict[str, Any] = {
            "subject": "clock", "subject_id": clock.id, "ticket_id": ticket.id,
            "generation": clock.generation, "rung": rung.rung, "role": rung.to,
            "due_at": rung.at, "by_hand": by_hand, "reason": reason,
            "held_until": held, "event_id": event_id,
        }  # fmt: skip
        self.put(row, people, climb.quiet_until(rung.to, at) if people else None)
        climb.fired.append(FiredRung(rung.rung, rung.at, at, bool(people), None, held))
        return Fired(
            ticket.number, clock.kind, clock.generation, rung.rung, rung.to, names, rung.at, late
        )

    def put(self, row: dict[str, Any], people: Sequence[Staff], waits: int | None) -> None:
        """Take a rung that was logged, whom it tells, and until when these are left to sleep."""
        told = json.dumps([[each.id, each.name] for each in people], ensure_ascii=False)
        row |= {"people": told, "fired_at": self.stamp.at}
        self._rungs.append(_Rung(row, tuple(each.id or 0 for each in people), waits))

    def finish(self, climbs: Iterable[Climb]) -> None:
        """Write the log, the rungs and the notices, and set when the clocks are looked at again."""
        self.log.write()
        if self._rungs:
            last = self._session.execute(_LAST).scalar() or 0
            self._session.execute(_ADD_RUNG, [rung.row for rung in self._rungs])
            found = self._session.execute(_ADDED, {"last": last})
            notices = self._notices({row.event_id: row.id for row in found})
            if notices:
                self._session.execute(_ADD_NOTICE, notices)
        for climb in climbs:
            climb.schedule()
            self._session.add(climb.clock)
        self._session.flush()

    def _notices(self, ids: Mapping[int, int]) -> list[dict[str, Any]]:
        """People get one notice a ticket, for the highest rung; a rung that found nobody has none.

        While that one waits for the morning, whoever is awake below it is told all the same.
        """
        by_matter: dict[tuple[str, int], list[_Rung]] = {}
        for rung in self._rungs:
            if rung.people:
                by_matter.setdefault(rung.matter, []).append(rung)
        found = []
        for rungs in by_matter.values():
            # By role before number: the repeats of one clock may outnumber the whole ladder of another.
            rungs.sort(key=lambda rung: (rank(rung.row["role"]), int(rung.row["rung"])))
            highest = rungs[-1:]
            awake = [rung for rung in rungs if rung.waits is None][-1:]
            for rung in highest if highest == awake else highest + awake:
                found += _notices_of(rung, ids[rung.row["event_id"]])
        return found


@dataclass(frozen=True, slots=True)
class _Rung:
    """A rung to be written: its row, the ids of those told, until when their notice waits."""

    row: dict[str, Any]
    people: tuple[int, ...]
    waits: int | None

    @property
    def matter(self) -> tuple[str, int]:
        """What people get one notice for: a ticket, or a shift."""
        ticket_id = self.row["ticket_id"]
        return ("ticket", ticket_id) if ticket_id is not None else ("shift", self.row["subject_id"])


def _notices_of(rung: _Rung, escalation_id: int) -> list[dict[str, Any]]:
    at = rung.row["fired_at"] if rung.waits is None else rung.waits
    return [
        {"event_id": rung.row["event_id"], "escalation_id": escalation_id, "staff_id": staff_id,
         "state": "waiting", "created_at": rung.row["fired_at"], "send_from": at, "not_before": at,
         "attempts": 0, "delivered": "[]"}
        for staff_id in rung.people
    ]  # fmt: skip
