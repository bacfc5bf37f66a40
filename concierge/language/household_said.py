"""What stands in a household's file, in words: instructions, facts, people, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from concierge.domain.masked_views import masked
from concierge.language import household_terms as terms
from concierge.language import instruction_said
from concierge.language.dates import full_day
from concierge.language.terms import term
from concierge.language.translator import Language, later
from concierge.services.household_views import (
    Change,
    ConsentView,
    ContactView,
    FactView,
    HouseholdCardNow,
    KeyDateView,
    MemberFile,
    PetView,
    VehicleView,
)
from concierge.services.views import InstructionView

GAP = "  "
_NO_YEAR = "--"  # before the month and day of a date that comes every year
_CODES: Mapping[str, Mapping[str, str]] = {
    "tenure": terms.TENURES,
    "role": terms.MEMBER_ROLES,
    "sex": terms.SEXES,
    "contact_preference": terms.CONTACT_PREFERENCES,
    "aspect": terms.ASPECTS,
    "source": terms.SOURCES,
    "flag": terms.CARE_FLAGS,
}


def choices_of(field: str) -> Mapping[str, str] | None:
    """The codes a field takes, with their words; None where anything may be typed."""
    return _CODES.get(field)


def value(t: Language, field: str, stored: object) -> str:
    """A field's value as people read it; nothing for none."""
    if stored is None or stored == "":
        return ""
    if field == "weekdays":
        numbers = str(stored).split(",") if isinstance(stored, str) else stored
        return terms.weekdays(t, map(int, numbers)) if isinstance(numbers, Iterable) else ""
    if field in {"day", "birthday"}:
        return str(stored).removeprefix(_NO_YEAR)
    if field == "ended_at":
        return _wall(t, str(stored))
    if isinstance(stored, list | tuple):
        return t(", ").join(term(t, terms.CARE_FLAGS, str(each)) for each in stored)
    return term(t, _CODES.get(field, {}), str(stored))


def _wall(t: Language, said: str) -> str:
    """A date and time of day from an instant in ISO 8601; the year is written, whatever year it is read in."""
    local = datetime.fromisoformat(said)
    return t("{day}, {time}", day=full_day(t, local.date(), date.min), time=f"{local:%H:%M}")


def instruction_when(t: Language, held: InstructionView) -> str:
    """On which days and at what hours it holds; nothing for always."""
    parts = []
    if held.starts_on:
        parts.append(t("from {day}", day=held.starts_on))
    if held.ends_on:
        parts.append(t("until {day}", day=held.ends_on))
    if held.weekdays:
        parts.append(terms.weekdays(t, held.weekdays))
    if held.from_time or held.to_time:
        parts.append(f"{held.from_time or '00:00'}-{held.to_time or '24:00'}")
    return GAP.join(parts)


def instruction_line(t: Language, held: InstructionView) -> str:
    """Its words, when it holds, who gave it."""
    given = t("given by {name}", name=held.given_by) if held.given_by else ""
    return GAP.join(filter(None, (held.text, instruction_when(t, held), given)))


def consent_said(t: Language, fact: FactView, day: str) -> str:
    """Who agreed that it is kept, and when; asked for where nobody did."""
    if fact.consent_missing:
        return t("consent not asked for yet")
    consent: ConsentView | None = fact.consent
    if consent is None:
        return ""
    said = t("agreed by {name} on {day}", name=consent.by, day=day)
    return t("{before} ({name})", before=said, name=consent.scope) if consent.scope else said


def fact_origin(t: Language, fact: FactView) -> str:
    """Where it comes from, when, who wrote it down."""
    said = (
        later("noticed {day}, {name}") if fact.source == "noticed" else later("said {day}, {name}")
    )
    return t(said, day=fact.noted_on, name=fact.written_by)


def fact_head(t: Language, fact: FactView) -> str:
    """What it is about and whom."""
    aspect = terms.aspect(t, fact.aspect)
    return t("{before} ({name})", before=aspect, name=fact.member) if fact.member else aspect


