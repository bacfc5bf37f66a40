"""What refusals of shifts and handovers say; a part of ``refusal_table``."""

from __future__ import annotations

from concierge.language.translator import later

SHIFT_REFUSALS = {
    "count.bad": later("{value} is no count of {item}: write a whole number, 0 or more."),
    "count.unknown": later("{item} is not on the checklist: count one of {items}."),
    "count.word": later("{item}: {counted} instead of {expected}. Say why in a word."),
    "handover.absent-signs": later(
        "{name} was said to be gone: drop the handover and begin again, then both sign."
    ),
    "handover.begun": later("{name} is taking over already: let {name} go on, or drop it first."),
    "handover.changed": later(
        "{left} other matters wait to be acknowledged, not {count}: look at the list again."
    ),
    "handover.no-matter": later("Ticket {ticket} is not on this handover: look at the list again."),
    "handover.none": later("Nobody is taking over at {desk}: begin to take over first."),
    "handover.not-made": later("Shift {shift} ended without a handover: look at its summary."),
    "handover.not-party": later("This handover is signed by {outgoing} and {incoming}: ask them."),
    "handover.not-signed": later("Shift {shift} is not handed over yet: review it afterwards."),
    "handover.not-yours": later("{name} takes over here: only {name} acknowledges."),
    "handover.rest": later(
        "{count} other matters are not acknowledged yet: look them through and acknowledge the rest."
    ),
    "handover.reviewed": later("{name} has reviewed this handover already."),
    "handover.self": later("{name} is on shift here: whoever comes next takes over."),
    "handover.signed-already": later("{name} has signed already: now the other one signs."),
    "handover.withheld": later(
        "Matters about {name} are open, and nobody else can take note of them: let a colleague take over."
    ),
    "handover.unacknowledged": later("Not acknowledged yet: {tickets}. Take note of each first."),
    "handover.uncounted": later("Not counted yet: {items}. Count them first."),
    "note.flag": later("A note cannot be marked {flag}: choose one of {flags}."),
    "shift.alone": later(
        "Matters still open: {count}. Let the next shift take over, or say why nobody does."
    ),
    "shift.forgotten": later(
        "The shift of {name} at {desk} was to end {at} and runs on: take over from {name}, "
        "or end that shift first."
    ),
    "shift.none": later("No shift has run at {desk} yet: start one."),
    "shift.not-running": later("No shift is running at {desk}: start one first."),
    "shift.running": later(
        "{name} is still on shift at {desk}: take over from {name}, or end that shift first."
    ),
    "shift.unknown": later("There is no shift {shift}: check the number."),
}
