"""Forgetting people who moved out: they are gone from rows, events and texts; tickets and figures stay.

The erasable half of every event about them is deleted, so that the chain of the log stays whole. What tells
them in a text is said in ``domain.traces``; where a name may be another person's ``before_forgetting`` shows
the text first, and its name goes only when somebody chose it. Once the names are erased there is nothing left
to look for, so whoever asks must see these texts before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services.desk import Desk
from concierge.services.forgetting_doubts import Chosen, Scope, still_named, unchosen
from concierge.services.forgetting_erasing import Gone, empty_file, erase, mask_file, scope_of
from concierge.services.forgetting_search import Sighted, Tell, look, renewed
from concierge.services.forgetting_tickets import drop_drafts, elsewhere, in_the_way, tickets_of
from concierge.services.forgetting_traces import (
    halves_of,
    old_halves,
    traces_of_household,
    traces_of_member,
)
from concierge.services.household_changing import changing
from concierge.services.household_views import BeforeForgetting, Forgotten
from concierge.services.people import find_staff, require
from concierge.services.units import find_unit
from concierge.store.scrubbing import scrub
from concierge.store.tables import EventPersonal, Household, Member, Ticket

_ALLOWED = "household.forget"


@dataclass(frozen=True, slots=True)
class _Survey:
    """What was read before the store was locked."""

    old: frozenset[int]
    seen: Sighted
    scope: Scope
    still_here: bool
    open_tickets: tuple[str, ...]


def before_forgetting(
    desk: Desk,
    *,
    unit: str,
    actor: str,
    member: int | None = None,
    also: Collection[str] = (),
    tell: Tell | None = None,
) -> BeforeForgetting:
    """Texts that forgetting would leave and that may name whom it forgets, and what is in its way.

    Nothing is erased. ``also`` are places somebody chose already.

    Raises:
        Refusal: as ``forget_household`` does for who asks, for the unit and for ``also``.
    """
    survey = _survey(desk, unit, actor, member, tell)
    with desk.store.read() as session:
        places = still_named(session, survey.seen, survey.scope)
        return BeforeForgetting(
            survey.scope.unit,
            unchosen(session, places, Chosen.of({*also})),
            survey.open_tickets,
            survey.still_here,
            survey.seen.traces.tell_somebody(),
        )


def forget_household(
    desk: Desk,
    *,
    unit: str,
    actor: str,
    reason: str | None = None,
    also: Collection[str] = (),
    tell: Tell | None = None,
) -> Forgotten:
    """Forget everybody of a household that moved out; the flat stays, with an empty file.

    Args:
        desk: The desk.
        unit: In any spelling.
        actor: Who decides it.
        reason: Why, for the log.
        also: Places of ``before_forgetting`` that somebody looked at and that do name them.
        tell: Told how far the store was read.

    Raises:
        Refusal: ``role.needed``; ``forget.still-here`` until a day of moving out is entered;
            ``forget.open-tickets``; ``forget.nobody-known`` for ``also`` without anybody on record;
            ``ticket.unknown``; what ``changing`` refuses.
        StoreProblem: when the store cannot be written.
    """
    survey = _survey(desk, unit, actor, None, tell)
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        if change.household.moved_out is None:
            raise Refusal("forget.still-here", name=change.household.unit)
        halves = halves_of(change.session, change.id, survey.old)
        traces = traces_of_household(change.session, change.household, halves)
        _must_know(traces, also, change.household.unit)
        about = tickets_of(change.session, change.household)
        theirs = _of_household(about, change.household)
        people = select(Member.id).where(Member.household_id == change.id)
        members = len(change.session.exec(people).all())
        erased = frozenset(half.event_id for half in halves)
        empty_file(change)
        drop_drafts(change.session, change.household.unit)
        seen = renewed(change.session, survey.seen, traces.anywhere())
        gone = Gone(
            traces, seen, about, theirs, erased, Chosen.of({*also}), members, everybody=True
        )
        done, scope = erase(change, gone, reason), scope_of(change, about)
    return _afterwards(desk, done, seen, scope)


def forget_member(
    desk: Desk,
    *,
    unit: str,
    member: int,
    actor: str,
    reason: str | None = None,
    also: Collection[str] = (),
    tell: Tell | None = None,
) -> Forgotten:
    """Forget one person who moved out, also one who was removed from the file before; as ``forget_household``.

    Raises:
        Refusal: as there; ``part.unknown`` when the household never had such a member.
        StoreProblem: when the store cannot be written.
    """
    survey = _survey(desk, unit, actor, member, tell)
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        row = _member(change.session, change.id, member)
        halves = _of_member(halves_of(change.session, change.id, survey.old), member)
        if row is None and not halves:
            raise Refusal("part.unknown", unit=change.household.unit, row=member)
        if row is not None and row.moved_out is None and change.household.moved_out is None:
            raise Refusal("forget.still-here", name=row.name)
        traces = traces_of_member(change.session, row, halves, unit=change.household.unit)
        _must_know(traces, also, change.household.unit)
        about = tickets_of(change.session, change.household)
        theirs = _of_person(about, traces)
        erased = frozenset(half.event_id for half in halves)
        if row is not None:
            change.session.delete(row)
            change.session.flush()
        mask_file(change, traces)
        seen = renewed(change.session, survey.seen, traces.anywhere())
        gone = Gone(traces, seen, about, theirs, erased, Chosen.of({*also}), 1, everybody=False)
        done, scope = erase(change, gone, reason), scope_of(change, about)
    return _afterwards(desk, done, seen, scope)


def _must_know(traces: Traces, also: Collection[str], unit: str) -> None:
    if also and not traces.tell_somebody():
        raise Refusal("forget.nobody-known", unit=unit)


def _afterwards(desk: Desk, done: Forgotten, seen: Sighted, scope: Scope) -> Forgotten:
    """What is left in texts and in the file; nobody waits for it."""
    with desk.store.read() as session:
        left = tuple(each.ref for each in still_named(session, seen, scope))
    return replace(done, left=left, scrubbed=scrub(desk.store))


def _survey(desk: Desk, unit: str, actor: str, member: int | None, tell: Tell | None) -> _Survey:
    """Read the whole store for the people, in nobody's way.

    Raises:
        Refusal: ``role.needed``, and what finding the unit and the member of staff refuses.
    """
    with desk.store.read() as session:
        staff = find_staff(session, actor)
        require(session, staff, _ALLOWED)
        found = find_unit(session, unit).household_id
        assert found is not None
        household = session.get_one(Household, found)
        old = old_halves(session, found)
        halves = halves_of(session, found, old)
        about = tickets_of(session, household)
        here = household.moved_out is None
        if member is None:
            traces = traces_of_household(session, household, halves)
            theirs = _of_household(about, household)
        else:
            person = _member(session, found, member)
            own = _of_member(halves, member)
            traces = traces_of_member(session, person, own, unit=household.unit)
            theirs = _of_person(about, traces)
            here = here and person is not None and person.moved_out is None
        ids = frozenset(ticket.id for ticket in about if ticket.id is not None)
        seen = look(session, traces.anywhere(), tell)
        others = [*(each for each in about if each not in theirs), *elsewhere(session, ids, seen)]
        still = in_the_way(theirs, others, seen.traces)
        return _Survey(old, seen, Scope(found, household.unit, ids, staff.id), here, still)


def _of_household(about: Sequence[Ticket], household: Household) -> list[Ticket]:
    return [
        each for each in about if each.household_id == household.id or each.unit == household.unit
    ]


def _of_person(about: Sequence[Ticket], traces: Traces) -> list[Ticket]:
    return [ticket for ticket in about if traces.is_of(ticket.caller, ticket.phone)]


def _member(session: Session, household_id: int, member: int) -> Member | None:
    row = session.get(Member, member)
    return row if row is not None and row.household_id == household_id else None


def _of_member(halves: Sequence[EventPersonal], member: int) -> list[EventPersonal]:
    return [half for half in halves if half.member_id == member]
