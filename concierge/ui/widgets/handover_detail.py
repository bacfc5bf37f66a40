"""The whole of what is under the cursor of a handover: the words, who was promised what, who knows of it."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import clock_time, moment
from concierge.language.translator import Language
from concierge.services.handover_views import MatterView
from concierge.ui.format import one_line, place_of
from concierge.ui.widgets.elsewhere_rows import PART, elsewhere_lines
from concierge.ui.widgets.handover_listed import Ref
from concierge.ui.widgets.handover_rows import (
    Shown,
    count_name,
    count_said,
    matter_line,
    note_line,
)
from concierge.ui.widgets.paragraph import Lines, stacked, styled
from concierge.ui.widgets.typed_text_view import typed


def detail(ref: Ref | None, shown: Shown, t: Language, width: int) -> Content | Lines:
    """What is known of a row; nothing of one that has gone, or that says all there is."""
    if ref is None:
        return Content("")
    view = shown.view
    if ref.part == "group":
        group = shown.listed.group
        return Lines(len(group), lambda nth: matter_line(group[nth], shown, t, width))
    if ref.part == "matter":
        matter = shown.listed.matters.get(ref.name)
        return matter_lines(matter, shown, t) if matter is not None else Content("")
    if ref.part == PART:
        return elsewhere_lines(ref.name, shown, t)
    lines = {
        "note": (note_line(shown.listed.notes[at], shown, t) for at in _place(ref, shown)),
        "count": (
            styled(count_name(each, t), "bold") + "  " + count_said(each, shown, t)
            for each in view.counts
            if each.item == ref.name
        ),
        "instruction": (
            styled(each.unit, "bold") + "\n" + typed(shown.typed(each.text))
            for nth, each in enumerate(view.instructions)
            if str(nth) == ref.name
        ),
    }
    return next(iter(lines.get(ref.part, ())), Content(""))


def _place(ref: Ref, shown: Shown) -> tuple[int, ...]:
    at = shown.listed.note_places.get(ref)
    return (at,) if at is not None else ()


def matter_lines(each: MatterView, shown: Shown, t: Language) -> Content:
    """A matter whole."""
    where = "  ".join(
        filter(None, (place_of(each.unit, each.place), one_line(each.household or "")))
    )
    name = shown.names.get(each.category, each.category)
    major = terms.grade(t, "major") + "  " if each.grade == "major" else ""
    return stacked(
        (
            styled(where, "bold $primary") + styled(f"  {each.number}", "$secondary"),
            styled(major, "bold $error") + name,
            typed(shown.typed(each.words)),
            *_promises(each, shown, t),
            Content(_taken(each, t)),
            Content(t("told: {names}", names=t(", ").join(map(one_line, each.told))))
            if each.told
            else styled(t("nobody was told of it yet"), "$secondary"),
            _waiting(each, t),
            _acknowledged(each, shown, t),
        )
    )


def _promises(each: MatterView, shown: Shown, t: Language) -> list[Content]:
    here = datetime.fromtimestamp(shown.now, shown.zone)
    due = moment(t, datetime.fromtimestamp(each.due_at, shown.zone), here)
    values = {"step": terms.clock(t, each.step), "time": due}
    lines = []
    if each.to_be_agreed:
        said = t("a time has to be agreed with the resident, {time} at the latest", time=due)
    elif each.overdue:
        said = t("next: {step}, was due {time}", **values)
    else:
        said = t("next: {step} by {time}", **values)
    lines.append(styled(said, "bold $error" if each.overdue else "bold"))
    who = one_line(shown.typed(each.agreed_with or each.household or ""))
    if each.agreed_at is not None:
        agreed = moment(t, datetime.fromtimestamp(each.agreed_at, shown.zone), here)
        lines.append(Content(_promised(who, agreed, t)))
    elif who:
        lines.append(Content(_promised(who, due, t)))
    return lines


def _promised(who: str, time: str, t: Language) -> str:
    return (
        t("promised to {name}: {time}", name=who, time=time)
        if who
        else t("promised: {time}", time=time)
    )


def _taken(each: MatterView, t: Language) -> str:
    if each.assignee:
        return t("taken by {name}", name=one_line(each.assignee))
    return t("nobody has taken it")


def _waiting(each: MatterView, t: Language) -> Content | None:
    if not each.waiting:
        return None
    roles = t(", ").join(terms.role(t, role) for role in each.waiting)
    return styled(t("escalated, not signed for by: {roles}", roles=roles), "bold $warning")


def _acknowledged(each: MatterView, shown: Shown, t: Language) -> Content | None:
    if each.acknowledged_at is None:
        return None
    here = datetime.fromtimestamp(shown.now, shown.zone)
    at = clock_time(datetime.fromtimestamp(each.acknowledged_at, shown.zone), here)
    who = one_line(each.acknowledged_by or "-")
    return styled(t("taken note of by {name}, {time}", name=who, time=at), "$success")
