"""``notify``: sending the notices that wait, and trying the ways to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.domain.refusal import Refusal
from concierge.domain.roles import ROLES, rank
from concierge.language import terms
from concierge.language.notices import outcome, way

if TYPE_CHECKING:
    from concierge.services.desk import Desk
    from concierge.services.notices import Delivered
    from concierge.services.views import StaffView


class Tried(Protocol):
    """What came of a test by one way."""

    @property
    def to(self) -> str:
        """The role or the person."""
        ...

    @property
    def way(self) -> str:
        """The kind of way."""
        ...

    @property
    def problem(self) -> str | None:
        """A code; None when it was delivered."""
        ...


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``notify`` command."""
    t = shape.t
    commands = shape.group(parser)
    shape.command(commands, "send", t("send the notices that wait, once"), _send)
    test = shape.command(commands, "test", t("send a test and say what happened"), _test)
    whom = test.add_mutually_exclusive_group(required=True)
    whom.add_argument("--role", metavar=t("ROLE"), help=t("to everybody of this role"))
    whom.add_argument("--staff", metavar=t("NAME"), help=t("to one member of staff"))


def _send(call: Call) -> int:
    from concierge.bootstrap import deliver

    with call.desk() as desk:
        done = deliver(desk, call.home)
    value = {"sent": done.sent, "failed": done.failed, "dead": done.dead}
    call.answer(value, lambda: notice_lines(call, done))
    return Exit.REFUSED if done.failed or done.dead else Exit.DONE


def notice_lines(call: Call, done: Delivered) -> Iterator[str]:
    """What came of sending, for a person."""
    t = call.t
    if not (done.sent or done.failed or done.dead):
        yield t("No notice waits to be sent.")
    if done.sent:
        yield t.plural("{n} notice sent.", "{n} notices sent.", done.sent)
    if done.failed:
        yield t.plural(
            "{n} notice could not be delivered and is tried again.",
            "{n} notices could not be delivered and are tried again.",
            done.failed,
        )
    if done.dead:
        yield t.plural(
            "{n} notice was given up after a day: tell them by phone.",
            "{n} notices were given up after a day: tell them by phone.",
            done.dead,
        )


def _test(call: Call) -> int:
    from concierge.bootstrap import courier_of
    from concierge.services.staffing import list_staff

    role: str | None = call.args.role
    if role is not None:
        rank(role)  # refuses what is no role
    with call.desk() as desk:
        people = _people(desk, role, call.args.staff)
        courier = courier_of(desk, call.home)
        _warn(call, courier.strangers(list_staff(desk)))
        tried = courier.test(role=role, people=people)
        if not tried:
            raise Refusal("notify.no-way", whom=_whom(call, role, people))
        call.answer([_value(one) for one in tried], lambda: _lines(call, tried))
    return Exit.DONE if any(one.problem is None for one in tried) else Exit.REFUSED


def _warn(call: Call, strangers: Sequence[str]) -> None:
    """A name that was misspelt in the file leads nowhere, and nothing else would say so."""
    if strangers:
        call.output.aside(
            call.t(
                "policy.toml names ways to {names}, and nobody on the staff is called so: "
                "write names as the staff list has them.",
                names=call.t(", ").join(strangers),
            )
        )


def _people(desk: Desk, role: str | None, name: str | None) -> tuple[StaffView, ...]:
    """Whoever holds the role, or the one person of that name.

    Raises:
        Refusal: ``notify.nobody`` for a role that nobody holds; ``staff.unknown`` or ``staff.ambiguous``.
    """
    from concierge.services.staffing import list_staff, show_staff

    if role is None:
        return (show_staff(desk, name=name),)
    held = tuple(one for one in list_staff(desk) if one.role == role and one.active)
    if not held:
        raise Refusal("notify.nobody", role=role)
    return held


def _whom(call: Call, role: str | None, people: Sequence[StaffView]) -> str:
    return people[0].name if role is None else terms.role(call.t, role)


def _value(one: Tried) -> dict[str, object]:
    return {"to": one.to, "way": one.way, "delivered": one.problem is None, "problem": one.problem}


def _lines(call: Call, tried: Sequence[Tried]) -> Iterator[str]:
    t = call.t
    for one in tried:
        to = terms.role(t, one.to) if one.to in ROLES else one.to
        said = outcome(t, one.problem)
        yield t("{to}, {way}: {outcome}", to=to, way=way(t, one.way), outcome=said)
