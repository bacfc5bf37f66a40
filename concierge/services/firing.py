"""Putting rungs on record, with whom they tell and when: all of one transaction in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlmodel import Session, col, select

from concierge.domain.escalation import WARNING, NextRung
from concierge.services.climb import Climb, fired_rung
from concierge.services.desk import Desk
from concierge.services.views import Fired
from concierge.store.audit import Log, Stamp
from concierge.store.tables import Escalation, Outbox, Staff, Ticket


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


class Firing:
    """The rungs that fire in one write transaction. Nothing is in the store before ``finish``.

    The unique key (subject, generation, rung) makes a second record of a rung impossible.
    """

    def __init__(self, session: Session, desk: Desk, stamp: Stamp) -> None:
        self.log = Log(session)
        self.stamp = stamp
        self._session = session
        self._desk = desk
        self._roll = Roll(session)
        self._rows: list[tuple[Climb, Escalation]] = []

    def fire(
        self, climb: Climb, rung: NextRung, *, by_hand: bool = False, reason: str | None = None
    ) -> Fired:
        """Put a rung on record; nobody on duty is recorded, not silent."""
        clock, ticket, at = climb.clock, climb.ticket, self.stamp.at
        people = self._roll.told(ticket, rung.to, rung.rung)
        held = climb.quiet_until(rung.to, rung.at) if people else None
        late = 0 if by_hand else at - rung.at
        names = tuple(person.name for person in people)
        assert clock.id is not None
        data: Mapping[str, object] = {
            "clock": clock.kind, "generation": clock.generation, "rung": rung.rung, "to": rung.to,
            "people": names, "due_at": rung.at, "late_seconds": late, "by_hand": by_hand,
            "held_until": held,
        }  # fmt: skip
        row = Escalation(
            subject_id=clock.id,
            ticket_id=ticket.id,
            generation=clock.generation,
            rung=rung.rung,
            role=rung.to,
            people=json.dumps([[person.id, person.name] for person in people], ensure_ascii=False),
            due_at=rung.at,
            fired_at=at,
            by_hand=by_hand,
            reason=reason,
            held_until=held,
            event_id=self.log.append(
                self.stamp,
                "ticket.escalated",
                data,
                ticket_id=ticket.id,
                personal={"reason": reason} if reason else None,
            ),
        )
        self._rows.append((climb, row))
        climb.fired.append(fired_rung(row))
        climb.schedule()
        return Fired(
            ticket.number, clock.kind, clock.generation, rung.rung, rung.to, names, rung.at, late
        )

    def finish(self) -> None:
        """Write the log, the rungs, the clocks and the notices."""
        self.log.write()
        self._session.add_all(row for _, row in self._rows)
        self._session.flush()
        self._session.add_all(self._notices())
        self._session.flush()

    def _notices(self) -> list[Outbox]:
        """People get one notice a ticket, for the highest rung; a rung that found nobody has none.

        While that one waits for the morning, whoever is awake below it is told all the same.
        """
        by_ticket: dict[int | None, list[tuple[int | None, Escalation]]] = {}
        for climb, row in self._rows:
            if row.people != "[]":
                waits = climb.quiet_until(row.role, row.fired_at)
                by_ticket.setdefault(row.ticket_id, []).append((waits, row))
        found = []
        for rows in by_ticket.values():
            rows.sort(key=lambda each: each[1].rung)
            highest, awake = rows[-1:], [each for each in rows if each[0] is None][-1:]
            for waits, row in highest if highest == awake else highest + awake:
                found += _notices_of(row, waits)
        return found


def _notices_of(row: Escalation, waits: int | None) -> list[Outbox]:
    assert row.id is not None
    at = row.fired_at if waits is None else waits
    return [
        Outbox(
            event_id=row.event_id,
            escalation_id=row.id,
            staff_id=staff_id,
            created_at=row.fired_at,
            send_from=at,
            not_before=at,
        )
        for staff_id, _name in json.loads(row.people)
    ]
