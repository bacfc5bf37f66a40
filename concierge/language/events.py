"""From a fact of the log to a sentence in the reader's language; who did it is shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from concierge.language import notices, terms
from concierge.language.dates import duration, moment
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
    said = _Said(t, event.data, event.personal or {}, zone, now, names or {})
    return _overtaken(said, _sentence(said, event))


def _sentence(said: _Said, event: EventView) -> str:
    tell = _SENTENCES.get(event.kind)
    if tell is not None:
        return tell(said)
    if event.kind in _DONE:
        return _done(said, _DONE[event.kind], event.at)
    if event.kind in _PLAIN:
        return said.with_reason(said.with_text(said.t(_PLAIN[event.kind])))
    return said.t('An event "{code}" is on record', code=event.kind)


@dataclass(frozen=True, slots=True)
class _Said:
    """One event in the making of its sentence."""

    t: Language
    data: Mapping[str, Any]
    personal: Mapping[str, Any]
    zone: ZoneInfo
    now: int
    names: Mapping[str, str]

    def when(self, at: int) -> str:
        """An instant in wall time."""
        local = datetime.fromtimestamp(at, self.zone)
        return moment(self.t, local, datetime.fromtimestamp(self.now, self.zone))

    def clock(self, name: str = "clock") -> str:
        """The word for the clock that the event names."""
        return terms.clock(self.t, str(self.data.get(name, "")))

    def category(self, code: str) -> str:
        """A category's name."""
        return self.names.get(code, code)

    def joined(self, parts: list[str]) -> str:
        """Parts of one sentence after each other."""
        said = parts[0]
        for part in parts[1:]:
            said = self.t("{before}; {then}", before=said, then=part)
        return said

    def with_text(self, before: str) -> str:
        """Followed by what somebody typed, as far as it is still kept."""
        text = self.personal.get("text")
        return self.t("{before}: {text}", before=before, text=text) if text else before

    def with_reason(self, before: str) -> str:
        """Followed by why, as far as it is still kept."""
        reason = self.personal.get("reason") or self.personal.get("late_reason")
        if not reason:
            return before
        return self.t("{before} (reason: {reason})", before=before, reason=reason)


def _added(said: _Said) -> str:
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
    return said.with_reason(said.joined(parts))


def _done(said: _Said, what: str, logged_at: int) -> str:
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


def _agreed(said: _Said) -> str:
    t, data = said.t, said.data
    name = said.personal.get("with")
    parts = [t("Agreed for {clock}: {when}", clock=said.clock(), when=said.when(data["agreed_at"]))]
    if name:
        parts.append(t("with {name}", name=name))
    if data.get("approved_by"):
        parts.append(t("approved by {name}", name=data["approved_by"]))
    return said.with_reason(said.joined(parts))


def _changed(said: _Said) -> str:
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


def _escalated(said: _Said) -> str:
    t, data = said.t, said.data
    people = t(", ").join(data["people"])
    role = terms.role(t, data["to"])
    if not data["rung"]:
        what = t("Warned that {clock} is due soon", clock=said.clock())
        told = t("told: {people}", people=people) if people else t("nobody to tell")
    else:
        msgid = later("Escalated to the {role} ({clock}, rung {rung})")
        what = t(msgid, role=role, clock=said.clock(), rung=data["rung"])
        told = (
            t("told: {people}", people=people)
            if people
            else t("nobody told: no {role} on the staff", role=role)
        )
    parts = [what, told]
    if data.get("held_until"):
        parts.append(t("the notice waits until {when}", when=said.when(data["held_until"])))
    if data["by_hand"]:
        parts.append(t("by hand"))
    elif data["late_seconds"]:
        parts.append(t("{length} late", length=duration(t, data["late_seconds"])))
    return said.with_reason(said.joined(parts))


def _acknowledged(said: _Said) -> str:
    t = said.t
    rungs = []
    for clock, _generation, rung in said.data["rungs"]:
        word = terms.clock(t, clock)
        rungs.append(
            t("{clock} rung {rung}", clock=word, rung=rung)
            if rung
            else t("warning of {clock}", clock=word)
        )
    return t("Acknowledged: {rungs}", rungs=t(", ").join(rungs))


def _overtaken(said: _Said, sentence: str) -> str:
    """Followed by the rungs that were due and that this act came before."""
    t = said.t
    rungs = [
        t("{clock} rung {rung}", clock=terms.clock(t, clock), rung=rung)
        for clock, _generation, rung, _at in said.data.get("overtaken", ())
        if rung
    ]
    if not rungs:
        return sentence
    return said.joined([sentence, t("before anybody was told of {rungs}", rungs=t(", ").join(rungs))])


def _leapt(said: _Said) -> str:
    t, data = said.t, said.data
    seen, expected = said.when(data["seen"]), said.when(data["expected"])
    what = t("The computer's clock jumped from {was} to {now}", was=expected, now=seen)
    ends = {
        "waited": later("believed after five minutes"),
        "confirmed": later("confirmed by a supervisor"),
        "back": later("it went back by itself"),
    }
    return said.joined([what, t(ends[data["end"]])])


def _resumed(said: _Said) -> str:
    t, data = said.t, said.data
    return t(
        "Nobody was watching for {length}, since {when}",
        length=duration(t, data["until"] - data["since"]),
        when=said.when(data["since"]),
    )


def _phoned(said: _Said) -> str:
    """Whom somebody rang; what was typed freely is known only while it is kept."""
    t, data = said.t, said.data
    whom = data.get("whom") or said.personal.get("whom") or t("somebody")
    return t("Told by phone {when}: {whom}", when=said.when(data["at"]), whom=whom)


def _confirmed(said: _Said) -> str:
    t = said.t
    clocks = t(", ").join(terms.clock(t, kind) for kind in said.data["met"])
    return t("Confirmed as kept: {clocks}", clocks=clocks)


def _breached(said: _Said) -> str:
    when = said.when(said.data["due_at"])
    return said.t("Promise broken: {clock} was due {when}", clock=said.clock(), when=when)


def _recounted(said: _Said) -> str:
    was, now = said.data["was"], said.data["due_at"]
    if was == now:
        return said.t("Counted again: {clock} stays due {when}", clock=said.clock(),
                      when=said.when(now))  # fmt: skip
    return said.t("Counted again: {clock} was due {was}, now {when}", clock=said.clock(),
                  was=said.when(was), when=said.when(now))  # fmt: skip


def _reopened(said: _Said) -> str:
    when = said.when(said.data["due_at"])
    return said.with_reason(said.t("Reopened: {clock} due {when}", clock=said.clock(), when=when))


def _imported(said: _Said) -> str:
    counts = {key: said.data[key] for key in ("added", "changed", "unchanged", "rejected")}
    return said.t(
        "Roster imported: {added} added, {changed} changed, {unchanged} unchanged, "
        "{rejected} rows rejected",
        **counts,
    )


_SENTENCES: dict[str, Callable[[_Said], str]] = {
    "ticket.added": _added,
    "ticket.agreed": _agreed,
    "ticket.changed": _changed,
    "ticket.escalated": _escalated,
    "ticket.acknowledged": _acknowledged,
    "ticket.phoned": _phoned,
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
    "clock.leapt": _leapt,
    "watch.resumed": _resumed,
    "household.added": lambda said: said.t("Unit {unit} entered", unit=said.data["unit"]),
    "household.imported": _imported,
    "staff.added": lambda said: said.t(
        "{name} joined as {role}",
        name=said.data["name"],
        role=terms.role(said.t, said.data["role"]),
    ),
    "store.created": lambda said: said.t("{name} set up", name=said.data["name"]),
}
