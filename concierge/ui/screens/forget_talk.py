"""Forgetting people who moved out: who, which supervisor, where else, and once more before it is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from concierge.domain.masked_views import masked
from concierge.domain.refusal import Refusal
from concierge.domain.roles import NEEDS, may
from concierge.language.refusals import sentence
from concierge.services.household_views import (
    BeforeForgetting,
    Forgotten,
    HouseholdFile,
    StillNamed,
)
from concierge.ui.format import one_line
from concierge.ui.screens.dialogs import Choose, Confirm, Words
from concierge.ui.screens.forget_reading import Reading

EVERYBODY = 0  # no member has this id
_GO_ON = ""
_FEW = 5  # places named in a notice
_MOST = 50  # places shown; the command line tells them all
_CHOSEN = frozenset({"ticket", "note"})  # a file is mended by hand

T = TypeVar("T")
Tell = Callable[[int, int], object]


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
    if actor is None:
        return
    also = await _where_else(screen, file.unit, member or None, actor)
    if also is None or not await screen.app.push_screen_wait(_sure()):
        return
    _say(screen, await _forget(screen, file.unit, member, actor, also))
    if member == EVERYBODY:
        screen.dismiss(None)
    else:
        screen.read_again()


async def _forget(
    screen: Any, unit: str, member: int, actor: str, also: tuple[str, ...]
) -> Forgotten:
    def call(desk: Any, tell: Tell) -> Forgotten:
        said = {"unit": unit, "actor": actor, "also": also, "tell": tell}
        if member == EVERYBODY:
            done: Forgotten = desk.forget_household(**said)
        else:
            done = desk.forget_member(member=member, **said)
        return done

    return await _read_for(
        screen, lambda tell: screen.gateway.writing(lambda desk: call(desk, tell))
    )


async def _where_else(
    screen: Any, unit: str, member: int | None, actor: str
) -> tuple[str, ...] | None:
    """Which texts of others name them too; None when somebody thinks better of it.

    Raises:
        Refusal: ``forget.open-tickets``, before anybody marks a text in vain.
    """
    before: BeforeForgetting = await _read_for(
        screen,
        lambda tell: screen.gateway.reading(
            lambda desk: desk.before_forgetting(unit=unit, actor=actor, member=member, tell=tell),
        ),
    )
    if before.open_tickets:
        raise Refusal("forget.open-tickets", tickets=", ".join(before.open_tickets))
    if not before.known:
        _say_unknown(screen, unit)
    places = masked(before.places)
    marked: set[str] = set()
    at: str = _GO_ON
    while places:
        choices: list[tuple[Words, str]] = [
            (lambda t: t("Go on: the name goes from those marked [x], the others stay"), _GO_ON),
            *((_place(each, each.ref in marked), each.ref) for each in places[:_MOST]),
        ]
        picked = await screen.app.push_screen_wait(
            Choose(
                lambda t: t("They, or others of that name"),
                choices,
                hint=_hint(len(places)),
                chosen=at,
            )
        )
        if picked is None:
            return None
        if picked == _GO_ON:
            break
        at = picked
        if any(each.ref == picked and each.kind in _CHOSEN for each in places):
            marked ^= {picked}
    return tuple(sorted(marked))


async def _read_for(screen: Any, work: Callable[[Tell], Awaitable[T]]) -> T:
    """Do what reads the whole store, with a bar over it."""
    bar = Reading()
    await screen.app.push_screen(bar)
    try:
        return await work(bar.tell)
    finally:
        bar.dismiss(None)


def _place(each: StillNamed, on: bool) -> Words:  # noqa: FBT001  (a mark in a list)
    mark = "    " if each.kind not in _CHOSEN else "[x] " if on else "[ ] "
    said = one_line(each.said)
    if each.kind == "ticket":
        return lambda t: mark + t("{number}: {text}", number=each.ref, text=said)
    if each.kind == "note":
        return lambda t: mark + t("running log: {text}", text=said)
    if each.kind == "file":
        return lambda t: mark + t("file of {unit}, mend it there: {text}", unit=each.ref, text=said)
    return lambda t: mark + t("log, {number}: {text}", number=each.ref, text=said)


def _hint(places: int) -> Words:
    if places <= _MOST:
        return lambda t: t("These texts may name them too. Look at each, and mark it if it does.")
    return lambda t: t(
        "{n} texts may name them too, here are the first {shown}. Mark those that do.",
        n=places,
        shown=_MOST,
    )


def _say_unknown(screen: Any, unit: str) -> None:
    screen.say(lambda t: sentence(t, "forget.nobody-known", {"unit": unit}))


def _say(screen: Any, done: Forgotten) -> None:
    screen.say(
        lambda t: t(
            "Forgotten: {members} people, {events} entries of the log. Backups made before still hold them.",
            members=done.members,
            events=done.events,
        )
    )
    if done.left:
        screen.say(
            lambda t: t.plural(
                "{n} text may still name them: {places}",
                "{n} texts may still name them: {places}",
                len(done.left),
                places=t(", ").join(done.left[:_FEW]) + (" …" if len(done.left) > _FEW else ""),
            )
        )
    if not done.scrubbed:
        screen.say(
            lambda t: t("Clean the file out at a quiet hour, on the command line: doctor --clean")
        )


async def _who_decides(screen: Any) -> str | None:
    staff = await screen.gateway.reading(lambda desk: desk.staff())
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
