"""``policy``: showing what is promised, and checking a property's own file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.cli.rules import Rules
from concierge.domain.deadline import ClockSpec
from concierge.domain.ladder import Ladder
from concierge.domain.policy import Policy, parse_policy
from concierge.domain.roles import ROLES
from concierge.language import terms
from concierge.language.dates import duration
from concierge.language.limits import limit_text
from concierge.language.translator import Language
from concierge.paths import STORE_NAME, as_typed
from concierge.settings import check_policy, read_rules

if TYPE_CHECKING:
    from concierge.services.rules import Moved


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``policy`` command."""
    t = shape.t
    commands = shape.group(parser)
    shape.command(commands, "show", t("show the policy that holds"), _show)
    check = shape.command(commands, "check", t("check a policy file"), _check)
    check.add_argument("file", metavar="FILE", help=t("the file"))


def _show(call: Call) -> int:
    rules = Rules.read(call.home)
    call.answer(rules.raw, lambda: _lines(call, rules))
    return Exit.DONE


def _check(call: Call) -> int:
    path = as_typed(call.args.file)
    raw = check_policy(path)
    policy = parse_policy(raw)
    moves, nobody = _against_store(call, raw, policy)
    value = {
        "ok": True,
        "version": policy.version,
        "categories": len(policy.categories),
        "moves": [
            {"ticket": m.ticket, "clock": m.clock, "was": call.iso(m.was), "now": call.iso(m.now)}
            for m in moves
        ],
        "nobody": list(nobody),
    }
    said = call.t("{path} is in order: {n} categories.", path=path, n=len(policy.categories))
    lines = [said, *(_move_line(call, moved) for moved in moves)]
    for role in nobody:
        title = terms.role(call.t, role)
        lines.append(
            call.t("Nobody on the staff is {role}: that step is passed over at once.", role=title)
        )
    call.answer(value, lambda: lines)
    return Exit.DONE


def _against_store(
    call: Call, raw: Mapping[str, object], policy: Policy
) -> tuple[tuple[Moved, ...], tuple[str, ...]]:
    """What a policy would move in the store of the home folder, and the roles of it that nobody holds."""
    if not (call.home / STORE_NAME).is_file():
        return (), ()
    from concierge.services.rules import would_move
    from concierge.services.staffing import list_staff

    with call.desk() as desk:
        moves = would_move(desk, policy=raw, calendars=read_rules(call.home).calendars)
        held = {each.role for each in list_staff(desk) if each.active}
    wanted = {rung.to for ladder in policy.ladders.values() for rung in ladder.rungs}
    return moves, tuple(role for role in ROLES if role in wanted - held)


def _move_line(call: Call, moved: Moved) -> str:
    """Such as "T-20261123-001 on site: due 16:10 -> 11:00, already 20 min late, one breach kept"."""
    t = call.t
    assert call.now is not None
    line = t(
        "{ticket} {clock}: due {was} -> {now}",
        ticket=moved.ticket,
        clock=terms.clock(t, moved.clock),
        was=call.when(moved.was),
        now=call.when(moved.now),
    )
    if moved.now < call.now:
        late = t("already {length} late", length=duration(t, call.now - moved.now))
        line = t("{before}, {then}", before=line, then=late)
    if moved.breach_kept:
        line = t("{before}, {then}", before=line, then=t("one breach kept"))
    return line


def _lines(call: Call, rules: Rules) -> Iterator[str]:
    t, policy = call.t, rules.policy
    yield t("Time zone {zone}, version {version}", zone=policy.timezone, version=policy.version)
    rows = []
    for category in policy.categories.values():
        clocks = t(", ").join(_clock(t, spec) for spec in category.clocks)
        kind, grade = terms.kind(t, category.kind), terms.grade(t, category.grade)
        rows.append((category.code, category.name(t.code), kind, grade, clocks))
    yield from table(rows)
    for ladder in policy.ladders.values():
        yield t("Ladder {name}: {rungs}", name=ladder.name, rungs=_rungs(t, ladder))
    if policy.quiet is not None and policy.quiet.roles:
        start, end = (
            f"{at // 60:02}:{at % 60:02}" for at in (policy.quiet.start, policy.quiet.end)
        )
        roles = t(", ").join(terms.role(t, role) for role in policy.quiet.roles)
        yield t("From {start} to {end} not woken: {roles}", start=start, end=end, roles=roles)
    for category in policy.categories.values():
        if category.top is not None:
            name, role = category.name(t.code), terms.role(t, category.top)
            yield t("{category} climbs to the {role} at most", category=name, role=role)


def _clock(t: Language, spec: ClockSpec) -> str:
    clock = terms.clock(t, spec.kind)
    limit = limit_text(t, str(spec.limit))
    if not spec.by_agreement:
        return f"{clock} {limit}"
    return t("{clock} by agreement, at most {limit}", clock=clock, limit=limit)


def _rungs(t: Language, ladder: Ladder) -> str:
    said = []
    for rung in ladder.rungs:
        when = t("when it comes in") if rung.anchor == "received" else t("when it is due")
        if rung.offset is not None:
            when = t("{limit} after it was due", limit=limit_text(t, str(rung.offset)))
        said.append(t("{role} {when}", role=terms.role(t, rung.to), when=when))
    if ladder.repeat is None:
        again = t("then again at each opening")
    else:
        again = t("then again every {limit}", limit=limit_text(t, str(ladder.repeat)))
    return t(", ").join([*said, again])