def member_line(t: Language, person: MemberFile) -> str:
    """Everything that stands about a person but the name."""
    moved = t("moved out {day}", day=person.moved_out) if person.moved_out else None
    parts = (
        person.relation,
        value(t, "role", person.role),
        person.phone,
        value(t, "sex", person.sex),
        t("born {day}", day=value(t, "birthday", person.birthday)) if person.birthday else None,
        person.occupation,
        person.employer,
        person.background,
        moved,
    )
    return GAP.join(part for part in parts if part)


def row_line(row: VehicleView | PetView | ContactView) -> str:
    """A vehicle, an animal or a contact in a line."""
    if isinstance(row, VehicleView):
        return GAP.join(filter(None, (row.plate, row.model, row.colour)))
    if isinstance(row, PetView):
        return GAP.join(filter(None, (row.name, row.kind, row.note)))
    return GAP.join(filter(None, (row.name, row.relation, row.phone)))


def care_line(t: Language, flags: Iterable[str]) -> str:
    """The care flags after each other."""
    return t(", ").join(terms.care_flag(t, flag) for flag in flags)


def reach_line(t: Language, card: HouseholdCardNow) -> str:
    """How to speak to them: salutation, language, the way they prefer."""
    preferred = value(t, "contact_preference", card.contact_preference)
    return GAP.join(filter(None, (card.salutation, card.language, preferred)))


def away_line(t: Language, since: str | None, until: str | None) -> str:
    """That they are away, and until when as far as that is known."""
    if until:
        return t("away until {day}", day=until)
    return t("away since {day}", day=since) if since else t("away")


def key_date_line(t: Language, coming: KeyDateView) -> str:
    """A birthday or another day that is kept."""
    if coming.text is None:
        return t("{day} birthday of {name}", day=coming.day, name=coming.member or "")
    return GAP.join(filter(None, (coming.day, coming.text, coming.member)))


def change_line(t: Language, change: Change) -> str:
    """What was changed from what to what; of what takes another change back, the change that was undone.

    Phones in what was typed are masked: nobody asks to see the past in clear.
    """
    change = masked(change)
    if change.undoes is not None:
        return t("undone: {change}", change=_said_of(t, _inverse(change)))
    said = _said_of(t, change)
    return t("{change} (taken back later)", change=said) if change.undone else said


def _inverse(change: Change) -> Change:
    """The change that a change took back: what took out a row undid its being added."""
    act = {"added": "removed", "removed": "added"}.get(change.act, change.act)
    return replace(change, act=act, before=change.after, after=change.before)


def _said_of(t: Language, change: Change) -> str:
    part = terms.part(t, change.what)
    what = t("{before} ({name})", before=part, name=change.member) if change.member else part
    if change.act == "entered":
        said = t("household entered: {values}", values=_values(t, change.after))
    elif change.act == "added":
        said = t("{part} added: {values}", part=what, values=_row(t, change.what, change.after))
    elif change.act == "removed":
        said = t("{part} removed: {values}", part=what, values=_row(t, change.what, change.before))
    else:
        moved = t("; ").join(
            t("{field} {before} -> {after}", field=terms.field(t, name),
              before=value(t, name, change.before.get(name)) or "-",
              after=value(t, name, change.after.get(name)) or "-")
            for name in change.fields
            if name not in _UNSAID
        )  # fmt: skip
        said = t("{part}: {changes}", part=what, changes=moved)
    if change.roster:
        said = t("{change} (from a roster)", change=said)
    return said


_UNSAID = frozenset(
    {"at", "written_by", "noted_on", "member_id", "position", "consent_at", "household_id"}
)


def _row(t: Language, what: str, values: Mapping[str, object]) -> str:
    if what == "instruction" and values.get("text"):  # else it was erased
        return instruction_said.kept(t, values)
    return _values(t, values)


def _values(t: Language, values: Mapping[str, object]) -> str:
    said = (value(t, name, each) for name, each in values.items() if name not in _UNSAID)
    return t(", ").join(filter(None, said)) or "-"
