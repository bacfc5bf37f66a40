"""The top of a handover: who hands over to whom, what is left, and which key comes next."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from concierge.language.copies import copied, given_up
from concierge.language.dates import clock_time, moment
from concierge.language.translator import Language
from concierge.services.copies_made import CopyMade
from concierge.services.views import StaffView
from concierge.ui.format import one_line
from concierge.ui.widgets.handover_left import left_words
from concierge.ui.widgets.handover_rows import Shown
from concierge.ui.widgets.paragraph import stacked, styled
from concierge.ui.widgets.shift_next import DIGITS, people_lines


def head_lines(
    shown: Shown, takers: tuple[StaffView, ...], copies: tuple[CopyMade, ...], t: Language
) -> Content:
    """Title, what to press, and of a signed one where its copies are."""
    view = shown.view
    if view.state == "planned":
        title = t("{name} hands over", name=one_line(view.outgoing))
        ask = styled(t("Who takes over? Press a number."), "bold $warning")
        rest = len(takers) - DIGITS
        more = Content(t("and {n} more: Enter", n=rest)) if rest > 0 else None
        return stacked((_title(title, shown, t), ask, *people_lines(takers, t), more))
    names = {"out": one_line(view.outgoing), "incoming": one_line(view.incoming or "")}
    title = t("{out} hands over to {incoming}", **names)
    if view.absent is not None:
        title = t("{incoming} takes over from {out}, who does not sign", **names)
    lines = [_title(title, shown, t), _step(shown, t)]
    if view.withheld and view.state == "open":
        said = t.plural(
            "{n} matter is about {name} and is not shown.",
            "{n} matters are about {name} and are not shown.",
            view.withheld,
            name=names["incoming"],
        )
        lines.append(styled(said, "$secondary"))
    return stacked([*lines, *(_copy(each, t) for each in copies)])


def _copy(each: CopyMade, t: Language) -> Content:
    if each.state == "done":
        return styled(t("{sentence}.", sentence=copied(t, each.way)), "$success")
    if each.state == "dead":
        said = given_up(t, each.way, each.problem or "")
        return styled(t("{sentence}.", sentence=said), "bold $error")
    if each.way == "mail":
        return styled(t("The summary is being mailed."), "$secondary")
    return styled(t("The summary is being copied to its folder."), "$secondary")


def _title(title: str, shown: Shown, t: Language) -> Content:
    here = datetime.fromtimestamp(shown.now, shown.zone)
    until = moment(t, datetime.fromtimestamp(shown.view.next_until, shown.zone), here)
    return styled(title, "bold $primary") + styled(
        "  " + t("the next shift runs until {time}", time=until), "$secondary"
    )


def _step(shown: Shown, t: Language) -> Content:
    view = shown.view
    if view.state != "signed":
        left = left_words(view, t)
        if view.ready:
            return styled(t("^S: {left}", left=left), "bold $success")
        return styled(t("{left}. Enter takes note and goes on.", left=left), "bold $warning")
    here = datetime.fromtimestamp(shown.now, shown.zone)
    signed = view.signed_at if view.signed_at is not None else view.at
    at = clock_time(datetime.fromtimestamp(signed, shown.zone), here)
    said = t("Signed {time}. F5 shows the summary, ^S writes it to a file.", time=at)
    if view.reviewed_by is not None:
        then = t("Reviewed by {name}.", name=one_line(view.reviewed_by))
        if view.review:
            remark = one_line(shown.typed(view.review))
            then = t("{before} {then}", before=then, then=remark)
    else:
        then = t("F6: a director reviews it.")
    return styled(t("{before} {then}", before=said, then=then), "bold $success")
