"""From a fact of the log to a sentence in the reader's language; who did it is shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from concierge.language import copies, household_events, notices, terms
from concierge.language.escalation_events import (
    acknowledged,
    escalated,
    leapt,
    overtaken,
    phoned,
    relief_missing,
    resumed,
)
from concierge.language.event_said import Said
from concierge.language.repeated import reason_said
from concierge.language.translator import Language, later
from concierge.services.views import EventView

_DONE = {
    "ticket.attended": later("Somebody was there"),
    "ticket.answered": later("Answered"),
    "ticket.resolved": later("Resolved"),
}
_PLAIN = {
    "ticket.noted": later("Note"),
    "ticket.cancelled": later("Cancelled"),
    "handover.acknowledged": later("Taken over with the shift"),
    "shift.started": later("The shift started"),
    "shift.noted": later("Note"),
    "shift.ended": later("The shift ended"),
    "policy.adopted": later("A new policy is in force"),
    "calendar.adopted": later("A new calendar is in force"),
    "draft.discarded": later("What had been typed was thrown away"),
}


def event_sentence(
    t: Language,
    event: EventView,
    *,
    zone: ZoneInfo,
    now: int,
    names: Mapping[str, str] | None = None,
) -> str:
    """What happened, with what people typed as it is.

    Args:
        t: the reader's language.
        event: the fact; a kind that is not known is named by its code.
        zone: the property's.
        now: the present instant in seconds, so that a time can be "today".
        names: the names of categories by code in the reader's language; codes are shown without.
    """
    said = Said(t, event.data, event.personal or {}, zone, now, names or {})
    return overtaken(said, _sentence(said, event))


def _sentence(said: Said, event: EventView) -> str:
    tell = _SENTENCES.get(event.kind)
    if tell is not None:
        return tell(said)
    if event.kind in _DONE:
        return _done(said, _DONE[event.kind], event.at)
    if event.kind in _PLAIN:
        return said.with_reason(said.with_text(said.t(_PLAIN[event.kind])))
    return said.t('An event "{code}" is on record', code=event.kind)


def _added(said: Said) -> str:
    t, ticket = said.t, said.data["ticket"]
    parts = [
        t(
            "Taken in {channel}: {category}",
            channel=terms.channel(t, ticket["channel"]),
            category=said.category(ticket["category"]),
        )
    ]
    if ticket["logged_late"]:
        when = said.when(ticket["received_at"])
        parts.append(t("received {when}, logged late", when=when))
    if "agreed_with" in said.personal:
        parts.append(t("time agreed with {name}", name=said.personal["agreed_with"]))
    if "answer" in said.personal:
        parts.append(t("answered at once: {text}", text=said.personal["answer"]))
    elif said.data.get("on_the_spot"):
        parts.append(t("answered at once"))
    parts += _repeats(said, ticket["grade"])
    return said.with_reason(said.joined(parts))


def _repeats(said: Said, grade: str) -> list[str]:
    """That the matter comes again, and what was made of it."""
    found = said.data.get("repeats")
    if not found:
        return []
    t, why = said.t, reason_said(said.t, found[0])
    if said.data.get("declined"):
        return [t("left ordinary although {why}", why=why)]
    return [t("major: {why}", why=why) if grade == "major" else why]


def _raised(said: Said) -> str:
    return said.t("Became a major matter: {why}", why=reason_said(said.t, said.data["reason"]))


def _done(said: Said, what: str, logged_at: int) -> str:
    t, data = said.t, said.data
    parts = [said.with_text(t(what))]
    if data["at"] != logged_at:
        parts.append(t("at {when}, by their own account", when=said.when(data["at"])))
    late = [terms.clock(t, kind) for kind in data["late"]]
    kept = [terms.clock(t, kind) for kind in data["met"] if kind not in data["late"]]
    if kept:
        parts.append(t("kept: {clocks}", clocks=t(", ").join(kept)))
    if late:
        parts.append(t("too late: {clocks}", clocks=t(", ").join(late)))
    if data.get("cause"):
        parts.append(t("cause: {cause}", cause=terms.cause(t, data["cause"])))
    return said.with_reason(said.joined(parts))


def _agreed(said: Said) -> str:
    t, data = said.t, said.data
    name = said.personal.get("with")
    parts = [t("Agreed for {clock}: {when}", clock=said.clock(), when=said.when(data["agreed_at"]))]
    if name:
        parts.append(t("with {name}", name=name))
    if data.get("approved_by"):
        parts.append(t("approved by {name}", name=data["approved_by"]))
    return said.with_reason(said.joined(parts))


def _changed(said: Said) -> str:
    t, before, after = said.t, said.data["before"], said.data["after"]
    parts = []
    if before["category"] != after["category"]:
        old, new = said.category(before["category"]), said.category(after["category"])
        parts.append(t("Category changed from {old} to {new}", old=old, new=new))
    if before["grade"] != after["grade"]:
        old, new = terms.grade(t, before["grade"]), terms.grade(t, after["grade"])
        parts.append(t("Grade changed from {old} to {new}", old=old, new=new))
    for kind, due_at in said.data["due"].items():
        clock = terms.clock(t, kind)
        parts.append(t("{clock} now due {when}", clock=clock, when=said.when(due_at)))
    return said.with_reason(said.joined(parts))


def _confirmed(said: Said) -> str:
    t = said.t
    clocks = t(", ").join(terms.clock(t, kind) for kind in said.data["met"])
    return t("Confirmed as kept: {clocks}", clocks=clocks)


def _breached(said: Said) -> str:
    when = said.when(said.data["due_at"])
    return said.t("Promise broken: {clock} was due {when}", clock=said.clock(), when=when)


def _recounted(said: Said) -> str:
    was, now = said.data["was"], said.data["due_at"]
    if was == now:
        return said.t("Counted again: {clock} stays due {when}", clock=said.clock(),
                      when=said.when(now))  # fmt: skip
    return said.t("Counted again: {clock} was due {was}, now {when}", clock=said.clock(),
                  was=said.when(was), when=said.when(now))  # fmt: skip


def _reopened(said: Said) -> str:
    when = said.when(said.data["due_at"])
    return said.with_reason(said.t("Reopened: {clock} due {when}", clock=said.clock(), when=when))


def _imported(said: Said) -> str:
    counts = {key: said.data[key] for key in ("added", "changed", "unchanged", "rejected")}
    return said.t(
        "Roster imported: {added} added, {changed} changed, {unchanged} unchanged, "
        "{rejected} rows rejected",
        **counts,
    )


_SENTENCES: dict[str, Callable[[Said], str]] = {
    "ticket.added": _added,
    "ticket.agreed": _agreed,
    "ticket.changed": _changed,
    "ticket.raised": _raised,
    "ticket.reviewed": lambda said: said.t(
        "Looked at whether it is a repeated matter: it stays ordinary for now"
    ),
    "ticket.escalated": escalated,
    "ticket.acknowledged": acknowledged,
    "ticket.phoned": phoned,
    "ticket.revealed": lambda said: said.t("Looked at the phones unmasked"),
    "ticket.confirmed": _confirmed,
    "ticket.reopened": _reopened,
    "ticket.assigned": lambda said: said.t("Given to {name}", name=said.data["to"]),
    "ticket.continued": lambda said: said.with_reason(
        said.t("Goes on as ticket {number}", number=said.data["by"])
    ),
    "notice.sent": lambda said: notices.sent(said.t, said.data),
    "notice.dead": lambda said: notices.given_up(said.t, said.data),
    "clock.breached": _breached,
    "clock.recounted": _recounted,
    "clock.confirmed": lambda said: said.t(
        "The computer's clock is right: {when}", when=said.when(said.data["now"])
    ),
    "clock.leapt": leapt,
    "watch.resumed": resumed,
    "household.added": lambda said: said.t("Unit {unit} entered", unit=said.data["unit"]),
    "household.imported": _imported,
    "household.changed": lambda said: household_events.changed(said.t, said.data, said.personal),
    "household.revealed": lambda said: household_events.revealed(said.t, said.data),
    "household.forgotten": lambda said: said.with_reason(
        household_events.forgotten(said.t, said.data)
    ),
    "roster.exported": lambda said: said.t.plural(
        "A roster with whole phone numbers was written: {n} row",
        "A roster with whole phone numbers was written: {n} rows",
        said.data["rows"],
    ),
    "staff.added": lambda said: said.t(
        "{name} joined as {role}",
        name=said.data["name"],
        role=terms.role(said.t, said.data["role"]),
    ),
    "staff.phone": lambda said: said.t(
        "The phone number of {name} was changed", name=said.data["name"]
    ),
    "shift.escalated": relief_missing,
    "shift.revealed": lambda said: said.t("Looked at the phones unmasked"),
    "shift.relief-signed": lambda said: said.t(
        "Signed: the shift will be relieved (rung {rungs})",
        rungs=said.t(", ").join(map(str, said.data["rungs"])),
    ),
    "summary.shown-clear": lambda said: said.t("The summary was written with nothing masked"),
    "summary.copy-done": lambda said: copies.copied(said.t, said.data["way"]),
    "summary.copy-dead": lambda said: copies.given_up(
        said.t, said.data["way"], said.data["problem"]
    ),
    "staff.pin-set": lambda said: (
        said.t("{name} signs with a PIN", name=said.data["name"])
        if said.data["has"]
        else said.t("{name} signs by name", name=said.data["name"])
    ),
    "staff.pin-refused": lambda said: said.t(
        "A wrong PIN was typed for {name}", name=said.data["name"]
    ),
    "store.created": lambda said: said.t("{name} set up", name=said.data["name"]),
}
