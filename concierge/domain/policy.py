"""The service policy as values: categories with their clocks, ladders, opening hours.

The shipped figures and their clauses stand in ``data/policy.toml``; a property's own file holds only what
differs and is laid over them (``overlay``). A mistake is refused with the key of the line (``policy.bad``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from concierge.domain.calendar_file import Interval
from concierge.domain.deadline import ClockSpec
from concierge.domain.ladder import Ladder, read_ladder
from concierge.domain.limit import Limit, Unit
from concierge.domain.nearness import nearest
from concierge.domain.policy_file import Reader, hours_of_week
from concierge.domain.quiet import QuietHours
from concierge.domain.repeated import Repeated
from concierge.domain.roles import ROLES
from concierge.domain.shift import ShiftRules
from concierge.domain.shift_policy import shift_rules

KINDS = ("complaint", "inquiry", "errand")
CLOCKS = ("answer", "attend", "resolve")
GRADES = ("ordinary", "major")
MAJOR_LADDER = "major"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of matter with what is promised for it; names in both languages, the clauses on the clocks.

    ``always``: told at any hour. ``top``: the highest role that is ever told, None for the whole ladder.
    """

    code: str
    kind: str
    names: tuple[tuple[str, str], ...]
    clocks: tuple[ClockSpec, ...]
    grade: str = "ordinary"
    always: bool = False
    consent: bool = False
    top: str | None = None

    def name(self, language: str) -> str:
        """The category's name in "zh" or "en"."""
        return dict(self.names)[language]

    def clock(self, kind: str) -> ClockSpec | None:
        """What is promised for one kind of clock, if anything."""
        return next((spec for spec in self.clocks if spec.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a property promises. Durations are seconds; ``version`` is a hash of the content.

    Policies kept from before there were quiet hours, repeated matters or shifts have none.
    """

    version: str
    timezone: str
    hours: Mapping[int, tuple[Interval, ...]]
    categories: Mapping[str, Category]
    ladders: Mapping[str, Ladder]
    late_after: int
    reopen_within: int
    resolve_default: ClockSpec
    quiet: QuietHours | None = None
    repeated: Repeated | None = None
    shifts: ShiftRules | None = None

    def ladder_for(self, limit: Limit) -> Ladder:
        """The ladder on which a limit of this unit runs unless its clock names another."""
        return next(ladder for ladder in self.ladders.values() if limit.unit in ladder.units)

    def spec_for(self, limit: Limit, *, kind: str = "limit") -> ClockSpec:
        """A bare limit as a clock on the ladder of its unit (the what-if of the command line)."""
        ladder = self.ladder_for(limit)
        return ClockSpec(kind=kind, limit=limit, ladder=ladder.name, warning=ladder.warning or 0)


def overlay(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """A property's own file laid over the shipped one: tables merge, everything else replaces."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        # A clock written as a table replaces the clock below it whole: its keys belong together.
        whole = key in CLOCKS
        merged[key] = overlay(below, value) if both and not whole else value  # type: ignore[arg-type]
    return merged


def parse_policy(raw: Mapping[str, object]) -> Policy:
    """Read a whole policy (shipped, or overlaid) from its TOML mapping.

    Raises:
        Refusal: ``policy.bad`` with ``key`` (dotted, as in the file), ``problem`` and ``value``.
    """
    top = Reader(raw, "")
    ladders = {
        name: read_ladder(table, name) for name, table in top.table("ladders").tables().items()
    }
    _check_ladders(ladders, top)
    tickets = top.table("tickets")
    default = tickets.limit("resolve_default")
    policy = Policy(
        version=version_of(raw),
        timezone=top.zone("timezone"),
        hours=hours_of_week(top.table("hours")),
        categories={
            code: _category(table, code, ladders)
            for code, table in _categories(top.table("categories")).items()
        },
        ladders=ladders,
        late_after=tickets.seconds("late_after"),
        reopen_within=tickets.seconds("reopen_within"),
        resolve_default=_on_ladder(
            ClockSpec(kind="resolve", limit=default, by_agreement=True), ladders, None
        ),
        quiet=_quiet(top.table("quiet")) if top.has("quiet") else None,
        repeated=_repeated(top.table("repeated")) if top.has("repeated") else None,
        shifts=shift_rules(top, ladders),
    )
    tickets.done()
    top.done()
    return policy


def version_of(raw: Mapping[str, object]) -> str:
    """A short hash of the content, the same for the same figures however they are laid out."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _check_ladders(ladders: Mapping[str, Ladder], top: Reader) -> None:
    """Every unit runs on exactly one ladder, and major tickets have theirs."""
    if MAJOR_LADDER not in ladders:
        raise top.bad(f"ladders.{MAJOR_LADDER}", "missing")
    for unit in Unit:
        if sum(unit in ladder.units for ladder in ladders.values()) != 1:
            raise top.bad("ladders.*.units", "unit-once", value=unit.value)


def _quiet(table: Reader) -> QuietHours:
    """The quiet hours: from, to, and the roles that are not woken."""
    quiet = QuietHours(table.minutes("from"), table.minutes("to"), table.choices("roles", ROLES))
    if quiet.start == quiet.end:
        raise table.bad("to", "quiet-empty")
    table.done()
    return quiet


def _repeated(table: Reader) -> Repeated:
    """When complaints that come again, or stay, become major."""
    found = Repeated(
        window=table.days("window"),
        household=table.count("household"),
        building=table.count("building"),
        unsolved=table.days("unsolved"),
    )
    table.done()
    return found


def _categories(table: Reader) -> dict[str, Reader]:
    """The categories by code; one without a kind is no new one but another's code, mistyped in an overlay."""
    found = table.tables()
    whole = [code for code, each in found.items() if each.has("kind")]
    for code in found:
        if code not in whole:
            near = ", ".join(nearest(code, whole))
            raise table.bad(code, "category-mistyped" if near else "category-bare", value=near)
    return found


def _category(table: Reader, code: str, ladders: Mapping[str, Ladder]) -> Category:
    kind = table.choice("kind", KINDS)
    ladder = table.choice("ladder", tuple(ladders), default=None)
    clause = table.text("clause", default="")
    clocks = tuple(
        _on_ladder(table.clock(name, clause), ladders, ladder) for name in CLOCKS if table.has(name)
    )
    needed = "answer" if kind == "inquiry" else None
    if not clocks or (needed and all(spec.kind != needed for spec in clocks)):
        raise table.bad(needed or "resolve", "no-clock")
    category = Category(
        code=code,
        kind=kind,
        names=(("zh", table.text("zh")), ("en", table.text("en"))),
        clocks=clocks,
        grade=table.choice("grade", GRADES, default="ordinary") or "ordinary",
        always=table.flag("always"),
        consent=table.flag("consent"),
        top=table.choice("top", ROLES, default=None),
    )
    table.done()
    _check_top(category, ladders, table)
    return category


def _check_top(category: Category, ladders: Mapping[str, Ladder], table: Reader) -> None:
    """A top rung below the first one would leave nobody to tell."""
    climbed = {spec.ladder for spec in category.clocks} | {MAJOR_LADDER}
    if any(not ladders[name].up_to(category.top).rungs for name in climbed):
        raise table.bad("top", "top")


def _on_ladder(spec: ClockSpec, ladders: Mapping[str, Ladder], named: str | None) -> ClockSpec:
    """Put a clock on the ladder it names, else on the ladder of its unit."""
    chosen = (
        ladders[named]
        if named
        else next(ladder for ladder in ladders.values() if spec.limit.unit in ladder.units)
    )
    return ClockSpec(
        kind=spec.kind,
        limit=spec.limit,
        by_agreement=spec.by_agreement,
        at_once=spec.at_once,
        lead=spec.lead,
        ladder=chosen.name,
        warning=chosen.warning or 0,
        clause=spec.clause,
    )
