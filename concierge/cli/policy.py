"""``policy``: showing what is promised, and checking a property's own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.cli.rules import Rules
from concierge.domain.deadline import ClockSpec
from concierge.domain.policy import Ladder, parse_policy
from concierge.language import terms
from concierge.language.limits import limit_text
from concierge.language.translator import Language
from concierge.settings import check_policy


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
    path = Path(call.args.file).expanduser()
    policy = parse_policy(check_policy(path))
    value = {"ok": True, "version": policy.version, "categories": len(policy.categories)}
    said = call.t("{path} is in order: {n} categories.", path=path, n=len(policy.categories))
    call.answer(value, lambda: [said])
    return Exit.DONE


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
    return t(", ").join(said)
