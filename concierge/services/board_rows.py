"""From the board's SQL rows to its frozen view; nothing heavy is imported, for the first look needs it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from concierge.domain.roles import rank
from concierge.domain.ticket import is_to_be_agreed
from concierge.services.views import (
    Alarm,
    Board,
    BoardRow,
    Delivery,
    PhoneCallView,
    ReliefAlarm,
    ShiftView,
    StuckCopy,
)
from concierge.store import board_sql
from concierge.store.board_sql import Ask

BEHIND_SECONDS = 120
# Long enough to be read by whoever opens the desk, short enough not to become part of the furniture.
GAP_SHOWN_SECONDS = 30 * 60
DEAD_SHOWN_SECONDS = 24 * 60 * 60


def is_held(beat: int | None, now: int) -> bool:
    """Whether the wall clock is behind the last heartbeat by more than two minutes."""
    return beat is not None and now < beat - BEHIND_SECONDS


def read_board(ask: Ask, *, desk: str, viewer: str | None, now: int) -> Board:
    """The whole board from one consistent state of the store.

    Args:
        ask: Puts a question to the store.
        desk: The desk's name.
        viewer: Who looks; tickets about that person are left out.
        now: The present instant.
    """
    hidden = _one(ask(board_sql.STAFF_NAMED, {"name": viewer})) if viewer is not None else None
    alarms = _alarms(ask, hidden)
    home = next(iter(ask(board_sql.PROPERTY, {})))
    shift = next(iter(ask(board_sql.SHIFT, {"desk": desk})), None)
    beat = _one(ask(board_sql.BEAT, {}))
    gap = next(iter(ask(board_sql.GAP, {"since": now - GAP_SHOWN_SECONDS})), None)
    return Board(
        property_name=home[0],
        desk=desk,
        rehearsal=bool(home[2]),
        language=home[1],
        rows=first_of_each(
            ask(board_sql.EVERYWHERE, {}),
            hidden=hidden,
            alarmed=frozenset(alarm.ticket_id for alarm in alarms),
        ),
        alarms=alarms,
        drafts=_one(ask(board_sql.DRAFTS, {"desk": desk})) or 0,
        last_event=_one(ask(board_sql.EVENTS, {})) or 0,
        shift=_shift(shift) if shift is not None else None,
        held=is_held(beat, now),
        beat=beat,
        gap=(gap[0], gap[1]) if gap is not None else None,
        dead=_dead(ask, hidden, now),
        reliefs=_reliefs(ask),
        stuck=tuple(
            StuckCopy(*row)
            for row in ask(board_sql.STUCK_COPIES, {"since": now - DEAD_SHOWN_SECONDS})
        ),
    )


def first_of_each(
    rows: Iterable[Any], *, hidden: int | None = None, alarmed: frozenset[int] = frozenset()
) -> tuple[BoardRow, ...]:
    """Of each ticket the clock due first; the rows of ``board_sql.RUNNING`` come by due time."""
    found: dict[int, BoardRow] = {}
    for row in rows:
        (ticket_id, number, kind, category, grade, unit, place, household, words, assignee,
         assignee_id, about, step, due_at, warn_at, by_agreement, agreed_at, at_once,
         provisional) = row  # fmt: skip
        if ticket_id in found or (hidden is not None and about == hidden):
            continue
        found[ticket_id] = BoardRow(
            ticket_id=ticket_id,
            number=number,
            kind=kind,
            category=category,
            grade=grade,
            unit=unit,
            place=place,
            household=household,
            words=words,
            assignee=assignee,
            assignee_id=assignee_id,
            step=step,
            due_at=due_at,
            warn_at=warn_at,
            to_be_agreed=is_to_be_agreed(
                by_agreement=bool(by_agreement), agreed_at=agreed_at, at_once=at_once
            ),
            provisional=bool(provisional),
            unacknowledged=ticket_id in alarmed,
        )
    return tuple(found.values())


def _alarms(ask: Ask, hidden: int | None) -> tuple[Alarm, ...]:
    """Of each ticket the highest rung nobody acknowledged; major matters first, then the oldest."""
    phones = {staff_id: phone for staff_id, phone in ask(board_sql.PHONES, {})}  # noqa: C416 rows are no pairs
    found: dict[int, Alarm] = {}
    notices, calls = _notices(ask), _calls(ask)
    for row in ask(board_sql.WAITING, {}):
        (ticket_id, number, unit, place, category, grade, words, about, clock, rung, role, people,
         due_at, fired_at, escalation_id) = row  # fmt: skip
        if hidden is not None and about == hidden:
            continue
        known = found.get(ticket_id)
        if known is not None and rank(known.to) > rank(role):
            continue  # a repeat to the supervisor does not hide that nobody above has signed
        told = json.loads(people)
        found[ticket_id] = Alarm(
            ticket_id=ticket_id,
            number=number,
            unit=unit,
            place=place,
            category=category,
            grade=grade,
            words=words,
            clock=clock,
            rung=rung,
            to=role,
            people=tuple(name for _, name in told),
            phones=tuple(phones.get(staff_id) for staff_id, _ in told),
            due_at=due_at,
            fired_at=fired_at,
            deliveries=tuple(notices[escalation_id]),
            calls=tuple(calls[ticket_id]),
        )
    return tuple(sorted(found.values(), key=lambda alarm: (alarm.grade != "major", alarm.fired_at)))


def _reliefs(ask: Ask) -> tuple[ReliefAlarm, ...]:
    """Of each shift that nobody relieved the highest rung; the phones are read only when there is one."""
    found: dict[int, Any] = {row[0]: row for row in ask(board_sql.RELIEFS, {})}
    phones = {each[0]: each[1] for each in ask(board_sql.PHONES, {})} if found else {}
    return tuple(
        ReliefAlarm(
            shift=shift,
            desk=desk,
            staff=staff,
            planned_until=until,
            rung=rung,
            to=role,
            people=tuple(name for _, name in json.loads(people)),
            phones=tuple(phones.get(staff_id) for staff_id, _ in json.loads(people)),
            fired_at=fired_at,
        )
        for shift, desk, staff, until, rung, role, people, fired_at in found.values()
    )


def delivery(name: str, state: str, not_before: int, settled_at: int | None) -> Delivery:
    """A notice as it stands: settled at an instant, or waiting for its next try."""
    return Delivery(name, state, not_before if settled_at is None else settled_at)


def _notices(ask: Ask) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    for escalation_id, name, state, not_before, settled_at in ask(board_sql.NOTICES, {}):
        found[escalation_id].append(delivery(name, state, not_before, settled_at))
    return found


def _calls(ask: Ask) -> dict[int, list[PhoneCallView]]:
    found: dict[int, list[PhoneCallView]] = defaultdict(list)
    for ticket_id, whom, at, by in ask(board_sql.CALLS, {}):
        found[ticket_id].append(PhoneCallView(whom, at, by))
    return found


def _dead(ask: Ask, hidden: int | None, now: int) -> tuple[str, ...]:
    """Whom a notice could not reach, each once; of matters about ``hidden`` nothing is said."""
    rows = ask(board_sql.DEAD, {"since": now - DEAD_SHOWN_SECONDS})
    return tuple(dict.fromkeys(name for name, about in rows if hidden is None or about != hidden))


def _shift(row: Any) -> ShiftView:
    return ShiftView(
        id=row[0], desk=row[1], state="open", started_at=row[2], ended_at=None,
        staff=row[3], staff_id=row[4],
    )  # fmt: skip


def _one(rows: Iterable[Any]) -> int | None:
    row = next(iter(rows), None)
    return None if row is None else row[0]
