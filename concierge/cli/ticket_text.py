"""A ticket for a person: lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concierge.cli.call import Call
from concierge.cli.columns import clip, table
from concierge.cli.ticket_json import Names
from concierge.domain.household import mask_phone
from concierge.language import terms
from concierge.language.dates import duration
from concierge.language.events import event_sentence
from concierge.language.promise import promise_sentence
from concierge.language.reaching import who_was_reached
from concierge.language.translator import Language
from concierge.services.views import ClockView, EscalationView, TicketView

_WORDS = 40


def ticket_lines(
    call: Call, view: TicketView, *, names: Names, clear: bool = False
) -> Iterator[str]:
    """Everything about one ticket, the promise before the log; the phone is masked unless ``clear``."""
    t = call.t
    assert call.zone is not None
    assert call.now is not None
    category = names.get(view.category, view.category)
    heading = [view.number, terms.kind(t, view.kind), category, terms.grade(t, view.grade)]
    yield " · ".join([*heading, terms.state(t, view.state)])
    where = "  ".join(_where(t, view))
    if where:
        yield where
    yield from (f"  {line}" for line in view.words.splitlines())
    yield _received(call, view)
    yield from _people(t, view, clear=clear)
    yield t("Promise: {sentence}", sentence=promise_sentence(
        t, view.kind, view.clocks, call.zone, call.now))  # fmt: skip
    yield from table([_clock(call, clock) for clock in view.clocks])
    for row in view.escalations:
        yield _escalation(call, row)
    for event in view.events:
        said = event_sentence(t, event, zone=call.zone, now=call.now, names=names)
        yield "  ".join([call.when(event.at), *([event.actor] if event.actor else []), said])


def _where(t: Language, view: TicketView) -> Iterator[str]:
    if view.unit:
        yield view.unit if view.unit_verified else t("{unit} (unverified)", unit=view.unit)
    if view.place:
        yield view.place


def _people(t: Language, view: TicketView, *, clear: bool) -> Iterator[str]:
    """Who spoke, whom it is against or about, who consented; only what is known."""
    if view.caller or view.phone:
        phone = mask_phone(view.phone) if view.phone and not clear else view.phone
        yield t("Caller: {caller}", caller=" ".join(part for part in (view.caller, phone) if part))
    if view.against:
        yield t("Against: {unit}", unit=view.against)
    if view.about:
        yield t("About: {name}", name=view.about)
    if view.consent:
        yield t("Consent: {name}", name=view.consent)
    if view.linked_to:
        yield t("Continues ticket {number}", number=view.linked_to)


def joined(t: Language, parts: Sequence[str]) -> str:
    """Parts of one line after each other."""
    said = parts[0]
    for part in parts[1:]:
        said = t("{before}, {then}", before=said, then=part)
    return said


def list_lines(call: Call, views: Sequence[TicketView], *, names: Names) -> Iterator[str]:
    """Tickets, one a line, with what is due next on each."""
    if not views:
        yield call.t("There are no such tickets.")
        return
    yield from table([_row(call, view, names) for view in views])


def _row(call: Call, view: TicketView, names: Names) -> list[str]:
    alive = [clock for clock in view.clocks if clock.open]
    first = min(alive, key=lambda clock: clock.due_at, default=None)
    due = _due(call, first) if first else terms.state(call.t, view.state)
    where = view.unit or view.place or "-"
    words = clip(" ".join(view.words.split()), _WORDS)
    return [view.number, due, where, names.get(view.category, view.category),
            view.assignee or "-", words]  # fmt: skip


def _received(call: Call, view: TicketView) -> str:
    t = call.t
    said = t(
        "Received {when} {channel}; first owner {owner}, assigned to {assignee}.",
        when=call.when(view.received_at),
        channel=terms.channel(t, view.channel),
        owner=view.first_owner,
        assignee=view.assignee or t("nobody yet"),
    )
    if not view.logged_late:
        return said
    return t("{before} {then}", before=said, then=t("Logged late."))


def _clock(call: Call, clock: ClockView) -> list[str]:
    return [terms.clock(call.t, clock.kind), _due(call, clock), terms.clause(call.t, clock.clause)]


def _due(call: Call, clock: ClockView) -> str:
    t = call.t
    parts = [t("due {when}", when=call.when(clock.due_at))]
    if clock.to_be_agreed and clock.open:
        parts.append(t("time to be agreed"))
    if clock.agreed_at is not None:
        parts.append(t("agreed for {when}", when=call.when(clock.agreed_at)))
    if clock.provisional:
        parts.append(t("provisional"))
    if clock.met_at is not None:
        late = t("too late") if clock.met_late else t("in time")
        parts.append(t("done {when} ({late})", when=call.when(clock.met_at), late=late))
    elif clock.stopped_at is not None:
        parts.append(t("stopped"))
    elif clock.breached:
        parts.append(t("BROKEN"))
    if clock.awaits_confirmation:
        parts.append(t("a supervisor has to confirm that it was kept"))
    return joined(t, parts)


def _escalation(call: Call, row: EscalationView) -> str:
    t = call.t
    people = t(", ").join(
        f"{name} {phone}" if phone else name
        for name, phone in zip(row.people, row.phones, strict=True)
    )
    clock, when = terms.clock(t, row.clock), call.when(row.fired_at)
    told = people or t("nobody")
    if row.rung:
        head = t("Rung {rung} ({clock}) {when}: {role}, {people}", rung=row.rung, clock=clock,
                 when=when, role=terms.role(t, row.to), people=told)  # fmt: skip
    else:
        head = t("Warning ({clock}) {when}: {people}", clock=clock, when=when, people=told)
    parts = [head]
    if row.late_seconds:
        parts.append(t("{length} late", length=duration(t, row.late_seconds)))
    if row.by_hand:
        parts.append(t("by hand"))
    assert call.zone is not None
    assert call.now is not None
    parts += who_was_reached(row.deliveries, call.now, call.zone, t)
    if row.acknowledged_at is not None:
        when = call.when(row.acknowledged_at)
        parts.append(t("acknowledged by {name} {when}", name=row.acknowledged_by, when=when))
    return joined(t, parts)
