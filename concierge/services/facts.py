"""Facts about a household and its people: writing one down, mending it, striking it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concierge.domain.household_file import NEEDS_CONSENT, Source
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.household_changing import changing
from concierge.services.household_parts import PARTS, Value, checked
from concierge.services.household_views import HouseholdFile
from concierge.store.tables import Fact


@dataclass(frozen=True, slots=True)
class NewFact:
    """What was heard or noticed; without ``member_id`` it is about the whole household.

    ``noted_on`` is today unless said. A health fact takes ``consent_by`` (who agrees that it is kept, and to
    what), or ``ask_later`` when nobody was asked yet.
    """

    aspect: str
    text: str
    member_id: int | None = None
    source: str = Source.SAID
    noted_on: str | None = None
    day: str | None = None
    consent_by: str | None = None
    consent_scope: str | None = None
    ask_later: bool = False


def add_fact(desk: Desk, *, unit: str, fact: NewFact, actor: str) -> HouseholdFile:
    """Write a fact down.

    Raises:
        Refusal: ``consent.missing`` for a health fact without a word about consent; ``field.needed``,
            ``field.choice``, ``field.date``, ``part.unknown``, and what ``changing`` refuses.
    """
    names = ("aspect", "text", "source", "noted_on", "day", "consent_by", "consent_scope")
    values = checked(PARTS["fact"], {name: getattr(fact, name) for name in names})
    _check_consent(values.get("aspect"), values.get("consent_by"), ask_later=fact.ask_later)
    with changing(desk, unit, actor) as change:
        if fact.member_id is not None:
            change.row("member", fact.member_id)
        today = desk.rules.calendar.date_of(change.now).isoformat()
        values |= {
            "noted_on": values["noted_on"] or today,
            "member_id": fact.member_id,
            "written_by": change.staff.name,
            "at": change.now,
            "consent_at": change.now if values["consent_by"] else None,
        }
        change.add("fact", values)
        return change.file()


def edit_fact(
    desk: Desk,
    *,
    unit: str,
    fact: int,
    values: Mapping[str, str | None],
    actor: str,
    ask_later: bool = False,
) -> HouseholdFile:
    """Change fields of a fact: aspect, text, source, noted_on, day, consent_by, consent_scope.

    Raises:
        Refusal: as ``add_fact``; ``consent.missing`` when it becomes a health fact without consent.
    """
    taken: dict[str, Value] = checked(PARTS["fact"], values)
    with changing(desk, unit, actor) as change:
        row = change.row("fact", fact)
        assert isinstance(row, Fact)
        if "consent_by" in taken and taken["consent_by"] != row.consent_by:
            taken["consent_at"] = change.now if taken["consent_by"] else None
        if taken.get("aspect", row.aspect) != row.aspect:
            _check_consent(
                taken["aspect"], taken.get("consent_by", row.consent_by), ask_later=ask_later
            )
        change.set("fact", row, taken)
        return change.file()


def remove_fact(desk: Desk, *, unit: str, fact: int, actor: str) -> HouseholdFile:
    """Strike a fact out.

    Raises:
        Refusal: ``part.unknown``, and what ``changing`` refuses.
    """
    with changing(desk, unit, actor) as change:
        change.remove("fact", change.row("fact", fact))
        return change.file()


def _check_consent(aspect: Value, consent_by: Value, *, ask_later: bool) -> None:
    if aspect in NEEDS_CONSENT and not consent_by and not ask_later:
        raise Refusal("consent.missing", aspect=aspect)
