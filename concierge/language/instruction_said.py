"""What an instruction comes to while it is typed: on which days, at what hours, from when until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concierge.domain import household_file as rules
from concierge.domain.refusal import Refusal
from concierge.language import household_terms as terms
from concierge.language.translator import Language

UNREAD = "?"  # stands for what cannot be read yet: somebody is still typing it


def holds(t: Language, typed: Mapping[str, str]) -> str:
    """When an instruction would hold, in a sentence; what is left empty is said in words.

    Args:
        t: The reader's language.
        typed: The fields of an instruction as they stand in a form.
    """
    return t("It holds: {when}", when=_when(t, typed))


def kept(t: Language, stored: Mapping[str, object]) -> str:
    """An instruction in the history of a file: its words, when it holds and who gave it.

    Args:
        t: The reader's language.
        stored: Its fields as they are on record; what was forgotten or never given is missing or empty.
    """
    typed = {name: _typed(value) for name, value in stored.items() if value is not None}
    parts = [f"“{typed.get('text', '')}”", _when(t, typed)]
    if typed.get("given_by"):
        parts.append(t("given by {name}", name=typed["given_by"]))
    return t("; ").join(parts)


def _typed(value: object) -> str:
    """A stored value as somebody would type it."""
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _when(t: Language, typed: Mapping[str, str]) -> str:
    first = _read(rules.iso_date, "starts_on", typed)
    last = _read(rules.iso_date, "ends_on", typed)
    parts = [_days(t, typed), _hours(t, typed)]
    if first:
        parts.append(t("from {day}", day=first))
    parts.append(t("until {day}", day=last) if last else t("until further notice"))
    return t(", ").join(parts)


def _days(t: Language, typed: Mapping[str, str]) -> str:
    stored = _read(rules.weekdays, "weekdays", typed)
    if stored == UNREAD:
        return UNREAD
    return terms.weekdays(t, rules.weekday_numbers(stored)) if stored else t("every day")


def _hours(t: Language, typed: Mapping[str, str]) -> str:
    begin = _read(rules.time_of_day, "from_time", typed)
    end = _read(rules.time_of_day, "to_time", typed)
    return f"{begin or '00:00'}-{end or '24:00'}" if begin or end else t("all day")


def _read(rule: Callable[[str, str], str | None], field: str, typed: Mapping[str, str]) -> str:
    """What a field means: nothing where it is empty, ``UNREAD`` where it cannot be read."""
    text = typed.get(field, "").strip()
    if not text:
        return ""
    try:
        return rule(field, text) or ""
    except Refusal:
        return UNREAD
