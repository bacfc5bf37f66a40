"""Forgetting people who moved out: who, which supervisor, and once more before it is done for good."""

from __future__ import annotations

from typing import Any

from concierge.domain.roles import NEEDS, may
from concierge.services.household_views import Forgotten, HouseholdFile
from concierge.ui.format import one_line
from concierge.ui.screens.dialogs import Choose, Confirm, Words

EVERYBODY = 0  # no member has this id


async def forget(screen: Any) -> None:
    """Ask over a household's file and forget; the screen goes when nobody is left.

    Args:
        screen: A ``HouseholdScreen`` whose file is shown.
    """
    file: HouseholdFile = screen.shown.file
    whom: list[tuple[Words, int]] = [
        (one_line(each.name), each.id) for each in file.members if each.moved_out
    ]
    if file.moved_out:
        whom.insert(0, (lambda t: t("everybody of this household"), EVERYBODY))
    if not whom:
        screen.say(
            lambda t: t("Only who moved out can be forgotten: fill in when they moved out first.")
        )
        return
    member = await screen.app.push_screen_wait(Choose(lambda t: t("Forget whom?"), whom))
    actor = await _who_decides(screen) if member is not None else None
    if actor is None or not await screen.app.push_screen_wait(_sure()):
        return

    def call(desk: Any) -> Forgotten:
        if member == EVERYBODY:
            done: Forgotten = desk.forget_household(unit=file.unit, actor=actor)
        else:
            done = desk.forget_member(unit=file.unit, member=member, actor=actor)
        return done

    done = await screen.gateway.writing(call)
    screen.say(
        lambda t: t(
            "Forgotten: {members} people, {events} entries of the log. Backups made before still hold them.",
            members=done.members,
            events=done.events,
        )
    )
    if member == EVERYBODY:
        screen.dismiss(None)
    else:
        screen.read_again()


async def _who_decides(screen: Any) -> str | None:
    staff = await screen.gateway.reading("who decides", lambda desk: desk.staff())
    choices = [
        (one_line(each.name), each.name)
        for each in staff
        if each.active and may(each.role, NEEDS["household.forget"])
    ]
    name: str | None = await screen.app.push_screen_wait(
        Choose(lambda t: t("Which supervisor decides this?"), choices)
    )
    return name


def _sure() -> Confirm:
    return Confirm(
        lambda t: t("Forget for good"),
        lambda t: t(
            "Names, phones, facts and words are erased, in the log too. Tickets and figures stay. "
            "This cannot be taken back."
        ),
    )
