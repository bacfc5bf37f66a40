"""The board's questions as SQL: asked through a session at every change, and once before SQLModel is imported.

Plain SQL that SQLite and PostgreSQL both take, with named parameters; no ``None`` is hidden in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

# Asks one question with named parameters; the rows answer by column name and by place.
Ask = Callable[[str, Mapping[str, object]], Iterable[Any]]

# Every running clock with its ticket, by due time: the first of each ticket is what is due next on it. A cross
# join keeps SQLite to the order of the tables: few clocks run, and few tickets are of one household. Left to
# choose, it reads every ticket there is once somebody has run ANALYZE on the store.
RUNNING = """
SELECT ticket.id, ticket.number, ticket.kind, ticket.category, ticket.grade, ticket.unit, ticket.place,
       (SELECT member.name FROM member WHERE member.household_id = ticket.household_id
        ORDER BY member.position, member.id LIMIT 1) AS household,
       ticket.words, staff.name AS assignee, ticket.assignee_id, ticket.about_staff_id,
       clock.kind AS step, clock.due_at, clock.warn_at, clock.by_agreement, clock.agreed_at,
       clock.at_once, clock.provisional
FROM {tables}
LEFT JOIN staff ON staff.id = ticket.assignee_id
WHERE ticket.id = clock.ticket_id AND clock.next_at > 0 {only}
ORDER BY clock.due_at, clock.id
"""
_FEW_RUN = "clock CROSS JOIN ticket"
EVERYWHERE = RUNNING.format(tables=_FEW_RUN, only="")
OF_DESK = RUNNING.format(tables=_FEW_RUN, only="AND ticket.desk = :desk")
OF_HOUSEHOLD = RUNNING.format(
    tables="ticket CROSS JOIN clock", only="AND ticket.household_id = :household"
)

# What was escalated on open tickets and nobody acknowledged; the warning is no alarm. The cross join makes
# SQLite start from the few open tickets; else it reads every escalation there ever was.
WAITING = """
SELECT ticket.id, ticket.number, ticket.unit, ticket.place, ticket.category, ticket.grade, ticket.words,
       ticket.about_staff_id, clock.kind AS clock, escalation.rung, escalation.role, escalation.people,
       escalation.due_at, escalation.fired_at, escalation.id AS escalation_id
FROM ticket CROSS JOIN escalation
JOIN clock ON clock.id = escalation.subject_id
WHERE ticket.state = 'open' AND escalation.ticket_id = ticket.id AND escalation.subject = 'clock'
  AND escalation.acknowledged_at IS NULL AND escalation.rung > 0
ORDER BY escalation.id
"""
# The notices of those escalations, and who was rung about a ticket that is still open.
NOTICES = """
SELECT outbox.escalation_id, staff.name, outbox.state, outbox.not_before, outbox.settled_at
FROM ticket CROSS JOIN escalation CROSS JOIN outbox
JOIN staff ON staff.id = outbox.staff_id
WHERE ticket.state = 'open' AND escalation.ticket_id = ticket.id AND escalation.subject = 'clock'
  AND escalation.acknowledged_at IS NULL AND escalation.rung > 0
  AND outbox.escalation_id = escalation.id
ORDER BY outbox.id
"""
CALLS = """
SELECT phone_call.ticket_id, phone_call.whom, phone_call.at, staff.name AS by_whom
FROM ticket CROSS JOIN phone_call
JOIN staff ON staff.id = phone_call.staff_id
WHERE ticket.state = 'open' AND phone_call.ticket_id = ticket.id
ORDER BY phone_call.id
"""
# Whom no notice reached, of those given up lately: few, by their own index. Who signed or was rung knows.
DEAD = """
SELECT staff.name, ticket.about_staff_id
FROM outbox CROSS JOIN escalation
JOIN staff ON staff.id = outbox.staff_id
LEFT JOIN ticket ON ticket.id = escalation.ticket_id
LEFT JOIN shift ON shift.id = escalation.subject_id AND escalation.subject = 'shift'
WHERE escalation.id = outbox.escalation_id AND outbox.state = 'dead' AND outbox.settled_at >= :since
  AND escalation.acknowledged_at IS NULL
  AND (ticket.state = 'open' OR (shift.id IS NOT NULL AND shift.ended_at IS NULL))
  AND NOT EXISTS (SELECT 1 FROM phone_call WHERE phone_call.ticket_id = ticket.id
                  AND phone_call.whom = staff.name AND phone_call.at >= outbox.created_at)
