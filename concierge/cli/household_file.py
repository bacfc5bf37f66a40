"""``household``: its file: fields, facts, instructions, what changed, looking unmasked, forgetting."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.forget_lines import forgotten_lines, refuse_doubts, show_before
from concierge.cli.household_lines import change_line, file_lines
from concierge.cli.parser import Commands, Parser, Shape
from concierge.domain.household_file import Aspect, Source
from concierge.domain.masked_views import masked
from concierge.domain.refusal import Refusal

if TYPE_CHECKING:
    from concierge.services.household_views import HouseholdFile

View = TypeVar("View")
_INSTANTS = frozenset({"at", "ended_at"})


def define(commands: Commands, shape: Shape) -> None:
    """The arguments of the commands about one household's file."""
    _define_setting(commands, shape)
    _define_fact(commands, shape)
    _define_instruct(commands, shape)
    t = shape.t
    history = shape.command(commands, "history", t("what was changed in a file"), _history)
    history.add_argument("unit", metavar="UNIT", help=t("its unit"))
    undo = shape.command(commands, "undo", t("take the last change of a file back"), _undo)
    _who(undo, shape)
    forget = shape.command(commands, "forget", t("forget people who moved out"), _forget)
    _who(forget, shape)
    forget.add_argument("--member", metavar=t("NAME"), help=t("only this person"))
    forget.add_argument("--reason", metavar=t("REASON"), help=t("why"))
    forget.add_argument("--look", action="store_true",
                        help=t("forget nobody, list the texts that may still name them"))  # fmt: skip
    forget.add_argument("--also", metavar=t("PLACE"), action="append", default=[],
                        help=t("take the name out of this text of that list too"))  # fmt: skip
    forget.add_argument("--leave", action="store_true",
                        help=t("leave the other texts of that list as they are"))  # fmt: skip


def _who(parser: Parser, shape: Shape) -> None:
    parser.add_argument("unit", metavar="UNIT", help=shape.t("its unit"))
    parser.add_argument("--as", dest="actor", metavar=shape.t("NAME"), required=True,
                        help=shape.t("who does it"))  # fmt: skip


def _define_setting(commands: Commands, shape: Shape) -> None:
    t = shape.t
    setting = shape.command(commands, "set", t("set fields of a file"), _set)
    _who(setting, shape)
    setting.add_argument("values", metavar="FIELD=VALUE", nargs="+",
                         help=t("such as parking=B1-17; an empty value empties the field"))  # fmt: skip


def _define_fact(commands: Commands, shape: Shape) -> None:
    t = shape.t
    fact = shape.command(commands, "fact", t("write down what was heard or noticed"), _fact)
    _who(fact, shape)
    fact.add_argument("text", metavar="TEXT", help=t("what is known"))
    fact.add_argument("--aspect", required=True, choices=[each.value for each in Aspect],
                      help=t("what it is about"))  # fmt: skip
    fact.add_argument("--member", metavar=t("NAME"), help=t("whom it is about"))
    fact.add_argument("--source", default=Source.SAID.value, choices=[each.value for each in Source],
                      help=t("where it comes from"))  # fmt: skip
    fact.add_argument("--on", dest="noted_on", metavar="DATE", help=t("when it was heard"))
    fact.add_argument("--day", metavar="DATE", help=t("the day of a key date"))
    fact.add_argument("--consent-by", metavar=t("NAME"), help=t("who agreed that it is kept"))
    fact.add_argument("--consent-for", help=t("what the consent covers"))
    fact.add_argument(
        "--ask-later", action="store_true", help=t("nobody was asked for consent yet")
    )


def _define_instruct(commands: Commands, shape: Shape) -> None:
    t = shape.t
    instruct = shape.command(commands, "instruct", t("take down an instruction"), _instruct)
    _who(instruct, shape)
    instruct.add_argument("text", metavar="TEXT", nargs="?", help=t("what the household asks"))
    for option, metavar, helped in (
        ("--from", "DATE", t("its first day")),
        ("--until", "DATE", t("its last day")),
        ("--days", "DAYS", t("weekdays, such as tue,thu")),
        ("--start", "HH:MM", t("from this time of day")),
        ("--end", "HH:MM", t("until this time of day")),
        ("--given-by", t("NAME"), t("who gave it")),
    ):
        instruct.add_argument(
            option, dest=option[2:].replace("-", "_"), metavar=metavar, help=helped
        )
    instruct.add_argument("--stop", metavar="ID", type=int, help=t("end this instruction instead"))


