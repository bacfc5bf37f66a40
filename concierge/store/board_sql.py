"""The board's questions as SQL: asked through a session at every change, and once before SQLModel is imported.

Plain SQL that SQLite and PostgreSQL both take, with named parameters; no ``None`` is hidden in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

# Asks one question with named parameters; the rows answer by column name and by place.
Ask = Callable[[str, Mapping[str, object]], Iterable[Any]]

# Every running clock with its ticket, by due time: the first of each ticket is what is due next on it.
RUNNING = """
SELECT ticket.id, ticket.number, ticket.kind, ticket.category, ticket.grade, ticket.unit, ticket.place,
       (SELECT member.name FROM member WHERE member.household_id = ticket.household_id
        ORDER BY member.position, member.id LIMIT 1) AS household,
       ticket.words, staff.name AS assignee, ticket.assignee_id, ticket.about_staff_id,
       clock.kind AS step, clock.due_at, clock.warn_at, clock.by_agreement, clock.agreed_at,
       clock.at_once, clock.provisional
FROM clock
JOIN ticket ON ticket.id = clock.ticket_id
LEFT JOIN staff ON staff.id = ticket.assignee_id
WHERE clock.next_at IS NOT NULL {only}
ORDER BY clock.due_at, clock.id
"""
EVERYWHERE = RUNNING.format(only="")
OF_DESK = RUNNING.format(only="AND ticket.desk = :desk")
OF_HOUSEHOLD = RUNNING.format(only="AND ticket.household_id = :household")

# What was escalated on open tickets and nobody acknowledged; the warning is no alarm. The cross join makes
# SQLite start from the few open tickets; else it reads every escalation there ever was.
WAITING = """
SELECT ticket.id, ticket.number, ticket.unit, ticket.place, ticket.category, ticket.grade, ticket.words,
       ticket.about_staff_id, clock.kind AS clock, escalation.rung, escalation.role, escalation.people,
       escalation.due_at, escalation.fired_at
FROM ticket CROSS JOIN escalation
JOIN clock ON clock.id = escalation.subject_id
WHERE ticket.state = 'open' AND escalation.ticket_id = ticket.id AND escalation.subject = 'clock'
  AND escalation.acknowledged_at IS NULL AND escalation.rung > 0
ORDER BY escalation.id
"""
PHONES = "SELECT id, phone FROM staff"
STAFF_NAMED = "SELECT id FROM staff WHERE name = :name"
PROPERTY = "SELECT name, language, rehearsal FROM property WHERE id = 1"
DRAFTS = "SELECT count(*) FROM draft WHERE desk = :desk"
EVENTS = "SELECT events FROM chain_head WHERE id = 1"
# One probe of the partial index: when a sweep will find something.
NEXT = "SELECT min(next_at) FROM clock WHERE next_at IS NOT NULL"
BEAT = "SELECT max(at) FROM heartbeat"
SHIFT = """
SELECT shift.id, shift.desk, shift.started_at, staff.name AS staff, shift.staff_id
FROM shift JOIN staff ON staff.id = shift.staff_id
WHERE shift.desk = :desk AND shift.ended_at IS NULL
"""
POLICY = "SELECT text FROM policy_version ORDER BY id DESC LIMIT 1"
CALENDAR = "SELECT text FROM calendar_version ORDER BY id DESC LIMIT 1"
REVISION = "SELECT version_num FROM alembic_version"