ORDER BY outbox.settled_at, outbox.id
"""
PHONES = "SELECT id, phone FROM staff"
STAFF_NAMED = "SELECT id FROM staff WHERE name = :name"
PROPERTY = "SELECT name, language, rehearsal FROM property WHERE id = 1"
DRAFTS = "SELECT count(*) FROM draft WHERE desk = :desk"
EVENTS = "SELECT events FROM chain_head WHERE id = 1"
# A probe of each partial index: when a sweep will find something.
NEXT = """
SELECT min(at) FROM (SELECT min(next_at) AS at FROM clock WHERE next_at IS NOT NULL
                     UNION ALL SELECT min(relief_at) FROM shift WHERE relief_at IS NOT NULL) AS due
"""
# One probe as well: when a notice may be sent. Whoever leases one puts its next try to the lease's end, so that
# this tells of free ones only.
NEXT_NOTICE = "SELECT min(not_before) FROM outbox WHERE state = 'waiting'"
# When a copy of a signed summary may be made, by the same bargain.
NEXT_COPY = "SELECT min(not_before) FROM summary_copy WHERE state = 'waiting'"
# Copies that failed and wait for their next try, and those given up lately: of few rows, by their newest.
STUCK_COPIES = """
SELECT newest.shift_id, newest.way, newest.state, newest.problem FROM (
    SELECT id, shift_id, way, state, problem, settled_at FROM summary_copy ORDER BY id DESC LIMIT 60
) AS newest
WHERE newest.problem IS NOT NULL
  AND (newest.state = 'waiting' OR (newest.state = 'dead' AND newest.settled_at >= :since))
ORDER BY newest.id
"""
BEAT = "SELECT max(at) FROM heartbeat"
# All that an empty sweep has to know, in one question.
SWEEP = f"SELECT ({BEAT}), ({NEXT})"
# When somebody last confirmed the wall clock, if that is among the newest facts; older ones answer nothing.
CONFIRMED = """
SELECT max(newest.at) FROM (SELECT at, kind FROM event ORDER BY id DESC LIMIT 100) AS newest
WHERE newest.kind = 'clock.confirmed'
"""
# One row a desk: the last stretch that ended lately in which nobody kept watch.
GAP = """
SELECT gap_from, gap_until FROM heartbeat
WHERE gap_from IS NOT NULL AND gap_until >= :since
ORDER BY gap_until DESC, gap_from LIMIT 1
"""
SHIFT = """
SELECT shift.id, shift.desk, shift.started_at, staff.name AS staff, shift.staff_id
FROM shift JOIN staff ON staff.id = shift.staff_id
WHERE shift.desk = :desk AND shift.ended_at IS NULL
"""
# What was escalated of open shifts and nobody signed for, by its own few rows.
RELIEFS = """
SELECT shift.id, shift.desk, staff.name AS staff, shift.planned_until, escalation.rung, escalation.role,
       escalation.people, escalation.fired_at
FROM shift JOIN staff ON staff.id = shift.staff_id CROSS JOIN escalation
WHERE shift.ended_at IS NULL AND escalation.subject = 'shift' AND escalation.subject_id = shift.id
  AND escalation.acknowledged_at IS NULL
ORDER BY shift.planned_until, shift.id, escalation.rung
"""
POLICY = "SELECT text FROM policy_version ORDER BY id DESC LIMIT 1"
CALENDAR = "SELECT text FROM calendar_version ORDER BY id DESC LIMIT 1"
REVISION = "SELECT version_num FROM alembic_version"