def show_file(call: Call, file: HouseholdFile) -> int:
    """Say a file to a program or to a person."""
    file = in_sight(file, file)
    call.answer(as_json(call, file), lambda: file_lines(call, file))
    return Exit.DONE


def in_sight(view: View, file: HouseholdFile) -> View:
    """A view of the household as it is shown: phones in what was typed are whole where they were asked for."""
    return view if "phones" in file.clear else masked(view)


def as_json(call: Call, file: HouseholdFile) -> dict[str, Any]:
    """A file as plain values; what is masked says so."""
    plain: dict[str, Any] = _plain(call, asdict(file))
    return plain


def _plain(call: Call, value: Any, name: str = "") -> Any:
    """Instants in the property's wall time, sets in order."""
    if isinstance(value, dict):
        return {key: _plain(call, part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(call, part) for part in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return call.iso(value) if name in _INSTANTS else value


def _set(call: Call) -> int:
    from concierge.services.household_edit import set_household

    pairs = [text.partition("=") for text in call.args.values]
    if not all(sign for _, sign, _ in pairs):
        raise Refusal("field.pair", value=next(name for name, sign, _ in pairs if not sign))
    values = {name.strip(): value for name, _, value in pairs}
    with call.desk() as desk:
        file = set_household(desk, unit=call.args.unit, values=values, actor=call.args.actor)
        return show_file(call, file)


def _fact(call: Call) -> int:
    from concierge.services.facts import NewFact, add_fact
    from concierge.services.household_file import household_file

    args = call.args
    with call.desk() as desk:
        member = _member(household_file(desk, unit=args.unit), args.member)
        fact = NewFact(
            aspect=args.aspect,
            text=args.text,
            member_id=member,
            source=args.source,
            noted_on=args.noted_on,
            day=args.day,
            consent_by=args.consent_by,
            consent_scope=args.consent_for,
            ask_later=args.ask_later,
        )
        return show_file(call, add_fact(desk, unit=args.unit, fact=fact, actor=args.actor))


def _member(file: HouseholdFile, name: str | None) -> int | None:
    """The member of that name; None when nobody is named.

    Raises:
        Refusal: ``part.unknown`` when the household has nobody, or more than one, of that name.
    """
    if name is None:
        return None
    found = [one.id for one in file.members if one.name == name.strip()]
    if len(found) != 1:
        raise Refusal("part.unknown", unit=file.unit, row=name.strip())
    return found[0]


def _instruct(call: Call) -> int:
    from concierge.services.instructions import NewInstruction, add_instruction, end_instruction

    args = call.args
    with call.desk() as desk:
        if args.stop is not None:
            return show_file(call, end_instruction(
                desk, unit=args.unit, instruction=args.stop, actor=args.actor
            ))  # fmt: skip
        new = NewInstruction(
            text=args.text or "",
            starts_on=getattr(args, "from"),
            ends_on=args.until,
            weekdays=args.days,
            from_time=args.start,
            to_time=args.end,
            given_by=args.given_by,
        )
        return show_file(
            call, add_instruction(desk, unit=args.unit, instruction=new, actor=args.actor)
        )


def _history(call: Call) -> int:
    from concierge.services.household_history import history

    with call.desk() as desk:
        changes = masked(history(desk, unit=call.args.unit))
        value = [{**asdict(change), "at": call.iso(change.at)} for change in changes]
        nothing = [call.t("Nothing was changed yet.")]
        call.answer(value, lambda: [change_line(call, change) for change in changes] or nothing)
    return Exit.DONE


def _undo(call: Call) -> int:
    from concierge.services.household_history import undo_last

    with call.desk() as desk:
        return show_file(call, undo_last(desk, unit=call.args.unit, actor=call.args.actor))


def _forget(call: Call) -> int:
    from concierge.services.forgetting import before_forgetting, forget_household, forget_member
    from concierge.services.household_file import household_file

    args = call.args
    with call.desk() as desk:
        who = {"unit": args.unit, "actor": args.actor, "also": args.also}
        member = _member(household_file(desk, unit=args.unit), args.member)
        before = before_forgetting(desk, member=member, **who)
        if args.look:
            return show_before(call, before)
        if not args.leave:
            refuse_doubts(before)
        if member is None:
            done = forget_household(desk, reason=args.reason, **who)
        else:
            done = forget_member(desk, member=member, reason=args.reason, **who)
    call.answer(asdict(done), lambda: forgotten_lines(call, done))
    return Exit.DONE
