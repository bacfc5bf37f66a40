"""Facts of the log about escalation and the watch itself, as sentences."""

from __future__ import annotations

from concierge.language import terms
from concierge.language.dates import duration
from concierge.language.event_said import Said
from concierge.language.translator import later


def escalated(said: Said) -> str:
    """A rung that fired: to whom it went, who was told, how late or by hand."""
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


def relief_missing(said: Said) -> str:
    """A shift that nobody relieved: to whom that went, who was told, how late."""
    t, data = said.t, said.data
    people, role = t(", ").join(data["people"]), terms.role(t, data["to"])
    parts = [
        t("Nobody relieved the shift: told the {role} (rung {rung})", role=role, rung=data["rung"]),
        t("told: {people}", people=people)
        if people
        else t("nobody told: no {role} on the staff", role=role),
    ]
    if data.get("held_until"):
        parts.append(t("the notice waits until {when}", when=said.when(data["held_until"])))
    if data["late_seconds"]:
        parts.append(t("{length} late", length=duration(t, data["late_seconds"])))
    return said.joined(parts)


def acknowledged(said: Said) -> str:
    """Which rungs somebody signed for."""
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


def overtaken(said: Said, sentence: str) -> str:
    """Followed by the rungs that were due and that this act came before."""
    t = said.t
    rungs = [
        t("{clock} rung {rung}", clock=terms.clock(t, clock), rung=rung)
        for clock, _generation, rung, _at in said.data.get("overtaken", ())
        if rung
    ]
    if not rungs:
        return sentence
    return said.joined(
        [sentence, t("before anybody was told of {rungs}", rungs=t(", ").join(rungs))]
    )


def leapt(said: Said) -> str:
    """A leap of the wall clock, and how it ended."""
    t, data = said.t, said.data
    seen, expected = said.when(data["seen"]), said.when(data["expected"])
    what = t("The computer's clock jumped from {was} to {now}", was=expected, now=seen)
    ends = {
        "waited": later("believed after five minutes"),
        "confirmed": later("confirmed by a supervisor"),
        "back": later("it went back by itself"),
    }
    how = ends[str(data["end"])]
    return said.joined([what, t(how)])


def resumed(said: Said) -> str:
    """A stretch in which nobody kept watch."""
    t, data = said.t, said.data
    return t(
        "Nobody was watching for {length}, since {when}",
        length=duration(t, data["until"] - data["since"]),
        when=said.when(data["since"]),
    )


def phoned(said: Said) -> str:
    """Whom somebody rang; what was typed freely is known only while it is kept."""
    t, data = said.t, said.data
    whom = data.get("whom") or said.personal.get("whom") or t("somebody")
    return t("Told by phone {when}: {whom}", when=said.when(data["at"]), whom=whom)
