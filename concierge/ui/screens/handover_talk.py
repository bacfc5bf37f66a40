"""What is asked in a handover: who takes over, whether the other one has gone, counts, names and PINs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.domain.roles import NEEDS, may
from concierge.language.translator import Language
from concierge.services.handover_views import HandoverView
from concierge.services.views import StaffView
from concierge.ui.failures import failure_sentence
from concierge.ui.format import one_line
from concierge.ui.screens.dialogs import AskLine, Choose, Words
from concierge.ui.screens.handover_dialogs import CountDialog, GroupDialog, Put
from concierge.ui.screens.handover_read import Look, look_at
from concierge.ui.screens.ticket_talk import person
from concierge.ui.widgets.handover_detail import detail
from concierge.ui.widgets.handover_left import left_words, unsigned_names
from concierge.ui.widgets.handover_listed import Listed, Ref, first_left
from concierge.ui.widgets.handover_rows import count_before
from concierge.ui.widgets.shift_next import FORGOTTEN

_PINS = frozenset({"pin.missing", "pin.wrong"})
HERE, GONE = "here", "gone"


class HandoverTalk:
    """The conversations of the handover's screen; each shows the handover as it is after it."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is a ``HandoverScreen``, which imports this."""
        self.screen = screen

    @property
    def view(self) -> HandoverView:
        """The handover; nothing is asked before there is one."""
        return self.listed.view

    @property
    def listed(self) -> Listed:
        """The same, put in order."""
        listed: Listed = self.screen.listed
        return listed

    async def _ask(self, dialog: Any) -> Any:
        return await self.screen.app.push_screen_wait(dialog)

    async def _write(
        self, call: Callable[[Any], HandoverView], *, after: Ref | None = None
    ) -> None:
        before = self.listed
        look = await self.screen.gateway.writing(lambda desk: look_at(call(desk), before, after))
        self.screen.show(look, at=look.next)
        self.screen.app.reload()

    # -- beginning
    async def begin(self, name: str, late: int) -> None:
        """Somebody takes over; long after the planned end it is asked whether the other one is here."""
        absent: str | None = None
        if late > FORGOTTEN:
            answer = await self._is_here()
            if answer is None:
                return
            if answer == GONE:
                absent = await self._why_gone(self.view.outgoing)
                if absent is None:
                    return
        await self._write(lambda desk: desk.begin_handover(actor=name, absent=absent))

    async def ask_who(self, staff: Sequence[StaffView], late: int) -> None:
        """Ask who takes over."""
        choices = [(person(each), each.name) for each in staff]
        name = await self._ask(Choose(lambda t: t("Who takes over?"), choices))
        if name is not None:
            await self.begin(name, late)

    async def _is_here(self) -> str | None:
        name = one_line(self.view.outgoing)
        answer: str | None = await self._ask(
            Choose(
                lambda t: t("Is {name} here to sign?", name=name),
                (
                    (lambda t: t("yes: both sign"), HERE),
                    (lambda t: t("no: has gone, I say why"), GONE),
                ),
                hint=lambda t: t("The planned end of this shift is long over."),
            )
        )
        return answer

    async def _why_gone(self, name: str) -> str | None:
        said: str | None = await self._ask(
            AskLine(
                lambda t: t("Why does {name} not sign?", name=one_line(name)),
                lambda t: t("It stands on the summary, and the director reads it."),
            )
        )
        return said

    async def absent(self) -> None:
        """Whoever goes has left meanwhile."""
        view = self.view
        reason = await self._why_gone(view.outgoing)
        if reason is not None:
            await self._write(lambda desk: desk.begin_handover(actor=view.incoming, absent=reason))

    async def drop(self) -> None:
        """Whoever began does not take over after all."""
        actor = self.view.incoming
        await self._write(lambda desk: desk.drop_handover(actor=actor))
        self._say(lambda t: t("Nobody is taking over now."))

    # -- taking note
    async def take(self, ref: Ref, typed: str = "") -> None:
        """Do what the row under the cursor asks for."""
        view, actor = self.view, self.view.incoming
        if ref.part == "matter" and ref.name in self.listed.left:
            await self._write(
                lambda desk: desk.acknowledge_matter(number=ref.name, actor=actor), after=ref
            )
        elif ref.part == "group":
            await self._group(ref)
        elif ref.part == "count":
            await self._count(ref, typed)
        elif ref.part == "sign":
            await self.sign()
        else:
            self.screen.go_to(first_left(view))

    async def _group(self, ref: Ref) -> None:
        n, actor, shown = self.view.group_left, self.view.incoming, self.screen.shown
        taken = await self._ask(GroupDialog(n, lambda t, width: detail(ref, shown(), t, width)))
        if taken:
            await self._write(lambda desk: desk.acknowledge_rest(count=n, actor=actor), after=ref)

    async def _count(self, ref: Ref, typed: str) -> None:
        thing = next(each for each in self.view.counts if each.item == ref.name)
        shown = self.screen.shown
        put: Put | None = await self._ask(
            CountDialog(thing, typed, lambda t: count_before(thing, shown(), t))
        )
        if put is not None:
            actor = self.view.incoming
            await self._write(
                lambda desk: desk.count_item(
                    item=ref.name, counted=put.counted, actor=actor, word=put.word
                ),
                after=ref,
            )

    # -- signing
    async def sign(self) -> None:
        """Both sign, one after the other; with anything left that is said, and the cursor goes there."""
        while self.view.state == "open":
            view = self.view
            if not view.ready:
                self._not_yet(view)
                return
            name = await self._ask(
                Choose(
                    lambda t: t("Who signs?"),
                    [(one_line(each), each) for each in unsigned_names(view)],
                    hint=_what_it_says,
                )
            )
            if name is None or not await self._signed(name, pin=name in view.pin_needed):
                return

    def _not_yet(self, view: HandoverView) -> None:
        self.screen.go_to(first_left(view))
        self._say(lambda t: t("Not yet: {left}.", left=left_words(view, t)))

    async def _signed(self, name: str, *, pin: bool) -> bool:
        def call(desk: Any, typed: str | None) -> HandoverView:
            view: HandoverView = desk.sign_handover(actor=name, pin=typed)
            return view

        look = await self._with_pin(name, call, pin=pin)
        if look is None:
            return False
        view = look.listed.view
        self.screen.show(look, at=first_left(view))
        if view.state == "signed":
            self.screen.app.act_as(view.incoming)
            self.screen.app.ticker.deliver()  # the copies of the summary, at once
            who = one_line(view.incoming or "")
            self._say(lambda t: t("Signed. {name} is on shift now.", name=who))
        return True

    async def _with_pin(
        self, name: str, call: Callable[[Any, str | None], HandoverView], *, pin: bool
    ) -> Look | None:
        """Sign, asking for the PIN where there is one, and again after a wrong one; None when left."""
        wrong: Words = ""
        typed: str | None = None
        while True:
            if pin:
                typed = await self._ask(
                    AskLine(lambda t: t("PIN of {name}", name=one_line(name)), wrong, secret=True)
                )
                if typed is None:
                    return None
            try:
                before = self.listed
                look: Look = await self.screen.gateway.writing(
                    lambda desk, typed=typed, before=before: look_at(call(desk, typed), before)
                )
            except Refusal as refusal:
                if refusal.code not in _PINS:
                    self.screen.read_handover()  # it is no longer as it was signed for
                    raise
                wrong = self._said(refusal) if pin else ""
                pin = True
            else:
                return look

    def _said(self, refusal: Refusal) -> Words:
        zone = self.screen.zone
        return lambda t: failure_sentence(refusal, t, zone=zone, now=None)

    async def review(self, staff: Sequence[StaffView]) -> None:
        """A director has looked at what was signed."""
        shift = self.view.shift
        able = [each for each in staff if may(each.role, NEEDS["handover.review"])]
        if not able:
            self._say(lambda t: t("Nobody on the staff is a director or above."))
            return
        name = await self._ask(
            Choose(
                lambda t: t("Who has reviewed it?"), [(person(each), each.name) for each in able]
            )
        )
        if name is None:
            return
        note = await self._ask(
            AskLine(
                lambda t: t("A remark"),
                lambda t: t("Enter alone: nothing to remark."),
                needed=False,
            )
        )
        if note is None:
            return

        def call(desk: Any, typed: str | None) -> HandoverView:
            view: HandoverView = desk.review_handover(
                shift=shift, actor=name, pin=typed, note=note or None
            )
            return view

        look = await self._with_pin(name, call, pin=False)
        if look is not None:
            self.screen.show(look)
            self._say(lambda t: t("Reviewed by {name}.", name=one_line(name)))

    def _say(self, words: Callable[[Language], str]) -> None:
        self.screen.app.notify(words(self.screen.t), markup=False)


def _what_it_says(t: Language) -> str:
    return t("A signature says: handed over and taken over as it stands here.")
