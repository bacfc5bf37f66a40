"""Complaints that come again: found when one is taken in or changed, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.domain.household import parse_unit
from concierge.domain.repeated import Complaint, Reason, Repeated, reasons_in_any_order, unsolved_at
from concierge.services.desk import Desk
from concierge.services.news_views import RepeatView
from concierge.store.tables import Household, Ticket

_DAY = 24 * 60 * 60
_TABLES = SQLModel.metadata.tables
_TICKET, _HOUSEHOLD = (
    _TABLES[str(Ticket.__tablename__)],
    _TABLES[str(Household.__tablename__)],
)
# One range of the index on category and received_at; every save of a complaint asks, so it is built once.
_AROUND = (
    sqlalchemy.select(
        _TICKET.c.number,
        _TICKET.c.unit,
        _TICKET.c.received_at,
        _HOUSEHOLD.c.unit.label("home"),
        _HOUSEHOLD.c.building,
    )
    .select_from(_TICKET.outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _TICKET.c.household_id))
    .where(
        _TICKET.c.category == sqlalchemy.bindparam("category"),
        _TICKET.c.received_at.between(sqlalchemy.bindparam("since"), sqlalchemy.bindparam("until")),
        _TICKET.c.kind == "complaint",
        _TICKET.c.state != "cancelled",
        _TICKET.c.unit.is_not(None),
    )
    .order_by(_TICKET.c.received_at, _TICKET.c.id)
)
_HOME = sqlalchemy.select(_HOUSEHOLD.c.unit, _HOUSEHOLD.c.building)


def repeats_of(session: Session, desk: Desk, ticket: Ticket) -> tuple[Reason, ...]:
    """Why a complaint is a repeated matter under the rules in force, the nearest reason first."""
    if ticket.unit is None or desk.rules.policy.repeated is None:
        return ()
    home = None
    if ticket.household_id is not None:
        home = session.execute(_HOME.where(_HOUSEHOLD.c.id == ticket.household_id)).first()
    new = _complaint(ticket.number, ticket.unit, ticket.received_at, home)
    return _repeats(session, desk.rules.policy.repeated, ticket.category, new)


def look_for_repeats(
    desk: Desk, *, category: str, unit: str, received_at: int
) -> tuple[RepeatView, ...]:
    """Why a complaint about to be taken in would be a repeated matter; empty when it would be none.

    Args:
        desk: The desk that asks, for the offer before anything is saved.
        category: Its code; inquiries, errands and what is major anyhow are never offered.
        unit: The unit as it is written or typed; of one that can be read in two ways nothing is said.
        received_at: When the resident spoke, in seconds since the epoch, UTC.
    """
    rules, found = desk.rules.policy.repeated, desk.rules.policy.categories.get(category)
    if rules is None or found is None or found.kind != "complaint" or found.grade == "major":
        return ()
    readings = [code.text for code in parse_unit(unit)] or [unit.strip()]
    with desk.store.read() as session:
        homes = session.execute(_HOME.where(_HOUSEHOLD.c.unit.in_(readings))).all()
        if len(homes) > 1 or (not homes and len(readings) > 1):
            return ()
        home = homes[0] if homes else None
        new = _complaint("", readings[0], received_at, home)
        return tuple(
            RepeatView(each.kind, each.count, rules.window // _DAY, each.numbers)
            for each in _repeats(session, rules, category, new)
        )


def _repeats(
    session: Session, rules: Repeated, category: str, new: Complaint
) -> tuple[Reason, ...]:
    # Of what was written down late there may be later ones already.
    span = {
        "category": category,
        "since": new.received_at - rules.window,
        "until": new.received_at + rules.window,
    }
    others = [
        _complaint(row.number, row.unit, row.received_at, row if row.home else None)
        for row in session.execute(_AROUND, span)
    ]
    return reasons_in_any_order(rules, new, others)


def _complaint(number: str, unit: str, received_at: int, home: Any) -> Complaint:
    """A complaint by its household: the one on file, else whatever unit was said.

    Both go by the unit, so that calls from before a household was entered count as its own.
    """
    if home is None:
        return Complaint(number, unit, unit.partition("-")[0], received_at)
    return Complaint(number, getattr(home, "home", home.unit), home.building, received_at)


def reason_data(rules: Repeated, reason: Reason) -> dict[str, object]:
    """What the log keeps of a reason; ``days`` is the window it was counted in."""
    days = rules.window // _DAY
    return {"kind": reason.kind, "count": reason.count, "numbers": reason.numbers, "days": days}


def weigh(
    session: Session, desk: Desk, ticket: Ticket, *, chosen: str | None, offered: bool
) -> Mapping[str, object]:
    """Settle at intake whether a complaint is a repeated matter and when a sweep has to look at it.

    Whoever was shown the offer decided; where nobody was (the command line, a program), the next sweep
    raises it.

    Args:
        session: The session that saves the ticket.
        desk: The desk.
        ticket: The new ticket; its ``raise_at`` and ``grade_reason`` are set.
        chosen: The grade that was asked for, if any.
        offered: Whether somebody was asked and could have made it major.

    Returns:
        What the event of its intake says of that.
    """
    rules = desk.rules.policy.repeated
    by_hand = ticket.grade == "major" and chosen == "major"
    if rules is None or not (may_climb(ticket) or (by_hand and ticket.kind == "complaint")):
        return {}
    category = desk.rules.policy.categories[ticket.category]
    found = repeats_of(session, desk, ticket) if category.grade != "major" else ()
    said: dict[str, object] = {}
    if found:
        said["repeats"] = [reason_data(rules, reason) for reason in found]
    if by_hand:
        ticket.grade_reason = found[0].kind if found else None
        return said
    declined = offered or chosen == "ordinary"
    if found and not declined:
        ticket.raise_at = ticket.logged_at
        return said
    ticket.raise_at = max(unsolved_at(rules, ticket.received_at) or 0, ticket.logged_at)
    return {**said, "declined": True} if found else said


def weigh_again(
    session: Session, desk: Desk, ticket: Ticket, now: int, *, moved: bool, decided: bool
) -> None:
    """Settle anew when a sweep has to look at a ticket: its category or grade changed, or it was reopened.

    Args:
        session: The session that saves the ticket.
        desk: The desk.
        ticket: The ticket as it is after the change.
        now: The present instant in seconds since the epoch, UTC.
        moved: Whether it came into another category, in which it may be a repeated matter.
        decided: Whether a person just said that it is ordinary: that holds for as long as a complaint may
            stay unsolved.
    """
    rules = desk.rules.policy.repeated
    if rules is None or not may_climb(ticket):
        ticket.raise_at = None
        return
    at = unsolved_at(rules, ticket.received_at) or now
    if moved and not decided and repeats_of(session, desk, ticket):
        ticket.raise_at = now
    elif at > now:
        ticket.raise_at = at
    else:
        ticket.raise_at = now + rules.unsolved if decided else max(ticket.raise_at or now, now)


def may_climb(ticket: Ticket) -> bool:
    """Only an open complaint that is ordinary can still become major by itself."""
    return (ticket.kind, ticket.state, ticket.grade) == ("complaint", "open", "ordinary")
