"""A handover's questions as SQL: a fixed number of them, however many matters there are.

Plain SQL that SQLite and PostgreSQL both take, with named parameters.
"""

from __future__ import annotations

# Every running clock of a desk with its ticket, by due time: the first of each ticket is its next step. As
# everywhere here, a cross join keeps SQLite to the order of the tables, whatever ANALYZE told it.
MATTERS = """
SELECT ticket.id, ticket.number, ticket.kind, ticket.category, ticket.grade, ticket.unit, ticket.place,
       (SELECT member.name FROM member WHERE member.household_id = ticket.household_id
        ORDER BY member.position, member.id LIMIT 1) AS household,
       ticket.words, staff.name AS assignee, ticket.about_staff_id AS about, ticket.counted_from,
       clock.kind AS step, clock.due_at, clock.by_agreement, clock.agreed_at, clock.agreed_with,
       clock.at_once
FROM clock CROSS JOIN ticket
LEFT JOIN staff ON staff.id = ticket.assignee_id
WHERE ticket.id = clock.ticket_id AND clock.next_at > 0 AND ticket.desk = :desk
ORDER BY clock.due_at, clock.id
"""
# The same of every desk where no shift is open: whoever takes over anywhere is told of them.
ELSEWHERE = """
SELECT ticket.desk, ticket.number, ticket.kind, ticket.category, ticket.grade, ticket.unit, ticket.place,
       ticket.words, staff.name AS assignee, ticket.about_staff_id AS about, clock.kind AS step,
       clock.due_at, clock.by_agreement, clock.agreed_at, clock.at_once
FROM clock CROSS JOIN ticket
LEFT JOIN staff ON staff.id = ticket.assignee_id
WHERE ticket.id = clock.ticket_id AND clock.next_at > 0
  AND NOT EXISTS (SELECT 1 FROM shift WHERE shift.desk = ticket.desk AND shift.ended_at IS NULL)
ORDER BY clock.due_at, clock.id
"""
# Who was told of the open ones by a rung, and who was rung; the cross join starts from the few open tickets.
RUNGS = """
SELECT escalation.ticket_id, escalation.rung, escalation.role, escalation.people,
       escalation.acknowledged_at
FROM ticket CROSS JOIN escalation
WHERE ticket.state = 'open' AND ticket.desk = :desk AND escalation.ticket_id = ticket.id
  AND escalation.subject = 'clock'
ORDER BY escalation.id
"""
CALLS = """
SELECT phone_call.ticket_id, phone_call.whom
FROM ticket CROSS JOIN phone_call
WHERE ticket.state = 'open' AND ticket.desk = :desk AND phone_call.ticket_id = ticket.id
ORDER BY phone_call.id
"""
# What was acknowledged in a handover, with the ticket's number.
ACKNOWLEDGED = """
SELECT handover_matter.ticket_id, ticket.number, handover_matter.grouped, handover_matter.why,
       handover_matter.at, staff.name AS staff
FROM handover_matter
JOIN ticket ON ticket.id = handover_matter.ticket_id
JOIN staff ON staff.id = handover_matter.staff_id
WHERE handover_matter.handover_id = :handover
ORDER BY handover_matter.id
"""
# What was counted last of one thing, in the handovers of a desk that were signed before a shift's own: back
# from the newest, no further than needed. That it asks for no dropped one names the index of the others.
COUNTED_LAST = """
SELECT handover_count.item, handover_count.counted, handover_count.expected, handover_count.word,
       handover_count.at
FROM shift CROSS JOIN handover CROSS JOIN handover_count
WHERE shift.desk = :desk AND shift.id < :shift AND handover.shift_id = shift.id
  AND handover.state != 'dropped' AND handover.state = 'signed'
  AND handover_count.handover_id = handover.id AND handover_count.item = :item
ORDER BY shift.id DESC LIMIT 1
"""
# Every count of these that fell short of what there should have been, the oldest first: they are few.
COUNTED_SHORT = """
SELECT handover_count.item, handover_count.counted, handover_count.expected, handover_count.word,
       handover_count.at
FROM handover_count CROSS JOIN handover CROSS JOIN shift
WHERE handover_count.counted < handover_count.expected AND handover.id = handover_count.handover_id
  AND handover.state = 'signed' AND shift.id = handover.shift_id
  AND shift.desk = :desk AND shift.id < :shift
ORDER BY shift.id, handover_count.id
"""
# Instructions whose first or last day lies between two days; whoever asks puts the units in order, which each
# database would do in its own language's.
TURNING = """
SELECT household.unit, instruction.text, instruction.starts_on, instruction.ends_on,
       instruction.from_time, instruction.to_time
FROM instruction CROSS JOIN household
WHERE household.id = instruction.household_id AND instruction.ended_at IS NULL
  AND (instruction.starts_on BETWEEN :first AND :last OR instruction.ends_on BETWEEN :first AND :last)
ORDER BY instruction.id
"""
NOTES = """
SELECT shift_note.id, shift_note.at, staff.name AS staff, shift_note.text, shift_note.flag,
       shift_note.unit, ticket.number, ticket.about_staff_id AS about
FROM shift_note
JOIN staff ON staff.id = shift_note.staff_id
LEFT JOIN ticket ON ticket.id = shift_note.ticket_id
WHERE shift_note.shift_id = :shift
ORDER BY shift_note.id
"""
