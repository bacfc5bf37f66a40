"""Facts of the log about a household's file as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concierge.language import household_terms as terms
from concierge.language.terms import term
from concierge.language.translator import Language


def changed(t: Language, data: Mapping[str, Any], personal: Mapping[str, Any]) -> str:
    """What was added, changed or removed in a file, and of whom as far as that is still kept."""
    part, unit = terms.part(t, data["what"]), data["unit"]
    if data["act"] == "added":
        said = t("Unit {unit}: {part} added", unit=unit, part=part)
    elif data["act"] == "removed":
        said = t("Unit {unit}: {part} removed", unit=unit, part=part)
    else:
        fields = t(", ").join(terms.field(t, name) for name in data["fields"])
        said = t("Unit {unit}, {part}: {fields} changed", unit=unit, part=part, fields=fields)
    if personal.get("member"):
        said = t("{before} ({name})", before=said, name=personal["member"])
    if data.get("roster"):
        said = t("{change} (from a roster)", change=said)
    if data.get("undoes"):
        said = t("{before}; {then}", before=said, then=t("the last change was taken back"))
    return said


def revealed(t: Language, data: Mapping[str, Any]) -> str:
    """Who looked is shown beside it."""
    kinds = t(", ").join(term(t, terms.REVEALED, kind) for kind in data["what"])
    return t("Unit {unit}: looked at {kinds} unmasked", unit=data["unit"], kinds=kinds)


def forgotten(t: Language, data: Mapping[str, Any]) -> str:
    """How much of people who moved out is gone."""
    people = t.plural("{n} person", "{n} people", data["members"])
    return t("Unit {unit}: {people} forgotten after moving out", unit=data["unit"], people=people)
