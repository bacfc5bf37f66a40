"""The rows of a handover: what is acknowledged one by one, the rest as one, notes, counts, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.counts import told_before
from concierge.language.dates import clock_time
from concierge.language.translator import Language
from concierge.services.handover_views import (
    CountView,
    ElsewhereView,
    HandedNote,
    HandoverView,
    MatterView,
)
from concierge.ui.format import clip, left, one_line, pad, place_of
from concierge.ui.widgets.handover_listed import Listed, Ref
from concierge.ui.widgets.note_flags import flag_mark
from concierge.ui.widgets.paragraph import styled
from concierge.ui.widgets.row_layout import Flat, Row

LEFT, WHERE, STEP = 10, 11, 8  # cells
DONE, TO_DO = "[x] ", "[ ] "


@dataclass(frozen=True, slots=True)
class Shown:
    """A handover as it is shown at an instant; ``names`` are the categories' by code."""

    listed: Listed
    now: int
    zone: ZoneInfo
    names: Mapping[str, str]

    @property
    def view(self) -> HandoverView:
        """The handover."""
        return self.listed.view

    def typed(self, text: str) -> str:
        """What people typed, phones in it masked."""
        return masked_text(text)


def handover_rows(
    shown: Shown, t: Language, width: int, elsewhere: Iterable[Row | Flat] = ()
) -> list[Row | Flat]:
    """All rows, each kind under its heading; ``elsewhere`` are those of desks where nobody is on duty."""
    return [
        *_matters(shown, t, width),
        *_group(shown, t),
        *elsewhere,
        *_instructions(shown, t),
        *_notes(shown, t),
        *_counts(shown, t),
        *_signatures(shown, t),
    ]


def _heading(text: str) -> Row:
    return Row(None, styled(text, "bold $secondary"))


def _mark(done: bool) -> Content:  # noqa: FBT001  (a box is ticked or not)
    return styled(DONE, "$success") if done else styled(TO_DO, "bold $warning")


def _matters(shown: Shown, t: Language, width: int) -> Iterator[Row | Flat]:
    listed = shown.listed
    if not listed.singly:
        yield _heading(t("Nothing is overdue, major or due before the next shift ends."))
        return
    yield _heading(t("One by one: overdue, major, or due before the next shift ends"))
    yield Flat(listed.keys, listed.places, lambda at: _matter(listed.singly[at], shown, t, width))


def _matter(each: MatterView, shown: Shown, t: Language, width: int) -> Row:
    return Row(
        Ref("matter", each.number),
        _mark(each.acknowledged_at is not None),
        matter_line(each, shown, t, width - len(DONE)),
    )


def matter_line(each: MatterView | ElsewhereView, shown: Shown, t: Language, width: int) -> Content:
    """What is left, where, what, the next step: on one line."""
    over = shown.now > each.due_at
    figure = pad(left(each.due_at, shown.now, shown.zone, t), LEFT, right=True)
    major = terms.grade(t, "major") + " " if each.grade == "major" else ""
    step = t("set time") if each.to_be_agreed else terms.clock(t, each.step)
    name = shown.names.get(each.category, each.category)
    what = Content.assemble(
        styled(("!!" if over else "  ") + figure + "  ", "bold $error" if over else "$success"),
        pad(place_of(each.unit, each.place), WHERE) + " ",
        styled(pad(step, STEP), "$secondary"),
        " ",
        styled(major, "bold $error"),
    )
    return what + clip(
        f"{name}  {one_line(shown.typed(each.words))}", max(4, width - what.cell_length - 1)
    )


def _group(shown: Shown, t: Language) -> Iterator[Row]:
    view, n = shown.view, len(shown.listed.group)
    if not n:
        return
    yield _heading(t("Together"))
    said = t.plural("{n} other matter, due later", "{n} other matters, due later", n)
    body = Content(said) + styled("  " + t("Enter shows them"), "$secondary")
    yield Row(Ref("group"), _mark(view.state == "signed" or not view.group_left), body)


