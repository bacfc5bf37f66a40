"""A handover for a person: what is handed over, what is still to do, who signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from concierge.cli.call import Call
from concierge.cli.columns import clip, table
from concierge.cli.output import one_line
from concierge.language import terms
from concierge.language.counts import told_before
from concierge.language.elsewhere import by_desk
from concierge.language.translator import later
from concierge.services.handover_views import (
    CountView,
    ElsewhereView,
    HandedNote,
    HandoverView,
    MatterView,
)

_WORDS = 40
_WHY = {
    "major": later("major"),
    "overdue": later("overdue"),
    "due": later("due before the next shift ends"),
}
_TURNS = {"starts": later("starts"), "ends": later("ends")}


def handover_lines(call: Call, view: HandoverView, names: Mapping[str, str]) -> Iterator[str]:
    """Everything about a handover, what is still to do last.

    Args:
        call: The call.
        view: The handover.
        names: The names of the categories in the reader's language.
    """
    t = call.t
    yield t(
        "Handover of shift {shift} at {desk}: from {outgoing} to {incoming}",
        shift=view.shift,
        desk=view.desk,
        outgoing=view.outgoing,
        incoming=view.incoming or t("whoever comes next"),
    )
    if view.absent is not None:
        absent = one_line(view.absent)
        yield t("{name} does not sign: {reason}", name=view.outgoing, reason=absent)
    singly = [each for each in view.matters if each.why]
    rest = [each for each in view.matters if not each.why]
    yield from _part(t("To acknowledge one by one"), _matters(call, singly, names))
    yield from _part(t("The rest, acknowledged together"), _matters(call, rest, names))
    if view.withheld:
        yield t.plural(
            "{n} matter is not shown here: it is about a member of staff.",
            "{n} matters are not shown here: they are about members of staff.",
            view.withheld,
        )
    yield from _elsewhere(call, view.elsewhere, names)
    turning = (
        [
            each.unit,
            terms.term(t, _TURNS, each.what),
            f"{each.on} {each.time or ''}",
            one_line(each.text),
        ]
        for each in view.instructions
    )
    yield from _part(t("Instructions that start or end"), list(turning))
    yield from _part(t("Running log"), [_note(call, each) for each in view.notes])
    yield from _part(t("What is counted"), _counts(call, view.counts))
    yield from _left(call, view)


def _part(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield ""
        yield title
        yield from table(rows)


def _matters(
    call: Call, matters: Iterable[MatterView], names: Mapping[str, str]
) -> list[list[str]]:
    t = call.t
    return [
        [
            "*" if each.acknowledged_at is not None else "-",
            each.number,
            one_line(each.unit or each.place or "-"),
            names.get(each.category, each.category),
            terms.clock(t, each.step),
            call.when(each.due_at),
            t(", ").join(terms.term(t, _WHY, why) for why in each.why) or "-",
            each.assignee or "-",
            clip(each.words, _WORDS),
        ]
        for each in matters
    ]


def _elsewhere(
    call: Call, matters: Iterable[ElsewhereView], names: Mapping[str, str]
) -> Iterator[str]:
    """What is open at each desk where nobody is on duty."""
    t = call.t
    for desk, those in by_desk(matters).items():
        title = t.plural(
            "{n} open at {desk}, where nobody is on duty",
            "{n} open at {desk}, where nobody is on duty",
            len(those),
            desk=one_line(desk),
        )
        rows = [
            [
                each.number,
                one_line(each.unit or each.place or "-"),
                names.get(each.category, each.category),
                terms.clock(t, each.step),
                call.when(each.due_at),
                terms.term(t, _WHY, "overdue") if each.overdue else "-",
                each.assignee or "-",
                clip(each.words, _WORDS),
            ]
            for each in those
        ]
        yield from _part(title, rows)


def _note(call: Call, each: HandedNote) -> list[str]:
    flag = "" if each.flag is None else f"[{terms.note_flag(call.t, each.flag)}] "
    about = each.number or each.unit or "-"
    return [call.when(each.at), each.staff, about, flag + one_line(each.text)]


def _counts(call: Call, counts: Sequence[CountView]) -> list[list[str]]:
    t = call.t
    head = [
        t("Item"),
        t("Code"),
        t("Counted"),
        t("Expected"),
        t("What is said of it"),
        t("Counted before"),
    ]
    return [head, *(_count(call, each) for each in counts)] if counts else []


def _count(call: Call, each: CountView) -> list[str]:
    return [
        each.names[call.t.code],
        each.item,
        "-" if each.counted is None else str(each.counted),
        "-" if each.expected is None else str(each.expected),
        one_line(each.word or ""),
        _before(call, each),
    ]


def _before(call: Call, each: CountView) -> str:
    """A shortage not yet made good: the smaller number is not taken for the usual one."""
    before = each.before
    if before is None:
        return ""
    word = one_line(before.word or "")
    return told_before(before, word=word, when=call.when(before.at), t=call.t)


def _left(call: Call, view: HandoverView) -> Iterator[str]:
    """What is still to do, or how it ended."""
    t = call.t
    yield ""
    if view.signed_at is not None:
        yield t("Signed {when}", when=call.when(view.signed_at))
    if view.reviewed_by is not None:
        yield t("Reviewed by {name}", name=view.reviewed_by)
    if view.signed_at is not None:
        return
    if view.incoming is None:
        yield t("Nobody has begun to take over.")
        return
    if view.left:
        yield t("Still to acknowledge: {numbers}", numbers=t(", ").join(view.left))
    if view.group_left:
        yield t("Of the rest still to acknowledge: {n}", n=view.group_left)
    if view.uncounted:
        names = {each.item: each.names[t.code] for each in view.counts}
        items = t(", ").join(names[item] for item in view.uncounted)
        yield t("Still to count: {items}", items=items)
    if view.ready:
        missing = [] if view.incoming_signed else [view.incoming]
        if view.outgoing_signed is None and view.absent is None:
            missing.insert(0, view.outgoing)
        yield t("Ready: only to be signed by {names}", names=t(", ").join(missing))
