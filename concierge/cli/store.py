"""The store itself: ``init``, ``verify``, ``doctor``, ``backup`` and ``restore``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.domain.refusal import Refusal
from concierge.domain.roles import STAFF_FROM, may
from concierge.language import terms
from concierge.language.translator import LANGUAGES
from concierge.paths import as_typed

if TYPE_CHECKING:
    from concierge.services.staffing import NewStaff


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of the one command that this parser is for."""
    _DEFINE[parser.prog.rpartition(" ")[2]](parser, shape)


def _define_init(parser: Parser, shape: Shape) -> None:
    t = shape.t
    parser.add_argument("--name", required=True, help=t("the property's name"))
    parser.add_argument("--language", choices=LANGUAGES, help=t("the language of its desk"))
    parser.add_argument("--staff", required=True, action="extend", nargs="+",
                        metavar="NAME:ROLE[:PHONE]",
                        help=t("its staff; roles: concierge, supervisor, director, manager"))  # fmt: skip
    parser.add_argument("--rehearsal", action="store_true",
                        help=t("a store to practise with, whose clock CONCIERGE_NOW may set"))  # fmt: skip
    parser.set_defaults(run=_init)


def _define_verify(parser: Parser, _shape: Shape) -> None:
    parser.set_defaults(run=_verify)


def _define_doctor(parser: Parser, shape: Shape) -> None:
    parser.add_argument("--clean", action="store_true",
                        help=shape.t("write the file anew, without traces of the forgotten"))  # fmt: skip
    parser.set_defaults(run=_doctor)


def _define_backup(parser: Parser, shape: Shape) -> None:
    parser.add_argument("path", metavar="PATH", help=shape.t("the file to write"))
    parser.add_argument("--force", action="store_true", help=shape.t("replace a file that exists"))
    parser.set_defaults(run=_backup)


def _define_restore(parser: Parser, shape: Shape) -> None:
    parser.add_argument("path", metavar="PATH", help=shape.t("the backup"))
    parser.set_defaults(run=_restore)


_DEFINE: dict[str, Callable[[Parser, Shape], None]] = {
    "init": _define_init,
    "verify": _define_verify,
    "doctor": _define_doctor,
    "backup": _define_backup,
    "restore": _define_restore,
}


def _init(call: Call) -> int:
    from concierge.bootstrap import found_property
    from concierge.services.staffing import NewStaff

    args = call.args
    staff = [NewStaff.parse(text) for text in args.staff]
    language = args.language or call.t.code
    desk = found_property(
        call.home,
        name=args.name,
        language=language,
        staff=staff,
        rehearsal=args.rehearsal,
        desk=call.desk_name,
        environ=call.environ,
    )
    desk.store.close()
    value = {
        "home": str(call.home),
        "name": args.name,
        "language": language,
        "rehearsal": args.rehearsal,
        "staff": [asdict(one) for one in staff],
    }
    call.answer(value, lambda: _founded(call, staff))
    return Exit.DONE


def _founded(call: Call, staff: list[NewStaff]) -> Iterator[str]:
    t = call.t
    yield t("{name} is set up in {home}.", name=call.args.name, home=call.home)
    missing = [role for role in ("supervisor", "director", "manager")
               if all(one.role != role for one in staff)]  # fmt: skip
    if missing:
        roles = t(", ").join(terms.role(t, role) for role in missing)
        yield t("Nobody would be told of a broken promise as {roles}: add them.", roles=roles)
        able = [one.name for one in staff if may(one.role, STAFF_FROM)]
        by = f' --as "{able[0]}"' if able else ""
        yield f'  concierge staff add "{t("NAME")}:{missing[0]}"{by}'
    yield t("Next, bring the households in and open the desk:")
    yield "  concierge household import roster.xlsx"
    yield "  concierge"


def _verify(call: Call) -> int:
    from concierge.services.verify import verify

    with call.desk() as desk:
        report = verify(desk)
    value = {
        "ok": report.ok,
        "events": report.events,
        "head": report.head,
        "problems": [
            {"event": problem.event, "kind": problem.kind, "detail": problem.detail}
            for problem in report.problems
        ],
    }

    def lines() -> Iterator[str]:
        t = call.t
        if report.ok:
            yield t("All is as it was written: {events} events, the last is {head}.",
                    events=report.events, head=report.head)  # fmt: skip
            return
        yield t.plural("{n} problem:", "{n} problems:", len(report.problems))
        for problem in report.problems:
            where = t("event {number}", number=problem.event) if problem.event else t("store")
            yield f"  {where}  {problem.kind}  {problem.detail}"

    call.answer(value, lines)
    return Exit.DONE if report.ok else Exit.REFUSED


def _doctor(call: Call) -> int:
    from concierge.cli.checkup import checkup_lines, look

    if call.args.clean:
        return _clean(call)
    found = look(call)
    if "error" in found:
        call.output.aside(found["error"]["message"])
    call.answer(found, lambda: checkup_lines(call, found))
    return Exit.DONE if found["ok"] else Exit.NO_STORE


def _clean(call: Call) -> int:
    from concierge.store.scrubbing import scrub

    with call.desk() as desk:
        done = scrub(desk.store, largest=None)

    def lines() -> Iterator[str]:
        yield (
            call.t("The file was written anew: nothing of what was forgotten is left in it.")
            if done
            else call.t("Another desk is at work: close it, or try again at a quiet hour.")
        )

    call.answer({"cleaned": done}, lines)
    return Exit.DONE if done else Exit.REFUSED


def _backup(call: Call) -> int:
    from concierge.export.files import refusing
    from concierge.store.backup import backup

    target = as_typed(call.args.path)
    with call.desk() as desk, refusing(target):
        backup(desk.store, target, force=call.args.force)
    value: dict[str, Any] = {"path": str(target)}
    call.answer(value, lambda: [call.t("The store is copied to {path}.", path=target)])
    return Exit.DONE


def _restore(call: Call) -> int:
    from concierge.store.backup import restore

    source = as_typed(call.args.path)
    if not source.exists():
        raise Refusal("file.not-found", path=str(source))
    kept = restore(source, call.home)

    def lines() -> Iterator[str]:
        yield call.t("{path} is now the store in {home}.", path=source, home=call.home)
        if kept is not None:
            yield call.t("The store that was there is kept as {path}.", path=kept)

    call.answer({"path": str(source), "kept": str(kept) if kept else None}, lines)
    return Exit.DONE