def _instructions(shown: Shown, t: Language) -> Iterator[Row]:
    if shown.view.instructions:
        yield _heading(t("Instructions that start or end"))
    for nth, each in enumerate(shown.view.instructions):
        day = f"{each.on} {each.time}" if each.time else each.on
        said = t("starts {day}", day=day) if each.what == "starts" else t("ends {day}", day=day)
        head = f"    {pad(each.unit, WHERE)} {said}  "
        yield Row(
            Ref("instruction", str(nth)), Content(head), Content(one_line(shown.typed(each.text)))
        )


def _notes(shown: Shown, t: Language) -> Iterator[Row | Flat]:
    listed = shown.listed
    if not listed.notes:
        return

    def row(nth: int) -> Row:
        return Row(listed.note_keys[nth], Content("    "), note_line(listed.notes[nth], shown, t))

    yield _heading(t("Running log"))
    yield Flat(listed.note_keys, listed.note_places, row, wraps=True)


def note_line(each: HandedNote, shown: Shown, t: Language) -> Content:
    """When, who, for whom, what, about what."""
    here = datetime.fromtimestamp(shown.now, shown.zone)
    at = clock_time(datetime.fromtimestamp(each.at, shown.zone), here)
    about = "  ".join(
        one_line(part) for part in (shown.typed(each.unit or ""), each.number) if part
    )
    return Content.assemble(
        styled(f"{at} {clip(each.staff, LEFT)} ", "$secondary"),
        flag_mark(each.flag, t),
        Content(one_line(shown.typed(each.text))),
        styled(f"  ({about})" if about else "", "$secondary"),
    )


def _counts(shown: Shown, t: Language) -> Iterator[Row]:
    if shown.view.counts:
        yield _heading(t("To count: type the number"))
    for each in shown.view.counts:
        body = Content(pad(count_name(each, t), WHERE + LEFT) + "  ") + count_said(each, shown, t)
        yield Row(Ref("count", each.item), _mark(each.counted is not None), body)


def count_name(each: CountView, t: Language) -> str:
    """What is counted."""
    return one_line(each.names.get(t.code) or each.item)


def count_said(each: CountView, shown: Shown, t: Language) -> Content:
    """How many there are and should be, and what was short before."""
    before = count_before(each, shown, t)
    return _counted(each, shown, t) + styled(f"  {before}" if before else "", "$warning")


def _counted(each: CountView, shown: Shown, t: Language) -> Content:
    if each.counted is None:
        said = "" if each.expected is None else t("there should be {n}", n=each.expected)
        return styled(said, "$secondary")
    if each.expected in (None, each.counted):
        return styled(str(each.counted), "$success")
    word = one_line(shown.typed(each.word or ""))
    values = {"n": each.counted, "expected": each.expected, "word": word}
    return styled(t("{n} instead of {expected}: {word}", **values), "bold $warning")


def count_before(each: CountView, shown: Shown, t: Language) -> str:
    """The last count that is not the policy's, or how many there were before a shortage; empty without."""
    before = each.before
    if before is None:
        return ""
    at, here = (datetime.fromtimestamp(each, shown.zone) for each in (before.at, shown.now))
    word = one_line(shown.typed(before.word or ""))
    return told_before(before, word=word, when=clock_time(at, here), t=t)


def _signatures(shown: Shown, t: Language) -> Iterator[Row]:
    view = shown.view
    if view.incoming is None:
        return
    yield _heading(t("Signatures"))
    if view.absent is None:
        said = t("hands over: {name}", name=one_line(view.outgoing))
        yield _signature("outgoing", said, view.outgoing_signed, t)
    else:
        values = {"name": one_line(view.outgoing), "reason": one_line(shown.typed(view.absent))}
        gone = t("{name} does not sign: {reason}", **values)
        yield Row(Ref("sign", "absent"), Content("    "), styled(gone, "$warning"))
    said = t("takes over: {name}", name=one_line(view.incoming))
    yield _signature("incoming", said, view.incoming_signed, t)


def _signature(part: str, said: str, signed: str | None, t: Language) -> Row:
    by = (
        styled("  " + t("signed"), "$success")
        if signed
        else styled("  " + t("not signed yet"), "$secondary")
    )
    return Row(Ref("sign", part), _mark(bool(signed)), Content(said) + by)
