"""``shift handover`` and what is done to one: taking over, acknowledging, counting, signing, reviewing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.copies import make_copies
from concierge.cli.exits import Exit
from concierge.cli.parser import Commands, Parser, Shape, Unreadable
from concierge.cli.pins import asked_pin, define_pin
from concierge.domain.masked_views import masked
from concierge.language.translator import later

if TYPE_CHECKING:
    from concierge.services.desk import Desk
    from concierge.services.handover_views import HandoverView


def define(commands: Commands, shape: Shape) -> None:
    """The arguments of every command about a handover."""
    t = shape.t
    show = shape.command(commands, "handover", t("show the handover as it stands"), _show)
    show.add_argument("--shift", type=int, metavar="N", help=t("which shift, if not the running"))
    show.add_argument("--reveal", choices=("all", "phones"),
                      help=t("show phones unmasked, in the texts too, on record"))  # fmt: skip
    show.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who looks"))
    take = shape.command(commands, "take-over", t("begin to take over the shift"), _take_over)
    _by(take, shape)
    take.add_argument("--absent", metavar=t("REASON"),
                      help=t("why whoever goes cannot sign"))  # fmt: skip
    drop = shape.command(commands, "drop", t("leave a handover that was begun"), _drop)
    _by(drop, shape)
    note = shape.command(commands, "acknowledge", t("take note of matters that are handed over"),
                         _acknowledge)  # fmt: skip
    which = note.add_mutually_exclusive_group(required=True)
    which.add_argument("numbers", nargs="*", default=[], metavar=t("NUMBER"),
                       help=t("matters to take note of one by one"))  # fmt: skip
    which.add_argument("--rest", type=int, metavar="N",
                       help=t("all the others, of which there are so many"))  # fmt: skip
    _by(note, shape)
    count = shape.command(commands, "count", t("put down what was counted"), _count)
    count.add_argument("counts", nargs="+", metavar="ITEM=N[:WORD]",
                       help=t("what, how many, and why it differs"))  # fmt: skip
    _by(count, shape)
    _define_signing(commands, shape)


def _define_signing(commands: Commands, shape: Shape) -> None:
    t = shape.t
    sign = shape.command(commands, "sign", t("sign the handover, as one of both"), _sign)
    review = shape.command(commands, "review", t("review a signed handover"), _review)
    review.add_argument("--shift", type=int, required=True, metavar="N", help=t("which shift"))
    review.add_argument("--note", metavar="TEXT", help=t("a word about it"))
    for command in (sign, review):
        _by(command, shape)
        define_pin(command, shape)


def _by(command: Parser, shape: Shape) -> None:
    command.add_argument("--as", dest="actor", required=True, metavar=shape.t("NAME"),
                         help=shape.t("who does it"))  # fmt: skip


def _show(call: Call) -> int:
    from concierge.services.handover import handover
    from concierge.services.shift_phones import record_look

    args = call.args

    def do(desk: Desk) -> HandoverView:
        view = handover(desk, shift=args.shift)
        if args.reveal:
            record_look(desk, shift=view.shift, actor=args.actor)
        return view

    return _done(call, do, clear=bool(args.reveal))


def _take_over(call: Call) -> int:
    from concierge.services.handover import begin_handover

    args = call.args
    return _done(call, lambda desk: begin_handover(desk, actor=args.actor, absent=args.absent))


def _drop(call: Call) -> int:
    from concierge.services.handover import drop_handover

    return _done(call, lambda desk: drop_handover(desk, actor=call.args.actor))


def _acknowledge(call: Call) -> int:
    """One by one, so that what comes before a refused one stays acknowledged."""
    from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest

    args = call.args

    def do(desk: Desk) -> HandoverView:
        if args.rest is not None:
            return acknowledge_rest(desk, count=args.rest, actor=args.actor)
        views = [
            acknowledge_matter(desk, number=number, actor=args.actor) for number in args.numbers
        ]
        return views[-1]

    return _done(call, do)


def _count(call: Call) -> int:
    from concierge.services.handover_acts import count_item

    args = call.args
    said = [_counted(each) for each in args.counts]

    def do(desk: Desk) -> HandoverView:
        views = [
            count_item(desk, item=item, counted=counted, actor=args.actor, word=word)
            for item, counted, word in said
        ]
        return views[-1]

    return _done(call, do)


def _counted(text: str) -> tuple[str, int, str | None]:
    """Item, number and word of ``keys=6:one is with the guard``.

    Raises:
        Unreadable: when it is no such thing.
    """
    item, equals, rest = text.partition("=")
    number, _, word = rest.partition(":")
    try:
        counted = int(number)
    except ValueError:
        equals = ""
    if not equals or not item.strip():
        raise Unreadable(
            later('Cannot read the count "{what}": write it as keys=7, or keys=6:WHY.'), what=text
        )
    return item.strip(), counted, word or None


def _sign(call: Call) -> int:
    from concierge.services.handover_signing import sign_handover

    pin = asked_pin(call)

    def do(desk: Desk) -> HandoverView:
        view = sign_handover(desk, actor=call.args.actor, pin=pin)
        make_copies(call, desk)
        return view

    return _done(call, do)


def _review(call: Call) -> int:
    from concierge.services.handover_signing import review_handover

    args, pin = call.args, asked_pin(call)
    return _done(
        call,
        lambda desk: review_handover(
            desk, shift=args.shift, actor=args.actor, pin=pin, note=args.note
        ),
    )


def _done(call: Call, do: Callable[[Desk], HandoverView], *, clear: bool = False) -> int:
    """Show a handover as it is after what is done; ``clear`` masks no phone in what was typed."""
    from concierge.cli.handover_json import handover_json
    from concierge.cli.handover_text import handover_lines
    from concierge.cli.showing import names_of

    with call.desk() as desk:
        view, names = do(desk), names_of(call, desk)
    view = view if clear else masked(view)
    call.answer(handover_json(call, view), lambda: handover_lines(call, view, names))
    return Exit.DONE
